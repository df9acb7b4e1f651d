package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"entente/cooperation"
	"entente/matching"
	"entente/message"
	"entente/platform"
)

// shown is how many pairings of a convention a person is shown.
const shown = 5

// pair is one pairing of a ranking.
type pair struct {
	need, offer string
	score       matching.Score
}

// showRanking prints the best pairings of a convention with what speaks for
// them, and which bodies were told.
func (p *program) showRanking(i *installation, c *cooperation.Convention, r *platform.Ranking, limit int) {
	names := i.platform.Names(c.ID)
	state, _ := i.platform.State(c.ID)
	p.sayOf(names, "cli.match.convention", message.Of(message.Convention, "convention", c.ID), message.Int("needs", r.Run.Needs),
		message.Int("offers", r.Run.Offers), message.Int("pairs", r.Run.Pairs), message.Int("unmatched", r.Run.Unmatched),
		message.Of(message.Text, "seconds", p.local.Decimal(fmt.Sprintf("%.3f", r.Seconds))))
	for n, best := range bestPairs(r, limit) {
		need, _ := state.Need(best.need)
		offer, _ := state.Offer(best.offer)
		if need == nil || offer == nil {
			continue // withdrawn by somebody else since the run
		}
		p.sayOf(names, "cli.match.pairing", message.Int("rank", n+1), message.Of(message.Text, "score", p.local.Score(int64(best.score))),
			message.Of(message.Text, "need", need.Title), message.List(message.Countries, "beneficiaries", codes(need.Beneficiaries)...),
			message.Of(message.Text, "offer", offer.Title), message.Of(message.Party, "provider", string(offer.Provider)))
		if result, ok := i.platform.Pairing(&cooperation.Proposal{Meta: cooperation.Meta{Convention: c.ID}, Need: best.need, Offers: []string{best.offer}}); ok {
			for _, reason := range platform.MainReasons(result.Parts) {
				fmt.Fprintf(p.out, "      %s\n", p.local.Render(reason, names))
			}
		}
		p.showMarks(r.Marks(best.need, best.offer))
		p.showBundle(i, c, r, best.need)
	}
	p.showTold(i, c, r)
}

// showTold prints who was told of the run and how.
func (p *program) showTold(i *installation, c *cooperation.Convention, r *platform.Ranking) {
	names := i.platform.Names(c.ID)
	if r.Unchanged {
		p.sayOf(names, "cli.match.unchanged")
		return
	}
	type count struct{ mail, app int }
	told := map[string]*count{}
	for _, n := range r.Told {
		if told[n.Committee] == nil {
			told[n.Committee] = &count{}
		}
		if n.Status == cooperation.Pending {
			told[n.Committee].mail++
		} else {
			told[n.Committee].app++
		}
	}
	key := "cli.match.told_outbox"
	if i.deliver != nil {
		key = "cli.match.told_mail"
	}
	for _, body := range slices.Sorted(maps.Keys(r.Bodies)) {
		if told[body] == nil {
			p.sayOf(names, "cli.match.told_nobody", message.Of(message.Body, "body", body), message.Count(r.Bodies[body]))
			continue
		}
		p.sayOf(names, key, message.Of(message.Body, "body", body), message.Count(r.Bodies[body]),
			message.Int("mail", told[body].mail), message.Int("app", told[body].app+told[body].mail))
	}
	if parties := told[""]; parties != nil {
		p.sayOf(names, "cli.match.told_parties", message.Count(parties.mail+parties.app))
	}
	fmt.Fprintln(p.out)
}

// bestPairs are the best pairings of a run, at most one for each need, so that
// a list of five shows five needs.
func bestPairs(r *platform.Ranking, limit int) []pair {
	var all []pair
	for i := range r.Reports {
		if report := &r.Reports[i]; len(report.Matches) > 0 {
			all = append(all, pair{report.ID, report.Matches[0].ID, report.Matches[0].Score})
		}
	}
	slices.SortFunc(all, func(a, b pair) int { return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.need, b.need)) })
	return all[:min(limit, len(all))]
}

func codes[T fmt.Stringer](list []T) []string {
	out := make([]string, len(list))
	for i, c := range list {
		out[i] = c.String()
	}
	return out
}
