package platform_test

import (
	"testing"
	"time"

	"entente/cooperation"
	"entente/message"
)

func TestWhenAMailIsGivenUpTheSecretariatIsToldInTheSameCommit(t *testing.T) {
	p := newPlace(t)
	on := p.open()
	office := secretariat(t, on)
	openNeed(t, on, "Smoke-free law")
	openOffer(t, on, "Advisers")
	run(t, on)
	s, _ := on.State("fctc")
	mail := s.PendingNotifications(on.Now())[0]
	if err := on.RecordDelivery(t.Context(), mail.ID, 0, false, on.Now().Add(time.Minute), "network"); err != nil {
		t.Fatal(explain(err))
	}
	id := cooperation.DerivedID("notification", office.ID, "mail.undelivered")
	if _, told := s.Notification(id); told {
		t.Error("told although another attempt is due")
	}
	position := on.Position("fctc")
	if err := on.RecordDelivery(t.Context(), mail.ID, 1, false, time.Time{}, "refused"); err != nil {
		t.Fatal(explain(err))
	}
	if failed, _ := s.Notification(mail.ID); failed.Status != cooperation.Failed {
		t.Errorf("the mail is %s", failed.Status)
	}
	if _, told := s.Notification(id); !told || on.Position("fctc") != position+1 {
		t.Errorf("told %v, in %d commits", told, on.Position("fctc")-position)
	}
}

func TestObserversAreCalledByTheirNames(t *testing.T) {
	on := newPlace(t).open()
	seen := 0
	for _, c := range on.Conventions() {
		for _, body := range c.Committees {
			for _, o := range body.Observers {
				seen++
				if name, ok := on.Names(c.ID).Name(message.Party, string(o.ID), "fr"); !ok || name != o.Name.In("fr") {
					t.Errorf("%s is called %q in %s", o.ID, name, c.ID)
				}
			}
		}
		if name, ok := on.Names(c.ID).Name(message.Party, "unheard-of", "fr"); ok {
			t.Errorf("an unknown organisation is called %q", name)
		}
	}
	if seen == 0 {
		t.Error("no profile names an observer: the test shows nothing")
	}
}
