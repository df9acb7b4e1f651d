package proof_test

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"entente/cooperation"
	"entente/platform"
	"entente/reference"
)

const day = 24 * time.Hour

// workAfterReview is what spans several writes between the advice of a body and
// what remains of the help.
func workAfterReview() []work {
	return []work{
		{name: "an introduction by whoever facilitates", whole: true, begin: endorsed(1, 1), do: func(ctx context.Context, s *scene) error {
			_, err := s.on.Introduce(ctx, actor("secretary"), s.ids["proposal 0"], 0)
			return unlessDone(err)
		}},
		{name: "introductions that nobody has made in time", begin: endorsed(2, 2), later: 10 * day, do: clocks},
		{name: "a question, its answer and two replies", begin: waitingFor(1, 1), do: func(ctx context.Context, s *scene) error {
			return s.inTurn(
				func() error {
					_, err := s.on.AskIntroduction(ctx, actor("clerk"), s.ids["introduction 0"], s.at("introduction 0"), "When?")
					return err
				},
				func() error {
					_, err := s.on.AnswerIntroduction(ctx, actor("provider"), s.ids["introduction 0"], s.at("introduction 0")+1, 1, "In May.")
					return err
				},
				func() error {
					return s.reply(ctx, "clerk", cooperation.ReplyContent{Reply: cooperation.ReplyInterested})
				},
				func() error {
					return s.reply(ctx, "provider", cooperation.ReplyContent{Reply: cooperation.ReplyInterested})
				},
			)
		}},
		{name: "a refusal that excludes", whole: true, begin: waitingFor(1, 2), do: func(ctx context.Context, s *scene) error {
			return unlessDone(s.reply(ctx, "clerk", cooperation.ReplyContent{Reply: cooperation.ReplyDeclined, Reason: "timing", Exclude: []cooperation.Participant{"NO"}}))
		}},
		{name: "the clocks of introductions", begin: func(s *scene) {
			waitingFor(2, 2)(s)
			_, err := s.on.AskIntroduction(s.t.Context(), actor("clerk"), s.ids["introduction 1"], 0, "When?")
			s.must(err)
			_, err = s.on.ReplyIntroduction(s.t.Context(), actor("provider"), s.ids["introduction 1"], 0, cooperation.ReplyContent{Reply: cooperation.ReplyInterested})
			s.must(err)
		}, later: 70 * day, do: clocks},
		{name: "terms that are proposed, countered and taken back", begin: limited(1, 1), do: func(ctx context.Context, s *scene) error {
			return s.inTurn(
				func() error { return s.propose(ctx, 0) },
				func() error {
					_, err := s.on.ProposeTerms(ctx, actor("provider"), s.ids["agreement 0"], 1, s.terms(0, 5), "Five will do.")
					return err
				},
				func() error {
					_, err := s.on.WithdrawTerms(ctx, actor("provider"), s.ids["agreement 0"], 2)
					return err
				},
			)
		}},
		{name: "the last acceptance, the run that follows, and what people are told", begin: onTheTable(2, 2), do: func(ctx context.Context, s *scene) error {
			return s.inTurn(func() error { return s.accept(ctx) }, func() error { return match(ctx, s) }, func() error { return s.out.deliver(ctx, s.on, s.process) })
		}},
		{name: "the clocks of agreements", begin: func(s *scene) {
			onTheTable(2, 2)(s)
			s.must(s.propose(s.t.Context(), 1))
			q, err := s.on.Proposal(actor("provider"), s.ids["talks 1"])
			s.must(err)
			_, err = s.on.ReplyIntroduction(s.t.Context(), actor("provider"), q.Introduction, 0, cooperation.ReplyContent{Reply: cooperation.ReplyDeclined, Reason: "timing"})
			s.must(err)
		}, later: 40 * day, do: clocks},
		{name: "delivery that begins, and departs from its plan", begin: agreed(1, 1), do: func(ctx context.Context, s *scene) error {
			return s.inTurn(func() error { return s.begins(ctx, 0) }, func() error {
				_, _, err := s.on.ReportDeviation(ctx, actor("clerk"), s.ids["partnership 0"], 2, cooperation.Deviation{Aspect: "schedule", Text: "Elections."})
				return err
			})
		}},
		{name: "a partnership that stops, and the run that follows", begin: agreed(1, 2), do: func(ctx context.Context, s *scene) error {
			return s.inTurn(func() error {
				_, _, err := s.on.StopPartnership(ctx, actor("provider"), s.ids["partnership 0"], 0, "capacity_used", "", nil)
				return err
			}, func() error { return match(ctx, s) })
		}},
		{name: "a partnership that both sides complete", begin: func(s *scene) {
			agreed(1, 1)(s)
			s.must(s.begins(s.t.Context(), 0))
		}, do: func(ctx context.Context, s *scene) error {
			return s.inTurn(func() error { return s.complete(ctx, 2) }, func() error {
				_, _, err := s.on.ConfirmPartnership(ctx, actor("provider"), s.ids["partnership 0"], 0)
				return err
			})
		}},
		{name: "the clocks of partnerships", begin: func(s *scene) {
			agreed(2, 2)(s)
			for n := range 2 {
				s.must(s.begins(s.t.Context(), n))
			}
			s.must(s.complete(s.t.Context(), 2))
		}, later: 95 * day, do: clocks},
	}
}

// inTurn does step after step. What was done before the answer was lost is taken
// for done; where nothing was cut off, every step is taken.
func (s *scene) inTurn(steps ...func() error) error {
	for n, step := range steps {
		err := step()
		if !s.unharmed {
			err = unlessDone(err)
		}
		if err != nil {
			return fmt.Errorf("step %d: %w", n+1, err)
		}
	}
	return nil
}

// clocks looks at the clocks alone. What waits for the daily mail is another work.
func clocks(ctx context.Context, s *scene) error {
	_, err := s.on.Tick(ctx, convention)
	return err
}

// noted keeps a version that whoever acts has read.
func (s *scene) noted(name string, version uint64) {
	s.ids["version of "+name] = strconv.FormatUint(version, 10)
}

func (s *scene) at(name string) platform.Match {
	version, _ := strconv.ParseUint(s.ids["version of "+name], 10, 64)
	return platform.Match(version)
}

// endorsed has proposals that nobody has objected to.
func endorsed(needs, offers int) func(*scene) {
	return func(s *scene) {
		proposed(needs, offers)(s)
		ctx := s.t.Context()
		var all []string
		for n := range needs * offers {
			all = append(all, fmt.Sprint("proposal ", n))
		}
		s.must(s.open(ctx, false, all...))
		s.clock.set(s.clock.Now().Add(8 * day))
		s.must(tick(ctx, s))
	}
}

// waitingFor has one proposal of each need introduced, so that both sides are asked.
func waitingFor(needs, offers int) func(*scene) {
	return func(s *scene) {
		endorsed(needs, offers)(s)
		state, _ := s.on.State(convention)
		for n := range needs {
			need, _ := state.NeedByExternalID(fmt.Sprint("need-", n))
			offer, _ := state.OfferByExternalID("offer-0")
			q, err := s.on.Introduce(s.t.Context(), actor("secretary"), cooperation.ProposalID(convention, need.ID, offer.ID), 0)
			s.must(err)
			name := fmt.Sprint("introduction ", n)
			s.ids[name] = q.Introduction
			s.noted(name, 1)
		}
	}
}

// daysOfHelp are all that an offer has to give.
const daysOfHelp = 10

// limited makes open needs, and offers that are soon used up.
func limited(needs, offers int) func(*scene) {
	return func(s *scene) {
		imported(needs, offers)(s)
		state, _ := s.on.State(convention)
		for n := range offers {
			o, _ := state.OfferByExternalID(fmt.Sprint("offer-", n))
			content := o.OfferContent
			content.Capacity = cooperation.Capacity{Unit: "person_days", Quantity: daysOfHelp}
			_, err := s.on.ReplaceOffer(s.t.Context(), actor("provider"), o.ID, 0, content)
			s.must(err)
		}
	}
}

func (s *scene) reply(ctx context.Context, who string, reply cooperation.ReplyContent) error {
	_, err := s.on.ReplyIntroduction(ctx, actor(who), s.ids["introduction 0"], 0, reply)
	return err
}

// propose puts terms for a need and the offer of the same number on the table,
// by the side of the need.
func (s *scene) propose(ctx context.Context, n int) error {
	state, _ := s.on.State(convention)
	need, _ := state.NeedByExternalID(fmt.Sprint("need-", n))
	offer, _ := state.OfferByExternalID(fmt.Sprint("offer-", n))
	q, err := s.on.ExpressInterestIn(ctx, actor("clerk"), need.ID, offer.ID)
	if err != nil {
		return err
	}
	s.ids[fmt.Sprint("talks ", n)], s.ids[fmt.Sprint("agreement ", n)] = q.ID, cooperation.AgreementID(q.ID)
	_, err = s.on.BeginAgreement(ctx, actor("clerk"), q.ID, s.terms(n, daysOfHelp), "")
	return err
}

// terms give so many days of the help that an offer has.
func (s *scene) terms(n, days int) cooperation.PartnershipTerms {
	state, _ := s.on.State(convention)
	offer, _ := state.OfferByExternalID(fmt.Sprint("offer-", n))
	today := cooperation.DateOf(begin)
	return cooperation.PartnershipTerms{Start: today.AddDays(10), End: today.AddDays(400), Languages: []reference.Language{"en"},
		Providers: []cooperation.Share{{Offer: offer.ID, Provider: "NO", Lead: true, Kinds: []cooperation.Kind{cooperation.Legal}, Quantity: days}}}
}

// onTheTable has terms for the first need on the table.
func onTheTable(needs, offers int) func(*scene) {
	return func(s *scene) {
		limited(needs, offers)(s)
		s.must(s.propose(s.t.Context(), 0))
	}
}

func (s *scene) accept(ctx context.Context) error {
	_, err := s.on.AcceptTerms(ctx, actor("provider"), s.ids["agreement 0"], 0, 1, nil)
	return err
}

// agreed has partnerships of the first needs with the offers of their numbers.
func agreed(partnerships, offers int) func(*scene) {
	return func(s *scene) {
		limited(partnerships, offers)(s)
		ctx := s.t.Context()
		for n := range partnerships {
			s.must(s.propose(ctx, n))
			x, err := s.on.AcceptTerms(ctx, actor("provider"), s.ids[fmt.Sprint("agreement ", n)], 0, 1, nil)
			s.must(err)
			s.ids[fmt.Sprint("partnership ", n)] = x.Partnership
		}
	}
}

func (s *scene) begins(ctx context.Context, n int) error {
	_, _, err := s.on.BeginPartnership(ctx, actor("clerk"), s.ids[fmt.Sprint("partnership ", n)], 1, cooperation.Date{})
	return err
}

func (s *scene) complete(ctx context.Context, version platform.Match) error {
	_, _, err := s.on.CompletePartnership(ctx, actor("clerk"), s.ids["partnership 0"], version, nil, "The law is adopted.")
	return err
}
