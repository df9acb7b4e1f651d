package reference

import "fmt"

// Region is a geographical region of the United Nations' M49 standard. The
// zero value is no region. Values are positions in a table of one version of
// the program and must not be stored: store the text.
type Region uint16

// World contains every country; its code is "001". It is always the first
// row of the table.
const World Region = 1

type region struct {
	code   string
	names  names
	parent Region
	within uint64 // the region itself and all that contain it, one bit each
}

// ParseRegion returns the region with a code of three digits of the M49
// standard.
func ParseRegion(code string) (Region, bool) {
	n, ok := threeDigits(code)
	if !ok {
		return 0, false
	}
	r := all.byRegion[n]
	return r, r != 0
}

// Regions returns all regions, each after the one that contains it. The slice
// belongs to the caller.
func Regions() []Region {
	list := make([]Region, len(all.regions)-1)
	for i := range list {
		list[i] = Region(i + 1)
	}
	return list
}

func (r Region) entry() *region {
	if int(r) < len(all.regions) {
		return &all.regions[r]
	}
	return &all.regions[0]
}

// Code returns the code of three digits, or "" for none.
func (r Region) Code() string { return r.entry().code }

// String returns the code.
func (r Region) String() string { return r.Code() }

// Name returns the name that the M49 standard gives the region, in one of ar,
// en, es, fr, ru and zh; in any other language it is the English one.
func (r Region) Name(lang string) string { return r.entry().names.in(lang) }

// Parent returns the smallest region that contains this one, and none for the
// world and for none.
func (r Region) Parent() Region { return r.entry().parent }

// Contains reports whether the other region is this one or lies within it.
func (r Region) Contains(other Region) bool {
	return r != 0 && other.entry().within&(1<<r) != 0
}

// MarshalText returns the code of three digits, and nothing for no region.
func (r Region) MarshalText() ([]byte, error) { return []byte(r.Code()), nil }

// UnmarshalText accepts what MarshalText returns.
func (r *Region) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*r = 0
		return nil
	}
	parsed, ok := ParseRegion(string(text))
	if !ok {
		return fmt.Errorf("reference: %q is not the M49 code of a region", text)
	}
	*r = parsed
	return nil
}

// Region returns the smallest M49 region that contains the country: an
// intermediate region where there is one, a sub-region otherwise, Europe for
// the European Union and the world for Antarctica.
func (c Country) Region() Region { return c.entry().region }

// SubRegion returns the M49 sub-region, such as 202 (Sub-Saharan Africa), or
// none for Antarctica and the European Union.
func (c Country) SubRegion() Region { return c.atDepth(2) }

// MacroRegion returns the M49 region of the first level, such as 002
// (Africa), or none for Antarctica.
func (c Country) MacroRegion() Region { return c.atDepth(1) }

// In reports whether the country lies in the region.
func (c Country) In(r Region) bool { return r != 0 && c.entry().within&(1<<r) != 0 }

// atDepth returns the region that contains the country so many levels below
// the world, or none.
func (c Country) atDepth(depth int) Region {
	var chain [4]Region
	n := 0
	for r := c.entry().region; r != 0 && n < len(chain); r = r.Parent() {
		chain[n] = r
		n++
	}
	if depth >= n {
		return 0
	}
	return chain[n-1-depth]
}

func (t *tables) loadRegions() {
	const table = "regions.tsv"
	t.regions = make([]region, 1, 64)
	eachRow(table, 8, func(f []string) {
		id := Region(len(t.regions))
		r := region{code: f[0], names: names(f[2:8]), within: 1 << id}
		if id != World {
			r.parent = t.region(table, f[1])
			r.within |= t.regions[r.parent].within
		}
		n := must(threeDigits(f[0]))(table, f[0])
		t.regions = append(t.regions, r)
		t.byRegion[n] = id
	})
	if len(t.regions) > 64 {
		panic("reference: more regions than a set of 64 bits can hold")
	}
}

func (t *tables) region(table, code string) Region {
	n := must(threeDigits(code))(table, code)
	return must(t.byRegion[n], t.byRegion[n] != 0)(table, code)
}

// threeDigits reads a code of the M49 standard.
func threeDigits(code string) (int, bool) {
	if len(code) != 3 {
		return 0, false
	}
	n := 0
	for i := range 3 {
		d := code[i] - '0'
		if d > 9 {
			return 0, false
		}
		n = n*10 + int(d)
	}
	return n, true
}
