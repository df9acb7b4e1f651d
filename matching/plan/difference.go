package plan

// Difference is what another plan would change.
type Difference struct {
	// Gained are the needs that get something only in the other plan, Lost
	// those that get nothing any more; by id. A need that is in one of the two
	// problems only is gained or lost as well.
	Gained, Lost []string
	// Moved are the pairings that differ, by need and offer.
	Moved []Move
	// Score and Covered are by how much the other plan's are more.
	Score, Covered int64
	Stated         bool // whether Covered means an amount
}

// Move is a pairing that differs between two plans.
type Move struct {
	Need, Offer   string
	Before, After int64 // share of the need, in millionths; 0 is no pairing
}

// Compare says what another plan changes of this one.
func (p *Plan) Compare(other *Plan) Difference {
	d := Difference{Score: other.Score - p.Score, Covered: other.Covered - p.Covered, Stated: p.Stated && other.Stated}
	for i, j := 0, 0; i < len(p.Pairings) || j < len(other.Pairings); {
		var before, after []Pairing
		var need string
		switch {
		case j == len(other.Pairings) || i < len(p.Pairings) && p.Pairings[i].Need < other.Pairings[j].Need:
			need = p.Pairings[i].Need
		default:
			need = other.Pairings[j].Need
		}
		before, i = of(p.Pairings, i, need)
		after, j = of(other.Pairings, j, need)
		switch {
		case len(before) == 0:
			d.Gained = append(d.Gained, need)
		case len(after) == 0:
			d.Lost = append(d.Lost, need)
		}
		d.Moved = append(d.Moved, moves(before, after)...)
	}
	return d
}

// of returns the pairings from a place on that are of the need, and the place
// after them.
func of(list []Pairing, from int, need string) ([]Pairing, int) {
	to := from
	for to < len(list) && list[to].Need == need {
		to++
	}
	return list[from:to], to
}

// moves lists what differs in the pairings of one need: those that were first,
// in their order, then those that are new.
func moves(before, after []Pairing) []Move {
	var list []Move
	for _, b := range before {
		if a := pairingWith(after, b.Offer); a.Share != b.Share {
			list = append(list, Move{b.Need, b.Offer, b.Share, a.Share})
		}
	}
	for _, a := range after {
		if b := pairingWith(before, a.Offer); b.Share == 0 {
			list = append(list, Move{a.Need, a.Offer, 0, a.Share})
		}
	}
	return list
}

// pairingWith finds the pairing with an offer, the zero pairing when there is
// none.
func pairingWith(list []Pairing, offer string) Pairing {
	for _, one := range list {
		if one.Offer == offer {
			return one
		}
	}
	return Pairing{}
}
