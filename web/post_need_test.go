package web_test

import (
	"net/http"
	"path"
	"regexp"
	"strings"
	"testing"

	"entente/cooperation"
)

var versionOf = regexp.MustCompile(`name="version" value="(\d+)"`)

// fill fills in a matter of a posting as its page asks for it, and returns where
// that leads.
func (s *site) fill(at, matter string, form ...string) string {
	s.t.Helper()
	page := s.ask(http.MethodGet, at+"/edit/"+matter, http.StatusOK)
	for i := 0; i < len(form); i += 2 {
		if !strings.Contains(page, `name="`+form[i]+`"`) && form[i] != "then" {
			s.t.Errorf("the page %s does not ask for %s", matter, form[i])
		}
	}
	found := versionOf.FindStringSubmatch(page)
	if found == nil {
		s.t.Fatalf("no version on the page %s", matter)
	}
	return s.choose(at+"/edit/"+matter+"/save", append([]string{"version", found[1]}, form...)...)
}

// narrow is a theme of the tobacco convention that has none below it.
func narrow(t *testing.T, s *site) string {
	t.Helper()
	state, _ := s.platform.State("fctc")
	for _, theme := range state.Convention().Themes {
		if len(state.Convention().Children(theme.ID)) == 0 {
			return theme.ID
		}
	}
	t.Fatal("every theme has others below it")
	return ""
}

// begin makes the draft of a need of Kenya and returns its address.
func (s *site) begin(title string) string {
	s.t.Helper()
	page := s.ask(http.MethodGet, "/c/fctc/needs/new", http.StatusOK)
	key := regexp.MustCompile(`name="key" value="([^"]+)"`).FindStringSubmatch(page)[1]
	to := s.choose("/c/fctc/needs/new/create", "key", key, "beneficiaries", "KE", "title", title)
	return strings.TrimSuffix(to, "/edit?done=created")
}

func TestAWholeNeedIsPostedByFormsAlone(t *testing.T) {
	s := newSite(t)
	one := narrow(t, s)
	focal, approver := s.person("Focal point of Kenya", cooperation.FocalPoint, "KE"), s.person("Approver of Kenya", cooperation.Approver, "KE")
	s.posted(nil, []cooperation.OfferContent{offer("Trainers", "NO", one, cooperation.Training)})
	for _, in := range []struct{ language, country, other, submit string }{
		{"en", "Kenya", "Norway", "Clear and submit"},
		{"ar", "كينيا", "النرويج", "الموافقة والتقديم"},
	} {
		s.language = in.language
		s.as(focal)
		s.cookies["language"] = in.language
		at := s.begin("Quitlines")
		page := s.ask(http.MethodGet, at+"/edit", http.StatusOK)
		s.has(page, at+"/edit/what", at+"/edit/costs", `class="standing is-not_yet"`, `class="standing is-optional"`)
		if to := s.fill(at, "what", "title", "Quitlines for two counties", "problem", strings.Repeat("Nobody answers the telephone. ", 4), "content_language", "en"); to != at+"/edit/help?done=saved" {
			t.Errorf("after the first matter comes %s", to)
		}
		s.fill(at, "help", "themes[0]", one, "kinds[0].kind", "training", "kinds[0].change", "Twenty counsellors answer calls.")
		s.fill(at, "languages", "languages[0].language", "English", "languages[0].strength", "required", "languages[2].language", "fr", "languages[2].strength", "preferred", "interpretation", "true")
		s.fill(at, "when", "places[0].country", in.country, "places[0].area", "Kisumu", "urgency", "high", "start", "2027-02-01", "end", "2027-11-30")
		s.fill(at, "costs", "costs.currency", "USD", "costs[0].activity", "Course", "costs[0].cost", "12,500.50", "costs[0].national", "2 500", "costs[2].activity", "Telephones", "costs[2].cost", "1000")
		s.fill(at, "analysis", "analysis.source", "own", "coordination", "The council for tobacco control")
		s.fill(at, "reached", "reached.total", "٢٠٠٠", "reached.women", "900")
		s.fill(at, "partners", "preferred[0]", in.other, "excluded[0]", "CH")
		s.has(s.ask(http.MethodGet, at+"/edit/check", http.StatusOK), "Kisumu", "Telephones", at+"/edit/partners")
		s.as(approver)
		s.cookies["language"] = in.language
		page = s.ask(http.MethodGet, at+"/edit/check", http.StatusOK)
		s.has(page, in.submit, `name="date"`)
		if strings.Contains(page, `class="unspecific"`) {
			t.Errorf("a whole need is unspecific:\n%s", page)
		}
		version := versionOf.FindStringSubmatch(page)[1]
		s.has(s.ask(http.MethodPost, at+"/edit/check/submit", http.StatusUnprocessableEntity, "version", version, "date", "2999-01-01", "reference", "NV 12"), `value="NV 12"`, `href="#submit-date"`)
		if to := s.choose(at+"/edit/check/submit", "version", version, "date", "2026-01-15", "reference", "NV 12"); to != at+"?done=submitted" {
			t.Errorf("a need that is submitted leads to %s", to)
		}
		n, _, err := s.platform.Need(cooperation.System("test"), path.Base(at))
		if err != nil {
			t.Fatal(err)
		}
		sought, currency := n.SoughtMinor()
		if n.Status != cooperation.NeedSubmitted || n.Clearance.Reference != "NV 12" || sought != 1100050 || currency != "USD" || len(n.Costs) != 2 || len(n.Languages) != 2 ||
			n.Languages[1] != (cooperation.LanguageWish{Language: "fr", Strength: cooperation.Preferred}) || n.Reached.Total != 2000 || n.Preferred[0] != "NO" || n.Excluded[0] != "CH" ||
			n.Places[0].Country.Alpha2() != "KE" || !n.Interpretation || n.Insisted {
			t.Errorf("in %s the need became %+v", in.language, n.NeedContent)
		}
	}
}

func TestWrongInputKeepsWhatWasTyped(t *testing.T) {
	s := newSite(t)
	s.as(s.person("Focal point of Kenya", cooperation.FocalPoint, "KE"))
	s.has(s.ask(http.MethodPost, "/c/fctc/needs/new/create", http.StatusUnprocessableEntity, "beneficiaries", "KE", "title", " "), `href="#create-title"`)
	at := s.begin("Quitlines")
	s.has(s.ask(http.MethodPost, at+"/edit/what/save", http.StatusUnprocessableEntity, "version", "1", "title", "", "problem", "What I <script>typed</script>"), "What I &lt;script&gt;typed", `href="#title"`, `aria-invalid="true"`)
	page := s.ask(http.MethodPost, at+"/edit/languages/save", http.StatusUnprocessableEntity, "version", "1", "languages[0].language", "Englsh", "languages[0].strength", "preferred", "languages[1].language", "French")
	s.has(page, `value="Englsh"`, "the nearest is", "English", `value="French"`, `href="#languages-0-language"`)
	page = s.ask(http.MethodPost, at+"/edit/when/save", http.StatusUnprocessableEntity, "version", "1", "places[1].country", "Norge", "start", "soon")
	s.has(page, `value="Norge"`, "Norway", `href="#start"`)
	page = s.ask(http.MethodPost, at+"/edit/costs/save", http.StatusUnprocessableEntity, "version", "1", "costs[2].activity", "Course", "costs[2].cost", "a lot", "costs.currency", "USD")
	s.has(page, `href="#costs-2-cost"`, `value="a lot"`)
	s.has(s.ask(http.MethodPost, at+"/edit/costs/save", http.StatusUnprocessableEntity, "version", "1", "costs[0].activity", "Course", "costs[0].cost", "5"), `href="#costs-currency"`)
	for _, language := range []string{"ar", "es", "fr", "ru", "zh"} {
		for _, below := range []string{"", "/check", "/what", "/help", "/languages", "/when", "/costs", "/analysis", "/reached", "/treaty", "/record", "/partners", "/contact", "/files", "/translations", "/visibility"} {
			s.ask(http.MethodGet, at+"/edit"+below+"?lang="+language, http.StatusOK)
		}
	}
	s.ask(http.MethodGet, at+"/edit/nothing", http.StatusNotFound)
}

func TestRowsAreAddedAndRemovedByButtons(t *testing.T) {
	s := newSite(t)
	s.as(s.person("Focal point of Kenya", cooperation.FocalPoint, "KE"))
	at := s.begin("Quitlines")
	form := []string{"costs.currency", "USD", "costs[0].activity", "One", "costs[0].cost", "10", "costs[1].activity", "Two", "costs[1].cost", "20"}
	to := s.fill(at, "costs", append(form, "then", "more costs")...)
	page := s.ask(http.MethodGet, to, http.StatusOK)
	s.has(page, "costs[4].activity", "Totals", `value="remove costs[1]"`)
	s.fill(at, "costs", append(form, "then", "remove costs[0]")...)
	page = s.ask(http.MethodGet, at+"/edit/costs", http.StatusOK)
	if strings.Contains(page, `value="One"`) || !strings.Contains(page, `name="costs[0].activity" type="text" value="Two"`) {
		t.Errorf("the row that was removed is there:\n%s", page)
	}
}

func TestADraftIsItsOwnSidesAlone(t *testing.T) {
	s := newSite(t)
	kenya := s.person("Focal point of Kenya", cooperation.FocalPoint, "KE")
	s.as(kenya)
	at := s.begin("Quitlines")
	s.as(nil)
	if to := s.send(http.MethodGet, at+"/edit").Header().Get("Location"); !strings.HasPrefix(to, "/sign-in?back=") {
		t.Errorf("the public is led to %q", to)
	}
	s.as(s.person("Focal point of Fiji", cooperation.FocalPoint, "FJ"))
	for _, below := range []string{"/edit", "/edit/what", "/edit/check"} {
		s.ask(http.MethodGet, at+below, http.StatusNotFound)
	}
	s.ask(http.MethodPost, at+"/edit/what/save", http.StatusNotFound, "title", "Ours")
	s.ask(http.MethodPost, at+"/edit/check/submit", http.StatusNotFound, "date", "2026-01-01")
	s.ask(http.MethodPost, at+"/edit/what/glance", http.StatusNoContent, "title", "Ours")
	s.as(s.person("Provider of Norway", cooperation.ProviderRole, "NO"))
	s.ask(http.MethodGet, "/c/fctc/needs/new", http.StatusForbidden)
	s.as(kenya)
	if page := s.ask(http.MethodGet, at+"/edit/check", http.StatusOK); strings.Contains(page, "/check/submit") || !strings.Contains(page, "The approver of your State") {
		t.Error("somebody who may not submit is offered to")
	}
	s.ask(http.MethodPost, at+"/edit/check/submit", http.StatusForbidden, "date", "2026-01-01")
}

func TestTwoWhoWriteTheSameMatterSeeBothTexts(t *testing.T) {
	s := newSite(t)
	s.as(s.person("Focal point of Kenya", cooperation.FocalPoint, "KE"))
	at := s.begin("Quitlines")
	s.fill(at, "what", "title", "Theirs", "problem", "They wrote this.")
	page := s.ask(http.MethodPost, at+"/edit/what/save", http.StatusConflict, "version", "1", "title", "Mine", "problem", "I wrote that.")
	s.has(page, "They wrote this.", "I wrote that.", `name="version" value="2"`, "Somebody else has saved this meanwhile")
	s.choose(at+"/edit/what/save", "version", "2", "title", "Mine", "problem", "I wrote that.")

	was := regexp.MustCompile(`name="was" value="([0-9a-f]+)"`)
	mark := was.FindStringSubmatch(s.ask(http.MethodGet, at+"/edit/record", http.StatusOK))[1]
	s.fill(at, "what", "title", "Theirs again", "problem", "They wrote more.")
	s.choose(at+"/edit/record/save", "version", "3", "was", mark, "past_help", "None")
	s.ask(http.MethodPost, at+"/edit/record/save", http.StatusConflict, "version", "3", "was", mark, "past_help", "Some")
	s.has(s.ask(http.MethodGet, at+"/edit/check", http.StatusOK), "Theirs again", "They wrote more.", "None")
}

func TestANeedOfLastYearIsCarriedOver(t *testing.T) {
	s, needs, _, ids, _ := paired(t)
	s.as(needs)
	page := s.ask(http.MethodGet, "/c/fctc/needs/new", http.StatusOK)
	s.has(page, "Or carry over an earlier one", `name="from" value="`+ids["Quitlines"]+`"`)
	to := s.choose("/c/fctc/needs/new/carry", "from", ids["Quitlines"], "key", "k1")
	s.has(s.ask(http.MethodGet, to, http.StatusOK), "Quitlines", "The draft is made from the earlier text", "Who would fit today", "Trainers")
	at := strings.TrimSuffix(to, "/edit?done=carried")
	if to := s.choose(at+"/edit/discard", "version", "1"); to != "/c/fctc/desk?done=discarded" {
		t.Errorf("a draft that was discarded leads to %s", to)
	}
}

func TestHelpWithWritingIsAskedFor(t *testing.T) {
	s := newSite(t)
	s.as(s.person("Focal point of Kenya", cooperation.FocalPoint, "KE"))
	at := s.begin("Quitlines")
	s.has(s.ask(http.MethodGet, at+"/edit", http.StatusOK), at+"/edit/help-request", "Joint needs assessment")
	s.has(s.ask(http.MethodPost, at+"/edit/help-request", http.StatusUnprocessableEntity, "text", "Who can help us?"), `href="#help-request-sort"`, "Who can help us?")
	if to := s.choose(at+"/edit/help-request", "sort", "drafting", "text", "Who can help us?", "key", "k"); to != at+"/edit?done=helped" {
		t.Errorf("who asks for help is led to %s", to)
	}
	page := s.ask(http.MethodGet, at+"/edit?done=helped", http.StatusOK)
	s.has(page, "Drafting help", `class="done"`)
	if strings.Contains(page, at+"/edit/help-request") {
		t.Error("help that was asked for is offered again")
	}
}

func TestWhatIsUnspecificIsSaidWhileOneWrites(t *testing.T) {
	s, needs, _, _, _ := paired(t)
	one, other := themes(t, s)
	s.as(needs)
	at := s.begin("Quitlines")
	piece := s.glance(at+"/edit/help/glance", "themes[0]", one, "kinds[0].kind", "training")
	s.has(piece, "Say what the training is to change", "1 fits.", "Trainers")
	if strings.Contains(piece, "<html") {
		t.Error("a piece of a page is a whole page")
	}
	if piece := s.glance(at+"/edit/help/glance", "themes[0]", other, "kinds[0].kind", "training", "kinds[0].change", "Twenty counsellors answer calls."); strings.Contains(piece, "Trainers") || strings.Contains(piece, "Say what the training") {
		t.Errorf("another theme:\n%s", piece)
	}
	n, _, err := s.platform.Need(cooperation.System("test"), path.Base(at))
	if err != nil || len(n.Themes) > 0 || n.Version != 1 {
		t.Error("looking changed the need")
	}
}

// glance asks for a piece of a page.
func (s *site) glance(at string, form ...string) string {
	s.t.Helper()
	w := s.send(http.MethodPost, at, form...)
	if w.Code != http.StatusOK {
		s.t.Fatalf("%s: %d", at, w.Code)
	}
	return w.Body.String()
}
