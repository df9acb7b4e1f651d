package api

import (
	"context"
	"encoding/base64"
	"slices"
	"strings"

	"entente/catalogue"
	"entente/cooperation"
	"entente/message"
)

// notifications marks what was told as read.
type notifications interface {
	ReadNotification(ctx context.Context, actor cooperation.Actor, id string) (*cooperation.Notification, error)
}

// ListNotifications lists the actor's own notifications over the conventions,
// the latest first.
func (a *api) ListNotifications(ctx context.Context, r ListNotificationsRequestObject) (ListNotificationsResponseObject, error) {
	c, _ := callOf(ctx)
	served := a.platform.Conventions()
	if r.Params.Convention != "" {
		conv, err := c.served(r.Params.Convention)
		if err != nil {
			return nil, err
		}
		served = []*cooperation.Convention{conv}
	}
	own, err := c.told(served, r.Params.Unread)
	if err != nil {
		return nil, err
	}
	rest, err := after(own, r.Params.Cursor)
	if err != nil {
		return nil, err
	}
	out := ListNotifications200JSONResponse{Items: []Notification{}, Total: len(own)}
	for _, n := range own {
		if n.Read.IsZero() {
			out.Unread++
		}
	}
	limit := orElse(r.Params.Limit, catalogue.DefaultLimit)
	for _, n := range rest[:min(limit, len(rest))] {
		out.Items = append(out.Items, c.notificationView(n))
	}
	if len(rest) > limit {
		out.Next = base64.RawURLEncoding.EncodeToString([]byte(place(rest[limit-1])))
	}
	return out, nil
}

// told lists all that the actor was told in the conventions, the latest first.
// One person's notifications are few enough to be looked through.
func (c *call) told(served []*cooperation.Convention, unread bool) ([]*cooperation.Notification, error) {
	var own []*cooperation.Notification
	for _, conv := range served {
		state, ok := c.api.platform.State(conv.ID)
		if !ok {
			continue
		}
		q := catalogue.NotificationQuery{Unread: unread, Limit: catalogue.MaxLimit}
		for {
			page, err := state.NotificationsOf(c.actor.ID, q)
			if err != nil {
				return nil, err
			}
			for _, n := range page.Items {
				if cooperation.SeesNotification(c.actor, n) {
					own = append(own, n)
				}
			}
			if q.Cursor = page.Next; q.Cursor == "" {
				break
			}
		}
	}
	slices.SortFunc(own, func(a, b *cooperation.Notification) int { return strings.Compare(place(b), place(a)) })
	return own, nil
}

// instant writes times so that they sort as text.
const instant = "2006-01-02T15:04:05.000"

// place is where a notification stands in the list: by its time, then its id.
// The cursor is made of it, and so does not move when others come in.
func place(n *cooperation.Notification) string { return n.Created.UTC().Format(instant) + n.ID }

// after is what follows the cursor.
func after(own []*cooperation.Notification, cursor string) ([]*cooperation.Notification, error) {
	if cursor == "" {
		return own, nil
	}
	last, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil || len(last) != len(instant)+26 {
		return nil, badParameter("cursor", message.New("error.invalid.cursor"))
	}
	for i, n := range own {
		if place(n) < string(last) {
			return own[i:], nil
		}
	}
	return nil, nil
}

// ReadNotification marks a notification as read.
func (a *api) ReadNotification(ctx context.Context, r ReadNotificationRequestObject) (ReadNotificationResponseObject, error) {
	c, ctx := callOf(ctx)
	n, err := a.platform.ReadNotification(ctx, c.actor, r.ID)
	if err != nil {
		return nil, err
	}
	if conv, ok := a.platform.Convention(n.Convention); ok {
		c.about(conv)
	}
	return ReadNotification200JSONResponse(c.notificationView(n)), nil
}

func (c *call) notificationView(n *cooperation.Notification) Notification {
	words := func(m message.Message) string { return c.words.Render(m, c.api.platform.Names(n.Convention)) }
	v := Notification{ID: n.ID, Convention: n.Convention, Version: n.Version, Created: n.Created, Committee: n.Committee, Reason: n.Reason,
		Subject: words(n.Subject), Lines: []string{}, Documents: present(n.Documents), Run: n.Run,
		Status: NotificationStatus(n.Status), StatusLabel: c.name(message.Status, "notification."+string(n.Status)), Read: n.Read}
	for _, line := range n.Lines {
		v.Lines = append(v.Lines, words(line))
	}
	return v
}
