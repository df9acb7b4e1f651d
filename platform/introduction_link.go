package platform

import (
	"context"
	"crypto/subtle"
	"slices"
	"strings"
	"time"

	"entente/cooperation"
)

// ReplyCase is what a link shows by which somebody may answer an introduction.
type ReplyCase struct {
	Introduction *cooperation.Introduction // as its person may see it
	Asked        cooperation.Asked         // for whom the person answers
	Until        cooperation.Date          // the last day; not stated while a question has stopped the clock
	Need         *cooperation.Need
	Offers       []*cooperation.Offer
	Contacts     []Contact // of both sides
	Language     string    // of the person
}

// ReplyCase looks at the link that a secret opens, and decides nothing: programs
// that scan mail open every address. It opens nothing once its side has acted,
// its time is over, or its person has lost the role.
func (p *Platform) ReplyCase(secret string) (*ReplyCase, error) {
	r, x, u, id, err := p.replyLink(secret)
	if err != nil {
		return nil, err
	}
	k := r.convention().Timekeeper(r.state, p.clock())
	place, opens := x.Opens(id, u)
	if !opens || x.Over(k, p.clock()) {
		return nil, deadReply()
	}
	a := cooperation.ActorOf(u, false)
	sides := r.sidesOf(x)
	c := &ReplyCase{Introduction: x.Shown(a, k, sides), Asked: x.Asked[place].Asked, Until: x.ReplyBy(k, x.Asked[place].Asked), Contacts: p.Contacts(a, x.ID), Language: u.Language}
	if sides.Need != nil {
		c.Need, _ = sides.Need.Shown(a)
	}
	for _, o := range sides.Offers {
		if shown, _ := o.Shown(a); shown != nil {
			c.Offers = append(c.Offers, shown)
		}
	}
	return c, nil
}

// ReplyByLink answers with the link that a secret opens, which opens nothing from
// then on. Of any number of callers at once, one is heard.
func (p *Platform) ReplyByLink(ctx context.Context, secret string, reply cooperation.ReplyContent) error {
	_, found, u, id, err := p.replyLink(secret)
	if err != nil {
		return err
	}
	place, opens := found.Opens(id, u)
	if !opens {
		return deadReply()
	}
	actor := cooperation.ActorOf(u, false) // for the one that the link is for, and nobody else
	actor.Grants = slices.DeleteFunc(slices.Clone(actor.Grants), func(g cooperation.Grant) bool { return g.Participant != found.Asked[place].Participant })
	_, err = p.changeIntroduction(ctx, actor, found.ID, 0, cooperation.ReplyIntroduction, func(x *cooperation.Introduction, k *cooperation.Timekeeper, q *cooperation.Proposal, s *cooperation.Sides, now time.Time) error {
		if _, still := x.Opens(id, u); !still {
			return deadReply()
		}
		return x.Answer(k, q, s, reply, actor, now)
	})
	return err
}

// replyLink reads the link in a secret that is the installation's own.
func (p *Platform) replyLink(secret string) (r *room, x *cooperation.Introduction, u *cooperation.User, id string, err error) {
	id, _, _ = strings.Cut(secret, ".")
	introduction, user, ok := cooperation.ReadReplyLink(id)
	if !ok || subtle.ConstantTimeCompare([]byte(secret), []byte(p.LinkSecret(id))) != 1 {
		return nil, nil, nil, "", deadReply()
	}
	if r, x, err = p.findIntroduction(introduction); err != nil {
		return nil, nil, nil, "", deadReply()
	}
	if u, ok = p.accounts.User(user); !ok {
		return nil, nil, nil, "", deadReply()
	}
	return r, x, u, id, nil
}

func deadReply() error { return cooperation.Refuse(cooperation.NotFound, "error.not_found.link") }
