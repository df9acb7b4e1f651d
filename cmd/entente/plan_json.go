package main

import (
	"encoding/json"

	"entente/matching/plan"
	"entente/platform"
)

// The form of plan --json. Shares and scores are integers: millionths, and
// millionths of a point; amounts are US cents.
type (
	planJSON struct {
		Convention string                       `json:"convention"`
		Position   uint64                       `json:"position"`
		Plan       madeJSON                     `json:"plan"`
		Fairness   map[string]concentrationJSON `json:"concentration"`
		Then       *thenJSON                    `json:"then,omitempty"`
	}
	madeJSON struct {
		Needs    int           `json:"needs"`
		Helped   int           `json:"helped"`
		Floors   int64         `json:"floors"`
		Score    int64         `json:"score"`
		Demand   int64         `json:"demand"`
		Covered  int64         `json:"covered"`
		Nominal  int64         `json:"nominal"`
		Portion  int64         `json:"portion"`
		Pairings []plannedJSON `json:"pairings"`
		Without  []withoutJSON `json:"without"`
	}
	plannedJSON struct {
		Need       offerJSON       `json:"need"`
		Offer      offerJSON       `json:"offer"`
		Amount     int64           `json:"amount,omitempty"`
		Share      int64           `json:"share"`
		Score      int64           `json:"score"`
		Alternates []alternateJSON `json:"alternates"`
	}
	alternateJSON struct {
		Offer offerJSON `json:"offer"`
		Score int64     `json:"score"`
		Room  int64     `json:"room"`
	}
	withoutJSON struct {
		Need       offerJSON `json:"need"`
		Candidates int       `json:"candidates"`
	}
	concentrationJSON struct {
		Providers     spreadJSON `json:"providers"`
		Beneficiaries spreadJSON `json:"beneficiaries"`
		Needs         [4]int     `json:"needs_with_none_one_two_more"`
	}
	spreadJSON struct {
		Holders int   `json:"holders"`
		TopFive int64 `json:"top_five"`
		Gini    int64 `json:"gini"`
	}
	thenJSON struct {
		madeJSON
		Concentration concentrationJSON `json:"concentration"`
		Gained        []offerJSON       `json:"gained"`
		Lost          []offerJSON       `json:"lost"`
		Moved         []movedJSON       `json:"moved"`
	}
	movedJSON struct {
		Need   offerJSON `json:"need"`
		Offer  offerJSON `json:"offer"`
		Before int64     `json:"before"`
		After  int64     `json:"after"`
	}
)

// planWriter names postings by both of their ids.
type planWriter struct{ postings }

// writePlan prints a plan for a program.
func writePlan(p *program, made *platform.Planned, state postings) error {
	w := planWriter{state}
	out := planJSON{Convention: made.Convention.ID, Position: made.Position, Plan: w.made(made.Plan), Fairness: map[string]concentrationJSON{
		"unlifted": spreadOut(made.Fairness.Unlifted), "ranked": spreadOut(made.Fairness.Ranked), "planned": spreadOut(made.Fairness.Planned),
	}}
	if made.Then != nil {
		d := made.Difference
		out.Then = &thenJSON{madeJSON: w.made(made.Then), Concentration: spreadOut(made.ThenShared), Gained: w.needs(d.Gained), Lost: w.needs(d.Lost), Moved: []movedJSON{}}
		for _, one := range d.Moved {
			out.Then.Moved = append(out.Then.Moved, movedJSON{w.need(one.Need), w.offer(one.Offer), one.Before, one.After})
		}
	}
	encoder := json.NewEncoder(p.out)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(out)
}

func (w planWriter) made(m *plan.Plan) madeJSON {
	out := madeJSON{Needs: m.Needs, Helped: m.Helped, Floors: m.Floors, Score: m.Score, Demand: m.Demand, Covered: m.Covered, Nominal: m.Nominal,
		Portion: m.Portion, Pairings: []plannedJSON{}, Without: []withoutJSON{}}
	for _, one := range byScore(m) {
		v := plannedJSON{Need: w.need(one.Need), Offer: w.offer(one.Offer), Share: one.Share, Score: int64(one.Score), Alternates: []alternateJSON{}}
		if one.Stated {
			v.Amount = one.Amount
		}
		for _, other := range one.Alternates {
			v.Alternates = append(v.Alternates, alternateJSON{w.offer(other.Offer), int64(other.Score), plan.Share(other.Room, one.Amount)})
		}
		out.Pairings = append(out.Pairings, v)
	}
	for _, one := range m.Without {
		out.Without = append(out.Without, withoutJSON{w.need(one.Need), one.Candidates})
	}
	return out
}

func (w planWriter) need(id string) offerJSON {
	if n, ok := w.Need(id); ok {
		return offerJSON{id, n.ExternalID}
	}
	if x, ok := w.ProgrammeActivity(id); ok {
		return offerJSON{id, x.Number}
	}
	return offerJSON{ID: id}
}

func (w planWriter) offer(id string) offerJSON {
	if o, ok := w.Offer(id); ok {
		return offerJSON{id, o.ExternalID}
	}
	return offerJSON{ID: id}
}

func (w planWriter) needs(ids []string) []offerJSON {
	list := []offerJSON{}
	for _, id := range ids {
		list = append(list, w.need(id))
	}
	return list
}

func spreadOut(c plan.Concentration) concentrationJSON {
	spread := func(s plan.Spread) spreadJSON { return spreadJSON{s.Holders, s.TopFive, s.Gini} }
	return concentrationJSON{spread(c.Providers), spread(c.Beneficiaries), c.Choice}
}
