package cooperation_test

import (
	"strings"
	"testing"
	"time"

	"entente/cooperation"
)

// bearing is a focal point acting by means of a token with the scopes.
func bearing(scopes ...string) cooperation.Actor {
	u := &cooperation.User{ID: "u", Grants: []cooperation.Grant{{Convention: pilotID, Role: cooperation.FocalPoint, Participant: "KE"}}}
	return cooperation.ActorBy(u, &cooperation.Token{Scopes: scopes})
}

func TestAScopeReachesOnePartForReadingOrForWritingWhichIncludesReading(t *testing.T) {
	for scopes, want := range map[string]string{ // of needs and offers, r and w
		"read":                    "nr or",
		"write":                   "nr nw or ow",
		"needs:read":              "nr",
		"needs:write":             "nr nw",
		"needs:read offers:write": "nr or ow",
		"people:write":            "",
	} {
		a := bearing(strings.Fields(scopes)...)
		var got []string
		for _, c := range []struct {
			short, part string
			write       bool
		}{{"nr", "needs", false}, {"nw", "needs", true}, {"or", "offers", false}, {"ow", "offers", true}} {
			if a.MayUse(c.part, c.write) {
				got = append(got, c.short)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s reaches %v, want %q", scopes, got, want)
		}
		if a.ReadOnly == strings.Contains(scopes, "write") {
			t.Errorf("%s: read only is %t", scopes, a.ReadOnly)
		}
	}
	if !(cooperation.Actor{ID: "in person"}).MayUse("needs", true) {
		t.Error("who is signed in is limited by scopes")
	}
}

func TestATokenOfTheFirstReleaseKeepsWhatItCouldDo(t *testing.T) {
	u := &cooperation.User{ID: "u"}
	reads, all := cooperation.ActorBy(u, &cooperation.Token{Read: true}), cooperation.ActorBy(u, &cooperation.Token{})
	if !reads.ReadOnly || !reads.MayUse("needs", false) || reads.MayUse("needs", true) {
		t.Errorf("a token that could only read: %+v", reads)
	}
	if all.ReadOnly || !all.MayUse("needs", true) {
		t.Errorf("a token that could do all: %+v", all)
	}
}

func TestNobodyHandsOutMoreThanTheTokenThatIsUsed(t *testing.T) {
	for _, c := range []struct {
		has, gives string
		want       bool
	}{
		{"write", "write needs:write read", true},
		{"read", "read needs:read", true},
		{"read", "needs:write", false},
		{"read", "write", false},
		{"needs:write", "needs:read needs:write", true},
		{"needs:write", "needs:read offers:read", false},
		{"needs:write", "read", false},
		{"tokens:write", "write", false},
	} {
		if got := bearing(strings.Fields(c.has)...).MayHandOut(strings.Fields(c.gives)); got != c.want {
			t.Errorf("with %q one may hand out %q: %t", c.has, c.gives, got)
		}
	}
	if !(cooperation.Actor{ID: "in person"}).MayHandOut([]string{"write"}) {
		t.Error("who is signed in may not hand out everything")
	}
}

func TestATokenHasScopesOfTheFormAndALifeThatEnds(t *testing.T) {
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	good := cooperation.Token{Name: "reports", Scopes: []string{"needs:read", "write", "saved_searches:read"}, Created: now, Expires: now.Add(time.Hour)}
	ok(t, good.Check())
	for field, spoil := range map[string]func(*cooperation.Token){
		"name":      func(t *cooperation.Token) { t.Name = "" },
		"scopes[0]": func(t *cooperation.Token) { t.Scopes = []string{"needs"} },
		"scopes[1]": func(t *cooperation.Token) { t.Scopes = []string{"read", "Needs:read"} },
		"scopes":    func(t *cooperation.Token) { t.Scopes = []string{"read", "read"} },
		"expires":   func(t *cooperation.Token) { t.Expires = now.Add(cooperation.TokenLife + time.Second) },
	} {
		bad := good
		spoil(&bad)
		e := refusal(t, bad.Check())
		rendered(t, e)
		if len(e.Fields) != 1 || e.Fields[0].Field != field {
			t.Errorf("want a mistake in %s, got %v", field, e)
		}
	}
}

func TestWhoWasInvitedAndHasNotAcceptedIsNobodyYet(t *testing.T) {
	u := &cooperation.User{ID: "u", Invited: time.Now(), Grants: []cooperation.Grant{{Role: cooperation.Administrator}}}
	if a := cooperation.ActorOf(u, false); !a.IsPublic() || a.Administers() {
		t.Errorf("acts as %+v", a)
	}
	u.Activated = time.Now()
	if a := cooperation.ActorOf(u, false); !a.Administers() {
		t.Errorf("acts as %+v after accepting", a)
	}
	u.Erased = true
	if a := cooperation.ActorOf(u, false); !a.IsPublic() {
		t.Errorf("acts as %+v after being erased", a)
	}
}
