package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"entente/cooperation"
	"entente/message"
	"entente/platform"
)

// Weightings say how the parts of a score count.
type Weightings interface {
	Weights(actor cooperation.Actor, convention string) (*cooperation.AdoptedWeights, error)
	WeightsHistory(ctx context.Context, actor cooperation.Actor, convention string) ([]*cooperation.AdoptedWeights, int, error)
	AdoptWeights(ctx context.Context, actor cooperation.Actor, convention string, match platform.Match, file cooperation.WeightsFile, reason string) (*cooperation.AdoptedWeights, error)
	PreviewWeights(ctx context.Context, actor cooperation.Actor, convention string, file cooperation.WeightsFile, most int) (*platform.WeightsEffect, error)
}

// weightsPage shows how the parts of a score count, and what others would do.
type weightsPage struct {
	Title   string
	Back    link
	In      []fact // force
	Lead    string
	Try     act
	Effect  []fact
	Moved   []movedRow
	Tried   bool
	Adopt   act
	History []adoption
}

// movedRow is a need whose first place another offer would take.
type movedRow struct {
	Need          link
	Before, After string
}

// adoption is one of the weights that were adopted.
type adoption struct{ When, Reason string }

func (weightsPage) template() string { return "office-weights" }

func (w weightsPage) title() string { return w.Title }

func (p *pages) serveWeights(engine *gin.Engine, at string) {
	p.private(engine, at, p.weights)
	p.act(engine, at+"/adopt", "office.weights", p.weights, func(v *visit) (string, error) {
		file, err := p.weightsOf(v)
		if err != nil {
			return "", err
		}
		_, err = p.Platform.AdoptWeights(v.Request.Context(), v.actor(), v.conv.ID, v.match(), file, v.PostForm("reason"))
		return v.within("/office/weights"), err
	})
	p.act(engine, at+"/try", "", p.weights, func(v *visit) (string, error) {
		if !p.weighs(v) {
			return "", cooperation.Refuse(cooperation.Forbidden, "error.forbidden.action")
		}
		file, err := p.weightsOf(v)
		if err == nil {
			err = file.Check()
		}
		q := url.Values{}
		for _, part := range weightParts(&file.Weights) {
			q.Set(part.name, v.PostForm("weights."+part.name))
		}
		return v.within("/office/weights?") + q.Encode(), err
	})
}

// weighs reports whether the reader may try and adopt weights: the secretariat,
// and the chair of the body that the profile names.
func (p *pages) weighs(v *visit) bool {
	_, may := cooperation.MayAdoptWeights(v.actor(), v.conv, cooperation.DateOf(p.Platform.Now()))
	return may
}

// weightPart is one of the parts of a score and what it counts, in millionths.
type weightPart struct {
	name string
	of   *int64
}

func weightParts(w *cooperation.Weights) []weightPart {
	return []weightPart{{"theme", &w.Theme}, {"kind", &w.Kind}, {"language", &w.Language}, {"region", &w.Region}, {"size", &w.Size}, {"time", &w.Time}, {"record", &w.Record}, {"fairness", &w.Fairness}}
}

// weightsOf are the weights of a form; all else is as it is in force.
func (p *pages) weightsOf(v *visit) (cooperation.WeightsFile, error) {
	return p.weightsFrom(v, func(part string) string { return v.PostForm("weights." + part) })
}

func (p *pages) weightsFrom(v *visit, given func(part string) string) (cooperation.WeightsFile, error) {
	now, err := p.Platform.Weights(v.actor(), v.conv.ID)
	if err != nil {
		return cooperation.WeightsFile{}, err
	}
	file := now.WeightsFile
	var mistakes []cooperation.FieldError
	for _, part := range weightParts(&file.Weights) {
		millionths, ok := percents(given(part.name))
		if !ok {
			mistakes = append(mistakes, cooperation.FieldError{Field: "weights." + part.name, Message: message.New("page.office.weights.no_percentage")})
		}
		*part.of = millionths
	}
	return file, wrong(mistakes)
}

// percents reads a percentage with up to four decimals, in millionths.
func percents(written string) (millionths int64, ok bool) {
	whole, decimals, _ := strings.Cut(strings.NewReplacer(",", ".", "٫", ".").Replace(latinDigits(strings.TrimSpace(written))), ".")
	if whole == "" || len(whole) > 3 || len(decimals) > 4 {
		return 0, false
	}
	n, err := strconv.ParseUint(whole+decimals+strings.Repeat("0", 4-len(decimals)), 10, 32)
	return int64(n), err == nil && n <= cooperation.WeightsTotal
}

// percentage writes millionths as percents does read them.
func percentage(millionths int64) string {
	s := strconv.FormatInt(millionths/10_000, 10)
	if rest := millionths % 10_000; rest > 0 {
		s += "." + strings.TrimRight(strconv.FormatInt(10_000+rest, 10)[1:], "0")
	}
	return s
}

func (p *pages) weights(v *visit) error {
	if !p.weighs(v) && !cooperation.MaySeeOffice(v.actor(), v.conv.ID) {
		return cooperation.Refuse(cooperation.Forbidden, "error.forbidden.action")
	}
	now, err := p.Platform.Weights(v.actor(), v.conv.ID)
	if err != nil {
		return err
	}
	out := weightsPage{Title: v.text("page.office.weights.title"), Back: v.toOffice()}
	given := map[string]string{}
	var fields []field
	for _, part := range weightParts(&now.Weights) {
		label := v.text("match.part." + part.name + ".label")
		out.In = append(out.In, fact{Label: label, Value: v.words.Percent(*part.of)})
		given[part.name] = percentage(*part.of)
		if asked := v.Query(part.name); asked != "" {
			given[part.name], out.Tried = clipped(asked, 10), true
		}
		if posted := v.PostForm("weights." + part.name); posted != "" {
			given[part.name] = clipped(posted, 10)
		}
		fields = append(fields, field{Name: "weights." + part.name, Label: label, Value: given[part.name], Mode: "decimal", Most: 10})
	}
	out.Try = v.act(v.within("/office/weights/try"), "page.office.weights.try", 0, fields...)
	out.Try.Hint, out.Try.Open = v.text("page.office.weights.hint"), true
	out.Tried = out.Tried || slices.Contains([]string{v.within("/office/weights/adopt")}, v.Request.URL.Path)
	if out.Tried {
		if err := p.effect(v, &out, given); err != nil && v.status == 0 {
			return err
		}
		out.Adopt = v.act(v.within("/office/weights/adopt"), "page.office.weights.adopt", now.Version, field{Name: "reason", Label: v.text("page.office.weights.reason"), Type: "textarea", Rows: 3, Most: 2000})
		for _, part := range weightParts(&now.Weights) {
			out.Adopt.Hidden = append(out.Adopt.Hidden, hidden{"weights." + part.name, given[part.name]})
		}
	}
	before, _, err := p.Platform.WeightsHistory(v.Request.Context(), v.actor(), v.conv.ID)
	if err != nil {
		return err
	}
	for _, w := range before {
		out.History = append(out.History, adoption{v.words.DateTime(w.Time), w.Reason})
	}
	p.show(v, http.StatusOK, out)
	return nil
}

// mostMoved is how many needs with another first place are listed.
const mostMoved = 20

// effect says what the weights that are tried would do.
func (p *pages) effect(v *visit, out *weightsPage, given map[string]string) error {
	file, err := p.weightsFrom(v, func(part string) string { return given[part] })
	if err != nil {
		return err
	}
	e, err := p.Platform.PreviewWeights(v.Request.Context(), v.actor(), v.conv.ID, file, mostMoved)
	if err != nil {
		return err
	}
	number := func(key string, n int) { out.Effect = add(v, out.Effect, key, v.words.Integer(int64(n))) }
	number("page.office.weights.needs", e.Matched)
	number("page.office.weights.changed", e.Changed)
	out.Effect = add(v, out.Effect, "page.office.weights.providers", v.words.Integer(int64(e.Before.Providers))+" → "+v.words.Integer(int64(e.After.Providers)))
	out.Effect = add(v, out.Effect, "page.plan.top_five", v.words.Percent(e.Before.TopFive)+" → "+v.words.Percent(e.After.TopFive))
	offer := func(id string) string {
		if o, _, err := p.Platform.Offer(v.actor(), id); err == nil {
			return o.Title + " (" + v.name(message.Party, string(o.Provider)) + ")"
		}
		return v.text("page.office.weights.withheld")
	}
	for _, m := range e.Moved {
		if n, _, err := p.Platform.Need(v.actor(), m.Need); err == nil {
			out.Moved = append(out.Moved, movedRow{link{v.within("/needs/" + n.ID), n.Title}, offer(m.Before.ID), offer(m.After.ID)})
		}
	}
	return nil
}
