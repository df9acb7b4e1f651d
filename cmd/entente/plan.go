package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"entente/cooperation"
	"entente/matching"
	"entente/matching/plan"
	"entente/message"
	"entente/platform"
)

// planCommand plans for a convention and asks what if.
type planCommand struct {
	Convention string   `help:"${cli_plan_convention_help}" required:"" placeholder:"ID"`
	Share      string   `help:"${cli_plan_share}" placeholder:"30%"`
	WhatIf     []string `help:"${cli_plan_what_if}" name:"what-if" sep:"none" placeholder:"…"`
	List       int      `help:"${cli_plan_list}" default:"20" placeholder:"N"`
	JSON       bool     `help:"${cli_option_json}" name:"json"`
}

// Run is called by kong.
func (c *planCommand) Run(ctx context.Context, p *program) error {
	options, err := c.options()
	if err != nil {
		return err
	}
	i, err := p.open(ctx)
	if err != nil {
		return err
	}
	err = c.plan(ctx, p, i, options)
	return errors.Join(err, i.close())
}

// options reads what was asked.
func (c *planCommand) options() (o platform.PlanOptions, err error) {
	if c.Share != "" {
		if o.Limit, err = parseShare(c.Share); err != nil {
			return o, err
		}
	}
	for _, text := range c.WhatIf {
		if o.WhatIf == nil {
			o.WhatIf = new(platform.WhatIf)
		}
		if share, ok := strings.CutPrefix(text, "share="); ok {
			limit, err := parseShare(share)
			if err != nil {
				return o, err
			}
			o.WhatIf.Limit = &limit
			continue
		}
		change, ok := parseWhatIf(text)
		if !ok {
			return o, badText("cli.plan.bad_what_if", text)
		}
		o.WhatIf.Changes = append(o.WhatIf.Changes, change)
	}
	return o, nil
}

// parseShare reads a percentage with at most four decimals as millionths.
func parseShare(text string) (int64, error) {
	number, ok := strings.CutSuffix(strings.TrimSpace(text), "%")
	whole, fraction, _ := strings.Cut(number, ".")
	var millionths int64
	if len(fraction) > 4 || len(whole) > 3 {
		ok = false
	}
	for _, digit := range whole + (fraction + "0000")[:4] {
		if digit < '0' || digit > '9' {
			ok = false
		}
		millionths = millionths*10 + int64(digit-'0')
	}
	if !ok || millionths <= 0 || millionths > plan.Whole {
		return 0, badText("cli.plan.bad_share", text)
	}
	return millionths, nil
}

// parseWhatIf reads SUBJECT:ID:CHANGE, where an id may contain colons.
func parseWhatIf(text string) (plan.Change, bool) {
	subject, rest, _ := strings.Cut(text, ":")
	colon := strings.LastIndex(rest, ":")
	if colon <= 0 {
		return plan.Change{}, false
	}
	id, what := rest[:colon], rest[colon+1:]
	var c plan.Change
	switch subject {
	case "need":
		c.Need = id
	case "offer":
		c.Offer = id
	case "provider":
		c.Provider = matching.Party(id)
	default:
		return c, false
	}
	name, value, valued := strings.Cut(what, "=")
	switch name {
	case "out":
		c.Out = true
		return c, !valued
	case "interpretation":
		c.Posting.Sort = matching.ChangeInterpretation
		return c, !valued
	case "amount":
		minor, err := cooperation.Money{Amount: value, Currency: "USD"}.Minor()
		c.Amount = minor
		return c, err == nil && minor > 0
	}
	sorts := map[string]matching.ChangeSort{"language": matching.ChangeLanguage, "kind": matching.ChangeKind,
		"theme": matching.ChangeTheme, "country": matching.ChangeCoverage}
	c.Posting = matching.Change{Sort: sorts[name], Value: value}
	return c, sorts[name] != matching.NoChange && value != ""
}

// badText refuses what somebody wrote.
func badText(key, text string) error {
	return cooperation.Refuse(cooperation.Invalid, key, message.Of(message.Text, "value", text))
}

func (c *planCommand) plan(ctx context.Context, p *program, i *installation, o platform.PlanOptions) error {
	if _, ok := i.platform.Convention(c.Convention); !ok {
		return badText("error.invalid.unknown_convention", c.Convention)
	}
	made, err := i.platform.Plan(ctx, operator, c.Convention, o)
	if err != nil {
		return err
	}
	state, _ := i.platform.State(c.Convention)
	if c.JSON {
		return writePlan(p, made, state)
	}
	p.showPlan(i.platform.Names(c.Convention), made, state, c.List)
	return nil
}

// byScore lists the pairings of a plan, the highest score first.
func byScore(made *plan.Plan) []plan.Pairing {
	list := slices.Clone(made.Pairings)
	slices.SortFunc(list, func(a, b plan.Pairing) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Need, b.Need), cmp.Compare(a.Offer, b.Offer))
	})
	return list
}

// postings finds both sides of a pairing.
type postings interface {
	Need(id string) (*cooperation.Need, bool)
	Offer(id string) (*cooperation.Offer, bool)
	ProgrammeActivity(id string) (*cooperation.ProgrammeActivity, bool)
}

// showPlan prints a plan for a person: what it does, its best pairings with
// what could take their place, and what the what-if would change.
func (p *program) showPlan(names platform.Names, made *platform.Planned, state postings, limit int) {
	say := func(list []message.Message) {
		for _, m := range list {
			fmt.Fprintln(p.out, p.local.Render(m, names))
		}
	}
	say(made.Plan.Sentences())
	say(made.Fairness.Sentences())
	if n := len(made.Plan.Without); n > 0 {
		say([]message.Message{message.New("cli.plan.without", message.Count(n))})
	}
	fmt.Fprintln(p.out)
	list := byScore(made.Plan)
	for rank, one := range list[:min(max(limit, 0), len(list))] {
		p.showPairing(names, state, rank+1, one)
	}
	if made.Then != nil {
		fmt.Fprintf(p.out, "\n%s\n", p.local.Text("cli.plan.what_if_title"))
		say(made.Difference.Sentences())
		moved := made.Difference.Moved
		for _, one := range moved[:min(max(limit, 0), len(moved))] {
			p.showMove(names, state, one)
		}
	}
}

// showMove prints a pairing that would differ.
func (p *program) showMove(names platform.Names, state postings, one plan.Move) {
	title := ""
	if n, ok := state.Need(one.Need); ok {
		title = n.Title
	} else if x, ok := state.ProgrammeActivity(one.Need); ok {
		title = x.Number + ", " + x.Title
	}
	offer, ok := state.Offer(one.Offer)
	if title == "" || !ok {
		return // withdrawn by somebody else since
	}
	fmt.Fprint(p.out, "   ")
	p.sayOf(names, "cli.plan.move", message.Of(message.Text, "need", title), message.Of(message.Text, "offer", offer.Title),
		message.Of(message.Text, "before", p.local.Percent(one.Before)), message.Of(message.Text, "after", p.local.Percent(one.After)))
}

// showPairing prints a pairing with its first alternate.
func (p *program) showPairing(names platform.Names, state postings, rank int, one plan.Pairing) {
	need, isNeed := state.Need(one.Need)
	line, isLine := state.ProgrammeActivity(one.Need)
	offer, isOffer := state.Offer(one.Offer)
	if !isNeed && !isLine || !isOffer {
		return // withdrawn by somebody else since
	}
	given := p.local.Percent(one.Share)
	if one.Stated {
		m := cooperation.NewMoney(one.Amount, "USD")
		given = p.local.Money(m.Amount, m.Currency) + " (" + given + ")"
	}
	said := []message.Arg{message.Int("rank", rank), message.Of(message.Text, "score", p.local.Score(int64(one.Score))),
		message.Of(message.Text, "offer", offer.Title), message.Of(message.Party, "provider", string(offer.Provider)),
		message.Of(message.Text, "share", given)}
	if isLine {
		p.sayOf(names, "cli.plan.pairing_programme", append(said, message.Of(message.Text, "number", line.Number), message.Of(message.Text, "title", line.Title))...)
	} else {
		p.sayOf(names, "cli.plan.pairing", append(said, message.Of(message.Text, "need", need.Title),
			message.List(message.Countries, "beneficiaries", codes(need.Beneficiaries)...))...)
	}
	for _, other := range one.Alternates[:min(1, len(one.Alternates))] {
		if o, ok := state.Offer(other.Offer); ok {
			fmt.Fprint(p.out, "      ")
			p.sayOf(names, "cli.plan.alternate", message.Of(message.Text, "offer", o.Title), message.Of(message.Party, "provider", string(o.Provider)),
				message.Of(message.Text, "score", p.local.Score(int64(other.Score))))
		}
	}
}
