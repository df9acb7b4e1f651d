package cooperation_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"entente/cooperation"
	"entente/i18n/i18ntest"
)

// vague is a draft of Kenya that does not say what is needed.
func vague() *cooperation.Need {
	n := needIn("draft")
	n.Problem, n.Barrier, n.Kinds, n.Costs, n.Start, n.End, n.Places, n.Analysis, n.Reached = "Mines.", "", nil, nil, cooperation.Date{}, cooperation.Date{}, nil, nil, nil
	return n
}

func proposing(fields string) cooperation.MissionReport {
	var p map[string]json.RawMessage
	if err := json.Unmarshal([]byte(fields), &p); err != nil {
		panic(err)
	}
	return cooperation.MissionReport{Text: "Two days of interviews.", Link: "https://example.org/report", Proposed: p}
}

const found = `{"problem":"Eleven suspected areas along the border have not been surveyed since the floods, and farmers stay away.","kinds":[{"kind":"training","change":"Two teams survey."}],"start":"2027-01-01"}`

// "Mener des évaluations conjointes des besoins et fournir une assistance suite
// à ces missions" (seed 000).
func TestAJointNeedsAssessmentFillsTheDraft(t *testing.T) {
	c, n := pilot(), vague()
	if len(cooperation.HelpOffered(c, n)) != 2 || len(cooperation.HelpOffered(c, needIn("open"))) != 0 || len(cooperation.HelpOffered(c, needIn("draft"))) != 0 {
		t.Error("help is offered with a draft that is unspecific, and with no other need")
	}
	a, err := cooperation.RequestAssessment("a", n, cooperation.JointAssessment, " Please come. ", kenyaFocal, noon)
	ok(t, err)
	if a.Request != "Please come." || len(a.Draft.Excluded) != 0 || len(n.Excluded) == 0 ||
		a.Draft.FocalPoint != nil || n.FocalPoint == nil || len(a.Draft.Attachments) != 0 {
		t.Errorf("the request is %+v", a)
	}
	wantCode(t, a.Hand(c, n, proposing(found), secretariat, noon), cooperation.State)
	ok(t, a.Accept(c, n, []cooperation.Participant{"FR", "demining-trust"}, secretariat, noon))
	first, other := [2]cooperation.Date{day("2026-04-01"), day("2026-04-05")}, [2]cooperation.Date{day("2026-05-01"), day("2026-05-05")}
	ok(t, a.Propose(c, n, first[0], first[1], secretariat, noon))
	ok(t, a.Propose(c, n, first[0], first[1], secretariat, noon)) // the same side again agrees to nothing
	ok(t, a.Propose(c, n, other[0], other[1], kenyaFocal, noon))
	if a.Status != cooperation.AssessmentAccepted {
		t.Errorf("with two proposals it is %s", a.Status)
	}
	ok(t, a.Propose(c, n, other[0], other[1], secretariat, noon))
	if a.Status != cooperation.AssessmentScheduled {
		t.Errorf("agreed, it is %s", a.Status)
	}
	wantField(t, a.Hold(c, n, other[1], kenyaFocal, noon), "until", "error.invalid.past_date")
	later := noon.AddDate(0, 3, 0)
	ok(t, a.Hold(c, n, other[1], kenyaFocal, later))
	ok(t, a.Hand(c, n, proposing(found), secretariat, later))
	before := n.Title
	ok(t, a.Fill(c, n, []string{"problem", "kinds"}, kenyaApprover, later))
	if n.Kinds[0].Kind != cooperation.Training || n.Title != before || !n.Start.IsZero() || n.Analysis.Source != "joint_assessment" || len(n.Excluded) == 0 || len(a.Filled) != 2 {
		t.Errorf("filled, the need is %+v, and of the report are taken %v", n.NeedContent, a.Filled)
	}
	wantField(t, a.Fill(c, n, []string{"title"}, kenyaFocal, later), "fields[0]", "error.invalid.not_proposed")
	// The State may insist on what it has.
	ok(t, n.Submit(c, cleared(), true, kenyaApprover, later))
	wantCode(t, a.Fill(c, n, []string{"start"}, kenyaFocal, later), cooperation.State)
}

func TestHelpWithDraftingHasNoMission(t *testing.T) {
	c, n := pilot(), vague()
	a, err := cooperation.RequestAssessment("a", n, cooperation.DraftingHelp, "", kenyaFocal, noon)
	ok(t, err)
	ok(t, a.Accept(c, n, nil, secretariat, noon))
	wantField(t, a.Propose(c, n, day("2026-04-01"), day("2026-04-02"), kenyaFocal, noon), "from", "error.invalid.no_mission")
	ok(t, a.Hand(c, n, proposing(`{"title":"Survey"}`), secretariat, noon))
	ok(t, a.Fill(c, n, []string{"title"}, kenyaFocal, noon))
	if n.Title != "Survey" || a.Status != cooperation.AssessmentReported {
		t.Errorf("the need is called %q", n.Title)
	}
	_, err = cooperation.RequestAssessment("b", needIn("open"), cooperation.DraftingHelp, "", kenyaFocal, noon)
	wantCode(t, err, cooperation.State)
	_, err = cooperation.RequestAssessment("b", n, "money", "", kenyaFocal, noon)
	wantField(t, err, "sort", "error.invalid.not_one_of")
}

func TestAReportProposesWhatIsNeededAndNothingElse(t *testing.T) {
	for _, tc := range []struct{ fields, field, key string }{
		{`{"beneficiaries":["MZ"]}`, "proposed.beneficiaries", "not_one_of"},
		{`{"excluded":["FR"]}`, "proposed.excluded", "not_one_of"},
		{`{"themes":["no-such-theme"]}`, "proposed.themes[0]", "unknown_theme"},
		{`{"themes":"survey"}`, "proposed", "form"},
		{`{"kinds":[{"kind":"training","strange":1}]}`, "proposed", "form"},
	} {
		c, n := pilot(), vague()
		a, err := cooperation.RequestAssessment("a", n, cooperation.DraftingHelp, "", kenyaFocal, noon)
		ok(t, err)
		ok(t, a.Accept(c, n, nil, secretariat, noon))
		wantField(t, a.Hand(c, n, proposing(tc.fields), secretariat, noon), tc.field, "error.invalid."+tc.key)
	}
}

// Every step by everybody: the State asks, fills and withdraws, whoever
// facilitates accepts, declines and reports; others do not know of it.
func TestWhoMayDoWhatToAnAssessment(t *testing.T) {
	c := pilot()
	c.Committees = []cooperation.Committee{{ID: "review"}}
	c.Reviewed, c.ReviewBody = true, "review"
	in := func(status cooperation.AssessmentStatus) (*cooperation.Assessment, *cooperation.Need) {
		n := vague()
		a, err := cooperation.RequestAssessment("a", n, cooperation.JointAssessment, "", kenyaFocal, noon)
		ok(t, err)
		r := proposing(found)
		a.Status, a.Report, a.Dates = status, &r, &cooperation.MissionDates{From: today(), Until: today()}
		return a, n
	}
	deed := map[cooperation.Action]func(a *cooperation.Assessment, n *cooperation.Need, actor cooperation.Actor) error{
		cooperation.Accept: func(a *cooperation.Assessment, n *cooperation.Need, actor cooperation.Actor) error {
			return a.Accept(c, n, nil, actor, noon)
		},
		cooperation.Decline: func(a *cooperation.Assessment, n *cooperation.Need, actor cooperation.Actor) error {
			return a.Decline(c, n, "No means.", actor, noon)
		},
		cooperation.ProposeDates: func(a *cooperation.Assessment, n *cooperation.Need, actor cooperation.Actor) error {
			return a.Propose(c, n, today().AddDays(5), today().AddDays(9), actor, noon)
		},
		cooperation.HoldMission: func(a *cooperation.Assessment, n *cooperation.Need, actor cooperation.Actor) error {
			return a.Hold(c, n, today(), actor, noon)
		},
		cooperation.Report: func(a *cooperation.Assessment, n *cooperation.Need, actor cooperation.Actor) error {
			return a.Hand(c, n, proposing(found), actor, noon)
		},
		cooperation.FillNeed: func(a *cooperation.Assessment, n *cooperation.Need, actor cooperation.Actor) error {
			return a.Fill(c, n, []string{"problem"}, actor, noon)
		},
		cooperation.Withdraw: func(a *cooperation.Assessment, n *cooperation.Need, actor cooperation.Actor) error {
			return a.Withdraw(c, n, "", actor, noon)
		},
	}
	allowed := map[cooperation.Action]struct{ from, who string }{ // steps by their first letters, s of scheduled as c
		cooperation.Accept: {"r", "facilitator"}, cooperation.Decline: {"r a c", "facilitator"}, cooperation.ProposeDates: {"a c", "both"}, cooperation.HoldMission: {"c", "both"},
		cooperation.Report: {"h", "facilitator"}, cooperation.FillNeed: {"R", "state"}, cooperation.Withdraw: {"r a c h", "state"},
	}
	letters := map[cooperation.AssessmentStatus]string{cooperation.AssessmentRequested: "r", cooperation.AssessmentAccepted: "a", cooperation.AssessmentScheduled: "c", cooperation.AssessmentHeld: "h",
		cooperation.AssessmentReported: "R", cooperation.AssessmentDeclined: "d", cooperation.AssessmentWithdrawn: "w"}
	sides := map[*cooperation.Actor]string{&kenyaFocal: "state", &kenyaApprover: "state", &secretariat: "facilitator", &member: "facilitator",
		&mozFocal: "sees", // of a joint need, the first speaks
		&public:   "", &observer: "", &franceFocal: "", &franceProvider: "", &otherSecretariat: "", &administrator: "", &kenyaProvider: ""}
	for _, status := range cooperation.AssessmentStatuses() {
		i18ntest.Has(t, "status.assessment."+string(status))
		for _, action := range cooperation.AssessmentActions() {
			i18ntest.Has(t, "action.assessment."+string(action))
			rule := allowed[action]
			for actor, side := range sides {
				a, n := in(status)
				before := *a
				err := deed[action](a, n, *actor)
				var want cooperation.Code
				switch {
				case side == "":
					want = cooperation.NotFound
				case side != rule.who && (rule.who != "both" || side == "sees"):
					want = cooperation.Forbidden
				case !containsWord(rule.from, letters[status]):
					want = cooperation.State
				}
				wantCode(t, err, want)
				if err != nil && (a.Version != before.Version || a.Status != before.Status || n.Version != vague().Version) {
					t.Errorf("%s by %q in %s is refused and changes something", action, actor.ID, status)
				}
			}
			a, n := in(status)
			if deed[action](a, n, readOnly(kenyaFocal)) == nil || deed[action](a, n, clock) == nil {
				t.Errorf("%s in %s: somebody who only reads, or the clock, does it", action, status)
			}
		}
	}
	c.Facilitator = cooperation.SecretariatFacilitates
	a, n := in(cooperation.AssessmentRequested)
	wantCode(t, a.Accept(c, n, nil, member, noon), cooperation.NotFound)
	wantField(t, a.Accept(c, n, []cooperation.Participant{"nobody-knows"}, secretariat, noon), "partners[0]", "error.invalid.unknown_organisation")
	wantField(t, a.Decline(c, n, " ", secretariat, noon), "text", "error.invalid.required")
	a.Status = cooperation.AssessmentAccepted
	wantField(t, a.Propose(c, n, today().AddDays(-1), today(), secretariat, noon.Add(time.Hour)), "from", "error.invalid.future_date")
}

func containsWord(words, word string) bool {
	for w := range strings.FieldsSeq(words) {
		if w == word {
			return true
		}
	}
	return false
}
