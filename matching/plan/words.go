package plan

import (
	"fmt"
	"strconv"

	"entente/message"
)

// Share returns part/whole in millionths, rounded down; 0 of nothing.
func Share(part, whole int64) int64 {
	if whole <= 0 || part <= 0 {
		return 0
	}
	return scaled(part, Whole, whole)
}

// Sentences put the plan into words: whom it helps, what it covers, and what it
// rests on.
func (p *Plan) Sentences() []message.Message {
	if p.Needs == 0 {
		return []message.Message{message.New("plan.summary.empty"), message.New("plan.summary.advice")}
	}
	list := []message.Message{message.New("plan.summary.helped", message.Int("helped", p.Helped), message.Int("needs", p.Needs))}
	if p.Stated {
		list = append(list, message.New("plan.summary.covered", percent("share", Share(p.Covered, p.Demand)), dollars("covered", p.Covered), dollars("demand", p.Demand)),
			message.New("plan.summary.nominal", dollars("amount", p.Nominal)))
	} else {
		list = append(list, message.New("plan.summary.unstated"))
	}
	if p.Ceiling != Unlimited {
		list = append(list, message.New("plan.summary.limit", percent("limit", Share(p.Ceiling, p.Demand))))
	}
	return append(list, message.New("plan.summary.advice"))
}

// Sentences say how evenly help is spread, in the rankings and by the plan.
func (f *Fairness) Sentences() []message.Message {
	list := []message.Message{
		message.New("plan.fairness.providers", percent("planned", f.Planned.Providers.TopFive), percent("ranked", f.Ranked.Providers.TopFive)),
		message.New("plan.fairness.beneficiaries", percent("planned", f.Planned.Beneficiaries.TopFive), percent("ranked", f.Ranked.Beneficiaries.TopFive)),
	}
	if f.Unlifted != f.Ranked {
		list = append(list, message.New("plan.fairness.lift", percent("providers", f.Unlifted.Providers.TopFive), percent("beneficiaries", f.Unlifted.Beneficiaries.TopFive)))
	}
	return list
}

// Sentences say what would be otherwise.
func (d *Difference) Sentences() []message.Message {
	var list []message.Message
	if n := len(d.Gained); n > 0 {
		list = append(list, message.New("plan.then.gained", message.Count(n)))
	}
	if n := len(d.Lost); n > 0 {
		list = append(list, message.New("plan.then.lost", message.Count(n)))
	}
	if n := len(d.Moved); n > 0 {
		list = append(list, message.New("plan.then.moved", message.Count(n)))
	}
	switch {
	case d.Covered > 0 && d.Stated:
		list = append(list, message.New("plan.then.more", dollars("amount", d.Covered)))
	case d.Covered < 0 && d.Stated:
		list = append(list, message.New("plan.then.less", dollars("amount", -d.Covered)))
	}
	const shown = 100_000 // tenths of a point
	switch {
	case d.Score >= shown:
		list = append(list, message.New("plan.then.better", points(d.Score/shown*shown)))
	case d.Score <= -shown:
		list = append(list, message.New("plan.then.worse", points(-d.Score/shown*shown)))
	}
	if len(list) == 0 {
		return []message.Message{message.New("plan.then.same")}
	}
	return list
}

// percent is a share as an argument.
func percent(name string, millionths int64) message.Arg {
	return message.Of(message.Percent, name, strconv.FormatInt(millionths, 10))
}

// points is a number of millionths of a point as an argument.
func points(n int64) message.Arg {
	return message.Of(message.Millionths, "points", strconv.FormatInt(n, 10))
}

// dollars is an amount as an argument.
func dollars(name string, cents int64) message.Arg {
	return message.Of(message.Money, name, fmt.Sprintf("%d.%02d USD", cents/100, cents%100))
}
