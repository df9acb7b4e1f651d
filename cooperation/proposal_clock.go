package cooperation

import "time"

// Clocks of a proposal are the look of both sides, and after it, where pairings
// are reviewed, the time in which the chair takes it up.
func (p *Proposal) Clocks(k *Timekeeper) []Clock {
	if p.Status != Proposed {
		return nil
	}
	c, look := k.convention, p.LookUntil(k)
	clock := Clock{ID: DerivedID("clock", string(LookClock), p.ID, p.Proposed.String()), Kind: LookClock, Convention: p.Convention, Document: "proposal/" + p.ID,
		Owners: p.sides(k), Started: p.Proposed, Last: look, Due: p.looked(k)}
	if !c.Reviewed {
		return []Clock{clock}
	}
	taken := clock
	taken.ID, taken.Kind, taken.Started = DerivedID("clock", string(OpeningClock), p.ID, p.Proposed.String()), OpeningClock, clock.Due
	taken.Last = c.Calendar.AddWorkingDays(look, c.OpeningDays)
	taken.Due = k.End(taken.Last)
	chair := MemberOwns(p.Committee)
	if body, ok := c.Committee(p.Committee); ok {
		if country, presided := body.ChairOn(k.Today()); presided {
			chair = MemberOwns(p.Committee, Participant(country.Alpha2()))
		}
	}
	taken.Owners = []Owner{chair}
	taken.Reminders = []Reminder{{At: taken.Started, To: []Owner{chair}}, {At: taken.Due, To: []Owner{chair, SecretariatOwns()}}}
	return []Clock{clock, taken}
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
