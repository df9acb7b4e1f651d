package proof_test

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"entente/cooperation"
	"entente/store/storetest/memorytest"
)

// crowd is how many act at once.
const crowd = 64

// arena are two replicas of the API on one store, and sixty-four people: a few
// for every role that takes part.
type arena struct {
	t       *testing.T
	store   *memorytest.Store
	clock   *clock
	servers [2]*server
	people  []string
	offer   string
	made    int
}

func newArena(t *testing.T) *arena {
	t.Helper()
	a := &arena{t: t, store: memorytest.New(), clock: &clock{now: begin}}
	p := platformOn(t, a.store, a.clock)
	populate(t, p)
	roles := []string{"focal", "approver", "provider", "sponsor", "member-KE", "member-SE", "member-JP", "member-IN"}
	languages := cooperation.ReaderLanguages()
	for n := range crowd {
		u := cooperation.User{ID: fmt.Sprintf("%s.%d", roles[n%len(roles)], n), Name: "One of many", Language: string(languages[n%len(languages)]), Grants: people()[roles[n%len(roles)]]}
		if _, err := p.CreateUser(t.Context(), cooperation.System("test"), u); err != nil {
			t.Fatal(err)
		}
		a.people = append(a.people, u.ID)
	}
	other := platformOn(t, a.store, a.clock)
	t.Cleanup(p.Close)
	t.Cleanup(other.Close)
	a.servers = [2]*server{newServer(t, p), newServer(t, other)}
	a.offer = a.posted("offer", "provider", "provider", map[string]any{"convention": convention, "provider": "NO", "title": "Advisers", "description": "Two lawyers.",
		"themes": []string{"fctc-art8"}, "kinds": []any{map[string]any{"kind": "legal"}}, "languages": []string{"en"}, "firmness": "indication"})
	return a
}

// must asks and expects to succeed.
func (a *arena) must(who, method, path string, body any, headers ...string) answer {
	a.t.Helper()
	got := a.servers[0].ask(who, method, path, body, headers...)
	if got.status >= 300 {
		a.t.Fatalf("%s %s: %d %s", method, path, got.status, got.body)
	}
	return got
}

// posted takes a posting to the step open.
func (a *arena) posted(kind, drafter, approver string, body any) string {
	a.t.Helper()
	at := "/api/v1/" + kind + "s"
	id := idOf(a.must(drafter, http.MethodPost, at, body))
	var clearance any
	if kind == "need" {
		clearance = `{"clearance":{"date":"2026-01-15"},"insist":true}`
	}
	a.must(approver, http.MethodPost, at+"/"+id+"/submit", clearance, "If-Match", "*")
	a.must("secretary", http.MethodPost, at+"/"+id+"/admit", nil, "If-Match", "*")
	return id
}

// another is a new need that is open.
func (a *arena) another() string {
	a.t.Helper()
	a.made++
	return a.posted("need", "focal", "approver", map[string]any{"convention": convention, "beneficiaries": []string{"AO"}, "title": fmt.Sprint("Law ", a.made), "problem": "There is none.",
		"themes": []string{"fctc-art8"}, "kinds": []any{map[string]any{"kind": "legal", "change": "A bill."}}, "languages": []any{map[string]any{"language": "en", "strength": "preferred"}}})
}

// looked is a proposal that both sides have looked at.
func (a *arena) looked() string {
	a.t.Helper()
	need := a.another()
	a.must("secretary", http.MethodPost, "/api/v1/runs", `{"convention":"`+convention+`"}`)
	a.clock.set(a.clock.Now().Add(14 * 24 * time.Hour)) // longer than the look, whatever holidays there are
	return cooperation.ProposalID(convention, need, a.offer)
}

func (a *arena) review() string {
	a.t.Helper()
	var made struct{ Items []struct{ ID string } }
	a.must("member-KE", http.MethodPost, "/api/v1/reviews", map[string]any{"convention": convention, "proposals": []string{a.looked()}}).into(a.t, &made)
	return made.Items[0].ID
}

// deed is one way to act on a document.
type deed struct {
	role string // whose people do it
	verb string
	body any
}

// race is what many do at once to the same document.
type race struct {
	name  string
	noun  string
	begin func(a *arena) (id string)
	deeds []deed
	any   bool // decided on whatever version there is: everybody who may is heard, one after the other
	most  int  // how many are heard, at most; 0 for all
	least int
}

// races are all documents on which sides and members act at once. A document
// that is added to the way to a partnership is a new row.
func races() []race {
	text := map[string]any{"text": "So it is."}
	return []race{
		{name: "re-confirming one version of a need", noun: "needs", begin: (*arena).another, deeds: []deed{{"focal", "reconfirm", nil}, {"approver", "reconfirm", nil}}, most: 1, least: 1},
		{name: "re-confirming a need", noun: "needs", begin: (*arena).another, deeds: []deed{{"focal", "reconfirm", nil}, {"approver", "reconfirm", nil}}, any: true, least: 16},
		{name: "re-confirming and withdrawing a need", noun: "needs", begin: (*arena).another, deeds: []deed{{"focal", "reconfirm", nil}, {"approver", "withdraw", nil}}, any: true, most: 9, least: 1},
		{name: "taking back, or talking", noun: "proposals", begin: (*arena).looked, deeds: []deed{{"focal", "withdraw", nil}, {"approver", "interest", nil}, {"provider", "interest", nil}, {"sponsor", "withdraw", nil}}, most: 1, least: 1},
		{name: "taking back, or talking, whatever the other does", noun: "proposals", begin: (*arena).looked, deeds: []deed{{"focal", "withdraw", nil}, {"approver", "interest", nil}, {"provider", "interest", nil}, {"sponsor", "withdraw", nil}}, any: true, most: 32, least: 1},
		{name: "one step of a review", noun: "reviews", begin: (*arena).review, deeds: []deed{{"member-SE", "object", text}, {"member-JP", "object", text}, {"member-KE", "modify", text}, {"member-KE", "return", text}, {"member-IN", "declare", text}}, most: 1, least: 1},
		{name: "objecting to a review", noun: "reviews", begin: (*arena).review, deeds: []deed{{"member-SE", "object", text}, {"member-JP", "object", text}, {"member-KE", "object", text}, {"member-IN", "object", text}}, any: true, most: 4, least: 4},
		{name: "objecting and taking it back", noun: "reviews", begin: (*arena).review, deeds: []deed{{"member-SE", "object", text}, {"member-SE", "withdraw-objection", nil}, {"member-JP", "object", text}}, any: true, most: 32, least: 2},
		{name: "commenting on a review", noun: "reviews", begin: (*arena).review, deeds: []deed{{"member-SE", "comments", text}, {"member-JP", "comments", text}, {"member-KE", "comments", text}, {"member-IN", "comments", text}}, any: true, most: 32, least: 32},
	}
}

// heard is a command that succeeded.
type heard struct {
	who, verb string
	version   uint64
}

func TestOfSixtyFourWhoActAtOnceEachIsHeardOnceOrToldWhyNot(t *testing.T) {
	a := newArena(t)
	for _, r := range races() {
		t.Run(r.name, func(t *testing.T) {
			id := r.begin(a)
			path := "/api/v1/" + r.noun + "/" + id
			version, _ := strconv.ParseUint(strings.Trim(a.must("secretary", http.MethodGet, path, nil).header.Get("ETag"), `"`), 10, 64)
			a.settle()
			match := []string{"If-Match", fmt.Sprintf("%q", fmt.Sprint(version))}
			if r.any {
				match[1] = "*"
			}
			var mu sync.Mutex
			var done []heard
			var wg sync.WaitGroup
			for n, who := range a.people {
				role, _, _ := strings.Cut(who, ".")
				mine := slices.DeleteFunc(slices.Clone(r.deeds), func(d deed) bool { return d.role != role })
				if len(mine) == 0 {
					continue
				}
				act := mine[n/8%len(mine)]
				wg.Go(func() {
					got := a.servers[n%2].ask(who, http.MethodPost, path+"/"+act.verb, act.body, match...)
					mu.Lock()
					defer mu.Unlock()
					if got.status == http.StatusOK {
						v, _ := strconv.ParseUint(strings.Trim(got.header.Get("ETag"), `"`), 10, 64)
						done = append(done, heard{who, act.verb, v})
						return
					}
					helpful(t, got, who)
				})
			}
			wg.Wait()
			a.settle()
			a.told(t, path, version, done)
			if len(done) < r.least || r.most > 0 && len(done) > r.most {
				t.Errorf("%d were heard, and between %d and %d were to be", len(done), r.least, r.most)
			}
		})
	}
	verified(t, a.store, t)
}

// settle waits until both replicas know all that was written.
func (a *arena) settle() {
	a.t.Helper()
	head, _, err := a.store.Head(a.t.Context(), convention)
	if err != nil {
		a.t.Fatal(err)
	}
	for _, s := range a.servers {
		if err := s.Await(a.t.Context(), convention, head); err != nil {
			a.t.Fatal(err)
		}
	}
}

// helpful holds a refusal against what is promised of it: that there is a
// conflict, in words in the reader's language that say what to do.
func helpful(t *testing.T, got answer, who string) {
	t.Helper()
	var p struct{ Title, Detail, Key string }
	got.into(t, &p)
	if got.status != http.StatusConflict && got.status != http.StatusPreconditionFailed {
		t.Errorf("%s was answered with %d: %s", who, got.status, got.body)
	}
	if strings.Contains(p.Detail, "error.") || p.Title == "" || strings.Count(strings.NewReplacer("。", ". ", "؟", ". ").Replace(p.Detail)+" ", ". ") < 2 {
		t.Errorf("%s, who speaks %s, is told %q: that does not say what to do", who, got.header.Get("Content-Language"), p.Detail)
	}
}

// told holds the history of a document against who was heard: each once, in
// versions that follow each other.
func (a *arena) told(t *testing.T, path string, version uint64, done []heard) {
	t.Helper()
	var records struct {
		Items []struct {
			Version uint64
			Actor   string
		}
	}
	a.must("secretary", http.MethodGet, path+"/history?limit=200", nil).into(t, &records)
	changed := map[uint64]string{}
	for _, r := range records.Items {
		if r.Version > version {
			changed[r.Version] = r.Actor
		}
	}
	for v := range uint64(len(changed)) {
		if changed[version+1+v] == "" {
			t.Errorf("version %d is missing in the history", version+1+v)
		}
	}
	for _, h := range done {
		switch {
		case changed[h.version] == h.who:
			delete(changed, h.version)
		case h.verb == "interest": // to say again that one wants to talk changes nothing
		default:
			t.Errorf("%s was heard, and version %d is not theirs", h.who, h.version)
		}
	}
	if len(changed) > 0 {
		t.Errorf("the history has versions of people who were not heard: %v", changed)
	}
}
