package cooperation_test

import (
	"strings"
	"sync"
	"testing"

	"entente/cooperation"
	"entente/i18n"
	"entente/message"
)

// wantField fails the test unless err is about exactly one field, with a
// message that can be put into words in all six languages.
func wantField(t *testing.T, err error, field, key string) {
	t.Helper()
	if err == nil {
		t.Errorf("it is accepted, want %s: %s", field, key)
		return
	}
	e := refusal(t, err)
	if e.Code != cooperation.Invalid || e.Message.Key != "error.invalid.fields" {
		t.Errorf("the refusal is %v", e)
	}
	if len(e.Fields) != 1 || e.Fields[0].Field != field || e.Fields[0].Message.Key != key {
		t.Errorf("the mistakes are %v, want only %s: %s", e, field, key)
	}
	rendered(t, e)
}

// texts are the catalogues, loaded once: hundreds of refusals are rendered.
var texts = sync.OnceValues(func() (*i18n.Catalogue, error) { return i18n.New() })

// rendered fails the test unless everything in e can be said in all languages.
func rendered(t *testing.T, e *cooperation.Error) {
	t.Helper()
	said(t, e.Message)
	for _, f := range e.Fields {
		said(t, f.Message)
	}
}

// said fails the test unless the message can be put into words, completely, in
// all languages.
func said(t *testing.T, m message.Message) {
	t.Helper()
	catalogue, err := texts()
	ok(t, err)
	for _, lang := range i18n.Languages() {
		if _, err := catalogue.Localizer(lang).Check(m, documents{}); err != nil {
			t.Error(err)
		}
	}
}

// The three degrees to which a posting must be complete.
const (
	asDraft = 1 << iota
	asImport
	asSubmission
	whenPosted = asImport | asSubmission
	always     = asDraft | whenPosted
)

var degrees = map[int]string{asDraft: "draft", asImport: "import", asSubmission: "submission"}

// needAs checks content as the degree asks.
func needAs(degree int, content cooperation.NeedContent) error {
	switch degree {
	case asDraft:
		_, err := cooperation.DraftNeed(cooperation.NewID(), pilot(), content, firstSpeaker(content), noon)
		return err
	case asImport:
		_, err := cooperation.ImportNeed("N-1", pilot(), content, secretariat, noon)
		return err
	}
	n := needIn("draft")
	n.NeedContent = content
	return n.Submit(pilot(), cleared(), true, firstSpeaker(content), noon)
}

// firstSpeaker is the approver of the first beneficiary.
func firstSpeaker(content cooperation.NeedContent) cooperation.Actor {
	if len(content.Beneficiaries) == 0 {
		return kenyaApprover
	}
	return someone(cooperation.Approver, cooperation.Participant(content.Beneficiaries[0].Alpha2()))
}

// offerAs checks content as the degree asks.
func offerAs(degree int, content cooperation.OfferContent) error {
	approver := someone(cooperation.Approver, content.Provider)
	switch degree {
	case asDraft:
		_, err := cooperation.DraftOffer(cooperation.NewID(), pilot(), content, approver, noon)
		return err
	case asImport:
		_, err := cooperation.ImportOffer("O-1", pilot(), content, secretariat, noon)
		return err
	}
	o := offerIn("draft", cooperation.Indication)
	o.OfferContent = content
	return o.Submit(pilot(), nil, approver, noon)
}

func TestAFullNeedAndAFullOfferPassAtEveryDegree(t *testing.T) {
	for degree, name := range degrees {
		if err := needAs(degree, fullNeed()); err != nil {
			t.Errorf("%s of a need: %v", name, err)
		}
		if err := offerAs(degree, fullOffer()); err != nil {
			t.Errorf("%s of an offer: %v", name, err)
		}
	}
}

func TestTheLeastThatEachDegreeAsksOfANeed(t *testing.T) {
	least := cooperation.NeedContent{Beneficiaries: lands("KE"), Title: "Survey"}
	ok(t, needAs(asDraft, least))
	if e := refusal(t, needAs(asImport, least)); fields(e) != "kinds languages themes" {
		t.Errorf("an import lacks %s", fields(e))
	}
	least.Themes, least.Kinds = []string{"survey"}, []cooperation.Outcome{{Kind: cooperation.Finance}}
	ok(t, needAs(asImport, least)) // finance needs no language
	if e := refusal(t, needAs(asSubmission, least)); fields(e) != "problem" {
		t.Errorf("a submission lacks %s", fields(e))
	}
	least.Problem = "Farmers do not dare to return."
	ok(t, needAs(asSubmission, least))
}

func TestTheLeastThatEachDegreeAsksOfAnOffer(t *testing.T) {
	least := cooperation.OfferContent{Provider: "FR", Title: "Training"}
	ok(t, offerAs(asDraft, least))
	if e := refusal(t, offerAs(asImport, least)); fields(e) != "kinds themes" {
		t.Errorf("an import lacks %s", fields(e))
	}
	least.Themes, least.Kinds = []string{"survey"}, []cooperation.Outcome{{Kind: cooperation.Training}}
	ok(t, offerAs(asImport, least))
	if e := refusal(t, offerAs(asSubmission, least)); fields(e) != "description firmness" {
		t.Errorf("a submission lacks %s", fields(e))
	}
	least.Description, least.Firmness = "Courses on site.", cooperation.Indication
	ok(t, offerAs(asSubmission, least))
}

func fields(e *cooperation.Error) string {
	var names []string
	for _, f := range e.Fields {
		names = append(names, f.Field)
	}
	return strings.Join(names, " ")
}

func TestEveryMistakeIsToldInAnOrderThatDoesNotChange(t *testing.T) {
	content := fullNeed()
	content.Visibility = map[string]cooperation.Audience{"a": "x", "b": "x", "costs": "x", "places": "x", "title": "public", "preferred": "public"}
	content.Translations = map[string]cooperation.Translation{"de": {}, "pt": {}, "fr": {Title: strings.Repeat("x", 301)}, "es": {Title: "\x00"}}
	content.Preferred, content.Excluded = []cooperation.Participant{"??"}, []cooperation.Participant{"!!"}
	want := "excluded[0] preferred[0] translations.de translations.es.title translations.fr.title translations.pt " +
		"visibility.a visibility.b visibility.costs visibility.places visibility.preferred visibility.title"
	for range 20 {
		e := refusal(t, needAs(asDraft, content))
		if got := fields(e); got != want {
			t.Fatalf("the mistakes are\n%s, want\n%s", got, want)
		}
		rendered(t, e)
	}
}

func TestHostileInputDoesNotMakeALongAnswer(t *testing.T) {
	content := fullNeed()
	for range 5000 {
		content.Themes = append(content.Themes, strings.Repeat("x", 1000))
		content.Costs = append(content.Costs, cooperation.CostLine{Activity: "\x00"})
	}
	content.Visibility[strings.Repeat("\u202e", 1000)] = "x"
	e := refusal(t, needAs(asDraft, content))
	if len(e.Fields) != 100 {
		t.Errorf("%d mistakes are told, want 100", len(e.Fields))
	}
	for _, f := range e.Fields {
		if len(f.Field) > 400 || strings.ContainsRune(f.Field, '\u202e') {
			t.Errorf("a field is named %q", f.Field)
		}
		for _, a := range f.Message.Args {
			if len(a.Value) > 400 {
				t.Errorf("%d characters are said back", len(a.Value))
			}
		}
	}
}

func TestTextThatCannotBeShownIsRefusedWhereverItStands(t *testing.T) {
	hostile := map[string]string{
		"NUL": "a\x00b", "escape": "a\x1b[31mb", "delete": "a\x7fb", "C1": "a\u0085b", "override": "a\u202eb", "isolate": "a\u2066b", "broken UTF-8": "a\xffb",
	}
	for name, s := range hostile {
		for field, set := range map[string]func(*cooperation.NeedContent){
			"title":                   func(n *cooperation.NeedContent) { n.Title = s },
			"problem":                 func(n *cooperation.NeedContent) { n.Problem = s },
			"kinds[1].change":         func(n *cooperation.NeedContent) { n.Kinds[1].Change = s },
			"focal_point.name":        func(n *cooperation.NeedContent) { n.FocalPoint.Name = s },
			"places[0].area":          func(n *cooperation.NeedContent) { n.Places[0].Area = s },
			"costs[0].result":         func(n *cooperation.NeedContent) { n.Costs[0].Result = s },
			"analysis.text":           func(n *cooperation.NeedContent) { n.Analysis.Text = s },
			"reached.description":     func(n *cooperation.NeedContent) { n.Reached.Description = s },
			"attachments[0].name":     func(n *cooperation.NeedContent) { n.Attachments[0].Name = s },
			"translations.fr.barrier": func(n *cooperation.NeedContent) { n.Translations["fr"] = cooperation.Translation{Barrier: s} },
		} {
			t.Run(name+"/"+field, func(t *testing.T) {
				content := fullNeed()
				set(&content)
				wantField(t, needAs(asDraft, content), field, "error.invalid.characters")
			})
		}
	}
}

func TestOrdinaryTextOfAllScriptsPasses(t *testing.T) {
	for _, s := range []string{"مسح المناطق \u200fالأخيرة", "می\u200cخواهم", "调查最后的区域", "Обследование", "हिन्दी \u200d क्ष", "é vs e\u0301", "O’Neill & <sons> \"quoted\"", "👩🏽‍🌾", "=1+1", "'; DROP TABLE needs; --"} {
		content := fullNeed()
		content.Title, content.Problem = s, s+"\r\n\t"+s
		if err := needAs(asSubmission, content); err != nil {
			t.Errorf("%q: %v", s, err)
		}
	}
}
