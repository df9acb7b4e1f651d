package platform

// Revision changes when what the matcher reads of a convention does.
func (p *Platform) Revision(convention string) uint64 {
	if r, ok := p.rooms[convention]; ok {
		return r.state.Revision()
	}
	return 0
}
