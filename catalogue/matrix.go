package catalogue

import (
	"entente/cooperation"
	"entente/reference"
)

// Matrix is who needs and offers what where: a row for each theme, a column for
// each region. Needs that name no region stand in no column; offers for the
// whole world are counted apart, for they stand in every one.
type Matrix struct {
	Themes  []string
	Regions []string
	Cells   [][]Cell // by theme and region
	World   []int    // by theme: open offers for the whole world
}

// Cell counts what is open under a theme in a region, and what was agreed.
type Cell struct {
	Needs, Offers, Partnerships int
	Money                       map[string]Sums // of the open needs
}

// Gap reports whether help is needed where none is offered; world is the
// number of offers for the whole world.
func (c *Cell) Gap(world int) bool { return c.Needs > 0 && c.Offers+world == 0 }

// MatrixRegions are the columns of a convention's matrix: the regions of its
// profile, or the continental regions of M49 where it has none.
func MatrixRegions(c *cooperation.Convention) []string {
	var out []string
	for _, r := range c.Regions {
		out = append(out, r.ID)
	}
	if len(out) == 0 {
		for _, r := range reference.Regions() {
			if r.Parent() != 0 && r.Parent().Parent() == 0 {
				out = append(out, r.Code())
			}
		}
	}
	return out
}

// Matrix counts themes of the first level by regions, of what the public sees.
// Amounts are added up as far as the actor may see them.
func (s *State) Matrix(actor cooperation.Actor) Matrix {
	rung := rungOf(actor, s.conv.ID)
	s.mu.RLock()
	defer s.mu.RUnlock()
	m := Matrix{Regions: MatrixRegions(s.conv)}
	needs, offers := s.needs.index.openNow("open", "partly_covered"), s.offers.index.openNow("open")
	for i := range s.conv.Themes {
		t := &s.conv.Themes[i]
		if t.Parent != "" {
			continue
		}
		under, given := needs.clone(0), offers.clone(0)
		under.and(s.needs.index.values[byTheme][t.ID])
		given.and(s.offers.index.values[byTheme][t.ID])
		m.Themes = append(m.Themes, t.ID)
		m.World = append(m.World, s.offers.index.everywhere.common(given))
		row := make([]Cell, len(m.Regions))
		for j, region := range m.Regions {
			in, of := s.needs.index.placed(under, region), s.offers.index.placed(given, region)
			row[j] = Cell{Needs: in.count(), Offers: of.count(), Money: s.needs.index.money(in, rung)}
		}
		m.Cells = append(m.Cells, row)
	}
	s.countPartnerships(&m)
	return m
}

// openNow is what the public sees and is at one of the steps.
func (x *index) openNow(steps ...string) set {
	found := set{}.clone(x.width())
	for _, step := range steps {
		found.or(x.values[byStatus][step])
	}
	found.and(x.seen[forPublic])
	return found
}

// placed is what of a set is in a region, where the public sees that.
func (x *index) placed(of set, region string) set {
	in := of.clone(0)
	in.and(x.values[byRegion][region])
	in.and(x.shown[overCoverage][publicLevel])
	return in
}

// countPartnerships counts what was agreed and was not stopped.
func (s *State) countPartnerships(m *Matrix) {
	x := s.needs.index
	for _, e := range s.partnerships.entries {
		if e.doc == nil || e.doc.Status == cooperation.PartnershipStopped {
			continue
		}
		need, known := s.needs.ids[e.doc.Need]
		if !known || !x.shown[overCoverage][publicLevel].has(need) {
			continue
		}
		for i, theme := range m.Themes {
			if !x.values[byTheme][theme].has(need) {
				continue
			}
			for j, region := range m.Regions {
				if x.values[byRegion][region].has(need) {
					m.Cells[i][j].Partnerships++
				}
			}
		}
	}
}
