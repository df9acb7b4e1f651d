package web

import (
	_ "embed"
	"html/template"
	"slices"
	"strconv"
	"strings"
	"sync"

	"entente/reference"
)

// world holds the outlines of the map; scripts/map says where they come from.
//
//go:embed world.txt
var world string

// area is a part of the map.
type area struct {
	country reference.Country // zero where the United Nations list none
	path    string
}

// areas are the parts of the map, read once.
var areas = sync.OnceValue(func() []area {
	of := map[string]reference.Country{}
	for _, c := range reference.Countries() {
		of[c.M49()] = c
	}
	var out []area
	for line := range strings.Lines(world) {
		code, path, _ := strings.Cut(strings.TrimSpace(line), " ")
		out = append(out, area{of[code], path})
	}
	return out
})

// worldMap is what is needed and offered by country: a picture, and the same
// in a table.
type worldMap struct {
	Picture template.HTML
	Rows    []countryRow
	More    link
}

// mostOnMap is how many countries the table beside the map lists.
const mostOnMap = 15

// worldMap draws open needs and offers by country. The picture repeats what the
// table says, and is passed over by those who read aloud.
func (v *visit) worldMap() (*worldMap, error) {
	needs, offers, err := v.counted()
	if err != nil {
		return nil, err
	}
	out := &worldMap{More: link{v.within("/countries"), v.text("page.countries.title")}}
	most := 1
	for _, n := range needs {
		most = max(most, n)
	}
	var b strings.Builder
	b.WriteString(`<svg class="map" viewBox="0 0 2000 980" aria-hidden="true" focusable="false">`)
	for _, a := range areas() {
		class := "m0"
		if code := a.country; code != 0 {
			n, o := needs[code.Alpha2()], offers[code.Alpha2()]
			switch {
			case n > 0:
				class = "m" + strconv.Itoa((4*n+most-1)/most)
			case o > 0:
				class = "mo"
			}
			if n+o > 0 && !slices.ContainsFunc(out.Rows, func(r countryRow) bool { return r.Link.Address == v.within("/countries/"+code.Alpha2()) }) {
				out.Rows = append(out.Rows, countryRow{Link: link{v.within("/countries/" + code.Alpha2()), v.country(code)}, Needs: n, Offers: o})
			}
		}
		b.WriteString(`<path class="` + class + `" d="` + a.path + `"/>`)
	}
	b.WriteString(`</svg>`)
	out.Picture = template.HTML(b.String()) //nolint:gosec // made of our own file and of numbers
	slices.SortStableFunc(out.Rows, func(a, b countryRow) int {
		if a.Needs+a.Offers != b.Needs+b.Offers {
			return b.Needs + b.Offers - a.Needs - a.Offers
		}
		return strings.Compare(a.Link.Text, b.Link.Text)
	})
	out.Rows = out.Rows[:min(len(out.Rows), mostOnMap)]
	return out, nil
}
