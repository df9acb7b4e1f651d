package api_test

import (
	"strings"
	"testing"
)

func TestTheAnswerSpeaksTheReadersLanguage(t *testing.T) {
	i := install(t)
	need := i.openNeed("Open")
	for _, c := range []struct{ accept, language, title, angola, status string }{
		{"", "en", "Not found", "Angola", "Open"},
		{"en-GB", "en", "Not found", "Angola", "Open"},
		{"fr-CA, en;q=0.5", "fr", "Introuvable", "Angola", "Ouvert"},
		{"de, ru;q=0.9", "ru", "Не найдено", "Ангола", "Открыт"},
		{"zh-Hans-CN", "zh", "未找到", "安哥拉", "开放"},
		{"ar", "ar", "غير موجود", "أنغولا", "مفتوح"},
		{"es", "es", "No encontrado", "Angola", "Abierta"},
		{"uk", "en", "Not found", "Angola", "Open"},
		{"nonsense;;;", "en", "Not found", "Angola", "Open"},
	} {
		a := i.ask("", "GET", "/api/v1/needs/"+nobody, nil, "Accept-Language", c.accept)
		p := a.problem(404, "error.not_found.document")
		if a.Header.Get("Content-Language") != c.language || !strings.Contains(strings.Join(a.Header.Values("Vary"), ","), "Accept-Language") {
			t.Errorf("%s is answered in %s, %v", c.accept, a.Header.Get("Content-Language"), a.Header.Values("Vary"))
		}
		d := i.ask("", "GET", "/api/v1/needs/"+need.ID, nil, "Accept-Language", c.accept).is(200).document()
		if d.Labels.Participants["AO"] != c.angola {
			t.Errorf("%s: Angola is called %q", c.accept, d.Labels.Participants["AO"])
		}
		if p.Title != c.title || !strings.HasPrefix(d.Labels.Status, c.status) {
			t.Errorf("%s: the title is %q and the status %q", c.accept, p.Title, d.Labels.Status)
		}
	}
}

func TestWithoutAHeaderAPersonIsAnsweredInTheLanguageOfTheAccount(t *testing.T) {
	i := install(t)
	a := i.ask("interpreter", "GET", "/api/v1/runs?convention=fctc", nil)
	if p := a.problem(403, "error.forbidden.action"); a.Header.Get("Content-Language") != "fr" || strings.Contains(p.Detail, "Your") {
		t.Errorf("answered in %s: %s", a.Header.Get("Content-Language"), p.Detail)
	}
	if a := i.ask("interpreter", "GET", "/api/v1/conventions", nil, "Accept-Language", "es"); a.Header.Get("Content-Language") != "es" {
		t.Errorf("the header does not go before the account: %s", a.Header.Get("Content-Language"))
	}
}

func TestFieldsAreExplainedInTheReadersLanguage(t *testing.T) {
	i := install(t)
	body := without(needBody("Vague"), "problem", "places", "start", "analysis", "reached", "focal_point")
	d := i.ask("focal", "POST", "/api/v1/needs", body, "Accept-Language", "fr").is(201).document()
	if len(d.Missing) < 4 {
		t.Fatalf("little is missing: %+v", d.Missing)
	}
	at := "/api/v1/needs/" + d.ID
	for _, lang := range []string{"ar", "en", "es", "fr", "ru", "zh"} {
		i.ask("focal", "PUT", at, `{"beneficiaries":["ZZ"],"title":5,"themes":["x","x","y","z"],"kinds":[{}],"costs":[{"activity":"a","cost":"1","currency":"USD","sought":"2"}]}`,
			"Accept-Language", lang, "If-Match", `"1"`).is(422)
		i.ask("focal", "PUT", at, `{"beneficiaries":["AO"],"title":"t","focal_point":{"mail":"x"},"analysis":{"source":"own","link":"x"},"end":"2026-01-01","start":"2027-01-01","themes":["nothing"]}`,
			"Accept-Language", lang, "If-Match", `"1"`).problem(422, "error.invalid.fields")
		i.ask("approver", "POST", at+"/submit", `{"clearance":{"date":"2026-01-15"}}`, "Accept-Language", lang, "If-Match", `"1"`).is(422)
		i.ask("approver", "POST", at+"/submit", `{"clearance":{"date":"2199-01-15"}}`, "Accept-Language", lang, "If-Match", `"1"`).is(422)
		i.ask("focal", "POST", at+"/reconfirm", nil, "Accept-Language", lang, "If-Match", `"1"`).problem(409, "error.state.refused")
	}
}
