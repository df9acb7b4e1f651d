package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"entente/cooperation"
	"entente/i18n"
	"entente/profiles"
)

func TestTheRulesOfAConventionAreThereForEverybody(t *testing.T) {
	year := time.Now().UTC().Format("2006")
	s := newSite(t, func(set *profiles.Set) {
		c, _ := set.Convention("fctc")
		c.Reviewed = false
	})
	const at = "/c/apmbc/rules"
	s.has(s.ask(http.MethodGet, "/c/apmbc", http.StatusOK), `href="`+at+`"`)
	s.has(s.ask(http.MethodGet, "/c/apmbc/committees/enhancement", http.StatusOK), `href="`+at+`"`, "Terms overlap", "Decides by consensus", "Conclusions and recommendations")
	page := s.ask(http.MethodGet, at, http.StatusOK)
	s.has(page, "Mine clearance", "5(1)", "20 working days", "2 months", "Need: 24 months. Offer: 12 months", "30 days before the end", "3, 6 and 12 months after the beginning",
		"Geneva", "Saturday and Sunday", "Good Friday", "25 December "+year, "A member in the second year of its term", "Excluded", "Problem", `<span class="number">29%</span>`, "Enhancement of Cooperation and Assistance")
	for _, clock := range cooperation.ClockKinds() {
		s.has(page, `id="clock-`+string(clock)+`"`)
	}
	if anchors := regexp.MustCompile(`<li><a href="#([a-z]+)">`).FindAllStringSubmatch(page, -1); len(anchors) != 9 {
		t.Errorf("the page leads to %v", anchors)
	} else {
		for _, a := range anchors {
			s.has(page, `id="`+a[1]+`"`)
		}
	}
	if strings.Contains(page, "Adopted before") {
		t.Error("weights are told as adopted that never were")
	}
	s.has(s.ask(http.MethodGet, "/c/cms/rules", http.StatusOK), "Depositary: 1", "Africa: 3", "English, French and Spanish", "Executive direction and management")
	unreviewed := s.ask(http.MethodGet, "/c/fctc/rules", http.StatusOK)
	s.has(unreviewed, `id="clock-look"`, "tobacco industry", "Vice-President: 5")
	for _, clock := range []string{"opening", "silence", "objection", "consent", "members"} {
		if strings.Contains(unreviewed, `id="clock-`+clock+`"`) {
			t.Errorf("a convention without reviews has the deadline %s", clock)
		}
	}
	for _, language := range i18n.Languages() {
		for _, convention := range []string{"apmbc", "untoc", "cms", "fctc"} {
			s.ask(http.MethodGet, "/c/"+convention+"/rules?lang="+language, http.StatusOK)
		}
	}
	s.ask(http.MethodGet, "/c/wba/rules", http.StatusNotFound)
}
