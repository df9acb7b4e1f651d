package cooperation

import (
	"time"

	"entente/reference"
)

// Clocks of a proposal are the look of both sides, after it, where pairings are
// reviewed, the time in which the chair takes it up, and the time in which both
// sides are to be introduced.
func (p *Proposal) Clocks(k *Timekeeper) []Clock {
	if p.Status != Proposed {
		return p.introduceClock(k)
	}
	c, look := k.convention, p.LookUntil(k)
	clock := Clock{ID: DerivedID("clock", string(LookClock), p.ID, p.Proposed.String()), Kind: LookClock, Convention: p.Convention, Document: "proposal/" + p.ID,
		Owners: p.sides(k), Started: p.Proposed, Last: look, Due: p.looked(k)}
	if !c.Reviewed {
		return append([]Clock{clock}, p.introduceClock(k)...)
	}
	taken := clock
	taken.ID, taken.Kind, taken.Started = DerivedID("clock", string(OpeningClock), p.ID, p.Proposed.String()), OpeningClock, clock.Due
	taken.Last = k.almanac.AddWorkingDays(look, c.OpeningDays)
	taken.Due = k.End(taken.Last)
	chair := p.opens(k)
	taken.Owners = []Owner{chair}
	taken.Reminders = []Reminder{{At: taken.Started, To: []Owner{chair}}, {At: taken.Due, To: []Owner{chair, SecretariatOwns()}}}
	return []Clock{clock, taken}
}

// opens are those who may take the proposal up: of the State that presides over
// it today, which is another than the chair's where that is on one of the sides.
// Where nobody presides, the secretariat is to see to that.
func (p *Proposal) opens(k *Timekeeper) Owner {
	sides := k.sidesOf(p)
	recused := func(country reference.Country) bool { return Recused(country, sides.Participants()...) }
	if body, ok := k.convention.Committee(p.Committee); ok {
		if country, _, presided := body.PresidingOn(k.Today(), recused); presided {
			return MemberOwns(p.Committee, Participant(country.Alpha2()))
		}
	}
	return SecretariatOwns()
}

// sides are those who act for the two sides.
func (p *Proposal) sides(k *Timekeeper) []Owner {
	all := []Owner{k.NeedSide(p.Need)}
	for _, o := range p.Offers {
		all = append(all, k.OfferSide(o))
	}
	return all
}

// looked is the moment at which the look is over. Where the profile has none it
// is over at once.
func (p *Proposal) looked(k *Timekeeper) time.Time {
	if k.convention.LookDays == 0 {
		return p.Proposed
	}
	return k.End(p.LookUntil(k))
}

// LookUntil is the last day of the look.
func (p *Proposal) LookUntil(k *Timekeeper) Date { return k.Working(p.Proposed, k.convention.LookDays) }
