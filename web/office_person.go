package web

import (
	"context"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"entente/catalogue"
	"entente/cooperation"
	"entente/message"
	"entente/platform"
)

// OfficePeople are the accounts as far as the secretariat sees to them.
type OfficePeople interface {
	People(actor cooperation.Actor, q platform.PeopleQuery) (catalogue.Page[*cooperation.User], error)
	Person(actor cooperation.Actor, id string) (*cooperation.User, error)
	Invite(ctx context.Context, actor cooperation.Actor, content cooperation.Person, grants []cooperation.Grant) (*cooperation.User, error)
	DisablePerson(ctx context.Context, actor cooperation.Actor, id string, match platform.Match) (*cooperation.User, error)
	EnablePerson(ctx context.Context, actor cooperation.Actor, id string, match platform.Match) (*cooperation.User, error)
	GrantRoles(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, grants []cooperation.Grant) (*cooperation.User, error)
	RevokeRoles(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, grants []cooperation.Grant) (*cooperation.User, error)
	Reinvite(ctx context.Context, actor cooperation.Actor, id string) (*cooperation.User, error)
	Uninvite(ctx context.Context, actor cooperation.Actor, id string) (*cooperation.User, error)
}

// officePeople lists those who have a role in the convention.
type officePeople struct {
	Title       string
	Back        link
	Invite      act
	Lists       []suggestions
	Roles       []choice
	Rows        []personRow
	Total       int
	First, Next string
}

// personRow is somebody with a role.
type personRow struct {
	Link         link
	Mail, Status string
	Active       bool
	Roles        []string
}

func (officePeople) template() string { return "office-people" }

func (o officePeople) title() string { return o.Title }

// officePerson is one of them, and what can be done.
type officePerson struct {
	Title  string
	Back   link
	Facts  []fact
	Roles  []roleRow
	Acts   []act
	Lists  []suggestions
	Limits string // what of the account is not the reader's to change
}

// roleRow is a role that somebody has.
type roleRow struct {
	Role   fact
	Remove *act
}

func (officePerson) template() string { return "office-person" }

func (o officePerson) title() string { return o.Title }

func (p *pages) serveOfficePeople(engine *gin.Engine, at string) {
	p.secretariat(engine, at, p.officePeople)
	p.secretariat(engine, at+"/:id", p.officePerson)
	p.officeStep(engine, at+"/invite", "office.invite", p.officePeople, func(v *visit) (string, error) {
		grant, err := v.grantOf()
		if err != nil {
			return "", err
		}
		u, err := p.Platform.Invite(v.Request.Context(), v.actor(), cooperation.Person{Name: v.PostForm("name"), Mail: v.PostForm("mail"), Language: v.PostForm("language")}, []cooperation.Grant{grant})
		if err != nil {
			return "", err
		}
		return v.within("/office/people/" + u.ID), nil
	})
	step := func(name string, do func(ctx context.Context, v *visit, id string) error) {
		p.officeStep(engine, at+"/:id/"+name, "office."+name, p.officePerson, func(v *visit) (string, error) {
			return v.within("/office/people/" + v.Param("id")), do(v.Request.Context(), v, v.Param("id"))
		})
	}
	step("disable", func(ctx context.Context, v *visit, id string) error {
		_, err := p.Platform.DisablePerson(ctx, v.actor(), id, v.match())
		return err
	})
	step("enable", func(ctx context.Context, v *visit, id string) error {
		_, err := p.Platform.EnablePerson(ctx, v.actor(), id, v.match())
		return err
	})
	step("reinvite", func(ctx context.Context, v *visit, id string) error {
		_, err := p.Platform.Reinvite(ctx, v.actor(), id)
		return err
	})
	step("uninvite", func(ctx context.Context, v *visit, id string) error {
		_, err := p.Platform.Uninvite(ctx, v.actor(), id)
		return err
	})
	step("link", func(ctx context.Context, v *visit, id string) error {
		return p.Access.SendLink(ctx, v.actor(), id, cooperation.LinkPurpose(v.PostForm("purpose")))
	})
	step("grant", func(ctx context.Context, v *visit, id string) error {
		grant, err := v.grantOf()
		if err != nil {
			return err
		}
		_, err = p.Platform.GrantRoles(ctx, v.actor(), id, v.match(), []cooperation.Grant{grant})
		return err
	})
	step("revoke", func(ctx context.Context, v *visit, id string) error {
		grant := cooperation.Grant{Convention: v.conv.ID, Role: cooperation.Role(v.PostForm("role")), Participant: cooperation.Participant(v.PostForm("participant")), Committee: v.PostForm("committee")}
		_, err := p.Platform.RevokeRoles(ctx, v.actor(), id, v.match(), []cooperation.Grant{grant})
		return err
	})
}

// grantOf is the role of a form, in the convention of the page.
func (v *visit) grantOf() (cooperation.Grant, error) {
	g := cooperation.Grant{Convention: v.conv.ID, Role: cooperation.Role(v.PostForm("role")), Committee: v.PostForm("committee")}
	code, err := v.codeOf(askParticipant, "participant")
	g.Participant = cooperation.Participant(code)
	return g, err
}

// granting asks for a role.
func (v *visit) granting() []field {
	role := field{Name: "role", Label: v.text("page.office.person.role"), Choices: v.roles("")}
	body := field{Name: "committee", Label: v.text("page.office.person.committee"), Optional: true, Hint: v.text("page.office.person.committee_hint"), Choices: []choice{{Name: v.text("word.not_stated")}}}
	for i := range v.conv.Committees {
		body.Choices = append(body.Choices, choice{Tag: v.conv.Committees[i].ID, Name: v.in(v.conv.Committees[i].Name)})
	}
	return []field{role, {Name: "participant", Label: v.text("page.office.person.participant"), Optional: true, Hint: v.text("page.office.person.participant_hint"), List: listID[askParticipant], Most: 200}, body}
}

// roles are those that a secretariat gives.
func (v *visit) roles(chosen string) []choice {
	var out []choice
	for _, r := range cooperation.Roles() {
		if r != cooperation.Administrator {
			out = append(out, choice{Tag: string(r), Name: v.text("role." + string(r)), Chosen: string(r) == chosen})
		}
	}
	return out
}

// participantList suggests States and organisations by name.
func (v *visit) participantList() []suggestions {
	list := suggestions{ID: listID[askParticipant]}
	for _, n := range v.suggested(askParticipant) {
		list.Names = append(list.Names, named{Code: n.Name})
	}
	return []suggestions{list}
}

func (p *pages) officePeople(v *visit) error {
	role := v.Query("role")
	if !slices.Contains(cooperation.Roles(), cooperation.Role(role)) {
		role = ""
	}
	page, err := p.Platform.People(v.actor(), platform.PeopleQuery{Convention: v.conv.ID, Role: cooperation.Role(role), Cursor: v.Query("cursor"), Limit: 50})
	if err != nil {
		return err
	}
	out := officePeople{Title: v.text("page.office.people.title"), Back: link{v.within("/office"), v.text("page.office.title")}, Total: page.Total, Lists: v.participantList(),
		Roles: append([]choice{{Name: v.text("page.office.people.all"), Chosen: role == ""}}, v.roles(role)...)}
	out.Invite = v.act(v.within("/office/people/invite"), "page.office.people.invite", 0, append([]field{
		{Name: "name", Label: v.text("page.office.person.name"), Most: 200}, {Name: "mail", Label: v.text("web.field.mail"), Type: "email", Most: 254},
		{Name: "language", Label: v.text("web.field.language"), Choices: chosen(p.Texts, v.words.Language())}}, v.granting()...)...)
	out.Invite.Main = true
	for _, u := range page.Items {
		row := personRow{Link: link{v.within("/office/people/" + u.ID), u.Name}, Mail: u.Mail, Active: !u.Disabled && !u.Waiting(), Status: v.standingOf(u)}
		for i := range u.Grants {
			if u.Grants[i].Convention == v.conv.ID {
				row.Roles = append(row.Roles, v.grant(p, &u.Grants[i]).Value)
			}
		}
		out.Rows = append(out.Rows, row)
	}
	out.First, out.Next = v.pager(page.Next)
	v.secret = true
	p.show(v, http.StatusOK, out)
	return nil
}

// standingOf says whether somebody can sign in.
func (v *visit) standingOf(u *cooperation.User) string {
	switch {
	case u.Disabled:
		return v.text("page.office.person.disabled")
	case u.Waiting():
		return v.text("page.office.person.invited")
	}
	return v.text("page.office.person.active")
}

func (p *pages) officePerson(v *visit) error {
	u, err := p.Platform.Person(v.actor(), v.Param("id"))
	if err != nil {
		return err
	}
	out := officePerson{Title: u.Name, Back: link{v.within("/office/people"), v.text("page.office.people.title")}, Lists: v.participantList()}
	out.Facts = add(v, out.Facts, "web.field.mail", u.Mail)
	out.Facts = add(v, out.Facts, "page.office.person.state", v.standingOf(u))
	out.Facts = add(v, out.Facts, "page.office.person.since", v.words.Date(u.Created))
	at := v.within("/office/people/" + u.ID)
	for i := range u.Grants {
		g := &u.Grants[i]
		row := roleRow{Role: v.grant(p, g)}
		if g.Convention == v.conv.ID && cooperation.MayGive(v.actor(), *g) {
			a := v.act(at+"/revoke", "page.profile.remove", u.Version)
			a.Label = v.say(message.New("page.office.person.revoke", message.Of(message.Text, "role", row.Role.Value)))
			a.Hidden = []hidden{{"role", string(g.Role)}, {"participant", string(g.Participant)}, {"committee", g.Committee}}
			row.Remove = &a
		}
		out.Roles = append(out.Roles, row)
	}
	if cooperation.MayReinvite(v.actor(), u) && !u.Disabled {
		out.Acts = append(out.Acts, v.act(at+"/reinvite", "page.office.person.reinvite", 0), v.act(at+"/uninvite", "page.office.person.uninvite", 0))
	}
	if cooperation.MaySendLink(v.actor(), u) {
		purpose := field{Name: "purpose", Label: v.text("page.office.person.link_for"), Type: "radio", Choices: []choice{
			{Tag: string(cooperation.LinkSignIn), Name: v.text("page.office.person.link.sign_in"), Chosen: true}, {Tag: string(cooperation.LinkReset), Name: v.text("page.office.person.link.reset")}}}
		link := v.act(at+"/link", "page.office.person.link", 0, purpose)
		link.Hint = v.text("page.office.person.link_hint")
		out.Acts = append(out.Acts, link)
	}
	if !u.Disabled {
		out.Acts = append(out.Acts, v.act(at+"/grant", "page.office.person.grant", u.Version, v.granting()...))
	}
	switch {
	case !cooperation.MayManage(v.actor(), u):
		out.Limits = v.text("page.office.person.limits")
	case u.Disabled:
		out.Acts = append(out.Acts, v.act(at+"/enable", "page.office.person.enable", u.Version))
	default:
		out.Acts = append(out.Acts, v.act(at+"/disable", "page.office.person.disable", u.Version))
	}
	v.secret = true
	p.show(v, http.StatusOK, out)
	return nil
}
