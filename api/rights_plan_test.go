package api_test

// A plan is for those who facilitate; nothing is written by asking.
func (tables) Plan(i *installation) []right {
	i.matched()
	return []right{
		{op: "planConvention", id: "fctc", body: `{}`, may: "200 secretary member, 403 others"},
		{op: "planConvention", what: "of another convention", id: "apmbc", body: `{"limit":300000}`, may: "200 foreigner abroad, 403 others"},
		{op: "planConvention", what: "of none", id: nobody, body: `{}`, may: "404 others"},
	}
}
