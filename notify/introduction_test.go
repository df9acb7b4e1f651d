package notify

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/cooperation"
	"entente/i18n/i18ntest"
	"entente/message"
)

// anIntroduction is that of Mozambique's and Kenya's need to the offer of
// Switzerland, which began it.
func anIntroduction(reason string, change func(*cooperation.Introduction)) cooperation.Occasion {
	o := aReview(reason)
	o.Convention.ReplyMonths, o.Convention.Facilitator = 2, cooperation.SecretariatFacilitates
	p := o.Reviewed[0].Proposal
	p.Status = cooperation.Introduced
	o.Review, o.Reviewed, o.Proposal, o.Need, o.Offers = nil, nil, p, aNeed(), []*cooperation.Offer{anOffer()}
	x := &cooperation.Introduction{Meta: cooperation.Meta{ID: cooperation.IntroductionID(p.ID, 1), Convention: "pilot", Version: 2, Created: noon}, Proposal: p.ID, Need: "need-1", Offers: []string{"offer-1"}, Committee: "review",
		By: cooperation.ByInterest, Status: cooperation.IntroductionAsked, Asked: []cooperation.AskedSide{
			{Asked: cooperation.Asked{Side: cooperation.NeedSide, Participant: "MZ"}},
			{Asked: cooperation.Asked{Side: cooperation.OfferSide, Participant: "CH"}, Reply: cooperation.ReplyInterested}}}
	if change != nil {
		change(x)
	}
	o.Introduction, o.Unheard = x, cooperation.Unheard(&cooperation.Introduction{}, x)
	return o
}

func TestWhoeverHasToAnswerIsAskedWithALinkAndTheOthersAreTold(t *testing.T) {
	questions := func(x *cooperation.Introduction) {
		x.Questions = []cooperation.SideQuestion{{Asked: x.Asked[0].Asked, Text: "When?", Time: noon, Stops: true}}
	}
	var said []message.Message
	for reason, c := range map[string]struct {
		change func(*cooperation.Introduction)
		want   map[string]string
	}{
		"proposal.introduced": {nil, map[string]string{"approver-mz": ReasonAsked, "focal-mz": ReasonAsked, "focal-ke": "proposal.introduced", "provider-ch": "proposal.introduced", "provider-org": "proposal.introduced",
			"member-pe": ReasonBegun, "secretary": ReasonBegun, "victims-kh": ReasonBegun}},
		"introduction.question": {questions, map[string]string{"provider-ch": "introduction.question"}},
		"introduction.answer": {func(x *cooperation.Introduction) {
			questions(x)
			x.Questions[0].Resumed, x.Questions[0].Answers = noon, []cooperation.QuestionAnswer{{Asked: x.Asked[1].Asked, Text: "In May.", Time: noon}}
		}, map[string]string{"approver-mz": "introduction.answer", "focal-mz": "introduction.answer"}},
		"introduction.resumed": {func(x *cooperation.Introduction) {
			questions(x)
			x.Questions[0].Resumed, x.Questions[0].Unheard = noon, true
		}, map[string]string{"approver-mz": "introduction.resumed", "focal-mz": "introduction.resumed"}},
		"introduction.replied": {nil, map[string]string{}},
	} {
		o := anIntroduction(reason, c.change)
		got := map[string]string{}
		for _, n := range NewTeller().Tell(o, ofFewWords(), noon) {
			got[n.Recipient] = n.Reason
			toAnswer := strings.HasSuffix(n.Recipient, "-mz")
			if (n.Link != "") != toAnswer || (n.Status == cooperation.Pending) != (n.Reason != ReasonBegun) || len(n.Items) != 1 || !confidential(n) {
				t.Errorf("%s: %s is told %+v", reason, n.Recipient, n)
			}
			if toAnswer && n.Link != cooperation.ReplyLinkID(o.Introduction, 0, person(n.Recipient)) {
				t.Errorf("the link is %s", n.Link)
			}
			if entitled(person("x"), n) {
				t.Errorf("%s is sent to somebody without a role", n.Reason)
			}
			said = append(said, n.Subject, n.Lines[0], n.Items[0].Heading, Why(n))
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", reason, diff)
		}
	}
	for _, by := range []cooperation.IntroducedBy{cooperation.ByFacilitator, cooperation.ByClock} {
		for _, n := range NewTeller().Tell(anIntroduction("proposal.introduced", func(x *cooperation.Introduction) { x.By = by }), ofFewWords(), noon) {
			said = append(said, n.Lines...)
		}
	}
	i18ntest.Renders(t, words{}, said...)
}

func TestWhyItWasDeclinedIsToldToThoseWhoFacilitateAlone(t *testing.T) {
	ended := func(status cooperation.IntroductionStatus, reason cooperation.Reason, shared bool) func(*cooperation.Introduction) {
		return func(x *cooperation.Introduction) {
			x.Status, x.Asked[0].Reason, x.Asked[0].Text, x.Asked[0].Shared = status, reason, "Next year.", shared
			if status == cooperation.IntroductionDeclined {
				x.Asked[0].Reply = cooperation.ReplyDeclined
			}
			third := x.Asked[1]
			third.Participant = "demining-fund"
			x.Asked = append(x.Asked, third)
		}
	}
	var said []message.Message
	for _, c := range []struct {
		reason string
		change func(*cooperation.Introduction)
		shared bool
	}{
		{"introduction.declined", ended(cooperation.IntroductionDeclined, "timing", false), false},
		{"introduction.declined", ended(cooperation.IntroductionDeclined, "timing", true), true},
		{"introduction.expired", ended(cooperation.IntroductionExpired, cooperation.ReasonNoAnswer, false), false},
	} {
		for _, alternate := range []*cooperation.Reviewed{nil, {Proposal: &cooperation.Proposal{Status: cooperation.Endorsed}, Sides: cooperation.Sides{Offers: []*cooperation.Offer{anOffer()}}}} {
			o := anIntroduction(c.reason, c.change)
			o.Alternate = alternate
			told := map[string][]string{}
			for _, n := range NewTeller().Tell(o, ofFewWords(), noon) {
				for _, line := range n.Lines {
					told[n.Recipient] = append(told[n.Recipient], strings.TrimPrefix(line.Key, "notify.introduction."))
				}
				if n.Status != cooperation.Held || n.Link != "" || (n.Reason == ReasonOutcome) != (n.Recipient == "secretary") {
					t.Errorf("%s: %s is told %+v", c.reason, n.Recipient, n)
				}
				said = append(said, n.Subject, Why(n))
				said = append(said, n.Lines...)
			}
			if people := slices.Sorted(maps.Keys(told)); !slices.Equal(people, []string{"approver-mz", "focal-ke", "focal-mz", "provider-ch", "provider-org", "secretary"}) {
				t.Errorf("%s is told to %v", c.reason, people)
			}
			if own := told["focal-ke"]; !slices.Contains(own, "reason") {
				t.Errorf("its own side is told %v", own)
			}
			if other := told["provider-ch"]; slices.Contains(other, "reason") != c.shared || slices.Contains(other, "words") != c.shared {
				t.Errorf("shared %v: the other side is told %v", c.shared, other)
			}
			office, next := told["secretary"], "none"
			if alternate != nil {
				next = "alternate"
			}
			if !slices.Contains(office, "reason") || office[len(office)-1] != next || !slices.Contains(office, "remaining") {
				t.Errorf("those who facilitate are told %v", office)
			}
		}
	}
	i18ntest.Renders(t, words{}, said...)
}

func TestWhoseClockWentOnLongAgoIsNotToldAgainWhenThatOfTheOtherSideDoes(t *testing.T) {
	o := anIntroduction("introduction.resumed", func(x *cooperation.Introduction) {
		x.Asked[1].Reply = ""
		for _, w := range x.Asked {
			x.Questions = append(x.Questions, cooperation.SideQuestion{Asked: w.Asked, Text: "When?", Time: noon, Stops: true, Resumed: noon, Unheard: true})
		}
	})
	before := *o.Introduction
	before.Questions = []cooperation.SideQuestion{before.Questions[0], {Asked: before.Asked[1].Asked, Stops: true}}
	o.Unheard = cooperation.Unheard(&before, o.Introduction)
	var told []string
	for _, n := range NewTeller().Tell(o, ofFewWords(), noon) {
		told = append(told, n.Recipient)
	}
	if !slices.Equal(told, []string{"provider-ch"}) {
		t.Errorf("told are %v", told)
	}
}

func TestWhyTalksWereEndedIsToldToBothSides(t *testing.T) {
	o := anIntroduction("introduction.ended", func(x *cooperation.Introduction) {
		x.Status, x.Stopped = cooperation.IntroductionEnded, &cooperation.Remark{Reason: cooperation.ReasonNoAnswer, Text: "Perhaps next year."}
	})
	var said []message.Message
	told := map[string]bool{}
	for _, n := range NewTeller().Tell(o, ofFewWords(), noon) {
		told[n.Recipient] = slices.ContainsFunc(n.Lines, func(line message.Message) bool { return line.Key == "notify.introduction.stopped" })
		said = append(append(said, n.Subject), n.Lines...)
	}
	if !told["focal-ke"] || !told["provider-ch"] || !told["secretary"] || len(told) != 6 {
		t.Errorf("why is told to %v", told)
	}
	i18ntest.Renders(t, words{}, said...)
}
