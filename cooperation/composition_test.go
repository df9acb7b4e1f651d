package cooperation_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"entente/cooperation"
	"entente/message"
	"entente/reference"
)

// enhancement is the committee of seed 001: "un groupe représentatif de quatre
// États en fonctions pour des mandats de deux ans se chevauchant, dont un État
// partie touché par les mines et un État partie prestataire".
func enhancement() (*cooperation.Convention, *cooperation.Committee) {
	c := pilot()
	c.Parties = nil
	for _, code := range []string{"GB", "TR", "CO", "DE", "ZM", "NO", "KH", "CH", "AO", "SE"} {
		c.Parties = append(c.Parties, cooperation.Party{Country: land(code)})
	}
	c.Committees = []cooperation.Committee{{ID: "review", Kind: cooperation.StandingCommittee,
		Composition: cooperation.Composition{Seats: 4, TermYears: 2, Overlapping: true, MinAffected: 1, MinProviders: 1, Chair: cooperation.ChairSecondYear, ChairYears: 1,
			GenderFocalPoint: true, MinimumNotRecused: 2, ObserversByMeeting: true, Source: "Page of the Committee, composition"}}}
	return c, &c.Committees[0]
}

func sits(code, from, until string, roles ...cooperation.SeatRole) cooperation.Term {
	return cooperation.Term{Country: land(code), From: day(from), Until: day(until), As: roles}
}

const (
	affected = cooperation.SeatAffected
	provider = cooperation.SeatProvider
)

// of2020 is the committee with the members of seed 001: "United Kingdom (Chair)
// 2019-2020, Turkey 2019-2020, Colombia 2020-2021, Germany 2020-2021".
func of2020(t *testing.T) (*cooperation.Convention, *cooperation.Committee, *cooperation.Naming) {
	t.Helper()
	c, b := enhancement()
	n := cooperation.NameFor(c, b, secretariat, noon)
	for _, term := range []cooperation.Term{
		sits("GB", "2019-01-01", "2020-12-31", provider), sits("TR", "2019-01-01", "2020-12-31", affected),
		sits("CO", "2020-01-01", "2021-12-31", affected), sits("DE", "2020-01-01", "2021-12-31", provider),
	} {
		ok(t, n.NameMember(c, b, term, secretariat, noon))
	}
	ok(t, n.NameChair(c, b, cooperation.Presidency{Country: land("GB"), From: day("2020-01-01"), Until: day("2020-12-31"), Elected: day("2019-11-29"), Record: "Fourth Review Conference"}, secretariat, noon))
	return c, b, n
}

func TestTheRulesOfSeed001AreHeldWhenMembersAreNamed(t *testing.T) {
	for _, tc := range []struct {
		says  string // in the seed
		do    func(c *cooperation.Convention, b *cooperation.Committee, n *cooperation.Naming) error
		field string
		rule  string
	}{
		{"quatre États: a fifth is refused", func(c *cooperation.Convention, b *cooperation.Committee, n *cooperation.Naming) error {
			return n.NameMember(c, b, sits("ZM", "2020-12-31", "2022-12-30", affected), secretariat, noon)
		}, "country", "seats"},
		{"quatre États: when two have left, there is room", func(c *cooperation.Convention, b *cooperation.Committee, n *cooperation.Naming) error {
			return n.NameMember(c, b, sits("ZM", "2021-01-01", "2022-12-31", affected), secretariat, noon)
		}, "", ""},
		{"mandats de deux ans", func(c *cooperation.Convention, b *cooperation.Committee, n *cooperation.Naming) error {
			return n.NameMember(c, b, sits("ZM", "2021-01-01", "2023-06-30", affected), secretariat, noon)
		}, "until", "term"},
		{"dont un État partie touché: the last seat is kept for one", func(c *cooperation.Convention, b *cooperation.Committee, n *cooperation.Naming) error {
			ok(t, n.ReplaceMember(c, b, 3, sits("CO", "2020-01-01", "2021-12-31"), secretariat, noon)) // no longer named as affected
			ok(t, n.NameMember(c, b, sits("NO", "2021-01-01", "2022-12-31", provider), secretariat, noon))
			return n.NameMember(c, b, sits("SE", "2021-01-01", "2022-12-31", provider), secretariat, noon)
		}, "as", "affected"},
		{"et un État partie prestataire", func(c *cooperation.Convention, b *cooperation.Committee, n *cooperation.Naming) error {
			ok(t, n.ReplaceMember(c, b, 4, sits("DE", "2020-01-01", "2021-12-31"), secretariat, noon))
			ok(t, n.NameMember(c, b, sits("AO", "2021-01-01", "2022-12-31", affected), secretariat, noon))
			return n.NameMember(c, b, sits("ZM", "2021-01-01", "2022-12-31", affected), secretariat, noon)
		}, "as", "providers"},
		{"one State may be both", func(c *cooperation.Convention, b *cooperation.Committee, n *cooperation.Naming) error {
			ok(t, n.ReplaceMember(c, b, 4, sits("DE", "2020-01-01", "2021-12-31"), secretariat, noon))
			ok(t, n.NameMember(c, b, sits("AO", "2021-01-01", "2022-12-31", affected), secretariat, noon))
			return n.NameMember(c, b, sits("ZM", "2021-01-01", "2022-12-31", affected, provider), secretariat, noon)
		}, "", ""},
		{"se chevauchant: all four may not come and go together", func(c *cooperation.Convention, b *cooperation.Committee, n *cooperation.Naming) error {
			for _, code := range []string{"ZM", "NO", "KH"} {
				ok(t, n.NameMember(c, b, sits(code, "2023-01-01", "2024-12-31", affected, provider), secretariat, noon))
			}
			return n.NameMember(c, b, sits("CH", "2023-01-01", "2024-12-31", provider), secretariat, noon)
		}, "from", "overlapping"},
		{"se chevauchant: one that begins with a term of a year makes them overlap", func(c *cooperation.Convention, b *cooperation.Committee, n *cooperation.Naming) error {
			for _, code := range []string{"ZM", "NO", "KH"} {
				ok(t, n.NameMember(c, b, sits(code, "2023-01-01", "2024-12-31", affected, provider), secretariat, noon))
			}
			return n.NameMember(c, b, sits("CH", "2023-01-01", "2023-12-31", provider), secretariat, noon)
		}, "", ""},
		{"élira un président … en fonctions pour la seconde année", func(c *cooperation.Convention, b *cooperation.Committee, n *cooperation.Naming) error {
			return n.NameChair(c, b, cooperation.Presidency{Country: land("CO"), From: day("2021-01-01"), Until: day("2021-12-31")}, secretariat, noon)
		}, "", ""},
		{"in the first year it is not elected", func(c *cooperation.Convention, b *cooperation.Committee, n *cooperation.Naming) error {
			ok(t, n.NameMember(c, b, sits("ZM", "2021-01-01", "2022-12-31", affected), secretariat, noon))
			return n.NameChair(c, b, cooperation.Presidency{Country: land("ZM"), From: day("2021-01-01"), Until: day("2021-12-31")}, secretariat, noon)
		}, "country", "chair_second_year"},
		{"représentant l’un des États parties en fonctions", func(c *cooperation.Convention, b *cooperation.Committee, n *cooperation.Naming) error {
			return n.NameChair(c, b, cooperation.Presidency{Country: land("ZM"), From: day("2021-01-01"), Until: day("2021-12-31")}, secretariat, noon)
		}, "country", "chair_member"},
		{"not longer than the term", func(c *cooperation.Convention, b *cooperation.Committee, n *cooperation.Naming) error {
			return n.NameChair(c, b, cooperation.Presidency{Country: land("CO"), From: day("2021-02-01"), Until: day("2022-01-31")}, secretariat, noon)
		}, "until", "chair_member"},
		{"chaque année", func(c *cooperation.Convention, b *cooperation.Committee, n *cooperation.Naming) error {
			return n.NameChair(c, b, cooperation.Presidency{Country: land("CO"), From: day("2021-01-01"), Until: day("2022-01-01")}, secretariat, noon)
		}, "until", "chair_years"},
		{"un point focal parmi ses membres", func(c *cooperation.Convention, b *cooperation.Committee, n *cooperation.Naming) error {
			return n.NameAdviser(c, b, cooperation.Adviser{Country: land("CO"), From: day("2020-06-01"), Until: day("2021-12-31")}, secretariat, noon)
		}, "", ""},
		{"not from outside", func(c *cooperation.Convention, b *cooperation.Committee, n *cooperation.Naming) error {
			return n.NameAdviser(c, b, cooperation.Adviser{Country: land("CO"), From: day("2020-06-01"), Until: day("2022-01-01")}, secretariat, noon)
		}, "country", "adviser_member"},
	} {
		t.Run(tc.says, func(t *testing.T) {
			c, b, n := of2020(t)
			err := tc.do(c, b, n)
			if tc.rule == "" {
				ok(t, err)
				return
			}
			wantField(t, err, tc.field, "error.invalid.rule_"+tc.rule)
			cited := slices.ContainsFunc(refusal(t, err).Fields[0].Message.Args, func(a message.Arg) bool { return a.Name == "source" && a.Value == b.Composition.Source })
			if !cited {
				t.Errorf("the rule is not cited: %+v", refusal(t, err).Fields)
			}
		})
	}
}

func TestRegionalSeatsAreHeldByStatesOfTheRegion(t *testing.T) {
	c := pilot()
	c.Committees = []cooperation.Committee{{ID: "standing", Kind: cooperation.StandingCommittee, Mandate: cooperation.Mandate{Source: "Resolution 9.15"},
		Composition: cooperation.Composition{TermYears: 4, Chair: cooperation.ChairAnyMember, RegionalSeats: []cooperation.RegionalSeat{{ID: "lakes", Region: "lakes", Seats: 1}, {ID: "depositary", Seats: 1}}}}}
	b := &c.Committees[0]
	seated := func(code, seat string) cooperation.Term {
		t := sits(code, "2026-01-01", "2028-12-31")
		t.Seat = seat
		return t
	}
	n := cooperation.NameFor(c, b, secretariat, noon)
	wantField(t, n.NameMember(c, b, seated("DE", "lakes"), secretariat, noon), "seat", "error.invalid.rule_region")
	n = cooperation.NameFor(c, b, secretariat, noon)
	wantField(t, n.NameMember(c, b, seated("DE", ""), secretariat, noon), "seat", "error.invalid.rule_unreserved")
	n = cooperation.NameFor(c, b, secretariat, noon)
	ok(t, n.NameMember(c, b, seated("KE", "lakes"), secretariat, noon))
	ok(t, n.NameMember(c, b, seated("DE", "depositary"), secretariat, noon))
	full := *n
	wantField(t, full.NameMember(c, b, seated("FR", "depositary"), secretariat, noon), "seat", "error.invalid.rule_seat")
	ok(t, n.NameChair(c, b, cooperation.Presidency{Country: land("KE"), From: day("2026-01-01"), Until: day("2028-12-31")}, secretariat, noon))
}

// A State that leaves the committee leaves its chair and its designation too.
func TestAPresidencyEndsWithTheTermOnWhichItRests(t *testing.T) {
	c, b, n := of2020(t)
	ok(t, n.NameAdviser(c, b, cooperation.Adviser{Country: land("GB"), From: day("2020-01-01"), Until: day("2020-12-31")}, secretariat, noon))
	early := *n
	ok(t, early.ReplaceMember(c, b, 1, sits("GB", "2019-01-01", "2020-06-30", provider), secretariat, noon))
	if early.Chairs[0].Until != day("2020-06-30") || early.Advisers[0].Until != day("2020-06-30") || n.Chairs[0].Until != day("2020-12-31") {
		t.Errorf("it presides as %+v and advises as %+v", early.Chairs, early.Advisers)
	}
	gone := *n
	ok(t, gone.RemoveMember(b, 1, secretariat, noon))
	if len(gone.Chairs) != 0 || len(gone.Advisers) != 0 {
		t.Errorf("not a member, it presides as %+v and advises as %+v", gone.Chairs, gone.Advisers)
	}
	later := *n
	wantField(t, later.ReplaceMember(c, b, 1, sits("GB", "2019-06-01", "2020-12-31", provider), secretariat, noon), "from", "error.invalid.rule_chair_second_year")
}

// What is lacking after somebody has left is told, and the next naming has to
// mend it.
func TestWhatIsMissingIsShownUntilTheLastSeatIsTaken(t *testing.T) {
	c, b, n := of2020(t)
	ok(t, n.RemoveMember(b, 3, secretariat, noon))
	ok(t, n.ReplaceMember(c, b, 2, sits("TR", "2019-01-01", "2020-06-30", affected), secretariat, noon))
	whole := b.With(n)
	var keys []string
	for _, f := range whole.Findings(c, day("2020-07-01")) {
		keys = append(keys, f.Key)
	}
	for _, wanted := range []string{"finding.committee.seats", "finding.committee.affected", "finding.committee.gender"} {
		if !slices.Contains(keys, wanted) {
			t.Errorf("%s is not told: %v", wanted, keys)
		}
	}
}

func TestTheCommitteeRecordsItsOwnElections(t *testing.T) {
	c, b := enhancement()
	n := cooperation.NameFor(c, b, secretariat, noon)
	for _, term := range []cooperation.Term{sits("DE", "2025-01-01", "2026-12-31", provider), sits("CO", "2026-01-01", "2027-12-31", affected)} {
		ok(t, n.NameMember(c, b, term, secretariat, noon))
	}
	next := cooperation.Presidency{Country: land("CO"), From: day("2027-01-01"), Until: day("2027-12-31"), Elected: today()}
	by := *n
	ok(t, by.NameChair(c, b, next, member, noon))
	ok(t, by.NameAdviser(c, b, cooperation.Adviser{Country: land("CO"), From: day("2026-03-01"), Until: day("2027-12-31")}, member, noon))
	ok(t, by.Invite(c, b, cooperation.Invitation{Participant: "demining-trust", From: today(), Until: today(), Meeting: "First meeting of 2026"}, member, noon))
	ok(t, by.RemoveAdviser(b, 1, member, noon))
	ok(t, by.RemoveInvitation(b, 1, member, noon))
	ok(t, by.RemoveChair(b, 1, member, noon))
	for _, actor := range []cooperation.Actor{public, observer, kenyaMember, readOnly(member), otherSecretariat, administrator, clock} {
		same := *n
		for what, err := range map[string]error{
			"chair":   same.NameChair(c, b, next, actor, noon),
			"adviser": same.NameAdviser(c, b, cooperation.Adviser{Country: land("CO"), From: today(), Until: today()}, actor, noon),
			"invite":  same.Invite(c, b, cooperation.Invitation{Participant: "demining-trust", From: today(), Until: today()}, actor, noon),
		} {
			if cooperation.CodeOf(err) != cooperation.Forbidden {
				t.Errorf("%q may record: %s, %v", actor.ID, what, err)
			}
		}
	}
	same := *n
	next.Elected = today().AddDays(1)
	wantField(t, same.NameChair(c, b, next, member, noon), "elected", "error.invalid.past_date")
}

func TestObserversAreInvitedForATermOrAMeeting(t *testing.T) {
	c, b := enhancement()
	n := cooperation.NameFor(c, b, secretariat, noon)
	ok(t, n.NameMember(c, b, sits("DE", "2025-01-01", "2026-12-31", provider), secretariat, noon))
	ok(t, n.Invite(c, b, cooperation.Invitation{Participant: "demining-trust", From: day("2026-01-01"), Until: day("2026-12-31")}, secretariat, noon))
	ok(t, n.Invite(c, b, cooperation.Invitation{Participant: "KE", From: day("2026-06-22"), Until: day("2026-06-24"), Meeting: "Intersessional meetings"}, secretariat, noon))
	named := b.With(n)
	for on, wanted := range map[string][2]bool{"2025-12-31": {false, false}, "2026-06-21": {true, false}, "2026-06-24": {true, true}, "2027-01-01": {false, false}} {
		if got := [2]bool{named.InvitedOn("demining-trust", day(on)), named.InvitedOn("KE", day(on))}; got != wanted {
			t.Errorf("on %s invited are %v, wanted %v", on, got, wanted)
		}
	}
	if n.Invitations[0].Name.In("fr") != "The demining-trust" {
		t.Errorf("it is invited as %v", n.Invitations[0].Name)
	}
	for _, tc := range []struct {
		i          cooperation.Invitation
		field, key string
	}{
		{cooperation.Invitation{Participant: "DE", From: today(), Until: today()}, "participant", "invited_member"},
		{cooperation.Invitation{Participant: "nobody-knows", From: today(), Until: today()}, "participant", "unknown_organisation"},
		{cooperation.Invitation{From: today(), Until: today()}, "participant", "required"},
		{cooperation.Invitation{Participant: "KE", From: today(), Until: today().AddDays(-1)}, "until", "date_order"},
	} {
		same := *n
		wantField(t, same.Invite(c, b, tc.i, secretariat, noon), tc.field, "error.invalid."+tc.key)
	}
	b.Composition.ObserversByMeeting = false
	wantField(t, n.Invite(c, b, cooperation.Invitation{Participant: "KE", From: today(), Until: today(), Meeting: "Once"}, secretariat, noon), "meeting", "error.invalid.rule_observers")
}

// The rules hold on every day, whatever is named, corrected and taken back, in
// whatever order.
func TestNoSequenceOfNamingBreaksTheComposition(t *testing.T) {
	t.Parallel()
	c, b := enhancement()
	var countries []reference.Country
	for _, p := range c.Parties {
		countries = append(countries, p.Country)
	}
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 1))
		n := cooperation.NameFor(c, b, secretariat, noon)
		some := func() cooperation.Term {
			from := day("2024-02-29").AddDays(r.IntN(40) * 61)
			term := cooperation.Term{Country: countries[r.IntN(len(countries))], From: from, Until: from.AddMonths(24).AddDays(-1 - r.IntN(3)*r.IntN(200))}
			for _, role := range cooperation.SeatRoles() {
				if r.IntN(3) == 0 {
					term.As = append(term.As, role)
				}
			}
			return term
		}
		done := 0
		for range 120 {
			next := *n
			var err error
			switch r.IntN(8) {
			case 0:
				err = next.RemoveMember(b, 1+r.IntN(6), secretariat, noon)
			case 1:
				err = next.ReplaceMember(c, b, 1+r.IntN(6), some(), secretariat, noon)
			case 2:
				if at := r.IntN(len(n.Members) + 1); at > 0 { // it ends early
					ended := n.Members[at-1]
					ended.Until = ended.From.AddDays(r.IntN(int(ended.Until.Days()-ended.From.Days()) + 1))
					err = next.ReplaceMember(c, b, at, ended, secretariat, noon)
				}
			case 3, 4:
				from := some().From
				err = next.NameChair(c, b, cooperation.Presidency{Country: countries[r.IntN(len(countries))], From: from, Until: from.AddMonths(3)}, secretariat, noon)
			default:
				err = next.NameMember(c, b, some(), secretariat, noon)
			}
			if err != nil {
				continue // and nothing has changed
			}
			*n, done = next, done+1
			holds(t, b.With(n), fmt.Sprintf("seed %d after %d", seed, done))
		}
		if done < 10 {
			t.Errorf("seed %d: only %d commands were taken", seed, done)
		}
	}
}

// holds fails the test unless the rules of the enhancement committee hold on
// every day on which something changes. It is written from the seed, and not
// from the code.
func holds(t *testing.T, b cooperation.Committee, where string) {
	t.Helper()
	for _, begins := range b.Members {
		on := begins.From
		members := b.MembersOn(on)
		countries, isAffected, isProvider, firsts, lasts := map[reference.Country]bool{}, false, false, map[cooperation.Date]bool{}, map[cooperation.Date]bool{}
		for _, m := range members {
			countries[m.Country] = true
			isAffected, isProvider = isAffected || slices.Contains(m.As, affected), isProvider || slices.Contains(m.As, provider)
			firsts[m.From], lasts[m.Until] = true, true
			if m.From.AddMonths(24).Before(m.Until) {
				t.Fatalf("%s: a term of more than two years: %+v", where, m)
			}
		}
		if len(members) > 4 || len(countries) != len(members) {
			t.Fatalf("%s: on %s the members are %+v", where, on, members)
		}
		if len(members) == 4 && (!isAffected || !isProvider || len(firsts) == 1 && len(lasts) == 1) {
			t.Fatalf("%s: on %s all seats are taken by %+v", where, on, members)
		}
	}
	for _, p := range b.Chairs {
		term := slices.IndexFunc(b.Members, func(m cooperation.Term) bool { return m.Country == p.Country && m.On(p.From) && m.On(p.Until) })
		if term < 0 || p.From.Before(b.Members[term].From.AddMonths(12)) {
			t.Fatalf("%s: %+v presides under %+v", where, p, b.Members)
		}
	}
}

func TestTheRollOverOverSeveralYears(t *testing.T) {
	c, b := enhancement()
	n := cooperation.NameFor(c, b, secretariat, noon)
	for _, term := range []cooperation.Term{ // terms that begin and end around 29 February
		sits("GB", "2022-03-01", "2024-02-29", provider), sits("TR", "2022-03-01", "2024-02-29", affected),
		sits("CO", "2023-03-01", "2025-02-28", affected), sits("DE", "2023-03-01", "2025-02-28", provider),
		sits("ZM", "2024-03-01", "2026-02-28", affected), sits("NO", "2024-03-01", "2026-02-28", provider),
		sits("KH", "2025-03-01", "2027-02-28", affected), sits("DE", "2025-03-01", "2027-02-28", provider),
	} {
		ok(t, n.NameMember(c, b, term, secretariat, noon))
	}
	for _, p := range []cooperation.Presidency{
		{Country: land("GB"), From: day("2023-03-01"), Until: day("2024-02-29")}, {Country: land("CO"), From: day("2024-03-01"), Until: day("2025-02-28")},
		{Country: land("ZM"), From: day("2025-03-01"), Until: day("2026-02-28")},
	} {
		ok(t, n.NameChair(c, b, p, secretariat, noon))
	}
	whole := b.With(n)
	type year struct{ members, chair string }
	states := func(on cooperation.Date) (y year) {
		for _, m := range whole.MembersOn(on) {
			y.members += m.Country.Alpha2() + " "
		}
		if chair, presided := whole.ChairOn(on); presided {
			y.chair = chair.Alpha2()
		}
		return y
	}
	virtual := time.Date(2022, 3, 1, 9, 0, 0, 0, time.UTC)
	var changes []string
	var last year
	for ; virtual.Before(time.Date(2027, 3, 2, 0, 0, 0, 0, time.UTC)); virtual = virtual.AddDate(0, 0, 1) {
		on := cooperation.DateOf(virtual)
		if now := states(on); now != last {
			changes, last = append(changes, fmt.Sprintf("%s %s%s", on, now.members, now.chair)), now
		}
	}
	wanted := []string{"2022-03-01 GB TR ", "2023-03-01 GB TR CO DE GB", "2024-03-01 CO DE ZM NO CO", "2025-03-01 DE ZM NO KH ZM", "2026-03-01 DE KH ", "2027-03-01 "}
	if !slices.Equal(changes, wanted) {
		t.Errorf("it rolled over as\n%q, wanted\n%q", changes, wanted)
	}
	// Germany, elected again without a break, has served longest in 2025, and
	// the second year of its second term begins in 2026.
	if eligible := whole.EligibleOn(day("2026-03-01")); len(eligible) != 2 || eligible[0].Country != land("DE") {
		t.Errorf("eligible in 2026 are %+v", eligible)
	}
}
