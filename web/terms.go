package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"entente/cooperation"
	"entente/message"
	"entente/reference"
)

// termsForm asks for terms of a partnership.
type termsForm struct {
	Title   string
	Back    link
	Need    *card
	Address string
	Version uint64
	Shares  []shareForm
	Whole   []field
	Steps   []stepForm
	Note    field
}

// shareForm asks what one provider gives.
type shareForm struct {
	Legend string
	Hidden []hidden
	Fields []field
}

// stepForm asks for a milestone.
type stepForm struct{ Title, Due field }

func (termsForm) template() string { return "terms" }

func (t termsForm) title() string { return t.Title }

// mostSteps is how many milestones the form has room for.
const mostSteps = 6

// at is the path of a field of one provider's share in the terms, as mistakes
// name it.
func shareField(i int, name string) string {
	return "terms.providers[" + strconv.Itoa(i) + "]." + name
}

func (p *pages) termsPage(v *visit) error {
	q, err := p.Platform.Proposal(v.actor(), v.Param("id"))
	if err != nil {
		return err
	}
	sides := sidesOf(v.state, q)
	if q.Convention != v.conv.ID || sides.Need == nil || !v.speaks(sides) {
		return cooperation.Absent()
	}
	out := termsForm{Title: v.text("page.agreement.begin"), Back: link{v.within("/proposals/" + q.ID), v.text("page.proposal.title")}, Address: v.within("/proposals/" + q.ID + "/terms")}
	out.Need, _ = v.bothSides(q.Need, nil)
	var before cooperation.PartnershipTerms
	if a, err := p.Platform.Agreement(v.actor(), cooperation.AgreementID(q.ID)); err == nil {
		out.Title, out.Version = v.text("page.agreement.counter"), a.Version
		if table := a.Table(); table != nil {
			before = table.Terms
		}
	}
	i := 0
	for _, o := range sides.Offers {
		for _, of := range o.Providers() {
			out.Shares = append(out.Shares, v.shareForm(i, sides, o, of, &before))
			i++
		}
	}
	v.wholeTerms(&out, sides, &before)
	v.secret = true
	p.show(v, http.StatusOK, out)
	return nil
}

// shareForm asks what one provider of an offer gives.
func (v *visit) shareForm(i int, sides *cooperation.Sides, o *cooperation.Offer, of cooperation.Participant, before *cooperation.PartnershipTerms) shareForm {
	s := cooperation.Share{Offer: o.ID, Provider: of, Lead: i == 0}
	if at := slices.IndexFunc(before.Providers, func(x cooperation.Share) bool { return x.Offer == o.ID && x.Provider == of }); at >= 0 {
		s = before.Providers[at]
	} else if len(before.Providers) == 0 && of == o.Provider {
		for _, k := range sides.Need.KindList() {
			if slices.Contains(o.KindList(), k) {
				s.Kinds = append(s.Kinds, k)
			}
		}
	}
	whose := v.name(message.Party, string(of))
	form := shareForm{Legend: whose, Hidden: []hidden{{shareField(i, "offer"), o.ID}, {shareField(i, "provider"), string(of)}}}
	add := func(f field) { form.Fields = append(form.Fields, v.filled(f)) }
	kinds := make([]choice, 0, len(o.KindList()))
	for _, k := range o.KindList() {
		kinds = append(kinds, choice{Tag: string(k), Name: v.name(message.Kind, string(k)), Chosen: slices.Contains(s.Kinds, k)})
	}
	add(field{Name: shareField(i, "kinds"), Label: v.text("field.terms.providers.kinds"), Type: "checks", Choices: kinds, Hint: v.text("page.terms.kinds_hint"), Optional: i > 0})
	left, currency := o.RemainingMinor()
	hint := ""
	if currency != "" {
		hint = v.say(message.New("page.terms.left", message.Of(message.Text, "left", v.money(left, currency))))
	}
	if currency == "" {
		_, currency = sides.Need.SoughtMinor()
	}
	if s.Pledged.Currency != "" {
		currency = s.Pledged.Currency
	}
	add(field{Name: shareField(i, "pledged.amount"), Label: v.text("field.terms.providers.pledged"), Value: s.Pledged.Amount, Mode: "decimal", Most: 20, Optional: true, Hint: hint})
	add(field{Name: shareField(i, "pledged.currency"), Label: v.text("field.terms.providers.pledged.currency"), Choices: v.currencies(currency), Optional: true})
	if unit := o.Capacity.Unit; unit == "beneficiaries" || unit == "person_days" {
		quantity := ""
		if s.Quantity > 0 {
			quantity = strconv.Itoa(s.Quantity)
		}
		add(field{Name: shareField(i, "quantity"), Label: v.text("capacity." + unit), Value: quantity, Mode: "numeric", Most: 10, Optional: of != o.Provider,
			Hint: v.say(message.New("page.terms.left", message.Of(message.Text, "left", v.words.Integer(int64(max(0, o.Capacity.Quantity-o.Taken.Quantity))))))})
	}
	roles := []choice{{Name: v.text("page.terms.no_role"), Chosen: s.Role == ""}}
	for _, role := range []string{"funding", "implementing"} {
		roles = append(roles, choice{Tag: role, Name: v.text("page.agreement.role." + role), Chosen: s.Role == role})
	}
	add(field{Name: shareField(i, "role"), Label: v.text("field.terms.providers.role"), Choices: roles, Optional: true})
	add(field{Name: shareField(i, "lead"), Label: v.text("page.agreement.lead"), Type: "checks", Optional: true, Choices: []choice{{Tag: "1", Name: v.text("page.terms.leads"), Chosen: s.Lead}}})
	var thing cooperation.InKindItem
	if len(s.InKind) > 0 {
		thing = s.InKind[0]
	}
	add(field{Name: shareField(i, "in_kind[0].what"), Label: v.text("field.terms.providers.in_kind"), Value: thing.What, Most: 300, Optional: true})
	count := ""
	if thing.Quantity > 0 {
		count = strconv.Itoa(thing.Quantity)
	}
	add(field{Name: shareField(i, "in_kind[0].quantity"), Label: v.text("field.terms.providers.in_kind.quantity"), Value: count, Mode: "numeric", Most: 10, Optional: true})
	return form
}

// currencies are those from which an amount can be chosen: the one that is
// meant first.
func (v *visit) currencies(first string) []choice {
	var out []choice
	for _, code := range reference.Currencies() {
		c := choice{Tag: string(code), Name: string(code) + " – " + v.words.CurrencyName(string(code)), Chosen: string(code) == first}
		out = append(out, c)
	}
	slices.SortStableFunc(out, func(a, b choice) int {
		if a.Chosen != b.Chosen && a.Chosen {
			return -1
		} else if a.Chosen != b.Chosen {
			return 1
		}
		return strings.Compare(a.Tag, b.Tag)
	})
	return out
}

// wholeTerms asks for what concerns all providers.
func (v *visit) wholeTerms(out *termsForm, sides *cooperation.Sides, before *cooperation.PartnershipTerms) {
	day := func(d cooperation.Date) string {
		if d.IsZero() {
			return ""
		}
		return d.String()
	}
	add := func(f field) { out.Whole = append(out.Whole, v.filled(f)) }
	add(field{Name: "terms.start", Label: v.text("field.terms.start"), Type: "date", Value: day(before.Start)})
	add(field{Name: "terms.end", Label: v.text("field.terms.end"), Type: "date", Value: day(before.End)})
	var languages []choice
	for _, o := range sides.Offers {
		for _, l := range o.Languages {
			if !slices.ContainsFunc(languages, func(c choice) bool { return c.Tag == string(l) }) {
				wished := len(before.Providers) == 0 && (len(o.Languages) == 1 || slices.ContainsFunc(sides.Need.Languages, func(w cooperation.LanguageWish) bool { return w.Language.Base() == l.Base() }))
				languages = append(languages, choice{Tag: string(l), Name: v.name(message.Language, string(l)), Chosen: wished || slices.Contains(before.Languages, l)})
			}
		}
	}
	if len(languages) > 0 {
		add(field{Name: "terms.languages", Label: v.text("field.terms.languages"), Type: "checks", Choices: languages})
	}
	var rest []choice
	for _, k := range sides.Need.KindList() {
		rest = append(rest, choice{Tag: string(k), Name: v.name(message.Kind, string(k)), Chosen: slices.Contains(before.Rest, k)})
	}
	add(field{Name: "terms.rest", Label: v.text("page.agreement.rest"), Type: "checks", Choices: rest, Optional: true, Hint: v.text("page.terms.rest_hint")})
	add(field{Name: "terms.plan", Label: v.text("field.terms.plan"), Type: "textarea", Rows: 6, Most: 8000, Value: before.Plan, Optional: true})
	for i := range mostSteps {
		var m cooperation.Milestone
		if i < len(before.Milestones) {
			m = before.Milestones[i]
		}
		at := "terms.milestones[" + strconv.Itoa(i) + "]."
		number := " (" + v.words.Integer(int64(i+1)) + ")"
		out.Steps = append(out.Steps, stepForm{v.filled(field{Name: at + "title", Label: v.text("field.terms.milestones.title") + number, Value: m.Title, Most: 300, Optional: true}),
			v.filled(field{Name: at + "due", Label: v.text("field.terms.milestones.due") + number, Type: "date", Value: day(m.Due), Optional: true})})
	}
	out.Note = v.filled(field{Name: "note", Label: v.text("page.terms.note"), Type: "textarea", Rows: 3, Most: 4000, Optional: true})
}

// termsGiven reads terms from a form.
func (v *visit) termsGiven() cooperation.PartnershipTerms {
	t := cooperation.PartnershipTerms{Start: v.date("terms.start"), End: v.date("terms.end"), Plan: v.PostForm("terms.plan")}
	for _, l := range v.PostFormArray("terms.languages") {
		t.Languages = append(t.Languages, reference.Language(l))
	}
	for _, k := range v.PostFormArray("terms.rest") {
		t.Rest = append(t.Rest, cooperation.Kind(k))
	}
	for i := range 20 {
		s := cooperation.Share{Offer: v.PostForm(shareField(i, "offer")), Provider: cooperation.Participant(v.PostForm(shareField(i, "provider"))), Role: v.PostForm(shareField(i, "role")),
			Lead: v.PostForm(shareField(i, "lead")) != "", Quantity: v.number(shareField(i, "quantity"))}
		for _, k := range v.PostFormArray(shareField(i, "kinds")) {
			s.Kinds = append(s.Kinds, cooperation.Kind(k))
		}
		if amount := strings.Join(strings.Fields(v.PostForm(shareField(i, "pledged.amount"))), ""); amount != "" {
			s.Pledged = cooperation.Money{Amount: amount, Currency: v.PostForm(shareField(i, "pledged.currency"))}
		}
		if what := strings.TrimSpace(v.PostForm(shareField(i, "in_kind[0].what"))); what != "" {
			s.InKind = []cooperation.InKindItem{{What: what, Quantity: max(1, v.number(shareField(i, "in_kind[0].quantity")))}}
		}
		if s.Offer != "" && (len(s.Kinds) > 0 || i == 0) { // a co-provider that gives nothing has no share
			t.Providers = append(t.Providers, s)
		}
	}
	for i := range mostSteps {
		at := "terms.milestones[" + strconv.Itoa(i) + "]."
		if title := strings.TrimSpace(v.PostForm(at + "title")); title != "" {
			t.Milestones = append(t.Milestones, cooperation.Milestone{Title: title, Due: v.date(at + "due")})
		}
	}
	return t
}

// proposeTerms proposes terms for the first time, or others.
func (p *pages) proposeTerms(v *visit) (string, error) {
	ctx, terms := v.Request.Context(), v.termsGiven()
	a, err := p.Platform.Agreement(v.actor(), cooperation.AgreementID(v.Param("id")))
	if err == nil {
		a, err = p.Platform.ProposeTerms(ctx, v.actor(), a.ID, v.match(), terms, v.PostForm("note"))
	} else {
		a, err = p.Platform.BeginAgreement(ctx, v.actor(), v.Param("id"), terms, v.PostForm("note"))
	}
	if err != nil {
		return "", err
	}
	return v.within("/agreements/" + a.ID), nil
}
