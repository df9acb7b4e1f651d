package platform_test

import (
	"path/filepath"
	"strings"
	"testing"

	"entente/cooperation"
	"entente/platform"
	"entente/store/sqlite"
)

// FuzzSecret shows anything as the secret of a calendar, of an unsubscription
// and of a one-time link: nothing but the very secret opens, and each opens but
// its own.
func FuzzSecret(f *testing.F) {
	s, err := sqlite.Open(f.Context(), "sqlite://"+filepath.Join(f.TempDir(), "entente.db"))
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { s.Close() })
	on, err := platform.Open(f.Context(), platform.Options{Store: s})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(on.Close)
	u, err := on.CreateUser(f.Context(), system, cooperation.User{Name: "Drafter", Mail: "drafter@example.org", Language: "en"})
	if err == nil {
		u, err = on.RotateCalendar(f.Context(), cooperation.ActorOf(u, false))
	}
	if err != nil {
		f.Fatal(explain(err))
	}
	calendar, stop := on.CalendarSecret(u), on.UnsubscribeSecret(u.ID, cooperation.GroupProposals)
	for _, seed := range []string{"", "-", ".", calendar, stop, calendar + "=", stop + "=", calendar[:len(calendar)-1], strings.ToUpper(stop), u.ID, u.ID + "-", u.ID + ".", strings.Repeat("a", 26) + ".", "\x00", "é\u202e"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, secret string) {
		if _, _, ok := on.Calendar(secret); ok != (secret == calendar) {
			t.Errorf("the calendar opens with %q: %t", secret, ok)
		}
		who, group, ok := on.Unsubscription(secret)
		if ok && (who.ID != u.ID || on.UnsubscribeSecret(who.ID, group) != secret) || secret == stop && !ok {
			t.Errorf("mails are ended with %q: %t", secret, ok)
		}
		if _, ok := on.Link(t.Context(), secret); ok {
			t.Errorf("a link that was never issued opens with %q", secret)
		}
	})
}
