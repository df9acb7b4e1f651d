package notify

import (
	"testing"
	"time"

	"entente/cooperation"
	"entente/i18n/i18ntest"
	"entente/message"
)

// givenUp is a message to a recipient whose mail was given up.
func givenUp(recipient, committee string, class Class) cooperation.Occasion {
	n := &cooperation.Notification{Recipient: recipient, Committee: committee, Reason: ReasonResponsible, Status: cooperation.Failed, Error: string(class),
		Subject: message.New("notify.proposals.responsible.subject", message.Of(message.Convention, "convention", "pilot"), message.Of(message.Body, "body", "review"), message.Count(2))}
	n.ID, n.Convention = cooperation.DerivedID("notification", recipient), "pilot"
	return cooperation.Occasion{Reason: ReasonUndelivered, Convention: pilot(), Actor: cooperation.System("notifier"), Failed: n}
}

func TestTheSecretariatIsToldWhenAMailIsGivenUp(t *testing.T) {
	for _, tc := range []struct {
		name, recipient, committee string
		class                      Class
		lines                      []string // of the message, after the subject of the one that failed; nil when nobody is told
	}{
		{"to a member whose address is refused", "member-de", "review", Refused, []string{"person", "address"}},
		{"to a member while the server cannot be reached", "member-de", "review", Network, []string{"person", "server"}},
		{"to the mailbox of a body that has none any more", cooperation.CommitteeRecipient("review"), "review", NoAddress, []string{"mailbox", "address"}},
		{"to somebody in the secretariat", "secretary", "", Auth, []string{"colleague", "server"}},
		{"to an account that is gone", "gone", "", NoAddress, []string{"address"}},
		{"to somebody who has left the body", "member-de", "review", NoRole, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			told := NewTeller().Tell(givenUp(tc.recipient, tc.committee, tc.class), everybody(), noon)
			if tc.lines == nil {
				if len(told) != 0 {
					t.Errorf("%d are told", len(told))
				}
				return
			}
			if len(told) != 1 || told[0].Recipient != "secretary" || told[0].Status != cooperation.InApp || len(told[0].Lines) != 1+len(tc.lines) {
				t.Fatalf("told: %+v", told)
			}
			for i, want := range tc.lines {
				if got := told[0].Lines[1+i].Key; got != "notify.mail.undelivered."+want {
					t.Errorf("line %d is %s, want %s", i, got, want)
				}
			}
			if why := Why(told[0]); why.Key != "notify.why.secretariat" {
				t.Errorf("told because of %s", why.Key)
			}
			i18ntest.Renders(t, words{}, append(told[0].Lines, told[0].Subject)...)
		})
	}
}

func TestTheSecretariatIsToldOnceADayOfARecipientWhoIsNotReached(t *testing.T) {
	first := givenUp("member-de", "review", Network)
	second := givenUp("member-de", "review", Network)
	second.Failed.ID = cooperation.DerivedID("notification", "another")
	id := func(o cooperation.Occasion, at time.Time) string { return NewTeller().Tell(o, everybody(), at)[0].ID }
	if id(first, noon) != id(second, noon.Add(time.Hour)) {
		t.Error("two messages on one day")
	}
	if id(first, noon) == id(second, noon.Add(24*time.Hour)) {
		t.Error("no message on the next day")
	}
	if id(first, noon) == id(givenUp("focal-mz", "", Network), noon) {
		t.Error("one message of two recipients")
	}
}
