package notify

import (
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"entente/cooperation"
	"entente/i18n"
	"entente/i18n/i18ntest"
	"entente/message"
)

// reviewed is the message that a member of the review body gets.
func reviewed(t *testing.T, pairings ...cooperation.Pairing) *cooperation.Notification {
	t.Helper()
	return tell(t, aRun(pairings...), person("member-de", member("review", "DE")))["member-de/review"]
}

func TestAMessageReadsWellInSixLanguages(t *testing.T) {
	texts := i18ntest.Strict(t)
	n := reviewed(t, many(7)...)
	for _, tc := range []struct{ lang, dir, subject, country, advice string }{
		{"ar", "rtl", "لجنة الاستعراض: 7 مقترحات جديدة", "موزامبيق", "استشاري"},
		{"en", "ltr", "Pilot Convention, Review Committee: 7 new proposals", "Mozambique", "advice"},
		{"es", "ltr", "Pilot Convention, Comité de Examen: 7 nuevas propuestas", "Mozambique", "consultivo"},
		{"fr", "ltr", "Pilot Convention, Comité d’examen\u00a0: 7 nouvelles propositions", "Mozambique", "consultatif"},
		{"ru", "ltr", "Pilot Convention, Комитет по обзору: 7 новых проектов партнерств", "Мозамбик", "рекомендательный"},
		{"zh", "ltr", "审议委员会：7 项新的配对建议", "莫桑比克", "仅供参考"},
	} {
		t.Run(tc.lang, func(t *testing.T) {
			m, err := Render(n, Recipient{Name: "Reader", Mail: "reader@mail.example", Language: tc.lang}, texts, words{}, "https://entente.example")
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(m.Subject, tc.subject) || m.Language != tc.lang {
				t.Errorf("subject in %s: %q", m.Language, m.Subject)
			}
			for _, want := range []string{tc.country, tc.advice, "Need p00", "Offer p04", "https://entente.example"} {
				if !strings.Contains(m.PlainText, want) || !strings.Contains(m.HTML, want) {
					t.Errorf("%q is missing in the message:\n%s", want, m.PlainText)
				}
			}
			if strings.Contains(m.PlainText, "Need p05") {
				t.Error("more than five pairings are shown")
			}
			if want := `<html lang="` + tc.lang + `" dir="` + tc.dir + `">`; !strings.Contains(m.HTML, want) {
				t.Errorf("%q is missing in the HTML", want)
			}
			if unresolved := regexp.MustCompile(`notify\.|match\.|\{\{|<no value>`).FindString(m.PlainText + m.HTML + m.Subject); unresolved != "" {
				t.Errorf("the message shows %q:\n%s", unresolved, m.PlainText)
			}
		})
	}
}

func TestAMessageCarriesWhatMailProgramsAskFor(t *testing.T) {
	n := reviewed(t, many(1)...)
	for _, tc := range []struct {
		url, domain string
		link        bool
	}{
		{"https://Entente.Example:8443/base", "entente.example", true},
		{"http://127.0.0.1:8080", "127.0.0.1", true},
		{"http://[::1]:8080", unconfigured, true},
		{"", unconfigured, false},
		{"javascript:alert(1)", unconfigured, false},
		{"https://evil.example>\r\nBcc: x@y", unconfigured, false},
	} {
		m, err := Render(n, Recipient{Name: "Reader", Mail: "reader@mail.example", Language: "xx"}, i18ntest.Strict(t), words{}, tc.url)
		if err != nil {
			t.Fatal(err)
		}
		if m.ID != n.ID+"@"+tc.domain || m.List != "pilot."+tc.domain || m.Language != "en" || !m.Date.Equal(noon) || m.To != "reader@mail.example" {
			t.Errorf("with %q: %+v", tc.url, m)
		}
		if strings.Contains(m.HTML, "<a href") != tc.link || tc.link != strings.Contains(m.PlainText, "\nhttp") {
			t.Errorf("with %q the message links wrongly:\n%s", tc.url, m.PlainText)
		}
	}
}

func TestOneItemAloneIsNotNumbered(t *testing.T) {
	texts := i18ntest.Strict(t)
	for pairings, numbered := range map[int]bool{1: false, 2: true} {
		m, err := Render(reviewed(t, many(pairings)...), Recipient{Language: "en"}, texts, words{}, "")
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(m.PlainText, "1. Need") != numbered || strings.Contains(m.HTML, "list-style-type:none") == numbered {
			t.Errorf("%d pairings read:\n%s\n%s", pairings, m.PlainText, m.HTML)
		}
	}
}

func TestWhatPeopleWriteCannotBecomeMarkupOrHeaders(t *testing.T) {
	evil := "Demining\r\nBcc: all@mail.example <script>alert(1)</script> \u202egnp.exe &amp; {{.need}}"
	p := pairing("a", "MZ", "CH", 90_000_000)
	p.Need.Title = evil
	texts := i18ntest.Strict(t)
	returned := aNeed()
	returned.Title, returned.Returned.Text = evil, evil
	o := cooperation.Occasion{Reason: "need.return", Convention: pilot(), Need: returned}
	for _, n := range []*cooperation.Notification{reviewed(t, p), tell(t, o, everybody()...)["focal-mz/"]} {
		for _, lang := range i18n.Languages() {
			m, err := Render(n, Recipient{Name: evil, Mail: "reader@mail.example\r\nBcc: x@mail.example", Language: lang}, texts, words{}, "")
			if err != nil {
				t.Fatal(err)
			}
			for name, field := range map[string]string{"subject": m.Subject, "name": m.Name, "address": m.To, "id": m.ID, "list": m.List} {
				if strings.ContainsAny(field, "\r\n") {
					t.Errorf("the %s in %s breaks its line: %q", name, lang, field)
				}
			}
			if strings.Contains(m.PlainText, "\u202e") || strings.Contains(m.PlainText, "\nBcc:") {
				t.Errorf("the plain text in %s is reordered or broken:\n%q", lang, m.PlainText)
			}
			if strings.Contains(m.HTML, "<script") || !strings.Contains(m.HTML, "&lt;script&gt;") {
				t.Errorf("the HTML in %s holds markup of the title", lang)
			}
			if elements := parse(t, m.HTML); elements["script"] > 0 || elements["img"] > 0 || elements["table"] > 0 || elements["h1"] != 1 {
				t.Errorf("elements in %s: %v", lang, elements)
			}
		}
	}
}

// parse counts the elements of a document.
func parse(t *testing.T, document string) map[string]int {
	t.Helper()
	root, err := html.Parse(strings.NewReader(document))
	if err != nil {
		t.Fatal(err)
	}
	elements := make(map[string]int)
	for node := range root.Descendants() {
		if node.Type == html.ElementNode {
			elements[node.Data]++
		}
	}
	return elements
}

func TestAMessageSaysWhyOneIsTold(t *testing.T) {
	for _, tc := range []struct {
		n    cooperation.Notification
		want string
	}{
		{cooperation.Notification{Reason: ReasonResponsible, Committee: "review", Recipient: "u"}, "notify.why.responsible"},
		{cooperation.Notification{Reason: ReasonResponsible, Committee: "review", Recipient: "committee:review"}, "notify.why.mailbox"},
		{cooperation.Notification{Reason: ReasonInformed, Committee: "victims", Recipient: "u"}, "notify.why.informed"},
		{cooperation.Notification{Reason: ReasonSecretariat, Committee: "review", Recipient: "u"}, "notify.why.secretariat"},
		{cooperation.Notification{Reason: ReasonPosting, Recipient: "u"}, "notify.why.posting"},
		{cooperation.Notification{Reason: "need.submit", Recipient: "u"}, "notify.why.secretariat"},
		{cooperation.Notification{Reason: "offer.lapse", Recipient: "u"}, "notify.why.posting"},
	} {
		if got := Why(&tc.n); got.Key != tc.want {
			t.Errorf("%+v: %s, wanted %s", tc.n, got.Key, tc.want)
		}
	}
}

func TestWhatAStoredMessageNoLongerHasANameForIsStillSent(t *testing.T) {
	var problems int
	texts, err := i18n.New(i18n.Report(func(*i18n.Problem) { problems++ }))
	if err != nil {
		t.Fatal(err)
	}
	n := &cooperation.Notification{Meta: cooperation.Meta{ID: "n", Convention: "pilot"}, Reason: ReasonPosting,
		Subject: message.New("notify.a_text_of_the_past", message.Of(message.Text, "title", "Survey"))}
	m, err := Render(n, Recipient{Language: "ru"}, texts, nil, "")
	if err != nil || m.Subject == "" || problems == 0 {
		t.Errorf("%+v, %v, %d problems", m, err, problems)
	}
}
