package web

import (
	"context"
	"errors"
	"slices"

	"entente/cooperation"
	"entente/platform"
)

// holdingActs name who holds the offices of a body, who observes it without a
// last day, and the mailbox that is told of pairings. They are the
// secretariat's.
func (v *visit) holdingActs(of *platform.CommitteeIn, at string, country, from, until field) []act {
	b := &of.Committee
	if !cooperation.MayName(v.actor(), v.conv.ID) {
		return nil
	}
	var out []act
	if len(b.Composition.Officers) > 0 {
		office := field{Name: "office", Label: v.text("page.naming.office")}
		for _, o := range b.Composition.Officers {
			office.Choices = append(office.Choices, choice{Tag: o.ID, Name: v.in(o.Name)})
		}
		out = append(out, v.act(at+"/officer", "page.naming.officer", of.Version, office, country, from, until))
	}
	return append(out, v.act(at+"/standing", "page.naming.standing", of.Version, field{Name: "participant", Label: v.text("page.naming.participant"), List: listID[askParticipant], Most: 200}),
		v.act(at+"/contact", "page.naming.contact", of.Version, field{Name: "contact", Label: v.text("page.naming.mailbox"), Type: "email", Most: 254, Value: b.Contact, Optional: true, Hint: v.text("page.naming.mailbox_hint")}))
}

// serveHolding adds the steps of holdingActs. Officers and standing observers
// are named as a whole: one more is the list with one more.
func (p *pages) serveHolding(step func(name string, do func(ctx context.Context, v *visit, match platform.Match) error)) {
	step("officer", func(ctx context.Context, v *visit, match platform.Match) error {
		country, err := v.countryOf()
		if err != nil {
			return err
		}
		return p.renameOfficers(ctx, v, match, func(list []cooperation.Officer) []cooperation.Officer {
			return append(list, cooperation.Officer{Office: v.PostForm("office"), Country: country, From: v.date("from"), Until: v.date("until")})
		})
	})
	step("officer/remove", func(ctx context.Context, v *visit, match platform.Match) error {
		return p.renameOfficers(ctx, v, match, func(list []cooperation.Officer) []cooperation.Officer { return without(list, v.number("at")) })
	})
	step("standing", func(ctx context.Context, v *visit, match platform.Match) error {
		code, err := v.codeOf(askParticipant, "participant")
		if err != nil {
			return err
		}
		return p.renameObservers(ctx, v, match, func(list []cooperation.Participant) []cooperation.Participant {
			return append(list, cooperation.Participant(code))
		})
	})
	step("standing/remove", func(ctx context.Context, v *visit, match platform.Match) error {
		return p.renameObservers(ctx, v, match, func(list []cooperation.Participant) []cooperation.Participant { return without(list, v.number("at")) })
	})
	step("contact", func(ctx context.Context, v *visit, match platform.Match) error {
		_, err := p.Platform.NameContact(ctx, v.actor(), v.conv.ID, v.Param("body"), match, v.PostForm("contact"))
		return err
	})
}

func (p *pages) renameOfficers(ctx context.Context, v *visit, match platform.Match, change func([]cooperation.Officer) []cooperation.Officer) error {
	of, err := p.Platform.Committee(v.conv.ID, v.Param("body"))
	if err != nil {
		return err
	}
	list := change(slices.Clone(of.Officers))
	_, err = p.Platform.NameOfficers(ctx, v.actor(), v.conv.ID, of.ID, match, list)
	return err
}

func (p *pages) renameObservers(ctx context.Context, v *visit, match platform.Match, change func([]cooperation.Participant) []cooperation.Participant) error {
	of, err := p.Platform.Committee(v.conv.ID, v.Param("body"))
	if err != nil {
		return err
	}
	var list []cooperation.Participant
	for _, o := range of.Observers {
		list = append(list, o.ID)
	}
	list = change(list)
	_, err = p.Platform.NameObservers(ctx, v.actor(), v.conv.ID, of.ID, match, list)
	var refusal *cooperation.Error
	if errors.As(err, &refusal) && len(refusal.Fields) > 0 {
		return &cooperation.Error{Code: refusal.Code, Message: refusal.Message, Fields: []cooperation.FieldError{{Field: "participant", Message: refusal.Fields[0].Message}}}
	}
	return err
}

// without is a list without the one at a place counted from 1.
func without[T any](list []T, at int) []T {
	if at < 1 || at > len(list) {
		return list
	}
	return slices.Delete(list, at-1, at)
}
