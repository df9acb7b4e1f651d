package cooperation_test

import (
	"slices"
	"testing"
	"time"

	"entente/cooperation"
)

// meeting is an introduction under way with what it is of, at a moment.
type meeting struct {
	t     *testing.T
	conv  *cooperation.Convention
	x     *cooperation.Introduction
	p     *cooperation.Proposal
	s     *cooperation.Sides
	now   time.Time
	score bool // whether the pairing passes the filters
}

// met is Kenya's need and France's offer, both asked since Tuesday 10 March.
func met(t *testing.T) *meeting {
	t.Helper()
	m := &meeting{t: t, conv: seated("Europe/Zurich"), now: noon, score: true}
	m.conv.IntroduceDays, m.conv.ReplyMonths, m.conv.Facilitator = 5, 2, cooperation.SecretariatFacilitates
	m.p, m.s = between(t, cooperation.Endorsed)
	m.introduce()
	return m
}

func (m *meeting) introduce() {
	m.t.Helper()
	ok(m.t, m.p.Introduce(m.keeper(), m.s, m.score, secretariat, m.now))
	m.x = cooperation.BeginIntroduction(m.p, m.s, secretariat, m.now)
}

func (m *meeting) keeper() *cooperation.Timekeeper {
	var offer *cooperation.Offer
	if len(m.s.Offers) > 0 {
		offer = m.s.Offers[0]
	}
	return m.conv.Timekeeper(posted{m.s.Need, offer}, m.now)
}

func (m *meeting) reply(a cooperation.Actor, r cooperation.ReplyContent) error {
	return m.x.Answer(m.keeper(), m.p, m.s, r, a, m.now)
}

func (m *meeting) clocks(kind cooperation.ClockKind) (out []cooperation.Clock) {
	for _, c := range m.x.Clocks(m.keeper()) {
		if c.Kind == kind {
			out = append(out, c)
		}
	}
	return out
}

func declining(reason cooperation.Reason) cooperation.ReplyContent {
	return cooperation.ReplyContent{Reply: cooperation.ReplyDeclined, Reason: reason}
}

var interested = cooperation.ReplyContent{Reply: cooperation.ReplyInterested}

func TestWhoFacilitatesIntroducesWhatWasAdvisedOrWhoseLookIsOver(t *testing.T) {
	for _, c := range []struct {
		what     string
		status   cooperation.ProposalStatus
		reviewed bool
		after    time.Duration
		by       cooperation.Actor
		code     cooperation.Code
	}{
		{"endorsed", cooperation.Endorsed, true, 0, secretariat, ""},
		{"recommended", cooperation.Recommended, true, 0, secretariat, ""},
		{"not reviewed yet", cooperation.Proposed, true, 240 * time.Hour, secretariat, cooperation.State},
		{"looked at, where nothing is reviewed", cooperation.Proposed, false, 240 * time.Hour, secretariat, ""},
		{"still looked at", cooperation.Proposed, false, time.Hour, secretariat, cooperation.State},
		{"declined before", cooperation.Declined, true, 0, secretariat, cooperation.State},
		{"by a side", cooperation.Endorsed, true, 0, kenyaFocal, cooperation.Forbidden},
		{"by a member, where the secretariat facilitates", cooperation.Endorsed, true, 0, member, cooperation.Forbidden},
		{"by somebody else", cooperation.Endorsed, true, 0, observer, cooperation.NotFound},
		{"with a token that only reads", cooperation.Endorsed, true, 0, readOnly(secretariat), cooperation.Forbidden},
	} {
		m := met(t)
		m.p, m.s = between(t, c.status)
		m.conv.Reviewed, m.now = c.reviewed, noon.Add(c.after)
		if err := m.p.Introduce(m.keeper(), m.s, true, c.by, m.now); cooperation.CodeOf(err) != c.code {
			t.Errorf("%s: %v", c.what, err)
		}
	}
	m := met(t)
	if m.p.Status != cooperation.Introduced || m.p.IntroducedBy != cooperation.ByFacilitator || m.p.Round != 1 || m.p.Introduction != m.x.ID || m.x.ID != cooperation.IntroductionID(m.p.ID, 1) || len(m.x.Asked) != 2 {
		t.Errorf("introduced they are %s and %s", asText(t, m.p), asText(t, m.x))
	}
	m.p.Status = cooperation.Endorsed
	wantCode(t, m.p.Introduce(m.keeper(), m.s, false, secretariat, noon), cooperation.State) // an exclusion was stated since
}

func TestTheStateThatPresidesFacilitatesWhereTheCommitteeDoesAndNotForItself(t *testing.T) {
	m := met(t)
	m.conv.Facilitator = cooperation.CommitteeFacilitates
	from, until := day("2026-01-01"), day("2026-12-31")
	m.conv.Committees[0].Members = []cooperation.Term{{Country: land("PE"), From: from, Until: until, Election: 1}, {Country: land("KE"), From: from, Until: until, Election: 2}}
	if o := m.keeper().Facilitator("review", m.s); !slices.Equal(o.Participants, []cooperation.Participant{"PE"}) {
		t.Errorf("the facilitator is %+v", o)
	}
	m.conv.Committees[0].Chairs = []cooperation.Presidency{{Country: land("KE"), From: from, Until: until}}
	if o := m.keeper().Facilitator("review", m.s); !slices.Equal(o.Participants, []cooperation.Participant{"PE"}) {
		t.Errorf("with a chair on one of the sides it is %+v", o)
	}
	m.conv.Committees[0].Members = nil
	if o := m.keeper().Facilitator("review", m.s); !slices.Equal(o.Roles, []cooperation.Role{cooperation.Secretariat}) {
		t.Errorf("without anybody else it is %+v", o)
	}
	m.conv.Facilitator, m.conv.ReviewBody = cooperation.BureauFacilitates, "review"
	if !m.keeper().Facilitates(member, "review", m.s) || m.keeper().Facilitates(observer, "review", m.s) {
		t.Error("a bureau facilitates, by all of its members")
	}
}

func TestBothSidesTalkOnceAllWhoAreAskedWantTo(t *testing.T) {
	m := met(t)
	ok(t, m.reply(franceProvider, interested))
	if m.x.Status != cooperation.IntroductionAsked || m.p.Status != cooperation.Introduced || len(m.clocks(cooperation.ReplyClock)) != 1 {
		t.Fatalf("after one of them it is %s", asText(t, m.x))
	}
	wantCode(t, m.reply(franceApprover, interested), cooperation.State)
	ok(t, m.reply(kenyaFocal, interested))
	if m.x.Status != cooperation.IntroductionInterested || m.p.Status != cooperation.InTalks || len(m.p.Interests) != 2 || len(m.x.Clocks(m.keeper())) != 0 {
		t.Errorf("after both it is %s of %s", asText(t, m.x), asText(t, m.p))
	}
	ok(t, m.reply(kenyaFocal, declining("timing"))) // talks may still end
	if m.p.Status != cooperation.Declined || m.p.Ended.Side != cooperation.NeedSide {
		t.Errorf("declined during the talks it is %s", asText(t, m.p))
	}
}

func TestWhyASideDeclinedIsItsOwnAndTheFacilitatorsUnlessItSharesIt(t *testing.T) {
	for _, shared := range []bool{false, true} {
		m := met(t)
		ok(t, m.reply(kenyaApprover, cooperation.ReplyContent{Reply: cooperation.ReplyDeclined, Reason: "helped_elsewhere", Text: "By a neighbour.", Share: shared, Exclude: []cooperation.Participant{"FR"}}))
		for who, c := range map[string]struct {
			a             cooperation.Actor
			reason, whole bool
			by            bool
		}{
			"its own side":                 {kenyaFocal, true, true, false},
			"who benefits too":             {mozFocal, true, true, false},
			"the secretariat":              {secretariat, true, true, true},
			"the other side":               {franceProvider, shared, false, false},
			"who gives with the other one": {trustProvider, shared, false, false},
		} {
			shown := m.x.Shown(c.a, m.keeper(), m.s)
			w := shown.Asked[0]
			if (w.Reason != "") != c.reason || (w.Text != "") != c.reason || (len(w.Excluded) > 0) != c.whole || (w.By != "") != c.by || w.Reply != cooperation.ReplyDeclined {
				t.Errorf("shared %v: %s sees %s", shared, who, asText(t, shown))
			}
		}
		for _, a := range []cooperation.Actor{member, observer, public, otherSecretariat, kenyaProvider} {
			if m.x.Shown(a, m.keeper(), m.s) != nil {
				t.Errorf("%s sees it", a.ID)
			}
		}
	}
}

func TestWhatIsAnsweredKeepsToTheRules(t *testing.T) {
	for name, r := range map[string]cooperation.ReplyContent{
		"nothing": {}, "something else": {Reply: "perhaps"}, "declining without a reason": declining(""), "with the platform's reason": declining(cooperation.ReasonNoAnswer), "with an unknown one": declining("because"),
		"interest with a reason": {Reply: cooperation.ReplyInterested, Reason: "timing"}, "interest with an exclusion": {Reply: cooperation.ReplyInterested, Exclude: []cooperation.Participant{"FR"}},
		"excluding somebody else": {Reply: cooperation.ReplyDeclined, Reason: "timing", Exclude: []cooperation.Participant{"DE"}},
		"excluding oneself":       {Reply: cooperation.ReplyDeclined, Reason: "timing", Exclude: []cooperation.Participant{"KE"}}, "no question": {Reply: cooperation.ReplyMoreInformation, Text: " "},
	} {
		m := met(t)
		wantCode(t, m.reply(kenyaFocal, r), cooperation.Invalid)
		if m.x.Version != 1 || m.x.Asked[0].Acts != 0 {
			t.Errorf("%s has changed it: %s", name, asText(t, m.x))
		}
	}
	m := met(t)
	wantCode(t, m.reply(member, interested), cooperation.NotFound)
	wantCode(t, m.reply(secretariat, interested), cooperation.Forbidden)
	wantCode(t, m.reply(mozFocal, interested), cooperation.Forbidden) // reads along
	wantCode(t, m.reply(readOnly(kenyaFocal), interested), cooperation.Forbidden)
}

func TestTwoMonthsToAnswerWithRemindersAtHalfTimeAndAWeekBefore(t *testing.T) {
	m := met(t)
	clocks := m.clocks(cooperation.ReplyClock)
	if len(clocks) != 2 || clocks[0].ID == clocks[1].ID {
		t.Fatalf("there are %+v", clocks)
	}
	c := clocks[0]
	if c.Last != day("2026-05-10") || !c.Due.Equal(moment(t, "2026-05-10T22:00:00Z")) || !c.Ends || !c.Concerns(kenyaFocal, noon) || c.Concerns(franceProvider, noon) || c.Concerns(mozFocal, noon) {
		t.Errorf("it is %+v", c)
	}
	if len(c.Reminders) != 2 || !c.Reminders[0].At.Equal(m.keeper().Begin(day("2026-04-09"))) || !c.Reminders[1].At.Equal(m.keeper().Begin(day("2026-05-03"))) {
		t.Errorf("it reminds at %+v", c.Reminders)
	}
	m.now = c.Due
	wantCode(t, m.reply(kenyaFocal, interested), cooperation.State) // the platform has still to do what follows
	if changed, err := m.x.Elapse(m.keeper(), m.p, secretariat, m.now); changed || cooperation.CodeOf(err) != cooperation.Forbidden {
		t.Errorf("by the secretariat: %v, %v", changed, err)
	}
	ok2(t)(m.x.Elapse(m.keeper(), m.p, clock, m.now))
	if m.x.Status != cooperation.IntroductionExpired || m.p.Status != cooperation.ExpiredProposal || m.x.Asked[0].Reason != cooperation.ReasonNoAnswer || m.p.Ended.Side != "" {
		t.Errorf("it is %s of %s", asText(t, m.x), asText(t, m.p))
	}
}

func ok2(t *testing.T) func(bool, error) {
	return func(changed bool, err error) {
		t.Helper()
		if !changed || err != nil {
			t.Fatalf("it changed %v, %v", changed, err)
		}
	}
}

func TestSilenceIsTheSilentSidesOwnAndItMayComeBack(t *testing.T) {
	m := met(t)
	ok(t, m.reply(franceProvider, interested))
	m.now = moment(t, "2026-06-01T12:00:00Z")
	ok2(t)(m.x.Elapse(m.keeper(), m.p, clock, m.now))
	if m.x.Asked[0].Reason != cooperation.ReasonNoAnswer || m.x.Asked[1].Reason != "" || m.p.Ended.Side != cooperation.NeedSide {
		t.Fatalf("it is %s of %s", asText(t, m.x), asText(t, m.p))
	}
	if shown := m.x.Shown(franceProvider, m.keeper(), m.s); shown.Asked[0].Reason != "" || !shown.Asked[0].Time.IsZero() {
		t.Errorf("the other side sees %s", asText(t, shown))
	}
	if shown := m.x.Shown(kenyaFocal, m.keeper(), m.s); shown.Asked[0].Reason == "" {
		t.Errorf("its own sees %s", asText(t, shown))
	}
	if _, err := m.p.Interest(m.s, true, franceProvider, m.now); cooperation.CodeOf(err) != cooperation.State {
		t.Errorf("the other side may ask again: %v", err)
	}
	if _, err := m.p.Interest(m.s, false, kenyaFocal, m.now); cooperation.CodeOf(err) != cooperation.State {
		t.Errorf("what passes the filters no longer: %v", err)
	}
	ok2(t)(m.p.Interest(m.s, true, kenyaFocal, m.now))
	again := cooperation.BeginIntroduction(m.p, m.s, kenyaFocal, m.now)
	if again.Round != 2 || again.ID == m.x.ID || again.Asked[0].Reply != cooperation.ReplyInterested || again.Asked[1].Reply != "" || len(m.p.Interests) != 1 {
		t.Errorf("it begins again as %s", asText(t, again))
	}
}

func TestAQuestionStopsTheClockOfWhoAsksOnceForAMonthAtMost(t *testing.T) {
	m := met(t)
	m.now = moment(t, "2026-04-10T12:00:00Z")
	ask := func(a cooperation.Actor) error { return m.x.Ask(m.keeper(), m.p, m.s, "When?", a, m.now) }
	wantField(t, m.x.Ask(m.keeper(), m.p, m.s, " ", kenyaFocal, m.now), "text", "error.invalid.required")
	ok(t, ask(kenyaFocal))
	clocks := m.clocks(cooperation.ReplyClock)
	if clocks[0].Paused.IsZero() || !clocks[0].Due.IsZero() || clocks[0].Left == 0 || !clocks[1].Paused.IsZero() {
		t.Fatalf("after it was asked: %+v", clocks)
	}
	answer := m.clocks(cooperation.AnswerClock)
	if len(answer) != 1 || answer[0].Last != day("2026-05-10") || !answer[0].Concerns(franceProvider, m.now) || answer[0].Concerns(kenyaFocal, m.now) {
		t.Errorf("the answer is due %+v", answer)
	}
	respond := func(a cooperation.Actor, question int) error {
		return m.x.Respond(m.keeper(), m.p, m.s, question, "In May.", a, m.now)
	}
	for _, question := range []int{0, 2} {
		wantCode(t, respond(franceProvider, question), cooperation.Invalid)
	}
	wantCode(t, respond(kenyaApprover, 1), cooperation.Invalid) // its own question
	wantCode(t, respond(secretariat, 1), cooperation.Forbidden)
	m.now = m.now.AddDate(0, 0, 12)
	ok(t, respond(franceProvider, 1))
	if c := m.clocks(cooperation.ReplyClock)[0]; c.Last != day("2026-05-22") || len(m.clocks(cooperation.AnswerClock)) != 0 {
		t.Errorf("after the answer it runs until %s", c.Last)
	}
	ok(t, ask(kenyaFocal))
	if c := m.clocks(cooperation.ReplyClock)[0]; !c.Paused.IsZero() || m.x.Questions[1].Stops {
		t.Errorf("a second question stops it again: %+v", c)
	}
	if m.x.Asked[0].Acts != 2 || m.x.Asked[1].Acts != 0 {
		t.Errorf("they have acted %+v", m.x.Asked)
	}
}

func TestAClockThatAQuestionHasStoppedGoesOnWithoutAnAnswerHoweverLateThatIsSeen(t *testing.T) {
	for _, late := range []int{0, 3} {
		m := met(t)
		ok(t, m.reply(franceProvider, interested))
		m.now = moment(t, "2026-05-08T12:00:00Z")
		ok(t, m.x.Ask(m.keeper(), m.p, m.s, "When?", kenyaFocal, m.now))
		m.now = moment(t, "2026-06-08T22:00:00Z").Add(-time.Minute)
		if changed, err := m.x.Elapse(m.keeper(), m.p, clock, m.now); changed || err != nil {
			t.Errorf("before a month is over: %v, %v", changed, err)
		}
		m.now = moment(t, "2026-06-08T22:00:00Z").AddDate(0, late, 0)
		ok2(t)(m.x.Elapse(m.keeper(), m.p, clock, m.now))
		if q := m.x.Questions[0]; !q.Unheard || !q.Resumed.Equal(moment(t, "2026-06-08T22:00:00Z")) {
			t.Errorf("the question is %+v", q)
		}
		if late == 0 {
			if c := m.clocks(cooperation.ReplyClock); len(c) != 1 || c[0].Last != day("2026-06-11") {
				t.Errorf("it goes on as %+v", c)
			}
		} else if m.x.Status != cooperation.IntroductionExpired {
			t.Errorf("long after it is %s", m.x.Status)
		}
	}
}

func TestContactsAreThoseOfBothSidesAsLongAsTheyAreBroughtTogether(t *testing.T) {
	m := met(t)
	m.s.Offers[0].FocalPoint = &cooperation.Contact{Mail: "desk@example.org"}
	for who, c := range map[string]struct {
		a   cooperation.Actor
		any bool
	}{"the need's side": {kenyaFocal, true}, "the offer's": {franceProvider, true}, "the secretariat": {secretariat, true}, "a member": {member, false}, "somebody else": {observer, false}} {
		got := m.x.Contacts(c.a, m.keeper(), m.p, m.s)
		if (len(got) == 2) != c.any || c.any && (got[0].Contact.Mail != "focal.point@example.org" || got[1].Contact.Mail != "desk@example.org") {
			t.Errorf("%s is given %+v", who, got)
		}
	}
	ok(t, m.reply(kenyaFocal, declining("timing")))
	if got := m.x.Contacts(secretariat, m.keeper(), m.p, m.s); got != nil {
		t.Errorf("after it was declined they are %+v", got)
	}
}

func TestWhomASideExcludesStaysExcluded(t *testing.T) {
	n, o := needIn("open"), offerIn("open", cooperation.Indication)
	n.Preferred, n.Excluded = []cooperation.Participant{"FR", "DE"}, []cooperation.Participant{"JP"}
	ok(t, n.Exclude([]cooperation.Participant{"FR", "JP"}, noon))
	if !slices.Equal(n.Excluded, []cooperation.Participant{"JP", "FR"}) || !slices.Equal(n.Preferred, []cooperation.Participant{"DE"}) || n.Version != 8 {
		t.Errorf("the need excludes %v and prefers %v", n.Excluded, n.Preferred)
	}
	ok(t, o.Exclude([]cooperation.Participant{"KE"}, noon))
	if !slices.Contains(o.Excluded, "KE") || o.Version != 8 {
		t.Errorf("the offer excludes %v", o.Excluded)
	}
	for range 100 {
		n.Excluded = append(n.Excluded, "aaa")
	}
	wantCode(t, n.Exclude([]cooperation.Participant{"KE"}, noon), cooperation.Invalid)
}

func TestALinkIsGoodForItsPersonAndItsSideUntilThisActs(t *testing.T) {
	m := met(t)
	u := &cooperation.User{ID: "focal-ke", Epoch: 3, Grants: kenyaFocal.Grants}
	id := cooperation.ReplyLinkID(m.x, 0, u)
	if x, user, read := cooperation.ReadReplyLink(id); !read || x != m.x.ID || user != u.ID {
		t.Fatalf("%s is read as %s, %s, %v", id, x, user, read)
	}
	for _, garbage := range []string{"", "x", m.x.ID, m.x.ID + "-a-1-1", "short-user-0-0-0"} {
		if _, _, read := cooperation.ReadReplyLink(garbage); read {
			t.Errorf("%q is read", garbage)
		}
	}
	if place, opens := m.x.Opens(id, u); !opens || place != 0 {
		t.Fatal("it opens nothing")
	}
	for name, change := range map[string]func(*cooperation.User){
		"without the role":         func(u *cooperation.User) { u.Grants = mozFocal.Grants },
		"with other credentials":   func(u *cooperation.User) { u.Epoch++ },
		"disabled":                 func(u *cooperation.User) { u.Disabled = true },
		"erased":                   func(u *cooperation.User) { u.Erased = true },
		"somebody else's":          func(u *cooperation.User) { u.ID = "another" },
		"a program":                func(u *cooperation.User) { u.Service = true },
		"before it was accepted":   func(u *cooperation.User) { u.Invited = noon },
		"of the other side's role": func(u *cooperation.User) { u.Grants = kenyaProvider.Grants },
	} {
		other := *u
		if change(&other); name != "" {
			if _, opens := m.x.Opens(id, &other); opens {
				t.Errorf("%s it still opens", name)
			}
		}
	}
	if _, opens := m.x.Opens(id, nil); opens {
		t.Error("of nobody it still opens")
	}
	ok(t, m.reply(franceProvider, interested))
	if _, opens := m.x.Opens(id, u); !opens {
		t.Error("the other side's answer has closed it")
	}
	ok(t, m.x.Ask(m.keeper(), m.p, m.s, "When?", kenyaApprover, m.now))
	if _, opens := m.x.Opens(id, u); opens {
		t.Error("it still opens after its side has acted")
	}
	fresh := cooperation.ReplyLinkID(m.x, 0, u)
	ok(t, m.reply(kenyaApprover, interested))
	if _, opens := m.x.Opens(fresh, u); opens {
		t.Error("it still opens after its side has answered")
	}
}
