package api

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"entente/catalogue"
	"entente/cooperation"
)

// GetStatistics gives the figures of a convention.
func (a *api) GetStatistics(ctx context.Context, r GetStatisticsRequestObject) (GetStatisticsResponseObject, error) {
	c, _ := callOf(ctx)
	conv, err := c.served(r.Params.Convention)
	if err != nil {
		return nil, err
	}
	state, _ := a.platform.State(conv.ID)
	s := state.Statistics(c.actor, r.Params.Year)
	out := GetStatistics200JSONResponse{Convention: conv.ID, Year: s.Year, Position: int64(s.Position), Steps: stepFigures(s.Steps), StepDays: stepDays(s.StepDays), Ratings: ratingFigures(state), Series: []YearFigures{},
		Needs:  NeedFigures{Total: s.Needs.Total, By: c.breakdown(catalogue.KindNeed, s.Needs.By), Days: medians(s.Needs), Money: []NeedMoney{}},
		Offers: OfferFigures{Total: s.Offers.Total, By: c.breakdown(catalogue.KindOffer, s.Offers.By), Days: medians(s.Offers), Money: []OfferMoney{}}}
	for _, currency := range slices.Sorted(maps.Keys(s.Needs.Money)) {
		sums := s.Needs.Money[currency]
		out.Needs.Money = append(out.Needs.Money, NeedMoney{Currency: currency, Postings: sums.Postings,
			Sought: sum(sums, 0, currency), Agreed: sum(sums, 1, currency), Delivered: sum(sums, 2, currency)})
	}
	for _, currency := range slices.Sorted(maps.Keys(s.Offers.Money)) {
		sums := s.Offers.Money[currency]
		out.Offers.Money = append(out.Offers.Money, OfferMoney{Currency: currency, Postings: sums.Postings,
			Offered: sum(sums, 0, currency), Pledged: sum(sums, 1, currency), Committed: sum(sums, 2, currency)})
	}
	p := state.ByOrigin(c.actor, r.Params.Year)
	out.Partnerships = PartnershipFigures{Facilitated: p.Facilitated, UnderWay: p.UnderWay, Unstated: p.Unstated, Rounded: p.Rounded}
	for _, y := range s.Series {
		out.Series = append(out.Series, YearFigures{Year: y.Year, Needs: y.Needs, Offers: y.Offers, Steps: stepFigures(y.Steps)})
	}
	return out, nil
}

func sum(sums catalogue.Sums, which int, currency string) string {
	return cooperation.NewMoney(sums.Amounts[which], currency).Amount
}

func medians(p catalogue.Postings) []MedianDays {
	return []MedianDays{{Step: DraftToOpen, Count: p.ToOpen.Count, Median: p.ToOpen.Days}, {Step: OpenToEnd, Count: p.ToEnd.Count, Median: p.ToEnd.Days}}
}

// breakdown puts counts into the reader's words, the greatest first.
func (c *call) breakdown(kind string, by map[string]map[string]int) Breakdown {
	out := Breakdown{}
	for dimension, counts := range by {
		list := make([]FacetCount, 0, len(counts))
		for _, value := range slices.Sorted(maps.Keys(counts)) {
			list = append(list, FacetCount{Value: value, Label: c.facetLabel(kind, dimension, value), Count: counts[value]})
		}
		slices.SortStableFunc(list, func(a, b FacetCount) int { return cmp.Compare(b.Count, a.Count) })
		out[dimension] = list
	}
	return out
}

func stepFigures(s catalogue.Steps) StepFigures {
	return StepFigures{Proposed: s.Proposed, Endorsed: s.Endorsed, Introduced: s.Introduced, Agreed: s.Agreed, Delivered: s.Delivered, Rounded: s.Rounded}
}

func stepDays(d catalogue.StepDays) []StepDays {
	return []StepDays{{Step: ProposedToIntroduced, Count: d.ToIntroduction.Count, Median: d.ToIntroduction.Days},
		{Step: IntroducedToAgreed, Count: d.ToAgreement.Count, Median: d.ToAgreement.Days}, {Step: AgreedToCompleted, Count: d.ToDelivery.Count, Median: d.ToDelivery.Days}}
}

// ratingFigures are the averages of both sides, where there are enough ratings.
func ratingFigures(state *catalogue.State) []RatingFigures {
	out := []RatingFigures{}
	need, offer := state.Ratings()
	for side, r := range map[cooperation.Side]cooperation.Ratings{cooperation.NeedSide: need, cooperation.OfferSide: offer} {
		if r.Count > 0 {
			out = append(out, RatingFigures{Side: RatingFiguresSide(side), Count: r.Count, Average: fmt.Sprintf("%d.%d", r.Tenths/10, r.Tenths%10)})
		}
	}
	slices.SortFunc(out, func(a, b RatingFigures) int { return cmp.Compare(a.Side, b.Side) })
	return out
}
