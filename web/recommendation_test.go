package web_test

import (
	"net/http"
	"strings"
	"testing"

	"entente/cooperation"
	"entente/i18n"
)

// acting makes an account with a role in the convention on organised crime.
func (s *site) acting(name string, g cooperation.Grant) *cooperation.User {
	s.t.Helper()
	g.Convention = "untoc"
	u, err := s.platform.CreateUser(s.t.Context(), cooperation.System("test"), cooperation.User{Name: name, Mail: strings.ToLower(strings.ReplaceAll(name, " ", ".")) + "@example.org", Language: "en", Grants: []cooperation.Grant{g}})
	if err != nil {
		s.t.Fatal(err)
	}
	return u
}

const group = "/c/untoc/committees/technical-assistance"

func TestAWorkingGroupSeesAllNeedsInAggregate(t *testing.T) {
	s := newSite(t)
	one, _ := themes(t, s)
	s.posted([]cooperation.NeedContent{need(t, "Quitlines", "KE", one, cooperation.Training)}, []cooperation.OfferContent{offer("Money", "NO", one, cooperation.Finance)})
	page := s.ask(http.MethodGet, "/c/fctc/committees/bureau/overview", http.StatusOK)
	s.has(page, "Overview of needs", "By thematic area", "By region", "By language in which assistance can be received", "/c/fctc/needs?theme="+one, "/c/fctc/needs?kind=training", "English", "Asked for, and offered by nobody", "Training", "/api/v1/committees/bureau/overview?convention=fctc")
	if strings.Contains(page, "/draft") || strings.Contains(page, "Kenya") {
		t.Error("the public drafts texts, or reads who asks")
	}
	s.has(s.ask(http.MethodGet, group+"/overview", http.StatusOK), "Every kind of help that is asked for is also offered")
	s.ask(http.MethodGet, "/c/untoc/committees/none/overview", http.StatusNotFound)
	for _, language := range i18n.Languages() {
		s.ask(http.MethodGet, "/c/fctc/committees/bureau/overview?lang="+language, http.StatusOK)
	}
}

func TestARecommendationGoesItsWholeWayOnPages(t *testing.T) {
	s := newSite(t)
	office := s.acting("Secretariat", cooperation.Grant{Role: cooperation.Secretariat})
	france, kenya := s.acting("Focal point of France", cooperation.Grant{Role: cooperation.FocalPoint, Participant: "FR"}), s.acting("Focal point of Kenya", cooperation.Grant{Role: cooperation.FocalPoint, Participant: "KE"})
	s.as(nil)
	s.has(s.ask(http.MethodGet, group, http.StatusOK), group+"/overview")
	s.as(kenya)
	s.ask(http.MethodGet, group+"/draft", http.StatusForbidden)
	s.as(office)
	s.has(s.ask(http.MethodGet, group, http.StatusOK), group+"/draft", group+"/meeting")
	page := s.ask(http.MethodGet, group+"/draft", http.StatusOK)
	s.has(page, `name="title.en"`, `name="text.ar"`, `name="output" value="recommendations"`)
	s.has(s.ask(http.MethodPost, group+"/draft/save", http.StatusUnprocessableEntity, "key", "k", "output", "recommendations", "title.en", strings.Repeat("x", 501), "text.fr", "Le <texte>."), `href="#title.en"`, "Le &lt;texte&gt;.")
	at := strings.TrimSuffix(s.choose(group+"/draft/save", "key", "k", "output", "recommendations", "title.en", "Interpreters first"), "?done=recommendation.create")
	s.has(s.ask(http.MethodGet, at, http.StatusOK), "Interpreters first", "Draft", "Conference of the Parties", "Still to be written in", at+"/withdraw")
	s.as(kenya)
	s.ask(http.MethodGet, at, http.StatusNotFound)
	s.as(office)
	page = s.ask(http.MethodGet, at+"/edit", http.StatusOK)
	s.has(page, `value="Interpreters first"`)
	s.choose(at+"/edit/save", "version", version(t, page, "edit/save"), "title.en", "Interpreters first", "text.en", "Give <priority> to interpretation.", "meeting", "Eleventh session")
	s.has(s.does(at, "table"), "Tabled", "No State objects.", "Eleventh session")

	s.as(kenya)
	s.has(s.ask(http.MethodGet, "/c/untoc/desk", http.StatusOK), at, "Texts of the bodies")
	page = s.ask(http.MethodGet, at, http.StatusOK)
	s.has(page, "Give &lt;priority&gt; to interpretation.", `name="country" value="KE"`)
	if strings.Contains(page, at+"/adopt") || strings.Contains(page, at+"/edit") {
		t.Error("a State conducts the text of a body")
	}
	s.has(s.ask(http.MethodPost, at+"/object", http.StatusUnprocessableEntity, "version", version(t, page, "object"), "country", "KE", "text", ""), `href="#object-text"`)
	s.has(s.does(at, "object", "country", "KE", "text", "Training comes first."), "Training comes first.", "There is no consensus", "Join the consensus after all: Kenya")
	s.as(office)
	if page := s.ask(http.MethodGet, at, http.StatusOK); strings.Contains(page, at+"/adopt") {
		t.Error("what would be refused is offered")
	}
	page = s.ask(http.MethodGet, at+"/edit", http.StatusOK)
	s.has(page, "Modify the text", "before the body anew")
	s.choose(at+"/edit/save", "version", version(t, page, "edit/save"), "title.en", "Interpreters first", "text.en", "Give priority to interpretation and training.")
	s.has(s.ask(http.MethodGet, at, http.StatusOK), "Against an earlier wording", "No State objects.", at+"/adopt")
	s.as(france)
	s.does(at, "object", "country", "FR", "text", "Not yet.")
	s.does(at, "lift", "country", "FR")
	s.has(s.ask(http.MethodGet, group+"/meeting", http.StatusOK), "Text 1 of 1", "Give priority to interpretation and training.")
	s.as(nil)
	s.ask(http.MethodGet, at, http.StatusNotFound)
	if page := s.ask(http.MethodGet, "/c/untoc/recommendations", http.StatusOK); strings.Contains(page, at) {
		t.Error("the public reads a text that is not adopted")
	}
	s.as(office)
	page = s.ask(http.MethodGet, at, http.StatusOK)
	s.has(s.ask(http.MethodPost, at+"/adopt", http.StatusUnprocessableEntity, "version", version(t, page, "adopt"), "body", "technical-assistance", "date", "2999-01-01", "record", "Report, 8"), `href="#adopt-date"`, `value="Report, 8"`)
	s.has(s.does(at, "adopt", "body", "technical-assistance", "date", "2026-01-15", "record", "Report, 8"), "Report, 8", "Adopted")
	s.as(nil)
	page = s.ask(http.MethodGet, at, http.StatusOK)
	s.has(page, "Give priority to interpretation and training.", "Adopted")
	if strings.Contains(page, "Training comes first.") || strings.Contains(page, "Not yet.") {
		t.Error("the public reads who objected")
	}
	s.has(s.ask(http.MethodGet, "/c/untoc/recommendations?body=technical-assistance", http.StatusOK), at)
	s.as(office)
	for _, language := range i18n.Languages() {
		for _, page := range []string{at, at + "/history", group, group + "/draft", group + "/meeting", "/c/untoc/recommendations", "/c/untoc/desk"} {
			s.ask(http.MethodGet, page+"?lang="+language, http.StatusOK)
		}
	}
}

func TestTwoCommitteesConcludeJointly(t *testing.T) {
	s := newSite(t)
	u, err := s.platform.CreateUser(t.Context(), cooperation.System("test"), cooperation.User{Name: "Secretariat", Mail: "office@example.org", Language: "en", Grants: []cooperation.Grant{{Convention: "apmbc", Role: cooperation.Secretariat}}})
	if err != nil {
		t.Fatal(err)
	}
	s.as(u)
	var bodies []string
	for _, b := range s.conventionOf("apmbc").Committees {
		if b.Working.JointConclusions {
			bodies = append(bodies, b.ID)
		}
	}
	draft := "/c/apmbc/committees/" + bodies[0] + "/draft"
	s.has(s.ask(http.MethodGet, draft, http.StatusOK), "Jointly with", `name="bodies" value="`+bodies[1]+`"`)
	at := strings.TrimSuffix(s.choose(draft+"/save", "key", "k", "output", "conclusions_and_recommendations", "bodies", bodies[1], "title.en", "On survey", "text.en", "Survey first."), "?done=recommendation.create")
	s.does(at, "table")
	page := s.ask(http.MethodGet, at, http.StatusOK)
	s.has(page, `<option value="`+bodies[0]+`"`, `<option value="`+bodies[1]+`"`)
	s.has(s.does(at, "adopt", "body", bodies[0], "date", "2026-01-15"), "Tabled", `name="body" value="`+bodies[1]+`"`)
	s.has(s.ask(http.MethodGet, "/c/apmbc/committees/"+s.conventionOf("apmbc").ReviewBody+"/queue", http.StatusOK), at)
	s.has(s.does(at, "withdraw", "text", "Consensus was not reached."), "Consensus was not reached.", "Withdrawn")
}

// conventionOf is a convention as it is now.
func (s *site) conventionOf(id string) *cooperation.Convention {
	s.t.Helper()
	state, ok := s.platform.State(id)
	if !ok {
		s.t.Fatalf("no convention %s", id)
	}
	return state.Convention()
}
