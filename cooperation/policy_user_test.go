package cooperation_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"entente/cooperation"
)

func holding(convention string, role cooperation.Role, of cooperation.Participant) cooperation.Grant {
	return cooperation.Grant{Convention: convention, Role: role, Participant: of}
}

// actors are those who may want something of people, by their names.
func actors() map[string]cooperation.Actor {
	in := func(id string, grants ...cooperation.Grant) cooperation.Actor {
		return cooperation.Actor{ID: id, Grants: grants}
	}
	member := holding("a", cooperation.CommitteeMember, "FR")
	member.Committee = "review"
	all := map[string]cooperation.Actor{
		"public":        {},
		"administrator": in("administrator", cooperation.Grant{Role: cooperation.Administrator}),
		"secretariat":   in("secretariat", holding("a", cooperation.Secretariat, "")),
		"both":          in("both", holding("a", cooperation.Secretariat, ""), holding("b", cooperation.Secretariat, "")),
		"elsewhere":     in("elsewhere", holding("b", cooperation.Secretariat, "")),
		"approver":      in("approver", holding("a", cooperation.Approver, "KE")),
		"neighbour":     in("neighbour", holding("a", cooperation.Approver, "UG")),
		"drafter":       in("drafter", holding("a", cooperation.FocalPoint, "KE")),
		"member":        in("member", member),
		"observer":      in("observer", holding("a", cooperation.ObserverRole, "")),
		"operator":      cooperation.System("test"),
	}
	reader := all["secretariat"]
	reader.ReadOnly = true
	all["reader"] = reader
	return all
}

// who lists the actors for whom a decision is yes.
func who(may func(cooperation.Actor) bool) string {
	all := actors()
	var yes []string
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if may(all[name]) {
			yes = append(yes, name)
		}
	}
	return strings.Join(yes, " ")
}

func TestWhoMayGiveWhichRole(t *testing.T) {
	member := holding("a", cooperation.CommitteeMember, "KE")
	member.Committee = "review"
	for name, c := range map[string]struct {
		grant cooperation.Grant
		want  string
	}{
		"administrator":           {cooperation.Grant{Role: cooperation.Administrator}, "administrator operator"},
		"administrator of a":      {cooperation.Grant{Convention: "a", Role: cooperation.Administrator}, "administrator operator"},
		"nothing":                 {cooperation.Grant{}, "administrator operator"},
		"secretariat of a":        {holding("a", cooperation.Secretariat, ""), "administrator both operator secretariat"},
		"secretariat of b":        {holding("b", cooperation.Secretariat, ""), "administrator both elsewhere operator"},
		"approver of Kenya":       {holding("a", cooperation.Approver, "KE"), "administrator both operator secretariat"},
		"drafter of Kenya":        {holding("a", cooperation.FocalPoint, "KE"), "administrator approver both operator secretariat"},
		"provider of Kenya":       {holding("a", cooperation.ProviderRole, "KE"), "administrator approver both operator secretariat"},
		"drafter of Kenya in b":   {holding("b", cooperation.FocalPoint, "KE"), "administrator both elsewhere operator"},
		"drafter of nobody":       {holding("a", cooperation.FocalPoint, ""), "administrator both operator secretariat"},
		"member for Kenya":        {member, "administrator both operator secretariat"},
		"observer":                {holding("a", cooperation.ObserverRole, ""), "administrator both operator secretariat"},
		"a role that there isn't": {holding("a", "boss", "KE"), "administrator both operator secretariat"},
	} {
		if got := who(func(a cooperation.Actor) bool { return cooperation.MayGive(a, c.grant) }); got != c.want {
			t.Errorf("%s may be given by %q, want %q", name, got, c.want)
		}
	}
}

func TestWhoMayDoWhatToAnAccount(t *testing.T) {
	waiting := func(grants ...cooperation.Grant) *cooperation.User {
		return &cooperation.User{ID: "u", Name: "Drafter", Mail: "drafter@example.org", Invited: time.Now(), Grants: grants}
	}
	active := func(grants ...cooperation.Grant) *cooperation.User {
		u := waiting(grants...)
		u.Activated = time.Now()
		return u
	}
	own := active(holding("a", cooperation.FocalPoint, "KE"))
	own.ID = "drafter"
	service := active(holding("a", cooperation.FocalPoint, "KE"))
	service.Service = true
	erased := &cooperation.User{ID: "u", Erased: true}
	decisions := map[string]func(cooperation.Actor, *cooperation.User) bool{
		"manage": cooperation.MayManage, "rename": cooperation.MayRename, "reinvite": cooperation.MayReinvite, "erase": cooperation.MayErase,
		"export": cooperation.MayExport, "see tokens": cooperation.MaySeeTokens, "hold tokens": cooperation.MayHoldTokens,
		"see": func(a cooperation.Actor, u *cooperation.User) bool { return u.Shown(a) != nil },
		"see mail": func(a cooperation.Actor, u *cooperation.User) bool {
			s := u.Shown(a)
			return s != nil && s.Mail != ""
		},
	}
	for _, c := range []struct {
		what string
		user *cooperation.User
		to   string
		want string
	}{
		{"a drafter", active(holding("a", cooperation.FocalPoint, "KE")), "manage", "administrator both operator secretariat"},
		{"a drafter", active(holding("a", cooperation.FocalPoint, "KE")), "rename", "administrator both operator secretariat"},
		{"a drafter", active(holding("a", cooperation.FocalPoint, "KE")), "reinvite", ""},
		{"a drafter", active(holding("a", cooperation.FocalPoint, "KE")), "erase", "administrator operator"},
		{"a drafter", active(holding("a", cooperation.FocalPoint, "KE")), "export", "operator"},
		{"a drafter", active(holding("a", cooperation.FocalPoint, "KE")), "see tokens", "administrator operator"},
		{"a drafter", active(holding("a", cooperation.FocalPoint, "KE")), "see mail", "administrator approver both drafter operator reader secretariat"},
		{"a drafter", active(holding("a", cooperation.FocalPoint, "KE")), "see", "administrator approver both drafter operator reader secretariat"},
		{"the drafter", own, "rename", "administrator both drafter operator secretariat"},
		{"the drafter", own, "manage", "administrator both operator secretariat"},
		{"the drafter", own, "erase", "administrator drafter operator"},
		{"the drafter", own, "export", "drafter operator"},
		{"the drafter", own, "hold tokens", "administrator drafter operator"},
		{"somebody with roles in two", active(holding("a", cooperation.FocalPoint, "KE"), holding("b", cooperation.Approver, "KE")), "manage", "administrator both operator"},
		{"an administrator", active(cooperation.Grant{Role: cooperation.Administrator}, holding("a", cooperation.Secretariat, "")), "manage", "administrator operator"},
		{"somebody without roles", active(), "manage", "administrator operator"},
		{"somebody without roles", active(), "see", "administrator operator"},
		{"an invited drafter", waiting(holding("a", cooperation.FocalPoint, "KE")), "reinvite", "administrator approver both operator secretariat"},
		{"an invited approver", waiting(holding("a", cooperation.Approver, "KE")), "reinvite", "administrator both operator secretariat"},
		{"a program", service, "hold tokens", "administrator both operator secretariat"},
		{"a program", service, "see tokens", "administrator both operator reader secretariat"},
		{"an erased person", erased, "see", ""},
		{"an erased person", erased, "manage", ""},
	} {
		may := decisions[c.to]
		if got := who(func(a cooperation.Actor) bool { return may(a, c.user) }); got != c.want {
			t.Errorf("%s %s: %q, want %q", c.to, c.what, got, c.want)
		}
	}
}

func TestMembersOfACommitteeSeeEachOthersNamesAndNoAddresses(t *testing.T) {
	grant := holding("a", cooperation.CommitteeMember, "KE")
	grant.Committee = "review"
	u := &cooperation.User{ID: "u", Name: "Drafter", Mail: "drafter@example.org", Epoch: 3, Invitation: "x",
		Grants: []cooperation.Grant{holding("a", cooperation.Approver, "KE"), grant, holding("b", cooperation.Approver, "KE")}}
	fellow := u.Shown(actors()["member"])
	if fellow == nil || fellow.Name != "Drafter" || fellow.Mail != "" || len(fellow.Grants) != 1 || fellow.Grants[0] != grant {
		t.Errorf("a fellow member sees %+v", fellow)
	}
	staff := u.Shown(actors()["secretariat"])
	if staff == nil || staff.Mail == "" || len(staff.Grants) != 2 || staff.Epoch != 0 || staff.Invitation != "" {
		t.Errorf("the secretariat of one convention sees %+v", staff)
	}
	if u.Mail == "" || len(u.Grants) != 3 || u.Epoch != 3 {
		t.Error("looking at somebody changes them")
	}
	u.Disabled = true
	if u.Shown(actors()["member"]) != nil {
		t.Error("a fellow member sees who was disabled")
	}
}

func TestRolesAreHandedOverTogetherOrNotAtAll(t *testing.T) {
	now := time.Now()
	person := func(id string, grants ...cooperation.Grant) *cooperation.User {
		return &cooperation.User{ID: id, Version: 1, Grants: grants}
	}
	draft, clear := holding("a", cooperation.FocalPoint, "KE"), holding("a", cooperation.Approver, "KE")
	from, to := person("from", draft, clear), person("to", draft)
	moved, err := cooperation.HandOver(actors()["secretariat"], from, to, nil, now)
	ok(t, err)
	if len(moved) != 2 || len(from.Grants) != 0 || len(to.Grants) != 2 || from.Version != 2 || to.Version != 2 {
		t.Errorf("moved %v: from %+v to %+v", moved, from, to)
	}
	for name, c := range map[string]struct {
		actor    string
		from, to *cooperation.User
		grants   []cooperation.Grant
		key      string
	}{
		"an approver's own role":    {"approver", person("from", clear), person("to"), nil, "error.forbidden.action"},
		"more than one may give":    {"approver", person("from", draft, clear), person("to"), nil, "error.forbidden.action"},
		"a role that is not held":   {"secretariat", person("from", draft), person("to"), []cooperation.Grant{clear}, "error.state.not_held"},
		"to oneself":                {"secretariat", person("from", draft), person("from", draft), nil, "error.state.successor"},
		"to who is disabled":        {"secretariat", person("from", draft), &cooperation.User{ID: "to", Disabled: true}, nil, "error.state.disabled"},
		"to a program":              {"secretariat", person("from", draft), &cooperation.User{ID: "to", Service: true}, nil, "error.state.successor"},
		"by who is not responsible": {"neighbour", person("from", draft), person("to"), nil, "error.forbidden.action"},
	} {
		before := len(c.from.Grants)
		_, err := cooperation.HandOver(actors()[c.actor], c.from, c.to, c.grants, now)
		e := refusal(t, err)
		rendered(t, e)
		if e.Message.Key != c.key || len(c.from.Grants) != before || len(c.to.Grants) > before {
			t.Errorf("%s: %v, from %v to %v", name, e, c.from.Grants, c.to.Grants)
		}
	}
	drafter := person("from", draft)
	if _, err := cooperation.HandOver(actors()["approver"], drafter, person("to"), nil, now); err != nil {
		t.Errorf("an approver hands the drafting over: %v", err)
	}
}

func TestARoleIsSaidInEveryLanguage(t *testing.T) {
	for _, role := range cooperation.Roles() {
		for _, of := range []cooperation.Participant{"", "KE"} {
			if of == "" && role.ForParticipant() || of != "" && role == cooperation.Administrator {
				continue
			}
			g := holding(pilotID, role, of)
			rendered(t, &cooperation.Error{Message: g.Sentence()})
		}
	}
}
