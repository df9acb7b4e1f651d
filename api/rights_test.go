package api_test

import (
	"bytes"
	"maps"
	"net/http"
	"net/http/httptest"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"entente/cooperation"
)

// Who may do what, for every operation of the description. To add rows:
//
//  1. Write a method of tables in rights_<noun>_test.go. It makes the documents
//     that it needs in an installation of its own and returns rows; every
//     operation needs at least one, and is found here by its operationId.
//  2. id holds the parameters of the path, separated by blanks; fresh makes
//     them, and makes them anew after every call that has changed something.
//  3. may is read as "200 focal secretary, 404 others": a status, then names
//     of people (grants in fixture_test.go, and public). Without a word of the
//     public it is refused with 401 where the description opens nothing to it;
//     without one of the reader, whose token only reads, 403 where he writes.
//  4. An If-Match that is required and not given is *.
//  5. The walker adds by itself: a garbage, an expired, a revoked token and one
//     of a disabled person (401), a token that only reads and one of another
//     scope (403), and that 404 says the same of what is hidden and of what is
//     not there. In the operation's first row in which somebody may, it sends
//     the examples of the description, which must be taken, and calls the
//     operation through the client (client_test.go).
type tables struct{}

// right is one row: a case of an operation, and how everybody is answered.
type right struct {
	op      string // operationId
	what    string // the case, where an operation has several
	id      string
	fresh   func() string
	query   string
	body    any // JSON text, or what is written as JSON, or a func() any that makes it for every call
	headers []string
	may     string
}

// TestWhoMayDoWhat walks the tables of all nouns. At the end no operation of
// the description may have been left out.
func TestWhoMayDoWhat(t *testing.T) {
	described := operationsOf(description(t))
	var mu sync.Mutex
	walked, driven := map[string]bool{}, map[string]bool{}
	t.Run("tables", func(t *testing.T) {
		all := reflect.ValueOf(tables{})
		if all.NumMethod() < 5 {
			t.Fatalf("there are only %d tables", all.NumMethod())
		}
		for n := range all.NumMethod() {
			table, ok := all.Method(n).Interface().(func(*installation) []right)
			if !ok {
				t.Fatalf("%s is no table", all.Type().Method(n).Name)
			}
			t.Run(all.Type().Method(n).Name, func(t *testing.T) {
				t.Parallel()
				i := install(t)
				w := &walker{installation: i, described: described, bad: i.badTokens(), others: map[string]string{}, driven: map[string]bool{}}
				rows := table(i)
				for _, row := range rows {
					w.walk(row)
				}
				mu.Lock()
				defer mu.Unlock()
				for _, row := range rows {
					walked[row.op] = true
				}
				maps.Copy(driven, w.driven)
			})
		}
	})
	for id := range described {
		if !walked[id] {
			t.Errorf("no row says who may do %s", id)
		}
		if !driven[id] {
			t.Errorf("%s was not called through the client: no row lets anybody do it", id)
		}
	}
}

// described is an operation with its address.
type described struct {
	method, path string
	*openapi3.Operation
}

func operationsOf(doc *openapi3.T) map[string]described {
	all := map[string]described{}
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			all[op.OperationID] = described{method, path, op}
		}
	}
	return all
}

// public reports whether nobody need be signed in.
func (d described) public() bool {
	return d.Security != nil && slices.ContainsFunc(*d.Security, func(r openapi3.SecurityRequirement) bool { return len(r) == 0 })
}

func (d described) takesHeader(name string) bool {
	return slices.ContainsFunc(d.Parameters, func(p *openapi3.ParameterRef) bool { return p.Value.In == "header" && p.Value.Name == name })
}

// examples are those of the JSON body, by their names.
func (d described) examples() map[string]any {
	if d.RequestBody == nil || d.RequestBody.Value.Content["application/json"] == nil {
		return nil
	}
	media, all := d.RequestBody.Value.Content["application/json"], map[string]any{}
	for name, example := range media.Examples {
		all[name] = example.Value.Value
	}
	if media.Example != nil {
		all["of the body"] = media.Example
	}
	if len(all) == 0 && media.Schema.Value.Example != nil {
		all["of the schema"] = media.Schema.Value.Example
	}
	return all
}

// address fills the parameters of the path in.
func (d described) address(t testing.TB, id, query string) string {
	t.Helper()
	ids := strings.Fields(id)
	steps := strings.Split(d.path, "/")
	for n, step := range steps {
		if begin := strings.Index(step, "{"); begin >= 0 {
			if len(ids) == 0 {
				t.Fatalf("%s: the row has too few ids", d.OperationID)
			}
			steps[n] = step[:begin] + ids[0] + step[strings.Index(step, "}")+1:]
			ids = ids[1:]
		}
	}
	if len(ids) > 0 {
		t.Fatalf("%s: the row has too many ids", d.OperationID)
	}
	if query != "" {
		return strings.Join(steps, "/") + "?" + query
	}
	return strings.Join(steps, "/")
}

// badTokens are those that stand for nobody, by what is wrong with them.
func (i *installation) badTokens() map[string]string {
	i.t.Helper()
	expired, _ := i.token("secretary", cooperation.ScopeWrite, time.Minute)
	i.late.Add(int64(2 * time.Minute))
	revoked, id := i.token("secretary", cooperation.ScopeWrite, time.Hour)
	if err := i.platform.RevokeToken(i.t.Context(), cooperation.System("test"), i.users["secretary"], id); err != nil {
		i.t.Fatal(err)
	}
	return map[string]string{"garbage": "entente_wrong", "expired": expired, "revoked": revoked, "of a disabled person": i.tokens["dismissed"]}
}

// token makes a token for somebody.
func (i *installation) token(who, scope string, life time.Duration) (secret, id string) {
	i.t.Helper()
	secret, made, err := i.platform.IssueToken(i.t.Context(), cooperation.System("test"), i.users[who], "test", []string{scope}, life)
	if err != nil {
		i.t.Fatal(err)
	}
	return secret, made.ID
}

// walker tries the rows of one table.
type walker struct {
	*installation
	described map[string]described
	bad       map[string]string
	id        string            // what the row is about now
	others    map[string]string // further tokens of the people, made when they are needed
	driven    map[string]bool   // operations that have been called through the client
	server    *httptest.Server  // for the client, started when it is needed
}

// walk tries one row as everybody and with every token.
func (w *walker) walk(row right) {
	w.t.Helper()
	op, ok := w.described[row.op]
	if !ok {
		w.t.Errorf("%s is no operation", row.op)
		return
	}
	if op.takesHeader("If-Match") && !slices.Contains(row.headers, "If-Match") {
		row.headers = append(slices.Clone(row.headers), "If-Match", "*")
	}
	want := w.expected(row, op)
	if w.id = row.id; row.fresh != nil {
		w.id = row.fresh()
	}
	var able string // the first who may
	for _, who := range slices.Sorted(maps.Keys(want)) {
		w.as(row, op, who, want[who])
		if who != "" && who != "reader" && want[who] < 400 && able == "" {
			able = who
		}
	}
	for what, secret := range w.bad {
		a := w.call(row, op, w.id, "Bearer "+secret)
		if a.Status != http.StatusUnauthorized || a.Header.Get("WWW-Authenticate") == "" {
			w.t.Errorf("%s (%s): a token that is %s is answered with %d: %s", row.op, row.what, what, a.Status, a.Body)
		}
	}
	if able != "" {
		w.refusesNarrowTokens(row, op, able)
	}
	w.noRowIsIdle(row, want)
	if _, public := want[""]; able == "" && public && want[""] < 400 {
		able = "public"
	}
	if able != "" && !w.driven[row.op] {
		w.sendExamples(row, op, able)
		w.drive(row, op, able, want)
	}
}

// sendExamples sends what the description gives as examples of a body.
func (w *walker) sendExamples(row right, op described, who string) {
	w.t.Helper()
	for name, example := range op.examples() {
		row.body = example
		if a := w.call(row, op, w.id, w.authorization(who)); a.Status >= 300 {
			w.t.Errorf("%s: the example %s of the description is answered to %s with %d: %s", row.op, name, who, a.Status, a.Body)
		}
	}
}

// noRowIsIdle holds that a document that nobody finds is one that is not there.
func (w *walker) noRowIsIdle(row right, want map[string]int) {
	w.t.Helper()
	for who, status := range want {
		if who != "reader" && status != http.StatusNotFound && status != http.StatusUnauthorized {
			return
		}
	}
	if slices.ContainsFunc(strings.Fields(row.id), func(id string) bool { return id != nobody && id != "x" }) || row.fresh != nil {
		w.t.Errorf("%s (%s): nobody may see %s, so that the row proves nothing", row.op, row.what, row.id)
	}
}

// as calls as somebody. What is hidden from them is compared with what is not there.
func (w *walker) as(row right, op described, who string, want int) {
	w.t.Helper()
	id, authorization := w.id, w.authorization(who)
	a := w.call(row, op, id, authorization)
	if a.Status != want {
		w.t.Errorf("%s (%s) as %q: %d and not %d: %s", row.op, row.what, who, a.Status, want, a.Body)
		return
	}
	if a.Status == http.StatusUnauthorized && a.Header.Get("WWW-Authenticate") == "" {
		w.t.Errorf("%s: 401 does not say how to sign in", row.op)
	}
	if a.Status != http.StatusNotFound && a.Status != http.StatusUnauthorized {
		return
	}
	ids := strings.Fields(id)
	for n, hidden := range ids {
		if hidden == nobody {
			continue
		}
		other := slices.Clone(ids)
		other[n] = nobody
		absent := w.call(row, op, strings.Join(other, " "), authorization)
		if absent.Status != a.Status || !bytes.Equal(absent.Body, a.Body) || !reflect.DeepEqual(absent.Header, a.Header) {
			w.t.Errorf("%s (%s): %q may tell that %s exists:\n%d %v %s\n%d %v %s", row.op, row.what, who, hidden, a.Status, a.Header, a.Body, absent.Status, absent.Header, absent.Body)
		}
	}
}

// call sends the row's request under one number, so that answers can be
// compared byte for byte.
func (w *walker) call(row right, op described, id, authorization string) *answer {
	w.t.Helper()
	body := row.body
	if make, ok := body.(func() any); ok {
		body = make()
	}
	headers := append([]string{"X-Request-Id", "00000000000000000000000000"}, row.headers...)
	if authorization != "" {
		headers = append(headers, "Authorization", authorization)
	}
	a := w.ask("", op.method, op.address(w.t, id, row.query), body, headers...)
	if a.Status < 300 && row.fresh != nil {
		w.id = row.fresh()
	}
	return a
}

// authorization is how somebody signs a request.
func (w *walker) authorization(who string) string {
	if secret := w.tokens[who]; secret != "" {
		return "Bearer " + secret
	}
	return ""
}

// refusesNarrowTokens tries tokens of somebody who may, which do not reach the
// operation: one for another part of the API and, where something is changed,
// one that only reads.
func (w *walker) refusesNarrowTokens(row right, op described, who string) {
	w.t.Helper()
	if op.Tags[0] == "service" {
		return // is for everybody, whatever they come with
	}
	elsewhere := "needs"
	if op.Tags[0] == elsewhere {
		elsewhere = "offers"
	}
	narrow := []string{elsewhere + ":" + cooperation.ScopeWrite}
	if op.method != http.MethodGet {
		narrow = append(narrow, cooperation.ScopeRead, op.Tags[0]+":"+cooperation.ScopeRead)
	}
	for _, scope := range narrow {
		if w.others[who+scope] == "" {
			w.others[who+scope], _ = w.token(who, scope, time.Hour)
		}
		if a := w.call(row, op, w.id, "Bearer "+w.others[who+scope]); a.Status != http.StatusForbidden || !bytes.Contains(a.Body, []byte(`"error.forbidden.scope"`)) {
			w.t.Errorf("%s (%s): a token for %s is answered with %d: %s", row.op, row.what, scope, a.Status, a.Body)
		}
	}
}

// expected reads the row's answers for everybody.
func (w *walker) expected(row right, op described) map[string]int {
	w.t.Helper()
	want, rest := map[string]int{}, 0
	for _, part := range strings.Split(row.may, ",") {
		words := strings.Fields(part)
		status, err := strconv.Atoi(words[0])
		if err != nil || len(words) < 2 {
			w.t.Fatalf("%s: %q is not a status and names", row.op, part)
		}
		for _, name := range words[1:] {
			switch {
			case name == "others":
				rest = status
			case name == "public":
				want[""] = status
			case grants()[name] != nil && name != "dismissed":
				want[name] = status
			default:
				w.t.Fatalf("%s: nobody is called %s", row.op, name)
			}
		}
	}
	if _, said := want[""]; !said && !op.public() {
		want[""] = http.StatusUnauthorized
	}
	if _, said := want["reader"]; !said && op.method != http.MethodGet {
		want["reader"] = http.StatusForbidden
	}
	for _, name := range append(slices.Collect(maps.Keys(grants())), "") {
		if _, said := want[name]; !said && name != "dismissed" {
			if want[name] = rest; rest == 0 {
				w.t.Fatalf("%s: the row does not say how %q is answered", row.op, name)
			}
		}
	}
	return want
}
