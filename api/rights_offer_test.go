package api_test

// draftOffer makes a draft of an offer of Norway.
func (i *installation) draftOffer() string {
	i.t.Helper()
	return i.ask("provider", "POST", "/api/v1/offers", offerBody("A draft")).is(201).document().ID
}

// submittedOffer makes an offer that waits for the secretariat.
func (i *installation) submittedOffer() string {
	i.t.Helper()
	id := i.draftOffer()
	i.ask("provider", "POST", "/api/v1/offers/"+id+"/submit", nil, "If-Match", "*").is(200)
	return id
}

// Offers are drafted by the provider, for whom the approver stands surety when
// they bind, and admitted by the secretariat.
func (tables) Offers(i *installation) []right {
	open := func() string { return i.openOffer("An open offer").ID }
	pledge := func() string {
		body := offerBody("A pledge")
		body["firmness"] = "pledge"
		return i.ask("provider", "POST", "/api/v1/offers", body).is(201).document().ID
	}
	draft, standing := i.draftOffer(), open()
	content := without(offerBody("Again"), "convention")
	return []right{
		{op: "listOffers", query: "convention=fctc", may: "200 others"},
		{op: "getOffer", what: "open", id: standing, may: "200 others"},
		{op: "getOffer", what: "draft", id: draft, may: "200 provider sponsor, 404 others"},
		{op: "getOffer", what: "submitted", id: i.submittedOffer(), may: "200 provider sponsor secretary, 404 others"},
		{op: "getOffer", what: "absent", id: nobody, may: "404 others"},
		{op: "createOffer", body: offerBody("Another"), may: "201 provider sponsor, 403 others"},
		{op: "replaceOffer", what: "draft", id: draft, body: content, may: "200 provider sponsor, 404 others"},
		{op: "replaceOffer", what: "open", id: standing, body: content, may: "200 provider sponsor, 403 others"},
		{op: "submitOffer", what: "indication", fresh: i.draftOffer, may: "200 provider sponsor, 404 others"},
		{op: "submitOffer", what: "pledge", fresh: pledge, body: submission, may: "200 sponsor, 403 provider, 404 others"},
		{op: "admitOffer", fresh: i.submittedOffer, may: "200 secretary, 403 provider sponsor, 404 others"},
		{op: "returnOffer", fresh: i.submittedOffer, body: `{"text":"For whom?"}`, may: "200 secretary, 403 provider sponsor, 404 others"},
		{op: "withdrawOffer", what: "draft", fresh: i.draftOffer, may: "200 provider sponsor, 404 others"},
		{op: "withdrawOffer", what: "open", fresh: open, may: "200 provider sponsor, 403 others"},
		{op: "closeOffer", fresh: open, may: "200 provider sponsor secretary, 403 others"},
		{op: "reconfirmOffer", id: standing, may: "200 provider sponsor, 403 others"},
		{op: "carryOverOffer", what: "open", id: standing, may: "201 provider sponsor, 403 others"},
		{op: "carryOverOffer", what: "draft", id: draft, may: "409 provider sponsor, 404 others"},
		{op: "listOfferMatches", what: "open", id: standing, may: "200 provider sponsor secretary member, 403 others"},
		{op: "listOfferMatches", what: "draft", id: draft, may: "200 provider sponsor, 404 others"},
		{op: "importOffers", body: csvOffers, headers: []string{"Content-Type", "text/csv"}, may: "200 secretary foreigner abroad, 403 others"},
	}
}

const csvOffers = "external_id,convention,provider,title,themes,kinds,languages\nrow-9,fctc,NO,Taxes,fctc-art6,expertise,en\n"
