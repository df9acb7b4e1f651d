package web

import "net/http"

// home is the first page: the conventions that are served, with what is open
// in each.
type home struct {
	Conventions []conventionRow
}

// conventionRow is one convention with what is open in it.
type conventionRow struct {
	Link                     link
	Name                     string
	Needs, Offers, Proposals int
}

func (home) template() string { return "home" }

func (home) title() string { return "Entente" }

func (p *pages) home(v *visit) error {
	h := home{}
	for _, c := range p.Platform.Conventions() {
		state, ok := p.Platform.State(c.ID)
		if !ok {
			continue
		}
		n := state.Counts()
		h.Conventions = append(h.Conventions, conventionRow{link{"/c/" + c.ID, v.in(c.ShortName)}, v.in(c.Name),
			n["need"]["open"] + n["need"]["partly_covered"], n["offer"]["open"], state.Steps(v.actor()).Proposed})
	}
	p.show(v, http.StatusOK, h)
	return nil
}
