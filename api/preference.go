package api

import (
	"context"

	"entente/cooperation"
	"entente/platform"
)

// preferences are how people are told.
type preferences interface {
	User(id string) (*cooperation.User, bool)
	SetPreferences(ctx context.Context, actor cooperation.Actor, match platform.Match, language string, wanted cooperation.Preferences) (*cooperation.User, error)
}

// GetPreferences gives the actor's own preferences.
func (a *api) GetPreferences(ctx context.Context, _ GetPreferencesRequestObject) (GetPreferencesResponseObject, error) {
	c, _ := callOf(ctx)
	u, ok := a.platform.User(c.actor.ID)
	if !ok {
		return nil, cooperation.Absent()
	}
	return GetPreferences200JSONResponse{PreferencesDocumentJSONResponse(c.preferencesView(u))}, nil
}

// ReplacePreferences replaces the actor's own preferences.
func (a *api) ReplacePreferences(ctx context.Context, r ReplacePreferencesRequestObject) (ReplacePreferencesResponseObject, error) {
	c, ctx := callOf(ctx)
	wanted := cooperation.Preferences{Mail: cooperation.Rhythm(r.Body.Mail), Zone: r.Body.TimeZone, QuietUntil: r.Body.QuietUntil}
	for group, rhythm := range map[cooperation.Group]Rhythm{cooperation.GroupProposals: r.Body.Groups.Proposals,
		cooperation.GroupReviews: r.Body.Groups.Reviews, cooperation.GroupPostings: r.Body.Groups.Postings, cooperation.GroupSubscriptions: r.Body.Groups.Subscriptions} {
		if rhythm != "" {
			if wanted.Groups == nil {
				wanted.Groups = map[cooperation.Group]cooperation.Rhythm{}
			}
			wanted.Groups[group] = cooperation.Rhythm(rhythm)
		}
	}
	u, err := a.platform.SetPreferences(ctx, c.actor, expected(r.Params.IfMatch), string(r.Body.Language), wanted)
	if err != nil {
		return nil, err
	}
	return ReplacePreferences200JSONResponse{PreferencesDocumentJSONResponse(c.preferencesView(u))}, nil
}

func (c *call) preferencesView(u *cooperation.User) Preferences {
	c.header.Set("ETag", tag(u.Version))
	v := Preferences{Mail: Rhythm(cooperation.Daily), Language: PreferencesLanguage(u.Language), Version: u.Version, Bounces: u.Bounces()}
	p := u.Preferences
	if p == nil {
		return v
	}
	if p.Mail != "" {
		v.Mail = Rhythm(p.Mail)
	}
	v.TimeZone, v.QuietUntil = p.Zone, p.QuietUntil
	v.Groups.Proposals = Rhythm(p.Groups[cooperation.GroupProposals])
	v.Groups.Reviews = Rhythm(p.Groups[cooperation.GroupReviews])
	v.Groups.Postings = Rhythm(p.Groups[cooperation.GroupPostings])
	v.Groups.Subscriptions = Rhythm(p.Groups[cooperation.GroupSubscriptions])
	return v
}
