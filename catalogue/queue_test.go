package catalogue

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"entente/cooperation"
)

// What is kept of a queue between two changes is what one finds who looks at
// everything anew: documents, order and clocks, and how often who was served.
func TestAQueueThatIsKeptIsTheQueueThatIsMadeAnew(t *testing.T) {
	now := morning
	rapid.Check(t, func(r *rapid.T) {
		w := anyWorld(r, t)
		versions := map[string]uint64{}
		put := func(kind string, n int, make func(version uint64) any) {
			versions[id(kind, n)]++
			w.commit(body(kind, id(kind, n), versions[id(kind, n)], make(versions[id(kind, n)])))
		}
		for range rapid.IntRange(1, 20).Draw(r, "changes") {
			n := rapid.IntRange(0, 6).Draw(r, "which")
			if rapid.Bool().Draw(r, "review") {
				put(KindReview, n, func(version uint64) any { return anyReview(r, n, version) })
			} else {
				put(KindProposal, n, func(version uint64) any {
					p := anyProposal(r, n, version)
					p.Proposed = morning.AddDate(0, 0, rapid.IntRange(0, 9).Draw(r, "proposed"))
					if p.Status == cooperation.InReview || p.Status == cooperation.Endorsed {
						p.Review = id(KindReview, rapid.IntRange(0, 6).Draw(r, "of"))
					}
					return p
				})
			}
			now = now.Add(rapid.SampledFrom([]time.Duration{0, time.Minute, 24 * time.Hour}).Draw(r, "later"))
			k := w.state.Convention().Timekeeper(w.state, now)
			kept := w.state.Queue("bureau", k)
			served := w.state.Served()
			w.state.queues = queues{}
			anew := w.state.Queue("bureau", k)
			if d := cmp.Diff(anew.List, kept.List, cmpopts.IgnoreUnexported(Queued{}), cmpopts.EquateComparable(cooperation.Date{})); d != "" {
				r.Fatalf("the queue that is kept differs:\n%s", d)
			}
			if d := cmp.Diff(w.state.Served(), served, cmpopts.IgnoreUnexported(Served{})); d != "" {
				r.Fatalf("how often who was served differs:\n%s", d)
			}
			w.state.queues.made["bureau"] = kept
			queueIsWhole(r, w, kept)
		}
	})
}

// queueIsWhole holds a queue against all proposals, one by one.
func queueIsWhole(r *rapid.T, w *world, q *Queue) {
	var want, got []string
	for i := range w.state.proposals.entries {
		if p := w.state.proposals.entries[i].doc; p.Committee == "bureau" && p.Alive() {
			want = append(want, p.ID)
		}
	}
	for i := range q.List {
		one := &q.List[i]
		got = append(got, one.Proposal.ID)
		if at := q.After(one.Deadline, one.Proposal.ID); at != i+1 {
			r.Fatalf("after place %d comes %d", i, at)
		}
		if i > 0 && (q.List[i-1].Deadline.IsZero() && !one.Deadline.IsZero() || !one.Deadline.IsZero() && one.Deadline.Before(q.List[i-1].Deadline)) {
			r.Fatalf("%s comes before %s", q.List[i-1].Deadline, one.Deadline)
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		r.Fatalf("in the queue are %v, want %v", got, want)
	}
}

// anyReview is a review at some step.
func anyReview(r *rapid.T, n int, version uint64) *cooperation.Review {
	v := &cooperation.Review{Meta: meta(KindReview, n, version), Committee: "bureau", Status: rapid.SampledFrom(cooperation.ReviewStatuses()).Draw(r, "status")}
	v.Silences = []cooperation.Silence{{From: morning.AddDate(0, 0, rapid.IntRange(0, 5).Draw(r, "from")), Days: rapid.IntRange(1, 5).Draw(r, "days")}}
	if v.Status == cooperation.ReviewObjected {
		v.Silences[0].Stopped, v.Contested = morning.AddDate(0, 0, 6), morning.AddDate(0, 0, 6)
	}
	return v
}

func TestAQueueIsSiftedByWhatItsNeedsAreAbout(t *testing.T) {
	l := newLog(t)
	egypt := openNeed(1, "Egypt's")
	egypt.Beneficiaries[0], egypt.Themes[0] = mustCountry("EG"), "supply"
	l.commit(needChange(openNeed(0, "Kenya's")), needChange(egypt))
	for n := range 2 {
		l.commit(body(KindProposal, id(KindProposal, n), 1, &cooperation.Proposal{Meta: meta(KindProposal, n, 1), Need: id(KindNeed, n), Status: cooperation.Proposed, Committee: "bureau"}))
	}
	q := l.state.Queue("bureau", l.state.Convention().Timekeeper(l.state, morning))
	for asked, want := range map[[2]string][]string{
		{"", ""}: {id(KindNeed, 0), id(KindNeed, 1)}, {"demand", ""}: {id(KindNeed, 0)}, {"", "emr"}: {id(KindNeed, 1)}, {"", "002"}: {id(KindNeed, 0), id(KindNeed, 1)}, {"tax", "emr"}: nil, {"gone", ""}: nil,
	} {
		var got []string
		about := l.state.About(asked[0], asked[1])
		for i := range q.List {
			if about(&q.List[i]) {
				got = append(got, q.List[i].Proposal.Need)
			}
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("about %v are %v, want %v", asked, got, want)
		}
	}
}
