package cooperation

// Fund is the action on programme activities that other documents do not know.
const Fund Action = "fund"

// ProgrammeActions lists the actions on programme activities.
func ProgrammeActions() []Action { return []Action{Create, Replace, Fund, Close} }

// MayProgramme decides whether the actor may do the action to the programme
// activity: the secretariat may, and nobody else. It is open to everybody.
func MayProgramme(a Actor, action Action, x *ProgrammeActivity) bool {
	switch action {
	case Create, Replace, Fund, Close:
		return !a.ReadOnly && a.Has(x.Convention, Secretariat)
	}
	return false
}

// Shown returns the activity as the actor may see it: who wrote is for the
// secretariat.
func (x *ProgrammeActivity) Shown(a Actor) *ProgrammeActivity {
	if sight(a, x.Convention, true, false) == SeesAll {
		return x
	}
	shown := *x
	shown.CreatedBy = ""
	if x.Ended != nil {
		shown.Ended = &Remark{Text: x.Ended.Text, Time: x.Ended.Time}
	}
	return &shown
}
