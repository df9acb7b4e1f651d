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

// bench has the bureau of the tobacco convention review pairings; Kenya, whose
// need it is, sits on it and presides.
func bench(t *testing.T) func(*profiles.Set) {
	return func(set *profiles.Set) {
		c, _ := set.Convention("fctc")
		c.Reviewed = true
		from := cooperation.DateOf(time.Now()).AddMonths(-6)
		for i := range c.Committees {
			if b := &c.Committees[i]; b.ID == c.ReviewBody {
				b.Kind, b.Working.Recommends, b.Composition.GenderFocalPoint = cooperation.StandingCommittee, false, true
				for n, code := range []string{"KE", "SE", "JP", "IN", "AO"} {
					b.Members = append(b.Members, cooperation.Term{Country: country(t, code), From: from, Until: from.AddMonths(24), Election: n + 1})
				}
				b.Members[2].As = []cooperation.SeatRole{cooperation.SeatGender}
				b.Chairs = []cooperation.Presidency{{Country: country(t, "KE"), From: from, Until: from.AddMonths(24)}}
			}
		}
	}
}

// member makes an account that sits on the bureau.
func (s *site) member(of cooperation.Participant) *cooperation.User {
	s.t.Helper()
	u, err := s.platform.CreateUser(s.t.Context(), cooperation.System("test"), cooperation.User{Name: "Member for " + string(of), Mail: strings.ToLower(string(of)) + "@example.org", Language: "en",
		Grants: []cooperation.Grant{{Convention: "fctc", Role: cooperation.CommitteeMember, Participant: of, Committee: "bureau"}}})
	if err != nil {
		s.t.Fatal(err)
	}
	return u
}

// version is the one that a page sends with its steps.
func version(t *testing.T, page, step string) string {
	t.Helper()
	m := regexp.MustCompile(`action="[^"]*/` + step + `"[^>]*>\s*<input type="hidden" name="version" value="(\d+)"`).FindStringSubmatch(page)
	if m == nil {
		t.Fatalf("there is no step %q:\n%s", step, page)
	}
	return m[1]
}

func TestACommitteeReviewsOnItsPages(t *testing.T) {
	s, needs, gives, ids, proposal := pairedAt(newSite(t, bench(t)))
	chair, sweden, japan := s.member("KE"), s.member("SE"), s.member("JP")
	queue := "/c/fctc/committees/bureau/queue"
	if to := s.send(http.MethodGet, queue).Header().Get("Location"); !strings.HasPrefix(to, "/sign-in?back=") {
		t.Errorf("the public is led to %q", to)
	}
	s.as(gives)
	s.ask(http.MethodGet, queue, http.StatusForbidden)
	if page := s.ask(http.MethodGet, proposal, http.StatusOK); strings.Contains(page, "Conflicts of interest") {
		t.Error("a side sees what belongs to the decision")
	}
	s.as(chair)
	page := s.ask(http.MethodGet, queue, http.StatusOK)
	s.has(page, "Quitlines", "Both sides look at it", "<strong>Recused: </strong><bdi>Kenya")
	s.as(sweden)
	page = s.ask(http.MethodGet, proposal, http.StatusOK)
	s.has(page, "Conflicts of interest", "Presides in the place of the chair", "Sweden", "Kenya: its own State is on one of the sides", "Not yet given", "Fairness", "Filters that it passes")
	if strings.Contains(page, "review/open") {
		t.Error("a review is offered while both sides look")
	}
	s.ahead = 9 * 24 * time.Hour
	page = s.ask(http.MethodGet, queue, http.StatusOK)
	s.has(page, `name="proposal" value="`, "Waits for you")
	s.ask(http.MethodPost, queue+"/open", http.StatusUnprocessableEntity)
	id := proposal[strings.LastIndex(proposal, "/")+1:]
	if to := s.choose(queue+"/open", "proposal", id); to != queue+"?done=review.open&step=open" {
		t.Errorf("opened, it leads to %s", to)
	}
	s.has(s.ask(http.MethodGet, queue+"?done=review.open&step=open", http.StatusOK), "The review is open.", "Open: the silence runs")

	page = s.ask(http.MethodGet, proposal, http.StatusOK)
	refused := s.ask(http.MethodPost, proposal+"/review/object", http.StatusUnprocessableEntity, "version", version(t, page, "object"), "text", " ")
	s.has(refused, `role="alert"`, `<details class="act" open>`, `href="#object-text"`, "Conflicts of interest")
	s.choose(proposal+"/review/object", "version", version(t, page, "object"), "text", "Who pays for <b>it</b>?")
	page = s.ask(http.MethodGet, proposal+"?done=review.object", http.StatusOK)
	s.has(page, "Your objection was recorded", "Who pays for &lt;b&gt;it&lt;/b&gt;?", "An objection stands")
	s.ask(http.MethodPost, proposal+"/review/comment", http.StatusConflict, "version", "1", "text", "Late.")
	s.choose(proposal+"/review/modify", "version", version(t, page, "modify"), "text", "Norway pays for it.")

	s.as(gives)
	page = s.ask(http.MethodGet, proposal, http.StatusOK)
	s.has(page, "Norway pays for it.", "Does your side agree")
	if strings.Contains(page, "Who pays") {
		t.Error("a side reads the objection")
	}
	s.choose(proposal+"/review/answer", "version", version(t, page, "answer"), "answer", "agree")
	s.as(needs)
	s.choose(proposal+"/review/answer", "version", version(t, s.ask(http.MethodGet, proposal, http.StatusOK), "answer"), "answer", "agree")

	s.as(japan)
	page = s.ask(http.MethodGet, proposal, http.StatusOK)
	s.has(page, "Settled by a modification", "Agreed by both sides", "both sides agreed to another text")
	s.choose(proposal+"/review/advise", "version", version(t, page, "advise"), "text", "Count women among the trainers.")
	page = s.ask(http.MethodGet, proposal, http.StatusOK)
	s.has(page, "Count women among the trainers.")
	s.choose(proposal+"/review/note", "version", version(t, page, "note"), "criterion", "language", "text", "English is spoken.")
	s.has(s.ask(http.MethodGet, proposal, http.StatusOK), "English is spoken.")
	for _, language := range i18n.Languages() {
		s.ask(http.MethodGet, proposal+"?lang="+language, http.StatusOK)
		s.ask(http.MethodGet, queue+"?lang="+language+"&mine=1", http.StatusOK)
		s.has(s.ask(http.MethodGet, "/c/fctc/committees/bureau/meeting?lang="+language, http.StatusOK), "Quitlines")
	}
	s.ahead = 60 * 24 * time.Hour
	if _, err := s.platform.Tick(t.Context(), "fctc"); err != nil {
		t.Fatal(err)
	}
	s.has(s.ask(http.MethodGet, proposal, http.StatusOK), "Endorsed")
	_ = ids
}

func TestTheBodiesAreShownToAll(t *testing.T) {
	s := newSite(t, bench(t))
	s.has(s.ask(http.MethodGet, "/c/fctc/committees", http.StatusOK), "/c/fctc/committees/bureau", "Chair: Kenya")
	page := s.ask(http.MethodGet, "/c/fctc/committees/bureau", http.StatusOK)
	s.has(page, "Members today", "Sweden", "Gender and diversity focal point", "Mandate")
	if strings.Contains(page, "/queue") {
		t.Error("the public is led to the queue")
	}
	s.ask(http.MethodGet, "/c/fctc/committees/none", http.StatusNotFound)
}

func TestADuplicateIsDecidedOnThePageOfTheProposal(t *testing.T) {
	s, needs, gives, ids, proposal := pairedAt(newSite(t, bench(t)))
	one, _ := themes(t, s)
	other := s.posted([]cooperation.NeedContent{need(t, "Quitlines again", "KE", one, cooperation.Training)}, nil)["Quitlines again"]
	s.as(s.member("SE"))
	s.has(s.ask(http.MethodGet, proposal, http.StatusOK), "Quitlines again", "The same beneficiary", proposal+"/duplicate")
	s.choose(proposal+"/duplicate", "of", other, "decision", "different", "reason", "Another region.")
	s.has(s.ask(http.MethodGet, proposal, http.StatusOK), "Decided: Different", "Another region.")
	at := "/c/fctc/needs/" + ids["Quitlines"]
	if page := s.ask(http.MethodGet, at, http.StatusOK); !strings.Contains(page, at+"/duplicate") {
		t.Error("a member does not decide on the page of the need")
	}
	s.as(gives)
	if page := s.ask(http.MethodGet, at, http.StatusOK); strings.Contains(page, at+"/duplicate") || !strings.Contains(page, "Quitlines again") {
		t.Error("the provider is not shown what may be the same, or decides it")
	}
	s.as(needs)
	s.choose(at+"/duplicate", "of", other, "decision", "coordinated", "reason", "One <team> for both.")
	s.has(s.ask(http.MethodGet, at, http.StatusOK), "One &lt;team&gt; for both.")
	s.as(nil)
	if page := s.ask(http.MethodGet, at, http.StatusOK); strings.Contains(page, "Quitlines again") {
		t.Error("the public is shown what may be the same")
	}
}

func TestWhoIsInvitedReadsAndCommentsWithoutDeciding(t *testing.T) {
	s, _, _, _, proposal := pairedAt(newSite(t, bench(t)))
	sweden, fiji := s.member("SE"), s.person("Observer for Fiji", cooperation.ObserverRole, "FJ")
	from := cooperation.DateOf(time.Now()).AddDays(-1)
	if _, err := s.platform.InviteObserver(t.Context(), secretary(), "fctc", "bureau", 0, cooperation.Invitation{Participant: "FJ", From: from, Until: from.AddMonths(6)}); err != nil {
		t.Fatal(err)
	}
	s.ahead = 9 * 24 * time.Hour
	s.as(sweden)
	s.choose(proposal + "/review/open")
	page := s.ask(http.MethodGet, proposal, http.StatusOK)
	s.choose(proposal+"/review/object", "version", version(t, page, "object"), "text", "Who pays?")
	s.as(fiji)
	s.ask(http.MethodGet, proposal, http.StatusNotFound)
	at := linkTo(t, s.ask(http.MethodGet, "/c/fctc/desk", http.StatusOK), "reviews")
	s.has(s.ask(http.MethodGet, "/c/fctc/reviews", http.StatusOK), at, "Quitlines")
	page = s.ask(http.MethodGet, at, http.StatusOK)
	s.has(page, "Quitlines", "Trainers", "Not yet given", "An objection stands")
	if strings.Contains(page, "Who pays?") || strings.Contains(page, "Score of 100") || strings.Contains(page, "/object") {
		t.Error("who is invited reads objections and scores, or decides")
	}
	s.has(s.ask(http.MethodPost, at+"/comment", http.StatusUnprocessableEntity, "version", version(t, page, "comment"), "text", ""), `href="#comment-text"`)
	s.has(s.does(at, "comment", "text", "Fiji has done <this>."), "Fiji has done &lt;this&gt;.", "Your comment was added.", "Observer")
	s.as(sweden)
	s.has(s.ask(http.MethodGet, proposal, http.StatusOK), "Fiji has done &lt;this&gt;.")
	s.has(s.ask(http.MethodGet, at, http.StatusOK), "The whole case", proposal)
	for _, language := range i18n.Languages() {
		s.ask(http.MethodGet, at+"?lang="+language, http.StatusOK)
		s.ask(http.MethodGet, "/c/fctc/reviews?status=all&lang="+language, http.StatusOK)
	}
	s.ask(http.MethodGet, at+"/history", http.StatusOK)
	s.as(s.person("Focal point of Tonga", cooperation.FocalPoint, "TO"))
	s.ask(http.MethodGet, at, http.StatusNotFound)
}
