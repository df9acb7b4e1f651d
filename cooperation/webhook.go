package cooperation

import (
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"entente/message"
)

// WebhookStatus is whether events are sent to a webhook.
type WebhookStatus string

// The steps of a webhook.
const (
	WebhookActive  WebhookStatus = "active"
	WebhookPaused  WebhookStatus = "paused"  // its owner, or its long failing, has stopped it; Cause says which
	WebhookRemoved WebhookStatus = "removed" // deleted: there for nobody, kept for the history
)

// The causes of a pause.
const (
	PausedByOwner = "owner"   // its owner has paused it
	PausedFailing = "failing" // nothing was delivered for days
	PausedGone    = "gone"    // the receiver answered 410: it wants no more
)

// The limits of webhooks.
const (
	WebhooksPerOwner      = 10                 // in one convention
	WebhooksPerConvention = 50                 // of all owners
	SecretOverlap         = 24 * time.Hour     // after a rotation, both secrets sign for so long
	WebhookPatience       = 5 * 24 * time.Hour // of failing without a success, after which it is paused
)

// WebhookContent is what the owner says of a webhook.
type WebhookContent struct {
	URL         string   `json:"url" validate:"required,max=2000"`
	Events      []string `json:"events" validate:"required,min=1,max=50,unique"` // "need.opened", or "need.*" for all of a kind, or "*"
	Description string   `json:"description,omitempty" validate:"max=500"`
}

// Webhook is an address of another system to which the changes in a convention
// that its owner may see are announced. Its secret is kept nowhere: it is
// derived from the key of the installation and the generation.
type Webhook struct {
	Meta
	WebhookContent
	Owner      string        `json:"owner"` // user id
	Status     WebhookStatus `json:"status"`
	Cause      string        `json:"cause,omitempty"`        // of a pause
	Generation int           `json:"generation"`             // of the secret, from 1
	Rotated    time.Time     `json:"rotated,omitzero"`       // when the generation began
	Since      uint64        `json:"since"`                  // the position in the log after which changes are announced
	Failing    time.Time     `json:"failing_since,omitzero"` // the first failure since the last success
}

// Events lists the types of events that a webhook may be told of.
func Events() []string {
	all := []string{"run.done"}
	for _, s := range ProposalStatuses() {
		all = append(all, "proposal."+string(s))
	}
	for _, s := range PartnershipStatuses() {
		all = append(all, "partnership."+string(s))
	}
	all = append(all, "partnership.changed")
	for _, s := range AgreementStatuses() {
		all = append(all, "agreement."+string(s))
	}
	for _, kind := range []string{"need", "offer"} {
		for _, what := range []string{"submitted", "opened", "changed", "returned", "withdrawn", "closed", "lapsed"} {
			all = append(all, kind+"."+what)
		}
	}
	for _, what := range reviewEvents() {
		all = append(all, "review."+what)
	}
	for _, what := range []string{"tabled", "changed", "objected", "relented", "adopted", "withdrawn"} {
		all = append(all, "recommendation."+what)
	}
	for _, s := range IntroductionStatuses() {
		all = append(all, "introduction."+string(s))
	}
	all = append(all, "introduction.replied", "introduction.question", "introduction.answer")
	for _, s := range AssessmentStatuses() {
		all = append(all, "assessment."+string(s))
	}
	all = append(all, "assessment.dates", "assessment.filled", EventDuplicate)
	slices.Sort(all)
	return all
}

// EventTest is the type of the event that a test sends.
const EventTest = "webhook.test"

// EventOf names what a version of a posting, a proposal or a run means to those
// outside: the type of the event, or "" for what is nobody's business. For other
// documents see ReviewHappened and its like. command is the command
// that wrote the version.
func EventOf(kind, command string, version uint64, status string) string {
	switch kind {
	case "proposal", "agreement":
		return kind + "." + status
	case "partnership":
		return "partnership." + partnershipEvent(command, version, status)
	case "run":
		if status == "done" {
			return "run.done"
		}
		return ""
	case "need", "offer":
		return postingEvent(kind, command, version, status)
	}
	return ""
}

// partnershipEvent is the step that a version of a partnership has brought, or
// that something was written down of it.
func partnershipEvent(command string, version uint64, status string) string {
	_, verb, _ := strings.Cut(command, ".")
	switch {
	case version == 1 || verb == string(BeginDelivery) || verb == string(Stop):
		return status
	case status == string(PartnershipCompleted) && (verb == string(Complete) || verb == string(ConfirmDelivered) || verb == string(CompletionClock)):
		return status
	}
	return "changed"
}

func postingEvent(kind, command string, version uint64, status string) string {
	_, verb, _ := strings.Cut(command, ".")
	what := map[string]string{"submit": "submitted", "admit": "opened", "return": "returned", "withdraw": "withdrawn",
		"close": "closed", "lapse": "lapsed"}[verb]
	switch {
	case version == 1 && status == "draft":
		return "" // a draft is its own side's
	case version == 1:
		what = "opened" // taken over from a report
	case what == "":
		what = "changed"
	}
	return kind + "." + what
}

// Wants reports whether the webhook is to be told of events of the type.
func (w *Webhook) Wants(event string) bool {
	kind, _, _ := strings.Cut(event, ".")
	return slices.ContainsFunc(w.Events, func(e string) bool { return e == "*" || e == event || e == kind+".*" })
}

// NewWebhook makes a webhook. loopback says whether this installation allows
// addresses of its own machine, and http to them.
func NewWebhook(id string, c *Convention, content WebhookContent, loopback bool, actor Actor, position uint64, now time.Time) (*Webhook, error) {
	w := &Webhook{Meta: newMeta(id, c.ID, actor, now), WebhookContent: content, Owner: actor.ID, Status: WebhookActive,
		Generation: 1, Rotated: stamp(now), Since: position}
	if err := authorise(MayOwnWebhook(actor, c.ID)); err != nil {
		return nil, err
	}
	return w, checkWebhook(&content, loopback)
}

// Replace puts new content in place of the old; what is pending goes to the
// new address.
func (w *Webhook) Replace(content WebhookContent, loopback bool, actor Actor, now time.Time) error {
	if err := authorise(MayChangeWebhook(actor, w)); err != nil {
		return err
	}
	if err := checkWebhook(&content, loopback); err != nil {
		return err
	}
	w.WebhookContent = content
	w.touch(now)
	return nil
}

// Rotate begins a new secret. The one before it signs as well for a while.
func (w *Webhook) Rotate(actor Actor, now time.Time) error {
	if err := authorise(MayChangeWebhook(actor, w)); err != nil {
		return err
	}
	w.Generation, w.Rotated = w.Generation+1, stamp(now)
	w.touch(now)
	return nil
}

// Generations lists those of the secrets that sign at now, the present first.
func (w *Webhook) Generations(now time.Time) []int {
	if w.Generation > 1 && now.Before(w.Rotated.Add(SecretOverlap)) {
		return []int{w.Generation, w.Generation - 1}
	}
	return []int{w.Generation}
}

// Pause stops the sending. What is pending waits.
func (w *Webhook) Pause(cause string, actor Actor, now time.Time) error {
	if err := authorise(actor.system || MayChangeWebhook(actor, w)); err != nil {
		return err
	}
	if w.Status != WebhookActive {
		return refused("webhook", "pause", string(w.Status))
	}
	w.Status, w.Cause = WebhookPaused, cause
	w.touch(now)
	return nil
}

// Resume starts the sending again: of what was pending, and of what happens
// from the position on. What happened during the pause is not made up for.
func (w *Webhook) Resume(actor Actor, position uint64, now time.Time) error {
	if err := authorise(MayChangeWebhook(actor, w)); err != nil {
		return err
	}
	if w.Status != WebhookPaused {
		return refused("webhook", "resume", string(w.Status))
	}
	w.Status, w.Cause, w.Since, w.Failing = WebhookActive, "", position, time.Time{}
	w.touch(now)
	return nil
}

// Remove deletes the webhook. The secretariat may, too.
func (w *Webhook) Remove(actor Actor, now time.Time) error {
	if err := authorise(MayRemoveWebhook(actor, w)); err != nil {
		return err
	}
	w.Status, w.Cause = WebhookRemoved, ""
	w.touch(now)
	return nil
}

// Answered notes how an attempt ended, and reports whether the webhook changed
// by it: gone says that the receiver wants no more. A webhook that has failed
// for too long is paused.
func (w *Webhook) Answered(delivered, gone bool, now time.Time) (changed bool) {
	switch {
	case w.Status != WebhookActive:
		return false
	case delivered && w.Failing.IsZero():
		return false
	case delivered:
		w.Failing = time.Time{}
	case gone:
		w.Status, w.Cause = WebhookPaused, PausedGone
	case w.Failing.IsZero():
		w.Failing = stamp(now)
	case now.Sub(w.Failing) >= WebhookPatience:
		w.Status, w.Cause = WebhookPaused, PausedFailing
	default:
		return false
	}
	w.touch(now)
	return true
}

// checkWebhook holds what an owner says against the rules.
func checkWebhook(content *WebhookContent, loopback bool) error {
	m := checkShape(content)
	if content.URL != "" {
		if key := checkWebhookURL(content.URL, loopback); key != "" {
			m.add("url", key)
		}
	}
	known := Events()
	for i, e := range content.Events {
		kind, all := strings.CutSuffix(e, ".*")
		of := slices.ContainsFunc(known, func(k string) bool { return all && strings.HasPrefix(k, kind+".") })
		if e != "*" && !of && !slices.Contains(known, e) {
			m.add("events["+strconv.Itoa(i)+"]", "error.invalid.unknown_event", message.Of(message.Text, "value", echo(e)))
		}
	}
	return m.err()
}

// checkWebhookURL returns the key of what is wrong with an address. Where a
// name leads to is checked when it is dialled, for that may change.
func checkWebhookURL(address string, loopback bool) string {
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Host == "" || u.Hostname() == "" || u.Opaque != "":
		return "error.invalid.url"
	case u.User != nil || u.Fragment != "":
		return "error.invalid.url_parts"
	case u.Scheme == "https", u.Scheme == "http" && loopback && isLoopback(u.Hostname()):
		return ""
	}
	return "error.invalid.url_https"
}

// isLoopback reports whether a host is this machine, and not a name that only
// begins like its address.
func isLoopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.Unmap().IsLoopback()
}
