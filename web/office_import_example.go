package web

import (
	"strconv"
	"strings"
	"time"

	"entente/cooperation"
)

// importExample sends a file of the sort with all its columns and one row, which
// the convention would take over as it stands.
func (p *pages) importExample(v *visit) error {
	sort := v.Param("sort")
	if _, known := importFiles[sort]; !known {
		return cooperation.Absent()
	}
	values := v.exampleOf(sort, p.Platform.Now())
	var header, row []string
	for _, c := range importColumns(sort) {
		header, row = append(header, c.Name), append(row, values[c.Name])
	}
	return v.table(sort+".csv", [][]string{header, row})
}

// exampleOf are the values of the row, by column.
func (v *visit) exampleOf(sort string, now time.Time) map[string]string {
	c := v.conv
	helped, helps := c.Parties[0].Country.Alpha2(), c.Parties[1].Country.Alpha2()
	year := now.Year()
	if sort == "history" {
		return map[string]string{"year": strconv.Itoa(year - 1), "beneficiary": helped, "theme": c.Themes[0].ID, "provider": helps, "amount": "25000"}
	}
	out := map[string]string{"external_id": strconv.Itoa(year) + "-" + sort + "-1", "convention": c.ID, "title": v.text("page.imports.example." + sort), "themes": c.Themes[0].ID, "kinds": string(c.Kinds[0]),
		"beneficiary": helped, "beneficiaries": helped, "provider": helps, "providers": helps, "languages": string(c.Languages[0]), "currency": "USD", "amount_sought": "120000", "amount": "120000", "ceiling": "50000",
		"start": strconv.Itoa(year+1) + "-01-15", "end": strconv.Itoa(year+2) + "-12-31", "content_language": v.words.Language(), "source": v.text("page.imports.example.source")}
	if sort == "needs" {
		out["problem"] = strings.TrimSpace(v.text("page.imports.example.problem"))
	}
	return out
}
