package web

import (
	"context"
	"strings"

	"entente/cooperation"
	"entente/platform"
)

// Postings are the commands by which needs and offers are written.
type Postings interface {
	CreateNeed(ctx context.Context, actor cooperation.Actor, convention string, content cooperation.NeedContent, key string) (*cooperation.Need, error)
	ReplaceNeed(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, content cooperation.NeedContent) (*cooperation.Need, error)
	SubmitNeed(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, clearance cooperation.Clearance, insist bool) (*cooperation.Need, error)
	WithdrawNeed(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, text string) (*cooperation.Need, error)
	CarryOverNeed(ctx context.Context, actor cooperation.Actor, id, key string) (*cooperation.Need, error)
	CreateOffer(ctx context.Context, actor cooperation.Actor, convention string, content cooperation.OfferContent, key string) (*cooperation.Offer, error)
	ReplaceOffer(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, content cooperation.OfferContent) (*cooperation.Offer, error)
	SubmitOffer(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, clearance *cooperation.Clearance) (*cooperation.Offer, error)
	WithdrawOffer(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, text string) (*cooperation.Offer, error)
	CarryOverOffer(ctx context.Context, actor cooperation.Actor, id, key string) (*cooperation.Offer, error)
	PreviewOffer(actor cooperation.Actor, id string, content cooperation.OfferContent, k int) (*platform.Matches, error)
	PreviewNeed(actor cooperation.Actor, id string, content cooperation.NeedContent, k int) (*platform.Matches, error)
}

// work is a need or an offer on which the reader works; the other of the two is
// nil.
type work struct {
	need    *cooperation.Need
	offer   *cooperation.Offer
	matters []matter
	tree    tree // its content
}

// kind is what it is.
func (w *work) kind() string {
	if w.need != nil {
		return "need"
	}
	return "offer"
}

func (w *work) meta() *cooperation.Meta {
	if w.need != nil {
		return &w.need.Meta
	}
	return &w.offer.Meta
}

// card is the posting in short.
func (w *work) card(v *visit) card {
	if w.need != nil {
		return v.needCard(w.need)
	}
	return v.offerCard(w.offer)
}

// heading is its title with the language that it is in.
func (w *work) heading() (title, language string) {
	if w.need != nil {
		return w.need.Title, string(w.need.ContentLanguage)
	}
	return w.offer.Title, string(w.offer.ContentLanguage)
}

// unsent reports whether it is still to be submitted.
func (w *work) unsent() bool {
	if w.need != nil {
		return w.need.Status == cooperation.NeedDraft || w.need.Status == cooperation.NeedReturned
	}
	return w.offer.Status == cooperation.OfferDraft
}

// changes reports whether its content can still change.
func (w *work) changes() bool {
	if w.need != nil {
		return w.unsent() || w.need.Status.Matchable()
	}
	return w.unsent() || w.offer.Status == cooperation.OfferOpen || w.offer.Status == cooperation.OfferExhausted
}

// sight is how much of it the reader sees.
func (w *work) sight(v *visit) cooperation.Sight {
	if w.need != nil {
		return cooperation.SeesNeed(v.actor(), w.need)
	}
	return cooperation.SeesOffer(v.actor(), w.offer)
}

// notes are its clearance and why it ended.
func (w *work) notes() (*cooperation.Clearance, *cooperation.Remark) {
	if w.need != nil {
		return w.need.Clearance, w.need.Ended
	}
	return w.offer.Clearance, w.offer.Ended
}

// file is the address of a file of the posting.
func (w *work) file(f cooperation.Attachment) string {
	return "/api/v1/" + w.kind() + "s/" + w.meta().ID + "/attachments/" + f.SHA256
}

// returned is why it was sent back.
func (w *work) returned() *cooperation.Remark {
	if w.need != nil {
		return w.need.Returned
	}
	return w.offer.Returned
}

// may reports whether the reader may do something to it.
func (w *work) may(v *visit, action cooperation.Action) bool {
	if w.need != nil {
		return cooperation.MayNeed(v.actor(), action, w.need)
	}
	return cooperation.MayOffer(v.actor(), action, w.offer)
}

// at is an address below that of its page.
func (w *work) at(v *visit, below string) string {
	return v.within("/" + w.kind() + "s/" + w.meta().ID + below)
}

// lacks are what keeps it from being submitted, as it was last saved.
func (p *pages) lacks(v *visit, w *work) []cooperation.FieldError {
	if w.need != nil {
		return v.conv.NeedLacks(&w.need.NeedContent, p.Platform.Now())
	}
	return v.conv.OfferLacks(&w.offer.OfferContent, p.Platform.Now())
}

// unspecific is what would make it more specific; nothing of an offer.
func (v *visit) unspecific(w *work) []cooperation.Hint {
	if w.need != nil {
		return cooperation.Unspecific(v.conv, &w.need.NeedContent)
	}
	return nil
}

// kindHere is whether the page is of needs or of offers.
func (v *visit) kindHere() string {
	if strings.HasPrefix(v.FullPath(), "/c/:convention/offers") {
		return "offer"
	}
	return "need"
}

// work finds what the reader wants to write on. What he may not even see is
// absent.
func (p *pages) work(v *visit) (*work, error) {
	w, err := p.found(v)
	switch {
	case err != nil:
		return nil, err
	case w.meta().Convention != v.conv.ID:
		return nil, cooperation.Absent()
	case !w.may(v, cooperation.Replace):
		return nil, cooperation.Refuse(cooperation.Forbidden, "error.forbidden.action")
	}
	return w, nil
}

// found is the posting of the page. Documents are shared: what is being filled
// in goes into a copy.
func (p *pages) found(v *visit) (*work, error) {
	w := &work{}
	var content any
	if v.kindHere() == "need" {
		n, _, err := p.Platform.Need(v.actor(), v.Param("id"))
		if err != nil {
			return nil, err
		}
		own := *n
		w.need, w.matters, content = &own, needMatters(), n.NeedContent
	} else {
		o, _, err := p.Platform.Offer(v.actor(), v.Param("id"))
		if err != nil {
			return nil, err
		}
		own := *o
		w.offer, w.matters, content = &own, v.offerMatters(), o.OfferContent
	}
	var err error
	if w.tree, err = treeOf(content); err != nil {
		return nil, err
	}
	w.matters = append(w.matters, v.shared(w)...)
	return w, nil
}

// settle makes the posting say what its forms do.
func (w *work) settle() error {
	var need cooperation.NeedContent
	var offer cooperation.OfferContent
	var err error
	if w.need != nil {
		err = w.tree.into(&need)
		w.need.NeedContent = need
	} else {
		err = w.tree.into(&offer)
		w.offer.OfferContent = offer
	}
	if err != nil {
		return cooperation.Refuse(cooperation.Invalid, "error.invalid.form")
	}
	return nil
}

// save puts what was filled in in place of what was there.
func (p *pages) save(v *visit, w *work, match platform.Match) (err error) {
	if err := w.settle(); err != nil {
		return err
	}
	ctx, id := v.Request.Context(), w.meta().ID
	if w.need != nil {
		_, err = p.Platform.ReplaceNeed(ctx, v.actor(), id, match, w.need.NeedContent)
	} else {
		_, err = p.Platform.ReplaceOffer(ctx, v.actor(), id, match, w.offer.OfferContent)
	}
	return err
}
