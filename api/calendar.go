package api

import (
	"bytes"
	"context"
	"strings"

	"entente/cooperation"
	"entente/i18n"
	"entente/notify"
)

// calendars are people's dates under secret addresses.
type calendars interface {
	CalendarSecret(u *cooperation.User) string
	RotateCalendar(ctx context.Context, actor cooperation.Actor) (*cooperation.User, error)
	RevokeCalendar(ctx context.Context, actor cooperation.Actor) (*cooperation.User, error)
	Calendar(secret string) (*cooperation.User, []cooperation.Appointment, bool)
}

// ReadCalendar gives a person's dates to whoever has the secret address.
func (a *api) ReadCalendar(ctx context.Context, r ReadCalendarRequestObject) (ReadCalendarResponseObject, error) {
	c, _ := callOf(ctx)
	secret, named := strings.CutSuffix(r.File, ".ics")
	u, dates, ok := a.platform.Calendar(secret)
	if !named || !ok {
		return nil, cooperation.Absent()
	}
	c.keep(false)
	c.speak("", u.Language)
	text := notify.Calendar(dates, c.words, func(convention string) i18n.Names { return a.platform.Names(convention) })
	if c.unchanged(r.Params.IfNoneMatch, text) {
		return ReadCalendar304Response{}, nil
	}
	return ReadCalendar200TextCalendarResponse{Body: bytes.NewReader(text), ContentLength: int64(len(text))}, nil
}

// GetCalendar gives the address of the actor's own calendar.
func (a *api) GetCalendar(ctx context.Context, _ GetCalendarRequestObject) (GetCalendarResponseObject, error) {
	c, _ := callOf(ctx)
	u, ok := a.platform.User(c.actor.ID)
	if !ok {
		return nil, cooperation.Absent()
	}
	return GetCalendar200JSONResponse{c.calendarAddress(u)}, nil
}

// RotateCalendar gives the actor's calendar a new address.
func (a *api) RotateCalendar(ctx context.Context, _ RotateCalendarRequestObject) (RotateCalendarResponseObject, error) {
	c, ctx := callOf(ctx)
	u, err := a.platform.RotateCalendar(ctx, c.actor)
	if err != nil {
		return nil, err
	}
	return RotateCalendar200JSONResponse{c.calendarAddress(u)}, nil
}

// EndCalendar ends the actor's calendar.
func (a *api) EndCalendar(ctx context.Context, _ EndCalendarRequestObject) (EndCalendarResponseObject, error) {
	c, ctx := callOf(ctx)
	if _, err := a.platform.RevokeCalendar(ctx, c.actor); err != nil {
		return nil, err
	}
	return EndCalendar204Response{}, nil
}

func (c *call) calendarAddress(u *cooperation.User) CalendarAddressDocumentJSONResponse {
	secret := c.api.platform.CalendarSecret(u)
	if secret == "" {
		return CalendarAddressDocumentJSONResponse{}
	}
	return CalendarAddressDocumentJSONResponse{Active: true, Path: "/calendar/" + secret + ".ics"}
}
