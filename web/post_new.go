package web

import (
	"errors"
	"net/http"
	"strings"

	"entente/catalogue"
	"entente/cooperation"
	"entente/message"
	"entente/reference"
)

// postingNew is the page on which a posting begins.
type postingNew struct {
	Title   string
	Lead    string
	Start   act
	Earlier []earlier
}

// earlier is a posting of before from which a new one can be carried over.
type earlier struct {
	Card card
	Act  act
}

func (postingNew) template() string { return "posting-new" }

func (n postingNew) title() string { return n.Title }

// speaksFor are those for whom the reader may post, by the roles that may.
func (v *visit) speaksFor(roles ...cooperation.Role) []cooperation.Participant {
	var out []cooperation.Participant
	there := map[cooperation.Participant]bool{}
	if v.actor().ReadOnly {
		return nil
	}
	for _, g := range v.actor().Grants {
		if g.Convention == v.conv.ID && g.Participant != "" && !there[g.Participant] && v.actor().For(v.conv.ID, g.Participant, roles...) {
			there[g.Participant] = true
			out = append(out, g.Participant)
		}
	}
	return out
}

// posts lead to where the reader may post something himself.
func (v *visit) posts(kinds ...string) []link {
	var out []link
	for _, kind := range kinds {
		if len(v.postsFor(kind)) > 0 {
			out = append(out, link{v.within("/" + kind + "s/new"), v.text("page.posting.new." + kind)})
		}
	}
	return out
}

// postsFor are those for whom the reader may post needs or offers.
func (v *visit) postsFor(kind string) []cooperation.Participant {
	if kind == "offer" {
		return v.speaksFor(cooperation.ProviderRole, cooperation.Approver)
	}
	var out []cooperation.Participant
	for _, p := range v.speaksFor(cooperation.FocalPoint, cooperation.Approver) {
		if _, ok := p.State(); ok {
			out = append(out, p)
		}
	}
	return out
}

// newPosting asks for whom something is posted, and what it is called.
func (p *pages) newPosting(v *visit) error {
	kind := v.kindHere()
	sides := v.postsFor(kind)
	if len(sides) == 0 {
		return cooperation.Refuse(cooperation.Forbidden, "error.forbidden.action")
	}
	of := field{Name: sideField[kind], Label: v.words.FieldLabel(kind + "." + sideField[kind])}
	for _, side := range sides {
		of.Choices = append(of.Choices, choice{Tag: string(side), Name: v.name(message.Party, string(side)), Chosen: len(sides) == 1})
	}
	fields := []field{of, {Name: "title", Label: v.words.FieldLabel(kind + ".title"), Most: 300, Hint: v.counsel(kind, "title")}}
	if kind == "offer" {
		fields = append(fields, v.quick()...)
	}
	out := postingNew{Title: v.text("page.posting.new." + kind), Lead: v.text("page.posting.new." + kind + ".lead"),
		Start: v.act(v.within("/"+kind+"s/new/create"), "page.posting.start", 0, fields...)}
	out.Start.Hidden = []hidden{{"key", cooperation.NewID()}}
	var err error
	if out.Earlier, err = v.earlier(kind, sides); err != nil {
		return err
	}
	p.show(v, http.StatusOK, out)
	return nil
}

// sideField is the field that says for whom a posting is.
var sideField = map[string]string{"need": "beneficiaries", "offer": "provider"}

// quick are the fields that make an offer in a minute. All may wait.
func (v *visit) quick() []field {
	var out []field
	for _, e := range []struct {
		entry
		name, label string
	}{
		{entry{Ask: askKind}, "kind", "offer.kinds.kind"}, {entry{Ask: askTheme}, "theme", "offer.themes"},
		{entry{Ask: askArea, Most: 8000}, "description", "offer.description"},
	} {
		f := v.entryField("offer", &block{}, &entry{Path: e.name, Ask: e.Ask, Most: e.Most, Label: e.label}, 0, nil)
		f.Hint, _ = v.words.Lookup("page.posting.hint.quick." + e.name)
		out = append(out, f)
	}
	return out
}

// usualTerms are those on which a kind of assistance is usually given.
func usualTerms(k cooperation.Kind) cooperation.Terms {
	switch k {
	case cooperation.Finance:
		return cooperation.GrantTerms
	case cooperation.Equipment:
		return cooperation.InKind
	}
	return cooperation.Free
}

// create begins a draft.
func (p *pages) create(v *visit) (string, error) {
	if v.kindHere() == "offer" {
		return p.createOffer(v)
	}
	state, ok := reference.ParseCountry(v.PostForm("beneficiaries"))
	if !ok {
		return "", wrong([]cooperation.FieldError{{Field: "need.beneficiaries", Message: message.New("error.invalid.required")}})
	}
	content := cooperation.NeedContent{Beneficiaries: []reference.Country{state}, Title: strings.TrimSpace(v.PostForm("title")), ContentLanguage: reference.Language(v.words.Language()),
		Places: []cooperation.Place{{Country: state}}, FocalPoint: v.contactOfReader()}
	n, err := p.Platform.CreateNeed(v.Request.Context(), v.actor(), v.conv.ID, content, v.PostForm("key"))
	if err != nil {
		return "", ofKind("need", err)
	}
	return v.within("/needs/" + n.ID + "/edit"), nil
}

// contactOfReader is the reader as the one to write to, which he may change.
func (v *visit) contactOfReader() *cooperation.Contact {
	return &cooperation.Contact{Name: v.who.User.Name, Mail: v.who.User.Mail}
}

// createOffer begins the draft of an offer: a standing indication in the
// reader's language on the terms that are usual for what is given, all of which
// may be changed.
func (p *pages) createOffer(v *visit) (string, error) {
	content := cooperation.OfferContent{Provider: cooperation.Participant(v.PostForm("provider")), Title: strings.TrimSpace(v.PostForm("title")), Description: strings.TrimSpace(v.PostForm("description")),
		Type: cooperation.Standing, Firmness: cooperation.Indication, Languages: []reference.Language{reference.Language(v.words.Language())}, ContentLanguage: reference.Language(v.words.Language()), FocalPoint: v.contactOfReader()}
	if theme := v.PostForm("theme"); theme != "" {
		content.Themes = []string{theme}
	}
	if kind := cooperation.Kind(v.PostForm("kind")); kind != "" {
		content.Kinds, content.Terms = []cooperation.Outcome{{Kind: kind}}, usualTerms(kind)
	}
	o, err := p.Platform.CreateOffer(v.Request.Context(), v.actor(), v.conv.ID, content, v.PostForm("key"))
	if err != nil {
		return "", ofKind("offer", err)
	}
	return v.within("/offers/" + o.ID + "/edit"), nil
}

// ofKind names the fields of a refusal as those of a sort of posting, so that
// each has its label.
func ofKind(kind string, err error) error {
	var refusal *cooperation.Error
	if !errors.As(err, &refusal) {
		return err
	}
	e := &cooperation.Error{Code: refusal.Code, Message: refusal.Message}
	for _, f := range refusal.Fields {
		e.Fields = append(e.Fields, cooperation.FieldError{Field: kind + "." + f.Field, Message: f.Message})
	}
	return e
}

// mostEarlier is how many earlier postings a new one can be carried over from.
const mostEarlier = 10

// earlier are postings that can be carried over, the last changed first.
func (v *visit) earlier(kind string, sides []cooperation.Participant) ([]earlier, error) {
	var out []earlier
	q := catalogue.Query{Sort: catalogue.SortUpdated, Limit: catalogue.MaxLimit}
	add := func(status, id string, may bool, c card) {
		if may && status != "draft" && status != "submitted" && len(out) < mostEarlier {
			a := v.act(v.within("/"+kind+"s/new/carry"), "page.posting.carry", 0)
			a.Hidden = []hidden{{"from", id}, {"key", cooperation.NewID()}}
			out = append(out, earlier{c, a})
		}
	}
	if kind == "offer" {
		q.Provider = sides
		found, err := v.state.SearchOffers(v.actor(), q)
		for _, o := range found.Items {
			add(string(o.Status), o.ID, cooperation.MayOffer(v.actor(), cooperation.CarryOver, o), v.offerCard(o))
		}
		return out, err
	}
	for _, side := range sides {
		if c, ok := side.State(); ok {
			q.Country = append(q.Country, c)
		}
	}
	found, err := v.state.SearchNeeds(v.actor(), q)
	for _, n := range found.Items {
		add(string(n.Status), n.ID, cooperation.MayNeed(v.actor(), cooperation.CarryOver, n), v.needCard(n))
	}
	return out, err
}

// carry begins a draft from an earlier posting.
func (p *pages) carry(v *visit) (string, error) {
	ctx, from, key := v.Request.Context(), v.PostForm("from"), v.PostForm("key")
	if v.kindHere() == "offer" {
		o, err := p.Platform.CarryOverOffer(ctx, v.actor(), from, key)
		if err != nil {
			return "", err
		}
		return v.within("/offers/" + o.ID + "/edit"), nil
	}
	n, err := p.Platform.CarryOverNeed(ctx, v.actor(), from, key)
	if err != nil {
		return "", err
	}
	return v.within("/needs/" + n.ID + "/edit"), nil
}
