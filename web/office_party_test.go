package web_test

import (
	"net/http"
	"strings"
	"testing"

	"entente/cooperation"
	"entente/i18n"
)

func TestTheSecretariatSeesWhoActsForWhom(t *testing.T) {
	s := newSite(t)
	kenya := s.person("Focal point of Kenya", cooperation.FocalPoint, "KE")
	s.person("Approver of the United States", cooperation.Approver, "US")
	const at = "/c/fctc/office/parties"
	s.as(kenya)
	s.ask(http.MethodGet, at, http.StatusForbidden)
	s.as(s.person("Secretariat", cooperation.Secretariat, ""))
	s.has(s.ask(http.MethodGet, "/c/fctc/office", http.StatusOK), `href="`+at+`"`)
	row := func(page, name string) string {
		_, after, _ := strings.Cut(page, "<bdi>"+name+"</bdi>")
		out, _, _ := strings.Cut(after, "</tr>")
		return out
	}
	page := s.ask(http.MethodGet, at, http.StatusOK)
	s.has(row(page, "Kenya"), "Party", "/c/fctc/office/people/"+kenya.ID)
	s.has(row(page, "Norway"), "Nobody acts for it.")
	us := row(page, "United States of America")
	s.has(us, "Approver of the United States")
	if strings.Contains(us, "<td>Party</td>") {
		t.Error("a State that is no Party is called one")
	}
	if page := s.ask(http.MethodGet, at+"?only=none", http.StatusOK); row(page, "Kenya") != "" || row(page, "Norway") == "" || row(page, "United States of America") == "" {
		t.Error("those without a focal point are others")
	}
	if page := s.ask(http.MethodGet, at+"?only=some", http.StatusOK); row(page, "Kenya") == "" || row(page, "Norway") != "" {
		t.Error("those for whom somebody acts are others")
	}
	for _, language := range i18n.Languages() {
		s.ask(http.MethodGet, at+"?lang="+language, http.StatusOK)
	}
}
