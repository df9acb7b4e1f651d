package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"entente/catalogue"
	"entente/cooperation"
	"entente/message"
	"entente/platform"
	"entente/reference"
)

// story lets the demo begin some weeks ago, so that its reader finds
// something at every step of the way: proposals before a committee, talks,
// terms, a partnership that delivers. Everything happens by the commands of
// those to whom it would happen, on the days on which it could have.
type story struct {
	p      *program
	on     *platform.Platform
	behind atomic.Int64 // by how much its clock is behind that of the world; less than 0: ahead

	passing sync.Mutex // held while days pass
}

// storyBegins is how long ago the story begins: long enough for two silences
// in working days.
const storyBegins = 40

func newStory(p *program) *story {
	s := &story{p: p}
	s.back(storyBegins)
	return s
}

// now is the time in the story.
func (s *story) now() time.Time { return time.Now().Add(-time.Duration(s.behind.Load())) }

// today is the day in the story.
func (s *story) today() cooperation.Date { return cooperation.DateOf(s.now()) }

// back sets the clock so many days back.
func (s *story) back(days int) { s.behind.Store(int64(time.Duration(days) * 24 * time.Hour)) }

// until lets time pass until so many days ago, with all that clocks bring about
// on the way.
func (s *story) until(ctx context.Context, convention string, days int) error {
	now := int(time.Duration(s.behind.Load()) / (24 * time.Hour))
	for ; now > days; now-- {
		s.back(now - 1)
		if _, err := s.on.Tick(ctx, convention); err != nil {
			return err
		}
	}
	return nil
}

// person makes an account, or finds the one that was made before. Its address
// is under example.org, which nobody receives.
func (s *story) person(ctx context.Context, c *cooperation.Convention, role cooperation.Role, of cooperation.Participant, committee string) (cooperation.Actor, error) {
	mail := strings.ToLower(strings.Trim(fmt.Sprintf("%s.%s.%s", role, c.ID, strings.ReplaceAll(string(of), ":", "-")), ".")) + "@example.org"
	name := s.p.local.Render(personOf(role, c.ID, of, committee), s.on.Names(c.ID))
	u, err := s.on.CreateUser(ctx, operator, cooperation.User{ID: accountOf(mail), Name: name, Mail: mail, Language: s.p.readerLanguage(of),
		Grants: []cooperation.Grant{{Convention: c.ID, Role: role, Participant: of, Committee: committee}}})
	if err != nil {
		return cooperation.Actor{}, err
	}
	return cooperation.Actor{ID: u.ID, Grants: u.Grants}, nil
}

// accountOf is the id of an account of the demo.
func accountOf(mail string) string { return cooperation.DerivedID("user", "demo", mail) }

// encounter is a proposal with those who act for its two sides.
type encounter struct {
	q      *cooperation.Proposal
	need   *cooperation.Need
	offer  *cooperation.Offer
	asks   cooperation.Actor // focal point of the beneficiary
	gives  cooperation.Actor // provider
	clears cooperation.Actor // approver of the beneficiary
}

// meet makes the accounts of those who act for both sides.
func (s *story) meet(ctx context.Context, c *cooperation.Convention, list []encounter) (err error) {
	for i := range list {
		one := &list[i]
		of := cooperation.Participant(one.need.Beneficiaries[0].Alpha2())
		if one.asks, err = s.person(ctx, c, cooperation.FocalPoint, of, ""); err != nil {
			return err
		}
		if one.clears, err = s.person(ctx, c, cooperation.Approver, of, ""); err != nil {
			return err
		}
		if one.gives, err = s.person(ctx, c, cooperation.ProviderRole, one.offer.Provider, ""); err != nil {
			return err
		}
	}
	return nil
}

// pairs are proposals of which no two have a side in common, the best first,
// those whose help can be counted in money or in kind before others.
func (s *story) pairs(c *cooperation.Convention, most int) ([]encounter, error) {
	state, _ := s.on.State(c.ID)
	page, err := state.Proposals(operator, catalogue.ProposalQuery{Status: []cooperation.ProposalStatus{cooperation.Proposed}, Limit: catalogue.MaxLimit})
	if err != nil {
		return nil, err
	}
	list := slices.Clone(page.Items)
	score := func(q *cooperation.Proposal) int64 {
		found, _ := s.on.Pairing(q)
		return int64(found.Score)
	}
	slices.SortStableFunc(list, func(a, b *cooperation.Proposal) int {
		return cmp.Or(cmp.Compare(score(b), score(a)), cmp.Compare(a.ID, b.ID))
	})
	used := map[string]bool{}
	var out []encounter
	for _, q := range list {
		n, _ := state.Need(q.Need)
		if len(q.Offers) != 1 || len(out) == most || used[q.Need] || used[q.Offers[0]] {
			continue
		}
		o, _ := state.Offer(q.Offers[0])
		if used[string(o.Provider)] || used[n.Beneficiaries[0].Alpha2()] || used[n.Beneficiaries[0].Alpha2()+"/"] {
			continue
		}
		used[q.Need], used[o.ID], used[string(o.Provider)], used[n.Beneficiaries[0].Alpha2()] = true, true, true, true
		one := encounter{q: q, need: n, offer: o}
		out = append(out, one)
	}
	return out, nil
}

// words are a text of the story in the language of whoever started it.
func (s *story) words(key string) string { return s.p.local.Render(message.New("demo."+key), nil) }

// talk introduces both sides, by the interest of the provider, and lets those
// answer who are named.
func (s *story) talk(ctx context.Context, one encounter, answers ...cooperation.Actor) error {
	q, err := s.on.ExpressInterest(ctx, one.gives, one.q.ID, 0)
	if err != nil {
		return err
	}
	for _, who := range answers {
		if _, err = s.on.ReplyIntroduction(ctx, who, q.Introduction, 0, cooperation.ReplyContent{Reply: cooperation.ReplyInterested}); err != nil {
			return err
		}
	}
	return nil
}

// terms are what the provider could give of what is sought.
func (s *story) terms(one encounter) cooperation.PartnershipTerms {
	share := cooperation.Share{Offer: one.offer.ID, Provider: one.offer.Provider, Lead: true}
	for _, k := range one.need.KindList() {
		if slices.Contains(one.offer.KindList(), k) {
			share.Kinds = append(share.Kinds, k)
		}
	}
	if slices.Contains(share.Kinds, cooperation.Finance) || one.offer.Capacity.Unit == "amount" {
		gap, currency := one.need.Gap()
		left, of := one.offer.RemainingMinor()
		switch {
		case of == "" && gap > 0:
			share.Pledged = cooperation.NewMoney(gap/2, currency)
		case of == currency && gap > 0:
			share.Pledged = cooperation.NewMoney(min(gap, left)/2, currency)
		case of != "":
			share.Pledged = cooperation.NewMoney(left/2, of)
		default:
			share.Pledged = cooperation.NewMoney(5_000_000, "USD")
		}
	}
	if c := one.offer.Capacity; c.Quantity > 0 {
		share.Quantity = (c.Quantity + 2) / 3
	}
	start := s.today().AddDays(7)
	if one.offer.Start.Days() > start.Days() {
		start = one.offer.Start
	}
	return cooperation.PartnershipTerms{Providers: []cooperation.Share{share}, Start: start, End: start.AddMonths(12), Plan: s.words("plan"), Rest: share.Kinds, Languages: slices.Clone(one.offer.Languages[:min(1, len(one.offer.Languages))]),
		Milestones: []cooperation.Milestone{{Title: s.words("milestone.plan"), Due: start.AddDays(5)}, {Title: s.words("milestone.course"), Due: start.AddMonths(3)}, {Title: s.words("milestone.report"), Due: start.AddMonths(11)}}}
}

// agree brings both sides to the same terms.
func (s *story) agree(ctx context.Context, c *cooperation.Convention, one encounter) (*cooperation.Agreement, error) {
	a, err := s.on.BeginAgreement(ctx, one.gives, one.q.ID, s.terms(one), s.words("note"))
	if err != nil {
		return nil, err
	}
	if a, err = s.on.AcceptTerms(ctx, one.asks, a.ID, 0, 1, nil); err != nil {
		return nil, err
	}
	if a.Status == cooperation.AgreementClearing {
		other, err := s.person(ctx, c, cooperation.Approver, one.offer.Provider, "")
		if err != nil {
			return nil, err
		}
		for _, who := range []cooperation.Actor{one.clears, other} {
			if a.Status != cooperation.AgreementClearing {
				break
			}
			if a, err = s.on.ClearTerms(ctx, who, a.ID, 0, 1, cooperation.Clearance{Date: s.today(), Reference: s.words("reference")}); err != nil {
				return nil, err
			}
		}
	}
	if a.Partnership == "" {
		return nil, fmt.Errorf("the sample talks of %s ended as %s", one.q.ID, a.Status)
	}
	return a, nil
}

// deliver begins a partnership and does its first step.
func (s *story) deliver(ctx context.Context, c *cooperation.Convention, one encounter) error {
	a, err := s.agree(ctx, c, one)
	if err != nil {
		return err
	}
	if err := s.until(ctx, c.ID, 24); err != nil {
		return err
	}
	if _, _, err = s.on.BeginPartnership(ctx, one.gives, a.Partnership, 0, s.today()); err != nil {
		return err
	}
	if err := s.until(ctx, c.ID, 19); err != nil {
		return err
	}
	if _, _, err = s.on.ReportMilestone(ctx, one.gives, a.Partnership, 0, cooperation.MilestoneReport{Milestone: 1, Done: s.today(), Text: s.words("done")}); err != nil || c.Reviewed {
		return err
	}
	return s.complete(ctx, c, one, a.Partnership)
}

// complete ends a partnership with all that was promised delivered, and with
// what others can learn from it.
func (s *story) complete(ctx context.Context, c *cooperation.Convention, one encounter, id string) error {
	x, _, err := s.on.Partnership(one.gives, id)
	if err != nil {
		return err
	}
	share := x.Providers[0]
	given := []cooperation.ShareDelivered{{Share: 1, Kinds: share.Kinds, Amount: share.Pledged, Quantity: share.Quantity, Text: s.words("delivered")}}
	if err := s.until(ctx, c.ID, 14); err != nil {
		return err
	}
	if _, _, err = s.on.CompletePartnership(ctx, one.gives, id, 0, given, s.words("delivered")); err != nil {
		return err
	}
	if _, _, err = s.on.ConfirmPartnership(ctx, one.asks, id, 0); err != nil {
		return err
	}
	if _, _, err = s.on.DraftLessons(ctx, one.asks, id, 0, s.words("lessons"), reference.Language(s.p.local.Language()), true); err != nil {
		return err
	}
	_, _, err = s.on.ClearLessons(ctx, one.gives, id, 0, 1, true)
	return err
}

// tell lets a convention's weeks pass, after its first run.
func (s *story) tell(ctx context.Context, c *cooperation.Convention, b bench) error {
	if err := s.programme(ctx, c); err != nil {
		return err
	}
	pairs, err := s.pairs(c, 12)
	if err != nil || len(pairs) < 3 {
		return errors.Join(err, s.until(ctx, c.ID, 0))
	}
	if err := s.meet(ctx, c, pairs[:3]); err != nil {
		return err
	}
	first, second, third := pairs[0], pairs[1], pairs[2]
	if err := errors.Join(s.until(ctx, c.ID, 38), s.talk(ctx, first, first.asks), s.deliver(ctx, c, first)); err != nil {
		return err
	}
	if err := s.review(ctx, c, b, slices.DeleteFunc(pairs[3:], func(one encounter) bool { return !b.impartial(one) })); err != nil {
		return err
	}
	asked, err := s.help(ctx, c)
	if err := errors.Join(err, s.talk(ctx, second, second.asks), s.until(ctx, c.ID, 3)); err != nil {
		return err
	}
	if _, err := s.on.BeginAgreement(ctx, second.gives, second.q.ID, s.terms(second), s.words("note")); err != nil {
		return err
	}
	if err := errors.Join(s.until(ctx, c.ID, 2), s.found(ctx, c, asked), s.recommend(ctx, c, second.asks, second.need.Beneficiaries[0]), s.talk(ctx, third), s.until(ctx, c.ID, 0)); err != nil {
		return err
	}
	_, err = s.on.Run(ctx, operator, c.ID, platform.RunOptions{Trigger: "command"}) // what was agreed is no longer sought
	return err
}

// bench are the members of a committee in the story.
type bench struct {
	id                   string
	named                bool // whether they are the story's own
	chair, adviser, free seated
}

// seated is somebody who sits for a State.
type seated struct {
	cooperation.Actor
	of reference.Country
}

// free reports whether none of the members is on a side of the proposal.
func (b *bench) impartial(one encounter) bool {
	return !slices.ContainsFunc([]seated{b.chair, b.adviser, b.free}, func(m seated) bool {
		sides := cooperation.Sides{Need: one.need, Offers: []*cooperation.Offer{one.offer}}
		return cooperation.Recused(m.of, sides.Participants()...)
	})
}

// committee names members to the body that reviews pairings, where the profile
// names none for today: States of the samples, as its rules ask.
func (s *story) committee(ctx context.Context, c *cooperation.Convention) (b bench, err error) {
	office, err := s.person(ctx, c, cooperation.Secretariat, "", "")
	if err != nil {
		return b, err
	}
	body, _ := c.Committee(c.ReviewBody)
	b.id = body.ID
	affected, providers, err := s.states(c)
	if err != nil {
		return b, err
	}
	if members := body.MembersOn(s.today()); !c.Reviewed || body.Composition.Seats != 4 || len(members) > 0 || len(affected) < 2 || len(providers) < 2 {
		of := cooperation.Participant(affected[0].Alpha2())
		if len(members) > 0 {
			of = cooperation.Participant(members[0].Country.Alpha2())
		}
		_, err = s.person(ctx, c, cooperation.CommitteeMember, of, body.ID)
		return b, err
	}
	earlier, later := s.today().AddMonths(-14), s.today().AddMonths(-2)
	term := func(of reference.Country, from cooperation.Date, as cooperation.SeatRole) {
		if err == nil {
			_, err = s.on.NameMember(ctx, office, c.ID, body.ID, 0, cooperation.Term{Country: of, From: from, Until: from.AddMonths(24).AddDays(-1), As: []cooperation.SeatRole{as}})
		}
	}
	term(providers[0], earlier, cooperation.SeatProvider)
	term(affected[0], earlier, cooperation.SeatAffected)
	term(providers[1], later, cooperation.SeatProvider)
	term(affected[1], later, cooperation.SeatAffected)
	if err != nil {
		return b, err
	}
	if _, err = s.on.NameChair(ctx, office, c.ID, body.ID, 0, cooperation.Presidency{Country: providers[0], From: later, Until: later.AddMonths(10)}); err != nil {
		return b, err
	}
	if _, err = s.on.NameAdviser(ctx, office, c.ID, body.ID, 0, cooperation.Adviser{Country: affected[0], From: later, Until: later.AddMonths(10)}); err != nil {
		return b, err
	}
	b.chair.of, b.adviser.of, b.free.of = providers[0], affected[0], providers[1]
	for _, who := range []*seated{&b.chair, &b.adviser, &b.free} { // whoever reads the demo finds the chair first
		if who.Actor, err = s.person(ctx, c, cooperation.CommitteeMember, cooperation.Participant(who.of.Alpha2()), body.ID); err != nil {
			return b, err
		}
	}
	b.named = true
	return b, s.observer(ctx, c, office, body.ID, affected[2:])
}

// observer invites a State that does not sit on the body to its work, where
// there is one.
func (s *story) observer(ctx context.Context, c *cooperation.Convention, office cooperation.Actor, body string, of []reference.Country) error {
	if len(of) == 0 {
		return nil
	}
	who := cooperation.Participant(of[len(of)-1].Alpha2())
	if _, err := s.on.InviteObserver(ctx, office, c.ID, body, 0, cooperation.Invitation{Participant: who, From: s.today(), Until: s.today().AddMonths(12)}); err != nil {
		return err
	}
	_, err := s.person(ctx, c, cooperation.ObserverRole, who, "")
	return err
}

// states are the States of the samples' needs and of its offers, the latest
// first.
func (s *story) states(c *cooperation.Convention) (affected, providers []reference.Country, err error) {
	state, _ := s.on.State(c.ID)
	needs, err := state.SearchNeeds(operator, catalogue.Query{Limit: catalogue.MaxLimit})
	if err != nil {
		return nil, nil, err
	}
	offers, err := state.SearchOffers(operator, catalogue.Query{Limit: catalogue.MaxLimit})
	if err != nil {
		return nil, nil, err
	}
	for _, n := range needs.Items {
		if !slices.Contains(affected, n.Beneficiaries[0]) {
			affected = append(affected, n.Beneficiaries[0])
		}
	}
	for _, o := range offers.Items {
		if country, ok := o.Provider.State(); ok && !slices.Contains(providers, country) && !slices.Contains(affected, country) {
			providers = append(providers, country)
		}
	}
	return affected, providers, nil
}

// review lets the committee look at three proposals: one is endorsed by
// silence, one is objected to, and of one the silence runs.
func (s *story) review(ctx context.Context, c *cooperation.Convention, b bench, pairs []encounter) error {
	open := func(one encounter) (*cooperation.Review, error) {
		made, err := s.on.OpenReviews(ctx, b.chair.Actor, c.ID, []string{one.q.ID}, false, one.q.ID)
		if err != nil {
			return nil, err
		}
		return made[0], nil
	}
	if !b.named || len(pairs) < 3 {
		return s.until(ctx, c.ID, 4)
	}
	if _, err := open(pairs[0]); err != nil {
		return err
	}
	if err := s.until(ctx, c.ID, 4); err != nil {
		return err
	}
	objected, err := open(pairs[1])
	if err != nil {
		return err
	}
	if _, err = s.on.CommentReview(ctx, b.adviser.Actor, objected.ID, 0, s.words("comment")); err != nil {
		return err
	}
	if _, err = s.on.ObjectToReview(ctx, b.free.Actor, objected.ID, 0, s.words("objection")); err != nil {
		return err
	}
	running, err := open(pairs[2])
	if err != nil {
		return err
	}
	_, err = s.on.AdviseReview(ctx, b.adviser.Actor, running.ID, 0, s.words("advice"))
	return err
}
