package cooperation

import (
	"slices"
	"time"
)

// EnterActivity records help that is planned, under way or over. The actor
// speaks for one of those who take part, or is the secretariat.
func EnterActivity(id string, conv *Convention, content ActivityContent, actor Actor, now time.Time) (*Activity, error) {
	return newActivity(newMeta(id, conv.ID, actor, now), Create, conv, content, actor, now)
}

// ImportActivity is an activity that the secretariat takes over from a report.
// The same row has the same id wherever it is imported.
func ImportActivity(externalID string, conv *Convention, content ActivityContent, actor Actor, now time.Time) (*Activity, error) {
	meta := newMeta(DerivedID("activity", conv.ID, externalID), conv.ID, actor, now)
	meta.ExternalID = externalID
	a, err := newActivity(meta, Import, conv, content, actor, now)
	if err != nil {
		return nil, err
	}
	if err := checkExternalID(externalID); err != nil {
		return nil, err
	}
	a.Imported = true
	return a, nil
}

func newActivity(meta Meta, action Action, conv *Convention, content ActivityContent, actor Actor, now time.Time) (*Activity, error) {
	a := &Activity{Meta: meta, ActivityContent: content}
	if a.Status == "" {
		a.Status = content.stepOn(DateOf(now))
	}
	if err := authorise(MayActivity(actor, action, a)); err != nil {
		return nil, err
	}
	if err := conv.checkActivity(&content); err != nil {
		return nil, err
	}
	return a, nil
}

// stepOn is the step that the days of an activity speak of, when nobody says
// it.
func (c *ActivityContent) stepOn(today Date) ActivityStatus {
	switch {
	case !c.Start.IsZero() && today.Before(c.Start):
		return ActivityPlanned
	case !c.End.IsZero() && c.End.Before(today):
		return ActivityCompleted
	}
	return ActivityRunning
}

// Reimport takes over a row again that was imported before, and reports
// whether anything changed. What people did since stands: one that its own
// side has changed is theirs, and one that was withdrawn stays so.
func (a *Activity) Reimport(conv *Convention, content ActivityContent, actor Actor, now time.Time) (changed bool, err error) {
	fresh, err := ImportActivity(a.ExternalID, conv, content, actor, now)
	if err != nil {
		return false, err
	}
	if content.Status == "" {
		fresh.Status = a.Status // the days alone do not move it on: a person may have
	}
	if !a.Imported || a.Status == ActivityWithdrawn || a.Ended != nil || equalJSON(fresh.ActivityContent, a.ActivityContent) {
		return false, nil
	}
	a.ActivityContent = fresh.ActivityContent
	a.touch(now)
	return true, nil
}

// Replace puts new content in place of the old. As long as the activity goes
// on, the content may say that it is planned or running; once it is over, what
// is said of it can be put right and the step stays.
func (a *Activity) Replace(conv *Convention, content ActivityContent, actor Actor, now time.Time) error {
	if err := a.gate(actor, Replace, ActivityPlanned, ActivityRunning, ActivityCompleted, ActivityStopped); err != nil {
		return err
	}
	if content.Status == "" {
		content.Status = a.Status
	}
	if err := conv.checkActivity(&content); err != nil {
		return err
	}
	changed := *a
	changed.ActivityContent = content
	if content.Status != a.Status && (!a.open() || !changed.open()) {
		var m mistakes
		m.add("status", "error.invalid.activity_step")
		return m.err()
	}
	if err := authorise(MayActivity(actor, Replace, &changed)); err != nil {
		return err // nobody hands over to others what they can then not put right
	}
	if a.heldBy(actor) {
		changed.Imported = false
	}
	*a = changed
	a.touch(now)
	return nil
}

// Complete says that the help has been given. Its last day becomes today when
// none is stated, or a later one.
func (a *Activity) Complete(text string, actor Actor, now time.Time) error {
	return a.end(Complete, ActivityCompleted, text, false, actor, now, ActivityPlanned, ActivityRunning)
}

// Stop says that the help ended before it was complete, with a reason in
// words.
func (a *Activity) Stop(text string, actor Actor, now time.Time) error {
	return a.end(Stop, ActivityStopped, text, true, actor, now, ActivityPlanned, ActivityRunning)
}

// Withdraw takes back what was entered by mistake. From then on it is there
// for its own side and the secretariat only.
func (a *Activity) Withdraw(text string, actor Actor, now time.Time) error {
	return a.end(Withdraw, ActivityWithdrawn, text, false, actor, now, ActivityPlanned, ActivityRunning, ActivityCompleted, ActivityStopped)
}

func (a *Activity) end(action Action, to ActivityStatus, text string, required bool, actor Actor, now time.Time, from ...ActivityStatus) error {
	if err := a.gate(actor, action, from...); err != nil {
		return err
	}
	r, err := remark("", text, required, actor, now)
	if err != nil {
		return err
	}
	if today := DateOf(now); to != ActivityWithdrawn && (a.End.IsZero() || today.Before(a.End)) {
		a.End = today
		if today.Before(a.Start) {
			a.Start = Date{} // it never began
		}
	}
	a.Status, a.Ended = to, r
	a.touch(now)
	return nil
}

func (a *Activity) gate(actor Actor, action Action, from ...ActivityStatus) error {
	if !SeesActivity(actor, a).Any() {
		return absent() // before policy: no refusal may tell that it exists
	}
	if err := authorise(MayActivity(actor, action, a)); err != nil {
		return err
	}
	if !slices.Contains(from, a.Status) {
		return refused("activity", string(action), string(a.Status))
	}
	return nil
}
