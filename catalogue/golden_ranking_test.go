package catalogue

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"entente/cooperation"
	"entente/matching"
	"entente/matching/record"
)

// goldenRanking is a case as the engine sees it.
type goldenRanking struct {
	golden  *goldenCase
	now     matching.Day
	setting *matching.Setting
	names   map[string]string // id → name
	needs   []matching.Need
	offers  []matching.Offer
	// report and discovered are what the definition found.
	report     matching.Report
	discovered []matching.Match
}

func newGoldenRanking(t *testing.T, conv *cooperation.Convention, c *goldenCase, backwards bool) *goldenRanking {
	t.Helper()
	conv = knowing(conv, c)
	r := &goldenRanking{golden: c, now: day(goldenToday), names: map[string]string{}}
	r.setting = c.setting(t, conv)
	names := slices.Sorted(maps.Keys(c.Offers))
	names = append(names, slices.Sorted(maps.Keys(c.Needs))...)
	if backwards {
		slices.Reverse(names)
	}
	for i, name := range names {
		id := fmt.Sprintf("posting-%02d", i)
		r.names[id] = name
		if need, ok := c.Needs[name]; ok {
			r.need(t, conv, &need, id)
		}
		if offer, ok := c.Offers[name]; ok {
			r.offer(t, conv, &offer, id)
		}
	}
	if c.Need != nil {
		r.need(t, conv, c.Need, "need")
	}
	if c.Offer != nil {
		r.offer(t, conv, c.Offer, "offer")
	}
	return r
}

// knowing is the convention with the organisations that a case names, all of
// them admitted and with the declarations that the profile asks for.
func knowing(conv *cooperation.Convention, c *goldenCase) *cooperation.Convention {
	var declared []cooperation.Statement
	for _, d := range conv.DeclarationsFor(cooperation.ProviderOrganisation) {
		declared = append(declared, cooperation.Statement{Declaration: d.ID})
	}
	all := goldenDirectory{}
	add := func(ids ...string) {
		for _, id := range ids {
			all[id] = &cooperation.Organisation{Meta: cooperation.Meta{ID: id}, Status: cooperation.OrganisationAdmitted,
				Admitted: goldenPosted, Declarations: declared}
		}
	}
	offers, needs := slices.Collect(maps.Values(c.Offers)), slices.Collect(maps.Values(c.Needs))
	if c.Offer != nil {
		offers = append(offers, *c.Offer)
	}
	if c.Need != nil {
		needs = append(needs, *c.Need)
	}
	for _, o := range offers {
		add(o.Provider)
		for _, with := range o.CoProviders {
			participant, _, _ := strings.Cut(with, " ")
			add(participant)
		}
	}
	for _, n := range needs {
		add(n.Preferred...)
		add(n.Excluded...)
	}
	known := *conv
	known.Directory = all
	return &known
}

// goldenDirectory knows organisations, and no commitment.
type goldenDirectory map[string]*cooperation.Organisation

func (d goldenDirectory) Organisation(id string) (*cooperation.Organisation, bool) {
	o, known := d[id]
	return o, known
}

func (d goldenDirectory) Commitment(string) (*cooperation.Commitment, bool) { return nil, false }

// setting is the convention as the matcher has it, with what is on record.
func (c *goldenCase) setting(t *testing.T, conv *cooperation.Convention) *matching.Setting {
	t.Helper()
	var rows []record.Row
	for _, h := range c.History {
		more, err := h.rows()
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, more...)
	}
	features := ConventionFeatures(conv, goldenToday)
	features.Record = record.NewTable(rows, goldenRecordUntil, record.Plain())
	s, err := matching.NewSetting(features)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (r *goldenRanking) need(t *testing.T, conv *cooperation.Convention, g *goldenNeed, id string) {
	t.Helper()
	n, err := g.document(conv, id)
	if err != nil {
		t.Fatalf("%s: the need %s: %v", r.golden.Case, r.names[id], err)
	}
	r.needs = append(r.needs, NeedFeatures(conv, n))
}

func (r *goldenRanking) offer(t *testing.T, conv *cooperation.Convention, g *goldenOffer, id string) {
	t.Helper()
	o, err := g.document(conv, id)
	if err != nil {
		t.Fatalf("%s: the offer %s: %v", r.golden.Case, r.names[id], err)
	}
	r.offers = append(r.offers, OfferFeatures(conv, o))
}

// answer is what the definition finds.
func (r *goldenRanking) answer(t *testing.T) goldenAnswer {
	t.Helper()
	found := goldenAnswer{Change: "none", Discovery: []string{}}
	if r.golden.Need != nil {
		need := r.needs[len(r.needs)-1:]
		r.report = matching.Rank(r.now, r.setting, need, r.offers, 0)[0]
		r.discovered = matching.Discover(r.now, r.setting, &need[0], r.offers, 0)
		found.Discovery = append(found.Discovery, r.namesOf(r.discovered)...)
	} else {
		r.report = matching.RankOffers(r.now, r.setting, r.needs, r.offers[len(r.offers)-1:], 0)[0]
	}
	if change := r.report.Change; !change.Zero() {
		found.Change = strings.Join(strings.Fields(fmt.Sprintf("%s %s %d", change.Sort, change.Value, change.Count)), " ")
	}
	found.Order, found.Removed = r.namesOf(r.report.Matches), r.removed(t)
	return found
}

// indexed holds what the index answers against the definition.
func (r *goldenRanking) indexed(t *testing.T) {
	t.Helper()
	x := matching.NewIndex(r.now, r.setting, r.needs, r.offers)
	var report matching.Report
	if r.golden.Need != nil {
		need := &r.needs[len(r.needs)-1]
		report = x.ForNeed(need, 0)
		if diff := cmp.Diff(r.discovered, x.Discover(need, 0)); diff != "" {
			t.Errorf("%s: the index (+) discovers otherwise than the definition (-):\n%s", r.golden.Case, diff)
		}
	} else {
		report = x.ForOffer(&r.offers[len(r.offers)-1], 0)
	}
	if diff := cmp.Diff(r.report, report); diff != "" {
		t.Errorf("%s: the index (+) answers otherwise than the definition (-):\n%s", r.golden.Case, diff)
	}
}

// explained holds the score of each match against its explanation: the points
// of the parts, each with a sentence, add up to it.
func (r *goldenRanking) explained(t *testing.T) {
	t.Helper()
	for _, m := range r.report.Matches {
		for i := range r.needs {
			for j := range r.offers {
				n, o := &r.needs[i], &r.offers[j]
				if n.ID != m.ID && o.ID != m.ID {
					continue
				}
				sum := matching.Score(0)
				for _, p := range matching.Definition(r.now, r.setting, n, o).Parts {
					if sum += matching.Score(p.Points); p.Message.Zero() {
						t.Errorf("%s: %s: part %s has no sentence", r.golden.Case, r.names[m.ID], p.Name)
					}
				}
				if sum != m.Score {
					t.Errorf("%s: %s: the parts add up to %d, the score is %d", r.golden.Case, r.names[m.ID], sum, m.Score)
				}
			}
		}
	}
}

// removed names the filter of every posting that one removes. The report counts
// each of them, except that it is silent about exclusions.
func (r *goldenRanking) removed(t *testing.T) map[string]string {
	t.Helper()
	removed, counts := map[string]string{}, map[matching.Reason]int{}
	for i := range r.needs {
		for j := range r.offers {
			n, o := &r.needs[i], &r.offers[j]
			reason := matching.Filter(r.now, r.setting, n, o)
			if reason == matching.Candidate {
				continue
			}
			removed[r.names[n.ID]+r.names[o.ID]] = reason.String()
			if reason.Reported() {
				counts[reason]++
			}
		}
	}
	if diff := cmp.Diff(counts, r.report.Filtered); diff != "" {
		t.Fatalf("%s: the filters removed (-), the report counts (+):\n%s", r.golden.Case, diff)
	}
	return removed
}

func (r *goldenRanking) namesOf(matches []matching.Match) (names []string) {
	for _, m := range matches {
		names = append(names, r.names[m.ID])
	}
	return names
}

// compare says where what was found is not what is right, as far as the case
// says so.
func (r *goldenRanking) compare(right, found *goldenAnswer) string {
	var out strings.Builder
	differ := func(what string, right, found any) {
		if !cmp.Equal(right, found, cmpopts.EquateEmpty()) {
			fmt.Fprintf(&out, "  %s: expected %v, found %v\n", what, right, found)
		}
	}
	if right.Order != nil || right.Removed != nil {
		differ("order", right.Order, found.Order)
		differ("removed", right.Removed, found.Removed)
	}
	if right.Change != "" {
		differ("suggested change", right.Change, found.Change)
	}
	if right.Discovery != nil {
		differ("discovery", right.Discovery, found.Discovery)
	}
	return out.String()
}

// table shows the score of each candidate and the value of each part.
func (r *goldenRanking) table() string {
	var out strings.Builder
	line := func(list string, m matching.Match) {
		fmt.Fprintf(&out, "  %s: %5.2f %-12s", list, float64(m.Score)/1e6, r.names[m.ID])
		for _, p := range m.Parts {
			fmt.Fprintf(&out, "  %s %.2f (%.2f)", p.Name, float64(p.Value)/1e6, float64(p.Points)/1e6)
		}
		out.WriteString("\n")
	}
	for _, m := range r.report.Matches {
		line("ranking", m)
	}
	for _, m := range r.discovered {
		line("discovery", m)
	}
	return out.String()
}
