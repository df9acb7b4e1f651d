package api_test

// How a convention words its mails is its secretariat's.
func (tables) Templates(i *installation) []right {
	const which = "need.admit fr"
	override := func() string {
		i.ask("secretary", "PUT", "/api/v1/templates/need.admit/fr?"+inFCTC, `{"subject":"Admis"}`, "If-Match", "*").is(200)
		return which
	}
	return []right{
		{op: "listTemplates", query: inFCTC, may: "200 secretary, 403 others"},
		{op: "getTemplate", id: which, query: inFCTC, may: "200 secretary, 403 others"},
		{op: "replaceTemplate", id: which, query: inFCTC, body: `{"subject":"Admis"}`, may: "200 secretary, 403 others"},
		{op: "deleteTemplate", fresh: override, query: inFCTC, may: "204 secretary, 403 others"},
		{op: "previewTemplate", id: which, query: inFCTC, body: `{"subject":"Admis"}`, may: "200 secretary, 403 others"},
	}
}
