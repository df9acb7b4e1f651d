package web

import (
	"cmp"
	"context"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"entente/cooperation"
	"entente/message"
)

// rulebook are the rules of a convention: those of its profile, and what its
// bodies have adopted since.
type rulebook struct {
	Title, Name string
	Contents    []link
	Treaty      []fact
	Themes      []themeRule
	Kinds       []string
	Regions     []fact
	Programme   []fact
	Posting     []fact // what holds for needs and offers
	Pairing     []fact // and for what becomes of both
	Required    []fact // what providers declare
	Fields      []fieldRule
	Clocks      []clockRule
	Working     []fact
	Years       []string
	Holidays    []holidayRow
	Bodies      []bodyRule
	Weights     []part
	WeightsBody string
	Adopted     []ruleChange
}

// themeRule is a theme of the first level with those below it.
type themeRule struct {
	Link     link
	Articles string
	Below    []themeRule
}

// fieldRule says of which fields an audience learns where nothing else is
// stated.
type fieldRule struct{ Label, Needs, Offers string }

// clockRule is a deadline: how long it is, and what follows from it.
type clockRule struct {
	ID, Label, Count, Sentence string
}

// holidayRow is a holiday with the days of each of the years.
type holidayRow struct {
	Label string
	Days  []string
}

// bodyRule is a body with the rules by which it is made up and works.
type bodyRule struct {
	Link   link
	Facts  []fact
	Source string
}

// ruleChange is an adoption of other weights, with what it changed.
type ruleChange struct {
	When, Reason string
	Points       []string
}

func (rulebook) template() string { return "rules" }

func (r rulebook) title() string { return r.Title }

// serveRules adds the page of the rules of a convention.
func (p *pages) serveRules(engine *gin.Engine) { p.read(engine, "/c/:convention/rules", p.rulebook) }

func (p *pages) rulebook(v *visit) error {
	c := v.conv
	out := rulebook{Title: v.text("page.rules.title"), Name: v.in(c.ShortName), Treaty: v.treaty(), Themes: v.themeRules(""), Posting: v.postingRules(), Pairing: v.pairingRules(), Fields: v.fieldRules(), Clocks: v.clockRules()}
	for _, id := range []string{"treaty", "themes", "posting", "fields", "pairing", "clocks", "working", "bodies", "weights"} {
		out.Contents = append(out.Contents, link{"#" + id, v.text("page.rules." + id)})
	}
	for _, k := range c.Kinds {
		out.Kinds = append(out.Kinds, v.text("kind."+string(k)))
	}
	for _, r := range c.Regions {
		out.Regions = append(out.Regions, fact{Label: v.in(r.Name), Value: v.say(message.New("page.rules.states", message.Count(len(r.Countries))))})
	}
	for _, d := range c.Programme {
		themes := v.text("word.all")
		if len(d.Themes) > 0 {
			themes = all(v, message.Theme, d.Themes)
		}
		out.Programme = append(out.Programme, fact{Label: v.in(d.Name), Value: themes})
	}
	for _, d := range c.Declarations {
		out.Required = append(out.Required, fact{Label: categories(v, d.For), Value: v.in(d.Text)})
	}
	out.Working, out.Years, out.Holidays = v.calendarRules(cooperation.DateOf(p.Platform.Now()).Time().Year())
	for i := range c.Committees {
		b := &c.Committees[i]
		out.Bodies = append(out.Bodies, bodyRule{Link: link{v.within("/committees/" + b.ID), v.in(b.Name)}, Facts: v.rules(b), Source: b.RuleSource()})
	}
	if body, ok := c.Committee(c.WeightsBody); ok {
		out.WeightsBody = v.in(body.Name)
	}
	weights := c.Weights
	for _, of := range weightParts(&weights) {
		out.Weights = append(out.Weights, part{Label: v.text("match.part." + of.name + ".label"), Points: v.words.Percent(*of.of), Sentence: v.text("page.rules.weight." + of.name), Width: int(*of.of / 10_000)})
	}
	var err error
	if out.Adopted, err = p.adoptions(v.Request.Context(), v); err != nil {
		return err
	}
	p.show(v, http.StatusOK, out)
	return nil
}

// treaty is what the convention is and who serves it.
func (v *visit) treaty() []fact {
	c := v.conv
	facts := add(v, nil, "page.rules.name", v.in(c.Name))
	facts = add(v, facts, "page.rules.adopted", v.day(c.Adopted))
	facts = add(v, facts, "page.rules.in_force", v.day(c.InForce))
	facts = add(v, facts, "page.rules.depositary", v.in(c.Depositary))
	facts = add(v, facts, "page.convention.secretariat", v.in(c.SecretariatName))
	facts = add(v, facts, "page.rules.languages", all(v, message.Language, c.Languages))
	return facts
}

func (v *visit) themeRules(parent string) []themeRule {
	var out []themeRule
	for _, t := range v.conv.Children(parent) {
		out = append(out, themeRule{Link: link{v.within("/themes/" + t.ID), v.in(t.Name)}, Articles: strings.Join(t.Articles, ", "), Below: v.themeRules(t.ID)})
	}
	return out
}

// months and days are so many of them, as a person says it.
func (v *visit) months(n int) string {
	return v.say(message.New("page.rules.months", message.Count(n)))
}

func (v *visit) workingDays(n int) string {
	return v.say(message.New("page.rules.working_days", message.Count(n)))
}

func categories(v *visit, list []cooperation.ProviderCategory) string {
	names := make([]string, len(list))
	for i, c := range list {
		names[i] = v.text("provider_category." + string(c))
	}
	return v.words.List(names)
}

// postingRules are those for needs and offers.
func (v *visit) postingRules() []fact {
	c := v.conv
	facts := add(v, nil, "page.rules.admits", categories(v, c.Admits))
	facts = add(v, facts, "page.rules.need_stands", v.months(c.NeedValidityMonths))
	facts = add(v, facts, "page.rules.offer_stands", v.months(c.OfferValidityMonths))
	return add(v, facts, "page.rules.unspecific", v.words.Integer(int64(c.UnspecificThreshold)))
}

// pairingRules are those for what becomes of a need and an offer together.
func (v *visit) pairingRules() []fact {
	c := v.conv
	facts := add(v, nil, "page.convention.facilitator", v.text("facilitator."+string(c.Facilitator)))
	facts = add(v, facts, "page.rules.reviewed", v.whether(c.Reviewed))
	if body, ok := c.Committee(c.ReviewBody); ok {
		facts = add(v, facts, "page.rules.review_body", v.in(body.Name))
	}
	if c.Reviewed {
		facts = add(v, facts, "page.rules.bundles", v.whether(c.Bundles))
	}
	facts = add(v, facts, "page.rules.shortlist", v.words.Integer(int64(c.Shortlist)))
	clearance := cmp.Or(c.TermsClearance, cooperation.ClearBinding)
	return add(v, facts, "page.rules.clearance", v.text("page.rules.clearance."+string(clearance)))
}

func (v *visit) whether(yes bool) string {
	if yes {
		return v.text("word.yes")
	}
	return v.text("word.no")
}

// fieldRules group the fields of postings by who learns of them.
func (v *visit) fieldRules() []fieldRule {
	needs := v.fieldsBy(reflect.TypeFor[cooperation.NeedContent](), "need", cooperation.NeedVisibility)
	offers := v.fieldsBy(reflect.TypeFor[cooperation.OfferContent](), "offer", cooperation.OfferVisibility)
	var out []fieldRule
	for _, a := range cooperation.Audiences() {
		out = append(out, fieldRule{Label: v.text("audience." + string(a)), Needs: v.words.List(needs[a]), Offers: v.words.List(offers[a])})
	}
	return out
}

func (v *visit) fieldsBy(content reflect.Type, kind string, usual func(string) cooperation.Audience) map[cooperation.Audience][]string {
	out := map[cooperation.Audience][]string{}
	for i := range content.NumField() {
		name, _, _ := strings.Cut(content.Field(i).Tag.Get("json"), ",")
		if name != "" && name != "visibility" && name != "translations" && name != "content_language" {
			out[usual(name)] = append(out[usual(name)], v.words.FieldLabel(kind+"."+name))
		}
	}
	return out
}

// clockRules are the deadlines in the order of a proposal's life.
func (v *visit) clockRules() []clockRule {
	c := v.conv
	var out []clockRule
	for _, k := range cooperation.ClockKinds() {
		length := v.clockLength(k)
		reviewed := slices.Contains([]cooperation.ClockKind{cooperation.OpeningClock, cooperation.SilenceClock, cooperation.ObjectionClock, cooperation.ConsentClock, cooperation.MembersClock}, k)
		if length == "" || reviewed && !c.Reviewed {
			continue
		}
		sentence := message.New("page.rules.clock."+string(k), message.Of(message.Text, "facilitator", v.text("facilitator."+string(c.Facilitator))))
		if k == cooperation.ReconfirmClock {
			sentence = message.New("page.rules.clock.reconfirm", message.Count(c.ReconfirmDays))
		}
		out = append(out, clockRule{ID: string(k), Label: v.text("clock." + string(k)), Count: length, Sentence: v.say(sentence)})
	}
	return out
}

// clockLength is how long a deadline is; "" where the convention has none.
func (v *visit) clockLength(k cooperation.ClockKind) string {
	c := v.conv
	working := map[cooperation.ClockKind]int{cooperation.LookClock: c.LookDays, cooperation.OpeningClock: c.OpeningDays, cooperation.SilenceClock: c.SilenceDays, cooperation.ConsentClock: c.SilenceDays,
		cooperation.ObjectionClock: c.ObjectionDays, cooperation.IntroduceClock: c.IntroduceDays, cooperation.TermsClock: c.TermsDays}
	months := map[cooperation.ClockKind]int{cooperation.ReplyClock: c.ReplyMonths, cooperation.CompletionClock: c.ReplyMonths, cooperation.AnswerClock: cooperation.AnswerMonths, cooperation.DeliveryClock: 1}
	switch {
	case working[k] > 0:
		return v.workingDays(working[k])
	case months[k] > 0:
		return v.months(months[k])
	case k == cooperation.ReconfirmClock:
		return v.say(message.New("page.rules.stands", message.Of(message.Text, "need", v.months(c.NeedValidityMonths)), message.Of(message.Text, "offer", v.months(c.OfferValidityMonths))))
	case k == cooperation.FollowUpClock:
		var after []string
		for _, m := range cooperation.FollowUpMonths() {
			after = append(after, v.words.Integer(int64(m)))
		}
		return v.say(message.New("page.rules.follow_ups", message.Of(message.Text, "months", v.words.List(after))))
	case k == cooperation.MembersClock:
		return v.text("page.rules.no_end")
	}
	return ""
}

// calendarRules are the working days where the secretariat sits, and its
// holidays in a year and the next.
func (v *visit) calendarRules(year int) (facts []fact, years []string, holidays []holidayRow) {
	cal := &v.conv.Calendar
	facts = add(v, nil, "page.rules.seat", v.in(cal.Seat))
	facts = add(v, facts, "page.rules.zone", cal.Zone)
	var closed []string
	for _, w := range cal.Weekend {
		closed = append(closed, v.text("page.rules.weekday."+strconv.Itoa(int(w))))
	}
	facts = add(v, facts, "page.rules.weekend", v.words.List(closed))
	years = []string{strconv.Itoa(year), strconv.Itoa(year + 1)}
	at := map[string]int{}
	first, _ := cooperation.ParseDate(years[0] + "-01-01")
	end := first.AddMonths(24)
	for i := range cal.Holidays {
		h := &cal.Holidays[i]
		if _, known := at[h.Name["en"]]; !known {
			at[h.Name["en"]] = len(holidays)
			holidays = append(holidays, holidayRow{v.in(h.Name), make([]string, 2)})
		}
		for day := first; day.Before(end); day = day.AddDays(1) {
			if h.Falls(day) {
				of := &holidays[at[h.Name["en"]]].Days[day.Time().Year()-year]
				*of = strings.TrimPrefix(*of+" · "+v.day(day), " · ")
			}
		}
	}
	return facts, years, holidays
}

// adoptions are the weights that were adopted over those of the profile, each
// with what it changed. Of the oldest nobody kept what was before it.
func (p *pages) adoptions(ctx context.Context, v *visit) ([]ruleChange, error) {
	history, _, err := p.Platform.WeightsHistory(ctx, v.actor(), v.conv.ID)
	if err != nil {
		return nil, err
	}
	var out []ruleChange
	for i, w := range history {
		change := ruleChange{When: v.words.DateTime(w.Time), Reason: w.Reason}
		for j, of := range weightParts(&w.Weights) {
			said := v.text("match.part."+of.name+".label") + v.words.Colon()
			switch {
			case i+1 == len(history):
				change.Points = append(change.Points, said+v.words.Percent(*of.of))
			case *of.of != *weightParts(&history[i+1].Weights)[j].of:
				change.Points = append(change.Points, said+v.words.Percent(*weightParts(&history[i+1].Weights)[j].of)+" → "+v.words.Percent(*of.of))
			}
		}
		out = append(out, change)
	}
	return out, nil
}
