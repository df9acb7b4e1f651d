package reference_test

import (
	"bufio"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"entente/reference"
)

func TestNeighboursAreMutualAndSorted(t *testing.T) {
	borders := 0
	for _, c := range reference.Countries() {
		for _, o := range reference.Countries() {
			if c.Borders(o) != o.Borders(c) {
				t.Errorf("only one of %v and %v borders the other", c, o)
			}
			if c.Borders(o) != slices.Contains(c.Neighbours(), o) {
				t.Errorf("%v and %v: borders and neighbours disagree", c, o)
			}
			if c.Borders(o) {
				borders++
			}
		}
		if c.Borders(c) || c.Borders(0) || !slices.IsSorted(c.Neighbours()) {
			t.Errorf("neighbours of %v: %v", c, c.Neighbours())
		}
	}
	if borders < 600 || borders > 700 {
		t.Errorf("%d borders counted from both sides", borders)
	}
}

func TestNeighboursAreThoseOfTheMap(t *testing.T) {
	for code, want := range map[string]string{
		"BF": "BJ CI GH ML NE TG",
		"SS": "CD CF ET KE SD UG",
		"ME": "AL BA HR RS",
		"ZM": "AO BW CD MW MZ NA TZ ZW",
		"FR": "AD BE CH DE ES IT LU MC",
		"GF": "BR SR",
		"MO": "CN",
		"CY": "",
		"MU": "",
	} {
		if got := codes(country(t, code).Neighbours()); got != want {
			t.Errorf("%s: %s, want %s", code, got, want)
		}
	}
}

func TestALandlockedDevelopingCountryHasNeighbours(t *testing.T) {
	for _, c := range those(reference.Country.LLDC) {
		if len(c.Neighbours()) == 0 {
			t.Errorf("%v has none", c)
		}
	}
}

func TestDistancesAreThoseBetweenTheCapitals(t *testing.T) {
	for _, want := range []struct {
		a, b string
		km   int
	}{{"FR", "GB", 343}, {"AO", "PT", 5770}, {"BF", "ML", 705}, {"NZ", "ES", 19830}, {"SS", "UG", 516}} {
		got := country(t, want.a).DistanceKm(country(t, want.b))
		if math.Abs(float64(got-want.km)) > 0.02*float64(want.km) {
			t.Errorf("%s to %s: %d km, want about %d", want.a, want.b, got, want.km)
		}
	}
	ao := country(t, "AO")
	if ao.DistanceKm(ao) != 0 || ao.DistanceKm(0) != -1 || reference.Country(0).DistanceKm(ao) != -1 || ao.DistanceKm(60000) != -1 {
		t.Error("the distance to itself or to no country is wrong")
	}
}

func TestTheTableOfDistancesIsThatOfThePlaces(t *testing.T) {
	at := places(t)
	for _, a := range reference.Countries() {
		for _, b := range reference.Countries() {
			if a == b {
				continue
			}
			km := a.DistanceKm(b)
			if km != b.DistanceKm(a) || km < 1 || km > 20038 {
				t.Errorf("%v to %v: %d km there, %d back", a, b, km, b.DistanceKm(a))
			}
			if want := at[a].kilometres(at[b]); math.Abs(float64(km)-want) > 1 {
				t.Errorf("%v to %v: %d km, want %.1f", a, b, km, want)
			}
		}
	}
}

type place struct{ x, y, z float64 }

func (p place) kilometres(q place) float64 {
	chord := math.Sqrt((p.x-q.x)*(p.x-q.x) + (p.y-q.y)*(p.y-q.y) + (p.z-q.z)*(p.z-q.z))
	return 2 * 6371.0088 * math.Asin(math.Min(1, chord/2))
}

// places reads the table that the distances were made from.
func places(t *testing.T) map[reference.Country]place {
	t.Helper()
	f, err := os.Open("data/places.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	at := map[reference.Country]place{}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		fields := strings.Split(lines.Text(), "\t")
		if c, ok := reference.ParseCountry(fields[0]); ok {
			lat, lon := radians(t, fields[1]), radians(t, fields[2])
			at[c] = place{math.Cos(lat) * math.Cos(lon), math.Cos(lat) * math.Sin(lon), math.Sin(lat)}
		}
	}
	if len(at) != len(reference.Countries()) {
		t.Fatalf("%d places", len(at))
	}
	return at
}

func radians(t *testing.T, degrees string) float64 {
	t.Helper()
	d, err := strconv.ParseFloat(degrees, 64)
	if err != nil {
		t.Fatal(err)
	}
	return d * math.Pi / 180
}
