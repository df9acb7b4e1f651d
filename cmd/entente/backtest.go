package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"text/tabwriter"

	"entente/cooperation"
	"entente/exchange"
	"entente/matching/backtest"
	"entente/message"
)

// backtestCommand measures the ranking on years that history knows.
type backtestCommand struct {
	History    string `required:"" help:"${cli_backtest_history}" placeholder:"FILE"`
	TrainUntil int    `required:"" help:"${cli_backtest_train_until}" name:"train-until" placeholder:"YEAR"`
	Test       string `required:"" help:"${cli_backtest_test}" placeholder:"FROM-TO"`
	JSON       bool   `help:"${cli_option_json}" name:"json"`
}

// Run is called by kong.
func (c *backtestCommand) Run(ctx context.Context, p *program) error {
	options := backtest.Options{TrainUntil: c.TrainUntil}
	var err error
	if options.From, options.To, err = c.years(); err != nil {
		return err
	}
	rows, err := outcomes(c.History)
	if err != nil {
		return err
	}
	result, err := backtest.Run(ctx, rows, options)
	switch {
	case errors.Is(err, backtest.ErrNothingKnown):
		return cooperation.Refuse(cooperation.Invalid, "error.backtest.known", message.Of(message.Text, "year", strconv.Itoa(c.TrainUntil)))
	case errors.Is(err, backtest.ErrNothingAsked):
		return cooperation.Refuse(cooperation.Invalid, "error.backtest.asked", message.Of(message.Text, "years", c.Test))
	case err != nil:
		return err
	}
	if c.JSON {
		encoder := json.NewEncoder(p.out)
		encoder.SetIndent("", "  ")
		return encoder.Encode(result)
	}
	return p.showBacktest(result)
}

// years reads the years to be foretold: one, or the first and the last. They
// must come after those that may be known.
func (c *backtestCommand) years() (from, to int, err error) {
	first, last, several := strings.Cut(c.Test, "-")
	if !several {
		last = first
	}
	from, e1 := strconv.Atoi(first)
	to, e2 := strconv.Atoi(last)
	if e1 != nil || e2 != nil || from > to || from <= c.TrainUntil {
		return 0, 0, cooperation.Refuse(cooperation.Invalid, "error.backtest.years", message.Of(message.Text, "value", c.Test),
			message.Of(message.Text, "until", strconv.Itoa(c.TrainUntil)))
	}
	return from, to, nil
}

// outcomes reads a file of past help for a measurement.
func outcomes(path string) ([]backtest.Row, error) {
	f, err := openFile(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	read, err := exchange.ReadOutcomes(f)
	if err != nil {
		return nil, err
	}
	rows := make([]backtest.Row, len(read))
	for i, r := range read {
		rows[i] = backtest.Row(r)
	}
	return rows, nil
}

// showBacktest writes the figures as tables: of all pairs, then of the list of
// those new to the beneficiary, then how far the engine is ahead.
func (p *program) showBacktest(r *backtest.Result) error {
	p.say("cli.backtest.summary", message.Int("pairs", r.Pairs), message.Int("fresh", r.NewPairs), message.Int("candidates", r.Candidates))
	order := []string{"entente", "popularity", "popularity_there", "incumbent"}
	table := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "\tR@1\tR@5\tR@10\tMRR\tnew R@5\tnew R@10\tmacro R@5\t")
	for _, name := range order {
		m := r.Rankers[name].(backtest.Metrics)
		fmt.Fprintf(table, "%s\t%s\n", name, p.row(m.R1, m.R5, m.R10, m.MRR, m.NewR5, m.NewR10, m.MacroR5))
	}
	fmt.Fprintln(table)
	fmt.Fprintln(table, "discovery\tR@1\tR@5\tR@10\tMRR\t")
	for _, name := range order {
		d, other := r.Discovery[name]
		if !other {
			d = r.Rankers["discovery"].(backtest.DiscoveryMetrics)
		}
		fmt.Fprintf(table, "%s\t%s\n", name, p.row(d.R1, d.R5, d.R10, d.MRR))
	}
	if err := table.Flush(); err != nil {
		return err
	}
	for _, name := range order[1:] {
		for _, figure := range []string{"mrr", "discovery_mrr"} {
			d := r.Differences[name][figure]
			p.say("cli.backtest."+figure, message.Of(message.Text, "ranker", name), p.figure("value", d.Value), p.figure("low", d.Low), p.figure("high", d.High))
		}
	}
	return nil
}

// row writes figures as cells of a table.
func (p *program) row(values ...float64) string {
	var b strings.Builder
	for _, v := range values {
		b.WriteString(p.local.Decimal(strconv.FormatFloat(v, 'f', 3, 64)) + "\t")
	}
	return b.String()
}
