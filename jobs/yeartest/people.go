package yeartest

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"entente/cooperation"
	"entente/reference"
)

// convention is the one whose year it is: four standing committees under a
// silence procedure, a chair that changes in autumn, a seat with holidays and
// summer time.
const convention = "apmbc"

// Those who ask and those who help; some do both. The zones are those of the
// people, from one end of the day to the other.
var (
	askers  = []string{"AO", "MZ", "TD", "CD", "KH", "PE", "SN", "TJ", "YE", "CO", "ZM", "IQ"}
	helpers = []string{"NO", "JP", "DE", "FR", "TR", "AU", "CA", "CO"}
	zones   = map[string]string{"AO": "Africa/Luanda", "PE": "America/Lima", "TJ": "Asia/Dushanbe", "KH": "Asia/Phnom_Penh", "CO": "America/Bogota", "JP": "Asia/Tokyo",
		"AU": "Pacific/Auckland", "CA": "America/Vancouver", "IQ": "Asia/Baghdad", "CD": "Africa/Kinshasa"}
)

// seat is a member of a committee.
type seat struct {
	committee, country string
	begins, ends       string // the term
	as                 cooperation.SeatRole
	late               bool // it is named after the autumn, whoever reminds
}

// seats are the members of the year: half of each committee changes on the first
// of October.
func seats() []seat {
	var all []seat
	for i, c := range []string{"enhancement", "article-5", "victim-assistance", "compliance"} {
		at := func(n int) string { return askers[(3*i+n)%len(askers)] }
		of := func(n int) string { return helpers[(2*i+n)%(len(helpers)-1)] }
		all = append(all,
			seat{c, at(0), "2025-10-01", "2027-09-30", cooperation.SeatAffected, false}, seat{c, of(0), "2025-10-01", "2027-09-30", cooperation.SeatProvider, false},
			seat{c, at(1), "2026-10-01", "2028-09-30", cooperation.SeatAffected, false}, seat{c, of(1), "2026-10-01", "2028-09-30", cooperation.SeatProvider, false},
			seat{c, at(2), "2027-10-01", "2029-09-30", cooperation.SeatAffected, false}, seat{c, of(2), "2027-10-01", "2029-09-30", cooperation.SeatProvider, i == 1})
	}
	return all
}

// wishes are how people want to be told; most have said nothing.
func wishes(i int) *cooperation.Preferences {
	switch i % 9 {
	case 2:
		return &cooperation.Preferences{Mail: cooperation.Immediate}
	case 4:
		return &cooperation.Preferences{Mail: cooperation.Weekly}
	case 5:
		return &cooperation.Preferences{Groups: map[cooperation.Group]cooperation.Rhythm{cooperation.GroupProposals: cooperation.Never, cooperation.GroupReviews: cooperation.Weekly}}
	case 7:
		return &cooperation.Preferences{Mail: cooperation.Never}
	}
	return nil
}

var languages = []string{"en", "fr", "es", "ar", "ru", "zh"}

// settle makes the accounts.
func (y *year) settle(ctx context.Context) error {
	grants := map[string][]cooperation.Grant{}
	give := func(name string, role cooperation.Role, of, committee string) {
		grants[name] = append(grants[name], cooperation.Grant{Convention: convention, Role: role, Participant: cooperation.Participant(of), Committee: committee})
	}
	for _, c := range askers {
		give("focal-"+c, cooperation.FocalPoint, c, "")
		give("approver-"+c, cooperation.Approver, c, "")
	}
	for _, c := range helpers {
		give("provider-"+c, cooperation.ProviderRole, c, "")
		give("approver-"+c, cooperation.Approver, c, "")
	}
	for _, s := range seats() {
		name := fmt.Sprintf("member-%s-%s", s.committee, s.country)
		if s.committee == "enhancement" { // small administrations: one person has two parts
			name = "focal-" + s.country
			if s.as == cooperation.SeatProvider {
				name = "provider-" + s.country
			}
		}
		give(name, cooperation.CommitteeMember, s.country, s.committee)
	}
	for i := range 2 {
		give(fmt.Sprintf("secretariat-%d", i+1), cooperation.Secretariat, "", "")
	}
	for i := range 3 {
		give(fmt.Sprintf("observer-%d", i+1), cooperation.ObserverRole, "", "")
	}
	names := make([]string, 0, len(grants)+1)
	for name := range grants {
		names = append(names, name)
	}
	slices.Sort(names)
	grants["administrator"] = []cooperation.Grant{{Role: cooperation.Administrator}}
	for i, name := range append(names, "administrator") {
		if err := y.arrive(ctx, i, name, slices.CompactFunc(grants[name], func(a, b cooperation.Grant) bool { return a == b })); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// arrive makes one account with its wishes.
func (y *year) arrive(ctx context.Context, i int, name string, grants []cooperation.Grant) error {
	u, err := y.replicas[0].CreateUser(ctx, operator, cooperation.User{ID: cooperation.DerivedID("year", name), Name: name, Mail: name + "@mail.example", Language: languages[i%len(languages)], Grants: grants})
	if err != nil {
		return err
	}
	y.names[name] = u.ID
	wanted := wishes(i)
	for country, zone := range zones {
		if strings.HasSuffix(name, country) {
			if wanted == nil {
				wanted = &cooperation.Preferences{}
			}
			wanted.Zone = zone
		}
	}
	if wanted == nil {
		return nil
	}
	_, err = y.replicas[0].SetPreferences(ctx, cooperation.ActorOf(u, false), 0, u.Language, *wanted)
	return err
}

// seatAll names the members, chairs and advisers with whom the year begins.
func (y *year) seatAll(ctx context.Context) error {
	for _, s := range seats() {
		if s.begins < "2027" {
			if err := y.name(ctx, s); err != nil {
				return fmt.Errorf("%s for %s: %w", s.country, s.committee, err)
			}
		}
	}
	for _, s := range seats() {
		if s.begins != "2025-10-01" {
			continue
		}
		var err error
		if s.as == cooperation.SeatAffected {
			_, err = y.replicas[0].NameChair(ctx, y.somebody("secretariat-1"), convention, s.committee, 0, cooperation.Presidency{Country: land(s.country), From: date("2026-10-01"), Until: date("2027-09-30")})
		} else {
			_, err = y.replicas[0].NameAdviser(ctx, y.somebody("secretariat-1"), convention, s.committee, 0, cooperation.Adviser{Country: land(s.country), From: date("2026-10-01"), Until: date("2027-09-30")})
		}
		if err != nil {
			return fmt.Errorf("%s of %s: %w", s.country, s.committee, err)
		}
	}
	return nil
}

func (y *year) name(ctx context.Context, s seat) error {
	_, err := y.replicas[0].NameMember(ctx, y.somebody("secretariat-1"), convention, s.committee, 0,
		cooperation.Term{Country: land(s.country), From: date(s.begins), Until: date(s.ends), As: []cooperation.SeatRole{s.as}})
	return err
}

// somebody is a person by name, as an actor. One who is away, or gone, is the
// public.
func (y *year) somebody(name string) cooperation.Actor {
	u, _ := y.replicas[0].User(y.names[name])
	return cooperation.ActorOf(u, false)
}

func land(code string) reference.Country {
	c, ok := reference.ParseCountry(code)
	if !ok {
		panic("no country " + code)
	}
	return c
}

func date(text string) cooperation.Date {
	d, err := cooperation.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return d
}
