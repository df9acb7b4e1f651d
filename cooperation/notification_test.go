package cooperation_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"entente/cooperation"
)

func pending() *cooperation.Notification {
	n := &cooperation.Notification{Recipient: kenyaFocal.ID, Reason: "proposals", Status: cooperation.Pending}
	n.Version = 1
	return n
}

func TestANotificationIsReadOnceAndByItsRecipientOnly(t *testing.T) {
	n := pending()
	for _, actor := range []cooperation.Actor{public, secretariat, mozFocal, clock, administrator} {
		changed, err := n.MarkRead(actor, noon)
		if wantCode(t, err, cooperation.NotFound); changed || !n.Read.IsZero() {
			t.Errorf("%q has read it", actor.ID)
		}
	}
	for i, want := range []bool{true, false, false} {
		changed, err := n.MarkRead(kenyaFocal, noon.Add(time.Duration(i)*time.Hour))
		if err != nil || changed != want {
			t.Errorf("reading %d: changed %v, %v", i+1, changed, err)
		}
	}
	if !n.Read.Equal(noon) || n.Version != 2 {
		t.Errorf("read at %s, version %d", n.Read, n.Version)
	}
	nobody := pending()
	nobody.Recipient = ""
	if cooperation.SeesNotification(public, nobody) {
		t.Error("the public sees a notification to nobody")
	}
}

func TestWhatComesOfAnAttemptToDeliverIsRecorded(t *testing.T) {
	next := noon.Add(time.Minute)
	type state struct {
		Status   cooperation.NotificationStatus
		Attempts int
		Next     time.Time
		Sent     time.Time
		Error    string
		Version  uint64
	}
	var none time.Time
	n := pending()
	for i, c := range []struct {
		sent  bool
		next  time.Time
		class string
		want  state
	}{
		{false, next, "refused", state{cooperation.Pending, 1, next, none, "refused", 2}},
		{false, next.Add(time.Hour), "unreachable", state{cooperation.Pending, 2, next.Add(time.Hour), none, "unreachable", 3}},
		{true, none, "", state{cooperation.Delivered, 3, none, noon, "", 4}},
	} {
		n.RecordDelivery(c.sent, c.next, c.class, noon)
		if diff := cmp.Diff(c.want, state{n.Status, n.Attempts, n.Next, n.Sent, n.Error, n.Version}); diff != "" {
			t.Errorf("after attempt %d (-want +got):\n%s", i+1, diff)
		}
	}
	n = pending()
	n.RecordDelivery(false, none, "mailbox", noon)
	if diff := cmp.Diff(state{cooperation.Failed, 1, none, none, "mailbox", 2}, state{n.Status, n.Attempts, n.Next, n.Sent, n.Error, n.Version}); diff != "" {
		t.Errorf("given up (-want +got):\n%s", diff)
	}
}
