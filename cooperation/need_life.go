package cooperation

import (
	"slices"
	"time"
)

// DraftNeed starts a need. The actor must speak for the first beneficiary.
func DraftNeed(id string, conv *Convention, content NeedContent, actor Actor, now time.Time) (*Need, error) {
	n := &Need{Meta: newMeta(id, conv.ID, actor, now), NeedContent: content, Status: NeedDraft}
	if err := authorise(MayNeed(actor, Create, n)); err != nil {
		return nil, err
	}
	if err := conv.checkNeed(&content, stageDraft, now); err != nil {
		return nil, err
	}
	return n, nil
}

// ImportNeed is a need that the secretariat takes over from a report: it is
// open at once, with clearance "imported". Its languages are required. The
// same row has the same id wherever it is imported.
func ImportNeed(externalID string, conv *Convention, content NeedContent, actor Actor, now time.Time) (*Need, error) {
	n := &Need{Meta: newMeta(DerivedID("need", conv.ID, externalID), conv.ID, actor, now), NeedContent: content, Status: NeedOpen}
	n.ExternalID = externalID
	if err := authorise(MayNeed(actor, Import, n)); err != nil {
		return nil, err
	}
	if err := checkExternalID(externalID); err != nil {
		return nil, err
	}
	if err := conv.checkNeed(&content, stageImport, now); err != nil {
		return nil, err
	}
	n.Languages = slices.Clone(content.Languages)
	for i := range n.Languages {
		n.Languages[i].Strength = Required
	}
	n.Clearance = &Clearance{Kind: ClearedByImport, Date: DateOf(now), By: actor.ID}
	n.Admitted = stamp(now)
	if n.ValidUntil.IsZero() {
		n.ValidUntil = DateOf(now).AddMonths(conv.NeedValidityMonths)
	}
	return n, nil
}

// Reimport takes over a row again that was imported before. It reports
// whether anything changed. What people did since stands: a need that ended
// stays ended, one that the State has rewritten is the State's, a day to which
// it was re-confirmed is not moved back, and whom it has excluded stays excluded.
func (n *Need) Reimport(conv *Convention, content NeedContent, actor Actor, now time.Time) (changed bool, err error) {
	fresh, err := ImportNeed(n.ExternalID, conv, content, actor, now)
	if err != nil {
		return false, err
	}
	if content.ValidUntil.IsZero() || fresh.ValidUntil.Before(n.ValidUntil) {
		fresh.ValidUntil = n.ValidUntil
	}
	fresh.Attachments = n.Attachments // a report has none: they were sent here
	if fresh.Excluded, err = alsoExcluded(n.Excluded, fresh.Excluded); err != nil {
		return false, err
	}
	fresh.Preferred = slices.DeleteFunc(slices.Clone(fresh.Preferred), func(p Participant) bool { return slices.Contains(fresh.Excluded, p) })
	if !n.Status.Matchable() || !n.imported() || equalJSON(fresh.NeedContent, n.NeedContent) {
		return false, nil
	}
	if err := n.Coverage.checkCovered(&fresh.NeedContent); err != nil {
		return false, err
	}
	n.NeedContent = fresh.NeedContent
	if len(n.Coverage.Parts) > 0 {
		n.resettle()
	}
	n.touch(now)
	return true, nil
}

// Replace puts new content in place of the old. Drafts and returned needs are
// their focal point's; once open, the State's approver answers for a change,
// and the secretariat for what it imported.
func (n *Need) Replace(conv *Convention, content NeedContent, actor Actor, now time.Time) error {
	stage := stageDraft
	switch n.Status {
	case NeedDraft, NeedReturned:
	case NeedOpen, NeedPartlyCovered:
		stage = stageSubmit
		if n.imported() && !n.ledBy(actor, Approver) {
			stage = stageImport
		}
	}
	if err := n.gate(actor, Replace, NeedDraft, NeedReturned, NeedOpen, NeedPartlyCovered); err != nil {
		return err
	}
	if err := conv.checkNeed(&content, stage, now); err != nil {
		return err
	}
	named, err := n.attachments().named(content.Attachments)
	if err != nil {
		return err
	}
	content.Attachments = named
	changed := *n
	changed.NeedContent = content
	if err := authorise(MayNeed(actor, Replace, &changed)); err != nil {
		return err // the new first beneficiary must be the actor's too
	}
	if stage != stageDraft {
		if content.ValidUntil.IsZero() {
			changed.ValidUntil = n.ValidUntil // an open need always ends some day
		}
		if n.imported() && stage == stageSubmit {
			changed.Clearance = &Clearance{Kind: ClearedByApprover, Date: DateOf(now), By: actor.ID} // its State answers for it from now on
		}
	}
	if len(n.Coverage.Parts) > 0 {
		if err := n.Coverage.checkCovered(&content); err != nil {
			return err
		}
		changed.resettle()
	}
	*n = changed
	n.touch(now)
	return nil
}

// Submit hands the need to the secretariat with the State's clearance.
// insist posts it as it stands although it is unspecific.
func (n *Need) Submit(conv *Convention, c Clearance, insist bool, actor Actor, now time.Time) error {
	if err := n.gate(actor, Submit, NeedDraft, NeedReturned); err != nil {
		return err
	}
	if err := conv.checkNeed(&n.NeedContent, stageSubmit, now); err != nil {
		return err
	}
	if err := checkClearance(c, now); err != nil {
		return err
	}
	hints := Unspecific(conv, &n.NeedContent)
	unspecific := len(hints) > conv.UnspecificThreshold
	if unspecific && !insist {
		e := Refuse(Invalid, "error.invalid.unspecific")
		for _, h := range hints {
			e.Fields = append(e.Fields, FieldError(h))
		}
		return e
	}
	c.Kind, c.By = ClearedByApprover, actor.ID
	n.Status, n.Clearance, n.Returned, n.Insisted = NeedSubmitted, &c, nil, unspecific
	n.touch(now)
	return nil
}

// Admit opens a submitted need to the matcher and the convention.
func (n *Need) Admit(conv *Convention, actor Actor, now time.Time) error {
	if err := n.gate(actor, Admit, NeedSubmitted); err != nil {
		return err
	}
	if n.ValidUntil.IsZero() {
		n.ValidUntil = DateOf(now).AddMonths(conv.NeedValidityMonths)
	}
	n.Status, n.Admitted = NeedOpen, stamp(now)
	n.touch(now)
	return nil
}

// Return sends a submitted need back with a reason in words.
func (n *Need) Return(text string, actor Actor, now time.Time) error {
	if err := n.gate(actor, Return, NeedSubmitted); err != nil {
		return err
	}
	r, err := remark("", text, true, actor, now)
	if err != nil {
		return err
	}
	n.Status, n.Returned = NeedReturned, r
	n.touch(now)
	return nil
}

// Withdraw takes the need back. No reason is asked.
func (n *Need) Withdraw(text string, actor Actor, now time.Time) error {
	if err := n.gate(actor, Withdraw, NeedDraft, NeedSubmitted, NeedReturned, NeedOpen, NeedPartlyCovered); err != nil {
		return err
	}
	return n.end(NeedWithdrawn, "", text, actor, now)
}

// Close ends a need whose help has been agreed or delivered, or that is no
// longer pursued.
func (n *Need) Close(reason Reason, text string, actor Actor, now time.Time) error {
	if err := n.gate(actor, Close, NeedOpen, NeedPartlyCovered, NeedCovered, NeedMet); err != nil {
		return err
	}
	return n.end(NeedClosed, reason, text, actor, now)
}

// Reconfirm says that the need still stands, until the given day.
func (n *Need) Reconfirm(conv *Convention, until Date, actor Actor, now time.Time) error {
	if err := n.gate(actor, Reconfirm, NeedOpen, NeedPartlyCovered); err != nil {
		return err
	}
	until, err := validity(until, conv.NeedValidityMonths, now)
	if err != nil {
		return err
	}
	n.ValidUntil = until
	n.touch(now)
	return nil
}

// Lapse ends an open need whose validity has run out. Only the clock does it.
func (n *Need) Lapse(actor Actor, now time.Time) error {
	if err := n.gate(actor, Lapse, NeedOpen, NeedPartlyCovered); err != nil {
		return err
	}
	if n.ValidUntil.IsZero() || !n.ValidUntil.Before(DateOf(now)) {
		return refused("need", string(Lapse), string(n.Status))
	}
	n.Status = NeedLapsed
	n.touch(now)
	return nil
}

// CarryOver starts a new draft from this need, for the next year or report.
// Dates of validity and clearance are not taken over.
func (n *Need) CarryOver(id string, conv *Convention, actor Actor, now time.Time) (*Need, error) {
	if err := n.gate(actor, CarryOver, NeedOpen, NeedPartlyCovered, NeedCovered, NeedMet, NeedClosed, NeedWithdrawn, NeedLapsed, NeedReturned); err != nil {
		return nil, err
	}
	content := n.NeedContent
	content.ValidUntil = Date{}
	draft, err := DraftNeed(id, conv, content, actor, now)
	if err != nil {
		return nil, err
	}
	draft.Carried, draft.Files = n.ID, n.attachments().carried(actor, now)
	return draft, nil
}

// gate lets the actor through when policy and state allow the action.
func (n *Need) gate(actor Actor, action Action, from ...NeedStatus) error {
	if !SeesNeed(actor, n).Any() {
		return absent() // before policy: no refusal may tell that it exists
	}
	if err := authorise(MayNeed(actor, action, n)); err != nil {
		return err
	}
	if !slices.Contains(from, n.Status) {
		return refused("need", string(action), string(n.Status))
	}
	return nil
}

func (n *Need) end(to NeedStatus, reason Reason, text string, actor Actor, now time.Time) error {
	r, err := remark(reason, text, false, actor, now)
	if err != nil {
		return err
	}
	n.Status, n.Ended = to, r
	n.touch(now)
	return nil
}
