package cooperation_test

import (
	"slices"
	"testing"
	"time"

	"entente/cooperation"
	"entente/i18n/i18ntest"
	"entente/reference"
)

var germanApprover = someone(cooperation.Approver, "DE")

// table is where terms are negotiated in these tests: a need of Kenya and
// Mozambique for money and training, a fund of France with a co-provider, and
// trainers of Germany.
type table struct {
	t     *testing.T
	c     *cooperation.Convention
	q     *cooperation.Proposal
	s     *cooperation.Sides
	x     *cooperation.Agreement
	terms cooperation.PartnershipTerms
}

func newTable(t *testing.T) *table {
	t.Helper()
	f, tr := cooperation.Finance, cooperation.Training
	n := wanting("100", f, tr)
	n.Languages, n.Interpretation = []cooperation.LanguageWish{{Language: "en", Strength: cooperation.Required}}, false
	money, trainers := offering("money", "FR", "70", f), offering("trainers", "DE", "", tr)
	money.CoProviders = []cooperation.CoProvider{{Participant: "demining-trust", Role: "implementing"}}
	trainers.Languages, trainers.Interpretation, trainers.Capacity = []reference.Language{"en", "fr"}, false, cooperation.Capacity{Unit: "person_days", Quantity: 20}
	money.Languages, money.Interpretation = nil, false
	c := pilot()
	c.TermsDays, c.TermsClearance, c.Facilitator = 20, cooperation.ClearBinding, cooperation.SecretariatFacilitates
	q, s := talking(n, money, trainers)
	return &table{t: t, c: c, q: q, s: s, terms: cooperation.PartnershipTerms{Start: day("2026-06-01"), End: day("2026-12-31"), Languages: []reference.Language{"en"},
		Milestones: []cooperation.Milestone{{Title: "First course", Due: day("2026-09-01")}}, Reports: []cooperation.Date{day("2027-03-01")},
		Providers: []cooperation.Share{
			{Offer: "money", Provider: "FR", Lead: true, Role: "funding", Kinds: []cooperation.Kind{f}, Pledged: usd("60"), InKind: []cooperation.InKindItem{{What: "Detectors", Quantity: 4}}},
			{Offer: "trainers", Provider: "DE", Kinds: []cooperation.Kind{tr}, Quantity: 10, Covers: usd("20")}}}}
}

// k keeps time where the terms are negotiated.
func (b *table) k() *cooperation.Timekeeper {
	return b.c.Timekeeper(posted{b.s.Need, b.s.Offers[0]}, noon)
}

// begin puts the terms of the table on it.
func (b *table) begin(a cooperation.Actor) error {
	x, err := cooperation.BeginAgreement(b.k(), b.q, b.s, b.terms, "For your consideration.", a, noon)
	b.x = x
	return err
}

func (b *table) accept(number int, a cooperation.Actor) (*cooperation.Partnership, error) {
	p, _, err := b.x.Accept(b.k(), b.q, b.s, number, nil, a, noon)
	return p, err
}

func TestTermsThatOneSideProposesAndAllOthersAcceptAreAPartnership(t *testing.T) {
	b := newTable(t)
	ok(t, b.begin(kenyaFocal))
	if b.x.Status != cooperation.AgreementProposed || b.x.Version != 1 || len(b.x.Awaited()) != 2 {
		t.Fatalf("it begins as %+v", b.x)
	}
	p, err := b.accept(1, franceProvider)
	ok(t, err)
	if p != nil || len(b.x.Awaited()) != 1 {
		t.Fatalf("with one of two providers it is %s", b.x.Status)
	}
	if _, changed, err := b.x.Accept(b.k(), b.q, b.s, 1, nil, franceProvider, noon); changed || err != nil {
		t.Errorf("accepting twice changes something: %v, %v", changed, err)
	}
	p, err = b.accept(1, germanProvider)
	ok(t, err)
	if p == nil || b.x.Status != cooperation.AgreementAgreed || b.x.Partnership != p.ID || b.q.Status != cooperation.AgreedProposal || b.x.Version != 3 {
		t.Fatalf("with both it is %s, the proposal %s", b.x.Status, b.q.Status)
	}
	n := b.s.Need
	if gap, _ := n.Gap(); n.Status != cooperation.NeedPartlyCovered || gap != 2000 || !slices.Equal(n.Missing(), []cooperation.Kind{cooperation.Finance}) {
		t.Errorf("the need is %s with %+v", n.Status, n.Coverage)
	}
	if left, _ := b.s.Offers[0].RemainingMinor(); left != 1000 || b.s.Offers[1].Taken.Quantity != 10 {
		t.Errorf("%d and %+v are left", left, b.s.Offers[1].Taken)
	}
	_, err = b.accept(1, germanProvider)
	wantCode(t, err, cooperation.State)
}

func TestACounterIsAnotherVersionThatAllAcceptAnew(t *testing.T) {
	b := newTable(t)
	ok(t, b.begin(franceProvider))
	_, err := b.accept(1, germanProvider)
	ok(t, err)
	b.terms.Providers[0].Pledged = usd("50")
	ok(t, b.x.Propose(b.k(), b.q, b.s, b.terms, "", kenyaFocal, noon.Add(time.Hour)))
	if b.x.Table().Number != 2 || len(b.x.Awaited()) != 2 {
		t.Errorf("countered, %+v are awaited", b.x.Awaited())
	}
	_, err = b.accept(1, germanProvider)
	if e := refusal(t, err); e.Code != cooperation.Conflict || e.Message.Args[0].Value != "2" {
		t.Errorf("the old version is refused with %+v", e)
	}
	for _, a := range []cooperation.Actor{germanProvider, franceProvider} {
		_, err = b.accept(2, a)
		ok(t, err)
	}
	if b.x.Status != cooperation.AgreementAgreed || b.s.Offers[0].Taken.Amount != usd("50.00") {
		t.Errorf("it is %s with %+v taken", b.x.Status, b.s.Offers[0].Taken)
	}
}

func TestACoProviderAcceptsWhereItHasAShare(t *testing.T) {
	b := newTable(t)
	b.terms.Providers = append(b.terms.Providers, cooperation.Share{Offer: "money", Provider: "demining-trust", Kinds: []cooperation.Kind{cooperation.Finance}, Pledged: usd("5")})
	ok(t, b.begin(kenyaFocal))
	for _, a := range []cooperation.Actor{franceProvider, germanProvider, trustProvider} {
		if b.x.Status != cooperation.AgreementProposed {
			t.Fatalf("it is %s before all have accepted", b.x.Status)
		}
		_, err := b.accept(1, a)
		ok(t, err)
	}
	if b.x.Status != cooperation.AgreementAgreed || b.s.Offers[0].Taken.Amount != usd("65.00") {
		t.Errorf("it is %s", b.x.Status)
	}
}

func TestWhatOnesSideHasNotAcceptedCannotBeCleared(t *testing.T) {
	b := newTable(t)
	b.s.Offers[1].Firmness = cooperation.Pledge
	ok(t, b.begin(kenyaFocal))
	_, _, err := b.x.Clear(b.k(), b.q, b.s, 1, cleared(), germanApprover, noon)
	if e := refusal(t, err); e.Code != cooperation.State || e.Message.Key != "error.state.terms_unaccepted" {
		t.Errorf("it is refused with %+v", e)
	}
	for _, changes := range []bool{true, false} {
		if _, changed, err := b.x.Clear(b.k(), b.q, b.s, 1, cleared(), kenyaApprover, noon); err != nil || changed != changes {
			t.Errorf("cleared, it has changed: %v, %v", changed, err)
		}
	}
}

func TestWhoBindsAStateNeedsItsApprover(t *testing.T) {
	b := newTable(t)
	b.s.Offers[1].Firmness = cooperation.Pledge
	ok(t, b.begin(kenyaFocal))
	_, err := b.accept(1, franceProvider)
	ok(t, err)
	_, err = b.accept(1, germanProvider)
	ok(t, err)
	if b.x.Status != cooperation.AgreementClearing || len(b.x.Awaited()) != 2 {
		t.Fatalf("it is %s, awaited %+v", b.x.Status, b.x.Awaited())
	}
	_, _, err = b.x.Clear(b.k(), b.q, b.s, 1, cleared(), kenyaFocal, noon)
	wantCode(t, err, cooperation.Forbidden)
	later := cleared()
	later.Date = today().AddDays(1)
	_, _, err = b.x.Clear(b.k(), b.q, b.s, 1, later, kenyaApprover, noon)
	wantCode(t, err, cooperation.Invalid)
	_, changed, err := b.x.Clear(b.k(), b.q, b.s, 1, cleared(), kenyaApprover, noon)
	ok(t, err)
	if !changed || b.x.Status != cooperation.AgreementClearing {
		t.Errorf("with one clearance it is %s", b.x.Status)
	}
	p, _, err := b.x.Clear(b.k(), b.q, b.s, 1, cleared(), germanApprover, noon)
	ok(t, err)
	if p == nil || b.x.Status != cooperation.AgreementAgreed {
		t.Errorf("with both it is %s", b.x.Status)
	}
	for choice, want := range map[cooperation.TermsClearance]cooperation.AgreementStatus{cooperation.ClearAlways: cooperation.AgreementClearing, cooperation.ClearNever: cooperation.AgreementAgreed} {
		b := newTable(t)
		b.c.TermsClearance = choice
		ok(t, b.begin(kenyaFocal))
		for _, a := range []cooperation.Actor{franceProvider, germanApprover} {
			_, err := b.accept(1, a)
			ok(t, err)
		}
		if b.x.Status != want {
			t.Errorf("where terms are cleared %s it is %s", choice, b.x.Status)
		}
	}
}

func TestTermsMustFitWhatThePostingsSay(t *testing.T) {
	f, tr := cooperation.Finance, cooperation.Training
	for what, c := range map[string]struct {
		change func(b *table)
		field  string
		key    string
	}{
		"nobody gives":                 {func(b *table) { b.terms.Providers = nil }, "terms.providers", "error.invalid.required"},
		"two lead":                     {func(b *table) { b.terms.Providers[1].Lead = true }, "terms.providers", "error.invalid.terms_lead"},
		"an offer is left out":         {func(b *table) { b.terms.Providers = b.terms.Providers[:1] }, "terms.providers", "error.invalid.terms_every_offer"},
		"another offer":                {func(b *table) { b.terms.Providers[1].Offer = "x" }, "terms.providers[1].offer", "error.invalid.terms_offer"},
		"another provider":             {func(b *table) { b.terms.Providers[1].Provider = "MZ" }, "terms.providers[1].provider", "error.invalid.terms_provider"},
		"one provider twice":           {func(b *table) { b.terms.Providers = append(b.terms.Providers, b.terms.Providers[1]) }, "terms.providers[2].provider", "error.invalid.duplicate"},
		"no kinds":                     {func(b *table) { b.terms.Providers[1].Kinds = nil }, "terms.providers[1].kinds", "error.invalid.required"},
		"a kind that is not offered":   {func(b *table) { b.terms.Providers[1].Kinds = []cooperation.Kind{f} }, "terms.providers[1].kinds[0]", "error.invalid.terms_kind_offer"},
		"a kind that is not sought":    {func(b *table) { b.s.Need.Kinds = b.s.Need.Kinds[:1] }, "terms.providers[1].kinds[0]", "error.invalid.terms_kind_need"},
		"money without an amount":      {func(b *table) { b.terms.Providers[0].Pledged = cooperation.Money{} }, "terms.providers[0].pledged", "error.invalid.required"},
		"more than is left":            {func(b *table) { b.terms.Providers[0].Pledged = usd("71") }, "terms.providers[0].pledged.amount", "error.conflict.remaining_amount"},
		"another currency":             {func(b *table) { b.terms.Providers[0].Pledged.Currency = "EUR" }, "terms.providers[0].pledged.currency", "error.invalid.terms_currency"},
		"no currency":                  {func(b *table) { b.terms.Providers[0].Pledged.Currency = "XXZ" }, "terms.providers[0].pledged.currency", "error.invalid.unknown_currency"},
		"nothing at all":               {func(b *table) { b.terms.Providers[0].Pledged = usd("0") }, "terms.providers[0].pledged.amount", "error.invalid.amount"},
		"more than is sought":          {func(b *table) { b.terms.Providers[1].Covers = usd("41") }, "terms.providers[1].covers.amount", "error.conflict.gap"},
		"covering what costs nothing":  {func(b *table) { b.s.Need.Costs = nil }, "terms.providers[1].covers", "error.invalid.terms_no_costs"},
		"more days than are left":      {func(b *table) { b.terms.Providers[1].Quantity = 21 }, "terms.providers[1].quantity", "error.conflict.remaining_quantity"},
		"no days of those counted":     {func(b *table) { b.terms.Providers[1].Quantity = 0 }, "terms.providers[1].quantity", "error.invalid.terms_quantity"},
		"days that nobody counts":      {func(b *table) { b.terms.Providers[0].Quantity = 1 }, "terms.providers[0].quantity", "error.invalid.terms_uncounted"},
		"a thing without a name":       {func(b *table) { b.terms.Providers[0].InKind[0].What = " " }, "terms.providers[0].in_kind[0].what", "error.invalid.required"},
		"no first day":                 {func(b *table) { b.terms.Start = cooperation.Date{} }, "terms.start", "error.invalid.required"},
		"an end before it":             {func(b *table) { b.terms.End = day("2026-05-01") }, "terms.end", "error.invalid.date_order"},
		"an end that is past":          {func(b *table) { b.terms.Start, b.terms.End = day("2025-01-01"), day("2025-02-01") }, "terms.end", "error.invalid.future_date"},
		"before the offer begins":      {func(b *table) { b.terms.Start = day("2026-03-31") }, "terms.start", "error.invalid.terms_window_start"},
		"after the offer ends":         {func(b *table) { b.terms.End = day("2027-04-01") }, "terms.end", "error.invalid.terms_window_end"},
		"a milestone outside":          {func(b *table) { b.terms.Milestones[0].Due = day("2027-01-01") }, "terms.milestones[0].due", "error.invalid.terms_day"},
		"a report before it begins":    {func(b *table) { b.terms.Reports[0] = day("2026-05-31") }, "terms.reports[0]", "error.invalid.terms_day"},
		"no language":                  {func(b *table) { b.terms.Languages = nil }, "terms.languages", "error.invalid.required"},
		"a language not offered":       {func(b *table) { b.terms.Languages = []reference.Language{"en", "pt"} }, "terms.languages[1]", "error.invalid.terms_language_offer"},
		"not the one that is required": {func(b *table) { b.terms.Languages = []reference.Language{"fr"} }, "terms.languages", "error.invalid.terms_language_need"},
		"a rest of what is not given":  {func(b *table) { b.terms.Rest = []cooperation.Kind{cooperation.Legal} }, "terms.rest[0]", "error.invalid.terms_rest"},
		"a need that is covered": {func(b *table) {
			ok(b.t, b.s.Need.Cover(cooperation.Part{Partnership: "other", Amount: usd("100"), Kinds: []cooperation.Kind{tr}}, noon))
		}, "terms.providers[0].kinds[0]", "error.invalid.terms_covered"},
	} {
		b := newTable(t)
		c.change(b)
		e := refusal(t, b.begin(kenyaFocal))
		if e.Code != cooperation.Invalid || !slices.ContainsFunc(e.Fields, func(f cooperation.FieldError) bool { return f.Field == c.field && f.Message.Key == c.key }) {
			t.Errorf("%s: %+v", what, e.Fields)
		}
		for _, f := range e.Fields {
			i18ntest.Renders(t, documents{}, f.Message)
		}
	}
}

func TestMoneyAndThingsNeedNoLanguage(t *testing.T) {
	b := newTable(t)
	b.q.Offers, b.s.Offers, b.terms.Providers, b.terms.Languages = b.q.Offers[:1], b.s.Offers[:1], b.terms.Providers[:1], nil
	ok(t, b.begin(kenyaFocal))
}

// Two committees give the last capacity away: whoever comes second is told what
// remains, and nothing is changed.
func TestWhoeverComesSecondIsToldWhatRemains(t *testing.T) {
	b, other := newTable(t), newTable(t)
	ok(t, b.begin(kenyaFocal))
	_, err := b.accept(1, germanProvider)
	ok(t, err)
	b.s.Offers[0] = other.s.Offers[0]
	ok(t, b.s.Offers[0].Take(cooperation.Taking{Partnership: "first", Amount: usd("40")}, noon))
	before := asText(t, b.s.Need)
	_, err = b.accept(1, franceProvider)
	e := refusal(t, err)
	if e.Code != cooperation.Conflict || len(e.Fields) != 1 || e.Fields[0].Field != "terms.providers[0].pledged.amount" || e.Fields[0].Message.Args[0].Value != "30.00 USD" {
		t.Errorf("it is refused with %+v", e)
	}
	if asText(t, b.s.Need) != before || b.x.Status != cooperation.AgreementProposed {
		t.Error("what was refused has changed something")
	}
	ok(t, b.s.Offers[0].Take(cooperation.Taking{Partnership: "second", Amount: usd("30")}, noon))
	_, err = b.accept(1, franceProvider)
	if e := refusal(t, err); e.Fields[0].Message.Args[0].Value != "0.00 USD" {
		t.Errorf("with nothing left it is refused with %+v", e.Fields)
	}
}

func TestTermsMayBeTakenBackAndTalksEnded(t *testing.T) {
	b := newTable(t)
	ok(t, b.begin(franceProvider))
	wantCode(t, b.x.Withdraw(b.k(), b.s, kenyaFocal, noon), cooperation.Forbidden)
	ok(t, b.x.Withdraw(b.k(), b.s, germanProvider, noon))
	if b.x.Status != cooperation.AgreementOpen || len(b.x.Awaited()) != 0 || b.x.Table().Withdrawn.IsZero() {
		t.Errorf("taken back, it is %s", b.x.Status)
	}
	_, err := b.accept(1, kenyaFocal)
	wantCode(t, err, cooperation.State)
	ok(t, b.x.Propose(b.k(), b.q, b.s, b.terms, "", kenyaFocal, noon))
	wantCode(t, b.x.End(b.k(), b.q, b.s, "", "", kenyaFocal, noon), cooperation.Invalid)
	wantCode(t, b.x.End(b.k(), b.q, b.s, "no_answer", "", kenyaFocal, noon), cooperation.Invalid)
	ok(t, b.x.End(b.k(), b.q, b.s, "helped_elsewhere", "Bilaterally.", kenyaFocal, noon))
	if b.x.Status != cooperation.AgreementEnded || b.q.Status != cooperation.Declined || b.q.Ended.Side != cooperation.NeedSide {
		t.Errorf("ended, it is %s, the proposal %s", b.x.Status, b.q.Status)
	}
	for a, told := range map[*cooperation.Actor]bool{&kenyaFocal: true, &franceProvider: false, &secretariat: true} {
		if shown := b.x.Shown(*a, b.k(), b.s); (shown.Ended.Reason != "") != told || shown.Ended.Side != cooperation.NeedSide {
			t.Errorf("%s reads %+v", a.ID, shown.Ended)
		}
	}
	wantCode(t, b.x.Propose(b.k(), b.q, b.s, b.terms, "", kenyaFocal, noon), cooperation.State) // the proposal is declined
	b.q.Status = cooperation.Introduced
	ok(t, b.x.Propose(b.k(), b.q, b.s, b.terms, "", kenyaFocal, noon))
	if b.x.Status != cooperation.AgreementProposed || b.x.Ended != nil {
		t.Errorf("introduced again, it is %s", b.x.Status)
	}
	b.q.Status = cooperation.ExpiredProposal
	wantCode(t, b.x.Outlive(b.q, kenyaFocal, noon), cooperation.Forbidden)
	ok(t, b.x.Outlive(b.q, clock, noon))
	wantCode(t, b.x.Outlive(b.q, clock, noon), cooperation.State)
}

func TestThereIsAnEndToVersions(t *testing.T) {
	b := newTable(t)
	ok(t, b.begin(kenyaFocal))
	for range 29 {
		ok(t, b.x.Propose(b.k(), b.q, b.s, b.terms, "", kenyaFocal, noon))
	}
	wantCode(t, b.x.Propose(b.k(), b.q, b.s, b.terms, "", kenyaFocal, noon), cooperation.State)
}

func TestWhoNegotiatesAndWhoReads(t *testing.T) {
	b := newTable(t)
	wantCode(t, b.begin(public), cooperation.NotFound)
	wantCode(t, b.begin(member), cooperation.Forbidden)
	wantCode(t, b.begin(secretariat), cooperation.Forbidden)
	wantCode(t, b.begin(mozFocal), cooperation.Forbidden) // reads along: Kenya leads
	wantCode(t, b.begin(readOnly(kenyaFocal)), cooperation.Forbidden)
	ok(t, b.begin(kenyaFocal))
	b.x.Informed = []string{"informed"}
	informed := cooperation.ActorOf(&cooperation.User{ID: "u", Grants: []cooperation.Grant{{Convention: pilotID, Role: cooperation.CommitteeMember, Participant: "DE", Committee: "informed"}}}, false)
	for a, want := range map[*cooperation.Actor]struct{ exists, terms, persons bool }{
		&kenyaFocal: {true, true, false}, &mozFocal: {true, true, false}, &germanProvider: {true, true, false}, &trustProvider: {true, true, false}, &secretariat: {true, true, true},
		&member: {true, false, false}, &informed: {true, false, false}, &observer: {}, &public: {}, &kenyaProvider: {}, &otherSecretariat: {},
	} {
		shown := b.x.Shown(*a, b.k(), b.s)
		if (shown != nil) != want.exists {
			t.Errorf("%s sees it: %v", a.ID, shown != nil)
			continue
		}
		if shown != nil && ((len(shown.Versions) > 0) != want.terms || (shown.CreatedBy != "") != want.persons || want.terms && (shown.Versions[0].By != "") != want.persons) {
			t.Errorf("%s reads %+v", a.ID, shown)
		}
		if shown != nil && (len(shown.Awaited()) > 0) != want.terms {
			t.Errorf("%s sees who is asked: %v", a.ID, shown.Awaited())
		}
	}
	b.c.Facilitator = cooperation.CommitteeFacilitates
	for whose, reads := range map[reference.Country]bool{land("PE"): true, land("KE"): false} {
		b.c.Committees = []cooperation.Committee{{ID: b.x.Committee, Kind: cooperation.StandingCommittee, Chairs: []cooperation.Presidency{{Country: whose, From: day("2026-01-01"), Until: day("2026-12-31")}}}}
		presides := cooperation.ActorOf(&cooperation.User{ID: "u", Grants: []cooperation.Grant{{Convention: pilotID, Role: cooperation.CommitteeMember, Participant: cooperation.Participant(whose.Alpha2()), Committee: b.x.Committee}}}, false)
		if shown := b.x.Shown(presides, b.k(), b.s); shown == nil || (len(shown.Versions) > 0) != reads {
			t.Errorf("%s, which presides, reads %+v", whose.Alpha2(), shown)
		}
	}
	if shown := b.x.Shown(informed, b.k(), b.s); shown == nil || len(shown.Versions) > 0 {
		t.Errorf("a member of a body that is informed reads %+v", shown)
	}
	if b.x.Versions[0].By == "" {
		t.Error("showing it has changed it")
	}
}

func TestThoseWhoseTurnItIsAreReminded(t *testing.T) {
	b := newTable(t)
	b.s.Offers[1].Firmness = cooperation.Pledge
	ok(t, b.begin(kenyaFocal))
	k := b.k()
	at := func() cooperation.Clock {
		t.Helper()
		all := b.x.Clocks(k)
		if len(all) != 1 || all[0].Kind != cooperation.TermsClock || all[0].Ends || len(all[0].Reminders) != 3 {
			t.Fatalf("its clocks are %+v", all)
		}
		return all[0]
	}
	first := at()
	if !first.Concerns(franceProvider, noon) || !first.Concerns(germanApprover, noon) || first.Concerns(kenyaFocal, noon) || first.Concerns(secretariat, noon) {
		t.Errorf("it is whose: %+v", first.Owners)
	}
	if !first.Concerns(secretariat, first.Due) {
		t.Error("whoever facilitates is not told")
	}
	b.c.Facilitator, b.c.Committees = cooperation.CommitteeFacilitates, []cooperation.Committee{{ID: b.x.Committee, Kind: cooperation.StandingCommittee,
		Chairs: []cooperation.Presidency{{Country: land("PE"), From: day("2026-01-01"), Until: day("2026-12-31")}}}}
	if last := at().Reminders[2].To; !slices.ContainsFunc(last, func(o cooperation.Owner) bool {
		return o.Committee == b.x.Committee && slices.Equal(o.Participants, []cooperation.Participant{"PE"})
	}) {
		t.Errorf("at the end are told %+v, and not only who presides", last)
	}
	_, err := b.accept(1, franceProvider)
	ok(t, err)
	if again := at(); again.ID != first.ID || again.Concerns(franceProvider, noon) {
		t.Errorf("after one has accepted it is %+v", again)
	}
	_, err = b.accept(1, germanProvider)
	ok(t, err)
	if second := at(); second.ID == first.ID || !second.Concerns(kenyaApprover, noon) || second.Concerns(kenyaFocal, noon) {
		t.Errorf("to be cleared, it is %+v", second)
	}
	ok(t, b.x.Withdraw(b.k(), b.s, kenyaFocal, noon))
	if all := b.x.Clocks(k); len(all) > 0 {
		t.Errorf("with nothing on the table there are %+v", all)
	}
}

func TestWhoReadsWhatOfAPartnership(t *testing.T) {
	b := newTable(t)
	b.terms.Plan = "Three courses."
	ok(t, b.begin(kenyaFocal))
	_, err := b.accept(1, germanProvider)
	ok(t, err)
	p, err := b.accept(1, franceProvider)
	ok(t, err)
	of := func(side cooperation.Side, participant cooperation.Participant) cooperation.Stated {
		return cooperation.Stated{Partner: cooperation.Partner{Side: side, Participant: participant}}
	}
	p.Feedback = []cooperation.Feedback{{Stated: of(cooperation.NeedSide, "KE"), Rating: 5}, {Stated: of(cooperation.OfferSide, "FR"), Rating: 1}}
	for a, want := range map[*cooperation.Actor]struct {
		plan     bool
		feedback int
	}{&secretariat: {true, 2}, &kenyaFocal: {true, 1}, &mozFocal: {true, 0}, &trustProvider: {true, 0}, &member: {true, 0}, &public: {}, &kenyaProvider: {}} {
		shown, _ := p.Shown(*a, b.c, b.q, b.s)
		if (shown.Plan != "") != want.plan || len(shown.Feedback) != want.feedback || shown.Providers[0].Pledged != usd("60") || (shown.CreatedBy != "") != (a == &secretariat) {
			t.Errorf("%s reads %+v", a.ID, shown)
		}
	}
	if len(p.Feedback) != 2 || p.Plan == "" || p.Providers[0].Quantity != 0 || p.Providers[1].Quantity != 10 {
		t.Errorf("showing it has changed it: %+v", p)
	}
	for what, narrow := range map[string]func(){
		"the terms": func() { p.Amounts = cooperation.ToCommittee },
		"the need": func() {
			p.Amounts, b.s.Need.Visibility = "", map[string]cooperation.Audience{"costs": cooperation.ToCommittee}
		},
		"the offer": func() {
			b.s.Need.Visibility, b.s.Offers[0].Visibility = nil, map[string]cooperation.Audience{"ceiling": cooperation.ToCommittee}
		},
	} {
		p.Amounts, b.s.Need.Visibility, b.s.Offers[0].Visibility = "", nil, nil
		narrow()
		shown, withheld := p.Shown(kenyaProvider, b.c, b.q, b.s)
		if !shown.Providers[0].Pledged.IsZero() || !slices.Contains(withheld, "amounts") {
			t.Errorf("withheld by %s, a Party reads %+v", what, shown.Providers)
		}
		if shown, _ = p.Shown(member, b.c, b.q, b.s); shown.Providers[0].Pledged.IsZero() {
			t.Errorf("withheld by %s, members do not read it", what)
		}
	}
}
