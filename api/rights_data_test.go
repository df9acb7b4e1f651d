package api_test

// Open data is for everybody.
func (tables) OpenData(*installation) []right {
	return []right{
		{op: "getOpenData", id: "fctc needs.csv", may: "200 others"},
	}
}
