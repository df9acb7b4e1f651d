package web

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"entente/cooperation"
	"entente/message"
	"entente/platform"
	"entente/reference"
)

// Namings say who sits on the bodies of a convention.
type Namings interface {
	NameMember(ctx context.Context, actor cooperation.Actor, convention, id string, match platform.Match, t cooperation.Term) (*platform.CommitteeIn, error)
	RemoveMember(ctx context.Context, actor cooperation.Actor, convention, id string, at int, match platform.Match) (*platform.CommitteeIn, error)
	NameChair(ctx context.Context, actor cooperation.Actor, convention, id string, match platform.Match, t cooperation.Presidency) (*platform.CommitteeIn, error)
	RemoveChair(ctx context.Context, actor cooperation.Actor, convention, id string, at int, match platform.Match) (*platform.CommitteeIn, error)
	NameAdviser(ctx context.Context, actor cooperation.Actor, convention, id string, match platform.Match, a cooperation.Adviser) (*platform.CommitteeIn, error)
	RemoveAdviser(ctx context.Context, actor cooperation.Actor, convention, id string, at int, match platform.Match) (*platform.CommitteeIn, error)
	InviteObserver(ctx context.Context, actor cooperation.Actor, convention, id string, match platform.Match, i cooperation.Invitation) (*platform.CommitteeIn, error)
	NameOfficers(ctx context.Context, actor cooperation.Actor, convention, id string, match platform.Match, list []cooperation.Officer) (*platform.CommitteeIn, error)
	NameObservers(ctx context.Context, actor cooperation.Actor, convention, id string, match platform.Match, list []cooperation.Participant) (*platform.CommitteeIn, error)
	NameContact(ctx context.Context, actor cooperation.Actor, convention, id string, match platform.Match, mail string) (*platform.CommitteeIn, error)
	RemoveInvitation(ctx context.Context, actor cooperation.Actor, convention, id string, at int, match platform.Match) (*platform.CommitteeIn, error)
}

// naming is what somebody who may do so is asked when naming people to a body.
type naming struct {
	Acts  []act
	Lists []suggestions
	Named []namedRow
}

// namedRow is somebody who is named, and how that is taken back.
type namedRow struct {
	What, Who, From, Until string
	Remove                 act
}

// serveNaming adds the steps by which people are named to a body.
func (p *pages) serveNaming(engine *gin.Engine, at string) {
	step := func(name string, do func(ctx context.Context, v *visit, match platform.Match) error) {
		p.act(engine, at+"/"+name, "naming."+strings.ReplaceAll(name, "/", "_"), p.body, func(v *visit) (string, error) {
			return v.within("/committees/" + v.Param("body")), do(v.Request.Context(), v, v.match())
		})
	}
	step("member", func(ctx context.Context, v *visit, match platform.Match) error {
		country, err := v.countryOf()
		if err != nil {
			return err
		}
		t := cooperation.Term{Country: country, From: v.date("from"), Until: v.date("until"), Seat: v.PostForm("seat")}
		for _, role := range v.PostFormArray("as") {
			t.As = append(t.As, cooperation.SeatRole(role))
		}
		_, err = p.Platform.NameMember(ctx, v.actor(), v.conv.ID, v.Param("body"), match, t)
		return err
	})
	step("chair", func(ctx context.Context, v *visit, match platform.Match) error {
		country, err := v.countryOf()
		if err != nil {
			return err
		}
		_, err = p.Platform.NameChair(ctx, v.actor(), v.conv.ID, v.Param("body"), match, cooperation.Presidency{Country: country, From: v.date("from"), Until: v.date("until"), Elected: v.date("elected"), Record: v.PostForm("record")})
		return err
	})
	step("adviser", func(ctx context.Context, v *visit, match platform.Match) error {
		country, err := v.countryOf()
		if err != nil {
			return err
		}
		_, err = p.Platform.NameAdviser(ctx, v.actor(), v.conv.ID, v.Param("body"), match, cooperation.Adviser{Country: country, From: v.date("from"), Until: v.date("until")})
		return err
	})
	step("observer", func(ctx context.Context, v *visit, match platform.Match) error {
		code, err := v.codeOf(askParticipant, "participant")
		if err != nil {
			return err
		}
		_, err = p.Platform.InviteObserver(ctx, v.actor(), v.conv.ID, v.Param("body"), match, cooperation.Invitation{Participant: cooperation.Participant(code), From: v.date("from"), Until: v.date("until"), Meeting: v.PostForm("meeting")})
		return err
	})
	p.serveHolding(step)
	remove := func(name string, of func(context.Context, cooperation.Actor, string, string, int, platform.Match) (*platform.CommitteeIn, error)) {
		step(name+"/remove", func(ctx context.Context, v *visit, match platform.Match) error {
			_, err := of(ctx, v.actor(), v.conv.ID, v.Param("body"), v.number("at"), match)
			return err
		})
	}
	remove("member", p.Platform.RemoveMember)
	remove("chair", p.Platform.RemoveChair)
	remove("adviser", p.Platform.RemoveAdviser)
	remove("observer", p.Platform.RemoveInvitation)
}

// codeOf is the code that somebody means by the name in a field; "" where the
// field is empty.
func (v *visit) codeOf(a asked, name string) (string, error) {
	written := strings.TrimSpace(v.PostForm(name))
	if written == "" {
		return "", nil
	}
	code, nearest := v.meant(a, written)
	if code == "" {
		return "", wrong([]cooperation.FieldError{{Field: name, Message: message.New("error.invalid.near", message.Of(message.Text, "value", clipped(written, 80)), message.Of(message.Text, "nearest", nearest))}})
	}
	return code, nil
}

// countryOf is the State that somebody means in the field of that name.
func (v *visit) countryOf() (reference.Country, error) {
	code, err := v.codeOf(askCountry, "country")
	c, _ := reference.ParseCountry(code)
	return c, err
}

// naming is what a reader may name to a body; nil for nothing.
func (v *visit) naming(of *platform.CommitteeIn, today cooperation.Date) *naming {
	b := &of.Committee
	if v.who.User == nil || !cooperation.MayRecord(v.actor(), v.conv.ID, b, today) {
		return nil
	}
	out := &naming{}
	country := field{Name: "country", Label: v.text("page.facet.country"), List: listID[askCountry], Most: 200}
	from, until := field{Name: "from", Label: v.text("page.naming.from"), Type: "date"}, field{Name: "until", Label: v.text("page.naming.until"), Type: "date"}
	at := v.within("/committees/" + b.ID)
	if b.Kind == cooperation.StandingCommittee && cooperation.MayName(v.actor(), v.conv.ID) {
		out.Acts = append(out.Acts, v.act(at+"/member", "page.naming.member", of.Version, append([]field{country, from, until}, v.seating(b)...)...))
	}
	out.Acts = append(out.Acts, v.act(at+"/chair", "page.naming.chair", of.Version, country, from, until,
		field{Name: "elected", Label: v.text("page.naming.elected"), Type: "date", Optional: true}, field{Name: "record", Label: v.text("page.naming.record"), Most: 300, Optional: true}))
	out.Acts = append(out.Acts, v.holdingActs(of, at, country, from, until)...)
	if b.Composition.GenderFocalPoint {
		out.Acts = append(out.Acts, v.act(at+"/adviser", "page.naming.adviser", of.Version, country, from, until))
	}
	observer := []field{{Name: "participant", Label: v.text("page.naming.participant"), List: listID[askParticipant], Most: 200}, from, until}
	if b.Composition.ObserversByMeeting {
		observer = append(observer, field{Name: "meeting", Label: v.text("page.naming.meeting"), Most: 200, Optional: true})
	}
	out.Acts = append(out.Acts, v.act(at+"/observer", "page.naming.observer", of.Version, observer...))
	for _, a := range []asked{askCountry, askParticipant} {
		list := suggestions{ID: listID[a]}
		for _, n := range v.suggested(a) {
			list.Names = append(list.Names, named{Code: n.Name})
		}
		out.Lists = append(out.Lists, list)
	}
	v.namedTo(out, of)
	return out
}

// seating asks in what role and on which seat a member sits.
func (v *visit) seating(b *cooperation.Committee) []field {
	roles := field{Name: "as", Label: v.text("page.body.as"), Type: "checks", Optional: true}
	for _, r := range cooperation.SeatRoles() {
		roles.Choices = append(roles.Choices, choice{Tag: string(r), Name: v.text("seat_role." + string(r))})
	}
	out := []field{roles}
	if len(b.Composition.RegionalSeats) > 0 {
		seat := field{Name: "seat", Label: v.text("page.naming.seat"), Optional: true, Choices: []choice{{Name: v.text("word.not_stated")}}}
		for _, s := range b.Composition.RegionalSeats {
			name := v.in(s.Name)
			if s.Region != "" {
				name = v.called(askRegion, s.Region)
			}
			seat.Choices = append(seat.Choices, choice{Tag: s.ID, Name: name})
		}
		out = append(out, seat)
	}
	return out
}

// namedTo lists who is named, the latest first, each with how that is taken
// back.
func (v *visit) namedTo(out *naming, of *platform.CommitteeIn) {
	b := &of.Committee
	row := func(what string, at int, who string, from, until cooperation.Date) {
		remove := v.act(v.within("/committees/"+b.ID+"/"+what+"/remove"), "page.profile.remove", of.Version)
		remove.Label = v.say(message.New("page.naming.remove", message.Of(message.Text, "who", who)))
		remove.Hidden = []hidden{{"at", strconv.Itoa(at)}}
		out.Named = append(out.Named, namedRow{v.text("page.naming.is_" + what), who, v.day(from), v.day(until), remove})
	}
	if cooperation.MayName(v.actor(), v.conv.ID) {
		for i, t := range slices.Backward(b.Members) {
			row("member", i+1, v.country(t.Country), t.From, t.Until)
		}
	}
	for i, c := range slices.Backward(b.Chairs) {
		row("chair", i+1, v.country(c.Country), c.From, c.Until)
	}
	for i, a := range slices.Backward(b.Advisers) {
		row("adviser", i+1, v.country(a.Country), a.From, a.Until)
	}
	if cooperation.MayName(v.actor(), v.conv.ID) {
		for i, o := range slices.Backward(b.Officers) {
			row("officer", i+1, v.country(o.Country), o.From, o.Until)
		}
		for i, o := range slices.Backward(b.Observers) {
			row("standing", i+1, v.name(message.Party, string(o.ID)), cooperation.Date{}, cooperation.Date{})
		}
	}
	for i, o := range slices.Backward(b.Invitations) {
		row("observer", i+1, v.name(message.Party, string(o.Participant)), o.From, o.Until)
	}
}
