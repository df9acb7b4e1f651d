package cooperation

import (
	"slices"
	"time"

	"entente/message"
)

// DraftOffer starts an offer. The actor must speak for the provider.
func DraftOffer(id string, conv *Convention, content OfferContent, actor Actor, now time.Time) (*Offer, error) {
	o := &Offer{Meta: newMeta(id, conv.ID, actor, now), OfferContent: content, Status: OfferDraft}
	if err := authorise(MayOffer(actor, Create, o)); err != nil {
		return nil, err
	}
	if err := conv.checkOffer(&content, stageDraft, now); err != nil {
		return nil, err
	}
	return o, nil
}

// ImportOffer is an offer that the secretariat takes over from a report: open
// at once, an indication unless the row says otherwise.
func ImportOffer(externalID string, conv *Convention, content OfferContent, actor Actor, now time.Time) (*Offer, error) {
	o := &Offer{Meta: newMeta(DerivedID("offer", conv.ID, externalID), conv.ID, actor, now), OfferContent: content, Status: OfferOpen}
	o.ExternalID = externalID
	if err := authorise(MayOffer(actor, Import, o)); err != nil {
		return nil, err
	}
	if err := checkExternalID(externalID); err != nil {
		return nil, err
	}
	if err := conv.checkOffer(&content, stageImport, now); err != nil {
		return nil, err
	}
	if o.Firmness == "" {
		o.Firmness = Indication
	}
	o.Clearance = &Clearance{Kind: ClearedByImport, Date: DateOf(now), By: actor.ID}
	o.Admitted, o.Reconfirmed = stamp(now), stamp(now)
	if o.ValidUntil.IsZero() {
		o.ValidUntil = DateOf(now).AddMonths(conv.OfferValidityMonths)
	}
	return o, nil
}

// Reimport takes over a row again that was imported before. It reports
// whether anything changed. What people did since stands: an offer that ended
// stays ended, one that its provider has rewritten is the provider's, a day to
// which it was re-confirmed is not moved back, and whom it has excluded stays
// excluded.
func (o *Offer) Reimport(conv *Convention, content OfferContent, actor Actor, now time.Time) (changed bool, err error) {
	fresh, err := ImportOffer(o.ExternalID, conv, content, actor, now)
	if err != nil {
		return false, err
	}
	if content.ValidUntil.IsZero() || fresh.ValidUntil.Before(o.ValidUntil) {
		fresh.ValidUntil = o.ValidUntil
	}
	fresh.Attachments = o.Attachments // a report has none: they were sent here
	if fresh.Excluded, err = alsoExcluded(o.Excluded, fresh.Excluded); err != nil {
		return false, err
	}
	if o.Status != OfferOpen && o.Status != OfferExhausted || !o.imported() || equalJSON(fresh.OfferContent, o.OfferContent) {
		return false, nil
	}
	if err := o.Taken.checkTaken(&fresh.OfferContent); err != nil {
		return false, err
	}
	o.OfferContent = fresh.OfferContent
	o.settle()
	o.touch(now)
	return true, nil
}

// Replace puts new content in place of the old. Once open, a pledge or a
// commitment is changed by the provider's approver only.
func (o *Offer) Replace(conv *Convention, content OfferContent, actor Actor, now time.Time) error {
	stage := stageDraft
	if o.Status == OfferOpen || o.Status == OfferExhausted {
		stage = stageSubmit
		if o.imported() && !o.ledBy(actor) {
			stage = stageImport
		}
	}
	if err := o.gate(actor, Replace, OfferDraft, OfferOpen, OfferExhausted); err != nil {
		return err
	}
	if err := conv.checkOffer(&content, stage, now); err != nil {
		return err
	}
	named, err := o.attachments().named(content.Attachments)
	if err != nil {
		return err
	}
	content.Attachments = named
	changed := *o
	changed.OfferContent = content
	if err := authorise(MayOffer(actor, Replace, &changed)); err != nil {
		return err // neither the provider nor the firmness may slip past the approver
	}
	if stage != stageDraft {
		if err := o.Taken.checkTaken(&content); err != nil {
			return err
		}
		if content.ValidUntil.IsZero() {
			changed.ValidUntil = o.ValidUntil // an open offer always ends some day
		}
		changed.clearAgain(stage, actor, now)
		changed.settle()
	}
	*o = changed
	o.touch(now)
	return nil
}

// clearAgain records the clearance of what an open offer has become: its
// provider takes an imported one over, and an indication that is now binding
// has been cleared by the approver who made it so.
func (o *Offer) clearAgain(s stage, actor Actor, now time.Time) {
	kind := ClearedNotNeeded
	if o.binding() {
		kind = ClearedByApprover
	}
	if s == stageSubmit && (o.imported() || o.Clearance == nil || o.Clearance.Kind == ClearedNotNeeded && kind == ClearedByApprover) {
		o.Clearance = &Clearance{Kind: kind, Date: DateOf(now), By: actor.ID}
	}
}

// settle makes the step of an open offer follow from its capacity.
func (o *Offer) settle() {
	o.Taken.recount(&o.OfferContent)
	o.Status = OfferOpen
	if o.Exhausted() {
		o.Status = OfferExhausted
	}
}

// Submit hands the offer to the secretariat. An indication needs no
// clearance; a pledge or a commitment needs the provider's approver.
func (o *Offer) Submit(conv *Convention, c *Clearance, actor Actor, now time.Time) error {
	if err := o.gate(actor, Submit, OfferDraft); err != nil {
		return err
	}
	if err := conv.checkOffer(&o.OfferContent, stageSubmit, now); err != nil {
		return err
	}
	clearance := Clearance{Kind: ClearedNotNeeded, Date: DateOf(now), By: actor.ID}
	if o.Firmness != Indication {
		if c == nil {
			return &Error{Code: Invalid, Message: message.New("error.invalid.fields", message.Count(1)),
				Fields: []FieldError{{"clearance", message.New("error.invalid.clearance")}}}
		}
		if err := checkClearance(*c, now); err != nil {
			return err
		}
		clearance = *c
		clearance.Kind, clearance.By = ClearedByApprover, actor.ID
	}
	o.Status, o.Clearance, o.Returned = OfferSubmitted, &clearance, nil
	o.touch(now)
	return nil
}

// Admit opens a submitted offer to the matcher and the convention.
func (o *Offer) Admit(conv *Convention, actor Actor, now time.Time) error {
	if err := o.gate(actor, Admit, OfferSubmitted); err != nil {
		return err
	}
	if err := conv.checkAdmission(&o.OfferContent); err != nil {
		return err
	}
	if o.ValidUntil.IsZero() {
		o.ValidUntil = DateOf(now).AddMonths(conv.OfferValidityMonths)
	}
	o.Status, o.Admitted, o.Reconfirmed = OfferOpen, stamp(now), stamp(now)
	o.touch(now)
	return nil
}

// Return sends a submitted offer back to its provider as a draft, with a
// reason in words.
func (o *Offer) Return(text string, actor Actor, now time.Time) error {
	if err := o.gate(actor, Return, OfferSubmitted); err != nil {
		return err
	}
	r, err := remark("", text, true, actor, now)
	if err != nil {
		return err
	}
	o.Status, o.Returned = OfferDraft, r
	o.touch(now)
	return nil
}

// Withdraw takes the offer back. No reason is asked.
func (o *Offer) Withdraw(text string, actor Actor, now time.Time) error {
	if err := o.gate(actor, Withdraw, OfferDraft, OfferSubmitted, OfferOpen, OfferExhausted); err != nil {
		return err
	}
	return o.end(OfferWithdrawn, "", text, actor, now)
}

// Close ends an offer that has been used or is no longer given.
func (o *Offer) Close(reason Reason, text string, actor Actor, now time.Time) error {
	if err := o.gate(actor, Close, OfferOpen, OfferExhausted); err != nil {
		return err
	}
	return o.end(OfferClosed, reason, text, actor, now)
}

// Reconfirm says that the offer still stands, until the given day.
func (o *Offer) Reconfirm(conv *Convention, until Date, actor Actor, now time.Time) error {
	if err := o.gate(actor, Reconfirm, OfferOpen, OfferExhausted); err != nil {
		return err
	}
	until, err := validity(until, conv.OfferValidityMonths, now)
	if err != nil {
		return err
	}
	o.ValidUntil, o.Reconfirmed = until, stamp(now)
	o.touch(now)
	return nil
}

// Lapse ends an offer that nobody re-confirmed in time. Only the clock does it.
func (o *Offer) Lapse(actor Actor, now time.Time) error {
	if err := o.gate(actor, Lapse, OfferOpen, OfferExhausted); err != nil {
		return err
	}
	if o.ValidUntil.IsZero() || !o.ValidUntil.Before(DateOf(now)) {
		return refused("offer", string(Lapse), string(o.Status))
	}
	o.Status = OfferLapsed
	o.touch(now)
	return nil
}

// CarryOver starts a new draft from this offer.
func (o *Offer) CarryOver(id string, conv *Convention, actor Actor, now time.Time) (*Offer, error) {
	if err := o.gate(actor, CarryOver, OfferOpen, OfferExhausted, OfferClosed, OfferWithdrawn, OfferLapsed); err != nil {
		return nil, err
	}
	content := o.OfferContent
	content.ValidUntil = Date{}
	draft, err := DraftOffer(id, conv, content, actor, now)
	if err != nil {
		return nil, err
	}
	draft.Carried, draft.Files = o.ID, o.attachments().carried(actor, now)
	return draft, nil
}

func (o *Offer) gate(actor Actor, action Action, from ...OfferStatus) error {
	if !SeesOffer(actor, o).Any() {
		return absent() // before policy: no refusal may tell that it exists
	}
	if err := authorise(MayOffer(actor, action, o)); err != nil {
		return err
	}
	if !slices.Contains(from, o.Status) {
		return refused("offer", string(action), string(o.Status))
	}
	return nil
}

func (o *Offer) end(to OfferStatus, reason Reason, text string, actor Actor, now time.Time) error {
	r, err := remark(reason, text, false, actor, now)
	if err != nil {
		return err
	}
	o.Status, o.Ended = to, r
	o.touch(now)
	return nil
}
