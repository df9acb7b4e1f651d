package cooperation

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
)

func wordsMails() Actor {
	return Actor{ID: "secretary", Grants: []Grant{{Convention: "test", Role: Secretariat}}}
}

var worded = time.Date(2026, time.March, 10, 12, 0, 0, 0, time.UTC)

func TestAWordingNamesOnlyWhatTheMessageCanSay(t *testing.T) {
	for _, tc := range []struct {
		reason  string
		content TemplateContent
		want    string // field: key, …
	}{
		{"need.admit", TemplateContent{Subject: "{{convention}}: {{title}} – été"}, ""},
		{"need.admit", TemplateContent{Closing: "Call us: +41 22 000, https://example.org/?a=b&c"}, ""},
		{"need.return", TemplateContent{Intro: "Returned, because: {{text}}", Subject: "Returned"}, ""},
		{"need.return", TemplateContent{Subject: "Returned"}, ""},
		{"need.return", TemplateContent{Intro: "Returned."}, "intro: error.invalid.template_required"},
		{"offer.reconfirm_due", TemplateContent{Intro: "Please act on {{title}}."}, "intro: error.invalid.template_required"},
		{"committee.name_chair", TemplateContent{Intro: "{{country}} presides."}, "intro: error.invalid.template_required"},
		{"need.admit", TemplateContent{}, "subject: error.invalid.template_empty"},
		{"need.admit", TemplateContent{Subject: " \t "}, "subject: error.invalid.template_empty"},
		{"need.admit", TemplateContent{Subject: "{{text}}", Closing: "{{score}}"}, "closing: error.invalid.template_placeholder, subject: error.invalid.template_placeholder"},
		{"digest", TemplateContent{Intro: "{{title}}"}, "intro: error.invalid.template_placeholder"},
		{"digest", TemplateContent{Intro: "{count} or {{ count }} or {{.count}} or {{count"}, "intro: error.invalid.template_braces"},
		{"digest", TemplateContent{Intro: "{{{count}}}"}, "intro: error.invalid.template_braces"},
		{"digest", TemplateContent{Intro: "<b>bold</b>"}, "intro: error.invalid.template_markup"},
		{"digest", TemplateContent{Subject: "one\r\nBcc: somebody@example.org", Intro: "a\u2028b"}, "intro: error.invalid.template_lines, subject: error.invalid.template_lines"},
		{"digest", TemplateContent{Subject: "a\x00b", Closing: "a\u202eb", Intro: "\xff"}, "closing: error.invalid.characters, intro: error.invalid.characters, subject: error.invalid.characters"},
		{"digest", TemplateContent{Subject: strings.Repeat("é", 200), Intro: strings.Repeat("é", 2000), Closing: strings.Repeat("é", 2000)}, ""},
		{"digest", TemplateContent{Subject: strings.Repeat("é", 201), Intro: strings.Repeat("é", 2001), Closing: strings.Repeat("é", 2001)},
			"closing: error.invalid.too_long, intro: error.invalid.too_long, subject: error.invalid.too_long"},
	} {
		w, err := NewTemplate("test", tc.reason, "fr", wordsMails(), worded)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		var refused *Error
		if err := w.Replace(tc.content, wordsMails(), worded); errors.As(err, &refused) {
			for _, f := range refused.Fields {
				got = append(got, f.Field+": "+f.Message.Key)
			}
		} else if err != nil {
			t.Fatal(err)
		}
		if strings.Join(got, ", ") != tc.want {
			t.Errorf("%s %+v: %s", tc.reason, tc.content, strings.Join(got, ", "))
		}
		if (w.Version == 2) != (tc.want == "") {
			t.Errorf("%s %+v: version %d", tc.reason, tc.content, w.Version)
		}
	}
}

func TestAWordingIsReplacedAndTakenBackByTheSecretariatOnly(t *testing.T) {
	w, err := NewTemplate("test", "need.admit", "fr", wordsMails(), worded)
	if err != nil || w.Version != 1 || w.Overrides() {
		t.Fatalf("%+v, %v", w, err)
	}
	content := TemplateContent{Subject: "  Admis : {{title}} "}
	strangers := []Actor{{}, {ID: "x"}, {ID: "x", Grants: []Grant{{Role: Administrator}}}, {ID: "x", Grants: []Grant{{Convention: "other", Role: Secretariat}}},
		{ID: "x", Grants: []Grant{{Convention: "test", Role: FocalPoint, Participant: "KE"}}}, {ID: "secretary", ReadOnly: true, Grants: wordsMails().Grants}}
	refused := func(a Actor, err error) {
		t.Helper()
		if CodeOf(err) != Forbidden {
			t.Errorf("%+v is answered with %v", a, err)
		}
	}
	for _, a := range strangers {
		refused(a, w.Replace(content, a, worded))
	}
	if err := w.Remove(wordsMails(), worded); err == nil {
		t.Error("the shipped wording was removed")
	}
	if err := w.Replace(content, wordsMails(), worded.Add(time.Hour)); err != nil || w.Version != 2 || !w.Overrides() || w.Subject != "Admis : {{title}}" || !w.Updated.Equal(worded.Add(time.Hour)) {
		t.Errorf("%+v, %v", w, err)
	}
	for _, a := range strangers {
		refused(a, w.Remove(a, worded))
	}
	if err := w.Remove(wordsMails(), worded); err != nil || w.Version != 3 || w.Overrides() || w.TemplateContent != (TemplateContent{}) {
		t.Errorf("%+v, %v", w, err)
	}
}

func TestThereAreWordingsForTheReasonsOfAConventionAndNoOthers(t *testing.T) {
	for _, reason := range []string{"", "account.reset", "mail.bounced", "webhook.paused", "need.replace", "x"} {
		if _, err := NewTemplate("test", reason, "en", wordsMails(), worded); err == nil {
			t.Errorf("there is one for %q", reason)
		}
	}
	for _, language := range []string{"", "de", "EN", "fr-CH"} {
		if _, err := NewTemplate("test", "need.admit", language, wordsMails(), worded); err == nil {
			t.Errorf("there is one in %q", language)
		}
	}
	seen := map[string]bool{}
	for _, reason := range TemplateReasons() {
		for _, language := range ReaderLanguages() {
			w, err := NewTemplate("test", reason, string(language), wordsMails(), worded)
			if err != nil || seen[w.ID] {
				t.Fatalf("%s %s: %v", reason, language, err)
			}
			seen[w.ID] = true
		}
		names, ok := PlaceholdersOf(reason)
		if !ok || !slices.Contains(names.Known, "convention") {
			t.Errorf("%s can say %v", reason, names)
		}
		for _, required := range names.Required {
			if !slices.Contains(names.Known, required) {
				t.Errorf("%s must say %s and cannot", reason, required)
			}
		}
	}
}
