package reference_test

import (
	"testing"

	"entente/reference"
)

func TestLookupsDoNotAllocate(t *testing.T) {
	africa, sum := region(t, "002"), 0
	code, alpha3, m49, tag, money := "BF", "BFA", "854", "ms-Arab", "XOF"
	for name, look := range map[string]func(){
		"ParseCountry":    func() { c, _ := reference.ParseCountry(code); sum += int(c) },
		"CountryByAlpha3": func() { c, _ := reference.CountryByAlpha3(alpha3); sum += int(c) },
		"CountryByM49":    func() { c, _ := reference.CountryByM49(m49); sum += int(c) },
		"facts of a country": func() {
			c, _ := reference.ParseCountry(code)
			sum += len(c.Alpha3()) + len(c.M49()) + len(c.Name("fr")) + len(c.Languages()) + len(c.Neighbours())
			sum += int(c.Group()) + int(c.Income()) + int(c.Region()) + int(c.SubRegion()) + int(c.MacroRegion())
			if c.IsState() && c.LDC() && c.LLDC() && !c.SIDS() && c.In(africa) && c.Borders(c+1) {
				sum++
			}
		},
		"DistanceKm":    func() { sum += reference.Country(9).DistanceKm(200) },
		"ParseRegion":   func() { r, _ := reference.ParseRegion("014"); sum += int(r.Parent()) + len(r.Name("zh")) },
		"Base":          func() { sum += len(reference.Language(tag).Base()) },
		"Name":          func() { sum += len(reference.Language(tag).Name("ru")) },
		"ParseLanguage": func() { l, _ := reference.ParseLanguage("pt"); sum += len(l) },
		"Understood":    func() { sum += int(reference.Understood(reference.Language(tag), "id")) },
		"ParseCurrency": func() { c, _ := reference.ParseCurrency(money); sum += c.MinorUnits() + len(c.Name("es")) },
	} {
		if n := testing.AllocsPerRun(100, look); n != 0 {
			t.Errorf("%s allocates %v times", name, n)
		}
	}
	if sum == 0 {
		t.Error("nothing was looked up")
	}
}
