package platform

import (
	"cmp"
	"context"
	"crypto/hmac"
	"encoding/base64"
	"slices"
	"strconv"
	"strings"
	"time"

	"entente/catalogue"
	"entente/cooperation"
	"entente/reference"
)

// CalendarSecret is what the secret address of a person's calendar ends in;
// empty when there is none.
func (p *Platform) CalendarSecret(u *cooperation.User) string {
	if u.Preferences == nil || u.Preferences.Calendar == 0 || u.Preferences.NoCalendar {
		return ""
	}
	mark := p.Derive("calendar", u.ID, strconv.Itoa(u.Preferences.Calendar))
	return u.ID + "-" + base64.RawURLEncoding.EncodeToString(mark[:24])
}

// RotateCalendar gives the actor's calendar a new address; the one before it,
// if any, leads nowhere from now on.
func (p *Platform) RotateCalendar(ctx context.Context, actor cooperation.Actor) (*cooperation.User, error) {
	return p.changeCalendar(ctx, actor, "user.calendar", func(c *cooperation.Preferences) {
		c.Calendar, c.NoCalendar = c.Calendar+1, false
	})
}

// RevokeCalendar ends the actor's calendar.
func (p *Platform) RevokeCalendar(ctx context.Context, actor cooperation.Actor) (*cooperation.User, error) {
	return p.changeCalendar(ctx, actor, "user.no_calendar", func(c *cooperation.Preferences) { c.NoCalendar = true })
}

func (p *Platform) changeCalendar(ctx context.Context, actor cooperation.Actor, command string, change func(*cooperation.Preferences)) (*cooperation.User, error) {
	if actor.ReadOnly || actor.IsPublic() {
		return nil, cooperation.Refuse(cooperation.Forbidden, "error.forbidden.action")
	}
	return p.changeOwn(ctx, command, actor, actor.ID, 0, func(u *cooperation.User, _ time.Time) (bool, error) {
		c := cooperation.Preferences{}
		if u.Preferences != nil {
			c = *u.Preferences
		}
		change(&c)
		u.Preferences = &c
		return true, nil
	})
}

// Calendar returns whose calendar a secret address is, with the appointments
// of the person: meetings of the conventions in which it holds a role, and the
// days of the open postings for which it acts. False when the address is none,
// or no longer: what it was cannot be told.
func (p *Platform) Calendar(secret string) (*cooperation.User, []cooperation.Appointment, bool) {
	id, _, _ := strings.Cut(secret, "-")
	u, ok := p.accounts.User(id)
	if !ok {
		u = &cooperation.User{ID: id, Preferences: &cooperation.Preferences{Calendar: 1}} // costs as much as one who is there
	}
	right := p.CalendarSecret(u)
	actor := cooperation.ActorOf(u, true)
	if !ok || right == "" || !hmac.Equal([]byte(right), []byte(secret)) || actor.IsPublic() {
		return nil, nil, false
	}
	var out []cooperation.Appointment
	for _, c := range p.order {
		if r := p.rooms[c]; actor.Within(c) {
			for i := range r.convention().Meetings {
				out = append(out, r.convention().MeetingAppointment(&r.convention().Meetings[i]))
			}
			out = append(out, r.ownDays(actor)...)
			out = append(out, r.clockDays(actor, p.clock())...)
		}
	}
	slices.SortFunc(out, func(a, b cooperation.Appointment) int {
		return cmp.Or(a.Begin.Time().Compare(b.Begin.Time()), strings.Compare(a.ID, b.ID))
	})
	return u, out, true
}

// clockDays are the last days of the actor's clocks that run. The days of
// re-confirmation are among ownDays. The two hundred that run out first are
// enough for anybody.
func (r *room) clockDays(actor cooperation.Actor, now time.Time) (out []cooperation.Appointment) {
	for _, c := range r.clocksOf(actor, ClockQuery{}, now) {
		if c.Kind != cooperation.ReconfirmClock && !c.Last.IsZero() && len(out) < catalogue.MaxLimit {
			out = append(out, c.Appointment(r.titleOf(c.Document)))
		}
	}
	return out
}

// ownDays are the days of the open postings of those for whom the actor acts.
// The two hundred with the nearest deadlines are enough for anybody.
func (r *room) ownDays(actor cooperation.Actor) (out []cooperation.Appointment) {
	var countries []reference.Country
	var providers []cooperation.Participant
	for _, g := range actor.Grants {
		if g.Convention != r.convention().ID {
			continue
		}
		if country, state := g.Participant.State(); state && (g.Role == cooperation.FocalPoint || g.Role == cooperation.Approver) {
			countries = append(countries, country)
		}
		if g.Participant != "" && (g.Role == cooperation.ProviderRole || g.Role == cooperation.Approver) {
			providers = append(providers, g.Participant)
		}
	}
	if len(countries) > 0 {
		q := catalogue.Query{Status: []string{"open", "partly_covered"}, Country: countries, Sort: catalogue.SortDeadline, Limit: catalogue.MaxLimit}
		if page, err := r.state.SearchNeeds(actor, q); err == nil {
			for _, n := range page.Items {
				out = append(out, n.Appointments()...)
			}
		}
	}
	if len(providers) > 0 {
		q := catalogue.Query{Status: []string{"open"}, Provider: providers, Sort: catalogue.SortDeadline, Limit: catalogue.MaxLimit}
		if page, err := r.state.SearchOffers(actor, q); err == nil {
			for _, o := range page.Items {
				out = append(out, o.Appointments()...)
			}
		}
	}
	return out
}
