package catalogue

// FileUses lists the files that documents ever had, by their sums in
// hexadecimal: true for those whose content a document still needs, false for
// those that were erased wherever they were.
func (s *State) FileUses() map[string]bool {
	uses := map[string]bool{}
	use := func(sum string, needed bool) { uses[sum] = uses[sum] || needed }
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, e := range s.needs.entries {
		if e.doc != nil {
			e.doc.FileUses(use)
		}
	}
	for _, e := range s.offers.entries {
		if e.doc != nil {
			e.doc.FileUses(use)
		}
	}
	return uses
}
