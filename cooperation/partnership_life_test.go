package cooperation_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"entente/cooperation"
)

// alliance is a partnership of Kenya, which leads a need of two States, with
// France, which funds, and Germany, which trains.
type alliance struct {
	*cooperation.Partnership
	t     fataler
	conv  *cooperation.Convention
	now   time.Time
	sides *cooperation.Sides
}

type fataler interface {
	Helper()
	Fatal(...any)
	Errorf(string, ...any)
}

var germanProvider = someone(cooperation.ProviderRole, "DE")

// agreed is a partnership over 100 dollars and training.
func agreed(t fataler) *alliance {
	t.Helper()
	f, tr := cooperation.Finance, cooperation.Training
	n, money, trainers := wanting("100", f, tr), offering("money", "FR", "90", f), offering("trainers", "DE", "", tr)
	trainers.Capacity = cooperation.Capacity{Unit: "person_days", Quantity: 30}
	q, s := talking(n, money, trainers)
	terms := cooperation.PartnershipTerms{Start: day("2026-04-01"), End: day("2027-03-31"), Reports: []cooperation.Date{day("2026-08-01")},
		Milestones: []cooperation.Milestone{{Title: "Surveyors are trained", Due: day("2026-06-30")}, {Title: "The area is surveyed", Due: day("2026-12-31")}},
		Providers: []cooperation.Share{
			{Offer: "money", Provider: "FR", Lead: true, Kinds: []cooperation.Kind{f}, Pledged: usd("80")},
			{Offer: "trainers", Provider: "DE", Kinds: []cooperation.Kind{tr}, Covers: usd("20"), Quantity: 20}}}
	p, err := cooperation.FormPartnership("p", q, s, terms, kenyaFocal, noon)
	if err != nil {
		t.Fatal(err)
	}
	conv := pilot()
	conv.ReplyMonths, conv.Facilitator = 2, cooperation.SecretariatFacilitates
	return &alliance{p, t, conv, noon, s}
}

// active is one that has begun.
func active(t fataler) *alliance {
	t.Helper()
	a := agreed(t)
	a.on("2026-04-10")
	a.do(a.Begin(a.k(), a.need(), day("2026-04-01"), kenyaFocal, a.now))
	return a
}

// Need implements cooperation.Postings.
func (a *alliance) Need(string) (*cooperation.Need, bool) { return a.sides.Need, true }

// Offer implements cooperation.Postings.
func (a *alliance) Offer(id string) (*cooperation.Offer, bool) {
	i := slices.IndexFunc(a.sides.Offers, func(o *cooperation.Offer) bool { return o.ID == id })
	return a.sides.Offers[i], true
}

func (a *alliance) need() *cooperation.Need    { return a.sides.Need }
func (a *alliance) k() *cooperation.Timekeeper { return a.conv.Timekeeper(a, a.now) }

// on goes to noon of a day.
func (a *alliance) on(date string) { a.now = day(date).Time().Add(12 * time.Hour) }

func (a *alliance) do(err error) {
	a.t.Helper()
	if err != nil {
		a.t.Fatal(err)
	}
}

// clocks are the clocks of a kind.
func (a *alliance) clocks(kind cooperation.ClockKind) (out []cooperation.Clock) {
	for _, c := range cooperation.ClocksOf(a.Partnership, a.k()) {
		if c.Kind == kind {
			out = append(out, c)
		}
	}
	return out
}

func TestWhatEverybodySaysWasDeliveredMeetsTheNeed(t *testing.T) {
	a := active(t)
	money, trainers := a.sides.Offers[0], a.sides.Offers[1]
	if a.need().Status != cooperation.NeedCovered || a.Status != cooperation.PartnershipActive {
		t.Fatalf("begun, it is %s, and the need %s", a.Status, a.need().Status)
	}
	a.do(a.Complete(a.k(), a.sides, nil, "All of it.", franceProvider, a.now))
	a.do(a.Confirm(a.k(), a.sides, kenyaFocal, a.now))
	if c := a.clocks(cooperation.CompletionClock); a.Status != cooperation.PartnershipActive || len(c) != 1 || len(c[0].Owners) != 1 || !c[0].Owners[0].Is(germanProvider, pilotID) {
		t.Fatalf("with one that has not agreed it is %s, and waits for %+v", a.Status, c)
	}
	a.do(a.Complete(a.k(), a.sides, []cooperation.ShareDelivered{
		{Share: 2, Kinds: []cooperation.Kind{cooperation.Training}, Covers: usd("20.00"), Quantity: 20},
		{Share: 1, Kinds: []cooperation.Kind{cooperation.Finance}, Amount: usd("80.0")}}, "", germanProvider, a.now)) // the same in other words
	if a.Status != cooperation.PartnershipCompleted || !a.Completed.Equal(a.now) || len(a.Delivered) != 2 || !a.Gives() {
		t.Fatalf("when all agree it is %s", asText(t, a.Partnership))
	}
	if n := a.need(); n.Status != cooperation.NeedMet || n.Coverage.Delivered != usd("100.00") || n.Coverage.Agreed != usd("100.00") {
		t.Errorf("the need is %s, with %+v", n.Status, n.Coverage)
	}
	if money.Taken.Amount != usd("80.00") || trainers.Taken.Quantity != 20 {
		t.Errorf("of the offers there are taken %+v and %+v", money.Taken, trainers.Taken)
	}
	wantCode(t, a.Complete(a.k(), a.sides, nil, "", kenyaFocal, a.now), cooperation.State)
	wantCode(t, a.Stop(a.k(), a.sides, "timing", "", nil, kenyaFocal, a.now), cooperation.State)
}

func TestLessThanWasAgreedLeavesTheRestOpen(t *testing.T) {
	a := active(t)
	money, trainers := a.sides.Offers[0], a.sides.Offers[1]
	some := []cooperation.ShareDelivered{{Share: 1, Kinds: []cooperation.Kind{cooperation.Finance}, Amount: usd("50")}, {Share: 2, Quantity: 5}}
	a.do(a.Complete(a.k(), a.sides, nil, "", franceProvider, a.now))
	a.do(a.Complete(a.k(), a.sides, some, "Half of it.", kenyaFocal, a.now))
	if a.Completion.Participant != "KE" || a.Status != cooperation.PartnershipActive {
		t.Fatalf("other words are a new statement, and not %+v", a.Completion)
	}
	a.do(a.Confirm(a.k(), a.sides, franceProvider, a.now))
	a.do(a.Confirm(a.k(), a.sides, germanProvider, a.now))
	if n := a.need(); a.Status != cooperation.PartnershipCompleted || n.Status != cooperation.NeedPartlyCovered || n.Coverage.Delivered != usd("50.00") ||
		!slices.Equal(n.Missing(), []cooperation.Kind{cooperation.Finance, cooperation.Training}) {
		t.Errorf("of the need is delivered %+v, and %v is missing: it is %s", n.Coverage, n.Missing(), n.Status)
	}
	if gap, _ := a.need().Gap(); gap != 5000 {
		t.Errorf("%d are sought", gap)
	}
	if money.Taken.Amount != usd("50.00") || trainers.Taken.Quantity != 5 || money.Status != cooperation.OfferOpen {
		t.Errorf("taken are %+v and %+v", money.Taken, trainers.Taken)
	}
}

func TestSilenceAgreesToWhatWasStated(t *testing.T) {
	a := active(t)
	a.do(a.Complete(a.k(), a.sides, nil, "", kenyaFocal, a.now))
	c := a.clocks(cooperation.CompletionClock)[0]
	if c.Last != day("2026-06-10") || !c.Ends || len(c.Owners) != 2 || len(c.Reminders) != 2 || c.Reminders[1].At != day("2026-06-03").Time() || c.Reminders[0].At != day("2026-05-10").Time() {
		t.Errorf("the clock is %+v", c)
	}
	wantCode(t, a.Elapse(a.k(), a.sides, clock, a.now), cooperation.State)
	a.on("2026-06-10")
	wantCode(t, a.Elapse(a.k(), a.sides, clock, a.now), cooperation.State)
	a.on("2026-06-11")
	for what, err := range map[string]error{
		"agreed to": a.Confirm(a.k(), a.sides, franceProvider, a.now), "stated anew": a.Complete(a.k(), a.sides, nil, "", germanProvider, a.now),
		"stopped": a.Stop(a.k(), a.sides, "timing", "", nil, germanProvider, a.now)} {
		if wantCode(t, err, cooperation.State); refusal(t, err).Message.Key != "error.state.partnership_over" {
			t.Errorf("after the clock it can be %s: %v", what, err)
		}
	}
	wantCode(t, a.Elapse(a.k(), a.sides, kenyaFocal, a.now), cooperation.Forbidden)
	a.do(a.Elapse(a.k(), a.sides, clock, a.now))
	if a.Status != cooperation.PartnershipCompleted || a.need().Status != cooperation.NeedMet || len(a.clocks(cooperation.CompletionClock)) != 0 {
		t.Errorf("after the silence it is %s, and the need %s", a.Status, a.need().Status)
	}
	wantCode(t, a.Elapse(a.k(), a.sides, clock, a.now), cooperation.State)
}

func TestWhatIsStoppedGivesBackWhatWasNotDelivered(t *testing.T) {
	a := agreed(t)
	wantField(t, a.Stop(a.k(), a.sides, "", "", nil, kenyaFocal, a.now), "reason", "error.invalid.required")
	wantField(t, a.Stop(a.k(), a.sides, "bored", "", nil, kenyaFocal, a.now), "reason", "error.invalid.not_one_of")
	wantField(t, a.Stop(a.k(), a.sides, "timing", "", []cooperation.ShareDelivered{{Share: 2, Quantity: 1}}, kenyaFocal, a.now), "delivered", "error.invalid.not_begun")
	a.do(a.Stop(a.k(), a.sides, "funding_not_approved", "Parliament said no.", nil, franceApprover, a.now))
	if n := a.need(); n.Status != cooperation.NeedOpen || len(n.Coverage.Parts) != 0 || a.sides.Offers[0].Taken.Amount != (cooperation.Money{}) || len(a.sides.Offers[1].Taken.Takings) != 0 {
		t.Errorf("stopped before it began, the need is %s, and taken are %+v and %+v", n.Status, a.sides.Offers[0].Taken, a.sides.Offers[1].Taken)
	}
	if a.Status != cooperation.PartnershipStopped || a.Stopped.Reason != "funding_not_approved" || a.Gives() || len(cooperation.ClocksOf(a.Partnership, a.k())) != 0 {
		t.Errorf("it is %s", asText(t, a.Partnership))
	}
	wantCode(t, a.Stop(a.k(), a.sides, "timing", "", nil, kenyaFocal, a.now), cooperation.State)

	b := active(t)
	b.do(b.Stop(b.k(), b.sides, "security_or_access", "", []cooperation.ShareDelivered{{Share: 2, Kinds: []cooperation.Kind{cooperation.Training}, Covers: usd("20"), Quantity: 20}}, kenyaFocal, b.now))
	if n := b.need(); n.Status != cooperation.NeedPartlyCovered || !slices.Equal(n.Missing(), []cooperation.Kind{cooperation.Finance}) || n.Coverage.Delivered != usd("20.00") || !b.Gives() {
		t.Errorf("the training was delivered: the need is %s, with %+v", n.Status, n.Coverage)
	}
	if b.sides.Offers[0].Taken.Amount != (cooperation.Money{}) || b.sides.Offers[1].Taken.Quantity != 20 {
		t.Errorf("taken are %+v and %+v", b.sides.Offers[0].Taken, b.sides.Offers[1].Taken)
	}
	if from, to := b.Period(); from != day("2026-04-01") || to != day("2026-04-10") {
		t.Errorf("help was given from %s to %s", from, to)
	}
}

// Whatever is stated, agreed to and stopped, and in whichever order: what the
// offers have taken and the need has covered is what was agreed until the end,
// and what was delivered from then on.
func TestOffersAndNeedAreGivenBackExactlyOnce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		a := active(rt)
		people := []cooperation.Actor{kenyaFocal, kenyaApprover, franceProvider, germanProvider, trustProvider, clock}
		for range rapid.IntRange(1, 12).Draw(rt, "commands") {
			who := rapid.SampledFrom(people).Draw(rt, "who")
			amount, quantity := rapid.IntRange(0, 85).Draw(rt, "amount"), rapid.IntRange(0, 22).Draw(rt, "quantity")
			said := []cooperation.ShareDelivered{{Share: 1, Kinds: []cooperation.Kind{cooperation.Finance}, Amount: cooperation.NewMoney(int64(amount)*100, "USD")}, {Share: 2, Kinds: []cooperation.Kind{cooperation.Training}, Quantity: quantity}}
			before := asText(rt, a.Partnership) + asText(rt, a.sides)
			var err error
			switch rapid.IntRange(0, 4).Draw(rt, "what") {
			case 0:
				err = a.Complete(a.k(), a.sides, said, "", who, a.now)
			case 1:
				err = a.Confirm(a.k(), a.sides, who, a.now)
			case 2:
				err = a.Stop(a.k(), a.sides, "timing", "", said, who, a.now)
			case 3:
				err = a.Elapse(a.k(), a.sides, who, a.now)
			default:
				a.now = a.now.AddDate(0, 0, 40)
			}
			if err != nil && before != asText(rt, a.Partnership)+asText(rt, a.sides) {
				rt.Fatalf("it was refused, and yet something changed: %v", err)
			}
			amount, quantity = 8000, 20
			if over := a.Status == cooperation.PartnershipCompleted || a.Status == cooperation.PartnershipStopped; over {
				minor, err := a.Delivered[0].Amount.Minor()
				if err != nil {
					rt.Fatal(err)
				}
				amount, quantity = int(minor), a.Delivered[1].Quantity
			}
			taken, _ := a.sides.Offers[0].Taken.Amount.Minor()
			if int(taken) != amount || a.sides.Offers[1].Taken.Quantity != quantity {
				rt.Fatalf("%s: taken are %d and %d, want %d and %d", a.Status, taken, a.sides.Offers[1].Taken.Quantity, amount, quantity)
			}
			delivered, _ := a.need().Coverage.Delivered.Minor()
			if over := a.Status != cooperation.PartnershipActive; over && int(delivered) != amount || !over && delivered != 0 {
				rt.Fatalf("%s: of the need %d are delivered, want %d", a.Status, delivered, amount)
			}
			if a.need().Status == cooperation.NeedMet && a.Status != cooperation.PartnershipCompleted && a.Status != cooperation.PartnershipStopped {
				rt.Fatalf("the need is met while the partnership is %s", a.Status)
			}
		}
	})
}

func TestNothingIsDeliveredThatWasNotAgreed(t *testing.T) {
	a := active(t)
	for field, wrong := range map[string]cooperation.ShareDelivered{
		"delivered[0].share":    {Share: 3, Quantity: 1},
		"delivered[0].amount":   {Share: 1, Amount: usd("80.01")},
		"delivered[0].covers":   {Share: 2, Covers: usd("21"), Quantity: 1},
		"delivered[0].quantity": {Share: 2, Quantity: 21},
		"delivered[0].kinds":    {Share: 1, Kinds: []cooperation.Kind{cooperation.Training}},
		"delivered[0]":          {Share: 1},
	} {
		err := a.Complete(a.k(), a.sides, []cooperation.ShareDelivered{wrong}, "", kenyaFocal, a.now)
		if wantCode(t, err, cooperation.Invalid); refusal(t, err).Fields[0].Field != field {
			t.Errorf("%+v is refused with %v", wrong, err)
		}
	}
	wantField(t, a.Complete(a.k(), a.sides, []cooperation.ShareDelivered{}, "", kenyaFocal, a.now), "delivered", "error.invalid.nothing_delivered")
	wantField(t, a.Complete(a.k(), a.sides, []cooperation.ShareDelivered{{Share: 1, Amount: cooperation.Money{Amount: "1", Currency: "EUR"}}}, "", kenyaFocal, a.now), "delivered[0].amount", "error.invalid.more_than_agreed")
	wantCode(t, a.Confirm(a.k(), a.sides, kenyaFocal, a.now), cooperation.State)
}

func TestMilestonesAreDoneOrLate(t *testing.T) {
	a := active(t)
	states := func() (late, done int) {
		for _, s := range a.MilestoneStates(a.k().Today()) {
			if s.Late {
				late++
			}
			if !s.Done.IsZero() {
				done++
			}
		}
		return late, done
	}
	if late, done := states(); late != 0 || done != 0 {
		t.Errorf("at the beginning %d are late, %d done", late, done)
	}
	a.on("2026-07-02")
	if late, _ := states(); late != 1 {
		t.Errorf("after its day %d are late", late)
	}
	a.do(a.ReportMilestone(a.k(), a.need(), cooperation.MilestoneReport{Milestone: 1, Done: day("2026-06-30"), Link: "https://example.org/certificates"}, germanProvider, a.now))
	a.do(a.ReportMilestone(a.k(), a.need(), cooperation.MilestoneReport{Milestone: 2, Done: day("2026-07-01")}, kenyaFocal, a.now))
	if late, done := states(); late != 0 || done != 2 {
		t.Errorf("done in time, %d are late, %d done", late, done)
	}
	a.do(a.ReportMilestone(a.k(), a.need(), cooperation.MilestoneReport{Milestone: 1, Text: "Two of them did not pass."}, kenyaFocal, a.now))
	if late, done := states(); late != 1 || done != 1 {
		t.Errorf("not done after all, %d are late, %d done", late, done)
	}
	for field, wrong := range map[string]cooperation.MilestoneReport{"milestone": {Milestone: 3, Done: day("2026-07-01")}, "done": {Milestone: 1, Done: day("2026-07-03")}, "text": {Milestone: 1}, "link": {Milestone: 1, Text: "x", Link: "file:///x"}} {
		err := a.ReportMilestone(a.k(), a.need(), wrong, kenyaFocal, a.now)
		if wantCode(t, err, cooperation.Invalid); refusal(t, err).Fields[0].Field != field {
			t.Errorf("%s is refused with %v", field, err)
		}
	}
	wantField(t, agreed(t).Begin(a.k(), a.need(), day("2026-07-03"), kenyaFocal, a.now), "on", "error.invalid.past_date")
}

func TestCommittedAndPaidAreDifferentThings(t *testing.T) {
	a := active(t)
	write := func(who cooperation.Actor, share int, sort cooperation.DisbursementSort, amount cooperation.Money) error {
		return a.Disburse(a.k(), a.need(), cooperation.Disbursement{Share: share, Sort: sort, Amount: amount, On: day("2026-04-02"), Text: "Decision 12"}, who, a.now)
	}
	a.do(write(franceProvider, 1, cooperation.MoneyCommitted, usd("80")))
	a.do(write(franceProvider, 1, cooperation.MoneyPaid, usd("30")))
	a.do(write(franceApprover, 2, cooperation.MoneyPaid, cooperation.Money{Amount: "7", Currency: "EUR"})) // the lead writes of all
	a.do(write(franceProvider, 1, cooperation.MoneyPaid, usd("3.50")))
	wantCode(t, write(kenyaFocal, 1, cooperation.MoneyPaid, usd("1")), cooperation.Forbidden)
	wantCode(t, write(germanProvider, 1, cooperation.MoneyPaid, usd("1")), cooperation.Forbidden)
	a.do(a.Correct(a.k(), a.need(), 2, "It was paid twice by mistake.", franceProvider, a.now))
	want := []cooperation.PartnershipMoney{{Currency: "EUR", Paid: 700}, {Currency: "USD", Pledged: 8000, Committed: 8000, Paid: 350}}
	if got := a.Money(); !slices.Equal(got, want) {
		t.Errorf("the sums are %+v", got)
	}
	if d := a.Disbursements[4]; len(a.Disbursements) != 5 || d.Number != 5 || d.Corrects != 2 || d.Amount != usd("30") || a.Disbursements[1].Amount != usd("30") {
		t.Errorf("the entries are %s", asText(t, a.Disbursements))
	}
	wantCode(t, a.Correct(a.k(), a.need(), 2, "Again.", franceProvider, a.now), cooperation.Conflict)
	wantCode(t, a.Correct(a.k(), a.need(), 5, "Back again.", franceProvider, a.now), cooperation.Conflict)
	wantCode(t, a.Correct(a.k(), a.need(), 9, "What?", franceProvider, a.now), cooperation.NotFound)
	wantCode(t, a.Correct(a.k(), a.need(), 3, "Not mine.", germanProvider, a.now), "")
	wantField(t, a.Correct(a.k(), a.need(), 4, " ", franceProvider, a.now), "text", "error.invalid.required")
	for field, wrong := range map[string]cooperation.Disbursement{
		"amount.amount": {Share: 1, Sort: "paid", Amount: usd("0"), On: today(), Text: "x"}, "on": {Share: 1, Sort: "paid", Amount: usd("1"), On: day("2026-04-11"), Text: "x"},
		"text": {Share: 1, Sort: "paid", Amount: usd("1"), On: today()}, "share": {Share: 3, Sort: "paid", Amount: usd("1"), On: today(), Text: "x"},
		"sort": {Share: 1, Sort: "promised", Amount: usd("1"), On: today(), Text: "x"}} {
		err := a.Disburse(a.k(), a.need(), wrong, franceProvider, a.now)
		if wantCode(t, err, cooperation.Invalid); refusal(t, err).Fields[0].Field != field {
			t.Errorf("%s is refused with %v", field, err)
		}
	}
}

func TestOnlyThePartnersWriteAndWhoIsNotConcernedKnowsNothing(t *testing.T) {
	for name, c := range map[string]struct {
		who  cooperation.Actor
		want cooperation.Code
	}{
		"the State that leads": {kenyaFocal, ""}, "its approver": {kenyaApprover, ""}, "a provider": {germanProvider, ""}, "the lead's approver": {franceApprover, ""},
		"a co-beneficiary": {mozApprover, cooperation.Forbidden}, "the secretariat": {secretariat, cooperation.Forbidden}, "a reader": {readOnly(kenyaFocal), cooperation.Forbidden},
		"another provider": {trustProvider, cooperation.NotFound}, "a member": {member, cooperation.NotFound}, "the public": {public, cooperation.NotFound},
		"another convention": {otherSecretariat, cooperation.NotFound}, "the provider's focal point": {franceFocal, cooperation.NotFound},
	} {
		a := agreed(t)
		if err := a.Begin(a.k(), a.need(), cooperation.Date{}, c.who, a.now); cooperation.CodeOf(err) != c.want {
			t.Errorf("%s begins with %v", name, err)
		}
		if sees := cooperation.SeesDelivery(c.who, a.conv, a.Partnership, a.need()); sees != (c.want != cooperation.NotFound) {
			t.Errorf("%s sees it: %v", name, sees)
		}
	}
	for _, action := range cooperation.DeliveryActions() {
		if a := agreed(t); cooperation.MayDeliver(mozApprover, action, a.Partnership, a.need()) || cooperation.MayDeliver(secretariat, action, a.Partnership, a.need()) {
			t.Errorf("%s is not the partners' alone", action)
		}
	}
	if a := agreed(t); cooperation.MayDeliver(kenyaFocal, "other", a.Partnership, a.need()) {
		t.Error("what the policy does not name is allowed")
	}
}

func TestAPartnershipThatIsWrittenFullTakesNoMore(t *testing.T) {
	a := active(t)
	for range 200 {
		if err := a.Deviate(a.k(), a.need(), cooperation.Deviation{Aspect: "other", Text: strings.Repeat("x", 2000)}, kenyaFocal, a.now); err != nil {
			wantCode(t, err, cooperation.TooLarge)
			return
		}
	}
	t.Errorf("it has %d deviations", len(a.Deviations))
}

func TestWhereHelpComesFromIsStatedWithEvidence(t *testing.T) {
	a := agreed(t)
	say := func(who cooperation.Actor, o cooperation.Origin, text string) error {
		return a.StateOrigin(a.k(), a.need(), cooperation.OriginStatement{Origin: o, Text: text}, who, a.now)
	}
	wantField(t, say(kenyaFocal, cooperation.FacilitatedHere, ""), "text", "error.invalid.evidence")
	wantField(t, say(kenyaFocal, "elsewhere", "x"), "origin", "error.invalid.not_one_of")
	if a.Origin() != "" {
		t.Error("nobody has said so:", a.Origin())
	}
	a.do(say(kenyaFocal, cooperation.FacilitatedHere, "Found through the proposal."))
	if a.Origin() != cooperation.FacilitatedHere {
		t.Error("facilitated, it is", a.Origin())
	}
	a.do(say(franceProvider, cooperation.UnderWayBefore, "Agreed in a note of last year."))
	if a.Origin() != cooperation.UnderWayBefore {
		t.Error("with one that knew of it before it is", a.Origin())
	}
	a.do(say(franceProvider, cooperation.FacilitatedHere, "That note was on something else."))
	if a.Origin() != cooperation.FacilitatedHere || len(a.Origins) != 3 {
		t.Error("put right, it is", a.Origin())
	}
}
