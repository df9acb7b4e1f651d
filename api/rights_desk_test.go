package api_test

// The desk of a body is for those who sit on it and the secretariat.
func (tables) Desks(i *installation) []right {
	i.seated()
	i.openOffer("An open offer")
	proposal := i.proposed()
	return []right{
		{op: "getQueue", id: "bureau", query: inFCTC, may: "200 secretary member, 403 others"},
		{op: "getDesk", id: proposal, may: "200 secretary member, 403 focal approver reader provider sponsor, 404 others"},
		{op: "getDesk", what: "absent", id: nobody, may: "404 others"},
	}
}
