package catalogue

import (
	"slices"

	"entente/cooperation"
	"entente/reference"
)

// PartnershipQuery says which partnerships to list.
type PartnershipQuery struct {
	Status      []cooperation.PartnershipStatus
	Need        string                  // id
	Offer       string                  // id
	Beneficiary reference.Country       // one of the beneficiaries
	Provider    cooperation.Participant // one that has a share
	Theme       string                  // of the need, itself or one under it
	Kind        cooperation.Kind        // that is given
	Cursor      string
	Limit       int // 1 to MaxLimit; 0 is DefaultLimit
}

// Partnerships lists partnerships, the latest first. That they exist, with
// whom and for what, is public; what else is shown of them is for
// cooperation.Partnership.Shown to say.
func (s *State) Partnerships(q PartnershipQuery) (Page[*cooperation.Partnership], error) {
	conv := s.Convention()
	s.mu.RLock()
	defer s.mu.RUnlock()
	var found set
	for i := range s.partnerships.entries {
		if p := s.partnerships.entries[i].doc; p != nil && q.wants(p) && s.about(conv, p.Need, &q) {
			found.add(uint32(i))
		}
	}
	page, err := newest(&s.partnerships, found, q.Cursor, form(KindPartnership, q.Status, q.Need, q.Offer, q.Beneficiary, q.Provider, q.Theme, q.Kind), q.Limit)
	page.Position = s.position
	return page, err
}

func (q *PartnershipQuery) wants(p *cooperation.Partnership) bool {
	share := func(is func(*cooperation.Share) bool) bool {
		return slices.ContainsFunc(p.Providers, func(x cooperation.Share) bool { return is(&x) })
	}
	switch {
	case len(q.Status) > 0 && !slices.Contains(q.Status, p.Status),
		q.Need != "" && p.Need != q.Need,
		q.Offer != "" && !share(func(x *cooperation.Share) bool { return x.Offer == q.Offer }),
		q.Provider != "" && !share(func(x *cooperation.Share) bool { return x.Provider == q.Provider }),
		q.Kind != "" && !share(func(x *cooperation.Share) bool { return slices.Contains(x.Kinds, q.Kind) }):
		return false
	}
	return true
}

// about reports whether the need of a partnership is what is asked for. The
// state is locked.
func (s *State) about(conv *cooperation.Convention, need string, q *PartnershipQuery) bool {
	if q.Beneficiary == 0 && q.Theme == "" {
		return true
	}
	n, ok := s.needs.find(need)
	if !ok || q.Beneficiary != 0 && !slices.Contains(n.Beneficiaries, q.Beneficiary) {
		return false
	}
	return q.Theme == "" || slices.ContainsFunc(n.Themes, func(theme string) bool {
		t, _ := conv.Theme(theme)
		return theme == q.Theme || t.Parent == q.Theme
	})
}
