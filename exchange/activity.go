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
		{"external_id", true, AsText, nil},
		{"convention", true, AsID, nil},
		{"beneficiaries", true, AsParticipants, func(c *cell, a *activity) { a.Beneficiaries = c.participants() }},
		{"providers", true, AsParticipants, func(c *cell, a *activity) { a.Providers = c.participants() }},
		{"title", true, AsText, func(c *cell, a *activity) { a.Title = c.text }},
		{"themes", true, AsThemes, func(c *cell, a *activity) { a.Themes = c.list() }},
		{"kinds", true, AsKinds, func(c *cell, a *activity) { a.Kinds = c.plainKinds() }},
		{"description", false, AsText, func(c *cell, a *activity) { a.Description = c.text }},
		{"status", false, AsOneOf, func(c *cell, a *activity) { a.Status = cooperation.ActivityStatus(c.text) }},
		{"start", false, AsDate, func(c *cell, a *activity) { a.Start = c.date() }},
		{"end", false, AsDate, func(c *cell, a *activity) { a.End = c.date() }},
		{"currency", false, AsCurrency, func(c *cell, a *activity) { a.Amount.Currency = c.text }},
		{"amount", false, AsAmount, func(c *cell, a *activity) { a.Amount.Amount = c.text }},
		{"source", false, AsText, func(c *cell, a *activity) { a.Source = c.text }},
		{"evidence", false, AsAddress, func(c *cell, a *activity) { a.Evidence = c.text }},
		{"content_language", false, AsLanguage, func(c *cell, a *activity) { a.ContentLanguage = c.language() }},
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
