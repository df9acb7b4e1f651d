package platform_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"entente/catalogue"
	"entente/cooperation"
	"entente/platform"
	"entente/store"
	"entente/store/archive"
	"entente/store/mongo"
	"entente/store/storetest/mongotest"
)

// traces are what must be found nowhere once Ann Ofwono, who was Ann Karanja,
// is forgotten.
var traces = []string{"Ofwono", "Karanja", "ann.ofwono", "a.karanja", "+244 900 111", "argon-of-ann", "subject-of-ann", "laptop-of-ann", "browser-of-ann",
	"hooks-of-ann", "robot-of-ann"}

// life is what a person leaves behind, and what others leave that must stay.
type life struct {
	ann, ben          string
	need, offer, late string
	hook, his         string // webhooks: hers, and another's
	kept              string // a need with another person's contact
}

func contact(name, mail string) *cooperation.Contact {
	return &cooperation.Contact{Name: name, Mail: mail, Phone: "+244 900 111"}
}

// webhook makes a webhook and returns its id.
func webhook(t *testing.T, on *platform.Platform, owner cooperation.Actor, address, description string) string {
	t.Helper()
	w, err := on.CreateWebhook(t.Context(), owner, "fctc", cooperation.WebhookContent{URL: address, Events: []string{"*"}, Description: description}, "")
	if err != nil {
		t.Fatal(explain(err))
	}
	return w.ID
}

// live leaves traces in every place that there is.
func live(t *testing.T, on *platform.Platform) life {
	t.Helper()
	ctx := t.Context()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(explain(err))
		}
	}
	u, err := on.CreateUser(ctx, system, cooperation.User{Name: "Ann Karanja", Mail: "a.karanja@example.org", Language: "fr", Grants: []cooperation.Grant{drafts}})
	must(err)
	l := life{ann: u.ID, ben: person(t, on, "Ben", clears).ID}
	ann, office := cooperation.ActorOf(u, false), actor("office", cooperation.Grant{Convention: "apmbc", Role: cooperation.Secretariat})
	must(on.ChangeCredential(ctx, ann, u.ID, func(c *cooperation.Credential) error { c.Password = "argon-of-ann"; return nil }))
	must(on.ChangeCredential(ctx, ann, u.ID, func(c *cooperation.Credential) error {
		c.OIDC = []cooperation.OIDCLink{{Issuer: "https://id.example", Subject: "subject-of-ann"}}
		return nil
	}))
	_, err = on.ReplacePerson(ctx, secretary, u.ID, 0, cooperation.Person{Name: "Ann Ofwono", Mail: "ann.ofwono@example.org", Language: "fr"})
	must(err)
	_, _, err = on.IssueToken(ctx, ann, u.ID, "laptop-of-ann", []string{"read"}, time.Hour)
	must(err)
	must(on.SendLink(ctx, cooperation.System("access"), cooperation.LinkReset, u.ID, time.Hour))

	content := needContent(t, "With her contact in two versions")
	content.FocalPoint = contact("Focal point", "A.Karanja@example.org")
	n, err := on.CreateNeed(ctx, ann, "fctc", content, "")
	must(err)
	content.FocalPoint = contact("Ann  OFWONO", "")
	_, err = on.ReplaceNeed(ctx, ann, n.ID, 0, content)
	must(err)
	l.need = n.ID
	content.FocalPoint = contact("", "ann.ofwono@example.org")
	n, err = on.CreateNeed(ctx, ann, "fctc", content, "")
	must(err)
	content.FocalPoint = &cooperation.Contact{Name: "Carla", Mail: "carla@example.org"}
	_, err = on.ReplaceNeed(ctx, ann, n.ID, 0, content)
	must(err)
	l.late = n.ID
	content.FocalPoint = &cooperation.Contact{Name: "Ann Ofwono", Mail: "ben@example.org"} // of Ben, who has an account
	n, err = on.CreateNeed(ctx, ann, "fctc", content, "")
	must(err)
	l.kept = n.ID
	imported := offerContent("Imported with her contact")
	imported.FocalPoint = contact("ann ofwono", "elsewhere@example.org")
	_, err = on.ImportOffers(ctx, secretary, []cooperation.ImportRow[cooperation.OfferContent]{{ExternalID: "row-1", Convention: "fctc", Content: imported}}, false)
	must(err)
	s, _ := on.State("fctc")
	o, ok := s.OfferByExternalID("row-1")
	if !ok {
		t.Fatal("the offer was not imported")
	}
	l.offer = o.ID

	for _, mail := range []string{"a.karanja@example.org", "board@example.org", "Ann.Ofwono@example.org"} {
		_, err = on.NameContact(ctx, office, "apmbc", "enhancement", 0, mail)
		must(err)
	}
	_, err = on.NameContact(ctx, office, "apmbc", "compliance", 0, "board@example.org")
	must(err)
	l.hook, l.his = webhook(t, on, ann, "https://hooks-of-ann.example/in", "robot-of-ann"), webhook(t, on, secretary, "https://hooks.example/in", "")

	values, until := on.Store().Ephemeral(), on.Now().Add(time.Hour)
	won, err := values.Claim(ctx, "session-slot/"+u.ID+"/3", []byte("sessionofann"), until, on.Now())
	must(err)
	if !won {
		t.Fatal("no slot for a session")
	}
	must(values.Set(ctx, "session/sessionofann", []byte(`{"agent":"browser-of-ann"}`), until))
	must(values.Set(ctx, "session-use/sessionofann", []byte(`{"agent":"browser-of-ann"}`), until))
	return l
}

// gone fails the test where a trace is left in what the platform says, what
// the store holds, or a backup of it.
func (l life) gone(t *testing.T, s store.Store, on *platform.Platform) {
	t.Helper()
	ctx := t.Context()
	u, ok := on.User(l.ann)
	if !ok || !u.Erased || !u.Disabled || len(u.Grants) != 0 {
		t.Errorf("of the account there is %+v", u)
	}
	said := map[string]any{"account": u}
	c, _ := on.Credential(l.ann)
	said["credential"] = c
	state, _ := on.State("fctc")
	for _, id := range []string{l.need, l.late} {
		said["need "+id], _ = state.Need(id)
	}
	said["offer"], _ = state.Offer(l.offer)
	for what, doc := range said {
		text, err := json.Marshal(doc)
		if err != nil {
			t.Fatal(err)
		}
		traceless(t, what, text)
	}
	kept, _ := state.Need(l.kept)
	late, _ := state.Need(l.late)
	if kept.FocalPoint == nil || late.FocalPoint == nil || late.FocalPoint.Name != "Carla" || kept.Version != 1 {
		t.Errorf("contacts of others went too: %+v, %+v", kept.FocalPoint, late.FocalPoint)
	}
	hers, _ := state.Webhook(l.hook)
	his, _ := state.Webhook(l.his)
	if hers.Status != cooperation.WebhookRemoved || his.Status != cooperation.WebhookActive || his.URL == "" {
		t.Errorf("her webhook is %+v, the other one %+v", hers, his)
	}
	bodies, _ := on.State("apmbc")
	theirs, _ := bodies.Naming("compliance")
	named, _ := bodies.Naming("enhancement")
	if named.Contact != "" || theirs.Contact != "board@example.org" {
		t.Errorf("the bodies' mailboxes are %q and %q", named.Contact, theirs.Contact)
	}
	var backup bytes.Buffer
	if _, err := archive.Write(ctx, s, &backup, on.Now()); err != nil {
		t.Fatal(err)
	}
	zip, err := gzip.NewReader(&backup)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(zip)
	if err != nil {
		t.Fatal(err)
	}
	// Ben's contact bears her name, and is his.
	text = bytes.ReplaceAll(text, []byte(`{\"name\":\"Ann Ofwono\",\"mail\":\"ben@example.org\"}`), nil)
	text = bytes.ReplaceAll(text, []byte(`{"name":"Ann Ofwono","mail":"ben@example.org"}`), nil)
	traceless(t, "backup", text)
	if _, held, err := s.Ephemeral().Value(ctx, "session/sessionofann", on.Now()); held || err != nil {
		t.Errorf("her session is there: %v", err)
	}
	for _, e := range on.Erasures() {
		if e.ID != l.ann || e.Completed.IsZero() {
			t.Errorf("the record is %+v", e)
		}
	}
}

func traceless(t *testing.T, what string, text []byte) {
	t.Helper()
	lower := bytes.ToLower(text)
	for _, trace := range traces {
		if at := bytes.Index(lower, []byte(strings.ToLower(trace))); at >= 0 {
			t.Errorf("%s holds %q: …%q…", what, trace, lower[max(0, at-60):min(len(lower), at+60)])
		}
	}
}

// files are the bytes of the database, less the one contact that is Ben's.
func files(t *testing.T, uri string) map[string][]byte {
	t.Helper()
	paths, err := filepath.Glob(strings.TrimPrefix(uri, "sqlite://") + "*")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no files: %v", err)
	}
	all := map[string][]byte{}
	for _, path := range paths {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		all[filepath.Base(path)] = bytes.ReplaceAll(content, []byte(`{"name":"Ann Ofwono","mail":"ben@example.org"`), nil)
	}
	return all
}

func TestWhoIsErasedIsFoundInNoAnswerFileOrBackup(t *testing.T) {
	p := newPlace(t)
	on := p.open()
	l := live(t, on)
	on.Close() // which keeps checkpoints
	on = p.open()
	replica := p.open()
	found := false
	for _, content := range files(t, p.uri) {
		found = found || bytes.Contains(content, []byte("laptop-of-ann")) && bytes.Contains(content, []byte("Karanja"))
	}
	if !found {
		t.Fatal("the search finds nothing where there is something")
	}
	if _, err := on.Erase(t.Context(), cooperation.Actor{ID: l.ann}, l.ann); err != nil {
		t.Fatal(explain(err))
	}
	s := p.store()
	l.gone(t, s, on)
	for name, content := range files(t, p.uri) {
		traceless(t, "while others serve, file "+name, content)
	}
	eventually(t, func() bool { u, _ := replica.User(l.ann); return u.Erased })
	replica.Close()
	on.Close()
	for name, content := range files(t, p.uri) {
		traceless(t, "after the stop, file "+name, content)
	}
	p.verify()
	l.gone(t, s, p.open())
}

func TestAnErasureThatIsCutOffAnywhereIsCompletedAtTheNextStart(t *testing.T) {
	for steps := int64(0); ; steps++ {
		if p := newPlace(t); !p.cutOff(steps) {
			if steps < 8 {
				t.Errorf("an erasure has only %d steps: the test does not cut it", steps)
			}
			return
		}
	}
}

// cutOff has an erasure die after so many steps, goes on with it in another
// process, and reports whether it died at all.
func (p *place) cutOff(steps int64) bool {
	t := p.t
	l := live(t, p.open())
	dying := &mortal{Store: p.store()}
	on := p.open(dying)
	dying.left.Store(steps)
	dying.counts.Store(true)
	_, asked := on.Erase(t.Context(), system, l.ann)
	died := dying.left.Load() < 0
	dying.left.Store(-1) // whatever follows is not written by it
	on.Close()
	next := p.open()
	if asked != nil { // the request itself was not recorded
		if !died {
			t.Fatalf("refused without having died: %v", explain(asked))
		}
		if u, _ := next.User(l.ann); u.Disabled || u.Erased {
			t.Errorf("cut off after %d steps: %v, and yet %+v", steps, asked, u)
		}
		return died
	}
	if u, _ := next.User(l.ann); !u.Disabled {
		t.Errorf("cut off after %d steps: the account still acts", steps)
	}
	if err := next.ResumeErasures(t.Context()); err != nil {
		t.Fatalf("cut off after %d steps: %v", steps, err)
	}
	l.gone(t, p.store(), next)
	for name, content := range files(t, p.uri) {
		traceless(t, name, content)
	}
	head, _, _ := p.store().Head(t.Context(), platform.AccountsLog)
	if err := next.ResumeErasures(t.Context()); err != nil {
		t.Error(err)
	}
	if again, _, _ := p.store().Head(t.Context(), platform.AccountsLog); again != head {
		t.Error("a complete erasure is done again")
	}
	p.verify()
	return died
}

// mortal is a store that dies after a number of writings.
type mortal struct {
	store.Store
	counts atomic.Bool
	left   atomic.Int64
}

var errDead = errors.New("the process was killed")

func (m *mortal) step() error {
	if m.counts.Load() && m.left.Add(-1) < 0 {
		return errDead
	}
	return nil
}

func (m *mortal) Append(ctx context.Context, log string, commits []store.Commit) (int, error) {
	if err := m.step(); err != nil {
		return 0, err
	}
	return m.Store.Append(ctx, log, commits)
}

func (m *mortal) Erase(ctx context.Context, log string, versions []store.VersionRef) error {
	if err := m.step(); err != nil {
		return err
	}
	return m.Store.Erase(ctx, log, versions)
}

func (m *mortal) SaveCheckpoint(ctx context.Context, log string, c store.Checkpoint, content io.Reader) error {
	if m.left.Load() < 0 {
		return errDead
	}
	return m.Store.SaveCheckpoint(ctx, log, c, content)
}

func (m *mortal) Ephemeral() store.Ephemeral { return mortalValues{m.Store.Ephemeral(), m} }

type mortalValues struct {
	store.Ephemeral
	of *mortal
}

func (v mortalValues) Delete(ctx context.Context, key string) error {
	if err := v.of.step(); err != nil {
		return err
	}
	return v.Ephemeral.Delete(ctx, key)
}

func (v mortalValues) Release(ctx context.Context, key string, value []byte, now time.Time) error {
	if err := v.of.step(); err != nil {
		return err
	}
	return v.Ephemeral.Release(ctx, key, value, now)
}

func TestAnErasureOnMongoDBLeavesNothingInTheLogsAndInABackup(t *testing.T) {
	p := newPlace(t)
	s, err := mongo.Open(t.Context(), mongotest.Start(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	on := p.open(s)
	l := live(t, on)
	if _, err := on.Erase(t.Context(), system, l.ann); err != nil {
		t.Fatal(explain(err))
	}
	l.gone(t, s, on)
	again := p.open(s)
	l.gone(t, s, again)
}

func TestAnOlderBackupForgetsTheSamePeopleByTheirIds(t *testing.T) {
	p := newPlace(t)
	on := p.open()
	l := live(t, on)
	var backup bytes.Buffer
	if _, err := archive.Write(t.Context(), p.store(), &backup, on.Now()); err != nil {
		t.Fatal(err)
	}
	if _, err := on.Erase(t.Context(), system, l.ann); err != nil {
		t.Fatal(explain(err))
	}
	other := newPlace(t)
	if _, err := archive.Read(t.Context(), bytes.NewReader(backup.Bytes()), other.store(), on.Now()); err != nil {
		t.Fatal(err)
	}
	restored := other.open()
	for _, e := range on.Erasures() {
		if _, err := restored.Erase(t.Context(), system, e.ID); err != nil {
			t.Fatal(explain(err))
		}
	}
	if u, _ := restored.User(l.ann); !u.Erased {
		t.Errorf("the restored account is %+v", u)
	}
	for name, content := range files(t, other.uri) {
		traceless(t, name, content)
	}
}

func TestWhoMayHaveSomebodyErased(t *testing.T) {
	on := newPlace(t).open()
	ann := person(t, on, "Ann", drafts)
	for name, a := range map[string]cooperation.Actor{"the secretariat": secretary, "the approver": approver} {
		if _, err := on.Erase(t.Context(), a, ann.ID); cooperation.CodeOf(err) != cooperation.Forbidden {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err := on.Erase(t.Context(), provider, ann.ID)
	wantCode(t, err, cooperation.NotFound, "error.not_found.document")
	only := person(t, on, "Root", cooperation.Grant{Role: cooperation.Administrator})
	_, err = on.Erase(t.Context(), cooperation.ActorOf(only, false), only.ID)
	wantCode(t, err, cooperation.State, "error.state.last_administrator")
	for range 2 {
		e, err := on.Erase(t.Context(), cooperation.ActorOf(only, false), ann.ID)
		if err != nil || e.Completed.IsZero() {
			t.Errorf("the administrator: %+v, %v", e, err)
		}
	}
	invite(t, on, secretary, "Ann", drafts) // the address is free again
}

// Whoever gives a kind of document a field in which somebody's name or address
// may stand has to have it forgotten too, and to add it here. The kinds are
// those that the states hold.
func TestEveryFieldThatMayHoldAPersonIsKnownToTheErasure(t *testing.T) {
	want := []string{
		"Need.focal_point", "Offer.focal_point", "Naming.contact", "Webhook.url", // in the logs of conventions
		"User.name", "User.mail", "User.bounce.address", "Token.name", // in the log of accounts
	}
	// Not of people: the copy of a draft, which is kept without them; what organisations and files are called, of arguments the names, and how often somebody wants mails.
	others := []string{"Naming.observers.name", "Naming.invitations.name", "Organisation.name", "Need.attachments.name", "Need.files.name", "Offer.attachments.name", "Offer.files.name", "User.preferences.mail",
		"HistorySet.url", "Assessment.draft.focal_point", "Assessment.draft.attachments.name", "Notification.subject.args.name", "Notification.lines.args.name", "Notification.items.heading.args.name", "Notification.items.reasons.args.name", "Review.cases.parts.why.args.name"}
	var got []string
	for _, kind := range slices.Concat(kinds(reflect.TypeFor[catalogue.State](), nil), kinds(reflect.TypeFor[catalogue.Accounts](), nil)) {
		got = append(got, personal(kind, kind.Name(), nil)...)
	}
	slices.Sort(got)
	for _, path := range others {
		if !slices.Contains(got, path) {
			t.Errorf("there is no %s any more", path)
		}
	}
	got = slices.DeleteFunc(slices.Compact(got), func(path string) bool { return slices.Contains(others, path) })
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("fields that may hold a person (-known, +there):\n%s", diff)
	}
}

// kinds are the types of the documents of which a type keeps a ledger.
func kinds(in reflect.Type, within []reflect.Type) (out []reflect.Type) {
	if in.Kind() != reflect.Struct || slices.Contains(within, in) {
		return nil
	}
	for field := range in.Fields() {
		if strings.HasPrefix(field.Type.Name(), "ledger[") {
			entries, _ := field.Type.FieldByName("entries")
			doc, _ := entries.Type.Elem().FieldByName("doc")
			out = append(out, doc.Type.Elem())
			continue
		}
		out = append(out, kinds(field.Type, append(within, in))...)
	}
	return out
}

// personal lists the fields of a document, by their names in JSON, that by type
// or name may hold a person's name or address.
func personal(in reflect.Type, path string, within []reflect.Type) (out []string) {
	switch in.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
		return personal(in.Elem(), path, within)
	case reflect.Struct:
	default:
		return nil
	}
	if in == reflect.TypeFor[cooperation.Contact]() {
		return []string{path}
	}
	if slices.Contains(within, in) {
		return nil
	}
	for field := range in.Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		below := path
		if name != "" {
			below += "." + name
		}
		telling := slices.Contains([]string{"name", "mail", "address", "phone", "contact", "url"}, name) || strings.Contains(field.Tag.Get("validate"), "email")
		if kind := field.Type.Kind(); telling && (kind == reflect.String || kind == reflect.Map) {
			out = append(out, below)
			continue
		}
		out = append(out, personal(field.Type, below, append(slices.Clone(within), in))...)
	}
	return out
}
