package catalogue

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/cooperation"
)

func anyProposal(t *rapid.T, n int, version uint64) *cooperation.Proposal {
	p := &cooperation.Proposal{Meta: meta(KindProposal, n, version), Need: id(KindNeed, rapid.IntRange(0, 4).Draw(t, "need")),
		Status: rapid.SampledFrom(cooperation.ProposalStatuses()).Draw(t, "status"), Committee: rapid.SampledFrom([]string{"bureau", "cop"}).Draw(t, "committee")}
	for _, o := range rapid.SliceOfNDistinct(rapid.IntRange(0, 4), 1, 2, rapid.ID).Draw(t, "offers") {
		p.Offers = append(p.Offers, id(KindOffer, o))
	}
	if rapid.Bool().Draw(t, "informed") {
		p.Informed = []string{"cop"}
	}
	return p
}

func TestProposalsAreListedAsThePolicyAndTheQuerySay(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		w := anyWorld(r, t)
		var all []*cooperation.Proposal
		for i := range rapid.IntRange(0, 12).Draw(r, "proposals") {
			all = append(all, anyProposal(r, i, 1))
			w.commit(body(KindProposal, all[i].ID, 1, all[i]))
		}
		for i := range all {
			if rapid.IntRange(0, 2).Draw(r, "change") == 0 {
				all[i] = anyProposal(r, i, 2)
				w.commit(body(KindProposal, all[i].ID, 2, all[i]))
			}
		}
		actor, q := anyActor(r), anyProposalQuery(r)
		var want []string
		for _, p := range slices.Backward(all) {
			if w.sees(actor, p) && asksFor(q, p) {
				want = append(want, p.ID)
			}
		}
		find := func(page Query) (Page[*cooperation.Proposal], error) {
			q.Cursor, q.Limit = page.Cursor, page.Limit
			return w.state.Proposals(actor, q)
		}
		got, first := walk(r, Query{Limit: 2}, find, func(p *cooperation.Proposal) string { return p.ID })
		if diff := cmp.Diff(want, got); diff != "" || first.Total != len(want) {
			r.Fatalf("%+v counts %d, want %d; lists (-want +got):\n%s", q, first.Total, len(want), diff)
		}
		w.compareLookups(r, all)
	})
}

func (w *world) sees(a cooperation.Actor, p *cooperation.Proposal) bool {
	n, _ := w.state.Need(p.Need)
	var offers []*cooperation.Offer
	for _, o := range p.Offers {
		if offer, ok := w.state.Offer(o); ok {
			offers = append(offers, offer)
		}
	}
	return cooperation.SeesProposal(a, p, n, offers).Any()
}

func anyProposalQuery(t *rapid.T) (q ProposalQuery) {
	if rapid.Bool().Draw(t, "by status") {
		q.Status = []cooperation.ProposalStatus{cooperation.Proposed, cooperation.InReview}
	}
	if rapid.Bool().Draw(t, "by need") {
		q.Need = id(KindNeed, 1)
	}
	if rapid.Bool().Draw(t, "by offer") {
		q.Offer = id(KindOffer, 1)
	}
	q.Committee = rapid.SampledFrom([]string{"", "", "cop"}).Draw(t, "by committee")
	return q
}

func asksFor(q ProposalQuery, p *cooperation.Proposal) bool {
	return (q.Status == nil || slices.Contains(q.Status, p.Status)) && (q.Need == "" || q.Need == p.Need) &&
		(q.Offer == "" || slices.Contains(p.Offers, q.Offer)) &&
		(q.Committee == "" || q.Committee == p.Committee || slices.Contains(p.Informed, q.Committee))
}

// compareLookups compares what runs ask with plain scans.
func (w *world) compareLookups(t *rapid.T, all []*cooperation.Proposal) {
	pick := func(is func(*cooperation.Proposal) bool) []string {
		out := []string{}
		for _, p := range all {
			if is(p) {
				out = append(out, p.ID)
			}
		}
		return out
	}
	ids := func(list []*cooperation.Proposal) []string {
		out := []string{}
		for _, p := range list {
			out = append(out, p.ID)
		}
		return out
	}
	need, offer, taken := id(KindNeed, 1), id(KindOffer, 1), map[string]int{}
	for name, c := range map[string][2][]string{
		"of a need":     {pick(func(p *cooperation.Proposal) bool { return p.Need == need }), ids(w.state.ProposalsOf(need))},
		"with an offer": {pick(func(p *cooperation.Proposal) bool { return slices.Contains(p.Offers, offer) }), ids(w.state.ProposalsWith(offer))},
		"that stand":    {pick(func(p *cooperation.Proposal) bool { return p.Status == cooperation.Proposed }), ids(w.state.Standing())},
	} {
		if diff := cmp.Diff(c[0], c[1]); diff != "" {
			t.Fatalf("proposals %s (-want +got):\n%s", name, diff)
		}
	}
	most := 0
	for _, p := range all {
		if !p.Untouched() {
			taken[p.Need]++
			most = max(most, taken[p.Need])
		}
	}
	if got := w.state.MostTaken(); got != most {
		t.Fatalf("most taken %d, want %d", got, most)
	}
}

func TestRunsAreListedTheLatestFirst(t *testing.T) {
	l := newLog(t)
	if _, ok := l.state.LastRun(); ok {
		t.Error("there is a last run before the first")
	}
	for i := range 5 {
		l.commit(body(KindRun, id(KindRun, i), 1, &cooperation.Run{Meta: meta(KindRun, i, 1), Done: i < 4}))
	}
	find := func(q Query) (Page[*cooperation.Run], error) { return l.state.Runs(q.Cursor, q.Limit) }
	got, first := walk(t, Query{Limit: 2}, find, func(r *cooperation.Run) string { return r.ID })
	want := []string{id(KindRun, 4), id(KindRun, 3), id(KindRun, 2), id(KindRun, 1), id(KindRun, 0)}
	if diff := cmp.Diff(want, got); diff != "" || first.Total != 5 {
		t.Errorf("%d runs (-want +got):\n%s", first.Total, diff)
	}
	if run, ok := l.state.LastRun(); !ok || run.ID != want[0] || run.Done {
		t.Errorf("the last run is %v", run)
	}
}

func TestNotificationsGoToTheirRecipientAndWaitForTheirTime(t *testing.T) {
	l := newLog(t)
	tell := func(i int, version uint64, to string, status cooperation.NotificationStatus, next, read time.Time) {
		l.commit(body(KindNotification, id(KindNotification, i), version, &cooperation.Notification{Meta: meta(KindNotification, i, version),
			Recipient: to, Status: status, Next: next, Read: read}))
	}
	tell(0, 1, "a", cooperation.Pending, time.Time{}, time.Time{})
	tell(1, 1, "b", cooperation.Pending, morning.Add(time.Hour), time.Time{})
	tell(2, 1, "a", cooperation.InApp, time.Time{}, time.Time{})
	tell(3, 1, "a", cooperation.Pending, time.Time{}, time.Time{})
	tell(3, 2, "a", cooperation.Delivered, time.Time{}, morning)
	list := func(user string, unread bool) []string {
		find := func(q Query) (Page[*cooperation.Notification], error) {
			return l.state.NotificationsOf(user, NotificationQuery{Unread: unread, Cursor: q.Cursor, Limit: q.Limit})
		}
		ids, _ := walk(t, Query{Limit: 1}, find, func(n *cooperation.Notification) string { return n.ID })
		return ids
	}
	n := func(list ...int) (ids []string) {
		for _, i := range list {
			ids = append(ids, id(KindNotification, i))
		}
		return ids
	}
	pending := func(at time.Time) (ids []string) {
		for _, n := range l.state.PendingNotifications(at) {
			ids = append(ids, n.ID)
		}
		return ids
	}
	for name, c := range map[string][2][]string{
		"all of a":            {n(3, 2, 0), list("a", false)},
		"what a has not read": {n(2, 0), list("a", true)},
		"all of b":            {n(1), list("b", false)},
		"of nobody":           {nil, list("", false)},
		"to be sent now":      {n(0), pending(morning)},
		"to be sent later":    {n(0, 1), pending(morning.Add(time.Hour))},
	} {
		if diff := cmp.Diff(c[0], c[1]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
