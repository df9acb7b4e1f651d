package notify

import (
	"slices"
	"strings"

	"entente/cooperation"
	"entente/message"
)

// aboutReviews reports whether a message tells what became of proposals, before
// both sides talk, why they do, what they agree on, or in a partnership.
func aboutReviews(reason string) bool {
	return strings.HasPrefix(reason, "review.") || strings.HasPrefix(reason, "proposal.") || strings.HasPrefix(reason, "agreement.") || strings.HasPrefix(reason, "partnership.")
}

// proposal tells of what a side did, or of an end: both sides, those who sit on
// the bodies concerned, and the secretariat of what it facilitates.
func (t *telling) proposal() {
	p := t.occasion.Proposal
	switch p.Status {
	case cooperation.Proposed, cooperation.Introduced, cooperation.WithdrawnProposal, cooperation.ExpiredProposal:
	default:
		return
	}
	one := cooperation.Reviewed{Proposal: p, Sides: cooperation.Sides{Need: t.occasion.Need, Offers: t.occasion.Offers}}
	t.tellConcerned([]cooperation.Reviewed{one}, p.Committee, p.Informed, p.ID, p.Version, nil)
}

// review tells of what happened to a review.
func (t *telling) review() {
	v := t.occasion.Review
	var args []message.Arg
	switch t.occasion.Reason {
	case "review.opened", "review.objected", "review.endorsed", "review.recommended", "review.withdrawn", "review.ended":
	case "review.resumed":
		s := v.Silences[len(v.Silences)-1]
		args = append(args, message.Int("days", s.Days), message.Of(message.Key, "why", "silence."+string(s.Why)))
	case "review.returned":
		args = append(args, message.Of(message.Text, "text", remark(v.Returned)))
	default:
		return
	}
	t.tellConcerned(t.occasion.Reviewed, v.Committee, v.Informed, v.ID, v.Version, args)
}

// tellConcerned tells each person once, whatever parts it has: those who sit on
// the committee responsible or on one that is informed, those who act for a side
// of its own proposals, and the secretariat.
func (t *telling) tellConcerned(of []cooperation.Reviewed, committee string, informed []string, id string, version uint64, args []message.Arg) {
	for _, u := range t.users {
		if u.ID == t.occasion.Actor.ID {
			continue
		}
		own := of
		office := cooperation.ActorOf(u, true).Has(t.convention.ID, cooperation.Secretariat)
		sits := slices.ContainsFunc(append([]string{committee}, informed...), func(id string) bool {
			body, known := t.convention.Committee(id)
			return known && t.convention.ExaminesPairings(&body) && sitsOn(u, t.convention.ID, id)
		})
		if !office && !sits {
			own = t.ownOf(u, of)
		}
		if len(own) > 0 {
			t.add(t.aboutReview(own, committee, args, u.Language), u.ID, u.Mail, id, decimal(version))
		}
	}
	t.tellMailboxes(of, committee, informed, id, version, args)
}

// tellMailboxes tells the mailbox of the body that is responsible, and of each
// that is informed, where it has one; one that several share is told once.
func (t *telling) tellMailboxes(of []cooperation.Reviewed, committee string, informed []string, id string, version uint64, args []message.Arg) {
	var told []string
	for _, body := range append([]string{committee}, informed...) {
		b, known := t.convention.Committee(body)
		if !known || b.Contact == "" || slices.Contains(told, b.Contact) {
			continue
		}
		told = append(told, b.Contact)
		n := t.aboutReview(of, committee, args, "")
		n.Committee = body
		t.add(n, cooperation.CommitteeRecipient(body), b.Contact, id, decimal(version))
	}
}

// ownOf are the proposals on whose sides a person acts.
func (t *telling) ownOf(u *cooperation.User, of []cooperation.Reviewed) (own []cooperation.Reviewed) {
	needs, offers := t.actsFor(u, cooperation.FocalPoint, cooperation.Approver), t.actsFor(u, cooperation.ProviderRole, cooperation.Approver)
	for _, r := range of {
		if r.Sides.Need != nil && common(needs, beneficiaries(r.Sides.Need)) ||
			slices.ContainsFunc(r.Sides.Offers, func(o *cooperation.Offer) bool { return common(offers, o.Providers()) }) {
			own = append(own, r)
		}
	}
	return own
}

// aboutReview is what one reader is told.
func (t *telling) aboutReview(of []cooperation.Reviewed, committee string, args []message.Arg, lang string) cooperation.Notification {
	key := "notify." + t.occasion.Reason
	body := message.Of(message.Body, "body", committee)
	n := cooperation.Notification{Reason: t.occasion.Reason, Committee: committee,
		Subject: message.New(key+".subject", t.conventionArg()),
		Lines:   []message.Message{message.New(key+".line", append(args, body)...)}}
	for _, r := range of {
		if document := "proposal/" + r.Proposal.ID; len(n.Items) < listed {
			n.Items = append(n.Items, cooperation.Item{Heading: reviewedHeading(&r, lang), Document: document})
		}
		n.Documents = append(n.Documents, "proposal/"+r.Proposal.ID)
	}
	n.Documents = n.Documents[:min(len(n.Documents), documents)]
	if more := len(of) - len(n.Items); more > 0 {
		n.Lines = append(n.Lines, message.New("notify.proposals.more", message.Count(more)))
	}
	return n
}

// reviewedHeading names both sides, and no score.
func reviewedHeading(r *cooperation.Reviewed, lang string) message.Message {
	var need, offer, provider string
	beneficiaries := message.List(message.Countries, "beneficiaries")
	if n := r.Sides.Need; n != nil {
		need, beneficiaries = quoted(n.Title, n.Translations, lang), beneficiariesArg(n)
	}
	if len(r.Sides.Offers) > 0 {
		o := r.Sides.Offers[0]
		offer, provider = quoted(o.Title, o.Translations, lang), string(o.Provider)
	}
	return message.New("notify.reviewed", message.Of(message.Text, "need", need), beneficiaries, message.Of(message.Text, "offer", offer), message.Of(message.Party, "provider", provider))
}
