package cooperation_test

import (
	"strings"
	"testing"

	"entente/cooperation"
	"entente/reference"
)

// With both sides of a pairing named, those of the committee of seed 001 whose
// own State is on one of them have no part in it; the longest-serving of the
// others takes the chair's part.
func TestWhoPresidesOverADecisionAndWhoIsRecused(t *testing.T) {
	_, b, n := of2020(t)
	whole := b.With(n)
	for _, tc := range []struct {
		name      string
		on        string
		sides     []cooperation.Participant
		presiding string
		acting    bool
		rest      string
		enough    bool
	}{
		{"nobody is recused", "2020-06-01", []cooperation.Participant{"AO", "demining-trust"}, "GB", false, "GB TR CO DE", true},
		{"the chair's State gives", "2020-06-01", []cooperation.Participant{"AO", "GB"}, "TR", true, "TR CO DE", true},
		{"the chair's State is a co-provider, the longest-serving receives", "2020-06-01", []cooperation.Participant{"TR", "demining-trust", "GB"}, "CO", true, "CO DE", true},
		{"three of four: under the minimum of the profile", "2020-06-01", []cooperation.Participant{"TR", "DE", "GB"}, "CO", true, "CO", false},
		{"all four", "2020-06-01", []cooperation.Participant{"TR", "DE", "GB", "CO"}, "", true, "", false},
		{"nobody presides on the day", "2021-06-01", []cooperation.Participant{"AO"}, "CO", true, "CO DE", true},
		{"an organisation of the same letters is no State", "2020-06-01", []cooperation.Participant{"gbr"}, "GB", false, "GB TR CO DE", true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			recused := func(c reference.Country) bool { return cooperation.Recused(c, tc.sides...) }
			var rest []string
			for _, m := range whole.NotRecused(day(tc.on), recused) {
				rest = append(rest, m.Country.Alpha2())
			}
			presiding, acting, found := whole.PresidingOn(day(tc.on), recused)
			if presiding.Alpha2() != tc.presiding || found != (tc.presiding != "") || acting != tc.acting {
				t.Errorf("%q presides (acting: %t)", presiding.Alpha2(), acting)
			}
			if got := strings.Join(rest, " "); got != tc.rest {
				t.Errorf("not recused are %q, wanted %q", got, tc.rest)
			}
			if got := whole.EnoughNotRecused(day(tc.on), recused); got != tc.enough {
				t.Errorf("enough: %t", got)
			}
		})
	}
}

func TestTiesOfServiceGoByTheOrderOfElectionThenByTheAlphabet(t *testing.T) {
	body := cooperation.Committee{Kind: cooperation.StandingCommittee, Members: []cooperation.Term{
		{Country: land("ZM"), From: day("2025-01-01"), Until: day("2026-12-31"), Election: 2},
		{Country: land("NO"), From: day("2025-01-01"), Until: day("2026-12-31"), Election: 1},
		{Country: land("CO"), From: day("2025-01-01"), Until: day("2026-12-31"), Election: 2},
		{Country: land("DE"), From: day("2024-01-01"), Until: day("2024-12-31"), Election: 9},
		{Country: land("DE"), From: day("2025-01-01"), Until: day("2026-12-31"), Election: 9}, // elected again without a break
	}}
	var order []string
	recused := map[reference.Country]bool{}
	for range 5 {
		m, found := cooperation.LongestServing(body.NotRecused(today(), func(c reference.Country) bool { return recused[c] }))
		if !found {
			break
		}
		order, recused[m.Country] = append(order, m.Country.Alpha2()), true
	}
	if got := strings.Join(order, " "); got != "DE NO CO ZM" {
		t.Errorf("they come as %q", got)
	}
}

func TestABodyWithoutMembersCannotBeShortOfThem(t *testing.T) {
	open, nobody := cooperation.Committee{Kind: cooperation.OpenEndedCommittee}, func(reference.Country) bool { return false }
	if standing := (cooperation.Committee{Kind: cooperation.StandingCommittee}); !open.EnoughNotRecused(today(), nobody) || standing.EnoughNotRecused(today(), nobody) {
		t.Error("an open-ended body waits for members, or a standing one without any does not")
	}
}
