package catalogue

import (
	"fmt"
	"strconv"
	"strings"

	"entente/cooperation"
	"entente/matching/record"
	"entente/reference"
)

// secretary is who takes postings over from reports.
var secretary = cooperation.System("import")

// document makes the need as the secretariat would take it over from a report,
// which checks it, and then puts in what a report cannot say.
func (g *goldenNeed) document(conv *cooperation.Convention, id string) (*cooperation.Need, error) {
	content := cooperation.NeedContent{Title: id, Themes: g.Themes, Interpretation: g.Interpretation, Urgency: cooperation.Urgency(g.Urgency),
		Kinds: outcomes(g.Kinds), Preferred: participants(g.Preferred), Excluded: participants(g.Excluded), ProgrammeActivity: g.ProgrammeActivity}
	var err error
	if content.Beneficiaries, err = countries(g.Beneficiaries); err != nil {
		return nil, err
	}
	for _, wish := range g.Languages {
		language, required := strings.CutSuffix(wish, " required")
		strength := cooperation.Preferred
		if required {
			strength = cooperation.Required
		}
		content.Languages = append(content.Languages, cooperation.LanguageWish{Language: reference.Language(language), Strength: strength})
	}
	if g.Sought > 0 {
		sum := strconv.Itoa(g.Sought)
		content.Costs = []cooperation.CostLine{{Activity: "all", Currency: "USD", Cost: sum, Sought: sum}}
	}
	if err := readDates(map[*cooperation.Date]string{&content.Deadline: g.Deadline, &content.Start: g.Start, &content.End: g.End}); err != nil {
		return nil, err
	}
	n, err := cooperation.ImportNeed(id, conv, content, secretary, goldenPosted)
	if err != nil {
		return nil, err
	}
	n.ID, n.Languages = id, content.Languages
	if g.Agreed > 0 {
		n.Coverage.Agreed, n.Status = cooperation.NewMoney(int64(g.Agreed)*100, "USD"), cooperation.NeedPartlyCovered
	}
	return n, nil
}

// document makes the offer in the same way.
func (g *goldenOffer) document(conv *cooperation.Convention, id string) (*cooperation.Offer, error) {
	content := cooperation.OfferContent{Title: id, Provider: cooperation.Participant(g.Provider), Type: cooperation.OfferType(g.Type), Themes: g.Themes,
		Kinds: outcomes(g.Kinds), Interpretation: g.Interpretation, Regions: g.Regions, NotRegions: g.NotRegions, LeadDays: g.LeadDays,
		Excluded: participants(g.Excluded)}
	for _, l := range g.Languages {
		content.Languages = append(content.Languages, reference.Language(l))
	}
	for _, with := range g.CoProviders {
		participant, role, _ := strings.Cut(with, " ")
		content.CoProviders = append(content.CoProviders, cooperation.CoProvider{Participant: cooperation.Participant(participant), Role: role})
	}
	var err, other error
	content.Countries, err = countries(g.Countries)
	content.NotCountries, other = countries(g.NotCountries)
	for _, e := range []error{err, other, g.eligibility(&content.Eligibility), g.capacity(&content.Capacity),
		readDates(map[*cooperation.Date]string{&content.Start: g.Start, &content.End: g.End, &content.ValidUntil: g.ValidUntil})} {
		if e != nil {
			return nil, e
		}
	}
	if g.Ceiling > 0 {
		content.Ceiling = cooperation.Money{Amount: strconv.Itoa(g.Ceiling), Currency: "USD"}
	}
	o, err := cooperation.ImportOffer(id, conv, content, secretary, goldenPosted)
	if err != nil {
		return nil, err
	}
	o.ID = id
	switch {
	case g.Taken > 0 && content.Capacity.Quantity > 0:
		o.Taken.Quantity = g.Taken
	case g.Taken > 0:
		o.Taken.Amount = cooperation.NewMoney(int64(g.Taken)*100, "USD")
	}
	return o, nil
}

func (g *goldenOffer) eligibility(e *cooperation.Eligibility) error {
	for _, who := range g.Eligibility {
		income, known := reference.ParseIncome(who)
		switch {
		case who == "parties_only":
			e.PartiesOnly = true
		case who == "ldc":
			e.LDC = true
		case who == "sids":
			e.SIDS = true
		case who == "lldc":
			e.LLDC = true
		case known:
			e.Income = append(e.Income, income)
		default:
			return fmt.Errorf("eligibility: nobody is %q", who)
		}
	}
	return nil
}

func (g *goldenOffer) capacity(c *cooperation.Capacity) (err error) {
	unit, quantity, counted := strings.Cut(g.Capacity, " ")
	c.Unit = unit
	if counted {
		c.Quantity, err = strconv.Atoi(quantity)
	}
	return err
}

// rows are the rows of a record.
func (g *goldenHelp) rows() ([]record.Row, error) {
	beneficiaries, err := countries(g.Beneficiaries)
	if err != nil {
		return nil, err
	}
	from, to, span := strings.Cut(g.Years, "-")
	if !span {
		to = from
	}
	first, err := strconv.Atoi(from)
	if err != nil {
		return nil, err
	}
	last, err := strconv.Atoi(to)
	if err != nil || last > goldenRecordUntil || first > last {
		return nil, fmt.Errorf("history: the years %q: %w", g.Years, err)
	}
	var rows []record.Row
	for year := first; year <= last; year++ {
		for _, b := range beneficiaries {
			for _, t := range g.Themes {
				for _, p := range g.Providers {
					rows = append(rows, record.Row{Year: year, Beneficiary: b, Theme: t, Provider: p})
				}
			}
		}
	}
	return rows, nil
}

func countries(codes []string) (list []reference.Country, err error) {
	for _, code := range codes {
		c, known := reference.ParseCountry(code)
		if !known {
			return nil, fmt.Errorf("%q is no country", code)
		}
		list = append(list, c)
	}
	return list, nil
}

func readDates(texts map[*cooperation.Date]string) (err error) {
	for into, text := range texts {
		if text != "" && err == nil {
			*into, err = cooperation.ParseDate(text)
		}
	}
	return err
}

func outcomes(kinds []string) (list []cooperation.Outcome) {
	for _, k := range kinds {
		list = append(list, cooperation.Outcome{Kind: cooperation.Kind(k)})
	}
	return list
}

func participants(ids []string) (list []cooperation.Participant) {
	for _, id := range ids {
		list = append(list, cooperation.Participant(id))
	}
	return list
}
