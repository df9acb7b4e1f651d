package api

import (
	"context"

	"entente/cooperation"
	"entente/matching"
	"entente/message"
	"entente/platform"
)

// defaultMatches is how many candidates are listed when nobody says how many.
const defaultMatches = 10

// matches ranks for one posting; who may see that is the platform's to ask.
type matches interface {
	NeedMatches(actor cooperation.Actor, id string, k int) (*platform.Matches, error)
	OfferMatches(actor cooperation.Actor, id string, k int) (*platform.Matches, error)
	// Pairing explains a proposal as it would score now; false when it does not
	// pass the filters any more.
	Pairing(p *cooperation.Proposal) (matching.Result, bool)
	// Marks are the marks of a proposal whose need and offers are open.
	Marks(p *cooperation.Proposal) []matching.Mark
}

// ListNeedMatches ranks the offers for a need.
func (a *api) ListNeedMatches(ctx context.Context, r ListNeedMatchesRequestObject) (ListNeedMatchesResponseObject, error) {
	c, _ := callOf(ctx)
	m, err := a.platform.NeedMatches(c.actor, r.ID, orElse(r.Params.Limit, defaultMatches))
	if err != nil {
		return nil, err
	}
	c.about(m.Convention)
	state, _ := a.platform.State(m.Convention.ID)
	out := ListNeedMatches200JSONResponse{Need: c.needInShort(state, m.Report.ID), Position: int64(m.Position), Candidates: m.Report.Candidates,
		Matches: []NeedMatch{}, Discoveries: []NeedMatch{}, Bundles: c.bundles(state, m.Bundles), Filtered: c.filterReport(m.Report.Filtered, matching.Reason.OffersRemoved),
		Change: change(m.Report.Change, c.say(m.Report.Change.ForNeed()))}
	need, ok := state.Need(m.Report.ID)
	whole := ok && cooperation.SeesNeed(c.actor, need) == cooperation.SeesAll // so whom it prefers is not withheld
	for _, match := range m.Report.Matches {
		out.Matches = append(out.Matches, NeedMatch{Offer: c.offerInShort(state, match.ID), Score: int64(match.Score),
			Preferred: whole && match.Preferred, Parts: c.parts(m.Parts[match.ID]), Marks: c.marks(m.Marks[match.ID])})
	}
	for _, d := range m.Discoveries {
		out.Discoveries = append(out.Discoveries, NeedMatch{Offer: c.offerInShort(state, d.Offer), Score: int64(d.Score), Parts: c.parts(d.Parts), Marks: c.marks(d.Marks)})
	}
	return out, nil
}

// ListOfferMatches ranks the needs for an offer.
func (a *api) ListOfferMatches(ctx context.Context, r ListOfferMatchesRequestObject) (ListOfferMatchesResponseObject, error) {
	c, _ := callOf(ctx)
	m, err := a.platform.OfferMatches(c.actor, r.ID, orElse(r.Params.Limit, defaultMatches))
	if err != nil {
		return nil, err
	}
	c.about(m.Convention)
	state, _ := a.platform.State(m.Convention.ID)
	out := ListOfferMatches200JSONResponse{Offer: c.offerInShort(state, m.Report.ID), Position: int64(m.Position), Candidates: m.Report.Candidates,
		Matches: []OfferMatch{}, Filtered: c.filterReport(m.Report.Filtered, matching.Reason.NeedsRemoved),
		Change: change(m.Report.Change, c.say(m.Report.Change.ForOffer()))}
	for _, match := range m.Report.Matches {
		out.Matches = append(out.Matches, OfferMatch{Need: c.needInShort(state, match.ID), Score: int64(match.Score), Parts: c.parts(m.Parts[match.ID]), Marks: c.marks(m.Marks[match.ID])})
	}
	return out, nil
}

// parts puts the parts of a score into the reader's words.
func (c *call) parts(parts []matching.Part) Parts {
	out := Parts{}
	for _, p := range parts {
		out = append(out, c.part(p, p.Message))
	}
	return out
}

// filterReport lists what the filters removed, in their order.
func (c *call) filterReport(removed map[matching.Reason]int, sentence func(matching.Reason, int) message.Message) FilterReport {
	out := FilterReport{}
	for reason := matching.NeedClosed; reason <= matching.CapacityUsed; reason++ {
		if count := removed[reason]; count > 0 {
			out = append(out, FilterCount{Reason: reason.String(), Label: c.say(reason.Label()), Count: count, Sentence: c.say(sentence(reason, count))})
		}
	}
	return out
}

// change is the single change that is suggested, empty where there is none.
func change(m matching.Change, sentence string) Change {
	if m.Zero() {
		return Change{}
	}
	return Change{Sort: m.Sort.String(), Value: m.Value, Count: m.Count, Sentence: sentence}
}

// orElse is a number, or another where it was not given.
func orElse(n, otherwise int) int {
	if n == 0 {
		return otherwise
	}
	return n
}
