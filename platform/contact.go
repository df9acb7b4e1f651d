package platform

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"entente/catalogue"
	"entente/cooperation"
	"entente/store"
)

// forgetContacts removes what is the person's own from the documents of a
// convention (see trace): from their present versions by new ones, from all
// others, and those of imports, by erasing the versions that hold it.
func (p *Platform) forgetContacts(ctx context.Context, r *room, who cooperation.Identity, user string) error {
	if who.Empty() {
		return nil
	}
	of := &trace{p, who, user}
	var refs []store.VersionRef
	for read := uint64(0); ; {
		found, upto, err := contactsIn(ctx, p.store, r.id(), read, of)
		if err != nil {
			return err
		}
		if refs = append(refs, found...); len(found) == 0 {
			break
		}
		if err := r.dropContacts(ctx, p, found, of); err != nil {
			return err
		}
		read = upto // and what came in meanwhile
	}
	if len(refs) == 0 {
		return nil
	}
	return p.store.Erase(ctx, r.id(), refs)
}

// trace is what a person leaves in the documents of conventions: the contact of
// a posting, the mailbox of a body where it is the person's own, and where the
// person's webhooks lead to.
type trace struct {
	platform *Platform
	who      cooperation.Identity
	user     string
}

// holding are the fields in which documents may hold a trace.
type holding struct {
	FocalPoint  *cooperation.Contact `json:"focal_point"`
	Contact     string               `json:"contact"`
	Owner       string               `json:"owner"`
	URL         string               `json:"url"`
	Description string               `json:"description"`
}

// in reports whether a document of the kind holds a trace.
func (t *trace) in(kind string, h holding) bool {
	switch kind {
	case catalogue.KindNeed, catalogue.KindOffer:
		return t.who.Is(h.FocalPoint) && (t.who.HasMail(h.FocalPoint.Mail) || !t.somebodyElses(h.FocalPoint.Mail))
	case catalogue.KindCommittee:
		return t.who.HasMail(h.Contact) && !t.somebodyElses(h.Contact)
	case catalogue.KindWebhook:
		return h.Owner == t.user && h.URL+h.Description != ""
	}
	return false
}

// somebodyElses reports whether the address is that of another account: two
// people may have one name, and hand one mailbox over.
func (t *trace) somebodyElses(mail string) bool {
	other, ok := t.platform.accounts.UserByMail(mail)
	return ok && other.ID != t.user
}

// contactsIn reads the log after a position and names the versions of documents
// that hold a trace, and the position up to which it has read.
func contactsIn(ctx context.Context, s store.Store, log string, after uint64, of *trace) (found []store.VersionRef, upto uint64, err error) {
	upto = after
	for c, err := range s.Read(ctx, log, after) {
		if err != nil {
			return nil, 0, err
		}
		upto = c.Number
		for _, v := range c.Versions {
			held, err := of.inVersion(v)
			if err != nil {
				return nil, 0, err
			}
			if held {
				found = append(found, store.VersionRef{Commit: c.Number, Kind: v.Kind, ID: v.ID, Number: v.Number})
			}
		}
	}
	return found, upto, nil
}

// fields are the names of the fields of which one is in every document that
// holds a trace: only these documents are decoded.
func fields(kind string) []byte {
	switch kind {
	case catalogue.KindNeed, catalogue.KindOffer:
		return []byte(`"focal_point"`)
	case catalogue.KindCommittee:
		return []byte(`"contact"`)
	case catalogue.KindWebhook:
		return []byte(`"owner"`)
	}
	return nil
}

func (t *trace) inVersion(v store.Version) (bool, error) {
	field := fields(v.Kind)
	if field == nil || !bytes.Contains(v.Body, field) {
		return false, nil
	}
	var h holding
	if err := json.Unmarshal(v.Body, &h); err != nil {
		return false, fmt.Errorf("%s %s, version %d: %w", v.Kind, v.ID, v.Number, err)
	}
	return t.in(v.Kind, h), nil
}

// dropContacts makes new versions, without the trace, of the documents whose
// present version has it. Each commit takes what fits.
func (r *room) dropContacts(ctx context.Context, p *Platform, found []store.VersionRef, of *trace) error {
	for next := 0; next < len(found); {
		begin := next
		err := r.do(ctx, "contact.erase", eraser, func(d *draft) error {
			for next = begin; next < len(found) && next-begin < d.portion.Pieces; next++ {
				if fits, err := d.add(func() error { r.dropContact(d, found[next], of, p.clock()); return nil }); err != nil || !fits {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *room) dropContact(d *draft, ref store.VersionRef, of *trace, now time.Time) {
	switch ref.Kind {
	case catalogue.KindNeed:
		if n, ok := r.need(d, ref.ID); ok && of.in(ref.Kind, holding{FocalPoint: n.FocalPoint}) {
			bare := *n
			bare.ForgetContact(now)
			d.putNeed(&bare)
		}
	case catalogue.KindOffer:
		if o, ok := r.offer(d, ref.ID); ok && of.in(ref.Kind, holding{FocalPoint: o.FocalPoint}) {
			bare := *o
			bare.ForgetContact(now)
			d.putOffer(&bare)
		}
	case catalogue.KindCommittee:
		if n, ok := r.naming(d, ref.ID); ok && of.in(ref.Kind, holding{Contact: n.Contact}) {
			bare := *n
			bare.ForgetContact(now)
			d.put(ref.Kind, bare.ID, bare.Version, &bare)
		}
	case catalogue.KindWebhook:
		if w, ok := r.webhook(d, ref.ID); ok && of.in(ref.Kind, holding{Owner: w.Owner, URL: w.URL, Description: w.Description}) {
			bare := *w
			bare.Forget(now)
			d.put(ref.Kind, bare.ID, bare.Version, &bare)
		}
	}
}
