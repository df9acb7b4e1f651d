package api_test

// What a convention says of itself is for everybody.
func (tables) Conventions(*installation) []right {
	return []right{
		{op: "listConventions", may: "200 others"},
		{op: "getConvention", id: "fctc", may: "200 others"},
		{op: "getConvention", what: "absent", id: nobody, may: "404 others"},
		{op: "listParties", id: "fctc", may: "200 others"},
		{op: "listThemes", query: "convention=fctc", may: "200 others"},
		{op: "listCommittees", query: "convention=fctc", may: "200 others"},
	}
}

// So is whether the installation works.
func (tables) Service(i *installation) []right {
	var rows []right
	for id, op := range operationsOf(i.doc) {
		if op.Tags[0] == "service" {
			row := right{op: id, may: "200 others"}
			if id == "getDocsFile" {
				row.id = "page.css"
			}
			rows = append(rows, row)
		}
	}
	return rows
}
