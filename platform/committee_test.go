package platform_test

import (
	"testing"

	"entente/cooperation"
	"entente/platform"
)

func zambia(t *testing.T) cooperation.Term {
	return cooperation.Term{Country: country(t, "ZM"), From: day(t, "2026-01-01"), Until: day(t, "2027-12-31"), As: []cooperation.SeatRole{cooperation.SeatAffected}}
}

func day(t *testing.T, text string) cooperation.Date {
	t.Helper()
	d, err := cooperation.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// What is named is in the convention that everybody is given: the mailbox that
// the notifier asks for, the members and the chair.
func TestWhomTheSecretariatNamesEverybodySees(t *testing.T) {
	p := newPlace(t)
	on := p.open()
	ctx := t.Context()
	office := actor("office", cooperation.Grant{Convention: "apmbc", Role: cooperation.Secretariat})
	before, err := on.Committee("apmbc", "enhancement")
	if err != nil || before.Version != 1 || len(before.Members) != 4 {
		t.Fatalf("the profile's is %+v, %v", before, explain(err))
	}
	named, err := on.NameMember(ctx, office, "apmbc", "enhancement", 1, zambia(t))
	if err == nil {
		named, err = on.NameChair(ctx, office, "apmbc", "enhancement", 2, cooperation.Presidency{Country: country(t, "ZM"), From: day(t, "2027-01-01"), Until: day(t, "2027-12-31")})
	}
	if err == nil {
		named, err = on.NameContact(ctx, office, "apmbc", "enhancement", 3, "committee@example.org")
	}
	if err != nil || named.Version != 4 {
		t.Fatalf("%+v, %v", named, explain(err))
	}
	_, err = on.NameContact(ctx, office, "apmbc", "enhancement", 3, "late@example.org")
	wantCode(t, err, cooperation.Conflict, "error.conflict.version")
	_, err = on.NameContact(ctx, secretary, "apmbc", "enhancement", 4, "foreign@example.org")
	wantCode(t, err, cooperation.Forbidden, "error.forbidden.action")
	_, err = on.NameContact(ctx, office, "apmbc", "nobody", 0, "x@example.org")
	wantCode(t, err, cooperation.NotFound, "error.not_found.document")

	on.Close()
	for where, again := range map[string]*platform.Platform{"after a restart": p.open(), "on a second replica": p.open()} {
		c, _ := again.Convention("apmbc")
		b, _ := c.Committee("enhancement")
		chair, presided := b.ChairOn(day(t, "2027-06-01"))
		if b.Contact != "committee@example.org" || !b.MemberOn(country(t, "ZM"), day(t, "2026-06-01")) || !presided || chair != country(t, "ZM") {
			t.Errorf("%s it is %+v", where, b)
		}
		for _, one := range again.Conventions() {
			if b, found := one.Committee("enhancement"); found && b.Contact == "" {
				t.Errorf("%s the list of conventions does not show it", where)
			}
		}
	}
	p.verify()
}
