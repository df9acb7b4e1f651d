package api_test

import "entente/cooperation"

// seated names Kenya, which presides and advises on gender and diversity, and
// three others to the body that reviews.
func (i *installation) seated() {
	i.t.Helper()
	from := cooperation.DateOf(i.platform.Now()).AddMonths(-1)
	served := `","from":"` + from.String() + `","until":"` + from.AddMonths(36).AddDays(-1).String() + `"`
	for _, term := range []string{`{"country":"KE` + served + `,"seat":"afro","as":["gender_focal_point"]}`, `{"country":"SE` + served + `,"seat":"euro"}`,
		`{"country":"JP` + served + `,"seat":"wpro"}`, `{"country":"IN` + served + `,"seat":"searo"}`} {
		i.ask("secretary", "POST", "/api/v1/committees/bureau/terms?"+inFCTC, term, "If-Match", "*").is(200)
	}
	i.ask("secretary", "POST", "/api/v1/committees/bureau/chairs?"+inFCTC, `{"country":"KE`+served+`}`, "If-Match", "*").is(200)
}

// proposed has the matcher propose an offer for a need; one run proposes many.
func (i *installation) proposed() string {
	i.t.Helper()
	if len(i.pool) == 0 {
		for range 40 {
			i.openNeed("A need of its own")
		}
		i.ask("secretary", "POST", "/api/v1/runs", `{"convention":"fctc"}`).is(201)
		var list struct{ Items []struct{ ID string } }
		i.ask("secretary", "GET", "/api/v1/proposals?convention=fctc&status=proposed&limit=200", nil).is(200).into(&list)
		for _, p := range list.Items {
			i.pool = append(i.pool, p.ID)
		}
	}
	if len(i.pool) == 0 {
		i.t.Fatal("nothing is proposed")
	}
	last := i.pool[len(i.pool)-1]
	i.pool = i.pool[:len(i.pool)-1]
	return last
}

// review opens a review of a new proposal.
func (i *installation) review() string {
	i.t.Helper()
	var made struct{ Items []struct{ ID string } }
	i.ask("member", "POST", "/api/v1/reviews", map[string]any{"convention": "fctc", "proposals": []string{i.proposed()}}).is(201).into(&made)
	return made.Items[0].ID
}

// after does something to a new review.
func (i *installation) after(command string, body any) func() string {
	return func() string {
		i.t.Helper()
		id := i.review()
		i.ask("member", "POST", "/api/v1/reviews/"+id+"/"+command, body, "If-Match", "*").is(200)
		return id
	}
}

// Both sides act on their proposals, members on reviews, and the chair presides.
func (tables) Reviews(i *installation) []right {
	i.seated()
	offer := i.openOffer("An open offer").ID
	review := i.review()
	text := `{"text":"So it is."}`
	member := "200 member, 403 focal approver provider sponsor secretary, 404 others"
	need := i.openNeed("Another need").ID
	return []right{
		{op: "withdrawProposal", fresh: i.proposed, may: "200 focal approver provider sponsor, 403 secretary member, 404 others"},
		{op: "expressInterest", fresh: i.proposed, may: "200 focal approver provider sponsor, 403 secretary member, 404 others"},
		{op: "expressInterestInOffer", id: need, body: map[string]any{"offer": offer}, may: "200 focal approver provider sponsor, 403 others"},
		{op: "expressInterestInOffer", what: "absent", id: nobody, body: map[string]any{"offer": offer}, may: "404 others"},
		{op: "expressInterestInNeed", id: offer, body: map[string]any{"need": need}, may: "200 focal approver provider sponsor, 403 others"},
		{op: "listReviews", query: inFCTC, may: "200 others"},
		{op: "openReviews", body: func() any { return map[string]any{"convention": "fctc", "proposals": []string{i.proposed()}} },
			may: "201 member, 403 focal approver provider sponsor secretary, 404 others"},
		{op: "getReview", id: review, may: "200 focal approver reader provider sponsor secretary member, 404 others"},
		{op: "getReview", what: "absent", id: nobody, may: "404 others"},
		{op: "listReviewCases", id: review, may: "200 focal approver reader provider sponsor secretary member, 404 others"},
		{op: "listReviewHistory", id: review, may: "200 focal approver reader provider sponsor secretary member, 404 others"},
		{op: "commentReview", id: review, body: text, may: member},
		{op: "objectToReview", fresh: i.review, body: text, may: member},
		{op: "withdrawObjection", fresh: i.after("object", text), may: member},
		{op: "modifyReview", fresh: i.review, body: text, may: member},
		{op: "answerReview", fresh: i.after("modify", text), body: `{"agreed":false}`, may: "200 focal approver provider sponsor, 403 secretary member, 404 others"},
		{op: "returnReview", fresh: i.review, body: text, may: member},
		{op: "adviseReview", id: review, body: text, may: member},
		{op: "noteReview", id: review, body: `{"criterion":"theme","text":"Too broad."}`, may: member},
		{op: "declareInterest", fresh: i.review, body: text, may: member},
	}
}
