package cooperation

import (
	"slices"
	"strings"
	"time"

	"entente/message"
	"entente/reference"
)

// DraftRecommendation starts a text of one body or of several. It is addressed
// to the body to which the first reports.
func DraftRecommendation(id string, c *Convention, output Output, bodies []string, content RecommendationContent, actor Actor, now time.Time) (*Recommendation, error) {
	r := &Recommendation{Meta: newMeta(id, c.ID, actor, now), RecommendationContent: content, Output: output, Bodies: bodies, Status: RecommendationDraft}
	if err := authorise(MayConduct(actor, c, r, DateOf(now))); err != nil {
		return nil, err
	}
	m := content.check(c, false)
	if known := c.recommends(&m, output, bodies); len(known) > 0 {
		r.Addressee = known[0].Working.ReportsTo
	}
	return r, m.err()
}

// Replace puts new content in place of the old. A text that is tabled is
// modified by that: it is before the bodies anew, what stood against it stands
// no more, and what was adopted has to be adopted again.
func (r *Recommendation) Replace(c *Convention, content RecommendationContent, actor Actor, now time.Time) error {
	if err := r.gate(c, actor, Replace, now, RecommendationDraft, RecommendationTabled); err != nil {
		return err
	}
	tabled := r.Status == RecommendationTabled
	m := content.check(c, tabled)
	if err := m.err(); err != nil {
		return err
	}
	r.RecommendationContent = content
	if tabled {
		r.Round, r.Tabled, r.Adoptions = r.Round+1, stamp(now), nil
	}
	r.touch(now)
	return nil
}

// Table puts the text before the bodies.
func (r *Recommendation) Table(c *Convention, actor Actor, now time.Time) error {
	if err := r.gate(c, actor, Table, now, RecommendationDraft); err != nil {
		return err
	}
	m := r.check(c, true)
	if err := m.err(); err != nil {
		return err
	}
	r.Status, r.Round, r.Tabled = RecommendationTabled, 1, stamp(now)
	r.touch(now)
	return nil
}

// Object records that a State that takes part in the decision does not join
// the consensus, and why.
func (r *Recommendation) Object(c *Convention, country reference.Country, text string, actor Actor, now time.Time) error {
	if !SeesRecommendation(actor, c, r, DateOf(now)) {
		return absent()
	}
	if err := authorise(MayObjectTo(actor, c, r, country, DateOf(now))); err != nil {
		return err
	}
	if r.Status != RecommendationTabled {
		return refused("recommendation", string(Object), string(r.Status))
	}
	o := TextObjection{Round: r.Round, Country: country, Text: strings.TrimSpace(text), By: actor.ID, Time: stamp(now)}
	m := checkShape(&o)
	if slices.ContainsFunc(r.Standing(), func(o TextObjection) bool { return o.Country == country }) {
		m.add("country", "error.invalid.duplicate")
	}
	if len(r.Objections) >= mostNamed {
		m.add("text", "error.invalid.too_many", message.Int("max", mostNamed))
	}
	if err := m.err(); err != nil {
		return err
	}
	r.Objections = append(slices.Clip(r.Objections), o)
	r.touch(now)
	return nil
}

// Lift takes the objection of a State back.
func (r *Recommendation) Lift(c *Convention, country reference.Country, actor Actor, now time.Time) error {
	if !SeesRecommendation(actor, c, r, DateOf(now)) {
		return absent()
	}
	if err := authorise(MayObjectTo(actor, c, r, country, DateOf(now))); err != nil {
		return err
	}
	at := slices.IndexFunc(r.Objections, func(o TextObjection) bool {
		return o.Country == country && o.Round == r.Round && o.Lifted.IsZero()
	})
	if r.Status != RecommendationTabled || at < 0 {
		return refused("recommendation", string(Relent), string(r.Status))
	}
	r.Objections = slices.Clone(r.Objections)
	r.Objections[at].Lifted = stamp(now)
	r.touch(now)
	return nil
}

// Adopt records that a body has adopted the text. A body that decides by
// consensus cannot as long as an objection stands: a text without consensus is
// modified or withdrawn. When all bodies have, it is adopted.
func (r *Recommendation) Adopt(c *Convention, a Adoption, actor Actor, now time.Time) error {
	if err := r.gate(c, actor, Adopt, now, RecommendationTabled); err != nil {
		return err
	}
	a.Record, a.By, a.Time = strings.TrimSpace(a.Record), actor.ID, stamp(now)
	m := checkShape(&a)
	body, known := c.Committee(a.Body)
	switch {
	case !known || !slices.Contains(r.Bodies, a.Body):
		m.add("body", "error.invalid.not_one_of", message.Of(message.Text, "allowed", strings.Join(r.Bodies, ", ")))
	case r.AdoptedBy(a.Body):
		m.add("body", "error.invalid.duplicate")
	}
	if a.Date.IsZero() || DateOf(now).Before(a.Date) {
		m.add("date", "error.invalid.past_date")
	}
	if err := m.err(); err != nil {
		return err
	}
	if err := authorise(conducts(actor, c, &body, DateOf(now))); err != nil {
		return err
	}
	if standing := r.Standing(); body.Working.Consensus && len(standing) > 0 {
		var codes []string
		for _, o := range standing {
			codes = append(codes, o.Country.Alpha2())
		}
		return Refuse(State, "error.state.no_consensus", message.List(message.Countries, "countries", codes...), message.Of(message.Text, "source", body.RuleSource()))
	}
	r.Adoptions = append(slices.Clip(r.Adoptions), a)
	if len(r.Adoptions) == len(r.Bodies) {
		r.Status = RecommendationAdopted
	}
	r.touch(now)
	return nil
}

// Withdraw takes the text back: nobody pursues it any more, or consensus was
// not reached.
func (r *Recommendation) Withdraw(c *Convention, text string, actor Actor, now time.Time) error {
	if err := r.gate(c, actor, Withdraw, now, RecommendationDraft, RecommendationTabled); err != nil {
		return err
	}
	why, err := remark("", text, false, actor, now)
	if err != nil {
		return err
	}
	r.Status, r.Ended = RecommendationWithdrawn, why
	r.touch(now)
	return nil
}

// gate lets those through who conduct one of the bodies, when the step allows
// the action.
func (r *Recommendation) gate(c *Convention, actor Actor, action Action, now time.Time, from ...RecommendationStatus) error {
	if !SeesRecommendation(actor, c, r, DateOf(now)) {
		return absent()
	}
	if err := authorise(MayConduct(actor, c, r, DateOf(now))); err != nil {
		return err
	}
	if !slices.Contains(from, r.Status) {
		return refused("recommendation", string(action), string(r.Status))
	}
	return nil
}
