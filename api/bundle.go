package api

import (
	"strings"

	"entente/matching"
	"entente/message"
	"entente/platform"
)

// bundles puts the bundles for a need into the reader's words. A need that is
// not open has none.
func (c *call) bundles(state documents, found *platform.Bundles) Bundles {
	out := Bundles{Items: []Bundle{}}
	if found == nil {
		return out
	}
	r := &found.Report
	out.Suitable, out.Searched = r.Suitable, r.Searched
	if why := r.None(); !why.Zero() {
		out.None = c.say(why)
	}
	for i := range r.Bundles {
		b := &r.Bundles[i]
		shown := Bundle{Members: []BundleMember{}, Score: int64(b.Score), Parts: Parts{}, Sentence: c.say(b.Sentence(found.Need)), Marks: c.marks(b.Marks)}
		for p, part := range b.Parts {
			shown.Parts = append(shown.Parts, c.part(part, found.Parts[i][p]...))
		}
		for _, m := range b.Members {
			member := BundleMember{Offer: c.offerInShort(state, m.Offer.ID), Kinds: []Kind{}, Share: int64(m.Share), Contributor: m.Contributor}
			for _, code := range m.Kinds.Codes() {
				member.Kinds = append(member.Kinds, Kind(code))
			}
			for _, sentence := range m.Sentences() {
				member.Sentences = append(member.Sentences, c.say(sentence))
			}
			shown.Members = append(shown.Members, member)
		}
		out.Items = append(out.Items, shown)
	}
	return out
}

// marks names the marks of a pairing or a bundle.
func (c *call) marks(marks []matching.Mark) Marks {
	out := Marks{}
	for _, m := range marks {
		out = append(out, Mark{Name: MarkName(m.String()), Label: c.say(m.Label()), Sentence: c.say(m.Sentence())})
	}
	return out
}

// part is a part of a score, explained by one or more sentences.
func (c *call) part(p matching.Part, why ...message.Message) Part {
	var sentences []string
	for _, m := range why {
		sentences = append(sentences, c.say(m))
	}
	return Part{Name: p.Name.String(), Label: c.say(p.Name.Label()), Value: int64(p.Value), Weight: int64(p.Weight),
		Points: int64(p.Points), Sentence: strings.Join(sentences, " ")}
}
