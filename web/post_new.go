package web

import (
	"errors"
	"net/http"

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

// beneficiaries are the States for which the reader may post needs.
func (v *visit) beneficiaries() []reference.Country {
	var out []reference.Country
	for _, p := range v.speaksFor(cooperation.FocalPoint, cooperation.Approver) {
		if c, ok := p.State(); ok {
			out = append(out, c)
		}
	}
	return out
}

// posts lead to where the reader may post something himself.
func (v *visit) posts(kinds ...string) []link {
	var out []link
	for _, kind := range kinds {
		if kind == "need" && len(v.beneficiaries()) > 0 {
			out = append(out, link{v.within("/needs/new"), v.text("page.posting.new.need")})
		}
	}
	return out
}

// newNeed asks for whom a need is posted, and what it is called.
func (p *pages) newNeed(v *visit) error {
	states := v.beneficiaries()
	if len(states) == 0 {
		return cooperation.Refuse(cooperation.Forbidden, "error.forbidden.action")
	}
	of := field{Name: "beneficiary", Label: v.words.FieldLabel("need.beneficiaries")}
	for _, s := range states {
		of.Choices = append(of.Choices, choice{Tag: s.Alpha2(), Name: s.Name(v.words.Language()), Chosen: len(states) == 1})
	}
	title := field{Name: "title", Label: v.words.FieldLabel("need.title"), Most: 300, Hint: v.text("page.posting.hint.need.title")}
	out := postingNew{Title: v.text("page.posting.new.need"), Lead: v.text("page.posting.new.need.lead"), Start: v.act(v.within("/needs/new/create"), "page.posting.start", 0, of, title)}
	out.Start.Hidden = []hidden{{"key", cooperation.NewID()}}
	earlier, err := p.earlierNeeds(v, states)
	if err != nil {
		return err
	}
	out.Earlier = earlier
	p.show(v, http.StatusOK, out)
	return nil
}

// createNeed begins a draft.
func (p *pages) createNeed(v *visit) (string, error) {
	state, ok := reference.ParseCountry(v.PostForm("beneficiary"))
	if !ok {
		return "", wrong([]cooperation.FieldError{{Field: "need.beneficiary", Message: message.New("error.invalid.required")}})
	}
	content := cooperation.NeedContent{Beneficiaries: []reference.Country{state}, Title: v.PostForm("title"), ContentLanguage: reference.Language(v.words.Language()),
		Places: []cooperation.Place{{Country: state}}, FocalPoint: &cooperation.Contact{Name: v.who.User.Name, Mail: v.who.User.Mail}}
	n, err := p.Platform.CreateNeed(v.Request.Context(), v.actor(), v.conv.ID, content, v.PostForm("key"))
	if err != nil {
		return "", ofKind("need", err)
	}
	return v.within("/needs/" + n.ID + "/edit"), nil
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

// earlierNeeds are needs that can be carried over, the last changed first.
func (p *pages) earlierNeeds(v *visit, states []reference.Country) ([]earlier, error) {
	found, err := v.state.SearchNeeds(v.actor(), catalogue.Query{Country: states, Sort: catalogue.SortUpdated, Limit: catalogue.MaxLimit})
	if err != nil {
		return nil, err
	}
	var out []earlier
	for _, n := range found.Items {
		if n.Status == cooperation.NeedDraft || n.Status == cooperation.NeedSubmitted || !cooperation.MayNeed(v.actor(), cooperation.CarryOver, n) || len(out) == mostEarlier {
			continue
		}
		a := v.act(v.within("/needs/new/carry"), "page.posting.carry", 0)
		a.Hidden = []hidden{{"from", n.ID}, {"key", cooperation.NewID()}}
		out = append(out, earlier{v.needCard(n), a})
	}
	return out, nil
}

// carryNeed begins a draft from an earlier need.
func (p *pages) carryNeed(v *visit) (string, error) {
	n, err := p.Platform.CarryOverNeed(v.Request.Context(), v.actor(), v.PostForm("from"), v.PostForm("key"))
	if err != nil {
		return "", err
	}
	return v.within("/needs/" + n.ID + "/edit"), nil
}
