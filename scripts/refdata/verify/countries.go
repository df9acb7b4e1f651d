package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"entente/reference"
)

var groups = map[string]string{
	"": "", "African Group": "african", "Asia-Pacific Group": "asia-pacific",
	"Eastern European Group": "eastern-european", "GRULAC": "grulac", "WEOG": "weog",
}

// countries compares what countries.csv says of every country but the dates
// of treaties.
func (r *report) countries(file string) error {
	found := map[reference.Country]bool{}
	err := eachRecord(file, func(theirs map[string]string) {
		c, ok := reference.ParseCountry(theirs["iso2"])
		r.compare("country known", theirs["iso2"], fmt.Sprint(ok), "true")
		if ok {
			found[c] = true
			r.country(c, theirs)
		}
	})
	for _, c := range reference.Countries() {
		r.compare("country listed", c.Alpha2(), "true", fmt.Sprint(found[c]))
	}
	return err
}

func (r *report) country(c reference.Country, theirs map[string]string) {
	key := c.Alpha2()
	r.compare("alpha-3", key, c.Alpha3(), theirs["iso3"])
	r.compare("m49", key, c.M49(), padded(theirs["m49"]))
	r.compare("region", key, c.MacroRegion().Code(), padded(theirs["region_code"]))
	r.compare("sub-region", key, c.SubRegion().Code(), padded(theirs["subregion_code"]))
	if code := theirs["intermediate_code"]; code != "" {
		r.compare("intermediate", key, c.Region().Code(), padded(code))
	}
	r.compare("regional group", key, c.Group().Code(), groups[theirs["un_regional_group"]])
	r.compare("ldc", key, flag(c.LDC()), theirs["ldc"])
	r.compare("lldc", key, flag(c.LLDC()), theirs["lldc"])
	r.compare("sids", key, flag(c.SIDS()), theirs["sids"])
	r.compare("languages", key, bases(c), sortedBases(strings.Fields(theirs["official_languages"])))
	for _, l := range []string{"ar", "en", "es", "fr", "ru", "zh"} {
		r.compare("name "+l, key, c.Name(l), plain(theirs["name_"+l]))
	}
}

func padded(code string) string {
	if code == "" {
		return ""
	}
	return fmt.Sprintf("%03s", code)
}

func flag(b bool) string {
	if b {
		return "1"
	}
	return "0"
}

// bases returns the base languages that are official in a country, sorted.
func bases(c reference.Country) string {
	var tags []string
	for _, l := range c.Languages() {
		tags = append(tags, string(l))
	}
	return sortedBases(tags)
}

func sortedBases(tags []string) string {
	var list []string
	for _, tag := range tags {
		list = append(list, reference.Language(tag).Base())
	}
	slices.Sort(list)
	return strings.Join(slices.Compact(list), " ")
}

var article = regexp.MustCompile(`\s*\((l'|le|la|les|el|los|las|the)\)$`)

// plain takes the trailing article and typographic apostrophes off a name.
func plain(name string) string {
	return article.ReplaceAllString(strings.TrimRight(strings.ReplaceAll(name, "’", "'"), " *"), "")
}
