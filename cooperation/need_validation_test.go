package cooperation_test

import (
	"strings"
	"testing"

	"entente/cooperation"
	"entente/reference"
)

func TestTheRulesForNeeds(t *testing.T) {
	type content = cooperation.NeedContent
	long := func(n int) string { return strings.Repeat("é", n) } // characters, not bytes
	for _, c := range []struct {
		name    string
		degrees int // at which the rule holds; at the others the content passes
		break_  func(*content)
		field   string
		key     string
	}{
		{"no title", always, func(n *content) { n.Title = "" }, "title", "required"},
		{"a blank title", always, func(n *content) { n.Title = " \u00a0 " }, "title", "required"},
		{"a title of two lines", always, func(n *content) { n.Title = "a\nb" }, "title", "characters"},
		{"a title of 301 characters", always, func(n *content) { n.Title = long(301) }, "title", "too_long"},
		{"a title of 300 characters", 0, func(n *content) { n.Title = long(300) }, "", ""},
		{"a problem of 8001 characters", always, func(n *content) { n.Problem = long(8001) }, "problem", "too_long"},
		{"no problem", asSubmission, func(n *content) { n.Problem = " " }, "problem", "required"},
		{"a beneficiary twice", always, func(n *content) { n.Beneficiaries = lands("KE", "KE") }, "beneficiaries", "duplicate"},
		{"a beneficiary that is not a Party", whenPosted, func(n *content) { n.Beneficiaries = lands("KE", "BR") }, "beneficiaries[1]", "not_party"},
		{"a beneficiary that has withdrawn", whenPosted, func(n *content) { n.Beneficiaries = lands("KE", "UG") }, "beneficiaries[1]", "not_party"},
		{"a beneficiary that has signed", 0, func(n *content) { n.Beneficiaries = lands("KE", "TZ") }, "", ""},
		{"an empty beneficiary", always, func(n *content) { n.Beneficiaries = append(lands("KE"), 0) }, "beneficiaries[1]", "required"},
		{"no theme", whenPosted, func(n *content) { n.Themes = nil }, "themes", "required"},
		{"an unknown theme", always, func(n *content) { n.Themes = []string{"survey", "space"} }, "themes[1]", "unknown_theme"},
		{"a theme twice", always, func(n *content) { n.Themes = []string{"survey", "survey"} }, "themes", "duplicate"},
		{"four themes", always, func(n *content) { n.Themes = []string{"survey", "victims", "stockpiles", "education"} }, "themes", "too_many"},
		{"no kind", whenPosted, func(n *content) { n.Kinds = nil }, "kinds", "required"},
		{"an unknown kind", always, func(n *content) { n.Kinds[1].Kind = "magic" }, "kinds[1].kind", "unknown_kind"},
		{"a kind that the convention does not use", always, func(n *content) { n.Kinds[1].Kind = cooperation.Information }, "kinds[1].kind", "unknown_kind"},
		{"a kind twice", always, func(n *content) { n.Kinds[1].Kind = n.Kinds[0].Kind }, "kinds", "duplicate"},
		{"a change of 2001 characters", always, func(n *content) { n.Kinds[0].Change = long(2001) }, "kinds[0].change", "too_long"},
		{"no language", whenPosted, func(n *content) { n.Languages = nil }, "languages", "required"},
		{"no language for equipment", 0, func(n *content) {
			n.Languages, n.Kinds = nil, []cooperation.Outcome{{Kind: cooperation.Equipment, Change: "Sensors."}}
		}, "", ""},
		{"an unknown language", always, func(n *content) { n.Languages[1].Language = "xx-invalid-tag" }, "languages[1].language", "unknown_language"},
		{"a language that is not canonical", always, func(n *content) { n.Languages[1].Language = "PT" }, "languages[1].language", "unknown_language"},
		{"a language twice", always, func(n *content) { n.Languages[1].Language = "en" }, "languages", "duplicate"},
		{"a wish of unknown strength", always, func(n *content) { n.Languages[0].Strength = "urgent" }, "languages[0].strength", "not_one_of"},
		{"an unknown content language", always, func(n *content) { n.ContentLanguage = "english" }, "content_language", "unknown_language"},
		{"a translation into another language", always, func(n *content) { n.Translations["de"] = cooperation.Translation{} }, "translations.de", "unknown_language"},
		{"a translated title of 301 characters", always, func(n *content) { n.Translations["fr"] = cooperation.Translation{Title: long(301)} }, "translations.fr.title", "too_long"},
		{"a place without a country", whenPosted, func(n *content) { n.Places[0].Country = 0 }, "places[0].country", "required"},
		{"51 places", always, func(n *content) { n.Places = make([]cooperation.Place, 51); fill(n.Places) }, "places", "too_many"},
		{"an unknown urgency", always, func(n *content) { n.Urgency = "extreme" }, "urgency", "not_one_of"},
		{"an end before the start", always, func(n *content) { n.End = n.Start.AddDays(-1) }, "end", "date_order"},
		{"an end on the day of the start", 0, func(n *content) { n.End = n.Start }, "", ""},
		{"valid until yesterday", whenPosted, func(n *content) { n.ValidUntil = today().AddDays(-1) }, "valid_until", "validity"},
		{"valid until today", 0, func(n *content) { n.ValidUntil = today() }, "", ""},
		{"valid longer than the profile allows", whenPosted, func(n *content) { n.ValidUntil = today().AddMonths(24).AddDays(1) }, "valid_until", "validity"},
		{"sources that exceed the cost", whenPosted, func(n *content) { n.Costs[0].Sought = "120000.01" }, "costs[0].cost", "sum"},
		{"a cost without its sources", whenPosted, func(n *content) { n.Costs[0] = cooperation.CostLine{Activity: "Survey", Currency: "USD", Cost: "5"} }, "costs[0].cost", "sum"},
		{"no cost", always, func(n *content) { n.Costs[0].Cost = "" }, "costs[0].cost", "required"},
		{"a cost in words", always, func(n *content) { n.Costs[0].Cost = "two million" }, "costs[0].cost", "amount"},
		{"a negative source", always, func(n *content) { n.Costs[0].Other = "-1" }, "costs[0].other", "amount"},
		{"no activity", always, func(n *content) { n.Costs[0].Activity = "" }, "costs[0].activity", "required"},
		{"a currency that does not exist", always, func(n *content) { n.Costs[0].Currency = "ZZZ" }, "costs[0].currency", "unknown_currency"},
		{"no currency", always, func(n *content) { n.Costs[0].Currency = "" }, "costs[0].currency", "required"},
		{"two currencies", always, func(n *content) {
			n.Costs = append(n.Costs, cooperation.CostLine{Activity: "Maps", Currency: "EUR", Cost: "1", Sought: "1"})
		}, "costs[1].currency", "one_currency"},
		{"an analysis from nowhere", always, func(n *content) { n.Analysis.Source = "rumour" }, "analysis.source", "not_one_of"},
		{"a link to a script", always, func(n *content) { n.Analysis.Link = "javascript:alert(1)" }, "analysis.link", "link"},
		{"a link without a host", always, func(n *content) { n.Analysis.Link = "https://" }, "analysis.link", "link"},
		{"a mail address without a place", always, func(n *content) { n.FocalPoint.Mail = "focal.point" }, "focal_point.mail", "mail"},
		{"a mail address with a header", always, func(n *content) { n.FocalPoint.Mail = "a@example.org\nBcc: b@example.org" }, "focal_point.mail", "mail"},
		{"fewer than nobody", always, func(n *content) { n.Reached.Children = -1 }, "reached.children", "too_small"},
		{"more than everybody", always, func(n *content) { n.Reached.Total = 2_000_000_001 }, "reached.total", "too_large"},
		{"more women and men than people", always, func(n *content) { n.Reached.Men = 49 }, "reached.total", "reached"},
		{"more children than people", always, func(n *content) { n.Reached.Children = 101 }, "reached.total", "reached"},
		{"parts without a total", 0, func(n *content) { n.Reached.Total = 0 }, "", ""},
		{"an unknown partner", always, func(n *content) { n.Preferred = []cooperation.Participant{"France"} }, "preferred[0]", "unknown_participant"},
		{"itself as a partner", always, func(n *content) { n.Preferred = []cooperation.Participant{"FR", "MZ"} }, "preferred[1]", "own_side"},
		{"itself excluded", always, func(n *content) { n.Excluded = []cooperation.Participant{"KE"} }, "excluded[0]", "own_side"},
		{"preferred and excluded", always, func(n *content) { n.Preferred = []cooperation.Participant{"FR", "DE"} }, "preferred[1]", "preferred_and_excluded"},
		{"an exclusion twice", always, func(n *content) { n.Excluded = []cooperation.Participant{"DE", "DE"} }, "excluded", "duplicate"},
		{"visibility of no field", always, func(n *content) { n.Visibility["colour"] = cooperation.ToOwn }, "visibility.colour", "unknown_field"},
		{"visibility of what identifies it", always, func(n *content) { n.Visibility["themes"] = cooperation.ToOwn }, "visibility.themes", "always_visible"},
		{"an unknown audience", always, func(n *content) { n.Visibility["costs"] = "friends" }, "visibility.costs", "not_one_of"},
		{"exclusions for the committee", always, func(n *content) { n.Visibility["excluded"] = cooperation.ToCommittee }, "visibility.excluded", "too_visible"},
		{"requests elsewhere for the Parties", always, func(n *content) { n.Visibility["asked_elsewhere"] = cooperation.ToParties }, "visibility.asked_elsewhere", "too_visible"},
		{"requests elsewhere for itself", 0, func(n *content) { n.Visibility["asked_elsewhere"] = cooperation.ToOwn }, "", ""},
		{"contacts for the public", 0, func(n *content) { n.Visibility["focal_point"] = cooperation.ToPublic }, "", ""},
		{"an attachment without a digest", always, func(n *content) { n.Attachments[0].SHA256 = "" }, "attachments[0].sha256", "form"},
		{"an attachment with a digest of other letters", always, func(n *content) { n.Attachments[0].SHA256 = long(64) }, "attachments[0].sha256", "form"},
		{"an empty attachment", always, func(n *content) { n.Attachments[0].Size = 0 }, "attachments[0].size", "too_small"},
	} {
		for degree, name := range degrees {
			t.Run(c.name+"/"+name, func(t *testing.T) {
				content := fullNeed()
				c.break_(&content)
				err := needAs(degree, content)
				if c.degrees&degree == 0 {
					ok(t, err)
					return
				}
				wantField(t, err, c.field, "error.invalid."+c.key)
			})
		}
	}
}

func fill(places []cooperation.Place) {
	for i := range places {
		places[i].Country = land("KE")
	}
}

func TestANeedHasABeneficiary(t *testing.T) {
	content := fullNeed()
	content.Beneficiaries = nil
	_, err := cooperation.DraftNeed(cooperation.NewID(), pilot(), content, kenyaApprover, noon)
	wantCode(t, err, cooperation.Forbidden) // nobody speaks for nobody
	_, err = cooperation.ImportNeed("N-1", pilot(), content, secretariat, noon)
	wantField(t, err, "beneficiaries", "error.invalid.required")
}

func TestAnOpenNeedIsHeldToWhatASubmissionAsks(t *testing.T) {
	n := needIn("open")
	content := fullNeed()
	content.Problem = ""
	wantField(t, n.Replace(pilot(), content, kenyaApprover, noon), "problem", "error.invalid.required")
	n.Clearance.Kind = cooperation.ClearedByImport
	ok(t, n.Replace(pilot(), content, secretariat, noon)) // of an import no more is asked than of a report
	n = needIn("draft")
	ok(t, n.Replace(pilot(), cooperation.NeedContent{Beneficiaries: lands("KE"), Title: "Only a title", ContentLanguage: reference.Language("en")}, kenyaFocal, noon))
}
