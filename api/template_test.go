package api_test

import (
	"slices"
	"strings"
	"testing"
)

type wordingView struct {
	Reason, Language       string
	Version                int
	Overridden             bool
	Placeholders, Required []string
	Shipped                struct{ Subject, Intro string }
	Subject, Closing       string
}

func TestTheSecretariatWordsTheMailsOfItsConvention(t *testing.T) {
	i := install(t)
	at := func(step string) string { return "/api/v1/templates/need.return/fr" + step + "?" + inFCTC }
	var all struct {
		Items []wordingView
		Total int
	}
	i.ask("secretary", "GET", "/api/v1/templates?"+inFCTC+"&language=fr", nil).is(200).into(&all)
	if all.Total != len(all.Items) || all.Total < 30 {
		t.Errorf("%d of %d", len(all.Items), all.Total)
	}
	for _, w := range all.Items {
		if w.Language != "fr" || w.Overridden || w.Version != 1 || w.Shipped.Subject == "" || w.Shipped.Intro == "" || !slices.Contains(w.Placeholders, "convention") {
			t.Errorf("%+v", w)
		}
	}
	first := i.ask("secretary", "GET", at(""), nil).is(200)
	var w wordingView
	first.into(&w)
	if strings.Join(w.Placeholders, " ") != "convention title text" || strings.Join(w.Required, " ") != "text" || !strings.Contains(w.Shipped.Intro, "{{text}}") {
		t.Errorf("%+v", w)
	}
	p := i.ask("secretary", "PUT", at(""), `{"subject":"<b>{{titel}}</b>","intro":"Sans motif"}`, "If-Match", `"1"`).problem(422, "error.invalid.fields")
	if got := strings.Join(p.fields(), "; "); got != "intro: error.invalid.template_required; subject: error.invalid.template_markup" {
		t.Errorf("the mistakes are %s", got)
	}
	put := i.ask("secretary", "PUT", at(""), `{"subject":"Renvoyé : {{title}}","intro":"Motif : {{text}}"}`, "If-Match", first.Header.Get("ETag")).is(200)
	i.ask("secretary", "PUT", at(""), `{"subject":"x"}`, "If-Match", first.Header.Get("ETag")).problem(412, "error.conflict.version")
	i.ask("secretary", "GET", at(""), nil, "If-None-Match", put.Header.Get("ETag")).is(304)
	var shown struct{ Language, Subject, Text, HTML string }
	i.ask("secretary", "POST", at("/preview"), nil).is(200).into(&shown)
	if shown.Language != "fr" || shown.Subject != "Renvoyé : Titre d’une publication" || !strings.Contains(shown.Text, "Motif : Voici les mots") || !strings.Contains(shown.HTML, "<h1") {
		t.Errorf("the sample is %+v", shown)
	}
	i.ask("secretary", "POST", at("/preview"), `{"subject":"A & B"}`).is(200).into(&shown)
	if shown.Subject != "A & B" || !strings.Contains(shown.HTML, "A &amp; B") || strings.Contains(shown.Text, "Motif : Voici") {
		t.Errorf("the sample of what was sent is %+v", shown)
	}
	i.ask("secretary", "POST", at("/preview"), `{"subject":"{{score}}"}`).problem(422, "error.invalid.fields")
	i.ask("secretary", "DELETE", at(""), nil, "If-Match", put.Header.Get("ETag")).is(204)
	i.ask("secretary", "DELETE", at(""), nil, "If-Match", "*").problem(404, "error.not_found.document")
	w = wordingView{}
	i.ask("secretary", "GET", at(""), nil).is(200).into(&w)
	if w.Overridden || w.Version != 3 || w.Subject != "" {
		t.Errorf("after going back: %+v", w)
	}
	i.ask("secretary", "GET", "/api/v1/templates/account.reset/fr?"+inFCTC, nil).problem(404, "error.not_found.document")
}

// templatesAreUsed walks the operations on wordings.
func (i *installation) templatesAreUsed() {
	i.t.Helper()
	at := func(step string) string { return "/api/v1/templates/digest/en" + step + "?" + inFCTC }
	i.ask("secretary", "GET", "/api/v1/templates?"+inFCTC, nil).is(200)
	i.ask("secretary", "GET", at(""), nil).is(200)
	i.ask("secretary", "PUT", at(""), `{"closing":"Thank you."}`, "If-Match", "*").is(200)
	i.ask("secretary", "POST", at("/preview"), nil).is(200)
	i.ask("secretary", "DELETE", at(""), nil, "If-Match", "*").is(204)
}
