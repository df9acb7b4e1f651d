package cooperation

import "time"

// The actions on the files of postings. Who may replace a posting may attach
// files to it and remove them.
const (
	Attach Action = "attach"
	Detach Action = "detach"
	Erase  Action = "erase_attachment"
)

// MayEraseNeedFile decides who may erase a file of a need for good: its own
// side, and the secretariat, who may have to when a file holds what must not
// be kept.
func MayEraseNeedFile(a Actor, n *Need) bool {
	return !a.ReadOnly && (n.ledBy(a, FocalPoint, Approver) || a.Has(n.Convention, Secretariat))
}

// MayEraseOfferFile is MayEraseNeedFile for offers.
func MayEraseOfferFile(a Actor, o *Offer) bool {
	return !a.ReadOnly && (o.ledBy(a) || a.Has(o.Convention, Secretariat))
}

// MayAttach refuses whoever may not attach a file now, and every file where
// there is no room for a further one.
func (n *Need) MayAttach(actor Actor) error {
	if err := n.gate(actor, Replace, NeedDraft, NeedReturned, NeedOpen, NeedPartlyCovered); err != nil {
		return err
	}
	return n.attachments().room(1)
}

// AttachFile attaches a file; changed is false when it was attached already.
func (n *Need) AttachFile(file Attachment, actor Actor, now time.Time) (attached Attachment, changed bool, err error) {
	if err := n.gate(actor, Replace, NeedDraft, NeedReturned, NeedOpen, NeedPartlyCovered); err != nil {
		return Attachment{}, false, err
	}
	if attached, changed, err = n.attachments().add(file, actor, now); changed {
		n.touch(now)
	}
	return attached, changed, err
}

// DetachFile takes a file away from the need. Past versions go on to name it.
func (n *Need) DetachFile(sum string, actor Actor, now time.Time) (changed bool, err error) {
	if err := n.gate(actor, Replace, NeedDraft, NeedReturned, NeedOpen, NeedPartlyCovered); err != nil {
		return false, err
	}
	if changed, err = n.attachments().remove(sum); changed {
		n.touch(now)
	}
	return changed, err
}

// EraseFile takes a file away for good, at any time. That it was there and who
// erased it stays.
func (n *Need) EraseFile(sum string, actor Actor, now time.Time) (changed bool, err error) {
	if !SeesNeed(actor, n).Any() {
		return false, absent()
	}
	if err := authorise(MayEraseNeedFile(actor, n)); err != nil {
		return false, err
	}
	if changed, err = n.attachments().erase(sum, actor, now); changed {
		n.touch(now)
	}
	return changed, err
}

// FileFor finds a file that the actor may read, and tells whether the public
// may too.
func (n *Need) FileFor(actor Actor, sum string) (file Attachment, public bool, err error) {
	sight := SeesNeed(actor, n)
	file, err = n.attachments().file(sum, sight, NeedFieldVisible(n, "attachments", sight))
	_, hidden := n.attachments().file(sum, SeesPublic, NeedFieldVisible(n, "attachments", SeesNeed(Actor{}, n)))
	return file, hidden == nil, err
}

// MayAttach refuses whoever may not attach a file now, and every file where
// there is no room for a further one.
func (o *Offer) MayAttach(actor Actor) error {
	if err := o.gate(actor, Replace, OfferDraft, OfferOpen, OfferExhausted); err != nil {
		return err
	}
	return o.attachments().room(1)
}

// AttachFile attaches a file; changed is false when it was attached already.
func (o *Offer) AttachFile(file Attachment, actor Actor, now time.Time) (attached Attachment, changed bool, err error) {
	if err := o.gate(actor, Replace, OfferDraft, OfferOpen, OfferExhausted); err != nil {
		return Attachment{}, false, err
	}
	if attached, changed, err = o.attachments().add(file, actor, now); changed {
		o.touch(now)
	}
	return attached, changed, err
}

// DetachFile takes a file away from the offer. Past versions go on to name it.
func (o *Offer) DetachFile(sum string, actor Actor, now time.Time) (changed bool, err error) {
	if err := o.gate(actor, Replace, OfferDraft, OfferOpen, OfferExhausted); err != nil {
		return false, err
	}
	if changed, err = o.attachments().remove(sum); changed {
		o.touch(now)
	}
	return changed, err
}

// EraseFile takes a file away for good, at any time. That it was there and who
// erased it stays.
func (o *Offer) EraseFile(sum string, actor Actor, now time.Time) (changed bool, err error) {
	if !SeesOffer(actor, o).Any() {
		return false, absent()
	}
	if err := authorise(MayEraseOfferFile(actor, o)); err != nil {
		return false, err
	}
	if changed, err = o.attachments().erase(sum, actor, now); changed {
		o.touch(now)
	}
	return changed, err
}

// FileFor finds a file that the actor may read, and tells whether the public
// may too.
func (o *Offer) FileFor(actor Actor, sum string) (file Attachment, public bool, err error) {
	sight := SeesOffer(actor, o)
	file, err = o.attachments().file(sum, sight, OfferFieldVisible(o, "attachments", sight))
	_, hidden := o.attachments().file(sum, SeesPublic, OfferFieldVisible(o, "attachments", SeesOffer(Actor{}, o)))
	return file, hidden == nil, err
}
