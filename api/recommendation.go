package api

import (
	"context"

	"entente/catalogue"
	"entente/cooperation"
	"entente/message"
	"entente/platform"
	"entente/reference"
)

// recommendations are the use cases of the texts of bodies; see platform for
// what each one promises.
type recommendations interface {
	CreateRecommendation(ctx context.Context, actor cooperation.Actor, convention string, output cooperation.Output, bodies []string, content cooperation.RecommendationContent, key string) (*cooperation.Recommendation, error)
	Recommendation(actor cooperation.Actor, id string) (*cooperation.Recommendation, error)
	ReplaceRecommendation(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, content cooperation.RecommendationContent) (*cooperation.Recommendation, error)
	TableRecommendation(ctx context.Context, actor cooperation.Actor, id string, match platform.Match) (*cooperation.Recommendation, error)
	ObjectToRecommendation(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, country reference.Country, text string) (*cooperation.Recommendation, error)
	LiftObjection(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, country reference.Country) (*cooperation.Recommendation, error)
	AdoptRecommendation(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, adoption cooperation.Adoption) (*cooperation.Recommendation, error)
	WithdrawRecommendation(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, text string) (*cooperation.Recommendation, error)
}

// ListRecommendations lists the texts of bodies.
func (a *api) ListRecommendations(ctx context.Context, r ListRecommendationsRequestObject) (ListRecommendationsResponseObject, error) {
	c, _ := callOf(ctx)
	conv, err := c.served(r.Params.Convention)
	if err != nil {
		return nil, err
	}
	state, _ := a.platform.State(conv.ID)
	page, err := state.Recommendations(c.actor, catalogue.RecommendationQuery{Committee: r.Params.Committee, Output: cooperation.Output(r.Params.Output),
		Status: codesOf[cooperation.RecommendationStatus](r.Params.Status), Day: a.today(), Cursor: r.Params.Cursor, Limit: r.Params.Limit})
	if err != nil {
		return nil, err
	}
	out := ListRecommendations200JSONResponse{Items: []Recommendation{}, Next: page.Next, Total: page.Total}
	for _, found := range page.Items {
		if shown := found.Shown(c.actor, conv, a.today()); shown != nil {
			out.Items = append(out.Items, c.recommendationView(shown))
		}
	}
	return out, nil
}

// CreateRecommendation drafts a text.
func (a *api) CreateRecommendation(ctx context.Context, r CreateRecommendationRequestObject) (CreateRecommendationResponseObject, error) {
	c, ctx := callOf(ctx)
	if _, err := c.served(r.Body.Convention); err != nil {
		return nil, err
	}
	content := cooperation.RecommendationContent{Title: namesOf(r.Body.Title), Text: namesOf(r.Body.Text), Themes: r.Body.Themes, Meeting: r.Body.Meeting}
	made, err := a.platform.CreateRecommendation(ctx, c.actor, r.Body.Convention, cooperation.Output(r.Body.Output), r.Body.Bodies, content, r.Params.IdempotencyKey)
	if err != nil {
		return nil, err
	}
	c.created("recommendations", &made.Meta)
	return CreateRecommendation201JSONResponse(c.recommendationView(made)), nil
}

// GetRecommendation gives a text.
func (a *api) GetRecommendation(ctx context.Context, r GetRecommendationRequestObject) (GetRecommendationResponseObject, error) {
	c, _ := callOf(ctx)
	found, err := a.platform.Recommendation(c.actor, r.ID)
	if err != nil {
		return nil, err
	}
	c.stamp(&found.Meta)
	if known(r.Params.IfNoneMatch, found.Version) {
		return GetRecommendation304Response{}, nil
	}
	return GetRecommendation200JSONResponse{RecommendationDocumentJSONResponse(c.recommendationView(found))}, nil
}

// ReplaceRecommendation changes a draft, or modifies a text that is tabled.
func (a *api) ReplaceRecommendation(ctx context.Context, r ReplaceRecommendationRequestObject) (ReplaceRecommendationResponseObject, error) {
	c, ctx := callOf(ctx)
	content := cooperation.RecommendationContent{Title: namesOf(r.Body.Title), Text: namesOf(r.Body.Text), Themes: r.Body.Themes, Meeting: r.Body.Meeting}
	v, err := c.changedText(a.platform.ReplaceRecommendation(ctx, c.actor, r.ID, expected(r.Params.IfMatch), content))
	if err != nil {
		return nil, err
	}
	return ReplaceRecommendation200JSONResponse{v}, nil
}

// TableRecommendation puts a text before its bodies.
func (a *api) TableRecommendation(ctx context.Context, r TableRecommendationRequestObject) (TableRecommendationResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.changedText(a.platform.TableRecommendation(ctx, c.actor, r.ID, expected(r.Params.IfMatch)))
	if err != nil {
		return nil, err
	}
	return TableRecommendation200JSONResponse{v}, nil
}

// ObjectToRecommendation records an objection.
func (a *api) ObjectToRecommendation(ctx context.Context, r ObjectToRecommendationRequestObject) (ObjectToRecommendationResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.changedText(a.platform.ObjectToRecommendation(ctx, c.actor, r.ID, expected(r.Params.IfMatch), r.Body.Country, r.Body.Text))
	if err != nil {
		return nil, err
	}
	return ObjectToRecommendation200JSONResponse{v}, nil
}

// LiftObjection takes an objection back.
func (a *api) LiftObjection(ctx context.Context, r LiftObjectionRequestObject) (LiftObjectionResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.changedText(a.platform.LiftObjection(ctx, c.actor, r.ID, expected(r.Params.IfMatch), r.Body.Country))
	if err != nil {
		return nil, err
	}
	return LiftObjection200JSONResponse{v}, nil
}

// AdoptRecommendation records an adoption.
func (a *api) AdoptRecommendation(ctx context.Context, r AdoptRecommendationRequestObject) (AdoptRecommendationResponseObject, error) {
	c, ctx := callOf(ctx)
	adoption := cooperation.Adoption{Body: r.Body.Body, Date: r.Body.Date, Record: r.Body.Record}
	v, err := c.changedText(a.platform.AdoptRecommendation(ctx, c.actor, r.ID, expected(r.Params.IfMatch), adoption))
	if err != nil {
		return nil, err
	}
	return AdoptRecommendation200JSONResponse{v}, nil
}

// WithdrawRecommendation takes a text back.
func (a *api) WithdrawRecommendation(ctx context.Context, r WithdrawRecommendationRequestObject) (WithdrawRecommendationResponseObject, error) {
	c, ctx := callOf(ctx)
	v, err := c.changedText(a.platform.WithdrawRecommendation(ctx, c.actor, r.ID, expected(r.Params.IfMatch), given(r.Body).Text))
	if err != nil {
		return nil, err
	}
	return WithdrawRecommendation200JSONResponse{v}, nil
}

// changedText is the answer to a command.
func (c *call) changedText(changed *cooperation.Recommendation, err error) (RecommendationDocumentJSONResponse, error) {
	if err != nil {
		return RecommendationDocumentJSONResponse{}, err
	}
	c.stamp(&changed.Meta)
	return RecommendationDocumentJSONResponse(c.recommendationView(changed)), nil
}

// namesOf is a text by language as the domain has it.
func namesOf(texts map[string]string) cooperation.Names {
	if texts == nil {
		return nil
	}
	out := cooperation.Names{}
	for lang, text := range texts {
		out[reference.Language(lang)] = text
	}
	return out
}

// officialText is namesOf back.
func officialText(names cooperation.Names) OfficialText {
	out := OfficialText{}
	for lang, text := range names {
		out[string(lang)] = text
	}
	return out
}

// recommendationView puts a text into its answer.
func (c *call) recommendationView(r *cooperation.Recommendation) Recommendation {
	title, text := r.In(c.convention, reference.Language(c.words.Language()))
	v := Recommendation{ID: r.ID, Convention: r.Convention, Version: r.Version, Created: r.Created, Updated: r.Updated, CreatedBy: r.CreatedBy,
		Output: TextOutput(r.Output), Bodies: []Named{}, Addressee: c.named(message.Body, r.Addressee), Status: RecommendationStatus(r.Status),
		Title: officialText(r.Title), Text: officialText(r.Text), Themes: present(r.Themes), Meeting: r.Meeting, Round: r.Round, Tabled: r.Tabled,
		Objections: []TextObjection{}, Adoptions: []TextAdoption{}, MissingLanguages: []Named{},
		Labels: TextLabels{Title: title, Text: text, Status: c.name(message.Status, "recommendation."+string(r.Status)), Output: c.say(message.New("output." + string(r.Output)))}}
	if r.Ended != nil {
		v.Ended = r.Ended.Text
	}
	for _, id := range r.Bodies {
		v.Bodies = append(v.Bodies, c.named(message.Body, id))
	}
	for _, o := range r.Objections {
		v.Objections = append(v.Objections, TextObjection{Round: o.Round, Country: o.Country, Name: o.Country.Name(c.words.Language()), Text: o.Text, By: o.By, Time: o.Time,
			Lifted: o.Lifted, Standing: o.Round == r.Round && o.Lifted.IsZero()})
	}
	for _, a := range r.Adoptions {
		v.Adoptions = append(v.Adoptions, TextAdoption{Body: a.Body, Name: c.name(message.Body, a.Body), Date: a.Date, Record: a.Record, By: a.By, Time: a.Time})
	}
	for _, lang := range r.MissingLanguages(c.convention) {
		v.MissingLanguages = append(v.MissingLanguages, c.named(message.Language, string(lang)))
	}
	return v
}
