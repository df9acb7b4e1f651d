package web

import (
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"entente/cooperation"
	"entente/message"
	"entente/platform"
	"entente/reference"
)

// mayText reports whether the reader may take a step now, whatever he will fill
// in. The domain itself is asked, on a copy.
func (v *visit) mayText(of *cooperation.Recommendation, step cooperation.Action, now time.Time) bool {
	r := *of
	var err error
	switch step {
	case cooperation.Replace:
		err = r.Replace(v.conv, r.RecommendationContent, v.actor(), now)
	case cooperation.Table:
		err = r.Table(v.conv, v.actor(), now)
	case cooperation.Withdraw:
		err = r.Withdraw(v.conv, "", v.actor(), now)
	case cooperation.Adopt:
		err = r.Adopt(v.conv, cooperation.Adoption{}, v.actor(), now)
	default:
		return false
	}
	return err == nil || cooperation.CodeOf(err) == cooperation.Invalid
}

// textActs are the steps that the reader may take on a text.
func (p *pages) textActs(v *visit, r *cooperation.Recommendation) []act {
	at, now := v.within("/recommendations/"+r.ID), p.Platform.Now()
	var out []act
	if v.mayText(r, cooperation.Table, now) {
		a := v.act(at+"/table", "page.recommendation.table", r.Version)
		a.Main, a.Hint = true, v.text("page.recommendation.table_hint")
		out = append(out, a)
	}
	if r.Status == cooperation.RecommendationTabled {
		out = append(out, p.objectActs(v, r, at)...)
		out = append(out, p.adoptAct(v, r, at)...)
	}
	if v.mayText(r, cooperation.Withdraw, now) {
		out = append(out, v.act(at+"/withdraw", "page.recommendation.withdraw", r.Version, v.writing("page.recommendation.why", "page.recommendation.withdraw_hint", true)))
	}
	return out
}

// objectActs let a State stay out of the consensus, or join it after all.
func (p *pages) objectActs(v *visit, r *cooperation.Recommendation, at string) []act {
	var out []act
	country := field{Name: "country", Label: v.text("page.facet.country")}
	for _, c := range v.decidesFor(r, p.today()) {
		if !slices.ContainsFunc(r.Standing(), func(o cooperation.TextObjection) bool { return o.Country == c }) {
			country.Choices = append(country.Choices, choice{Tag: c.Alpha2(), Name: v.country(c)})
			continue
		}
		a := v.act(at+"/lift", "page.recommendation.object", r.Version)
		a.Label, a.Main = v.say(message.New("page.recommendation.lift", message.Of(message.Country, "country", c.Alpha2()))), true
		a.Hidden = []hidden{{"country", c.Alpha2()}}
		out = append(out, a)
	}
	switch text := v.writing("page.recommendation.reason", "page.recommendation.object_hint", false); len(country.Choices) {
	case 0:
		return out
	case 1:
		a := v.act(at+"/object", "page.recommendation.object", r.Version, text)
		a.Hidden = []hidden{{"country", country.Choices[0].Tag}}
		return append(out, a)
	default:
		return append(out, v.act(at+"/object", "page.recommendation.object", r.Version, country, text))
	}
}

// adoptAct records that a body has adopted the text. It is offered where
// nothing stands against that.
func (p *pages) adoptAct(v *visit, r *cooperation.Recommendation, at string) []act {
	body := field{Name: "body", Label: v.text("page.recommendation.body")}
	for _, id := range r.Bodies {
		b, known := v.conv.Committee(id)
		one := cooperation.Recommendation{Bodies: []string{id}}
		if known && !r.AdoptedBy(id) && cooperation.MayConduct(v.actor(), v.conv, &one, p.today()) && (!b.Working.Consensus || len(r.Standing()) == 0) {
			body.Choices = append(body.Choices, choice{Tag: id, Name: v.in(b.Name)})
		}
	}
	if len(body.Choices) == 0 || !v.mayText(r, cooperation.Adopt, p.Platform.Now()) {
		return nil
	}
	fields := []field{{Name: "date", Label: v.text("page.recommendation.adopted_on"), Type: "date", Value: p.today().String()},
		{Name: "record", Label: v.text("page.recommendation.record"), Most: 300, Optional: true, Hint: v.text("page.recommendation.record_hint")}}
	if len(body.Choices) > 1 {
		fields = append([]field{body}, fields...)
	}
	a := v.act(at+"/adopt", "page.recommendation.adopt", r.Version, fields...)
	if len(body.Choices) == 1 {
		a.Hidden = []hidden{{"body", body.Choices[0].Tag}}
	}
	return []act{a}
}

// serveRecommendationSteps adds the steps on a text.
func (p *pages) serveRecommendationSteps(engine *gin.Engine, at string) {
	step := func(action cooperation.Action, take func(v *visit, id string, match platform.Match) (*cooperation.Recommendation, error)) {
		p.act(engine, at+"/"+string(action), "recommendation."+string(action), p.recommendation, func(v *visit) (string, error) {
			_, err := take(v, v.Param("id"), v.match())
			return v.within("/recommendations/" + v.Param("id")), err
		})
	}
	country := func(v *visit) reference.Country {
		c, _ := reference.ParseCountry(v.PostForm("country")) // none is refused as such
		return c
	}
	step(cooperation.Table, func(v *visit, id string, match platform.Match) (*cooperation.Recommendation, error) {
		return p.Platform.TableRecommendation(v.Request.Context(), v.actor(), id, match)
	})
	step(cooperation.Object, func(v *visit, id string, match platform.Match) (*cooperation.Recommendation, error) {
		return p.Platform.ObjectToRecommendation(v.Request.Context(), v.actor(), id, match, country(v), v.PostForm("text"))
	})
	step(cooperation.Relent, func(v *visit, id string, match platform.Match) (*cooperation.Recommendation, error) {
		return p.Platform.LiftObjection(v.Request.Context(), v.actor(), id, match, country(v))
	})
	step(cooperation.Adopt, func(v *visit, id string, match platform.Match) (*cooperation.Recommendation, error) {
		return p.Platform.AdoptRecommendation(v.Request.Context(), v.actor(), id, match, cooperation.Adoption{Body: v.PostForm("body"), Date: v.date("date"), Record: v.PostForm("record")})
	})
	step(cooperation.Withdraw, func(v *visit, id string, match platform.Match) (*cooperation.Recommendation, error) {
		return p.Platform.WithdrawRecommendation(v.Request.Context(), v.actor(), id, match, v.PostForm("text"))
	})
}
