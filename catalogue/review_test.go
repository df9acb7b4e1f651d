package catalogue

import (
	"slices"
	"testing"

	"entente/cooperation"
)

func TestReviewsAreListedForThoseWhomTheyConcern(t *testing.T) {
	l := newLog(t)
	put := func(i int, version uint64, status cooperation.ReviewStatus, of ...cooperation.Participant) {
		l.commit(body(KindReview, id(KindReview, i), version, &cooperation.Review{Meta: meta(KindReview, i, version), Committee: "bureau", Status: status, Beneficiaries: of,
			Cases: []cooperation.Case{{Proposal: id(KindProposal, i), Need: cooperation.Frozen{ID: id(KindNeed, i), Version: 1}}}}))
	}
	put(0, 1, cooperation.ReviewOpen, "AO")
	put(1, 1, cooperation.ReviewOpen, "NA")
	put(2, 1, cooperation.ReviewWaiting, "AO", "NA")
	put(1, 2, cooperation.ReviewEndorsed, "NA")
	conv := l.state.Convention().ID
	as := func(role cooperation.Role, of cooperation.Participant, committee string) cooperation.Actor {
		return cooperation.Actor{ID: "x", Grants: []cooperation.Grant{{Convention: conv, Role: role, Participant: of, Committee: committee}}}
	}
	angola, member, office := as(cooperation.FocalPoint, "AO", ""), as(cooperation.CommitteeMember, "KE", "bureau"), as(cooperation.Secretariat, "", "")
	for name, c := range map[string]struct {
		a    cooperation.Actor
		q    ReviewQuery
		want []int
	}{
		"of its side":           {angola, ReviewQuery{}, []int{2, 0}},
		"of a member":           {member, ReviewQuery{}, []int{2, 1, 0}},
		"of another committee":  {as(cooperation.CommitteeMember, "KE", "cop"), ReviewQuery{}, nil},
		"of the public":         {cooperation.Actor{}, ReviewQuery{}, nil},
		"by step":               {office, ReviewQuery{Status: []cooperation.ReviewStatus{cooperation.ReviewEndorsed}}, []int{1}},
		"by proposal":           {office, ReviewQuery{Proposal: id(KindProposal, 0)}, []int{0}},
		"by need":               {office, ReviewQuery{Need: id(KindNeed, 2)}, []int{2}},
		"by committee":          {office, ReviewQuery{Committee: "cop"}, nil},
		"by step, of one side":  {angola, ReviewQuery{Status: []cooperation.ReviewStatus{cooperation.ReviewWaiting}}, []int{2}},
		"by proposal of others": {angola, ReviewQuery{Proposal: id(KindProposal, 1)}, nil},
	} {
		find := func(q Query) (Page[*cooperation.Review], error) {
			c.q.Cursor, c.q.Limit = q.Cursor, q.Limit
			return l.state.Reviews(c.a, c.q)
		}
		got, first := walk(t, Query{Limit: 2}, find, func(r *cooperation.Review) string { return r.ID })
		var want []string
		for _, i := range c.want {
			want = append(want, id(KindReview, i))
		}
		if !slices.Equal(got, want) || first.Total != len(want) {
			t.Errorf("%s: %v of %d, want %v", name, got, first.Total, want)
		}
	}
	var under []string
	for _, r := range l.state.ReviewsUnderWay() {
		under = append(under, r.ID)
	}
	if !slices.Equal(under, []string{id(KindReview, 0), id(KindReview, 2)}) {
		t.Errorf("under way are %v", under)
	}
}

func TestWhatSomebodyWasRemindedOfIsFoundUntilItIsErased(t *testing.T) {
	l := newLog(t)
	l.commit(body(KindNotification, id(KindNotification, 0), 1, &cooperation.Notification{Meta: meta(KindNotification, 0, 1), Recipient: "a", Reminders: []string{"r-1", "r-2"}}))
	if !l.state.Reminded("a", "r-1") || !l.state.Reminded("a", "r-2") || l.state.Reminded("b", "r-1") || l.state.Reminded("a", "r-3") {
		t.Error("what a was reminded of is not found, or something else is")
	}
	l.commit(body(KindNotification, id(KindNotification, 0), 2, &cooperation.Notification{Meta: meta(KindNotification, 0, 2), Recipient: "a", Reminders: []string{"r-1", "r-2"}, Status: cooperation.Delivered}))
	if !l.state.Reminded("a", "r-1") {
		t.Error("after it was delivered it is forgotten")
	}
	l.commit(erased(KindNotification, id(KindNotification, 0), 3))
	if l.state.Reminded("a", "r-1") {
		t.Error("an erased message still reminds")
	}
}
