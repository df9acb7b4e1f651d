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
	"entente/reference"
)

// Recommendations are the steps of the texts that bodies hand on.
type Recommendations interface {
	CreateRecommendation(ctx context.Context, actor cooperation.Actor, convention string, output cooperation.Output, bodies []string, content cooperation.RecommendationContent, key string) (*cooperation.Recommendation, error)
	Recommendation(actor cooperation.Actor, id string) (*cooperation.Recommendation, error)
	ReplaceRecommendation(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, content cooperation.RecommendationContent) (*cooperation.Recommendation, error)
	TableRecommendation(ctx context.Context, actor cooperation.Actor, id string, match platform.Match) (*cooperation.Recommendation, error)
	ObjectToRecommendation(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, country reference.Country, text string) (*cooperation.Recommendation, error)
	LiftObjection(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, country reference.Country) (*cooperation.Recommendation, error)
	AdoptRecommendation(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, adoption cooperation.Adoption) (*cooperation.Recommendation, error)
	WithdrawRecommendation(ctx context.Context, actor cooperation.Actor, id string, match platform.Match, text string) (*cooperation.Recommendation, error)
}

// recommendations lists the texts of bodies.
type recommendations struct {
	Title, Lead string
	Tabs        []stepTab
	Cards       []card
	Next, First string
}

func (recommendations) template() string { return "recommendations" }

func (r recommendations) title() string { return r.Title }

// recommendation is a text of a body: what it says, and how far it has come.
type recommendation struct {
	Title, Language    string
	Status, StatusCode string
	Sort               string
	Back               link
	Facts              []fact
	Text, TextLanguage string
	Versions           []textVersion
	Standing           []said
	Open               bool // it is tabled: whether objections stand is of interest
	Before             []said
	Adoptions          []fact
	Ended              *said
	Edit               string
	Acts               []act
	History            string
}

// textVersion is a text in another language.
type textVersion struct{ Heading, Language, Title, Text string }

func (recommendation) template() string { return "recommendation" }

func (r recommendation) title() string { return r.Title }

// serveRecommendations adds the pages of the texts of bodies.
func (p *pages) serveRecommendations(engine *gin.Engine) {
	const at = "/c/:convention/recommendations"
	p.read(engine, at, p.recommendations)
	p.read(engine, at+"/:id", p.recommendation)
	p.serveRecommendationSteps(engine, at+"/:id")
	p.private(engine, at+"/:id/edit", p.editRecommendation)
	p.act(engine, at+"/:id/edit/save", "recommendation.replace", p.editRecommendation, p.replaceRecommendation)
	p.private(engine, "/c/:convention/committees/:body/draft", p.newRecommendation)
	p.act(engine, "/c/:convention/committees/:body/draft/save", "recommendation.create", p.newRecommendation, p.createRecommendation)
}

func (p *pages) today() cooperation.Date { return cooperation.DateOf(p.Platform.Now()) }

func (p *pages) recommendations(v *visit) error {
	q := catalogue.RecommendationQuery{Day: p.today(), Cursor: v.Query("cursor"), Limit: perPage}
	out := recommendations{Title: v.text("page.recommendations.title"), Lead: v.text("page.recommendations.lead")}
	out.Tabs = append(out.Tabs, stepTab{Link: link{v.within("/recommendations"), v.text("page.queue.all")}})
	for _, b := range v.conv.Committees {
		if !handsOn(&b) {
			continue
		}
		of := q
		of.Committee, of.Limit, of.Cursor = b.ID, 1, ""
		found, err := v.state.Recommendations(v.actor(), of)
		if err != nil {
			return err
		}
		tab := stepTab{Link: link{v.within("/recommendations?body=" + b.ID), v.in(b.Name)}, Count: found.Total, Chosen: v.Query("body") == b.ID}
		if tab.Chosen {
			q.Committee = b.ID
		}
		if tab.Chosen || tab.Count > 0 {
			out.Tabs = append(out.Tabs, tab)
		}
	}
	out.Tabs[0].Chosen = q.Committee == ""
	found, err := v.state.Recommendations(v.actor(), q)
	if err != nil {
		return err
	}
	for _, r := range found.Items {
		if shown := r.Shown(v.actor(), v.conv, q.Day); shown != nil {
			out.Cards = append(out.Cards, v.textCard(shown))
		}
	}
	if found.Next != "" {
		out.Next = v.here("cursor", found.Next)
	}
	if q.Cursor != "" {
		out.First = v.here("cursor", "")
	}
	p.show(v, http.StatusOK, out)
	return nil
}

// handsOn reports whether texts of a body are provided for.
func handsOn(b *cooperation.Committee) bool { return len(textOutputs(b)) > 0 }

// textOutputs are the texts that a body hands on.
func textOutputs(b *cooperation.Committee) []cooperation.Output {
	return slices.DeleteFunc(slices.Clone(b.Working.Outputs), func(o cooperation.Output) bool {
		return o != cooperation.Recommendations && o != cooperation.ConclusionsRecommendation
	})
}

// texts are the latest texts of a body at some steps that the reader sees.
func (p *pages) texts(v *visit, body string, most int, status ...cooperation.RecommendationStatus) ([]*cooperation.Recommendation, error) {
	found, err := v.state.Recommendations(v.actor(), catalogue.RecommendationQuery{Committee: body, Status: status, Day: p.today(), Limit: most})
	if err != nil {
		return nil, err
	}
	var out []*cooperation.Recommendation
	for _, r := range found.Items {
		if shown := r.Shown(v.actor(), v.conv, p.today()); shown != nil {
			out = append(out, shown)
		}
	}
	return out, nil
}

// mostTexts is how many texts stand on the page of a body.
const mostTexts = 5

// bodyTexts adds to the page of a body what it works on as a whole: the needs in
// aggregate, and its texts.
func (p *pages) bodyTexts(v *visit, b *cooperation.Committee, out *body) error {
	at := v.within("/committees/" + b.ID)
	out.Overview, out.Draft = at+"/overview", p.drafts(v, b)
	list, err := p.texts(v, b.ID, mostTexts)
	if err != nil {
		return err
	}
	out.Texts = v.textCards(list)
	if len(list) > 0 {
		out.AllTexts = v.within("/recommendations?body=" + b.ID)
	}
	if v.who.User != nil && !v.conv.ExaminesPairings(b) && handsOn(b) {
		out.Meeting = at + "/meeting"
	}
	return nil
}

// textMeeting goes through the texts that are before a body, one after the
// other.
func (p *pages) textMeeting(v *visit, b *cooperation.Committee) error {
	list, err := p.texts(v, b.ID, mostInMeeting, cooperation.RecommendationTabled)
	if err != nil {
		return err
	}
	list = slices.DeleteFunc(list, func(r *cooperation.Recommendation) bool { return !slices.Contains(r.Bodies, b.ID) })
	out := meeting{Title: v.in(b.Name), Back: link{v.within("/committees/" + b.ID), v.in(b.Name)}}
	if at := out.turn(v, len(list), "page.meeting.text_place"); at > 0 {
		page := p.textPage(v, list[at-1])
		page.Acts, page.Edit, page.Back = nil, "", link{v.within("/recommendations/" + list[at-1].ID), v.text("page.meeting.text")}
		out.Text = &page
	}
	p.show(v, http.StatusOK, out)
	return nil
}

// textCards are texts in short.
func (v *visit) textCards(list []*cooperation.Recommendation) []card {
	var out []card
	for _, r := range list {
		out = append(out, v.textCard(r))
	}
	return out
}

// textsToDecide are those on a desk: before a body on whose decision the reader
// has a part, or of a body for which he acts.
func (p *pages) textsToDecide(v *visit) ([]card, error) {
	list, err := p.texts(v, "", mostOnDesk, cooperation.RecommendationTabled, cooperation.RecommendationDraft)
	return v.textCards(slices.DeleteFunc(list, func(r *cooperation.Recommendation) bool {
		return !cooperation.MayConduct(v.actor(), v.conv, r, p.today()) && (r.Status != cooperation.RecommendationTabled || len(v.decidesFor(r, p.today())) == 0)
	})), err
}

// decidesFor are the States for which the reader has a part in the decision on
// a text.
func (v *visit) decidesFor(r *cooperation.Recommendation, today cooperation.Date) []reference.Country {
	var out []reference.Country
	for _, of := range v.speaksFor(cooperation.FocalPoint, cooperation.Approver, cooperation.CommitteeMember) {
		if c, ok := of.State(); ok && cooperation.MayObjectTo(v.actor(), v.conv, r, c, today) {
			out = append(out, c)
		}
	}
	return out
}

// textCard is a text in a list.
func (v *visit) textCard(r *cooperation.Recommendation) card {
	title, language := v.inOneLanguage(r.Title)
	c := card{Address: v.within("/recommendations/" + r.ID), Title: title, Language: language, Whose: all(v, message.Body, r.Bodies), Themes: all(v, message.Theme, r.Themes), Kinds: v.text("output." + string(r.Output)),
		Status: v.name(message.Status, "recommendation."+string(r.Status)), StatusCode: string(r.Status)}
	if c.Title == "" {
		c.Title = v.text("page.recommendation.untitled")
	}
	if r.Addressee != "" {
		c.Facts = add(v, c.Facts, "page.recommendation.addressee", v.name(message.Body, r.Addressee))
	}
	if n := len(r.Standing()); r.Status == cooperation.RecommendationTabled && n > 0 {
		c.Facts = add(v, c.Facts, "field.recommendation.objections", v.words.Integer(int64(n)))
	}
	return c
}

// inOneLanguage is a text in the reader's language or else in the first of the
// convention's in which there is one, and that language where it is another.
func (v *visit) inOneLanguage(n cooperation.Names) (text, language string) {
	own := reference.Language(v.words.Language())
	if n[own] != "" {
		return n[own], ""
	}
	for _, l := range v.conv.Languages {
		if n[l] != "" {
			return n[l], string(l)
		}
	}
	return "", ""
}

func (p *pages) recommendation(v *visit) error {
	r, err := p.Platform.Recommendation(v.actor(), v.Param("id"))
	if err != nil {
		return err
	}
	if r.Convention != v.conv.ID {
		return cooperation.Absent()
	}
	p.show(v, http.StatusOK, p.textPage(v, r))
	return nil
}

// textPage puts a text into words.
func (p *pages) textPage(v *visit, r *cooperation.Recommendation) recommendation {
	c := v.textCard(r)
	out := recommendation{Title: c.Title, Language: c.Language, Status: c.Status, StatusCode: c.StatusCode, Sort: c.Kinds, Open: r.Status == cooperation.RecommendationTabled && v.actor().Within(v.conv.ID),
		Back: link{v.within("/recommendations"), v.text("page.recommendations.title")}}
	out.Text, out.TextLanguage = v.inOneLanguage(r.Text)
	out.Facts = add(v, nil, "page.recommendation.bodies", c.Whose)
	out.Facts = add(v, out.Facts, "page.recommendation.addressee", v.name(message.Body, r.Addressee))
	if !r.Tabled.IsZero() {
		out.Facts = add(v, out.Facts, "page.recommendation.tabled", v.words.Date(r.Tabled))
	}
	if r.Round > 1 {
		out.Facts = add(v, out.Facts, "page.recommendation.round", v.words.Integer(int64(r.Round)))
	}
	out.Facts = add(v, out.Facts, "page.facet.theme", c.Themes)
	out.Facts = v.written(out.Facts, "field.recommendation.meeting", r.Meeting, "")
	if v.actor().Within(v.conv.ID) {
		out.Facts = add(v, out.Facts, "page.recommendation.missing", all(v, message.Language, r.MissingLanguages(v.conv)))
	}
	for _, l := range v.conv.Languages {
		if (r.Title[l] != "" || r.Text[l] != "") && string(l) != out.TextLanguage && (string(l) != v.words.Language() || r.Text[l] == "") {
			out.Versions = append(out.Versions, textVersion{v.name(message.Language, string(l)), string(l), r.Title[l], r.Text[l]})
		}
	}
	for _, o := range r.Objections {
		one := said{Who: v.country(o.Country), When: v.words.Date(o.Time), Text: o.Text}
		switch {
		case o.Round == r.Round && o.Lifted.IsZero():
			one.Stands = true
			out.Standing = append(out.Standing, one)
			continue
		case !o.Lifted.IsZero():
			one.Remark = v.text("page.recommendation.lifted")
		default:
			one.Remark = v.text("page.recommendation.earlier")
		}
		out.Before = append(out.Before, one)
	}
	for _, a := range r.Adoptions {
		value := []string{v.day(a.Date)}
		if a.Record != "" {
			value = append(value, a.Record)
		}
		out.Adoptions = append(out.Adoptions, fact{Label: v.name(message.Body, a.Body), Pieces: value})
	}
	if r.Ended != nil {
		out.Ended = &said{When: v.words.Date(r.Ended.Time), Text: r.Ended.Text, Remark: c.Status}
	}
	if v.who.User != nil {
		out.History = v.within("/recommendations/" + r.ID + "/history")
		out.Acts = p.textActs(v, r)
		if v.mayText(r, cooperation.Replace, p.Platform.Now()) {
			out.Edit = v.within("/recommendations/" + r.ID + "/edit")
		}
	}
	return out
}
