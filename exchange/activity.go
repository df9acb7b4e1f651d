package exchange

import (
	"io"

	"entente/cooperation"
)

// ReadActivities reads activities, help already running, from CSV, in the form
// of ReadNeeds. ActivityColumns names the columns.
func ReadActivities(r io.Reader) (Rows[cooperation.ActivityContent], error) {
	return read(r, activityForm())
}

// ActivityColumns lists the columns of a file of activities; required ones
// first.
func ActivityColumns() []string { return activityForm().names() }

type activity = cooperation.ActivityContent

func activityForm() form[activity] {
	return form[activity]{columns: []column[activity]{
		{"external_id", true, nil},
		{"convention", true, nil},
		{"beneficiaries", true, func(c *cell, a *activity) { a.Beneficiaries = c.participants() }},
		{"providers", true, func(c *cell, a *activity) { a.Providers = c.participants() }},
		{"title", true, func(c *cell, a *activity) { a.Title = c.text }},
		{"themes", true, func(c *cell, a *activity) { a.Themes = c.list() }},
		{"kinds", true, func(c *cell, a *activity) { a.Kinds = c.plainKinds() }},
		{"description", false, func(c *cell, a *activity) { a.Description = c.text }},
		{"status", false, func(c *cell, a *activity) { a.Status = cooperation.ActivityStatus(c.text) }},
		{"start", false, func(c *cell, a *activity) { a.Start = c.date() }},
		{"end", false, func(c *cell, a *activity) { a.End = c.date() }},
		{"currency", false, func(c *cell, a *activity) { a.Amount.Currency = c.text }},
		{"amount", false, func(c *cell, a *activity) { a.Amount.Amount = c.text }},
		{"source", false, func(c *cell, a *activity) { a.Source = c.text }},
		{"evidence", false, func(c *cell, a *activity) { a.Evidence = c.text }},
		{"content_language", false, func(c *cell, a *activity) { a.ContentLanguage = c.language() }},
	}}
}

// ActivityColumn names the column of a file of activities from which a field
// of an activity is read, like NeedColumn.
func ActivityColumn(field string) string {
	if field == "amount.currency" {
		return "currency"
	}
	return topField(field)
}
