package cooperation

import (
	"errors"
	"testing"
	"time"
)

func TestAWebhookMayNameOnlyAddressesThatCanBeCalledSafely(t *testing.T) {
	for address, want := range map[string]string{
		"https://hooks.example.org/x?y=1": "", "https://[2001:db8::1]:8443/": "",
		"http://hooks.example.org/": "error.invalid.url_https", "ftp://hooks.example.org/": "error.invalid.url_https",
		"https://user:word@hooks.example.org/": "error.invalid.url_parts", "https://hooks.example.org/#part": "error.invalid.url_parts",
		"https://": "error.invalid.url", "https://:443/": "error.invalid.url", "mailto:a@example.org": "error.invalid.url", "hooks.example.org": "error.invalid.url",
		"http://127.0.0.1:9000/": "error.invalid.url_https", "http://localhost/": "error.invalid.url_https",
	} {
		if got := checkWebhookURL(address, false); got != want {
			t.Errorf("%s: %q and not %q", address, got, want)
		}
	}
	for address, want := range map[string]string{"http://127.0.0.1:9000/": "", "http://localhost/": "", "http://[::1]/": "", "http://10.0.0.1/": "error.invalid.url_https", "http://127.evil.example/": "error.invalid.url_https"} {
		if got := checkWebhookURL(address, true); got != want {
			t.Errorf("in a trial, %s: %q and not %q", address, got, want)
		}
	}
}

func TestAWebhookNamesEventsThatThereAre(t *testing.T) {
	for events, want := range map[string]bool{"*": true, "need.*": true, "need.opened": true, "run.done": true, "proposal.agreed": true,
		"need": false, "need.": false, "*.opened": false, "user.*": false, "need.read": false, ".*": false, "": false} {
		err := checkWebhook(&WebhookContent{URL: "https://a.example/", Events: []string{events}}, false)
		if got := err == nil; got != want {
			t.Errorf("%q: %v", events, err)
		}
	}
	var refusal *Error
	if err := checkWebhook(&WebhookContent{URL: "x", Events: []string{"a", "a"}}, false); !errors.As(err, &refusal) || len(refusal.Fields) < 2 {
		t.Errorf("the mistakes are not told together: %v", err)
	}
}

func TestEveryCommandOnAPostingIsAnEventOrNobodysBusiness(t *testing.T) {
	for _, c := range []struct {
		command string
		version uint64
		status  string
		want    string
	}{
		{"need.create", 1, "draft", ""}, {"need.replace", 2, "draft", "need.changed"}, {"need.submit", 2, "submitted", "need.submitted"},
		{"need.admit", 3, "open", "need.opened"}, {"import.needs", 1, "open", "need.opened"}, {"import.needs", 2, "open", "need.changed"},
		{"need.return", 3, "returned", "need.returned"}, {"need.withdraw", 4, "withdrawn", "need.withdrawn"}, {"need.close", 4, "closed", "need.closed"},
		{"clock.lapse", 4, "lapsed", "need.lapsed"}, {"need.reconfirm", 4, "open", "need.changed"}, {"need.carry_over", 1, "draft", ""},
		{"a command of a later release", 9, "open", "need.changed"},
	} {
		if got := EventOf("need", c.command, c.version, c.status); got != c.want {
			t.Errorf("%s: %q and not %q", c.command, got, c.want)
		}
	}
	for _, e := range []string{EventOf("proposal", "run", 2, "superseded"), EventOf("run", "run", 2, "done"), EventOf("offer", "offer.admit", 3, "open")} {
		if w := (&Webhook{WebhookContent: WebhookContent{Events: Events()}}); e == "" || !w.Wants(e) {
			t.Errorf("%q is not among the events that one may ask for", e)
		}
	}
	if EventOf("notification", "x", 1, "pending") != "" || EventOf("webhook", "x", 1, "active") != "" {
		t.Error("what people are told is announced to systems")
	}
}

func TestWhoMayDoWhatWithAWebhook(t *testing.T) {
	now := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	grants := func(role Role) []Grant { return []Grant{{Convention: "c", Role: role}} }
	owner := Actor{ID: "owner", Grants: grants(ObserverRole)}
	w := &Webhook{Meta: newMeta("w", "c", owner, now), Owner: "owner", Status: WebhookActive}
	gone := *w
	gone.Status = WebhookRemoved
	for _, c := range []struct {
		who                         string
		a                           Actor
		own, sees, changes, removes bool
	}{
		{who: "its owner", a: owner, own: true, sees: true, changes: true, removes: true},
		{who: "its owner with a token that reads", a: Actor{ID: "owner", Grants: owner.Grants, ReadOnly: true}, sees: true},
		{who: "its owner who has left the convention", a: Actor{ID: "owner"}, sees: true, removes: true},
		{who: "the secretariat", a: Actor{ID: "s", Grants: grants(Secretariat)}, own: true, sees: true, removes: true},
		{who: "a member", a: Actor{ID: "m", Grants: grants(CommitteeMember)}, own: true},
		{who: "an administrator", a: Actor{ID: "a", Grants: []Grant{{Role: Administrator}}}},
		{who: "the public", a: Actor{}}, {who: "the platform", a: System("x")},
	} {
		for what, got := range map[string]bool{"make one": MayOwnWebhook(c.a, "c") != c.own, "see it": SeesWebhook(c.a, w) != c.sees,
			"change it": MayChangeWebhook(c.a, w) != c.changes, "delete it": MayRemoveWebhook(c.a, w) != c.removes, "see it when it is deleted": SeesWebhook(c.a, &gone)} {
			if got {
				t.Errorf("%s may %s, or may not, against the rule", c.who, what)
			}
		}
	}
}

// A review is told step by step; notes and what several members do one after the
// other is nobody's business outside.
func TestWhatHappensToAReviewIsAnEventOrNobodysBusiness(t *testing.T) {
	at := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	known := &Webhook{WebhookContent: WebhookContent{Events: Events()}}
	of := func(status ReviewStatus, silence SilenceWhy, waiting time.Time) *Review {
		return &Review{Meta: Meta{Version: 3, Updated: at}, Status: status, Silences: []Silence{{From: at, Why: silence}}, Waiting: waiting}
	}
	for _, c := range []struct {
		command string
		r       *Review
		want    string
	}{
		{"review.open", &Review{Meta: Meta{Version: 1}, Status: ReviewWaiting}, "review.opened"},
		{"review.object", of(ReviewObjected, SilenceOpened, time.Time{}), "review.objected"},
		{"review.comment", of(ReviewOpen, SilenceResumed, time.Time{}), "review.commented"},
		{"review.advise", of(ReviewOpen, SilenceOpened, time.Time{}), "review.advised"},
		{"review.note", of(ReviewOpen, SilenceResumed, time.Time{}), ""},
		{"review.modify", of(ReviewModifying, SilenceOpened, time.Time{}), "review.modifying"},
		{"review.answer", of(ReviewModifying, SilenceOpened, time.Time{}), ""},
		{"review.answer", of(ReviewOpen, SilenceModified, time.Time{}), "review.resumed"},
		{"review.withdraw_objection", of(ReviewObjected, SilenceOpened, time.Time{}), ""},
		{"review.withdraw_objection", of(ReviewOpen, SilenceResumed, time.Time{}), "review.resumed"},
		{"review.declare", of(ReviewOpen, SilenceOpened, time.Time{}), ""},
		{"review.declare", of(ReviewWaiting, SilenceOpened, at), "review.waiting"},
		{"review.declare", of(ReviewWaiting, SilenceOpened, at.Add(-time.Hour)), ""},
		{"clock.members", of(ReviewOpen, SilenceManned, time.Time{}), "review.resumed"},
		{"clock.silence", of(ReviewEndorsed, SilenceOpened, time.Time{}), "review.endorsed"},
		{"clock.objection", of(ReviewWithdrawn, SilenceOpened, time.Time{}), "review.withdrawn"},
		{"proposal.withdraw", of(ReviewOpen, SilenceOpened, time.Time{}), ""},
	} {
		got := ReviewHappened(c.command, c.r)
		if got != c.want || got != "" && !known.Wants(got) {
			t.Errorf("%s, %s: %q and not %q", c.command, c.r.Status, got, c.want)
		}
	}
	for event, want := range map[string]string{
		RecommendationEvent("recommendation.create", &Recommendation{Status: RecommendationDraft}):            "",
		RecommendationEvent("recommendation.table", &Recommendation{Status: RecommendationTabled, Round: 1}):  "recommendation.tabled",
		RecommendationEvent("recommendation.lift", &Recommendation{Status: RecommendationTabled, Round: 1}):   "recommendation.relented",
		RecommendationEvent("recommendation.adopt", &Recommendation{Status: RecommendationAdopted, Round: 1}): "recommendation.adopted",
		AssessmentEvent("assessment.propose_dates", &Assessment{Status: AssessmentAccepted}):                  "assessment.dates",
		AssessmentEvent("assessment.propose_dates", &Assessment{Status: AssessmentScheduled}):                 "assessment.scheduled",
		AssessmentEvent("assessment.fill", &Assessment{Status: AssessmentReported}):                           "assessment.filled",
		EventDuplicate: "duplicate.decided",
	} {
		if event != want || event != "" && !known.Wants(event) {
			t.Errorf("%q and not %q", event, want)
		}
	}
	if got := RecommendationEvent("recommendation.adopt", &Recommendation{Status: RecommendationTabled, Round: 1}); got != "" {
		t.Errorf("adopted by one of several bodies: %q", got)
	}
}
