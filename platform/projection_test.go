package platform_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.mongodb.org/mongo-driver/v2/bson"

	"entente/cooperation"
	"entente/platform"
	"entente/store/mongo"
	"entente/store/storetest/mongotest"
)

// shelf is a projection in memory, which may break down after so many writings.
type shelf struct {
	documents map[string]string // collection/id → JSON
	bookmarks map[string]uint64
	left      int // writings until it breaks down; -1 never
}

func newShelf() *shelf { return &shelf{map[string]string{}, map[string]uint64{}, -1} }

var errBroken = errors.New("the line went dead")

func (s *shelf) write() error {
	if s.left == 0 {
		return errBroken
	}
	s.left--
	return nil
}

func (s *shelf) Put(_ context.Context, collection, id string, document []byte) error {
	if err := s.write(); err != nil {
		return err
	}
	s.documents[collection+"/"+id] = string(document)
	return nil
}

func (s *shelf) Remove(_ context.Context, collection, id string) error {
	if err := s.write(); err != nil {
		return err
	}
	delete(s.documents, collection+"/"+id)
	return nil
}

func (s *shelf) IDs(_ context.Context, collection, _ string) (out []string, err error) {
	for name := range s.documents {
		if id, ok := strings.CutPrefix(name, collection+"/"); ok {
			out = append(out, id)
		}
	}
	return out, nil
}

func (s *shelf) Bookmark(_ context.Context, log string) (uint64, error) { return s.bookmarks[log], nil }

func (s *shelf) SetBookmark(_ context.Context, log string, position uint64) error {
	if err := s.write(); err != nil {
		return err
	}
	s.bookmarks[log] = position
	return nil
}

func TestTheProjectionHoldsWhatThePublicSeesAndNothingElse(t *testing.T) {
	p := newPlace(t)
	on := p.open()
	n := needWithAPast(t, p, on)
	o := openOffer(t, on, "An offer")
	if _, err := on.CreateNeed(t.Context(), focal, "fctc", needContent(t, "A draft"), ""); err != nil {
		t.Fatal(err)
	}
	to := newShelf()
	if count, err := on.Project(t.Context(), to, "fctc"); err != nil || count != 2 {
		t.Fatalf("%v: %d documents", err, count)
	}
	if got := slices.Sorted(maps.Keys(to.documents)); !slices.Equal(got, []string{"needs/" + n.ID, "offers/" + o.ID}) {
		t.Errorf("projected are %v", got)
	}
	need := to.documents["needs/"+n.ID]
	for _, hidden := range []string{"No lawyer", "A working group", "created_by", "clearance", "excluded", "visibility", "focal\"", "approver\""} {
		if strings.Contains(need, hidden) {
			t.Errorf("the public sees %q in %s", hidden, need)
		}
	}
	if !strings.Contains(need, `"position":6`) || !strings.Contains(need, `"withheld":["barrier","coordination"]`) {
		t.Errorf("the need is %s", need)
	}
	first := maps.Clone(to.documents)
	if _, err := on.Project(t.Context(), to, "fctc"); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(first, to.documents); diff != "" {
		t.Errorf("built again it is another:\n%s", diff)
	}
}

func TestAProjectionThatWasCutOffIsBuiltAnew(t *testing.T) {
	p := newPlace(t)
	on := p.open()
	openNeed(t, on, "One")
	openNeed(t, on, "Two")
	openOffer(t, on, "Three")
	whole := newShelf()
	if _, err := on.Project(t.Context(), whole, "fctc"); err != nil {
		t.Fatal(err)
	}
	for left := 0; ; left++ {
		to := newShelf()
		to.documents["needs/gone"] = `{"convention":"fctc"}`
		to.bookmarks["fctc"] = 1
		to.left = left
		_, err := on.Project(t.Context(), to, "fctc")
		to.left = -1
		if err == nil {
			if left < 5 {
				t.Errorf("only %d writings were cut off", left)
			}
			return
		}
		if left > 0 && to.bookmarks["fctc"] != 0 {
			t.Errorf("after %d writings it says that it is at %d", left, to.bookmarks["fctc"])
		}
		if left == 0 {
			continue
		}
		if _, err := on.FollowProjection(t.Context(), to, "fctc"); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(whole.documents, to.documents); diff != "" {
			t.Errorf("cut off after %d writings and followed, it is another:\n%s", left, diff)
		}
	}
}

func TestAProjectionFollowsTheLog(t *testing.T) {
	p := newPlace(t)
	on := p.open()
	to := newShelf()
	n := openNeed(t, on, "A need")
	follow := func(want int) {
		t.Helper()
		if behind, err := on.ProjectionBehind(t.Context(), to, "fctc"); err != nil || behind != (want >= 0) {
			t.Errorf("%v: behind is %t", err, behind)
		}
		if count, err := on.FollowProjection(t.Context(), to, "fctc"); err != nil || count != max(want, 0) {
			t.Errorf("%v: it looked at %d documents and not at %d", err, count, want)
		}
		fresh := newShelf()
		if _, err := on.Project(t.Context(), fresh, "fctc"); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(fresh, to, cmp.AllowUnexported(shelf{}), cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".left" }, cmp.Ignore())); diff != "" {
			t.Errorf("following gives another than building:\n%s", diff)
		}
	}
	follow(1)
	follow(-1)
	o := openOffer(t, on, "An offer")
	follow(1)
	if _, err := on.WithdrawOffer(t.Context(), provider, o.ID, 0, ""); err != nil {
		t.Fatal(explain(err))
	}
	if _, err := on.CloseNeed(t.Context(), focal, n.ID, 0, "", ""); err != nil {
		t.Fatal(explain(err))
	}
	follow(2)
	to.bookmarks["fctc"] = 99 // the log was put back to before
	follow(2)
	if _, err := on.Project(t.Context(), to, "nowhere"); cooperation.CodeOf(err) != cooperation.NotFound {
		t.Errorf("what is not served is projected: %v", err)
	}
}

func TestTheProjectionOnAServer(t *testing.T) {
	uri := mongotest.Start(t)
	below, err := mongo.Open(t.Context(), uri)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { below.Close() })
	p := newPlace(t)
	on := p.open(below)
	n, o := openNeed(t, on, "A need"), openOffer(t, on, "An offer")
	to := below.Projection()
	var _ platform.Projection = to
	for range 2 {
		if count, err := on.Project(t.Context(), to, "fctc"); err != nil || count != 2 {
			t.Fatalf("%v: %d", err, count)
		}
	}
	draft, err := on.CreateNeed(t.Context(), focal, "fctc", needContent(t, "Never seen"), "")
	if err == nil {
		_, err = on.CloseNeed(t.Context(), focal, n.ID, 0, "", "")
	}
	if err != nil {
		t.Fatal(explain(err))
	}
	if _, err := on.FollowProjection(t.Context(), to, "fctc"); err != nil {
		t.Fatal(err)
	}
	needs, err := to.IDs(t.Context(), "needs", "fctc")
	if err != nil || !slices.Equal(needs, []string{n.ID}) || draft.ID == "" {
		t.Errorf("%v: the needs are %v", err, needs)
	}
	if offers, err := to.IDs(t.Context(), "offers", "fctc"); err != nil || !slices.Equal(offers, []string{o.ID}) {
		t.Errorf("%v: the offers are %v", err, offers)
	}
	if behind, err := on.ProjectionBehind(t.Context(), to, "fctc"); err != nil || behind {
		t.Errorf("%v: it is behind: %t", err, behind)
	}
}

// What the public was shown of a person leaves the server of the projection
// when the person is erased, be it followed or built anew.
func TestWhoIsErasedLeavesTheProjection(t *testing.T) {
	uri := mongotest.Start(t)
	below, err := mongo.Open(t.Context(), uri)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { below.Close() })
	p := newPlace(t)
	on := p.open(below)
	ann := person(t, on, "Karanja", drafts)
	content := needContent(t, "With her as its public contact")
	content.FocalPoint = contact("Karanja", "karanja@example.org")
	content.Visibility = map[string]cooperation.Audience{"focal_point": cooperation.ToPublic}
	n := openNeed(t, on, "A need")
	if _, err := on.ReplaceNeed(t.Context(), approver, n.ID, 0, content); err != nil {
		t.Fatal(explain(err))
	}
	to := below.Projection()
	projected := func() string {
		t.Helper()
		if _, err := on.FollowProjection(t.Context(), to, "fctc"); err != nil {
			t.Fatal(err)
		}
		raw, err := mongotest.Connect(t, uri).Database(mongotest.Database(uri)).Collection("needs").FindOne(t.Context(), bson.D{{Key: "_id", Value: n.ID}}).Raw()
		if err != nil {
			t.Fatal(err)
		}
		return raw.String()
	}
	if text := projected(); !strings.Contains(text, "Karanja") {
		t.Fatalf("the contact is not public: %s", text)
	}
	if _, err := on.Erase(t.Context(), system, ann.ID); err != nil {
		t.Fatal(explain(err))
	}
	traceless(t, "the projection, followed", []byte(projected()))
	if _, err := on.Project(t.Context(), to, "fctc"); err != nil {
		t.Fatal(err)
	}
	traceless(t, "the projection, built anew", []byte(projected()))
}
