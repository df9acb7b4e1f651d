package api

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strings"

	"entente/catalogue"
	"entente/cooperation"
	"entente/message"
	"entente/notify"
)

// news is how many entries a feed has at most.
const news = 50

// GetFeed gives the news of a convention.
func (a *api) GetFeed(ctx context.Context, r GetFeedRequestObject) (GetFeedResponseObject, error) {
	c, _ := callOf(ctx)
	text, err := c.feed(r.Convention, "", string(r.Params.Lang))
	if err != nil {
		return nil, err
	}
	if c.unchanged(r.Params.IfNoneMatch, text) {
		return GetFeed304Response{}, nil
	}
	return GetFeed200ApplicationAtomXMLResponse{FeedApplicationAtomXMLResponse{Body: bytes.NewReader(text), ContentLength: int64(len(text))}}, nil
}

// GetCommitteeFeed gives the news under the mandate of a body.
func (a *api) GetCommitteeFeed(ctx context.Context, r GetCommitteeFeedRequestObject) (GetCommitteeFeedResponseObject, error) {
	c, _ := callOf(ctx)
	text, err := c.feed(r.Convention, r.Committee, string(r.Params.Lang))
	if err != nil {
		return nil, err
	}
	if c.unchanged(r.Params.IfNoneMatch, text) {
		return GetCommitteeFeed304Response{}, nil
	}
	return GetCommitteeFeed200ApplicationAtomXMLResponse{FeedApplicationAtomXMLResponse{Body: bytes.NewReader(text), ContentLength: int64(len(text))}}, nil
}

// unchanged sets the tag of a content and reports whether the reader has it.
func (c *call) unchanged(known string, text []byte) bool {
	sum := sha256.Sum256(text)
	own := `"` + base64.RawURLEncoding.EncodeToString(sum[:15]) + `"`
	c.header.Set("ETag", own)
	for t := range strings.SplitSeq(known, ",") {
		if t = strings.TrimPrefix(strings.TrimSpace(t), "W/"); t == own || t == "*" {
			return true
		}
	}
	return false
}

// feed writes the news as everybody may see them, whoever asks.
func (c *call) feed(convention, committee, lang string) ([]byte, error) {
	conv, ok := c.api.platform.Convention(convention)
	if !ok {
		return nil, cooperation.Absent()
	}
	body, ok := conv.Committee(committee)
	if committee != "" && !ok {
		return nil, cooperation.Absent()
	}
	if lang != "" {
		c.speak("", lang)
	}
	c.convention = conv
	f := notify.Feed{ID: "urn:entente:feed:" + conv.ID, Self: "/api/v1/feeds/" + conv.ID, Language: c.words.Language(),
		Title: c.name(message.Convention, conv.ID), Author: cmp.Or(conv.SecretariatName.In("en"), "Entente"), Updated: conv.InForce.Time()}
	if committee != "" {
		f.ID, f.Self, f.Title = f.ID+":"+body.ID, f.Self+"/"+body.ID, f.Title+" – "+c.name(message.Body, body.ID)
	}
	entries, err := c.publicNews(conv, committee)
	if err != nil {
		return nil, err
	}
	f.Entries = entries
	return f.Atom()
}

// publicNews are the postings that were opened last.
func (c *call) publicNews(conv *cooperation.Convention, committee string) ([]notify.FeedEntry, error) {
	state, _ := c.api.platform.State(conv.ID)
	public := cooperation.Actor{}
	mandate := func(themes []string) bool {
		return committee == "" || slices.ContainsFunc(conv.BodiesFor(themes), func(b cooperation.Committee) bool { return b.ID == committee })
	}
	var out []notify.FeedEntry
	entry := func(kind string, m *cooperation.Meta, heading message.Message, summary, lang string, themes []string) {
		e := notify.FeedEntry{ID: "urn:entente:" + kind + ":" + m.ID, Link: "/api/v1/" + kind + "s/" + m.ID, Title: c.say(heading), Summary: summary,
			Language: lang, Published: m.Created, Updated: m.Updated}
		for _, t := range themes {
			e.Categories = append(e.Categories, c.name(message.Theme, t))
		}
		out = append(out, e)
	}
	needs, err := state.SearchNeeds(public, catalogue.Query{Status: []string{"open", "partly_covered"}, Limit: catalogue.MaxLimit})
	if err != nil {
		return nil, err
	}
	for _, n := range needs.Items {
		if shown, _ := n.Shown(public); shown != nil && mandate(shown.Themes) {
			entry("need", &shown.Meta, message.New("notify.need", message.Of(message.Text, "title", shown.Title),
				message.List(message.Countries, "beneficiaries", alpha2(shown.Beneficiaries)...)), shown.Problem, "", shown.Themes)
		}
	}
	offers, err := state.SearchOffers(public, catalogue.Query{Status: []string{"open"}, Limit: catalogue.MaxLimit})
	if err != nil {
		return nil, err
	}
	for _, o := range offers.Items {
		if shown, _ := o.Shown(public); shown != nil && mandate(shown.Themes) {
			entry("offer", &shown.Meta, message.New("notify.offer", message.Of(message.Text, "title", shown.Title),
				message.Of(message.Party, "provider", string(shown.Provider))), shown.Description, "", shown.Themes)
		}
	}
	slices.SortFunc(out, func(a, b notify.FeedEntry) int {
		return cmp.Or(b.Updated.Compare(a.Updated), strings.Compare(a.ID, b.ID))
	})
	return out[:min(news, len(out))], nil
}
