package platform

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"entente/catalogue"
	"entente/cooperation"
	"entente/store"
)

// forgetContacts removes the contacts that are the person from all postings of
// a convention: from their present versions by new ones, from all others, and
// those of imports, by erasing the versions that hold them.
func (p *Platform) forgetContacts(ctx context.Context, r *room, who cooperation.Identity, user string) error {
	if who.Empty() {
		return nil
	}
	is := func(c *cooperation.Contact) bool { return who.Is(c) && !p.somebodyElses(c, who, user) }
	var refs []store.VersionRef
	for read := uint64(0); ; {
		found, upto, err := contactsIn(ctx, p.store, r.id(), read, is)
		if err != nil {
			return err
		}
		if refs = append(refs, found...); len(found) == 0 {
			break
		}
		if err := r.dropContacts(ctx, p, found, is); err != nil {
			return err
		}
		read = upto // and what came in meanwhile
	}
	if len(refs) == 0 {
		return nil
	}
	return p.store.Erase(ctx, r.id(), refs)
}

// somebodyElses reports whether the contact's address is that of another
// account: two people may have one name.
func (p *Platform) somebodyElses(c *cooperation.Contact, who cooperation.Identity, user string) bool {
	if c.Mail == "" || who.HasMail(c.Mail) {
		return false
	}
	other, ok := p.accounts.UserByMail(c.Mail)
	return ok && other.ID != user
}

// contactsIn reads the log after a position and names the versions of postings
// whose contact it is, and the position up to which it has read.
func contactsIn(ctx context.Context, s store.Store, log string, after uint64, is func(*cooperation.Contact) bool) (found []store.VersionRef, upto uint64, err error) {
	upto = after
	for c, err := range s.Read(ctx, log, after) {
		if err != nil {
			return nil, 0, err
		}
		upto = c.Number
		for _, v := range c.Versions {
			if v.Kind != catalogue.KindNeed && v.Kind != catalogue.KindOffer || !bytes.Contains(v.Body, []byte(`"focal_point"`)) {
				continue
			}
			var posting struct {
				FocalPoint *cooperation.Contact `json:"focal_point"`
			}
			if err := json.Unmarshal(v.Body, &posting); err != nil {
				return nil, 0, fmt.Errorf("%s %s, version %d: %w", v.Kind, v.ID, v.Number, err)
			}
			if is(posting.FocalPoint) {
				found = append(found, store.VersionRef{Commit: c.Number, Kind: v.Kind, ID: v.ID, Number: v.Number})
			}
		}
	}
	return found, upto, nil
}

// dropContacts makes new versions, without the contact, of the postings whose
// present version has it. Each commit takes what fits.
func (r *room) dropContacts(ctx context.Context, p *Platform, found []store.VersionRef, is func(*cooperation.Contact) bool) error {
	for next := 0; next < len(found); {
		begin := next
		err := r.do(ctx, "contact.erase", eraser, func(d *draft) error {
			for next = begin; next < len(found) && next-begin < chunk; next++ {
				if fits, err := d.add(func() error { r.dropContact(d, p, found[next], is); return nil }); err != nil || !fits {
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

func (r *room) dropContact(d *draft, p *Platform, ref store.VersionRef, is func(*cooperation.Contact) bool) {
	switch ref.Kind {
	case catalogue.KindNeed:
		if n, ok := r.need(d, ref.ID); ok && is(n.FocalPoint) {
			bare := *n
			bare.ForgetContact(p.clock())
			d.putNeed(&bare)
		}
	case catalogue.KindOffer:
		if o, ok := r.offer(d, ref.ID); ok && is(o.FocalPoint) {
			bare := *o
			bare.ForgetContact(p.clock())
			d.putOffer(&bare)
		}
	}
}
