package matching

import (
	"slices"

	"entente/matching/record"
	"entente/reference"
)

// rankedThemes is how many of a need's themes carry weight in the score. The
// domain admits three; further themes count for the filter only.
const rankedThemes = 16

// needFeatures is a need prepared for scoring: its words as numbers of a
// vocabulary, each at the place that it has in the need.
type needFeatures struct {
	need   *Need
	turn   int32 // when it was given: orders reports, and breaks ties of ids
	kinds  KindSet
	gap    int64
	themes []uint16
	wishes []uint16
	// officials are the official languages of the first beneficiary that are
	// official in every other beneficiary too.
	officials []uint16
	exempt    bool // from the comparison of languages
	// past is what is on record for each beneficiary and theme, the themes of
	// the first beneficiary first; nil when nothing is on record.
	past   []*record.Values
	lift   int32 // of the beneficiaries and themes, in shares of the part "fairness"
	wanted window
}

// offerFeatures is an offer prepared for scoring.
type offerFeatures struct {
	offer     *Offer
	turn      int32 // when it was given: orders reports, and breaks ties of ids
	kinds     KindSet
	amount    int64
	themes    []uint16
	languages []uint16
	// states are the providers that are States (or the EU), the lead first.
	states []reference.Country
	// known are the providers on record by their number, 0 for a lead that is
	// not; lift is that of the lead, in its share of the part "fairness".
	known []int32
	lift  int32
	// reaches says of every country how closely the coverage names it.
	reaches *reachTable
	given   window
}

// reachTable is the reach of a coverage, by country.
type reachTable [64 * len(countrySet{})]reach

// workshop prepares needs and offers for one moment. Offers with the same
// coverage share one table.
type workshop struct {
	now        Day
	setting    *Setting
	vocabulary *vocabulary
	countries  []reference.Country
	reaches    map[string]*reachTable
}

// newWorkshop makes a workshop that knows nothing yet.
func newWorkshop(now Day, s *Setting) *workshop {
	return &workshop{
		now: now, setting: s, vocabulary: newVocabulary(s),
		countries: append(reference.Countries(), 0), reaches: map[string]*reachTable{},
	}
}

// need prepares a need.
func (w *workshop) need(n *Need) needFeatures {
	f := needFeatures{need: n, kinds: n.Kinds, gap: n.Gap, exempt: n.Kinds.exempt(), wanted: w.wanted(n)}
	for _, t := range n.Themes {
		f.themes = append(f.themes, w.vocabulary.theme(t))
	}
	for _, wish := range n.Languages {
		f.wishes = append(f.wishes, w.vocabulary.language(wish.Language.Base()))
	}
	for _, l := range officialLanguages(n) {
		f.officials = append(f.officials, w.vocabulary.language(l))
	}
	w.recall(&f)
	return f
}

// officialLanguages returns the base languages that are official in every
// beneficiary, in the order of the first.
func officialLanguages(n *Need) []string {
	var common []string
	for i, c := range n.Beneficiaries {
		var bases []string
		for _, l := range c.Languages() {
			bases = append(bases, l.Base())
		}
		if i == 0 {
			common = bases
			continue
		}
		common = slices.DeleteFunc(common, func(l string) bool { return !slices.Contains(bases, l) })
	}
	return common
}

// offer prepares an offer.
func (w *workshop) offer(o *Offer) offerFeatures {
	f := offerFeatures{offer: o, kinds: o.Kinds, amount: o.amount(), reaches: w.reach(&o.Coverage), given: w.given(o)}
	for _, t := range o.Themes {
		f.themes = append(f.themes, w.vocabulary.theme(t))
	}
	for _, l := range o.Languages {
		f.languages = append(f.languages, w.vocabulary.language(l.Base()))
	}
	o.providers(func(p Party) bool {
		if c, isState := p.Country(); isState {
			f.states = append(f.states, c)
		}
		return true
	})
	w.recognise(&f)
	return f
}

// reach returns the table of a coverage, making it when it is new.
func (w *workshop) reach(c *Coverage) *reachTable {
	key := c.signature()
	if t, known := w.reaches[key]; known {
		return t
	}
	t := new(reachTable)
	for _, country := range w.countries {
		t[country], _ = w.setting.reach(c, country)
	}
	w.reaches[key] = t
	return t
}

// signature is equal for coverages that are written alike.
func (c *Coverage) signature() string {
	var key []byte
	for _, list := range [][]reference.Country{c.Countries, c.ExcludedCountries} {
		for _, country := range list {
			key = append(key, byte(country), byte(country>>8))
		}
		key = append(key, '|', '|', '|')
	}
	for _, list := range [][]reference.Region{c.Regions, c.ExcludedRegions} {
		for _, region := range list {
			key = append(key, byte(region), byte(region>>8))
		}
		key = append(key, '|', '|', '|')
	}
	for _, list := range [][]reference.Group{c.Groups, c.ExcludedGroups} {
		for _, group := range list {
			key = append(key, byte(group))
		}
		key = append(key, '|', '|', '|')
	}
	for _, list := range [][]string{c.ProfileRegions, c.ExcludedProfileRegions} {
		for _, id := range list {
			key = append(append(key, id...), 0)
		}
		key = append(key, '|', '|', '|')
	}
	return string(key)
}
