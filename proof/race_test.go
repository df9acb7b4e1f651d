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

// crowd is how many act at once on a document that concerns four roles.
const crowd = 64

// arena are two replicas of the API on one store, and people: sixteen for every
// role that takes part, so that with the four roles that a document concerns
// sixty-four act on it.
type arena struct {
	t       *testing.T
	store   *memorytest.Store
	clock   *clock
	servers [2]*server
	people  []string
	offer   string
	scarce  string // the offer of which races for capacity take
	made    int
}

func newArena(t *testing.T) *arena {
	t.Helper()
	a := &arena{t: t, store: memorytest.New(), clock: &clock{now: begin}}
	p := platformOn(t, a.store, a.clock)
	populate(t, p)
	roles := []string{"focal", "approver", "provider", "sponsor", "member-KE", "member-SE", "member-JP", "member-IN"}
	languages := cooperation.ReaderLanguages()
	for n := range crowd / 4 * len(roles) {
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
	clearance := `{"clearance":{"date":"2026-01-15"}}`
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

// only makes one document the only one on which people act.
func only(begin func(*arena) string) func(*arena) []string {
	return func(a *arena) []string { return []string{begin(a)} }
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
	body any // or a function of the arena that makes it
	on   int // of the documents, on which
}

// race is what many do at once to the same document, or to several of which one
// takes what the other needs.
type race struct {
	name  string
	noun  string
	begin func(a *arena) (ids []string)
	deeds []deed
	any   bool // decided on whatever version there is: everybody who may is heard, one after the other
	most  int  // how many are heard, at most; 0 for all
	least int
	then  func(t *testing.T, a *arena, o *outcome) // what else is to be so in the end; nil for nothing
}

// outcome is what came of a race.
type outcome struct {
	ids  []string
	done []heard
	told map[string]int // how often people were told why not, by the key of the problem
}

// races are all documents on which sides and members act at once. A document
// that is added to the way to a partnership is a new row.
func races() []race {
	text := map[string]any{"text": "So it is."}
	reconfirm := []deed{{role: "focal", verb: "reconfirm"}, {role: "approver", verb: "reconfirm"}}
	talk := []deed{{role: "focal", verb: "withdraw"}, {role: "approver", verb: "interest"}, {role: "provider", verb: "interest"}, {role: "sponsor", verb: "withdraw"}}
	each := func(verb string) (all []deed) {
		for _, role := range []string{"member-SE", "member-JP", "member-KE", "member-IN"} {
			all = append(all, deed{role: role, verb: verb, body: text})
		}
		return all
	}
	return []race{
		{name: "re-confirming one version of a need", noun: "needs", begin: only((*arena).another), deeds: reconfirm, most: 1, least: 1},
		{name: "re-confirming a need", noun: "needs", begin: only((*arena).another), deeds: reconfirm, any: true, least: 32},
		{name: "re-confirming and withdrawing a need", noun: "needs", begin: only((*arena).another), deeds: []deed{{role: "focal", verb: "reconfirm"}, {role: "approver", verb: "withdraw"}}, any: true, most: 17, least: 1},
		{name: "taking back, or talking", noun: "proposals", begin: only((*arena).looked), deeds: talk, most: 1, least: 1},
		{name: "taking back, or talking, whatever the other does", noun: "proposals", begin: only((*arena).looked), deeds: talk, any: true, most: 64, least: 1},
		{name: "one step of a review", noun: "reviews", begin: only((*arena).review), deeds: []deed{{role: "member-SE", verb: "object", body: text}, {role: "member-JP", verb: "object", body: text},
			{role: "member-KE", verb: "modify", body: text}, {role: "member-KE", verb: "return", body: text}, {role: "member-IN", verb: "declare", body: text}}, most: 1, least: 1},
		{name: "objecting to a review", noun: "reviews", begin: only((*arena).review), deeds: each("object"), any: true, most: 4, least: 4},
		{name: "objecting and taking it back", noun: "reviews", begin: only((*arena).review), deeds: []deed{{role: "member-SE", verb: "object", body: text}, {role: "member-SE", verb: "withdraw-objection"}, {role: "member-JP", verb: "object", body: text}}, any: true, most: 32, least: 2},
		{name: "commenting on a review", noun: "reviews", begin: only((*arena).review), deeds: each("comments"), any: true, most: 64, least: 64},
	}
}

// heard is a command that succeeded.
type heard struct {
	who, verb string
	on        int
	version   uint64
}

// unmoved are the commands that may succeed and change nothing, for they say
// again what was said.
var unmoved = []string{"interest", "accept", "clear"}

func TestOfSixtyFourWhoActAtOnceEachIsHeardOnceOrToldWhyNot(t *testing.T) {
	a := newArena(t)
	for _, r := range slices.Concat(races(), agreementRaces(), deliveryRaces()) {
		t.Run(r.name, func(t *testing.T) { a.run(t, r) })
	}
	verified(t, a.store, t)
}

// run has all act at once to whom a document is of concern.
func (a *arena) run(t *testing.T, r race) {
	o := &outcome{ids: r.begin(a), told: map[string]int{}}
	paths, versions, matches := make([]string, len(o.ids)), make([]uint64, len(o.ids)), make([]string, len(o.ids))
	for n, id := range o.ids {
		paths[n] = "/api/v1/" + r.noun + "/" + id
		versions[n] = a.must("secretary", http.MethodGet, a.whole(paths[n]), nil).version()
		if matches[n] = fmt.Sprintf("%q", fmt.Sprint(versions[n])); r.any {
			matches[n] = "*"
		}
	}
	a.settle()
	var mu sync.Mutex
	var wg sync.WaitGroup
	for n, who := range a.people {
		role, _, _ := strings.Cut(who, ".")
		mine := slices.DeleteFunc(slices.Clone(r.deeds), func(d deed) bool { return d.role != role })
		if len(mine) == 0 {
			continue
		}
		act := mine[n/8%len(mine)]
		if make, ok := act.body.(func(*arena) any); ok {
			act.body = make(a)
		}
		wg.Go(func() {
			got := a.servers[n%2].ask(who, http.MethodPost, paths[act.on]+"/"+act.verb, act.body, "If-Match", matches[act.on])
			mu.Lock()
			defer mu.Unlock()
			if got.status == http.StatusOK {
				o.done = append(o.done, heard{who, act.verb, act.on, got.version()})
				return
			}
			o.told[got.key()]++
			helpful(t, got, who)
		})
	}
	wg.Wait()
	a.settle()
	for n := range o.ids {
		a.told(t, paths[n], versions[n], slices.DeleteFunc(slices.Clone(o.done), func(h heard) bool { return h.on != n }))
	}
	if len(o.done) < r.least || r.most > 0 && len(o.done) > r.most {
		t.Errorf("%d were heard, and between %d and %d were to be", len(o.done), r.least, r.most)
	}
	if r.then != nil {
		r.then(t, a, o)
	}
}

// whole is where a document is read whole by the secretariat.
func (a *arena) whole(path string) string {
	if strings.Contains(path, "/partnerships/") {
		return path + "/delivery"
	}
	return path
}

// version is the one of the document that an answer shows.
func (a answer) version() uint64 {
	v, _ := strconv.ParseUint(strings.Trim(a.header.Get("ETag"), `"`), 10, 64) // none is version 0, which no document has
	return v
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
		case slices.Contains(unmoved, h.verb):
		default:
			t.Errorf("%s was heard, and version %d is not theirs", h.who, h.version)
		}
	}
	if len(changed) > 0 {
		t.Errorf("the history has versions of people who were not heard: %v", changed)
	}
}
