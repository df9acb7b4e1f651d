package notify

import (
	"slices"
	"strings"
	"testing"

	"entente/cooperation"
	"entente/i18n"
	"entente/i18n/i18ntest"
	"entente/message"
)

// wordedAs is a convention's own wording.
func wordedAs(reason, language string, content cooperation.TemplateContent) *cooperation.Template {
	return &cooperation.Template{Meta: cooperation.Meta{ID: "w", Convention: "pilot", Version: 2}, Reason: reason, Language: language, TemplateContent: content}
}

func TestEveryReasonHasAShippedWordingThatSaysWhatItCanInSixLanguages(t *testing.T) {
	texts := i18ntest.Strict(t) // fails for every text that is missing or has a hole
	for _, reason := range cooperation.TemplateReasons() {
		names, _ := cooperation.PlaceholdersOf(reason)
		for _, language := range i18n.Languages() {
			shipped := ShippedWording(reason, texts.Localizer(language))
			for _, name := range names.Known {
				if !strings.Contains(shipped.Subject+shipped.Intro, "{{"+name+"}}") {
					t.Errorf("%s in %s does not say %s: %+v", reason, language, name, shipped)
				}
			}
			m, err := Sample(wordedAs(reason, language, shipped), pilot(), texts, words{}, "")
			if err != nil || strings.Contains(m.Subject+m.PlainText+m.HTML, "{{") || strings.Contains(m.PlainText, "notify.") {
				t.Errorf("the sample of %s in %s: %v\n%s\n%s", reason, language, err, m.Subject, m.PlainText)
			}
		}
	}
}

func TestWhatPeopleAreToldCanBeWordedByTheNamesOfItsReason(t *testing.T) {
	texts := i18ntest.Strict(t)
	need := &cooperation.Need{Meta: cooperation.Meta{ID: "n", Convention: "pilot", Version: 3}, Status: cooperation.NeedOpen, NeedContent: cooperation.NeedContent{Title: "Clearance", Beneficiaries: pairing("p", "MZ", "CH", 1).Need.Beneficiaries},
		Returned: &cooperation.Remark{Text: "Say more."}}
	told := NewTeller().Tell(aRun(pairing("p1", "MZ", "CH", 9_000_000, "victims")), everybody(), noon)
	for _, reason := range []string{"need.admit", "need.return", "need.submit"} {
		told = append(told, NewTeller().Tell(cooperation.Occasion{Reason: reason, Convention: pilot(), Need: need, Actor: cooperation.System("x")}, everybody(), noon)...)
	}
	seen := map[string]bool{}
	for _, n := range told {
		seen[n.Reason] = true
		names, ok := cooperation.PlaceholdersOf(n.Reason)
		if !ok {
			t.Errorf("%s cannot be worded", n.Reason)
			continue
		}
		all := "all:"
		for _, name := range names.Known {
			all += " {{" + name + "}}"
		}
		m, err := Render(n, Recipient{Language: "en", Template: wordedAs(n.Reason, "en", cooperation.TemplateContent{Subject: all})}, texts, words{}, "")
		if err != nil || !strings.HasPrefix(m.Subject, "all: ") || strings.Contains(m.Subject, "…") {
			t.Errorf("%s: %q, %v", n.Reason, m.Subject, err)
		}
	}
	for _, reason := range []string{"proposals.responsible", "proposals.informed", "proposals.secretariat", "proposals.posting", "need.admit", "need.return", "need.submit"} {
		if !seen[reason] {
			t.Errorf("nobody was told for %s", reason)
		}
	}
}

func TestAWordingTakesThePlaceOfSubjectAndIntroductionAndLeavesTheRest(t *testing.T) {
	texts := i18ntest.Strict(t)
	n := reviewed(t, many(7)...)
	own := wordedAs(n.Reason, "fr", cooperation.TemplateContent{Subject: "À {{body}} & autres", Intro: "Voici {{count}} projets.", Closing: "Le secrétariat de {{convention}} vous remercie."})
	m, err := Render(n, Recipient{Language: "fr", Template: own}, texts, words{}, "https://entente.example")
	if err != nil {
		t.Fatal(err)
	}
	if m.Subject != "À Comité d’examen & autres" || !strings.HasPrefix(m.PlainText, "Voici 7 projets.\n\n") || !strings.Contains(m.HTML, "Comité d’examen &amp; autres") {
		t.Errorf("%q\n%s", m.Subject, m.PlainText)
	}
	order := []string{"Voici 7", "2 autres", "Need p00", "consultatif", "confidentiel", "Le secrétariat de Pilot Convention vous remercie.", "https://entente.example", "Vous recevez"}
	for _, text := range []string{m.PlainText, m.HTML} {
		at := -1
		for _, want := range order {
			next := strings.Index(text, want)
			if next <= at && want != "2 autres" {
				t.Errorf("%q is missing or out of order:\n%s", want, text)
			}
			at = max(at, next)
		}
	}
	shipped, err := Render(n, Recipient{Language: "fr"}, texts, words{}, "https://entente.example")
	if err != nil {
		t.Fatal(err)
	}
	part := wordedAs(n.Reason, "fr", cooperation.TemplateContent{Closing: "Merci."})
	if m, err = Render(n, Recipient{Language: "fr", Template: part}, texts, words{}, "https://entente.example"); err != nil || m.Subject != shipped.Subject || strings.Replace(m.PlainText, "Merci.\n\n", "", 1) != shipped.PlainText {
		t.Errorf("%v: more than the closing changed:\n%s", err, m.PlainText)
	}
	if m, err = Render(n, Recipient{Language: "ru", Template: own}, texts, words{}, ""); err != nil || strings.Contains(m.Subject+m.PlainText, "Voici") {
		t.Errorf("%v: a wording in another language was used:\n%s", err, m.PlainText)
	}
}

func TestAWordingThatFailsLeavesTheWholeMessageAsItIsShippedAndIsReported(t *testing.T) {
	n := reviewed(t, many(2)...)
	var told []string
	texts, err := i18n.New(i18n.Report(func(p *i18n.Problem) { told = append(told, p.Key+" "+p.Language) }))
	if err != nil {
		t.Fatal(err)
	}
	shipped, err := Render(n, Recipient{Language: "es"}, texts, words{}, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, broken := range []cooperation.TemplateContent{
		{Subject: "Hola", Intro: "{{title}}"}, {Subject: "Hola", Closing: "{{body"}, {Subject: "{{.x}}", Intro: "Hola"},
	} {
		told = nil
		m, err := Render(n, Recipient{Language: "es", Template: wordedAs(n.Reason, "es", broken)}, texts, words{}, "")
		if err != nil || m != shipped {
			t.Errorf("%+v: %v\n%s", broken, err, m.PlainText)
		}
		if !slices.Equal(told, []string{"template." + n.Reason + " es"}) {
			t.Errorf("%+v: reported are %v", broken, told)
		}
	}
}

func TestWhatAValueHoldsIsNeitherMarkupNorAPlaceholder(t *testing.T) {
	texts := i18ntest.Strict(t)
	n := &cooperation.Notification{Meta: cooperation.Meta{ID: "n", Convention: "pilot"}, Reason: "need.admit",
		Subject: message.New("notify.need.admit.subject", message.Of(message.Convention, "convention", "pilot"), message.Of(message.Text, "title", "<img src=x>\r\nBcc: a@b.example {{convention}}")),
		Lines:   []message.Message{message.New("notify.need.admit.line")}}
	m, err := Render(n, Recipient{Language: "en", Template: wordedAs(n.Reason, "en", cooperation.TemplateContent{Subject: "{{title}}", Intro: "On {{title}}"})}, texts, words{}, "")
	if err != nil || strings.Contains(m.HTML, "<img") || !strings.Contains(m.HTML, "&lt;img src=x&gt;") || strings.ContainsAny(m.Subject, "\r\n") || !strings.Contains(m.Subject, "{{convention}}") {
		t.Errorf("%v: %q\n%s", err, m.Subject, m.HTML)
	}
}

func TestTheDelivererWordsAMailAsTheConventionDoesInTheReadersLanguage(t *testing.T) {
	reader, other := person("member-de", member("review", "DE")), person("member-pe", member("review", "PE"))
	reader.Language, other.Language = "fr-CH", "ru"
	box := newOutbox(aRun(many(1)...), reader, other)
	box.worded = map[string]*cooperation.Template{ReasonResponsible + "/fr": wordedAs(ReasonResponsible, "fr", cooperation.TemplateContent{Subject: "Bonjour"})}
	got := map[string]string{}
	c := &channel{}
	d, _ := newDeliverer(t, box, c)
	if err := d.Round(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, m := range c.sent {
		got[m.To] = m.Subject
	}
	if got[reader.Mail] != "Bonjour" || got[other.Mail] == "" || got[other.Mail] == "Bonjour" {
		t.Errorf("the subjects are %q", got)
	}
}
