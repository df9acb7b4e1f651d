package api_test

func activityBody(title string) map[string]any {
	return map[string]any{"convention": "fctc", "beneficiaries": []any{"AO"}, "providers": []any{"NO"}, "title": title,
		"themes": []any{"fctc-art8"}, "kinds": []any{"training"}, "start": "2026-02-01", "amount": map[string]any{"amount": "180000", "currency": "EUR"},
		"source": "Convention report 2025"}
}

// activity makes one that the secretariat has entered.
func (i *installation) activity(title string) string {
	i.t.Helper()
	return i.ask("secretary", "POST", "/api/v1/activities", activityBody(title)).is(201).document().ID
}

func (i *installation) withdrawnActivity() string {
	i.t.Helper()
	id := i.activity("Entered twice")
	i.ask("secretary", "POST", "/api/v1/activities/"+id+"/withdraw", nil, "If-Match", "*").is(200)
	return id
}

// Those who speak for one of its States or organisations enter and change an
// activity, and the secretariat; everybody reads it.
func (tables) Activities(i *installation) []right {
	fresh := func() string { return i.activity("Courses") }
	open, withdrawn := fresh(), i.withdrawnActivity()
	content := without(activityBody("Courses for inspectors"), "convention")
	reason := `{"text":"The funds were not renewed."}`
	const own = "200 focal approver provider sponsor secretary, "
	return []right{
		{op: "listActivities", query: inFCTC + "&facets=true", may: "200 others"},
		{op: "createActivity", body: activityBody("Courses"), may: "201 focal approver provider sponsor secretary, 403 others"},
		{op: "getActivity", id: open, may: "200 others"},
		{op: "getActivity", what: "withdrawn", id: withdrawn, may: own[:len(own)-2] + " reader, 404 others"},
		{op: "getActivity", what: "absent", id: nobody, may: "404 others"},
		{op: "replaceActivity", id: open, body: content, may: own + "403 others"},
		{op: "replaceActivity", what: "withdrawn", id: withdrawn, body: content, may: "409 focal approver provider sponsor secretary, 404 others"},
		{op: "completeActivity", fresh: fresh, may: own + "403 others"},
		{op: "stopActivity", fresh: fresh, body: reason, may: own + "403 others"},
		{op: "withdrawActivity", fresh: fresh, may: own + "403 others"},
		{op: "importActivities", body: csvActivities, headers: []string{"Content-Type", "text/csv"}, may: "200 secretary foreigner abroad, 403 others"},
	}
}

const csvActivities = "external_id,convention,beneficiaries,providers,title,themes,kinds\nrow-x,fctc,AO,NO new-fund,Courses,fctc-art8,training\n"
