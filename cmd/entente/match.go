package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"entente/cooperation"
	"entente/matching"
	"entente/matching/bundle"
	"entente/message"
	"entente/platform"
)

// matchCommand runs the matcher once.
type matchCommand struct {
	Convention string `help:"${cli_match_convention_help}" placeholder:"ID"`
	Recorded   string `help:"${cli_match_run_help}" name:"run" placeholder:"ID" and:"verify"`
	Verify     bool   `help:"${cli_match_verify_help}" and:"verify"`
	JSON       bool   `help:"${cli_option_json}" name:"json"`
}

// operator is who acts at the command line: whoever can open the store.
var operator = cooperation.System("operator")

// Run is called by kong.
func (c *matchCommand) Run(ctx context.Context, p *program) error {
	i, err := p.open(ctx)
	if err != nil {
		return err
	}
	if c.Verify {
		return errors.Join(c.verify(ctx, p, i), i.close())
	}
	err = c.match(ctx, p, i)
	return errors.Join(err, i.close())
}

func (c *matchCommand) match(ctx context.Context, p *program, i *installation) error {
	chosen := false
	for _, convention := range i.platform.Conventions() {
		if c.Convention != "" && c.Convention != convention.ID {
			continue
		}
		chosen = true
		r, err := i.platform.Run(ctx, operator, convention.ID, platform.RunOptions{Trigger: "command", All: c.JSON})
		if err != nil {
			return err
		}
		if c.JSON {
			if err := writeRanking(p, r); err != nil {
				return err
			}
			continue
		}
		p.showRanking(i, convention, r, shown)
	}
	if !chosen {
		return cooperation.Refuse(cooperation.Invalid, "error.invalid.unknown_convention", message.Of(message.Text, "value", c.Convention))
	}
	return deliverNow(ctx, i)
}

// deliverNow sends what is due, since no server may be running to do it.
func deliverNow(ctx context.Context, i *installation) error {
	if i.deliver == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	return i.deliver(ctx)
}

// The form of match --json. Scores, values, weights and points are integers:
// millionths of a point, and millionths.
type (
	rankingJSON struct {
		Run   runJSON    `json:"run"`
		Needs []needJSON `json:"needs"`
	}
	runJSON struct {
		ID         string  `json:"id"`
		Convention string  `json:"convention"`
		Position   uint64  `json:"position"`
		Day        string  `json:"day"`
		Engine     string  `json:"engine"`
		Weights    int     `json:"weights"`
		Digest     string  `json:"digest"`
		Needs      int     `json:"needs"`
		Offers     int     `json:"offers"`
		Pairs      int     `json:"pairs"`
		Unmatched  int     `json:"unmatched"`
		Proposals  int     `json:"proposals"`
		Added      int     `json:"added"`
		Superseded int     `json:"superseded"`
		Kept       int     `json:"kept"`
		Told       int     `json:"told"`
		Unchanged  bool    `json:"unchanged"`
		Seconds    float64 `json:"seconds"`
		Unit       string  `json:"unit"`
	}
	needJSON struct {
		ID         string         `json:"id"`
		ExternalID string         `json:"external_id"`
		Matches    []matchJSON    `json:"matches"`
		Bundles    []bundleJSON   `json:"bundles"`
		Filtered   map[string]int `json:"filtered"`
		Change     *changeJSON    `json:"change,omitempty"`
	}
	matchJSON struct {
		Offer offerJSON       `json:"offer"`
		Score int64           `json:"score"`
		Parts []matching.Part `json:"parts"`
		Marks []matching.Mark `json:"marks"`
	}
	bundleJSON struct {
		Members []memberJSON    `json:"members"`
		Score   int64           `json:"score"`
		Parts   []matching.Part `json:"parts"`
		Marks   []matching.Mark `json:"marks"`
	}
	memberJSON struct {
		Offer       offerJSON `json:"offer"`
		Kinds       []string  `json:"kinds"`
		Share       int32     `json:"share,omitempty"`
		Contributor bool      `json:"contributor,omitempty"`
	}
	offerJSON struct {
		ID         string `json:"id"`
		ExternalID string `json:"external_id"`
	}
	changeJSON struct {
		Sort  string `json:"sort"`
		Value string `json:"value,omitempty"`
		Count int    `json:"count"`
	}
)

func writeRanking(p *program, r *platform.Ranking) error {
	run := r.Run
	out := rankingJSON{Run: runJSON{ID: run.ID, Convention: run.Convention, Position: run.Position, Day: run.Day.String(), Engine: run.Engine,
		Weights: run.Weights, Digest: run.Digest, Needs: run.Needs, Offers: run.Offers, Pairs: run.Pairs, Unmatched: run.Unmatched,
		Proposals: run.Proposals, Added: run.Added, Superseded: run.Superseded, Kept: run.Kept, Told: len(r.Told), Unchanged: r.Unchanged,
		Seconds: r.Seconds, Unit: "millionths"}}
	if r.Unchanged {
		out.Run.Added, out.Run.Superseded, out.Run.Kept = 0, 0, run.Proposals
	}
	out.Needs = needList(r)
	slices.SortFunc(out.Needs, func(a, b needJSON) int {
		return cmp.Or(cmp.Compare(a.ExternalID, b.ExternalID), cmp.Compare(a.ID, b.ID))
	})
	encoder := json.NewEncoder(p.out)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(out)
}

// needList writes out every need with its bundles, which are found now, by all
// cores.
func needList(r *platform.Ranking) []needJSON {
	out := make([]needJSON, len(r.Reports))
	var next atomic.Int64
	var group sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(out)); i = next.Add(1) - 1 {
				out[i] = needOf(r, &r.Reports[i])
			}
		})
	}
	group.Wait()
	return out
}

func needOf(r *platform.Ranking, report *matching.Report) needJSON {
	n := needJSON{ID: report.ID, ExternalID: report.ExternalID, Matches: []matchJSON{}, Bundles: []bundleJSON{}, Filtered: map[string]int{}}
	for _, m := range report.Matches {
		n.Matches = append(n.Matches, matchJSON{offerJSON{m.ID, m.ExternalID}, int64(m.Score), m.Parts[:], noted(r.Marks(report.ID, m.ID))})
	}
	bundles := r.Bundles(report.ID).Bundles
	for i := range bundles {
		n.Bundles = append(n.Bundles, bundleOf(&bundles[i]))
	}
	for reason, count := range report.Filtered {
		n.Filtered[reason.String()] = count
	}
	if c := report.Change; !c.Zero() {
		n.Change = &changeJSON{c.Sort.String(), c.Value, c.Count}
	}
	return n
}

func bundleOf(b *bundle.Bundle) bundleJSON {
	out := bundleJSON{Score: int64(b.Score), Parts: b.Parts[:], Marks: noted(b.Marks)}
	for _, m := range b.Members {
		out.Members = append(out.Members, memberJSON{offerJSON{m.Offer.ID, m.Offer.ExternalID}, m.Kinds.Codes(), m.Share, m.Contributor})
	}
	return out
}

// noted is a list that is written as [] when it is empty.
func noted[T any](list []T) []T { return append([]T{}, list...) }
