package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"entente/cooperation"
	"entente/i18n"
)

func TestTheSecretariatNamesPeopleToABody(t *testing.T) {
	s := newSite(t, bench(t))
	const at = "/c/fctc/committees/bureau"
	s.as(s.person("Focal point of Kenya", cooperation.FocalPoint, "KE"))
	if page := s.ask(http.MethodGet, at, http.StatusOK); strings.Contains(page, at+"/member") || strings.Contains(page, at+"/chair") {
		t.Error("a focal point is offered to name members")
	}
	s.ask(http.MethodPost, at+"/member", http.StatusForbidden, "country", "Norway")
	s.as(s.person("Secretariat", cooperation.Secretariat, ""))
	page := s.ask(http.MethodGet, at, http.StatusOK)
	s.has(page, "Name a member", "Record the election of a chair", `<datalist id="known-countries">`, "Take back: Japan")

	today := cooperation.DateOf(time.Now())
	from, until := today.String(), today.AddMonths(12).String()
	seen := version(t, page, "member")
	s.has(s.ask(http.MethodPost, at+"/member", http.StatusUnprocessableEntity, "version", seen, "country", "Norwai", "from", from, "until", until), `role="alert"`, "the nearest is", `value="Norwai"`, `href="#member-country"`)
	s.has(s.ask(http.MethodPost, at+"/chair", http.StatusUnprocessableEntity, "version", version(t, page, "chair"), "country", "Norway", "from", today.AddMonths(30).String(), "until", today.AddMonths(36).String(), "record", "Report <1>"),
		`role="alert"`, "Rule:", `value="Report &lt;1&gt;"`)
	if to := s.choose(at+"/member/remove", "version", seen, "at", "4"); to != at+"?done=naming.member_remove" {
		t.Errorf("taken back, it leads to %s", to)
	}
	page = s.ask(http.MethodGet, at+"?done=naming.member_remove", http.StatusOK)
	s.has(page, "It was taken back.")
	if strings.Contains(page, "Take back: India") {
		t.Error("who was taken back is still named")
	}
	s.choose(at+"/member", "version", version(t, page, "member"), "country", "Norway", "from", from, "until", until, "seat", "euro")
	page = s.ask(http.MethodGet, at+"?done=naming.member", http.StatusOK)
	s.has(page, "The member was named.", "Take back: Norway")
	s.choose(at+"/adviser", "version", version(t, page, "adviser"), "country", "Sweden", "from", from, "until", until)
	page = s.ask(http.MethodGet, at, http.StatusOK)
	s.has(page, "Take back: Sweden", "Gender and diversity focal point")
	s.choose(at+"/observer", "version", version(t, page, "observer"), "participant", "Fiji", "from", from, "until", until)
	s.has(s.ask(http.MethodGet, at, http.StatusOK), "Take back: Fiji")
	s.holds(at, from, until)
	for _, language := range i18n.Languages() {
		s.ask(http.MethodGet, at+"?lang="+language, http.StatusOK)
	}
}

// holds names officers, standing observers and the mailbox of a body.
func (s *site) holds(at, from, until string) {
	s.t.Helper()
	page := s.ask(http.MethodGet, at, http.StatusOK)
	s.has(page, `id="lacks"`, "Name an officer")
	seen := version(s.t, page, "officer")
	s.has(s.ask(http.MethodPost, at+"/officer", http.StatusUnprocessableEntity, "version", seen, "office", "vice-president", "country", "Fiji", "from", until, "until", from), `href="#officer-until"`)
	s.has(s.does(at, "officer", "office", "vice-president", "country", "Fiji", "from", from, "until", until), "The officer was named.", "<dd>Fiji</dd>")
	s.has(s.ask(http.MethodPost, at+"/standing", http.StatusUnprocessableEntity, "participant", "Fiji"), `href="#standing-participant"`)
	s.has(s.ask(http.MethodPost, at+"/contact", http.StatusUnprocessableEntity, "contact", "nowhere"), `href="#contact-contact"`)
	s.has(s.does(at, "contact", "contact", "bureau@example.org"), `value="bureau@example.org"`)
	page = s.does(at, "officer/remove", "at", "1")
	if strings.Contains(page, at+"/officer/remove") {
		s.t.Error("the officer is still named")
	}
}
