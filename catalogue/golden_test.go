package catalogue

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"entente/cooperation"
	"entente/matching"
	"entente/profiles"
)

// goldenTopics are what the cases have to speak about, each somewhere.
var goldenTopics = []string{
	"language", "language-order", "interpretation", "related-language", "finance-exempt",
	"theme", "theme-order", "kind", "region", "neighbour", "coverage", "eligibility",
	"size", "time", "deadline", "urgency", "record", "newcomer", "fairness",
	"joint", "co-provider", "knowledge-hub", "programme", "exclusion", "capacity", "expired",
	"change", "discovery",
}

func TestGoldenRankings(t *testing.T) {
	t.Parallel()
	for _, conv := range goldenProfiles(t) {
		for _, c := range goldenCases(t, conv.ID) {
			t.Run(conv.ID+"/"+c.Case, func(t *testing.T) {
				holds(t, conv, &c, "as it is")
				other, err := c.otherwise()
				if err != nil {
					t.Fatal(err)
				}
				holds(t, conv, &other, "as it would be otherwise")
			})
		}
	}
}

// goldenProfiles are the conventions that come with the program.
func goldenProfiles(t *testing.T) []*cooperation.Convention {
	t.Helper()
	set, err := profiles.Load(profiles.Shipped())
	if err != nil {
		t.Fatal(err)
	}
	return set.All()
}

// holds fails the test when the ranking of a case is not what it says is right,
// or the index or the explanations say anything else.
func holds(t *testing.T, conv *cooperation.Convention, c *goldenCase, state string) {
	t.Helper()
	if diff := wrong(t, conv, c); diff != "" {
		t.Errorf("%s, %s\n%sBecause: %s\nA golden ranking is changed on purpose only, and with a new reason.",
			c.Case, state, diff, strings.TrimSpace(c.Because))
		return
	}
	r := newGoldenRanking(t, conv, c, false)
	r.answer(t)
	r.indexed(t)
	r.explained(t)
}

// wrong says where the ranking of a case is not what it says is right, and how
// it came about; "" when it is. It is found twice, with ids in the order of the
// names and against it, so that no order is one of ids.
func wrong(t *testing.T, conv *cooperation.Convention, c *goldenCase) string {
	t.Helper()
	for _, backwards := range []bool{false, true} {
		r := newGoldenRanking(t, conv, c, backwards)
		found := r.answer(t)
		if diff := r.compare(&c.goldenAnswer, &found); diff != "" {
			return diff + r.table()
		}
	}
	return ""
}

// Everything that the platform weighs is argued somewhere, and every case says
// what would make it come out differently.
func TestGoldenRankingsAreArguedAndCanFail(t *testing.T) {
	t.Parallel()
	covered := map[string]bool{}
	for _, conv := range goldenProfiles(t) {
		id, cases := conv.ID, goldenCases(t, conv.ID)
		if len(cases) < 12 {
			t.Errorf("%s: %d cases are too few", id, len(cases))
		}
		names := map[string]bool{}
		for _, c := range cases {
			if problem := c.unargued(); problem != "" {
				t.Errorf("%s, %q: %s", id, c.Case, problem)
			}
			if names[c.Case] {
				t.Errorf("%s, %q: there are two cases of this name", id, c.Case)
			}
			names[c.Case] = true
			for _, topic := range c.Covers {
				if covered[topic] = true; !slices.Contains(goldenTopics, topic) {
					t.Errorf("%s, %q: %q is not a topic", id, c.Case, topic)
				}
			}
		}
	}
	for _, topic := range goldenTopics {
		if !covered[topic] {
			t.Errorf("no case argues %s", topic)
		}
	}
}

// unargued says what a case lacks, "" when nothing.
func (c *goldenCase) unargued() string {
	switch {
	case c.Case == "" || len(c.Covers) == 0:
		return "it needs a name and what it covers"
	case len(strings.Fields(c.Because)) < 12:
		return "it needs a reason that a diplomat would accept"
	case (c.Need == nil) == (c.Offer == nil) || (c.Need == nil) != (len(c.Offers) == 0) || (c.Offer == nil) != (len(c.Needs) == 0):
		return "it is about one need and offers, or about one offer and needs"
	case len(c.Were) == 0 || c.Then == nil:
		return "it needs what would make it come out differently"
	case len(c.Order) == 0 && c.Discovery == nil && c.Change == "":
		return "it says nothing that could be wrong"
	case !c.contradicts(c.Then):
		return "what would make it come out differently changes nothing"
	}
	return ""
}

// contradicts reports whether two answers to the same question differ.
func (a *goldenAnswer) contradicts(b *goldenAnswer) bool {
	return a.Order != nil && b.Order != nil && (!slices.Equal(a.Order, b.Order) || !maps.Equal(a.Removed, b.Removed)) ||
		a.Change != "" && b.Change != "" && a.Change != b.Change ||
		a.Discovery != nil && b.Discovery != nil && !slices.Equal(a.Discovery, b.Discovery)
}

// A part that could be left out without any golden ranking coming out otherwise
// would be argued by none.
func TestEveryPartDecidesAGoldenRankingOfEveryConvention(t *testing.T) {
	t.Parallel()
	for _, conv := range goldenProfiles(t) {
		cases := goldenCases(t, conv.ID)
		for part := range matching.PartName(matching.PartCount) {
			without := *conv
			without.Weights = weightsWithout(conv.Weights, part)
			decided := slices.ContainsFunc(cases, func(c goldenCase) bool {
				other, err := c.otherwise()
				return err == nil && (wrong(t, &without, &c) != "" || wrong(t, &without, &other) != "")
			})
			if !decided {
				t.Errorf("%s: every golden ranking stays as it is without the part %s", conv.ID, part)
			}
		}
	}
}

// weightsWithout is weights with one part left out and the others as they are
// to one another.
func weightsWithout(w cooperation.Weights, part matching.PartName) cooperation.Weights {
	all := []*int64{&w.Theme, &w.Kind, &w.Language, &w.Region, &w.Size, &w.Time, &w.Record, &w.Fairness}
	rest := cooperation.WeightsTotal - *all[part]
	*all[part] = 0
	for _, weight := range all {
		*weight = *weight * cooperation.WeightsTotal / rest
	}
	*all[(part+1)%matching.PartCount] += cooperation.WeightsTotal - w.Sum()
	return w
}
