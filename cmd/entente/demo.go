package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"entente/catalogue"
	"entente/cooperation"
	"entente/exchange"
	"entente/i18n"
	"entente/platform"
	"entente/samples"
	"entente/web"
)

// demoCommand shows the main job on sample data, then serves it.
type demoCommand struct {
	Data string `help:"${cli_demo_data}" placeholder:"DIR"`
	Addr string `help:"${cli_option_addr}" default:"127.0.0.1:8080" placeholder:"HOST:PORT"`
	Once bool   `help:"${cli_demo_once}"`
}

// Run is called by kong.
func (c *demoCommand) Run(ctx context.Context, p *program) (err error) {
	folder := c.Data
	if folder == "" {
		if folder, err = os.MkdirTemp("", "entente-demo-"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	}
	if folder, err = filepath.Abs(folder); err != nil {
		return err
	}
	p.config.Store = "sqlite://" + filepath.Join(folder, "entente.db")
	i, err := p.open(ctx)
	if err != nil {
		return err
	}
	err = c.show(ctx, p, i)
	return errors.Join(err, i.close())
}

func (c *demoCommand) show(ctx context.Context, p *program, i *installation) error {
	if err := importSamples(ctx, i.platform); err != nil {
		return err
	}
	people, err := p.demoPeople(ctx, i.platform)
	if err != nil {
		return err
	}
	for _, convention := range i.platform.Conventions() {
		r, err := i.platform.Run(ctx, operator, convention.ID, platform.RunOptions{Trigger: "command"})
		if err != nil {
			return err
		}
		p.showRanking(i, convention, r, shown)
	}
	if err := deliverNow(ctx, i); err != nil {
		return err
	}
	if c.Once {
		return nil
	}
	for _, d := range people {
		i.demo = append(i.demo, web.DemoRole{Convention: d.convention, Name: d.name, User: d.user})
	}
	return p.serve(ctx, i, c.Addr, func(url string) { p.showPeople(people, url) })
}

func importSamples(ctx context.Context, on *platform.Platform) error {
	needs, err := exchange.ReadNeeds(samples.Needs())
	if err != nil {
		return err
	}
	offers, err := exchange.ReadOffers(samples.Offers())
	if err != nil {
		return err
	}
	first, err := on.ImportNeeds(ctx, operator, needs.Rows, false)
	if err != nil {
		return err
	}
	second, err := on.ImportOffers(ctx, operator, offers.Rows, false)
	if err != nil {
		return err
	}
	if bad := len(needs.Errors) + len(offers.Errors) + len(first.Errors) + len(second.Errors); bad > 0 {
		return fmt.Errorf("%d of the samples do not fit the profiles in use", bad)
	}
	return nil
}

// demoPerson is one demo role with its token.
type demoPerson struct{ name, convention, token, user string }

// demoLife is how long the tokens of the demo are valid.
const demoLife = 7 * 24 * time.Hour

// demoPeople makes the demo's roles: for every convention its secretariat, a
// member of the body that is told of pairings, and both sides of a posting.
// Their addresses are under example.org, which nobody receives.
func (p *program) demoPeople(ctx context.Context, on *platform.Platform) ([]demoPerson, error) {
	var people []demoPerson
	add := func(convention *cooperation.Convention, role cooperation.Role, of cooperation.Participant, committee string) error {
		name := p.local.Render(personOf(role, convention.ID, of, committee), on.Names(convention.ID))
		mail := strings.ToLower(strings.Trim(fmt.Sprintf("%s.%s.%s", role, convention.ID, of), ".")) + "@example.org"
		u, err := on.CreateUser(ctx, operator, cooperation.User{ID: cooperation.DerivedID("user", "demo", mail), Name: name, Mail: mail, Language: p.readerLanguage(of),
			Grants: []cooperation.Grant{{Convention: convention.ID, Role: role, Participant: of, Committee: committee}}})
		if err != nil {
			return err
		}
		token, _, err := on.CreateToken(ctx, operator, u.ID, "demo", false, demoLife)
		people = append(people, demoPerson{name, convention.ID, token, u.ID})
		return err
	}
	for _, c := range on.Conventions() {
		needs, offers, err := firstPostings(on, c.ID)
		if err != nil {
			return nil, err
		}
		err = errors.Join(add(c, cooperation.Secretariat, "", ""),
			add(c, cooperation.CommitteeMember, sits(c, offers), c.ReviewBody),
			add(c, cooperation.FocalPoint, needs, ""), add(c, cooperation.Approver, needs, ""), add(c, cooperation.ProviderRole, offers, ""))
		if err != nil {
			return nil, err
		}
	}
	return people, nil
}

// firstPostings are the beneficiary of a convention's latest need and the
// provider of its latest offer.
func firstPostings(on *platform.Platform, convention string) (need, offer cooperation.Participant, err error) {
	state, _ := on.State(convention)
	needs, err := state.SearchNeeds(operator, catalogue.Query{Limit: 1})
	if err != nil {
		return "", "", err
	}
	offers, err := state.SearchOffers(operator, catalogue.Query{Limit: 1})
	if err != nil {
		return "", "", err
	}
	if len(needs.Items) == 0 || len(offers.Items) == 0 {
		return "", "", fmt.Errorf("the samples have nothing for %s", convention)
	}
	return cooperation.Participant(needs.Items[0].Beneficiaries[0].Alpha2()), offers.Items[0].Provider, nil
}

// sits is a State for which a member of the body sits: one of its members
// today, or the provider where the profile names none.
func sits(c *cooperation.Convention, fallback cooperation.Participant) cooperation.Participant {
	if body, ok := c.Committee(c.ReviewBody); ok {
		if members := body.MembersOn(cooperation.DateOf(time.Now())); len(members) > 0 {
			return cooperation.Participant(members[0].Country.Alpha2())
		}
	}
	return fallback
}

// readerLanguage is the first of the six languages that is official in the
// State; the operator's own where none is, and for a secretariat.
func (p *program) readerLanguage(of cooperation.Participant) string {
	if state, ok := of.State(); ok {
		for _, l := range state.Languages() {
			if slices.Contains(i18n.Languages(), l.Base()) {
				return l.Base()
			}
		}
	}
	return p.local.Language()
}

func (p *program) showPeople(people []demoPerson, url string) {
	p.say("cli.demo.roles")
	w := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
	for _, d := range people {
		fmt.Fprintf(w, "  %s\t%s\t%s\n", d.convention, d.name, d.token)
	}
	_ = w.Flush() // as with every print here, a closed terminal is no error of ours
	p.say("cli.demo.try")
	fmt.Fprintf(p.out, "  curl -H 'Authorization: Bearer %s' '%s/api/v1/proposals?convention=%s'\n", people[0].token, url, people[0].convention)
}
