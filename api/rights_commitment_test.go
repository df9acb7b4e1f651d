package api_test

import "strconv"

func commitmentBody(code string) map[string]any {
	return map[string]any{"convention": "fctc", "code": code, "title": map[string]any{"en": "Adopt a national plan", "fr": "Adopter un plan national"},
		"plan": "Global Strategy", "indicator": "Number of plans", "deadline": "2025-12-31", "parties": []string{"AO", "NA"}, "themes": []string{"fctc-art14"}}
}

// nextCode is a code that no commitment bears.
func (i *installation) nextCode() string {
	i.made++
	return "Measure " + strconv.Itoa(i.made)
}

// planned makes a commitment of Angola and Namibia.
func (i *installation) planned() string {
	i.t.Helper()
	return i.ask("secretary", "POST", "/api/v1/commitments", commitmentBody(i.nextCode())).is(201).commitment().ID
}

const angolaReports = `{"country":"AO","status":"under_way","date":"2026-01-15","note":"Drafted."}`

// Commitments are open; the secretariat keeps them, and a Party reports for
// itself.
func (tables) Commitments(i *installation) []right {
	id := i.planned()
	fresh := func() any { return commitmentBody(i.nextCode()) }
	return []right{
		{op: "listCommitments", query: inFCTC, may: "200 others"},
		{op: "createCommitment", body: fresh, may: "201 secretary, 403 others"},
		{op: "getCommitment", id: id, may: "200 others"},
		{op: "getCommitment", what: "absent", id: nobody, may: "404 others"},
		{op: "replaceCommitment", id: id, body: without(commitmentBody("Measure X"), "convention"), may: "200 secretary, 403 others"},
		{op: "reportProgress", id: id, body: angolaReports, may: "200 focal approver, 403 others"},
		{op: "reportProgress", what: "of a State that it does not bind", id: id, body: `{"country":"NO","status":"done","date":"2026-01-15"}`, may: "422 sponsor, 403 others"},
		{op: "retireCommitment", fresh: i.planned, body: `{"text":"Its plan is over."}`, may: "200 secretary, 403 others"},
	}
}
