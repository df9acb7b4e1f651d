package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"entente/reference"
)

// renamed are alpha-3 codes that have changed since the outside table was
// made. ANT and YUG have no one successor and are left out.
var renamed = map[string]string{"ROM": "ROU", "ZAR": "COD", "TMP": "TLS", "PAL": "PSE"}

var withoutSuccessor = []string{"ANT", "YUG"}

// ties compares borders and distances of pairs of countries.
func (r *report) ties(file string) error {
	var worst error
	err := eachRecord(file, func(theirs map[string]string) {
		codes := []string{theirs["a"], theirs["b"]}
		if slices.ContainsFunc(codes, func(c string) bool { return slices.Contains(withoutSuccessor, c) }) {
			return
		}
		var pair [2]reference.Country
		for i, code := range codes {
			c, ok := reference.CountryByAlpha3(cmp.Or(renamed[code], code))
			r.compare("country of a pair", code, fmt.Sprint(ok), "true")
			pair[i] = c
		}
		if pair[0] == 0 || pair[1] == 0 {
			return
		}
		slices.Sort(pair[:])
		r.compare("border", pair[0].Alpha2()+" "+pair[1].Alpha2(), flag(pair[0].Borders(pair[1])), theirs["contiguous"])
		km, err := strconv.Atoi(theirs["distance_km"])
		if err != nil {
			worst = fmt.Errorf("%s: %w", file, err)
			return
		}
		r.distance(pair, km)
	})
	return cmp.Or(worst, err)
}

// distance compares one distance. The outside source measures between the
// largest agglomerations and we between capitals, so 60 km and one part in a
// hundred are no difference; where the two places lie further apart,
// allowed.tsv says by how much.
func (r *report) distance(pair [2]reference.Country, theirs int) {
	slack, explained := 60+theirs/100, 0
	off := pair[0].DistanceKm(pair[1]) - theirs
	if off < 0 {
		off = -off
	}
	t := r.tally("distance")
	if off <= slack {
		t.same++
		return
	}
	for _, c := range pair {
		if a, ok := r.allowed[[2]string{"place", c.Alpha2()}]; ok {
			a.used = true
			explained += a.km
		}
	}
	if off <= slack+explained {
		t.explained++
		return
	}
	t.different++
	r.differences = append(r.differences, fmt.Sprintf("distance %v %v: %d here, %d there",
		pair[0], pair[1], pair[0].DistanceKm(pair[1]), theirs))
}

// territories compares the official languages with those of CLDR.
func (r *report) territories(file string) error {
	body, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var theirs struct {
		Supplemental struct {
			TerritoryInfo map[string]struct {
				LanguagePopulation map[string]struct {
					OfficialStatus string `json:"_officialStatus"`
				} `json:"languagePopulation"`
			} `json:"territoryInfo"`
		} `json:"supplemental"`
	}
	if err := json.Unmarshal(body, &theirs); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	for _, c := range reference.Countries() {
		territory, ok := theirs.Supplemental.TerritoryInfo[c.Alpha2()]
		if !ok {
			continue // the European Union
		}
		var tags []string
		for tag, l := range territory.LanguagePopulation {
			if l.OfficialStatus == "official" || l.OfficialStatus == "de_facto_official" {
				tags = append(tags, strings.ReplaceAll(tag, "_", "-"))
			}
		}
		r.compare("languages", c.Alpha2(), bases(c), sortedBases(tags))
	}
	return nil
}
