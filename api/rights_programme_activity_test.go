package api_test

import "strconv"

const aLine = `{"number":"1.6","title":"Develop tools","currency":"USD","cost":"250000","core":"100000","sought":"150000"}`

// line enters a line of the programme.
func (i *installation) line() string {
	i.t.Helper()
	i.made++
	body := map[string]any{"convention": "fctc", "number": "2." + strconv.Itoa(i.made), "title": "Develop tools", "currency": "USD", "cost": "1000", "sought": "1000"}
	return i.ask("secretary", "POST", "/api/v1/programme-activities", body).is(201).document().ID
}

// The programme is open; the secretariat keeps it, and its pairings are for
// those who facilitate.
func (tables) Programme(i *installation) []right {
	id := i.line()
	return []right{
		{op: "listProgrammeActivities", query: inFCTC, may: "200 others"},
		{op: "createProgrammeActivity", body: `{"convention":"fctc",` + aLine[1:], may: "201 secretary, 403 others"},
		{op: "getProgrammeActivity", id: id, may: "200 others"},
		{op: "getProgrammeActivity", what: "absent", id: nobody, may: "404 others"},
		{op: "replaceProgrammeActivity", id: id, body: aLine, may: "200 secretary, 403 others"},
		{op: "getProgrammeFunding", id: id, may: "200 others"},
		{op: "getProgrammeFunding", what: "absent", id: nobody, may: "404 others"},
		{op: "listProgrammeMatches", id: id, may: "200 secretary member, 403 others"},
		{op: "fundProgrammeActivity", fresh: i.line, may: "200 secretary, 403 others"},
		{op: "closeProgrammeActivity", fresh: i.line, body: `{"text":"The tools are published."}`, may: "200 secretary, 403 others"},
	}
}
