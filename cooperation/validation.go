package cooperation

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"entente/message"
	"entente/reference"
)

// stage is how complete a posting must be.
type stage int

const (
	stageDraft  stage = iota // who and what, the rest may wait
	stageImport              // what the matcher needs; a report says no more
	stageSubmit              // everything that the convention asks
)

// checkNeed holds the content of a need against the rules of the convention.
func (c *Convention) checkNeed(n *NeedContent, s stage, now time.Time) error {
	m := checkShape(n)
	if len(n.Beneficiaries) == 0 {
		m.add("beneficiaries", "error.invalid.required")
	}
	for i, b := range n.Beneficiaries {
		if b == 0 {
			m.add("beneficiaries["+strconv.Itoa(i)+"]", "error.invalid.required")
		} else if s != stageDraft && !c.PartyOn(b, DateOf(now)) && !slices.Contains(c.Signatories, b) {
			m.add("beneficiaries["+strconv.Itoa(i)+"]", "error.invalid.not_party", message.Of(message.Country, "country", b.Alpha2()))
		}
	}
	c.checkCommon(&m, n.Title, n.Themes, n.KindList(), n.ContentLanguage, n.Translations, s)
	for i, l := range n.Languages {
		checkLanguage(&m, "languages["+strconv.Itoa(i)+"].language", l.Language)
	}
	if s != stageDraft && len(n.Languages) == 0 && !n.LanguageExempt() {
		m.add("languages", "error.invalid.required")
	}
	if s == stageSubmit && strings.TrimSpace(n.Problem) == "" {
		m.add("problem", "error.invalid.required")
	}
	for i, p := range n.Places {
		if s != stageDraft && p.Country == 0 {
			m.add("places["+strconv.Itoa(i)+"].country", "error.invalid.required")
		}
	}
	checkPeriod(&m, n.Start, n.End, n.ValidUntil, c.NeedValidityMonths, s, now)
	checkCosts(&m, n.Costs, s)
	checkReached(&m, n.Reached)
	c.checkPartners(&m, n)
	c.checkCommitment(&m, n.Commitment)
	checkVisibility(&m, n.Visibility, n, neverWider)
	return m.err()
}

// checkOffer holds the content of an offer against the rules of the convention.
func (c *Convention) checkOffer(o *OfferContent, s stage, now time.Time) error {
	m := checkShape(o)
	c.checkProviders(&m, o, s, now)
	c.checkCommon(&m, o.Title, o.Themes, o.KindList(), o.ContentLanguage, o.Translations, s)
	for i, l := range o.Languages {
		checkLanguage(&m, "languages["+strconv.Itoa(i)+"]", l)
	}
	checkCountries(&m, "countries", o.Countries)
	checkCountries(&m, "excluded_countries", o.NotCountries)
	for i, e := range o.Evidence {
		path := "evidence[" + strconv.Itoa(i) + "]"
		checkCountries(&m, path+".countries", e.Countries)
		if _, ok := c.Theme(e.Theme); e.Theme != "" && !ok {
			m.add(path+".theme", "error.invalid.unknown_theme", value(e.Theme))
		}
	}
	c.checkRegions(&m, "regions", o.Regions)
	c.checkRegions(&m, "excluded_regions", o.NotRegions)
	if s == stageSubmit {
		if o.Firmness == "" {
			m.add("firmness", "error.invalid.required")
		}
		if strings.TrimSpace(o.Description) == "" {
			m.add("description", "error.invalid.required")
		}
	}
	checkPeriod(&m, o.Start, o.End, o.ValidUntil, c.OfferValidityMonths, s, now)
	checkCapacity(&m, o)
	for i, p := range o.Excluded {
		c.checkOther(&m, "excluded["+strconv.Itoa(i)+"]", p, slices.Contains(o.Providers(), p))
	}
	checkVisibility(&m, o.Visibility, o, neverWider)
	return m.err()
}

// checkProviders checks who gives. What the convention asks of a provider, it
// asks of those who give with it: a declaration is not avoided by coming second.
func (c *Convention) checkProviders(m *mistakes, o *OfferContent, s stage, now time.Time) {
	for i, p := range o.Providers() {
		field := "provider"
		if i > 0 {
			field = "co_providers[" + strconv.Itoa(i-1) + "].participant"
		}
		category := c.categoryOf(p, now)
		switch {
		case p == "":
			m.add(field, "error.invalid.required")
		case !p.Valid():
			m.add(field, "error.invalid.unknown_participant", value(string(p)))
		case i > 0 && p == o.Provider:
			m.add(field, "error.invalid.duplicate")
		case s != stageDraft && !c.AdmitsProvider(category):
			m.add(field, "error.invalid.not_admitted", message.Of(message.Party, "provider", string(p)))
		case category == ProviderOrganisation:
			c.checkOrganisation(m, field, p, i == 0, s != stageDraft)
		}
		if s == stageDraft || s == stageImport && category != ProviderOrganisation || !p.Valid() {
			continue
		}
		for _, d := range c.DeclarationsFor(category) {
			if !slices.Contains(o.Declarations, d.ID) && !c.declared(p, d.ID) {
				m.add("declarations", "error.invalid.declaration", message.Of(message.Text, "declaration", d.ID))
			}
		}
	}
}

// categoryOf is what a participant is to the convention.
func (c *Convention) categoryOf(p Participant, now time.Time) ProviderCategory {
	if state, ok := p.State(); ok {
		return c.Category(state, DateOf(now))
	}
	return ProviderOrganisation
}

// checkOther checks a participant that must not be on the posting's own side.
func (c *Convention) checkOther(m *mistakes, field string, p Participant, own bool) {
	_, state := p.State()
	switch {
	case !p.Valid():
		m.add(field, "error.invalid.unknown_participant", value(string(p)))
	case own:
		m.add(field, "error.invalid.own_side", message.Of(message.Party, "participant", string(p)))
	case !state:
		c.checkOrganisation(m, field, p, false, false)
	}
}

// checkCountries refuses places in a list where no country stands.
func checkCountries(m *mistakes, field string, list []reference.Country) {
	for i, c := range list {
		if c == 0 {
			m.add(field+"["+strconv.Itoa(i)+"]", "error.invalid.required")
		}
	}
}

func (c *Convention) checkCommon(m *mistakes, title string, themes []string, kinds []Kind, lang reference.Language, translations map[string]Translation, s stage) {
	if strings.TrimSpace(title) == "" {
		m.add("title", "error.invalid.required")
	} else if strings.ContainsAny(title, "\n\r\t") {
		m.add("title", "error.invalid.characters") // it becomes a line of a list, a mail's subject, a file's name
	}
	if s != stageDraft && len(themes) == 0 {
		m.add("themes", "error.invalid.required")
	}
	for i, t := range themes {
		if _, ok := c.Theme(t); !ok {
			m.add("themes["+strconv.Itoa(i)+"]", "error.invalid.unknown_theme", value(t))
		}
	}
	if s != stageDraft && len(kinds) == 0 {
		m.add("kinds", "error.invalid.required")
	}
	for i, k := range kinds {
		if !k.Valid() || !c.Offers(k) {
			m.add("kinds["+strconv.Itoa(i)+"].kind", "error.invalid.unknown_kind", value(string(k)))
		}
	}
	if lang != "" {
		checkLanguage(m, "content_language", lang)
	}
	for l := range translations {
		if !slices.Contains(ReaderLanguages(), reference.Language(l)) {
			m.add("translations."+l, "error.invalid.unknown_language", value(l))
		}
	}
}

func (c *Convention) checkRegions(m *mistakes, field string, regions []string) {
	for i, id := range regions {
		if _, ok := c.Region(id); ok {
			continue
		}
		if _, ok := reference.ParseRegion(id); !ok {
			m.add(field+"["+strconv.Itoa(i)+"]", "error.invalid.unknown_region", value(id))
		}
	}
}

func checkLanguage(m *mistakes, field string, l reference.Language) {
	if canonical, ok := reference.ParseLanguage(string(l)); !ok || canonical != l {
		m.add(field, "error.invalid.unknown_language", value(string(l)))
	}
}

func checkPeriod(m *mistakes, start, end, validUntil Date, maxMonths int, s stage, now time.Time) {
	if !start.IsZero() && !end.IsZero() && end.Before(start) {
		m.add("end", "error.invalid.date_order", message.Of(message.Date, "start", start.String()))
	}
	if s == stageDraft || validUntil.IsZero() {
		return
	}
	var refusal *Error
	if _, err := validity(validUntil, maxMonths, now); errors.As(err, &refusal) {
		*m = append(*m, refusal.Fields...)
	}
}

// validity checks a day until which a posting is to stand: not past, and not
// further than the profile allows, for postings go stale. The zero Date means
// as long as allowed.
func validity(until Date, maxMonths int, now time.Time) (Date, error) {
	today := DateOf(now)
	latest := today.AddMonths(maxMonths)
	switch {
	case until.IsZero():
		return latest, nil
	case until.Before(today), latest.Before(until):
		var m mistakes
		m.add("valid_until", "error.invalid.validity", message.Of(message.Date, "first", today.String()), message.Of(message.Date, "last", latest.String()))
		return Date{}, m.err()
	}
	return until, nil
}

// checkCosts checks amounts, and that the three sources of each line add up;
// in a draft the sources may wait.
func checkCosts(m *mistakes, costs []CostLine, s stage) {
	for i, line := range costs {
		path := "costs[" + strconv.Itoa(i) + "]"
		if line.Currency != costs[0].Currency {
			m.add(path+".currency", "error.invalid.one_currency", currencyArg(costs[0].Currency))
			continue
		}
		if _, ok := reference.ParseCurrency(line.Currency); !ok {
			m.add(path+".currency", "error.invalid.unknown_currency", value(line.Currency))
			continue
		}
		total, ok := checkAmount(m, path+".cost", line.Cost, line.Currency)
		var parts int64
		for _, p := range []struct{ name, amount string }{{"national", line.National}, {"other", line.Other}, {"sought", line.Sought}} {
			if p.amount != "" {
				n, fine := checkAmount(m, path+"."+p.name, p.amount, line.Currency)
				parts, ok = parts+n, ok && fine
			}
		}
		if ok && parts != total && s != stageDraft {
			m.add(path+".cost", "error.invalid.sum", message.Of(message.Money, "sum", NewMoney(parts, line.Currency).String()))
		}
	}
}

func currencyArg(code string) message.Arg { return message.Of(message.Text, "currency", code) }

func checkAmount(m *mistakes, field, amount, currency string) (int64, bool) {
	n, err := Money{amount, currency}.Minor()
	if err != nil {
		m.add(field, "error.invalid.amount", currencyArg(currency))
	}
	return n, err == nil
}

func checkReached(m *mistakes, r *Reached) {
	if r != nil && r.Total > 0 && (r.Women+r.Men > r.Total || r.Children > r.Total || r.WithDisabilities > r.Total) {
		m.add("reached.total", "error.invalid.reached")
	}
}

func (c *Convention) checkPartners(m *mistakes, n *NeedContent) {
	for field, list := range map[string][]Participant{"preferred": n.Preferred, "excluded": n.Excluded} {
		for i, p := range list {
			state, isState := p.State()
			c.checkOther(m, field+"["+strconv.Itoa(i)+"]", p, isState && slices.Contains(n.Beneficiaries, state))
		}
	}
	for i, p := range n.Preferred {
		if slices.Contains(n.Excluded, p) {
			m.add("preferred["+strconv.Itoa(i)+"]", "error.invalid.preferred_and_excluded")
		}
	}
}

func checkCapacity(m *mistakes, o *OfferContent) {
	if !o.Ceiling.IsZero() {
		if _, ok := reference.ParseCurrency(o.Ceiling.Currency); !ok {
			m.add("ceiling.currency", "error.invalid.unknown_currency", value(o.Ceiling.Currency))
		} else if n, ok := checkAmount(m, "ceiling.amount", o.Ceiling.Amount, o.Ceiling.Currency); ok && n == 0 {
			m.add("ceiling.amount", "error.invalid.amount", currencyArg(o.Ceiling.Currency))
		}
	}
	switch {
	case o.Capacity.Unit == "amount" && o.Ceiling.IsZero():
		m.add("ceiling", "error.invalid.required")
	case (o.Capacity.Unit == "beneficiaries" || o.Capacity.Unit == "person_days") && o.Capacity.Quantity == 0:
		m.add("capacity.quantity", "error.invalid.required")
	}
}

func checkVisibility(m *mistakes, v map[string]Audience, content any, limits map[string]Audience) {
	for field, a := range v {
		limit, limited := limits[field]
		switch {
		case !slices.Contains(fieldNames(content), field):
			m.add("visibility."+field, "error.invalid.unknown_field")
		case slices.Contains(identity, field):
			m.add("visibility."+field, "error.invalid.always_visible")
		case !slices.Contains(Audiences(), a):
			m.add("visibility."+field, "error.invalid.not_one_of", message.Of(message.Text, "allowed", joinText(Audiences())))
		case limited && slices.Index(Audiences(), a) < slices.Index(Audiences(), limit):
			m.add("visibility."+field, "error.invalid.too_visible")
		}
	}
}

func checkClearance(c Clearance, now time.Time) error {
	var m mistakes
	for _, f := range checkShape(&c) {
		m.add("clearance."+f.Field, f.Message.Key, f.Message.Args...)
	}
	if c.Date.IsZero() || DateOf(now).Before(c.Date) {
		m.add("clearance.date", "error.invalid.clearance_date")
	}
	return m.err()
}

// checkExternalID checks the id that a row had where it came from: without
// one, a row cannot be known again.
func checkExternalID(id string) error {
	var m mistakes
	switch {
	case strings.TrimSpace(id) == "":
		m.add("external_id", "error.invalid.required")
	case utf8.RuneCountInString(id) > 200:
		m.add("external_id", "error.invalid.too_long", message.Int("max", 200))
	case !utf8.ValidString(id) || strings.ContainsFunc(id, unicode.IsControl):
		m.add("external_id", "error.invalid.characters")
	}
	return m.err()
}

// remark makes a remark from a reason and words, which some actions require.
func remark(reason Reason, text string, required bool, actor Actor, now time.Time) (*Remark, error) {
	r := &Remark{Reason: reason, Text: strings.TrimSpace(text), By: actor.ID, Time: stamp(now)}
	m := checkShape(r)
	if required && r.Text == "" {
		m.add("text", "error.invalid.required")
	}
	if reason != "" && !slices.Contains(Reasons(), reason) {
		m.add("reason", "error.invalid.not_one_of", message.Of(message.Text, "allowed", joinText(Reasons())))
	}
	return r, m.err()
}

// joinText lists codes for a sentence.
func joinText[T ~string](codes []T) string {
	all := make([]string, len(codes))
	for i, c := range codes {
		all[i] = string(c)
	}
	return strings.Join(all, ", ")
}
