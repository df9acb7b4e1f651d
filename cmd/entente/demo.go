package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"text/tabwriter"
	"time"

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
	told := newStory(p)
	p.clock = told.now
	i, err := p.open(ctx)
	if err != nil {
		return err
	}
	told.on = i.platform
	err = c.show(ctx, p, i, told)
	return errors.Join(err, i.close())
}

func (c *demoCommand) show(ctx context.Context, p *program, i *installation, told *story) error {
	before, _ := i.platform.State(i.platform.Conventions()[0].ID)
	new := before.Position() == 0 // a folder that was used before has its story
	if !new {
		told.resume()
	}
	if err := importSamples(ctx, i.platform); err != nil {
		return err
	}
	for _, convention := range i.platform.Conventions() {
		var b bench
		if new {
			told.back(storyBegins)
			var err error
			if b, err = told.committee(ctx, convention); err != nil {
				return err
			}
		}
		r, err := i.platform.Run(ctx, operator, convention.ID, platform.RunOptions{Trigger: "command"})
		if err != nil {
			return err
		}
		p.showRanking(i, convention, r, shown)
		if new {
			if err := told.tell(ctx, convention, b); err != nil {
				return err
			}
		}
	}
	told.resume()
	if err := deliverNow(ctx, i); err != nil {
		return err
	}
	if c.Once {
		return nil
	}
	people, err := told.roles(ctx)
	if err != nil {
		return err
	}
	for _, d := range people {
		i.demo = append(i.demo, web.DemoRole{Convention: d.convention, Name: d.name, User: d.user})
	}
	i.demoTime = told
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
const demoLife = (farthest + 7) * 24 * time.Hour

// roles are the accounts of the demo, with a token for each.
func (s *story) roles(ctx context.Context) ([]demoPerson, error) {
	var people []demoPerson
	for _, c := range s.on.Conventions() {
		users := slices.DeleteFunc(slices.Clone(s.on.Users(c.ID)), func(u *cooperation.User) bool { return u.ID != accountOf(u.Mail) })
		slices.SortStableFunc(users, func(a, b *cooperation.User) int {
			return cmp.Or(a.Created.Compare(b.Created), cmp.Compare(a.Mail, b.Mail))
		})
		for _, u := range users {
			token, _, err := s.on.CreateToken(ctx, operator, u.ID, "demo", false, demoLife)
			if err != nil {
				return nil, err
			}
			people = append(people, demoPerson{u.Name, c.ID, token, u.ID})
		}
	}
	return people, nil
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
