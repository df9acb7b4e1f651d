package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"strconv"

	"entente/cooperation"
	"entente/message"
)

// weightsCommand shows and changes how the parts of a score count.
type weightsCommand struct {
	Adopt weightsAdoptCommand `cmd:"" help:"${cli_weights_adopt_help}"`
	Show  weightsShowCommand  `cmd:"" help:"${cli_weights_show_help}"`
}

// weightsAdoptCommand puts a file of weights in force.
type weightsAdoptCommand struct {
	File       string `arg:"" help:"${cli_weights_file}"`
	Convention string `required:"" help:"${cli_weights_convention}" placeholder:"ID"`
	Reason     string `help:"${cli_weights_reason}" placeholder:"TEXT"`
	Preview    bool   `help:"${cli_weights_preview_help}"`
}

// weightsShowCommand shows those in force and those before.
type weightsShowCommand struct {
	Convention string `required:"" help:"${cli_weights_convention}" placeholder:"ID"`
	JSON       bool   `help:"${cli_option_json}" name:"json"`
}

// maxWeightsFile bounds a file of weights, in bytes.
const maxWeightsFile = 1 << 20

// readWeights reads a file of weights strictly: what it does not know would be
// lost without a word.
func readWeights(name string) (file cooperation.WeightsFile, err error) {
	f, err := openFile(name)
	if err != nil {
		return file, err
	}
	defer f.Close()
	decoder := json.NewDecoder(io.LimitReader(f, maxWeightsFile))
	decoder.DisallowUnknownFields()
	if decoder.Decode(&file) != nil {
		return file, cooperation.Refuse(cooperation.Invalid, "error.invalid.weights_file", message.Of(message.Text, "file", name))
	}
	return file, nil
}

// named opens the installation and finds the convention that a person names.
func (p *program) named(ctx context.Context, convention string, do func(*installation, *cooperation.Convention) error) error {
	i, err := p.open(ctx)
	if err != nil {
		return err
	}
	c, served := i.platform.Convention(convention)
	if !served {
		return errors.Join(cooperation.Refuse(cooperation.Invalid, "error.invalid.unknown_convention", message.Of(message.Text, "value", convention)), i.close())
	}
	return errors.Join(do(i, c), i.close())
}

// Run is called by kong.
func (c *weightsAdoptCommand) Run(ctx context.Context, p *program) error {
	file, err := readWeights(c.File)
	if err != nil {
		return err
	}
	return p.named(ctx, c.Convention, func(i *installation, conv *cooperation.Convention) error {
		if c.Preview {
			return p.showEffect(ctx, i, conv, file)
		}
		w, err := i.platform.AdoptWeights(ctx, operator, conv.ID, 0, file, c.Reason)
		if err != nil {
			return err
		}
		p.sayOf(i.platform.Names(conv.ID), "cli.weights.adopted", message.Of(message.Convention, "convention", conv.ID), message.Int("version", w.Weights.Version))
		return nil
	})
}

// showEffect says what the weights would change.
func (p *program) showEffect(ctx context.Context, i *installation, conv *cooperation.Convention, file cooperation.WeightsFile) error {
	e, err := i.platform.PreviewWeights(ctx, operator, conv.ID, file, 0)
	if err != nil {
		return err
	}
	share := func(name string, of int64) message.Arg {
		return message.Of(message.Percent, name, strconv.FormatInt(of, 10))
	}
	p.say("cli.weights.effect", message.Count(e.Matched), message.Int("changed", e.Changed), share("before", e.Before.TopFive), share("after", e.After.TopFive))
	return nil
}

// Run is called by kong.
func (c *weightsShowCommand) Run(ctx context.Context, p *program) error {
	return p.named(ctx, c.Convention, func(i *installation, conv *cooperation.Convention) error {
		w, err := i.platform.Weights(operator, conv.ID)
		if err != nil {
			return err
		}
		if c.JSON { // the file, as it can be adopted again
			encoder := json.NewEncoder(p.out)
			encoder.SetIndent("", "  ")
			return encoder.Encode(w.WeightsFile)
		}
		before, _, err := i.platform.WeightsHistory(ctx, operator, conv.ID)
		if err != nil {
			return err
		}
		for _, w := range before {
			p.say("cli.weights.line", message.Int("version", w.Weights.Version), message.Day("day", w.Time), message.Of(message.Text, "reason", w.Reason))
		}
		state, _ := i.platform.State(conv.ID)
		p.say("cli.weights.profile", message.Int("version", state.Profile().Weights.Version))
		return nil
	})
}
