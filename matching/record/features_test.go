package record

import (
	"slices"
	"testing"

	"entente/reference"
)

// past is a history of several sub-regions in which providers differ.
func past() []Row {
	var rows []Row
	for i, b := range reference.Countries()[1:80] {
		for year := 2010; year < 2018; year++ {
			for j, theme := range []string{"a", "b", "c"} {
				if (i+year*3+j*5)%4 == 0 {
					rows = append(rows, Row{Year: year, Beneficiary: b, Theme: theme, Provider: []string{"NO", "JP", "EU", "bank", "BR"}[(i*j+year+i)%5]})
				}
			}
		}
	}
	return rows
}

func TestEveryFeatureHasItsName(t *testing.T) {
	names := Features()
	if len(names) != featureCount || slices.Contains(names, "") {
		t.Fatalf("%d names for %d features: %v", len(names), featureCount, names)
	}
	slices.Sort(names)
	if len(slices.Compact(names)) != featureCount {
		t.Error("two features have one name")
	}
}

// TestWhatIsLeftOutAndWhatIsKeptDoNotShow holds each feature, worked out alone
// and from what a table keeps for other beneficiaries, to the same feature
// worked out anew with all others.
func TestWhatIsLeftOutAndWhatIsKeptDoNotShow(t *testing.T) {
	table := NewTable(past(), 2016, Plain())
	compared := 0
	for _, b := range reference.Countries() {
		for _, theme := range []string{"a", "c", "unheard of"} {
			fresh := table.portray(b)
			want := table.of(fresh, table.survey(fresh, theme), everything())
			for f, name := range Features() {
				p, wanted := table.portrait(b), choice{}
				wanted[f] = true
				if got := table.of(p, table.ground(p, theme), wanted)[f]; !slices.Equal(want[f], got) {
					t.Fatalf("%s for %s with %q: %v, not %v", name, b, theme, got, want[f])
				}
				compared++
			}
		}
	}
	if compared < 10_000 {
		t.Errorf("only %d compared", compared)
	}
}

func BenchmarkRow(b *testing.B) {
	table := NewTable(past(), 2016, Plain())
	all := reference.Countries()
	for i := 0; b.Loop(); i++ {
		table.value(all[1+i%80], "a")
	}
}

func BenchmarkFacts(b *testing.B) {
	table := NewTable(past(), 2016, Plain())
	all := reference.Countries()
	for i := 0; b.Loop(); i++ {
		table.Facts(1, all[1+i%80], "a")
	}
}
