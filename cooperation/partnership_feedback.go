package cooperation

import (
	"slices"
	"strings"
	"time"
)

// GiveFeedback writes down what a partner thought of the partnership. It is
// given once: what it was at the time is what others rely on.
func (p *Partnership) GiveFeedback(k *Timekeeper, n *Need, rating int, text string, a Actor, now time.Time) error {
	if err := p.gate(k, n, a, GiveFeedback, PartnershipActive, PartnershipCompleted, PartnershipStopped); err != nil {
		return err
	}
	given := heard(p.Feedback, func(f Feedback) Partner { return f.Partner })
	f := Feedback{Stated: p.states(a, n, given, now), Rating: rating, Text: strings.TrimSpace(text)}
	if given(f.Partner) {
		return Refuse(Conflict, "error.conflict.feedback")
	}
	if err := checkShape(&f).err(); err != nil {
		return err
	}
	p.Feedback = added(p.Feedback, f)
	return p.written(now)
}

// Ratings are what the partners of one side thought on average.
type Ratings struct {
	Count  int // a multiple of RatingBatch
	Tenths int // of the average
}

// The least that ratings are told of: so many, by so many different partners.
// They are counted in whole batches, so that two answers that are read one
// after the other never differ by the rating of one.
const (
	RatingBatch    = 10
	ratingPartners = 5
)

// RatingsOf is the average of what the partners of a side have given, the
// earliest first and in whole batches; nothing below the least.
func RatingsOf(side Side, all []Feedback) Ratings {
	mine := slices.DeleteFunc(slices.Clone(all), func(f Feedback) bool { return f.Side != side })
	slices.SortStableFunc(mine, func(a, b Feedback) int { return a.Time.Compare(b.Time) })
	mine = mine[:len(mine)-len(mine)%RatingBatch]
	sum, different := 0, map[Participant]bool{}
	for _, f := range mine {
		sum += f.Rating
		different[f.Participant] = true
	}
	if len(different) < ratingPartners {
		return Ratings{}
	}
	return Ratings{Count: len(mine), Tenths: (sum*10 + len(mine)/2) / len(mine)}
}
