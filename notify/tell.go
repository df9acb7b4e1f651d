package notify

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"entente/cooperation"
	"entente/message"
)

// Limits of a message. Whoever wants more opens Entente.
const (
	listed       = 5   // pairings that a message shows
	documents    = 50  // documents that it names
	longestTitle = 120 // characters of a title that it quotes
)

// Teller decides who is told of what. It keeps nothing and is safe for
// concurrent use.
type Teller struct{}

// NewTeller makes a Teller.
func NewTeller() *Teller { return &Teller{} }

// Tell returns what people have to be told of an occasion, in an order that
// depends on nothing but the arguments. users are the accounts with a role in
// the convention. Of an occasion that concerns nobody, or that is not known,
// nobody is told.
func (*Teller) Tell(o cooperation.Occasion, users []*cooperation.User, now time.Time) []*cooperation.Notification {
	if o.Convention == nil {
		return nil
	}
	t := &telling{occasion: o, convention: o.Convention, almanac: o.Convention.Almanac(), now: now.UTC().Truncate(time.Millisecond)}
	for _, u := range users {
		if !u.Disabled {
			t.users = append(t.users, u)
		}
	}
	slices.SortFunc(t.users, func(a, b *cooperation.User) int { return strings.Compare(a.ID, b.ID) })
	switch {
	case o.Reason == "run" && o.Run != nil:
		t.proposals()
	case o.Reason == ReasonUndelivered && o.Failed != nil:
		t.undelivered()
	case o.Reason == ReasonWebhook && o.Webhook != nil:
		t.webhook()
	case o.Reason == ReasonBounced && o.Person != nil:
		t.bounced()
	case o.Reason == ReasonClocks:
		t.clocks()
	case o.Reason == ReasonDigest && len(o.Held) > 0:
		t.digest()
	case o.Reason == ReasonSubscription:
		t.subscribers()
	case o.Agreement != nil:
		t.agreement()
	case o.Assessment != nil:
		t.assessment()
	case o.Recommendation != nil:
		t.recommendation()
	case o.Duplicate != nil:
		t.duplicate()
	case o.Partnership != nil:
		t.partnership()
	case o.Review != nil:
		t.review()
	case o.Introduction != nil && o.Proposal != nil && (o.Introduction.Status != cooperation.IntroductionEnded || o.Introduction.Stopped != nil):
		t.introduction()
	case o.Proposal != nil:
		t.proposal()
	case o.Need != nil:
		t.need()
	case o.Offer != nil:
		t.offer()
	case o.Reason == ReasonRollOver && o.Committee != nil && o.Told != nil:
		t.rollOver()
	case o.Committee != nil:
		t.committee()
	case o.Organisation != nil:
		t.organisation()
	}
	return t.told
}

// telling is the work on one occasion.
type telling struct {
	occasion   cooperation.Occasion
	convention *cooperation.Convention
	almanac    *cooperation.Almanac
	users      []*cooperation.User // in the order of their ids
	now        time.Time
	told       []*cooperation.Notification
}

// add completes a notification and keeps it. The parts after the recipient's
// name what is told: telling it again is the same notification.
func (t *telling) add(n cooperation.Notification, recipient, mail string, what ...string) {
	parts := append([]string{"notification", t.convention.ID, recipient, t.occasion.Reason}, what...)
	n.Schema, n.ID, n.Convention, n.Version = cooperation.Schema, cooperation.DerivedID(parts...), t.convention.ID, 1
	n.Created, n.Updated = t.now, t.now
	n.Recipient = recipient
	n.Status = cooperation.InApp
	if mail != "" {
		n.Status = cooperation.Pending
		if u, ok := t.user(recipient); ok {
			n.Status = cooperation.Writes(u, &n, t.almanac, t.now)
		}
	}
	t.told = append(t.told, &n)
}

// conventionArg names the convention.
func (t *telling) conventionArg() message.Arg {
	return message.Of(message.Convention, "convention", t.convention.ID)
}

// sitsOn reports whether a person is a member of a body.
func sitsOn(u *cooperation.User, convention, committee string) bool {
	return slices.ContainsFunc(u.Grants, func(g cooperation.Grant) bool {
		return g.Convention == convention && g.Role == cooperation.CommitteeMember && g.Committee == committee
	})
}

// actsFor lists the States and organisations for which a person holds one of
// the roles in the convention.
func (t *telling) actsFor(u *cooperation.User, roles ...cooperation.Role) []cooperation.Participant {
	var all []cooperation.Participant
	for _, g := range u.Grants {
		if g.Convention == t.convention.ID && slices.Contains(roles, g.Role) && !slices.Contains(all, g.Participant) {
			all = append(all, g.Participant)
		}
	}
	return all
}

// beneficiaries are those of a need, as participants.
func beneficiaries(n *cooperation.Need) []cooperation.Participant {
	all := make([]cooperation.Participant, len(n.Beneficiaries))
	for i, b := range n.Beneficiaries {
		all[i] = cooperation.Participant(b.Alpha2())
	}
	return all
}

// beneficiariesArg names the beneficiaries of a need.
func beneficiariesArg(n *cooperation.Need) message.Arg {
	codes := make([]string, len(n.Beneficiaries))
	for i, b := range n.Beneficiaries {
		codes[i] = b.Alpha2()
	}
	return message.List(message.Countries, "beneficiaries", codes...)
}

// quoted is the title of a posting in a reader's language where there is a
// translation, as it was written otherwise, cut to what a message holds.
func quoted(original string, translations map[string]cooperation.Translation, lang string) string {
	if t := translations[lang].Title; t != "" {
		original = t
	}
	runes := []rune(strings.TrimSpace(original))
	if len(runes) <= longestTitle {
		return string(runes)
	}
	return strings.TrimSpace(string(runes[:longestTitle-1])) + "…"
}

func decimal(v uint64) string { return strconv.FormatUint(v, 10) }
