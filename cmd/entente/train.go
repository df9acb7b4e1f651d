package main

import (
	"bytes"
	"context"
	"errors"
	"os"

	"entente/catalogue"
	"entente/cooperation"
	"entente/matching"
	"entente/matching/backtest"
	"entente/matching/learn"
	"entente/message"
)

// trainCommand learns how the parts of a score are combined.
type trainCommand struct {
	History     string `required:"" help:"${cli_train_history}" placeholder:"FILE"`
	Convention  string `help:"${cli_train_convention}" placeholder:"ID"`
	KeepWeights bool   `help:"${cli_train_keep_weights}" name:"keep-weights"`
	Out         string `help:"${cli_train_out}" short:"o" placeholder:"FILE"`
}

// Run is called by kong.
func (c *trainCommand) Run(ctx context.Context, p *program) error {
	rows, err := outcomes(c.History)
	if err != nil {
		return err
	}
	options := learn.Options{Weights: matching.Weights{Version: 1, Record: matching.WeightSum}, KeepWeights: c.KeepWeights}
	if c.Convention != "" {
		if err := c.fromConvention(ctx, p, &options); err != nil {
			return err
		}
	}
	file, err := learn.Train(backtest.Records(rows), options)
	if err != nil {
		return err
	}
	var text bytes.Buffer
	if err := file.Write(&text); err != nil {
		return err
	}
	if c.Out == "" {
		_, err := p.out.Write(text.Bytes())
		return err
	}
	if err := os.WriteFile(c.Out, text.Bytes(), 0o644); err != nil { //nolint:gosec // a file for others to read
		return err
	}
	p.showTrained(c.Out, file)
	return nil
}

// fromConvention takes the weights in force and the choices of the convention's
// committees.
func (c *trainCommand) fromConvention(ctx context.Context, p *program, o *learn.Options) error {
	i, err := p.open(ctx)
	if err != nil {
		return err
	}
	convention, served := i.platform.Convention(c.Convention)
	if !served {
		return errors.Join(cooperation.Refuse(cooperation.Invalid, "error.invalid.unknown_convention", message.Of(message.Text, "value", c.Convention)), i.close())
	}
	o.Weights = catalogue.Weights(convention)
	o.Choices, err = i.platform.Choices(ctx, operator, c.Convention)
	return errors.Join(err, i.close())
}

// showTrained says what was learned, and how well it fits.
func (p *program) showTrained(path string, f *learn.File) {
	p.say("cli.train.done", message.Of(message.Text, "file", path), message.Int("rows", f.LearnedFrom.Rows),
		message.Int("choices", f.LearnedFrom.Choices))
	for _, one := range []struct {
		key string
		fit learn.Fit
	}{{"cli.train.main", f.Fit.Main}, {"cli.train.discovery", f.Fit.Discovery}} {
		if one.fit.Choices > 0 {
			p.say(one.key, message.Count(one.fit.Choices), p.figure("fit", one.fit.LogLikelihood), p.figure("chance", one.fit.Chance))
		}
	}
}
