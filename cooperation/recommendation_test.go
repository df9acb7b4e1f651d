package cooperation_test

import (
	"slices"
	"testing"

	"entente/cooperation"
	"entente/i18n/i18ntest"
	"entente/reference"
)

// organisedCrime is a convention with a working group of seeds 002 and 003: an
// open-ended advisory body whose recommendations go to the conference, and two
// committees that adopt joint conclusions as those of seed 001.
func organisedCrime() *cooperation.Convention {
	c := pilot()
	c.Languages = []reference.Language{"en", "fr"}
	joint := cooperation.Working{Consensus: true, JointConclusions: true, ReportsTo: "conference", Outputs: []cooperation.Output{cooperation.ConclusionsRecommendation}}
	member := func(code string) []cooperation.Term {
		return []cooperation.Term{sits(code, "2025-06-01", "2027-05-31")}
	}
	c.Committees = []cooperation.Committee{
		{ID: "conference", Kind: cooperation.PlenaryCommittee, Mandate: cooperation.Mandate{Source: "Article 32"}},
		{ID: "group", Kind: cooperation.OpenEndedCommittee, Composition: cooperation.Composition{Source: "Rules of procedure"},
			Working: cooperation.Working{Consensus: true, Recommends: true, ReportsTo: "conference", Outputs: []cooperation.Output{cooperation.NeedsOverview, cooperation.Recommendations}},
			Chairs:  []cooperation.Presidency{{Country: land("FR"), From: day("2026-01-01"), Until: day("2026-12-31")}}},
		{ID: "review", Kind: cooperation.StandingCommittee, Working: joint, Members: member("DE"), Mandate: cooperation.Mandate{Source: "Methods of work, paragraph 3"}},
		{ID: "second", Kind: cooperation.StandingCommittee, Working: joint, Members: member("KE")},
	}
	return c
}

func text(en string) cooperation.RecommendationContent {
	return cooperation.RecommendationContent{Title: cooperation.Names{"en": "Training"}, Text: cooperation.Names{"en": en}, Themes: []string{"education"}}
}

// chair speaks for the State that presides over the working group; secondMember
// sits on the second committee.
var (
	chair        = franceFocal
	secondMember = cooperation.ActorOf(&cooperation.User{ID: "user-second", Grants: []cooperation.Grant{
		{Convention: pilotID, Role: cooperation.CommitteeMember, Participant: "KE", Committee: "second"}}}, false)
)

// "Lorsqu’aucun consensus n’est atteint, le texte est soit modifié, soit
// retiré" (seed 003).
func TestATextWithoutConsensusIsModifiedOrWithdrawn(t *testing.T) {
	c := organisedCrime()
	r, err := cooperation.DraftRecommendation("r", c, cooperation.Recommendations, []string{"group"}, text("Give priority to training."), chair, noon)
	ok(t, err)
	if r.Addressee != "conference" || len(r.MissingLanguages(c)) != 1 {
		t.Errorf("the draft is %+v", r)
	}
	adopted := cooperation.Adoption{Body: "group", Date: today(), Record: "Report, paragraph 8"}
	wantCode(t, r.Adopt(c, adopted, chair, noon), cooperation.State) // not before it is tabled
	ok(t, r.Table(c, chair, noon))
	ok(t, r.Object(c, land("KE"), "The second sentence goes too far.", kenyaFocal, noon))
	if e := refusal(t, r.Adopt(c, adopted, chair, noon)); e.Code != cooperation.State || e.Message.Key != "error.state.no_consensus" {
		t.Errorf("with an objection it is refused as %v", e)
	}
	// modified: before the body anew
	ok(t, r.Replace(c, text("Consider training."), chair, noon))
	if r.Round != 2 || len(r.Standing()) != 0 || len(r.Objections) != 1 {
		t.Errorf("modified, it is %+v", r)
	}
	ok(t, r.Object(c, land("KE"), "Still.", kenyaApprover, noon))
	ok(t, r.Lift(c, land("KE"), kenyaFocal, noon))
	withdrawn := *r
	ok(t, withdrawn.Withdraw(c, "No consensus.", chair, noon))
	if withdrawn.Status != cooperation.RecommendationWithdrawn {
		t.Errorf("it is %s", withdrawn.Status)
	}
	ok(t, r.Adopt(c, adopted, chair, noon))
	if r.Status != cooperation.RecommendationAdopted || !cooperation.SeesRecommendation(public, c, r, today()) || cooperation.SeesRecommendation(public, c, &withdrawn, today()) {
		t.Errorf("it is %s", r.Status)
	}
	if shown := r.Shown(public, c, today()); len(shown.Objections) != 0 || shown.Adoptions[0].By != "" {
		t.Errorf("the public reads %+v", shown)
	}
	for _, err := range []error{r.Replace(c, text("Again."), chair, noon), r.Object(c, land("KE"), "Late.", kenyaFocal, noon), r.Withdraw(c, "", chair, noon), r.Table(c, chair, noon)} {
		wantCode(t, err, cooperation.State)
	}
}

// "envisageant la présentation de conclusions conjointes" (seed 001): both
// bodies adopt, each for itself.
func TestJointConclusionsAreAdoptedByBothBodies(t *testing.T) {
	c := organisedCrime()
	r, err := cooperation.DraftRecommendation("r", c, cooperation.ConclusionsRecommendation, []string{"review", "second"}, text("Jointly."), member, noon)
	ok(t, err)
	ok(t, r.Table(c, member, noon))
	wantCode(t, r.Adopt(c, cooperation.Adoption{Body: "second", Date: today()}, member, noon), cooperation.Forbidden)
	ok(t, r.Adopt(c, cooperation.Adoption{Body: "review", Date: today()}, member, noon))
	if r.Status != cooperation.RecommendationTabled {
		t.Errorf("adopted by one of two, it is %s", r.Status)
	}
	wantField(t, r.Adopt(c, cooperation.Adoption{Body: "review", Date: today()}, member, noon), "body", "error.invalid.duplicate")
	modified := *r
	ok(t, modified.Replace(c, text("Anew."), secondMember, noon))
	if len(modified.Adoptions) != 0 {
		t.Errorf("modified, it is still adopted by %+v", modified.Adoptions)
	}
	ok(t, r.Adopt(c, cooperation.Adoption{Body: "second", Date: today()}, secondMember, noon))
	if r.Status != cooperation.RecommendationAdopted || len(r.Adoptions) != 2 {
		t.Errorf("it is %+v", r)
	}
}

func TestTheProfileSaysWhichTextsABodyHandsOn(t *testing.T) {
	for _, tc := range []struct {
		output     cooperation.Output
		bodies     []string
		field, key string
	}{
		{cooperation.ConclusionsRecommendation, []string{"group"}, "bodies[0]", "rule_output"},
		{cooperation.Recommendations, []string{"review"}, "bodies[0]", "rule_output"},
		{cooperation.Recommendations, []string{"group", "review"}, "bodies[0]", "rule_joint"},
		{cooperation.ConclusionsRecommendation, []string{"review", "review"}, "bodies[1]", "duplicate"},
		{cooperation.ActivityReport, []string{"group"}, "output", "not_one_of"},
	} {
		_, err := cooperation.DraftRecommendation("r", organisedCrime(), tc.output, tc.bodies, text("A text."), secretariat, noon)
		e := refusal(t, err)
		if !slices.ContainsFunc(e.Fields, func(f cooperation.FieldError) bool {
			return f.Field == tc.field && f.Message.Key == "error.invalid."+tc.key
		}) {
			t.Errorf("%s of %v: %v", tc.output, tc.bodies, e)
		}
		rendered(t, e)
	}
	c := organisedCrime()
	content := text("A text.")
	content.Text["ru"] = "Текст."
	_, err := cooperation.DraftRecommendation("r", c, cooperation.Recommendations, []string{"group"}, content, secretariat, noon)
	wantField(t, err, "text.ru", "error.invalid.not_of_convention")
	empty, err := cooperation.DraftRecommendation("r", c, cooperation.Recommendations, []string{"group"}, cooperation.RecommendationContent{Title: cooperation.Names{"fr": "Formation"}, Text: cooperation.Names{"en": "Training"}}, secretariat, noon)
	ok(t, err)
	wantField(t, empty.Table(c, secretariat, noon), "text", "error.invalid.required")
}

// An open-ended body has officers only: those who act for the State that
// presides conduct it, and every Party takes part in the decision.
func TestWhoMayDoWhatToATextOfAnOpenEndedBody(t *testing.T) {
	c := organisedCrime()
	tabled := func() *cooperation.Recommendation {
		r, err := cooperation.DraftRecommendation("r", c, cooperation.Recommendations, []string{"group"}, text("Train."), secretariat, noon)
		ok(t, err)
		ok(t, r.Table(c, secretariat, noon))
		return r
	}
	for _, tc := range []struct {
		actor             cooperation.Actor
		conducts, objects bool
		as                reference.Country
	}{
		{secretariat, true, false, land("KE")}, {franceFocal, true, true, land("FR")}, {franceApprover, true, true, land("FR")}, {franceProvider, false, false, land("FR")},
		{kenyaFocal, false, true, land("KE")}, {kenyaFocal, false, false, land("MZ")}, {someone(cooperation.FocalPoint, "TZ"), false, false, land("TZ")},
		{member, false, true, land("DE")}, {observer, false, false, land("FR")}, {readOnly(franceFocal), false, false, land("FR")},
		{otherSecretariat, false, false, land("KE")}, {administrator, false, false, land("KE")}, {public, false, false, land("KE")}, {clock, false, false, land("KE")},
	} {
		for what, err := range map[string]error{
			"withdraw": tabled().Withdraw(c, "", tc.actor, noon), "replace": tabled().Replace(c, text("Again."), tc.actor, noon),
			"adopt": tabled().Adopt(c, cooperation.Adoption{Body: "group", Date: today()}, tc.actor, noon),
		} {
			if (err == nil) != tc.conducts {
				t.Errorf("%q: %s: %v", tc.actor.ID, what, err)
			}
		}
		if err := tabled().Object(c, tc.as, "Why not.", tc.actor, noon); (err == nil) != tc.objects {
			t.Errorf("%q objects for %s: %v", tc.actor.ID, tc.as, err)
		}
	}
	r := tabled()
	ok(t, r.Object(c, land("KE"), "Once.", kenyaFocal, noon))
	wantField(t, r.Object(c, land("KE"), "Twice.", kenyaApprover, noon), "country", "error.invalid.duplicate")
	wantCode(t, r.Lift(c, land("KE"), mozFocal, noon), cooperation.Forbidden)
	wantCode(t, r.Lift(c, land("MZ"), mozFocal, noon), cooperation.State)
}

func TestADraftIsForThoseWhoConduct(t *testing.T) {
	c := organisedCrime()
	r, err := cooperation.DraftRecommendation("r", c, cooperation.Recommendations, []string{"group"}, text("Train."), chair, noon)
	ok(t, err)
	for actor, sees := range map[*cooperation.Actor]bool{&chair: true, &secretariat: true, &clock: true, &kenyaFocal: false, &observer: false, &public: false, &otherSecretariat: false} {
		if cooperation.SeesRecommendation(*actor, c, r, today()) != sees {
			t.Errorf("%q sees the draft: %t", actor.ID, !sees)
		}
	}
	wantCode(t, r.Table(c, kenyaFocal, noon), cooperation.NotFound)
	ok(t, r.Table(c, chair, noon))
	if !cooperation.SeesRecommendation(observer, c, r, today()) || cooperation.SeesRecommendation(public, c, r, today()) {
		t.Error("what is tabled is for those who take part in the convention")
	}
	for _, s := range cooperation.RecommendationStatuses() {
		i18ntest.Has(t, "status.recommendation."+string(s))
	}
	for _, a := range cooperation.RecommendationActions() {
		i18ntest.Has(t, "action.recommendation."+string(a))
	}
}

// "un document résumant les besoins d’assistance technique" (seed 002): all
// needs in aggregate, what is offered, and what nobody offers.
func TestTheOverviewCountsNeedsOffersAndGaps(t *testing.T) {
	c := organisedCrime()
	group, _ := c.Committee("group")
	group.Mandate.Themes = []string{"clearance", "education"}
	need := func(change func(n *cooperation.Need)) *cooperation.Need {
		n := needIn("open")
		n.Themes, n.Beneficiaries = []string{"survey"}, lands("KE")
		change(n)
		return n
	}
	needs := []*cooperation.Need{
		need(func(*cooperation.Need) {}),
		need(func(n *cooperation.Need) {
			n.Kinds, n.Costs = []cooperation.Outcome{{Kind: cooperation.Legal}}, nil
			n.Themes = []string{"education"}
		}),
		need(func(n *cooperation.Need) { n.Beneficiaries = lands("UG", "MZ") }),
		need(func(n *cooperation.Need) { n.Themes = []string{"victims"} }), // not of the mandate
		need(func(n *cooperation.Need) { n.Status = cooperation.NeedClosed }),
	}
	offer := &cooperation.Offer{OfferContent: fullOffer(), Status: cooperation.OfferOpen} // training under clearance and education
	running := &cooperation.Activity{ActivityContent: cooperation.ActivityContent{Beneficiaries: []cooperation.Participant{"KE"}, Themes: []string{"survey"}, Kinds: []cooperation.Kind{cooperation.Equipment}, Status: cooperation.ActivityRunning}}
	o := c.Overview(&group, needs, []*cooperation.Offer{offer}, []*cooperation.Activity{running})
	if o.Needs != 3 || o.States != 3 || o.Offers != 1 || o.Activities != 1 {
		t.Errorf("in all there are %+v", o)
	}
	cell := func(list []cooperation.OverviewCell, id string) cooperation.OverviewCell {
		i := slices.IndexFunc(list, func(c cooperation.OverviewCell) bool { return c.ID == id })
		if i < 0 {
			t.Fatalf("%s is not in %+v", id, list)
		}
		return list[i]
	}
	if top := cell(o.Themes, "clearance"); top.Needs != 2 || top.States != 3 || top.Offers != 1 || top.Activities != 1 || len(top.Money) != 1 || top.Money[0].Sought != 24_000_000 || top.Money[0].Gap != 24_000_000 {
		t.Errorf("clearance is %+v", top)
	}
	if lakes := cell(o.Regions, "lakes"); lakes.Needs != 3 || lakes.States != 2 || lakes.Activities != 1 {
		t.Errorf("the lakes are %+v", lakes)
	}
	if legal := cell(o.Kinds, "legal"); legal.Needs != 1 || legal.Offers != 0 {
		t.Errorf("legal help is %+v", legal)
	}
	if pt := cell(o.Languages, "pt"); pt.Needs != 3 || pt.Offers != 1 {
		t.Errorf("Portuguese is %+v", pt)
	}
	var gaps []string
	for _, g := range o.Gaps {
		gaps = append(gaps, g.Theme+" "+string(g.Kind))
	}
	if wanted := []string{"clearance equipment", "survey equipment", "education legal"}; !slices.Equal(gaps, wanted) {
		t.Errorf("nobody offers %q, wanted %q", gaps, wanted)
	}
}

// A standing committee acts by those who sit on it, and not by who else speaks
// for the State that presides over it.
func TestWhoPresidesOverAStandingCommitteeConductsItAsAMember(t *testing.T) {
	c := organisedCrime()
	c.Committees[2].Chairs = []cooperation.Presidency{{Country: land("DE"), From: day("2026-01-01"), Until: day("2026-12-31")}}
	r := &cooperation.Recommendation{Bodies: []string{"review"}}
	as := func(role cooperation.Role, committee string) cooperation.Actor {
		return cooperation.Actor{ID: "u", Grants: []cooperation.Grant{{Convention: pilotID, Role: role, Participant: "DE", Committee: committee}}}
	}
	for name, test := range map[string]struct {
		a    cooperation.Actor
		want bool
	}{
		"a member":                     {as(cooperation.CommitteeMember, "review"), true},
		"a member of another":          {as(cooperation.CommitteeMember, "second"), false},
		"the focal point of the State": {as(cooperation.FocalPoint, ""), false},
		"its approver":                 {as(cooperation.Approver, ""), false},
	} {
		if got := cooperation.MayConduct(test.a, c, r, today()); got != test.want {
			t.Errorf("%s conducts: %v", name, got)
		}
	}
}
