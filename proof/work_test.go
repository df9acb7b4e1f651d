package proof_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"entente/cooperation"
	"entente/platform"
	"entente/reference"
)

// work is something that spans several writes: commits, or a commit and what
// goes out beside it. It is cut off at each of them.
type work struct {
	name string
	// begin makes what there is before; later is by how much the clock is ahead
	// when the work is done.
	begin func(s *scene)
	later time.Duration
	do    func(ctx context.Context, s *scene) error
	// again is what is done after the next start: by the jobs, or by whoever was
	// not answered and asks again. Default do.
	again func(ctx context.Context, s *scene) error
	// whole says that the work is one command: cut off anywhere, it is done or it
	// is not, before anybody asks again.
	whole bool
	// erases says that the work takes away what was written before it.
	erases bool
}

// scene is an installation on which work is done.
type scene struct {
	t       testing.TB
	on      *platform.Platform
	clock   *clock
	out     *outside
	process *mortal
	ids     map[string]string // of what was made before, by what it is called

	unharmed bool // nothing was cut off before
}

func actor(id string) cooperation.Actor {
	return cooperation.Actor{ID: id, Grants: people()[id]}
}

func (s *scene) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func needOf(state, title string) cooperation.NeedContent {
	return cooperation.NeedContent{Beneficiaries: []reference.Country{country(state)}, Title: title, Problem: "The law of 2007 has no rules on smoke-free places.",
		Themes: []string{"fctc-art8"}, Kinds: []cooperation.Outcome{{Kind: cooperation.Legal, Change: "A bill is before parliament."}},
		Languages:  []cooperation.LanguageWish{{Language: "en", Strength: cooperation.Preferred}},
		FocalPoint: &cooperation.Contact{Name: "Person drafter", Mail: "drafter@mail.example.org"}}
}

func offerOf(state, title string) cooperation.OfferContent {
	return cooperation.OfferContent{Provider: cooperation.Participant(state), Title: title, Description: "Two lawyers for a month.", Themes: []string{"fctc-art8"},
		Kinds: []cooperation.Outcome{{Kind: cooperation.Legal}}, Languages: []reference.Language{"en"}, Firmness: cooperation.Indication}
}

func needRows(n int) []cooperation.ImportRow[cooperation.NeedContent] {
	rows := make([]cooperation.ImportRow[cooperation.NeedContent], n)
	for i := range rows {
		rows[i] = cooperation.ImportRow[cooperation.NeedContent]{Line: i + 2, ExternalID: fmt.Sprint("need-", i), Convention: convention, Content: needOf("NA", fmt.Sprint("Law ", i))}
	}
	return rows
}

func offerRows(n int) []cooperation.ImportRow[cooperation.OfferContent] {
	rows := make([]cooperation.ImportRow[cooperation.OfferContent], n)
	for i := range rows {
		rows[i] = cooperation.ImportRow[cooperation.OfferContent]{Line: i + 2, ExternalID: fmt.Sprint("offer-", i), Convention: convention, Content: offerOf("NO", fmt.Sprint("Advisers ", i))}
	}
	return rows
}

// imported makes open needs and offers.
func imported(needs, offers int) func(*scene) {
	return func(s *scene) {
		_, err := s.on.ImportNeeds(s.t.Context(), actor("secretary"), needRows(needs), false)
		s.must(err)
		_, err = s.on.ImportOffers(s.t.Context(), actor("secretary"), offerRows(offers), false)
		s.must(err)
	}
}

func match(ctx context.Context, s *scene) error {
	_, err := s.on.Run(ctx, cooperation.System("jobs"), convention, platform.RunOptions{Trigger: "schedule"})
	return err
}

func tick(ctx context.Context, s *scene) error {
	_, err := s.on.Tick(ctx, convention)
	if err == nil {
		_, err = s.on.Digest(ctx, convention)
	}
	return err
}

// proposed has the matcher propose pairings, and both sides have looked.
func proposed(needs, offers int) func(*scene) {
	return func(s *scene) {
		imported(needs, offers)(s)
		s.must(match(s.t.Context(), s))
		s.clock.set(begin.Add(9 * 24 * time.Hour))
		state, _ := s.on.State(convention)
		for n, q := range state.Standing() {
			s.ids[fmt.Sprint("proposal ", n)] = q.ID
		}
	}
}

func (s *scene) open(ctx context.Context, together bool, proposals ...string) error {
	ids := make([]string, len(proposals))
	for n, name := range proposals {
		ids[n] = s.ids[name]
	}
	made, err := s.on.OpenReviews(ctx, actor("member-KE"), convention, ids, together, "key")
	for n, r := range made {
		s.ids[fmt.Sprint("review ", n)] = r.ID
	}
	return err
}

// reviewed has reviews under way: one in which nobody objects, one to which a
// member has objected, one in which a modification waits for its answers.
func reviewed(s *scene) {
	proposed(4, 1)(s)
	ctx := s.t.Context()
	s.must(s.open(ctx, false, "proposal 0", "proposal 1", "proposal 2"))
	_, err := s.on.ObjectToReview(ctx, actor("member-SE"), s.ids["review 1"], 0, "No.")
	s.must(err)
	_, err = s.on.ModifyReview(ctx, actor("member-KE"), s.ids["review 2"], 0, "Else.")
	s.must(err)
}

// unlessDone takes for done what was done before the answer was lost: whoever
// asks again is told that the step is not to be taken any more.
func unlessDone(err error) error {
	var e *cooperation.Error
	if errors.As(err, &e) && (e.Code == cooperation.State || e.Code == cooperation.Conflict || e.Code == cooperation.NotFound) {
		return nil
	}
	return err
}

// works are all sorts of work that span several writes. What is added to the
// program and spans several is a new row.
func works() []work {
	return append(workAfterReview(), []work{
		{name: "an import", begin: imported(0, 0), do: func(ctx context.Context, s *scene) error {
			_, err := s.on.ImportNeeds(ctx, actor("secretary"), needRows(3*piecesOfOne-2), false)
			return err
		}},
		{name: "an import of past help", begin: func(s *scene) {
			_, err := s.on.ImportHistory(s.t.Context(), actor("secretary"), convention, pastHelp("Reports", 10), false)
			s.must(err) // in place of which the other comes
		}, do: func(ctx context.Context, s *scene) error {
			_, err := s.on.ImportHistory(ctx, actor("secretary"), convention, pastHelp("Reports", manyRows), false)
			return err
		}},
		{name: "past help that is removed", begin: func(s *scene) {
			made, err := s.on.ImportHistory(s.t.Context(), actor("secretary"), convention, pastHelp("Reports", manyRows), false)
			s.must(err)
			s.ids["set"] = made.Set.ID
		}, do: func(ctx context.Context, s *scene) error {
			return unlessDone(s.on.RemoveHistory(ctx, actor("secretary"), convention, s.ids["set"], 0))
		}},
		{name: "a run", begin: imported(5, 2), do: match},
		{name: "opening reviews in a batch", whole: true, begin: proposed(3, 1), do: func(ctx context.Context, s *scene) error {
			return s.open(ctx, false, "proposal 0", "proposal 1", "proposal 2")
		}},
		{name: "a withdrawal that ends a review", whole: true, begin: reviewed, do: func(ctx context.Context, s *scene) error {
			_, err := s.on.WithdrawProposal(ctx, actor("clerk"), s.ids["proposal 1"], 0)
			return unlessDone(err)
		}},
		{name: "interest that introduces both sides", whole: true, begin: reviewed, do: func(ctx context.Context, s *scene) error {
			_, err := s.on.ExpressInterest(ctx, actor("provider"), s.ids["proposal 0"], 0)
			return err
		}},
		{name: "interest in what nobody has proposed", whole: true, begin: imported(1, 1), do: func(ctx context.Context, s *scene) error {
			state, _ := s.on.State(convention)
			n, _ := state.NeedByExternalID("need-0")
			o, _ := state.OfferByExternalID("offer-0")
			_, err := s.on.ExpressInterestIn(ctx, actor("clerk"), n.ID, o.ID)
			return err
		}},
		{name: "the clocks of reviews", begin: reviewed, later: 60 * day, do: clocks},
		{name: "the clocks of many postings", begin: imported(2*piecesOfOne, 2), later: 800 * 24 * time.Hour, do: tick},
		{name: "reminders and the roll-over", begin: func(s *scene) {
			proposed(1, 1)(s)
			_, err := s.on.NameMember(s.t.Context(), actor("secretary"), convention, "bureau", 0, cooperation.Term{Country: country("MX"), From: cooperation.DateOf(begin).AddDays(-100), Until: cooperation.DateOf(begin).AddDays(40), Seat: "amro"})
			s.must(err)
		}, later: 20 * 24 * time.Hour, do: tick},
		{name: "mails and webhooks", begin: func(s *scene) {
			proposed(1, 1)(s)
			s.must(s.out.deliver(s.t.Context(), s.on, s.process)) // what the run told, which is the same again and again
			for _, owner := range []string{"secretary", "provider"} {
				_, err := s.on.CreateWebhook(s.t.Context(), actor(owner), convention, cooperation.WebhookContent{URL: s.out.server.URL + "/" + owner, Events: []string{"proposal.*"}}, owner)
				s.must(err)
			}
			_, err := s.on.ExpressInterest(s.t.Context(), actor("provider"), s.ids["proposal 0"], 0)
			s.must(err)
		}, do: func(ctx context.Context, s *scene) error { return s.out.deliver(ctx, s.on, s.process) }},
		{name: "the erasure of a person", erases: true, begin: func(s *scene) {
			imported(3, 1)(s)
			_, err := s.on.CreateNeed(s.t.Context(), actor("drafter"), convention, needOf("NA", "A law of its own"), "key")
			s.must(err)
			_, _, err = s.on.IssueToken(s.t.Context(), cooperation.System("test"), "drafter", "laptop", []string{"read"}, time.Hour)
			s.must(err)
			_, err = s.on.CreateWebhook(s.t.Context(), actor("drafter"), convention, cooperation.WebhookContent{URL: "https://hooks.example.org/", Events: []string{"*"}}, "key")
			s.must(err)
		}, do: func(ctx context.Context, s *scene) error {
			values, until := s.on.Store().Ephemeral(), s.on.Now().Add(time.Hour)
			_, err := values.Claim(ctx, cooperation.SessionSlotKey("drafter", 0), []byte("one"), until, s.on.Now())
			err = errors.Join(err, values.Set(ctx, cooperation.SessionKey("one"), []byte("drafter"), until), values.Set(ctx, cooperation.SessionUseKey("one"), []byte("drafter"), until))
			if err != nil {
				return err
			}
			_, err = s.on.Erase(ctx, cooperation.System("operator"), "drafter")
			return err
		}, again: func(ctx context.Context, s *scene) error {
			if _, err := s.on.Erase(ctx, cooperation.System("operator"), "drafter"); err != nil {
				return err
			}
			return s.on.ResumeErasures(ctx)
		}},
		{name: "a file that is attached", begin: needWithFile(false), do: attach},
		{name: "a file that is erased", erases: true, begin: needWithFile(true), later: time.Hour, do: func(ctx context.Context, s *scene) error {
			_, err := s.on.EraseFile(ctx, actor("drafter"), "need", s.ids["need"], s.ids["file"])
			return unlessDone(err)
		}, again: func(ctx context.Context, s *scene) error {
			_, err := s.on.EraseFile(ctx, actor("drafter"), "need", s.ids["need"], s.ids["file"])
			if err = unlessDone(err); err == nil {
				_, err = s.on.SweepFiles(ctx)
			}
			return err
		}},
		{name: "roles that are handed over", whole: true, begin: imported(0, 0), do: func(ctx context.Context, s *scene) error {
			_, err := s.on.HandOver(ctx, actor("secretary"), "drafter", 0, "clerk", nil, true)
			return unlessDone(err)
		}},
	}...)
}

func needWithFile(attached bool) func(*scene) {
	return func(s *scene) {
		n, err := s.on.CreateNeed(s.t.Context(), actor("drafter"), convention, needOf("NA", "With a file"), "key")
		s.must(err)
		if s.ids["need"] = n.ID; attached {
			s.must(attach(s.t.Context(), s))
		}
	}
}

func attach(ctx context.Context, s *scene) error {
	file, _, err := s.on.Attach(ctx, actor("drafter"), "need", s.ids["need"], "survey.txt", strings.NewReader("What was found."))
	s.ids["file"] = file.SHA256
	return err
}

// pastHelp is past help of a source, so many rows of which each is a line.
func pastHelp(source string, n int) platform.HistoryImport {
	rows := make([]cooperation.ImportRow[cooperation.HistoryRow], n)
	beneficiaries := reference.Countries()
	for i := range rows {
		rows[i] = cooperation.ImportRow[cooperation.HistoryRow]{Line: i + 2, Content: cooperation.HistoryRow{Year: 1990 + i%30, Beneficiary: beneficiaries[i/30%180], Theme: []string{"fctc-art6", "fctc-art8"}[i/30/180%2],
			Provider: "EU", Cents: 1_000_000_000_000 + int64(i)}}
	}
	return platform.HistoryImport{HistorySource: cooperation.HistorySource{Source: source}, Rows: rows}
}

// manyRows of past help are in two documents beside the one that names them.
const manyRows = 10_000
