package platform_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"strings"
	"testing"
	"time"

	"entente/cooperation"
	"entente/message"
	"entente/platform"
	"entente/store"
)

// noting is a store that tells of every value that is set.
type noting struct {
	store.Store
	sets chan string
}

func (n noting) Ephemeral() store.Ephemeral { return notingValues{n.Store.Ephemeral(), n.sets} }

type notingValues struct {
	store.Ephemeral
	sets chan string
}

func (n notingValues) Set(ctx context.Context, key string, value []byte, expiry time.Time) error {
	err := n.Ephemeral.Set(ctx, key, value, expiry)
	select {
	case n.sets <- key:
	default:
	}
	return err
}

// opened is a replica that says often how far it is, and when it has.
func (p *place) opened() (*platform.Platform, <-chan string) {
	p.t.Helper()
	sets := make(chan string, 1)
	on, err := platform.Open(p.t.Context(), platform.Options{Store: noting{p.store(), sets}, Conventions: p.set.All(), Teller: teller{}, Clock: p.clock.Now, Beat: time.Millisecond, Logger: slog.New(slog.NewTextHandler(io.Discard, nil))})
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(on.Close)
	return on, sets
}

func start(t *testing.T, on *platform.Platform, work platform.ChoreWork) (string, <-chan struct{}) {
	t.Helper()
	c, ended, err := on.StartChore(t.Context(), secretary, "fctc", "run", map[string]string{"name": "past.csv"}, work)
	if err != nil {
		t.Fatal(explain(err))
	}
	return c.ID, ended
}

func chore(t *testing.T, on *platform.Platform, id string) *platform.Chore {
	t.Helper()
	c, err := on.Chore(t.Context(), secretary, "fctc", id)
	if err != nil {
		t.Fatal(explain(err))
	}
	return c
}

func TestAChoreGoesOnAndIsFollowedFromAnotherReplica(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	on, sets := p.opened()
	other := p.open()
	onward, told := make(chan struct{}), make(chan struct{})
	id, ended := start(t, on, func(_ context.Context, progress func(done, total int)) (any, error) {
		progress(3, 10)
		close(told)
		<-onward
		progress(10, 10)
		return map[string]int{"rows": 10}, nil
	})
	<-told
	for c := chore(t, other, id); c.Done != 3; c = chore(t, other, id) {
		<-sets // it is written before long
	}
	if c := chore(t, other, id); c.State != platform.ChoreWorking || !c.Live() || c.Total != 10 || c.By != secretary.ID || c.Order["name"] != "past.csv" {
		t.Errorf("on the way: %+v", c)
	}
	close(onward)
	<-ended
	if c := chore(t, other, id); c.State != platform.ChoreFinished || c.Done != 10 || string(c.Outcome) != `{"rows":10}` || c.Ended.IsZero() {
		t.Errorf("at its end: %+v", c)
	}
	second, ended := start(t, other, func(context.Context, func(done, total int)) (any, error) { return nil, nil })
	<-ended
	list, err := on.Chores(t.Context(), secretary, "fctc")
	if err != nil || len(list) != 2 || list[0].ID != second || list[1].ID != id {
		t.Errorf("listed are %v, %v", list, err)
	}
	if list, err := on.Chores(t.Context(), actor("else", cooperation.Grant{Convention: "cms", Role: cooperation.Secretariat}), "cms"); err != nil || len(list) != 0 {
		t.Errorf("another convention has %v, %v", list, err)
	}
	p.clock.advance(8 * 24 * time.Hour)
	if list, err := on.Chores(t.Context(), secretary, "fctc"); err != nil || len(list) != 0 {
		t.Errorf("after a week there are %v, %v", list, err)
	}
}

func TestWhatBecameOfAChoreIsSaidAsItIs(t *testing.T) {
	t.Parallel()
	on, _ := newPlace(t).opened()
	for want, work := range map[platform.ChoreState]platform.ChoreWork{
		platform.ChoreRefused: func(context.Context, func(done, total int)) (any, error) {
			return nil, cooperation.Refuse(cooperation.Invalid, "error.import.size", message.Int("mebibytes", 32))
		},
		platform.ChoreFailed: func(_ context.Context, progress func(done, total int)) (any, error) {
			progress(7, 9)
			return "seven", errors.New("the disk is gone")
		},
	} {
		id, ended := start(t, on, work)
		<-ended
		c := chore(t, on, id)
		if c.State != want || c.Live() || want == platform.ChoreRefused && c.Refused.Key != "error.import.size" || want == platform.ChoreFailed && (c.Done != 7 || string(c.Outcome) != `"seven"`) {
			t.Errorf("%s: %+v", want, c)
		}
	}
	id, ended := start(t, on, func(context.Context, func(done, total int)) (any, error) { panic("a fault") })
	<-ended
	if c := chore(t, on, id); c.State != platform.ChoreFailed {
		t.Errorf("after a panic: %+v", c)
	}
}

func TestAChoreThatIsCutOffSaysSo(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	on, _ := p.opened()
	began := make(chan struct{}, 2)
	stuck := func(ctx context.Context, progress func(done, total int)) (any, error) {
		progress(1, 2)
		began <- struct{}{}
		<-ctx.Done()
		return nil, ctx.Err()
	}
	var ids []string
	for range 3 { // one more than are done at once
		id, _ := start(t, on, stuck)
		ids = append(ids, id)
	}
	<-began
	<-began
	other := p.open()
	if c := chore(t, other, ids[2]); c.State != platform.ChoreWaiting || !c.Live() {
		t.Errorf("the third: %+v", c)
	}
	on.Close()
	for _, id := range ids {
		if c := chore(t, other, id); c.State != platform.ChoreInterrupted || c.Ended.IsZero() {
			t.Errorf("after the end of the process: %+v", c)
		}
	}
}

func TestAChoreOfAProcessThatDiedIsInterrupted(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	on, _ := p.opened()
	finish := make(chan struct{})
	id, ended := start(t, on, func(context.Context, func(done, total int)) (any, error) { <-finish; return nil, nil })
	dead := newPlace(t)
	dead.uri = copyOf(t, p.uri)
	dead.clock.advance(time.Minute)
	if c := chore(t, dead.open(), id); !c.Live() {
		t.Errorf("given up too soon: %+v", c)
	}
	dead.clock.advance(2 * time.Minute)
	if c := chore(t, dead.open(), id); c.State != platform.ChoreInterrupted {
		t.Errorf("who does it has died: %+v", c)
	}
	close(finish)
	<-ended
}

func TestChoresAreBoundedAndForTheSecretariat(t *testing.T) {
	t.Parallel()
	on, _ := newPlace(t).opened()
	finish := make(chan struct{})
	defer close(finish)
	var last error
	began := 0
	for ; began < 40; began++ {
		if _, _, last = on.StartChore(t.Context(), secretary, "fctc", "run", nil, func(context.Context, func(done, total int)) (any, error) { <-finish; return nil, nil }); last != nil {
			break
		}
	}
	wantCode(t, last, cooperation.Unavailable, "error.unavailable.chores")
	if began < 16 || began > 18 {
		t.Errorf("%d were taken on", began)
	}
	if list, err := on.Chores(t.Context(), secretary, "fctc"); err != nil || len(list) > 20 || list[0].State != platform.ChoreRefused {
		t.Errorf("%d are listed, %v", len(list), err)
	}
	_, _, err := on.StartChore(t.Context(), focal, "fctc", "run", nil, nil)
	wantCode(t, err, cooperation.Forbidden, "error.forbidden.action")
	_, _, err = on.StartChore(t.Context(), secretary, "cms", "run", nil, nil)
	wantCode(t, err, cooperation.Forbidden, "error.forbidden.action")
	_, err = on.Chores(t.Context(), focal, "fctc")
	wantCode(t, err, cooperation.Forbidden, "error.forbidden.action")
	_, err = on.Chore(t.Context(), focal, "fctc", cooperation.NewID())
	wantCode(t, err, cooperation.NotFound, "error.not_found.document")
	_, err = on.Chore(t.Context(), secretary, "fctc", "../x")
	wantCode(t, err, cooperation.NotFound, "error.not_found.document")
}

func TestAnUploadIsKeptForADay(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	on, other := p.open(), p.open()
	sum, size, err := on.KeepUpload(t.Context(), secretary, "fctc", strings.NewReader("external_id\n"), 32<<20)
	if err != nil || size != 12 {
		t.Fatal(size, err)
	}
	read := func() (string, error) {
		content, err := other.Upload(t.Context(), secretary, "fctc", sum)
		if err != nil {
			return "", err
		}
		defer content.Close()
		all, err := io.ReadAll(content)
		return string(all), err
	}
	p.clock.advance(platform.UploadKept - time.Minute)
	if _, err := on.SweepFiles(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got, err := read(); err != nil || got != "external_id\n" {
		t.Errorf("kept is %q, %v", got, err)
	}
	p.clock.advance(2 * time.Minute)
	if _, err := on.SweepFiles(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, err = read()
	wantCode(t, err, cooperation.Conflict, "error.conflict.upload")
	_, _, err = on.KeepUpload(t.Context(), secretary, "fctc", strings.NewReader("too much"), 3)
	wantCode(t, err, cooperation.TooLarge, "error.import.size")
	_, _, err = on.KeepUpload(t.Context(), focal, "fctc", strings.NewReader("x"), 3)
	wantCode(t, err, cooperation.Forbidden, "error.forbidden.action")
	_, err = on.Upload(t.Context(), focal, "fctc", sum)
	wantCode(t, err, cooperation.NotFound, "error.not_found.document")
}
