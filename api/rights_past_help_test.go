package api_test

import "net/url"

const csvPastHelp = "year,beneficiary,theme,provider,amount\n2019,AGO,fctc-art6,NOR,250000\n2020,AO,fctc-art6,NO,\n2020,AO,medicine,NO,\n2020,MZ,medicine,NO,\n"

// pastHelp is a set that the secretariat has imported.
func (i *installation) pastHelp(source string) (id string) {
	i.t.Helper()
	var report struct{ Set struct{ ID string } }
	i.ask("secretary", "POST", "/api/v1/conventions/fctc/history?source="+url.QueryEscape(source), csvPastHelp, "Content-Type", "text/csv").is(200).into(&report)
	return report.Set.ID
}

// Everybody reads what past help counts; the secretariat keeps it.
func (tables) PastHelp(i *installation) []right {
	set := i.pastHelp("Reports")
	removed := i.pastHelp("Old reports")
	i.ask("secretary", "DELETE", "/api/v1/conventions/fctc/history/"+removed, nil, "If-Match", "*").is(204)
	fresh := func() string { return "fctc " + i.pastHelp("Reports of "+i.nextCode()) }
	return []right{
		{op: "listPastHelp", id: "fctc", may: "200 others"},
		{op: "getPastHelp", id: "fctc " + set, may: "200 others"},
		{op: "getPastHelp", what: "removed", id: "fctc " + removed, may: "200 secretary, 404 others"},
		{op: "importPastHelp", id: "fctc", query: "source=Reports", body: csvPastHelp, headers: []string{"Content-Type", "text/csv"}, may: "200 secretary, 403 others"},
		{op: "removePastHelp", fresh: fresh, may: "204 secretary, 403 others"},
	}
}
