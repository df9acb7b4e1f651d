package access_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"entente/access"
	"entente/cooperation"
)

func TestASessionLastsUntilItsOwnerSignsOut(t *testing.T) {
	r := newHouse(t).replica()
	r.person("Ana", good)
	b := r.browser()
	if b.who() != "" {
		t.Fatal("somebody is signed in before anybody was")
	}
	b.signIn("ana", good).is(200)
	set := b.answer.Header().Get("Set-Cookie")
	for _, want := range []string{"__Host-entente=", "Path=/", "HttpOnly", "Secure", "SameSite=Lax"} {
		if !strings.Contains(set, want) {
			t.Errorf("the cookie lacks %s: %s", want, set)
		}
	}
	if strings.Contains(set, "Domain") || b.who() != "Ana" {
		t.Errorf("the server sees %q after %s", b.who(), set)
	}
	kept := b.cookie()
	b.post("/out").is(200)
	if b.cookie() != "" {
		t.Error("the cookie stays in the browser")
	}
	b.cookies["__Host-entente"] = kept
	if b.who() != "" {
		t.Error("a cookie still opens the session that its owner left")
	}
	if b.cookie() != "" {
		t.Error("a cookie that is worth nothing stays in the browser")
	}
}

// Whoever knows what is in a victim's browser before the sign-in must not know
// it afterwards.
func TestAPlantedSessionIsNotTakenOver(t *testing.T) {
	r := newHouse(t).replica()
	r.person("Ana", good)
	r.person("Mallory", good)
	own := r.browser().signIn("mallory", good).is(200)
	victim := r.browser()
	for _, planted := range []string{own.cookie(), "aaaaaaaaaaaaaaaaaaaaaaaaaa.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"} {
		victim.cookies["__Host-entente"] = planted
		victim.signIn("ana", good).is(200)
		if victim.cookie() == planted || victim.who() != "Ana" {
			t.Fatalf("after signing in, the browser keeps a cookie that somebody planted, and is %q", victim.who())
		}
		if id, _, _ := strings.Cut(planted, "."); strings.HasPrefix(victim.cookie(), id) {
			t.Error("the session keeps its id over a sign-in")
		}
		attacker := r.browser()
		attacker.cookies["__Host-entente"] = planted
		if who := attacker.who(); who != "" {
			t.Errorf("with the planted cookie the server sees %q", who)
		}
	}
}

func TestASessionEndsWhenItIsIdleAndWhenItIsOld(t *testing.T) {
	h := newHouse(t)
	r := h.replica()
	r.person("Ana", good)
	b := r.browser().signIn("ana", good).is(200)
	h.clock.advance(access.DefaultIdle - time.Minute)
	if b.who() != "Ana" {
		t.Fatal("the session ended before it was idle for long")
	}
	h.clock.advance(access.DefaultIdle + time.Second)
	if b.who() != "" {
		t.Error("a session that nobody used for its idle time stands")
	}
	b.signIn("ana", good).is(200)
	began := h.clock.Now()
	for h.clock.Now().Sub(began) < access.DefaultLife-2*time.Hour {
		if h.clock.advance(2 * time.Hour); b.who() != "Ana" {
			t.Fatalf("a session in use ended after %v", h.clock.Now().Sub(began))
		}
	}
	h.clock.advance(2*time.Hour + time.Second)
	if b.who() != "" {
		t.Error("a session stands beyond its longest life")
	}
}

func TestTheSecretOfASessionTurns(t *testing.T) {
	h := newHouse(t)
	r := h.replica()
	r.person("Ana", good)
	b := r.browser().signIn("ana", good).is(200)
	first := b.cookie()
	h.clock.advance(30 * time.Minute)
	if b.who(); b.cookie() != first {
		t.Error("the secret turned after half an hour")
	}
	h.clock.advance(31 * time.Minute)
	slow := r.browser()
	slow.cookies["__Host-entente"] = first
	if b.who() != "Ana" || b.cookie() == first {
		t.Fatal("the secret did not turn after an hour")
	}
	if slow.who() != "Ana" || slow.cookie() != first {
		t.Error("a request that was under way with the old secret is turned away")
	}
	h.clock.advance(3 * time.Minute)
	slow.cookies["__Host-entente"] = first
	if slow.who() != "" {
		t.Error("the old secret opens the session minutes after it has turned")
	}
	if b.who() != "Ana" {
		t.Error("the new secret does not")
	}
}

func sessions(t *testing.T, b *browser) []access.Entry {
	t.Helper()
	var all []access.Entry
	if err := json.Unmarshal(b.get("/sessions").is(200).answer.Body.Bytes(), &all); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestOneListsAndEndsOnesOwnSessionsAndNobodyElses(t *testing.T) {
	h := newHouse(t)
	r := h.replica()
	ana, bo := r.person("Ana", good), r.person("Bo", good)
	here := r.browser().signIn("ana", good).is(200)
	h.clock.advance(time.Minute)
	there := r.browser()
	there.address = "2001:db8:1:2:3::4"
	there.signIn("ana", good).is(200)
	all := sessions(t, here)
	if len(all) != 2 || all[0].Address != "2001:db8:1::/48" || all[1].Address != "192.0.2.0/24" || all[0].Agent != "Firefox/150" {
		t.Fatalf("the sessions are %+v", all)
	}
	if all[0].Current || !all[1].Current || all[1].Method != "password" || !all[1].Used.Equal(all[0].Used.Add(-time.Minute)) {
		t.Errorf("the sessions are %+v", all)
	}
	if err := r.access.EndSession(t.Context(), bo.ID, all[0].ID); cooperation.CodeOf(err) != cooperation.NotFound {
		t.Errorf("somebody else ends a session: %v", err)
	}
	if err := r.access.EndSession(t.Context(), ana.ID, all[0].ID); err != nil {
		t.Fatal(err)
	}
	if there.who() != "" || here.who() != "Ana" || len(sessions(t, here)) != 1 {
		t.Error("not exactly the one session ended")
	}
}

func TestTooManySessionsEndTheOneThatWasUsedLeast(t *testing.T) {
	h := newHouse(t)
	r := h.replica()
	r.person("Ana", good)
	first := r.browser().signIn("ana", good).is(200)
	var last *browser
	for range 20 {
		h.clock.advance(time.Second)
		last = r.browser().signIn("ana", good).is(200)
	}
	if first.who() != "" || last.who() != "Ana" || len(sessions(t, last)) != 20 {
		t.Errorf("after 21 sign-ins there are %d sessions", len(sessions(t, last)))
	}
}

// Each way to end a session holds on another replica within two seconds, on
// the clock of the wall: the platform's own stands still but for its cache.
func TestRevocationBindsOnASecondReplicaWithinTwoSeconds(t *testing.T) {
	onBothEngines(t, func(t *testing.T, h *house) {
		began := time.Now()
		h.clock.now = began
		h.poll = 0 // as it is in service
		running := func() time.Time { return h.clock.Now().Add(time.Since(began)) }
		one := h.replica(func(o *access.Options) { o.Clock = running })
		two := h.replica(func(o *access.Options) { o.Clock = running })
		for name, end := range map[string]func(u *cooperation.User, b *browser) error{
			"ended by its owner": func(u *cooperation.User, b *browser) error {
				id, _, _ := strings.Cut(b.cookie(), ".")
				return one.access.EndSession(t.Context(), u.ID, id)
			},
			"all others ended": func(u *cooperation.User, _ *browser) error { return one.access.EndOthers(t.Context(), u.ID) },
			"password changed": func(u *cooperation.User, _ *browser) error {
				return one.platform.ChangeCredential(t.Context(), cooperation.System("test"), u.ID, func(c *cooperation.Credential) error {
					c.Password += "x"
					return nil
				})
			},
			"account disabled": func(u *cooperation.User, _ *browser) error {
				_, err := one.platform.DisablePerson(t.Context(), cooperation.System("test"), u.ID, 0)
				return err
			},
		} {
			u := one.person(strings.ReplaceAll(name, " ", "."), good)
			b := one.browser().signIn(strings.ReplaceAll(name, " ", "."), good).is(200)
			b.at = two
			b.becomes(u.Name) // and is known there now
			if err := end(u, b); err != nil {
				t.Fatal(err)
			}
			t.Logf("%s: bound after %v", name, b.becomes(""))
		}
	})
}

// The replicas ask for each other's commits as often as they do in service.
func TestADisabledPersonsTokenIsNobodysOnASecondReplicaWithinTwoSeconds(t *testing.T) {
	onBothEngines(t, func(t *testing.T, h *house) {
		h.poll = 0
		one, two := h.replica(), h.replica()
		u := one.person("Ana", good)
		secret, _, err := one.platform.IssueToken(t.Context(), cooperation.ActorOf(u, false), u.ID, "mine", []string{"read"}, time.Hour)
		if err != nil {
			t.Fatal(err)
		}
		stands := func() bool { _, _, ok := two.platform.Authenticate(secret); return ok }
		waits := func(want bool) time.Duration {
			t.Helper()
			began := time.Now()
			for stands() != want {
				if time.Since(began) > 2*time.Second {
					t.Fatalf("after two seconds the token stands for somebody: %t", !want)
				}
				<-time.After(5 * time.Millisecond)
			}
			return time.Since(began)
		}
		waits(true)
		if _, err := one.platform.DisablePerson(t.Context(), cooperation.System("test"), u.ID, 0); err != nil {
			t.Fatal(err)
		}
		t.Logf("bound after %v", waits(false))
		if _, err := one.platform.EnablePerson(t.Context(), cooperation.System("test"), u.ID, 0); err != nil {
			t.Fatal(err)
		}
		waits(true)
	})
}

func TestASessionIsKnownOnASecondReplicaAtOnce(t *testing.T) {
	h := newHouse(t)
	one, two := h.replica(), h.replica()
	one.person("Ana", good)
	b := one.browser().signIn("ana", good).is(200)
	b.post("/password", "current", good, "password", "a wholly other phrase").is(200)
	b.at = two // which may not have read of the new password yet
	if b.who() != "Ana" {
		t.Error("the session is not known on the second replica")
	}
}

func TestStateThatCannotBeReadIsNotTakenForSignedOut(t *testing.T) {
	r := newHouse(t).replica(func(o *access.Options) { o.Values = broken{o.Values} })
	b := r.browser()
	b.cookies["__Host-entente"] = "aaaaaaaaaaaaaaaaaaaaaaaaaa.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	b.get("/").is(http.StatusServiceUnavailable)
	if b.cookie() == "" {
		t.Error("the cookie was removed although nobody knows whether it is good")
	}
}
