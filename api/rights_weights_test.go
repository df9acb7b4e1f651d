package api_test

const adoptedWeights = `{"weights":{"theme":300000,"kind":130000,"language":170000,"region":120000,"size":60000,"time":60000,"record":110000,"fairness":50000},"reason":"Decided by the Bureau."}`

const triedWeights = `{"weights":{"theme":0,"kind":0,"language":1000000,"region":0,"size":0,"time":0,"record":0,"fairness":0}}`

// How scores are made up is open; the secretariat changes it, and the chair of
// the body that the profile names. The member of the tests presides over
// nothing.
func (tables) Weights(*installation) []right {
	return []right{
		{op: "getWeights", id: "fctc", may: "200 others"},
		{op: "adoptWeights", id: "fctc", body: adoptedWeights, may: "200 secretary, 403 others"},
		{op: "previewWeights", id: "fctc", body: triedWeights, may: "200 secretary, 403 others"},
	}
}
