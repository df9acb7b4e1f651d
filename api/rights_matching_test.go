package api_test

// matched makes a need and an offer and has the matcher pair them.
func (i *installation) matched() (run, proposal string) {
	i.t.Helper()
	i.openNeed("An open need")
	i.openOffer("An open offer")
	run = i.ask("secretary", "POST", "/api/v1/runs", `{"convention":"fctc"}`).is(201).document().ID
	var proposals struct{ Items []struct{ ID string } }
	i.ask("secretary", "GET", "/api/v1/proposals?convention=fctc", nil).is(200).into(&proposals)
	if len(proposals.Items) != 1 {
		i.t.Fatalf("there are %d proposals", len(proposals.Items))
	}
	return run, proposals.Items[0].ID
}

// Runs are for those who facilitate; a proposal is also for its two sides.
func (tables) Matching(i *installation) []right {
	run, proposal := i.matched()
	both := needBody("A law and what it costs")
	both["kinds"] = []any{map[string]any{"kind": "legal", "change": "A bill is before parliament."}, map[string]any{"kind": "finance", "change": "It is paid for."}}
	need := i.openedNeed(both).ID
	money := offerBody("Money")
	money["kinds"] = []any{map[string]any{"kind": "finance"}}
	together := map[string]any{"offers": []string{i.openOffer("Advice").ID, i.opened(money).ID}}
	return []right{
		{op: "listRuns", query: "convention=fctc", may: "200 secretary member, 403 others"},
		{op: "listRuns", what: "of another convention", query: "convention=apmbc", may: "200 foreigner abroad, 403 others"},
		{op: "getRun", id: run, may: "200 secretary member, 404 others"},
		{op: "getRun", what: "absent", id: nobody, may: "404 others"},
		{op: "verifyRun", id: run, may: "200 secretary, 403 member, 404 others"},
		{op: "verifyRun", what: "absent", id: nobody, may: "404 others"},
		{op: "startRun", body: `{"convention":"fctc"}`, may: "201 secretary, 403 others"},
		{op: "startRun", what: "in another convention", body: `{"convention":"apmbc"}`, may: "201 foreigner abroad, 403 others"},
		{op: "listProposals", query: "convention=fctc", may: "200 others"},
		{op: "getProposal", id: proposal, may: "200 focal approver reader provider sponsor secretary member, 404 others"},
		{op: "proposeBundle", id: need, body: together, may: "200 focal approver secretary, 403 others"},
		{op: "proposeBundle", what: "absent", id: nobody, body: together, may: "404 others"},
		{op: "getProposal", what: "absent", id: nobody, may: "404 others"},
	}
}
