package api_test

// Who sees a document reads its history, and as much of it as is theirs.
func (tables) Histories(i *installation) []right {
	run, proposal := i.matched()
	need, offer := i.openNeed("Another need").ID, i.openOffer("Another offer").ID
	return []right{
		{op: "listNeedHistory", what: "open", id: need, may: "200 others"},
		{op: "listNeedHistory", what: "draft", id: i.draftNeed(), may: "200 focal approver reader, 404 others"},
		{op: "listNeedHistory", what: "absent", id: nobody, may: "404 others"},
		{op: "listOfferHistory", what: "open", id: offer, may: "200 others"},
		{op: "listOfferHistory", what: "absent", id: nobody, may: "404 others"},
		{op: "listProposalHistory", id: proposal, may: "200 focal approver reader provider sponsor secretary member, 404 others"},
		{op: "listProposalHistory", what: "absent", id: nobody, may: "404 others"},
		{op: "listOrganisationHistory", what: "admitted", id: i.admittedOrganisation(), query: inFCTC, may: "200 others"},
		{op: "listOrganisationHistory", what: "applied", id: i.applied(), query: inFCTC, may: "200 observer secretary, 404 others"},
		{op: "listRunHistory", id: run, may: "200 secretary member, 404 others"},
		{op: "listRunHistory", what: "absent", id: nobody, may: "404 others"},
		{op: "exportNeeds", query: "convention=fctc", may: "200 others"},
		{op: "exportOffers", query: "convention=fctc", may: "200 others"},
		{op: "exportProposals", query: "convention=fctc", may: "200 others"},
		{op: "listAudit", query: "convention=fctc", may: "200 secretary administrator, 403 others"},
		{op: "listAudit", what: "of another convention", query: "convention=apmbc", may: "200 foreigner abroad administrator, 403 others"},
		{op: "getStatistics", query: "convention=fctc", may: "200 others"},
		{op: "search", query: "convention=fctc&q=need", may: "200 others"},
		{op: "listAccountsAudit", may: "200 administrator, 403 others"},
	}
}
