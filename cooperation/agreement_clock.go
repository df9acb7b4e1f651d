package cooperation

import "strconv"

// TermsClock is in which those whose turn it is act on the terms on the table.
// Nothing ends with it: at its end whoever facilitates is told.
const TermsClock ClockKind = "terms"

// Clocks are the one of those whose turn it is.
func (x *Agreement) Clocks(k *Timekeeper) []Clock {
	awaited := x.Awaited()
	if len(awaited) == 0 || k.convention.TermsDays == 0 {
		return nil
	}
	var owners []Owner
	for _, s := range awaited {
		o := Owner{Roles: []Role{Approver}, Participants: []Participant{s.Participant}}
		if x.Status == AgreementProposed && s.Side == NeedSide {
			o.Roles = []Role{FocalPoint, Approver}
		} else if x.Status == AgreementProposed {
			o.Roles = []Role{ProviderRole, Approver}
		}
		owners = append(owners, o)
	}
	last := k.Working(x.Turn, k.convention.TermsDays)
	half := k.Working(x.Turn, k.convention.TermsDays/2)
	due := k.End(last)
	return []Clock{{ID: DerivedID("clock", string(TermsClock), x.ID, strconv.Itoa(x.Table().Number), string(x.Status)), Kind: TermsClock, Convention: x.Convention,
		Document: "agreement/" + x.ID, Owners: owners, Started: x.Turn, Last: last, Due: due,
		Reminders: []Reminder{{At: k.End(half), To: owners}, {At: k.Begin(last), To: owners}, {At: due, To: append(owners[:len(owners):len(owners)], k.Facilitator(x.Committee, k.sidesOf(&Proposal{Need: x.Need, Offers: x.Offers})))}}}}
}
