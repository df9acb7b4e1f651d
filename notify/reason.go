package notify

import (
	"slices"
	"strings"

	"entente/cooperation"
	"entente/message"
)

// The reasons for which people are told of proposals. Those for which they are
// told of a posting are the reasons of the occasion: "need.submit".
const (
	// ReasonResponsible: the recipient sits on the body that is responsible.
	ReasonResponsible = "proposals.responsible"
	// ReasonInformed: the recipient sits on a body that is only informed.
	ReasonInformed = "proposals.informed"
	// ReasonSecretariat: the recipient runs the convention.
	ReasonSecretariat = "proposals.secretariat"
	// ReasonPosting: the recipient acts for a side whose posting is proposed.
	ReasonPosting = "proposals.posting"
	// ReasonWebhook: a webhook of the recipient was paused because it failed.
	ReasonWebhook = "webhook.paused"
)

// forSecretariat lists the occasions on a posting of which the secretariat is
// told; of the others that are known, its own side is.
func forSecretariat(reason string) bool {
	switch reason {
	case "need.submit", "need.withdraw", "need.close", "offer.submit", "offer.withdraw", "offer.close":
		return true
	}
	return false
}

// Why says to the recipient of a notification why it is told.
func Why(n *cooperation.Notification) message.Message {
	body, convention := message.Of(message.Body, "body", n.Committee), message.Of(message.Convention, "convention", n.Convention)
	switch {
	case aboutAccount(n):
		return message.New("notify.why.account")
	case toCommittee(n):
		return message.New("notify.why.mailbox", body, convention)
	case n.Reason == ReasonResponsible:
		return message.New("notify.why.responsible", body, convention)
	case n.Reason == ReasonInformed:
		return message.New("notify.why.informed", body, convention)
	case n.Reason == ReasonSecretariat || n.Reason == ReasonUndelivered || n.Reason == ReasonBounced || forSecretariat(n.Reason):
		return message.New("notify.why.secretariat", convention)
	case concerns(n.Reason):
		return message.New("notify.why.concerned", convention)
	case n.Reason == ReasonWebhook:
		return message.New("notify.why.webhook", convention)
	case n.Reason == ReasonSubscription:
		return message.New("notify.why.subscription", convention)
	case n.Reason == ReasonDigest:
		return message.New("notify.why.digest", convention)
	case aboutReviews(n.Reason) || n.Reason == ReasonBegun:
		return message.New("notify.why.review", body, convention)
	case aboutIntroductions(n.Reason):
		return message.New("notify.why.introduction", convention)
	case n.Reason == ReasonClocks:
		return message.New("notify.why.clocks", convention)
	}
	return message.New("notify.why.posting", convention)
}

// entitled reports whether a person still holds the role for which the
// notification was decided. Between the decision and the last attempt there
// may be days, and what it says may be confidential.
func entitled(u *cooperation.User, n *cooperation.Notification) bool {
	a := cooperation.ActorOf(u, true)
	switch {
	case aboutAccount(n):
		return true
	case n.Reason == ReasonResponsible || n.Reason == ReasonInformed:
		return sitsOn(u, n.Convention, n.Committee)
	case n.Reason == ReasonSecretariat || n.Reason == ReasonUndelivered || n.Reason == ReasonBounced || forSecretariat(n.Reason):
		return a.Has(n.Convention, cooperation.Secretariat)
	case n.Reason == "introduction.interested": // to the sides, and to whoever facilitates
		return a.Has(n.Convention, cooperation.FocalPoint, cooperation.Approver, cooperation.ProviderRole, cooperation.Secretariat, cooperation.CommitteeMember)
	case n.Reason == ReasonOutcome:
		return a.Has(n.Convention, cooperation.Secretariat, cooperation.CommitteeMember)
	case n.Reason == ReasonBegun || concerns(n.Reason) || n.Reason == ReasonWebhook || n.Reason == ReasonSubscription || n.Reason == ReasonDigest || n.Reason == ReasonClocks || aboutReviews(n.Reason):
		return a.Within(n.Convention)
	}
	return a.Has(n.Convention, cooperation.FocalPoint, cooperation.Approver, cooperation.ProviderRole)
}

// aboutAccount reports whether a message is about the recipient's own account,
// which needs no role.
func aboutAccount(n *cooperation.Notification) bool { return strings.HasPrefix(n.Reason, "account.") }

// toCommittee reports whether a notification goes to the mailbox of a body.
func toCommittee(n *cooperation.Notification) bool {
	return n.Committee != "" && n.Recipient == cooperation.CommitteeRecipient(n.Committee)
}

// confidential reports whether a message tells scores and what they come from.
func confidential(n *cooperation.Notification) bool {
	return strings.HasPrefix(n.Reason, "proposals.") || aboutReviews(n.Reason) || aboutIntroductions(n.Reason) || n.Reason == ReasonDigest && slices.ContainsFunc(n.Documents, func(d string) bool {
		return strings.HasPrefix(d, "proposal/")
	})
}
