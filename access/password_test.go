package access_test

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"entente/access"
	"entente/cooperation"
)

func TestPasswordsThatOthersGuessFirstAreRefused(t *testing.T) {
	ana := &cooperation.User{Name: "Ana María Okonkwo", Mail: "ana.okonkwo@health.example.org"}
	for password, want := range map[string]string{
		"short":                          "error.invalid.too_short",
		"elevenchars":                    "error.invalid.too_short",
		strings.Repeat("長い", 129):        "error.invalid.too_long",
		"has a \x00 inside of it":        "error.invalid.characters",
		"not UTF-8 \xff\xfe at all":      "error.invalid.characters",
		"okonkwo12345":                   "error.invalid.password_own",
		"AnaMaríaOkonkwo1":               "error.invalid.password_own",
		"ana.okonkwo@health.example.org": "error.invalid.password_own",
		"q1w2e3r4t5y6":                   "error.invalid.password_common",
		"1QAZ2wsx3edc":                   "error.invalid.password_common",
		"Password2026!":                  "error.invalid.password_common",
		"P@ssw0rd2026":                   "error.invalid.password_common",
		"!!!sunshine!!!":                 "error.invalid.password_common",
		"passwordpassword":               "error.invalid.password_common",
		"qwertyqwertyqwerty":             "error.invalid.password_common",
		"aaaaaaaaaaaa":                   "error.invalid.password_common",
		"123456789012":                   "error.invalid.password_common",
		"abcdefghijklm":                  "error.invalid.password_common",
		"121212121212":                   "error.invalid.password_common",
		"correct horse battery":          "",
		"la lune sur le lac":             "",
		"اكتب شيئا لا يخمن":              "",
		"ana likes her tea hot":          "",
		"x7#Kd9!mQ2$v":                   "",
		"четыре зелёных моста":           "",
	} {
		err := access.CheckPassword("password", password, ana)
		got := ""
		var e *cooperation.Error
		if errors.As(err, &e) && len(e.Fields) == 1 && e.Fields[0].Field == "password" {
			got = e.Fields[0].Message.Key
		}
		if got != want || (err == nil) != (want == "") {
			t.Errorf("%q: %v, want %q", password, err, want)
		}
	}
}

func TestAnAccountThatDoesNotExistIsAnsweredLikeAWrongPassword(t *testing.T) {
	r := newHouse(t).replica()
	r.person("Ana", good)
	r.person("Bo", "") // signs in otherwise
	for _, c := range [][2]string{{"ana", "wrong"}, {"nobody", good}, {"bo", good}, {"bo", ""}, {"", ""}} {
		b := r.browser().signIn(c[0], c[1]).is(http.StatusUnauthorized)
		if b.answer.Body.Len() != 0 || b.cookie() != "" {
			t.Errorf("%s is answered with %q", c[0], b.answer.Body)
		}
	}
	r.browser().post("/in", "mail", " ANA@Example.ORG ", "password", good).is(200)
}

// The attempts on an account, and those of an address, are counted over all
// replicas; successes are not, and the window ends.
func TestGuessingIsThrottledOverAllReplicas(t *testing.T) {
	onBothEngines(t, func(t *testing.T, h *house) {
		replicas := []*replica{h.replica(), h.replica()}
		replicas[0].person("Ana", good)
		replicas[0].person("Bo", good)
		for _, r := range replicas {
			r.browser().signIn("ana", good) // the second may not know her yet
		}
		for range 15 {
			replicas[0].browser().signIn("ana", good).is(200)
		}
		refused := 0
		for i := range 12 {
			b := replicas[i%2].browser()
			b.address = "192.0.2." + strconv.Itoa(i+1)
			if b.signIn("ana", "guess "+strconv.Itoa(i)).answer.Code == http.StatusTooManyRequests {
				refused++
			}
		}
		if refused < 2 || refused > 3 {
			t.Errorf("of twelve guesses on an account %d were not let through, want two or three", refused)
		}
		replicas[1].browser().signIn("ana", good).is(http.StatusTooManyRequests)
		replicas[0].browser().signIn("bo", good).is(200)
		h.clock.advance(15 * time.Minute)
		replicas[1].browser().signIn("ana", good).is(200)
	})
}

func TestAnAddressThatGuessesManyAccountsIsThrottled(t *testing.T) {
	r := newHouse(t).replica()
	r.person("Ana", good)
	refused := 0
	for i := range 52 {
		if r.browser().signIn("somebody"+strconv.Itoa(i), "guess").answer.Code == http.StatusTooManyRequests {
			refused++
		}
	}
	if refused != 2 {
		t.Errorf("of 52 guesses of an address %d were refused, want 2", refused)
	}
	elsewhere := r.browser()
	elsewhere.address = "198.51.100.1"
	elsewhere.signIn("ana", good).is(200)
}

func TestANewPasswordEndsEverySessionButTheOneThatAsks(t *testing.T) {
	r := newHouse(t).replica()
	r.person("Ana", good)
	here, there := r.browser().signIn("ana", good).is(200), r.browser().signIn("ana", good).is(200)
	before := here.cookie()
	here.post("/password", "current", "wrong", "password", "a wholly other phrase").is(http.StatusUnprocessableEntity)
	here.post("/password", "current", good, "password", "password1234").is(http.StatusUnprocessableEntity)
	if there.who() != "Ana" {
		t.Fatal("a change that was refused has ended a session")
	}
	here.post("/password", "current", good, "password", "a wholly other phrase").is(200)
	if here.who() != "Ana" || here.cookie() == before {
		t.Error("the session that asks was not replaced")
	}
	if there.who() != "" {
		t.Error("another session survived the new password")
	}
	r.browser().signIn("ana", good).is(http.StatusUnauthorized)
	r.browser().signIn("ana", "a wholly other phrase").is(200)
	r.browser().post("/password", "password", "a wholly other phrase").is(http.StatusForbidden)
}
