package cooperation

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"entente/message"
	"entente/reference"
)

// reportMonths is how long after its end both sides may still report on a
// partnership.
const reportMonths = 24

// checkTerms holds a version of terms against the postings as they stand: what
// is left of the offers, and what the need still seeks.
func checkTerms(c *Convention, s *Sides, v *TermsVersion, now time.Time) mistakes {
	m := checkShape(&struct {
		Terms PartnershipTerms `json:"terms"`
		Note  string           `json:"note" validate:"max=4000"`
	}{v.Terms, v.Note})
	if len(m) > 0 {
		return m
	}
	k := &termsCheck{mistakes: &m, convention: c, sides: s, terms: &v.Terms}
	k.shares()
	for _, o := range s.Offers {
		k.capacity(o)
	}
	k.coverage()
	k.period(now)
	k.languages()
	k.rest()
	return m
}

// termsCheck is the work on one version of terms.
type termsCheck struct {
	*mistakes
	convention *Convention
	sides      *Sides
	terms      *PartnershipTerms
}

func (k *termsCheck) offer(id string) *Offer {
	for _, o := range k.sides.Offers {
		if o.ID == id {
			return o
		}
	}
	return nil
}

// shareAt is the place of a field of a share.
func shareAt(i int, field string) string {
	return "terms.providers[" + strconv.Itoa(i) + "]." + field
}

// shares checks who gives what of which offer.
func (k *termsCheck) shares() {
	if len(k.terms.Providers) == 0 {
		k.add("terms.providers", "error.invalid.required")
		return
	}
	leads, missing := 0, k.sides.Need.Missing()
	for i := range k.terms.Providers {
		x := &k.terms.Providers[i]
		if x.Lead {
			leads++
		}
		o := k.offer(x.Offer)
		switch {
		case o == nil:
			k.add(shareAt(i, "offer"), "error.invalid.terms_offer")
			continue
		case !slices.Contains(o.Providers(), x.Provider):
			k.add(shareAt(i, "provider"), "error.invalid.terms_provider", message.Of(message.Text, "allowed", joinText(o.Providers())))
		case slices.IndexFunc(k.terms.Providers, func(y Share) bool { return y.Offer == x.Offer && y.Provider == x.Provider }) != i:
			k.add(shareAt(i, "provider"), "error.invalid.duplicate")
		}
		if len(x.Kinds) == 0 {
			k.add(shareAt(i, "kinds"), "error.invalid.required")
		}
		for j, kind := range x.Kinds {
			field := shareAt(i, "kinds["+strconv.Itoa(j)+"]")
			switch {
			case !slices.Contains(o.KindList(), kind):
				k.add(field, "error.invalid.terms_kind_offer", kindsArg("offered", o.KindList()))
			case len(missing) == 0:
				k.add(field, "error.invalid.terms_covered")
			case !slices.Contains(missing, kind):
				k.add(field, "error.invalid.terms_kind_need", kindsArg("missing", missing))
			}
		}
		for j, thing := range x.InKind {
			if strings.TrimSpace(thing.What) == "" {
				k.add(shareAt(i, "in_kind["+strconv.Itoa(j)+"].what"), "error.invalid.required")
			}
		}
	}
	if leads != 1 {
		k.add("terms.providers", "error.invalid.terms_lead")
	}
	for _, o := range k.sides.Offers {
		if !slices.ContainsFunc(k.terms.Providers, func(x Share) bool { return x.Offer == o.ID }) {
			k.add("terms.providers", "error.invalid.terms_every_offer", message.Of(message.Party, "provider", string(o.Provider)))
		}
	}
}

// capacity checks what the terms take of an offer: in its currency and unit, and
// no more than is left.
func (k *termsCheck) capacity(o *Offer) {
	left, currency := o.RemainingMinor()
	limited := currency != ""
	units, sum, quantity := o.Capacity.Quantity-o.Taken.Quantity, int64(0), 0
	for i := range k.terms.Providers {
		x := &k.terms.Providers[i]
		if x.Offer != o.ID {
			continue
		}
		switch minor, stated := k.amount(shareAt(i, "pledged"), x.Pledged, currency); {
		case !stated:
			if slices.Contains(x.Kinds, Finance) || o.Capacity.Unit == "amount" {
				k.add(shareAt(i, "pledged"), "error.invalid.required")
			}
		default:
			currency, sum = x.Pledged.Currency, sum+minor
			if limited && sum > left {
				k.add(shareAt(i, "pledged.amount"), "error.conflict.remaining_amount", remainingArg(left, currency))
			}
			if sum > maxMinor {
				k.add(shareAt(i, "pledged.amount"), "error.invalid.amount", currencyArg(currency))
			}
		}
		quantity += x.Quantity
		switch {
		case !o.counted() && x.Quantity > 0:
			k.add(shareAt(i, "quantity"), "error.invalid.terms_uncounted")
		case o.counted() && quantity > units:
			k.add(shareAt(i, "quantity"), "error.conflict.remaining_quantity", message.Of(message.Integer, "remaining", strconv.Itoa(max(units, 0))), unitArg(o.Capacity.Unit))
		}
	}
	if i := slices.IndexFunc(k.terms.Providers, func(x Share) bool { return x.Offer == o.ID }); o.counted() && quantity == 0 && i >= 0 {
		k.add(shareAt(i, "quantity"), "error.invalid.terms_quantity", unitArg(o.Capacity.Unit))
	}
}

// amount reads an amount that must be more than nothing, and in the currency
// where there is one.
func (k *termsCheck) amount(field string, money Money, currency string) (minor int64, stated bool) {
	if money.IsZero() {
		return 0, false
	}
	if _, known := reference.ParseCurrency(money.Currency); !known {
		k.add(field+".currency", "error.invalid.unknown_currency", value(money.Currency))
		return 0, true
	}
	if currency != "" && money.Currency != currency {
		k.add(field+".currency", "error.invalid.terms_currency", currencyArg(currency))
		return 0, true
	}
	minor, fine := checkAmount(k.mistakes, field+".amount", money.Amount, money.Currency)
	if fine && minor == 0 {
		k.add(field+".amount", "error.invalid.amount", currencyArg(money.Currency))
	}
	return minor, true
}

// coverage checks what the terms cover of the costs of the need.
func (k *termsCheck) coverage() {
	n := k.sides.Need
	_, currency := n.SoughtMinor()
	gap, _ := n.Gap()
	sum := int64(0)
	for i := range k.terms.Providers {
		x := &k.terms.Providers[i]
		field := shareAt(i, "covers")
		if x.Covers.IsZero() {
			field = shareAt(i, "pledged")
		} else if currency == "" {
			k.add(field, "error.invalid.terms_no_costs")
			continue
		} else if _, stated := k.amount(field, x.Covers, currency); !stated {
			continue
		}
		if minor, err := x.covering(n).Minor(); err == nil {
			if sum += minor; sum > gap {
				k.add(field+".amount", "error.conflict.gap", remainingArg(gap, currency))
			}
		}
	}
}

// period checks the days: the offers' windows hold, while those of the need are
// wishes.
func (k *termsCheck) period(now time.Time) {
	t := k.terms
	for field, day := range map[string]Date{"terms.start": t.Start, "terms.end": t.End} {
		if day.IsZero() {
			k.add(field, "error.invalid.required")
		}
	}
	if t.Start.IsZero() || t.End.IsZero() {
		return
	}
	if t.End.Before(t.Start) {
		k.add("terms.end", "error.invalid.date_order", message.Of(message.Date, "start", t.Start.String()))
		return
	}
	if t.End.Before(DateOf(now)) {
		k.add("terms.end", "error.invalid.future_date")
	}
	for _, o := range k.sides.Offers {
		if !o.Start.IsZero() && t.Start.Before(o.Start) {
			k.add("terms.start", "error.invalid.terms_window_start", message.Of(message.Party, "provider", string(o.Provider)), message.Of(message.Date, "first", o.Start.String()))
		}
		if !o.End.IsZero() && o.End.Before(t.End) {
			k.add("terms.end", "error.invalid.terms_window_end", message.Of(message.Party, "provider", string(o.Provider)), message.Of(message.Date, "last", o.End.String()))
		}
	}
	for i, step := range t.Milestones {
		place := "terms.milestones[" + strconv.Itoa(i) + "]."
		if strings.TrimSpace(step.Title) == "" {
			k.add(place+"title", "error.invalid.required")
		}
		if step.Due.Before(t.Start) || t.End.Before(step.Due) {
			k.add(place+"due", "error.invalid.terms_day", message.Of(message.Date, "first", t.Start.String()), message.Of(message.Date, "last", t.End.String()))
		}
	}
	for i, day := range t.Reports {
		if last := t.End.AddMonths(reportMonths); day.Before(t.Start) || last.Before(day) {
			k.add("terms.reports["+strconv.Itoa(i)+"]", "error.invalid.terms_day", message.Of(message.Date, "first", t.Start.String()), message.Of(message.Date, "last", last.String()))
		}
	}
}

// languages checks that help comes in languages in which it is offered, and in
// one of those that the need requires; with interpretation in any, where one
// side brings it and the other welcomes it. Money and things need none.
func (k *termsCheck) languages() {
	n, spoken := k.sides.Need, []reference.Language{}
	interpreted := false
	for _, o := range k.sides.Offers {
		spoken = append(spoken, o.Languages...)
		interpreted = interpreted || o.Interpretation
	}
	is := func(list []reference.Language, l reference.Language) bool {
		return slices.ContainsFunc(list, func(other reference.Language) bool { return other.Base() == l.Base() })
	}
	for i, l := range k.terms.Languages {
		field := "terms.languages[" + strconv.Itoa(i) + "]"
		checkLanguage(k.mistakes, field, l)
		if len(spoken) > 0 && !interpreted && !is(spoken, l) {
			k.add(field, "error.invalid.terms_language_offer", languagesArg("offered", spoken))
		}
	}
	if k.exempt() {
		return
	}
	if len(k.terms.Languages) == 0 {
		k.add("terms.languages", "error.invalid.required")
		return
	}
	var required []reference.Language
	for _, w := range n.Languages {
		if w.Strength == Required {
			required = append(required, w.Language)
		}
	}
	if len(required) > 0 && (!interpreted || !n.Interpretation) && !slices.ContainsFunc(required, func(l reference.Language) bool { return is(k.terms.Languages, l) }) {
		k.add("terms.languages", "error.invalid.terms_language_need", languagesArg("required", required))
	}
}

// exempt reports whether nothing but money and things is given.
func (k *termsCheck) exempt() bool {
	return !slices.ContainsFunc(k.terms.Providers, func(x Share) bool {
		return slices.ContainsFunc(x.Kinds, func(kind Kind) bool { return kind != Finance && kind != Equipment })
	})
}

// rest checks the kinds of which more is still sought: only of what is given
// can there be a rest.
func (k *termsCheck) rest() {
	for i, kind := range k.terms.Rest {
		if !slices.ContainsFunc(k.terms.Providers, func(x Share) bool { return slices.Contains(x.Kinds, kind) }) {
			k.add("terms.rest["+strconv.Itoa(i)+"]", "error.invalid.terms_rest")
		}
	}
}

func languagesArg(name string, list []reference.Language) message.Arg {
	tags := make([]string, 0, len(list))
	for _, l := range list {
		if !slices.Contains(tags, string(l)) {
			tags = append(tags, string(l))
		}
	}
	return message.List(message.Languages, name, tags...)
}
