package cooperation

import (
	"slices"
	"strings"
	"time"
)

// EnterProgrammeActivity enters a line of the programme.
func EnterProgrammeActivity(id string, conv *Convention, content ProgrammeContent, actor Actor, now time.Time) (*ProgrammeActivity, error) {
	x := &ProgrammeActivity{Meta: newMeta(id, conv.ID, actor, now), ProgrammeContent: content.tidy(), Status: ProgrammeOpen}
	if err := authorise(MayProgramme(actor, Create, x)); err != nil {
		return nil, err
	}
	if err := x.check(conv); err != nil {
		return nil, err
	}
	return x, nil
}

// tidy writes number and title as they are shown.
func (c ProgrammeContent) tidy() ProgrammeContent {
	c.Number, c.Title = strings.TrimSpace(c.Number), strings.TrimSpace(c.Title)
	return c
}

// Replace puts new content in place of the old, as long as the activity is not
// closed. A funded one for which more is sought is open again.
func (x *ProgrammeActivity) Replace(conv *Convention, content ProgrammeContent, actor Actor, now time.Time) error {
	if err := x.gate(actor, Replace, ProgrammeOpen, ProgrammeFunded); err != nil {
		return err
	}
	content = content.tidy()
	if err := content.check(conv); err != nil {
		return err
	}
	x.ProgrammeContent = content
	if sought, _ := content.SoughtMinor(); sought > 0 {
		x.Status = ProgrammeOpen
	}
	x.touch(now)
	return nil
}

// Fund says that all that was sought has been found: as a voluntary
// contribution, in which it counts from now on.
func (x *ProgrammeActivity) Fund(actor Actor, now time.Time) error {
	if err := x.gate(actor, Fund, ProgrammeOpen); err != nil {
		return err
	}
	if sought, currency := x.SoughtMinor(); sought > 0 {
		had, _ := Money{x.Voluntary, currency}.Minor() // what was checked when it was written, or nothing
		x.Voluntary = NewMoney(had+sought, currency).Amount
	}
	x.Sought, x.Status = "", ProgrammeFunded
	x.touch(now)
	return nil
}

// Close says that the activity is done or given up, and why.
func (x *ProgrammeActivity) Close(text string, actor Actor, now time.Time) error {
	if err := x.gate(actor, Close, ProgrammeOpen, ProgrammeFunded); err != nil {
		return err
	}
	r, err := remark("", text, true, actor, now)
	if err != nil {
		return err
	}
	x.Status, x.Ended = ProgrammeClosed, r
	x.touch(now)
	return nil
}

func (x *ProgrammeActivity) gate(actor Actor, action Action, from ...ProgrammeStatus) error {
	if err := authorise(MayProgramme(actor, action, x)); err != nil {
		return err
	}
	if !slices.Contains(from, x.Status) {
		return refused("programme_activity", string(action), string(x.Status))
	}
	return nil
}
