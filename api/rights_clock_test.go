package api_test

// Everybody who is signed in has clocks of his own, be it none.
func (tables) Clocks(i *installation) []right {
	i.openNeed("An open need")
	return []right{{op: "listClocks", query: inFCTC, may: "200 others"}}
}
