package cooperation_test

import (
	"slices"
	"testing"

	"entente/cooperation"
	"entente/i18n/i18ntest"
)

// bench is the convention with a standing committee of four States and a
// plenary.
func bench() (*cooperation.Convention, *cooperation.Committee) {
	c := pilot()
	c.Committees = []cooperation.Committee{
		{ID: "review", Kind: cooperation.StandingCommittee, Contact: "review@example.org",
			Members:   []cooperation.Term{{Country: land("DE"), From: day("2025-01-01"), Until: day("2026-12-31"), As: []cooperation.SeatRole{cooperation.SeatProvider}, Election: 1}},
			Observers: []cooperation.Observer{{ID: "of-the-profile", Name: cooperation.Names{"en": "Of the profile"}}},
			Composition: cooperation.Composition{Seats: 2, TermYears: 2, Overlapping: true, MinAffected: 1, MinProviders: 1, Chair: cooperation.ChairSecondYear, GenderFocalPoint: true,
				RegionalSeats: []cooperation.RegionalSeat{{ID: "lakes", Region: "lakes", Seats: 1}},
				Officers:      []cooperation.Office{{ID: "rapporteur", Name: cooperation.Names{"en": "Rapporteur"}, Seats: 1}}}},
		{ID: "plenary", Kind: cooperation.PlenaryCommittee},
	}
	return c, &c.Committees[0]
}

func kenya() cooperation.Term {
	return cooperation.Term{Country: land("KE"), From: day("2026-01-01"), Until: day("2027-12-31"), As: []cooperation.SeatRole{cooperation.SeatAffected, cooperation.SeatGender}, Seat: "lakes"}
}

func TestWhatIsNamedTakesThePlaceOfTheProfile(t *testing.T) {
	c, b := bench()
	n := cooperation.NameFor(c, b, secretariat, noon)
	ok(t, n.NameMember(c, b, kenya(), secretariat, noon))
	ok(t, n.NameChair(c, b, cooperation.Presidency{Country: land("DE"), From: day("2026-01-01"), Until: day("2026-12-31")}, secretariat, noon))
	ok(t, n.NameContact("new@example.org", secretariat, noon))
	if n.Version != 4 || len(b.Members) != 1 || len(c.Committees[0].Chairs) != 0 {
		t.Fatalf("version %d; the profile has %+v", n.Version, b)
	}
	served := *c
	served.Committees = c.Named(func(id string) (*cooperation.Naming, bool) { return n, id == "review" })
	now, _ := served.Committee("review")
	members := now.MembersOn(today())
	if len(members) != 2 || members[1].Country != land("KE") || members[1].Election != 2 || now.Contact != "new@example.org" || len(now.Observers) != 1 {
		t.Errorf("it is served as %+v", now)
	}
	if chair, presided := now.ChairOn(today()); !presided || chair != land("DE") {
		t.Errorf("%v presides", chair)
	}
	if old, _ := c.Committee("review"); len(old.Members) != 1 || old.Contact != "review@example.org" {
		t.Errorf("the convention was changed: %+v", old)
	}
	if same := c.Named(func(string) (*cooperation.Naming, bool) { return nil, false }); &same[0] != &c.Committees[0] {
		t.Error("without a naming the committees are copied")
	}
}

func TestOnlyTheSecretariatNames(t *testing.T) {
	c, b := bench()
	for _, actor := range []cooperation.Actor{public, observer, kenyaMember, kenyaApprover, franceProvider, administrator, otherSecretariat, clock, readOnly(secretariat)} {
		n := cooperation.NameFor(c, b, actor, noon)
		for what, err := range map[string]error{
			"member": n.NameMember(c, b, kenya(), actor, noon), "replace": n.ReplaceMember(c, b, 1, kenya(), actor, noon), "remove": n.RemoveMember(b, 1, actor, noon),
			"chair":    n.NameChair(c, b, cooperation.Presidency{Country: land("DE"), From: today(), Until: today()}, actor, noon),
			"officers": n.NameOfficers(c, b, nil, actor, noon), "observers": n.NameObservers(c, nil, actor, noon), "contact": n.NameContact("", actor, noon),
		} {
			if cooperation.CodeOf(err) != cooperation.Forbidden {
				t.Errorf("%q may name: %s, %v", actor.ID, what, err)
			}
		}
		if n.Version != 1 || len(n.Members) != 1 {
			t.Errorf("%q changed it to %+v", actor.ID, n)
		}
	}
}

func TestTheRulesOfNaming(t *testing.T) {
	for _, c := range []struct {
		name  string
		do    func(c *cooperation.Convention, b *cooperation.Committee, n *cooperation.Naming) error
		field string
		key   string
	}{
		{"no country", func(c *cooperation.Convention, b *cooperation.Committee, n *cooperation.Naming) error {
			return n.NameMember(c, b, cooperation.Term{From: today(), Until: today()}, secretariat, noon)
		}, "country", "required"},
		{"a State that is no Party", func(c *cooperation.Convention, b *cooperation.Committee, n *cooperation.Naming) error {
			return n.NameMember(c, b, cooperation.Term{Country: land("BR"), From: today(), Until: today()}, secretariat, noon)
		}, "country", "not_party"},
		{"an end before the beginning", func(c *cooperation.Convention, b *cooperation.Committee, n *cooperation.Naming) error {
			term := kenya()
			term.Until = term.From.AddDays(-1)
			return n.NameMember(c, b, term, secretariat, noon)
		}, "until", "date_order"},
		{"a role that is none", func(c *cooperation.Convention, b *cooperation.Committee, n *cooperation.Naming) error {
			term := kenya()
			term.As = []cooperation.SeatRole{"president"}
			return n.NameMember(c, b, term, secretariat, noon)
		}, "as[0]", "not_one_of"},
		{"a seat that is none", func(c *cooperation.Convention, b *cooperation.Committee, n *cooperation.Naming) error {
			term := kenya()
			term.Seat = "moon"
			return n.NameMember(c, b, term, secretariat, noon)
		}, "seat", "unknown_seat"},
		{"the same State twice at a time", func(c *cooperation.Convention, b *cooperation.Committee, n *cooperation.Naming) error {
			return n.NameMember(c, b, cooperation.Term{Country: land("DE"), From: day("2026-12-31"), Until: day("2027-12-31")}, secretariat, noon)
		}, "from", "term_overlap"},
		{"a member of a plenary", func(c *cooperation.Convention, _ *cooperation.Committee, _ *cooperation.Naming) error {
			b, term := &c.Committees[1], kenya()
			term.Seat = ""
			return cooperation.NameFor(c, b, secretariat, noon).NameMember(c, b, term, secretariat, noon)
		}, "country", "no_members"},
		{"two chairs on one day", func(c *cooperation.Convention, b *cooperation.Committee, n *cooperation.Naming) error {
			ok(t, n.NameChair(c, b, cooperation.Presidency{Country: land("DE"), From: today(), Until: today()}, secretariat, noon))
			return n.NameChair(c, b, cooperation.Presidency{Country: land("KE"), From: today(), Until: today()}, secretariat, noon)
		}, "from", "term_overlap"},
		{"an office that is none", func(c *cooperation.Convention, b *cooperation.Committee, n *cooperation.Naming) error {
			return n.NameOfficers(c, b, []cooperation.Officer{{Office: "king", Country: land("KE"), From: today(), Until: today()}}, secretariat, noon)
		}, "items[0].office", "unknown_office"},
		{"an observer that nobody knows", func(c *cooperation.Convention, _ *cooperation.Committee, n *cooperation.Naming) error {
			return n.NameObservers(c, []cooperation.Participant{"demining-trust", "nobody-knows"}, secretariat, noon)
		}, "items[1]", "unknown_organisation"},
		{"an observer that has only applied", func(c *cooperation.Convention, _ *cooperation.Committee, n *cooperation.Naming) error {
			return n.NameObservers(c, []cooperation.Participant{"newcomer"}, secretariat, noon)
		}, "items[0]", "unknown_organisation"},
		{"an observer twice", func(c *cooperation.Convention, _ *cooperation.Committee, n *cooperation.Naming) error {
			return n.NameObservers(c, []cooperation.Participant{"demining-trust", "demining-trust"}, secretariat, noon)
		}, "items[1]", "duplicate"},
		{"a mailbox that is none", func(_ *cooperation.Convention, _ *cooperation.Committee, n *cooperation.Naming) error {
			return n.NameContact("the secretary", secretariat, noon)
		}, "contact", "mail"},
	} {
		t.Run(c.name, func(t *testing.T) {
			conv, b := bench()
			wantField(t, c.do(conv, b, cooperation.NameFor(conv, b, secretariat, noon)), c.field, "error.invalid."+c.key)
		})
	}
}

func TestTermsAreCorrectedAndTakenBackByTheirPlace(t *testing.T) {
	c, b := bench()
	n := cooperation.NameFor(c, b, secretariat, noon)
	ended := b.Members[0]
	ended.Until, ended.Election = day("2026-06-30"), 0
	ok(t, n.ReplaceMember(c, b, 1, ended, secretariat, noon))
	if n.Members[0].Until != day("2026-06-30") || n.Members[0].Election != 1 || b.Members[0].Until != day("2026-12-31") {
		t.Errorf("corrected, it is %+v; the profile has %+v", n.Members, b.Members)
	}
	ok(t, n.RemoveMember(b, 1, secretariat, noon))
	for _, at := range []int{0, 1, -1} {
		wantCode(t, n.RemoveMember(b, at, secretariat, noon), cooperation.NotFound)
		wantCode(t, n.ReplaceMember(c, b, at, ended, secretariat, noon), cooperation.NotFound)
		wantCode(t, n.RemoveChair(b, at, secretariat, noon), cooperation.NotFound)
	}
}

func TestObserversAreInvitedUnderTheNamesByWhichTheyAreKnown(t *testing.T) {
	c, b := bench()
	n := cooperation.NameFor(c, b, secretariat, noon)
	ok(t, n.NameObservers(c, []cooperation.Participant{"demining-trust", "of-the-profile"}, secretariat, noon))
	if n.Observers[0].Name.In("fr") != "The demining-trust" || n.Observers[1].Name.In("en") != "Of the profile" {
		t.Errorf("they are %+v", n.Observers)
	}
}

// What the composition lacks is told one by one, and nothing when nothing is.
func TestFindingsSayWhatTheCompositionLacks(t *testing.T) {
	keys := func(c *cooperation.Convention, b cooperation.Committee) []string {
		out := []string{}
		for _, f := range b.Findings(c, today()) {
			i18ntest.Has(t, f.Key)
			out = append(out, f.Key[len("finding.committee."):])
		}
		return out
	}
	c, b := bench()
	if got := keys(c, *b); !slices.Equal(got, []string{"seats", "affected", "gender", "seat", "chair", "officers"}) {
		t.Errorf("of the profile alone: %v", got)
	}
	n := cooperation.NameFor(c, b, secretariat, noon)
	ok(t, n.NameMember(c, b, kenya(), secretariat, noon))
	ok(t, n.NameChair(c, b, cooperation.Presidency{Country: land("DE"), From: day("2026-01-01"), Until: day("2026-12-31")}, secretariat, noon))
	ok(t, n.NameOfficers(c, b, []cooperation.Officer{{Office: "rapporteur", Country: land("KE"), From: day("2026-01-01"), Until: day("2026-12-31")}}, secretariat, noon))
	whole := b.With(n)
	if got := keys(c, whole); len(got) != 0 {
		t.Fatalf("fully composed, it lacks %v", got)
	}
	for _, tc := range []struct {
		name   string
		break_ func(*cooperation.Committee)
		want   []string
	}{
		{"a chair in the first year", func(b *cooperation.Committee) { b.Chairs[0].Country = land("KE") }, []string{"chair_year"}},
		{"a chair from outside", func(b *cooperation.Committee) { b.Chairs[0].Country = land("FR") }, []string{"chair_member"}},
		{"a member from outside the region", func(b *cooperation.Committee) { b.Members[1].Country = land("MZ") }, []string{"region"}},
		{"terms that begin together", func(b *cooperation.Committee) {
			b.Members[0].From, b.Members[0].Until = day("2026-01-01"), day("2027-12-31")
		}, []string{"overlapping", "chair_year"}},
		{"a term that ends early", func(b *cooperation.Committee) { b.Members[0].Until = day("2026-11-30") }, []string{"term"}},
		{"no provider", func(b *cooperation.Committee) { b.Members[0].As = nil }, []string{"providers"}},
	} {
		broken := whole
		broken.Members, broken.Chairs = slices.Clone(whole.Members), slices.Clone(whole.Chairs)
		tc.break_(&broken)
		if got := keys(c, broken); !slices.Equal(got, tc.want) {
			t.Errorf("%s: %v, want %v", tc.name, got, tc.want)
		}
	}
}

func TestTheMailboxOfACommitteeIsForItsMembersAndTheSecretariat(t *testing.T) {
	for _, actor := range []cooperation.Actor{secretariat, member, clock} {
		if !cooperation.SeesContact(actor, pilotID, "review") {
			t.Errorf("%s does not see it", actor.ID)
		}
	}
	for _, actor := range []cooperation.Actor{public, kenyaFocal, observer, otherSecretariat, administrator} {
		if cooperation.SeesContact(actor, pilotID, "review") {
			t.Errorf("%q sees it", actor.ID)
		}
	}
}

// kenyaMember has the role of a member for a State that sits on no committee.
var kenyaMember = cooperation.ActorOf(&cooperation.User{ID: "user-kenya-member", Grants: []cooperation.Grant{
	{Convention: pilotID, Role: cooperation.CommitteeMember, Participant: "KE", Committee: "review"}}}, false)
