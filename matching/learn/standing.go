package learn

import (
	"fmt"

	"entente/matching"
	"entente/matching/record"
	"entente/reference"
)

// anything is the theme above all others of a history.
const anything = "*"

// today is the day of all rankings of a history: their offers stand always.
const today = matching.Day(20_000)

// Arena is a history as the engine sees it in production: its providers are
// standing offers in their official languages, for the whole world, of every
// theme and kind; a row is a need for some of it.
type Arena struct {
	setting *matching.Setting
	index   *matching.Index
	places  map[string]int // provider → its place in the list given
}

// NewArena prepares providers, themes, weights and what is on record.
func NewArena(providers, themes []string, main, discovery matching.Weights, table *record.Table) (*Arena, error) {
	tree := map[string]string{anything: ""}
	for _, t := range themes {
		if t != anything {
			tree[t] = anything
		}
	}
	setting, err := matching.NewSetting(matching.Convention{
		ID: "history", Themes: tree, Weights: main, Discovery: discovery, Record: table,
	})
	if err != nil {
		return nil, fmt.Errorf("learn: %w", err)
	}
	a := &Arena{setting: setting, places: map[string]int{}}
	offers := make([]matching.Offer, len(providers))
	for i, p := range providers {
		offers[i], a.places[p] = standing(p), i
	}
	a.index = matching.NewIndex(today, setting, nil, offers)
	return a, nil
}

// standing is a provider as a standing offer.
func standing(provider string) matching.Offer {
	o := matching.Offer{
		ID: provider, Convention: "history", Provider: matching.Party(provider), Themes: []string{anything},
		Kinds: matching.Kinds(matching.Expertise), Unlimited: true, Open: true,
	}
	if c, isState := o.Provider.Country(); isState {
		o.Languages = c.Languages()
	}
	return o
}

// occasion is a need of a beneficiary with a theme, best met in an official
// language.
func occasion(b reference.Country, theme string) matching.Need {
	n := matching.Need{
		ID: "need", Convention: "history", Themes: []string{theme}, Kinds: matching.Kinds(matching.Expertise), Open: true,
	}
	if b == 0 {
		return n
	}
	n.Beneficiaries = []reference.Country{b}
	for _, l := range b.Languages() {
		n.Languages = append(n.Languages, matching.LanguageWish{Language: l})
	}
	return n
}

// Rank lists the providers for a beneficiary and a theme, the best first.
func (a *Arena) Rank(b reference.Country, theme string) []string {
	n := occasion(b, theme)
	return names(a.index.ForNeed(&n, 0).Matches)
}

// Discover lists those new to the beneficiary, the best first.
func (a *Arena) Discover(b reference.Country, theme string) []string {
	n := occasion(b, theme)
	return names(a.index.Discover(&n, 0))
}

func names(matches []matching.Match) []string {
	list := make([]string, len(matches))
	for i, m := range matches {
		list[i] = m.ID
	}
	return list
}

// EngineTies values the parts "language" and "region" as the engine does.
func EngineTies(rows []record.Row) (Tie, error) {
	seen := map[string]bool{}
	var providers []string
	for _, r := range rows {
		if !seen[r.Provider] {
			seen[r.Provider] = true
			providers = append(providers, r.Provider)
		}
	}
	equal := matching.Weights{Language: matching.WeightSum / 2, Region: matching.WeightSum / 2}
	a, err := NewArena(providers, nil, equal, equal, nil)
	if err != nil {
		return nil, err
	}
	known := map[reference.Country][][]float64{}
	return func(b reference.Country, asked []string) [][]float64 {
		all := known[b]
		if all == nil {
			all = a.ties(b, len(providers))
			known[b] = all
		}
		out := make([][]float64, len(asked))
		for i, p := range asked {
			out[i] = all[a.places[p]]
		}
		return out
	}, nil
}

// ties values both parts for all providers.
func (a *Arena) ties(b reference.Country, providers int) [][]float64 {
	all := make([][]float64, providers)
	for i := range all {
		all[i] = make([]float64, ties)
	}
	n := occasion(b, anything)
	for _, m := range a.index.ForNeed(&n, 0).Matches {
		for k, p := range []matching.PartName{matching.PartLanguage, matching.PartRegion} {
			all[a.places[m.ID]][k] = float64(m.Parts[p].Value) / float64(matching.Whole)
		}
	}
	return all
}
