package api_test

// draftNeed makes a draft of a need of Angola.
func (i *installation) draftNeed() string {
	i.t.Helper()
	return i.ask("focal", "POST", "/api/v1/needs", needBody("A draft")).is(201).document().ID
}

// submittedNeed makes a need that waits for the secretariat.
func (i *installation) submittedNeed() string {
	i.t.Helper()
	id := i.draftNeed()
	i.ask("approver", "POST", "/api/v1/needs/"+id+"/submit", submission, "If-Match", "*").is(200)
	return id
}

const submission = `{"clearance":{"date":"2026-01-15"}}`

// Needs are drafted by the focal point, cleared by the approver and admitted by
// the secretariat. Reader is a focal point too, with a token that only reads.
func (tables) Needs(i *installation) []right {
	open := func() string { return i.openNeed("An open need").ID }
	draft, standing := i.draftNeed(), open()
	content := without(needBody("Again"), "convention")
	return []right{
		{op: "listNeeds", query: "convention=fctc", may: "200 others"},
		{op: "getNeed", what: "open", id: standing, may: "200 others"},
		{op: "getNeed", what: "draft", id: draft, may: "200 focal approver reader, 404 others"},
		{op: "getNeed", what: "submitted", id: i.submittedNeed(), may: "200 focal approver reader secretary, 404 others"},
		{op: "getNeed", what: "absent", id: nobody, may: "404 others"},
		{op: "getNeed", what: "an id that is none", id: "x", may: "404 others"},
		{op: "createNeed", body: needBody("Another"), may: "201 focal approver, 403 others"},
		{op: "replaceNeed", what: "draft", id: draft, body: content, may: "200 focal approver, 404 others"},
		{op: "replaceNeed", what: "open", id: standing, body: content, may: "200 approver, 403 others"},
		{op: "submitNeed", fresh: i.draftNeed, body: submission, may: "200 approver, 403 focal, 404 others"},
		{op: "admitNeed", fresh: i.submittedNeed, may: "200 secretary, 403 focal approver, 404 others"},
		{op: "admitNeed", what: "open", id: standing, may: "409 secretary, 403 others"},
		{op: "admitNeed", what: "absent", id: nobody, may: "404 others"},
		{op: "returnNeed", fresh: i.submittedNeed, body: `{"text":"Which law?"}`, may: "200 secretary, 403 focal approver, 404 others"},
		{op: "withdrawNeed", what: "draft", fresh: i.draftNeed, may: "200 focal approver, 404 others"},
		{op: "withdrawNeed", what: "open", fresh: open, may: "200 focal approver, 403 others"},
		{op: "closeNeed", fresh: open, may: "200 focal approver secretary, 403 others"},
		{op: "reconfirmNeed", id: standing, may: "200 focal approver, 403 others"},
		{op: "carryOverNeed", what: "open", id: standing, may: "201 focal approver, 403 others"},
		{op: "carryOverNeed", what: "draft", id: draft, may: "409 focal approver, 404 others"},
		{op: "listNeedMatches", what: "open", id: standing, may: "200 focal approver reader secretary member, 403 others"},
		{op: "listNeedMatches", what: "draft", id: draft, may: "200 focal approver reader, 404 others"},
		{op: "importNeeds", body: csvNeeds, headers: []string{"Content-Type", "text/csv"}, may: "200 secretary foreigner abroad, 403 others"},
	}
}
