package web

import (
	"net/http"
	"slices"
	"strings"

	"entente/cooperation"
	"entente/message"
	"entente/reference"
)

// recommendationForm is the page on which a text is written, in as many of the
// convention's languages as there is one.
type recommendationForm struct {
	Title    string
	Back     link
	Lead     string
	Address  string
	Version  uint64
	Key      string
	Output   string // where the body hands on texts of one kind only
	First    []field
	Versions []textFields
	Last     []field
}

// textFields are the fields of one language.
type textFields struct {
	Heading, Language string
	Fields            []field
	Open              bool
}

func (recommendationForm) template() string { return "recommendation-form" }

func (f recommendationForm) title() string { return f.Title }

// drafts is where the reader may draft a text of a body; "" where he may not,
// or where the body hands none on.
func (p *pages) drafts(v *visit, b *cooperation.Committee) string {
	one := cooperation.Recommendation{Bodies: []string{b.ID}}
	if v.who.User == nil || !handsOn(b) || !cooperation.MayConduct(v.actor(), v.conv, &one, p.today()) {
		return ""
	}
	return v.within("/committees/" + b.ID + "/draft")
}

func (p *pages) newRecommendation(v *visit) error {
	b, known := v.conv.Committee(v.Param("body"))
	if !known {
		return cooperation.Absent()
	}
	at := p.drafts(v, &b)
	if at == "" {
		return cooperation.Refuse(cooperation.Forbidden, "error.forbidden.action")
	}
	out := recommendationForm{Title: v.text("page.recommendation.new"), Back: link{v.within("/committees/" + b.ID), v.in(b.Name)}, Lead: v.text("page.recommendation.new_lead"), Address: at + "/save", Key: cooperation.NewID()}
	if key := v.PostForm("key"); key != "" {
		out.Key = key
	}
	output := field{Name: "output", Label: v.text("field.recommendation.output"), Type: "radio"}
	for i, o := range textOutputs(&b) {
		output.Choices = append(output.Choices, choice{Tag: string(o), Name: v.text("output." + string(o)), Chosen: i == 0})
	}
	if len(output.Choices) == 1 {
		out.Output = output.Choices[0].Tag
	} else {
		out.First = append(out.First, v.filled(output))
	}
	if b.Working.JointConclusions {
		with := field{Name: "bodies", Label: v.text("page.recommendation.jointly"), Type: "checks", Optional: true}
		for _, other := range v.conv.Committees {
			if other.ID != b.ID && other.Working.JointConclusions && handsOn(&other) {
				with.Choices = append(with.Choices, choice{Tag: other.ID, Name: v.in(other.Name)})
			}
		}
		if len(with.Choices) > 0 {
			out.First = append(out.First, v.filled(with))
		}
	}
	v.textForm(&out, &cooperation.RecommendationContent{})
	p.show(v, http.StatusOK, out)
	return nil
}

func (p *pages) editRecommendation(v *visit) error {
	r, err := p.Platform.Recommendation(v.actor(), v.Param("id"))
	switch {
	case err != nil:
		return err
	case r.Convention != v.conv.ID:
		return cooperation.Absent()
	case v.posted == nil && !v.mayText(r, cooperation.Replace, p.Platform.Now()):
		return cooperation.Refuse(cooperation.Forbidden, "error.forbidden.action")
	}
	at := v.within("/recommendations/" + r.ID)
	out := recommendationForm{Title: v.text("page.recommendation.edit"), Back: link{at, v.textCard(r).Title}, Address: at + "/edit/save", Version: r.Version}
	if r.Status == cooperation.RecommendationTabled {
		out.Title, out.Lead = v.text("page.recommendation.modify"), v.text("page.recommendation.modify_lead")
	}
	v.textForm(&out, &r.RecommendationContent)
	p.show(v, http.StatusOK, out)
	return nil
}

// textForm asks for what a text says.
func (v *visit) textForm(out *recommendationForm, c *cooperation.RecommendationContent) {
	own := reference.Language(v.words.Language())
	languages := slices.Clone(v.conv.Languages)
	if i := slices.Index(languages, own); i > 0 { // the reader's own stands first
		languages = slices.Insert(slices.Delete(languages, i, i+1), 0, own)
	}
	for _, l := range languages {
		one := textFields{Heading: v.name(message.Language, string(l)), Language: string(l), Open: string(l) == v.words.Language() || c.Title[l] != "" || c.Text[l] != "", Fields: []field{
			v.filled(field{Name: "title." + string(l), Label: v.text("field.recommendation.title"), Value: c.Title[l], Most: 500, Optional: true}),
			v.filled(field{Name: "text." + string(l), Label: v.text("field.recommendation.text"), Type: "textarea", Rows: 10, Value: c.Text[l], Most: 20000, Optional: true})}}
		one.Open = one.Open || slices.ContainsFunc(one.Fields, func(f field) bool { return f.Mistake != "" || f.Value != "" })
		out.Versions = append(out.Versions, one)
	}
	if !slices.ContainsFunc(out.Versions, func(t textFields) bool { return t.Open }) && len(out.Versions) > 0 {
		out.Versions[0].Open = true
	}
	themes := field{Name: "themes", Label: v.text("field.recommendation.themes"), Type: "checks", Optional: true}
	for _, t := range v.conv.Themes {
		if t.Parent == "" || slices.Contains(c.Themes, t.ID) {
			themes.Choices = append(themes.Choices, choice{Tag: t.ID, Name: v.in(t.Name), Chosen: slices.Contains(c.Themes, t.ID)})
		}
	}
	out.Last = []field{v.filled(field{Name: "meeting", Label: v.text("field.recommendation.meeting"), Most: 300, Optional: true, Value: c.Meeting, Hint: v.text("page.recommendation.meeting_hint")}), v.filled(themes)}
}

// textRead is what the form of a text says.
func (v *visit) textRead() cooperation.RecommendationContent {
	c := cooperation.RecommendationContent{Title: cooperation.Names{}, Text: cooperation.Names{}, Themes: v.PostFormArray("themes"), Meeting: strings.TrimSpace(v.PostForm("meeting"))}
	for _, l := range v.conv.Languages {
		for name, names := range map[string]cooperation.Names{"title.": c.Title, "text.": c.Text} {
			if text := strings.TrimSpace(strings.ReplaceAll(v.PostForm(name+string(l)), "\r\n", "\n")); text != "" {
				names[l] = text
			}
		}
	}
	return c
}

func (p *pages) createRecommendation(v *visit) (string, error) {
	bodies := append([]string{v.Param("body")}, v.PostFormArray("bodies")...)
	r, err := p.Platform.CreateRecommendation(v.Request.Context(), v.actor(), v.conv.ID, cooperation.Output(v.PostForm("output")), bodies, v.textRead(), v.PostForm("key"))
	if err != nil {
		return "", err
	}
	return v.within("/recommendations/" + r.ID), nil
}

func (p *pages) replaceRecommendation(v *visit) (string, error) {
	r, err := p.Platform.ReplaceRecommendation(v.Request.Context(), v.actor(), v.Param("id"), v.match(), v.textRead())
	if err != nil {
		return "", err
	}
	return v.within("/recommendations/" + r.ID), nil
}
