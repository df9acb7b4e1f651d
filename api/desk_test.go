package api_test

import (
	"slices"
	"strings"
	"testing"

	"entente/cooperation"
)

// deskProposal is what tests read of a proposal on a desk.
type deskProposal struct {
	Proposal struct{ ID string }
	Step     string
	Turn     struct {
		Kind     string
		DaysLeft int `json:"days_left"`
		Overdue  bool
	}
	Mine      bool
	Need      struct{ ID, Title string }
	Offers    []struct{ ID, Title string }
	Holds     bool
	Score     int64
	Parts     []struct{ Name, Sentence string }
	Passed    []struct{ Filter, Sentence string }
	Frozen    *struct{ Changed bool }
	Conflicts struct {
		Presiding struct {
			Country struct{ ID string }
			Acting  bool
		}
		Recused []struct {
			Country        struct{ ID string }
			Side, Declared bool
			Text           string
		}
		Enough, Self bool
	}
	Review *struct {
		Status     string
		Objections []struct{ Text string }
		May        []string
	}
	Advice struct {
		Given   bool
		Text    string
		Adviser struct{ ID string }
	}
	Duplicates []likely
	Alternates struct {
		Offers, Needs []struct {
			Posting  struct{ ID string }
			Proposal string
		}
		Shown bool
	}
	Fairness []struct {
		Side        string
		Participant struct{ ID string }
		Proposed    int
		Endorsed    int
		Underserved bool
		Sentences   []string
	}
}

type queuePage struct {
	Items []deskProposal
	Next  string
	Total int
	Steps []struct {
		Step                 string
		Count, Mine, Overdue int
	}
}

func (i *installation) queue(who, query string) (page queuePage) {
	i.t.Helper()
	i.ask(who, "GET", "/api/v1/committees/bureau/queue?convention=fctc&"+query, nil).is(200).into(&page)
	return page
}

func (i *installation) onDesk(who, proposal string) deskProposal {
	i.t.Helper()
	var desk struct{ Proposal deskProposal }
	i.ask(who, "GET", "/api/v1/proposals/"+proposal+"/desk", nil).is(200).into(&desk)
	return desk.Proposal
}

// A chair finds in one answer what waits, and all that belongs to a decision.
func TestTheQueueHoldsAllThatBelongsToADecision(t *testing.T) {
	i := install(t)
	i.seated()
	i.join("sweden", cooperation.Grant{Convention: "fctc", Role: cooperation.CommitteeMember, Participant: "SE", Committee: "bureau"})
	first, second := i.openNeed("Smoke-free places"), i.openNeed("Smoke-free places in the provinces")
	offer, other := i.openOffer("Advisers"), i.openOffer("Trainers")
	i.ask("secretary", "POST", "/api/v1/runs", `{"convention":"fctc"}`).is(201)
	i.ask("secretary", "POST", "/api/v1/needs/"+first.ID+"/duplicates", map[string]any{"of": second.ID, "decision": "coordinated"}).is(200)

	whole := i.queue("member", "")
	if whole.Total != 4 || len(whole.Items) != 4 || len(whole.Steps) != 1 || whole.Steps[0].Step != "opening" || whole.Steps[0].Mine != 4 {
		t.Fatalf("the queue is %+v", whole)
	}
	at := slices.IndexFunc(whole.Items, func(d deskProposal) bool { return d.Need.ID == first.ID && d.Offers[0].ID == offer.ID })
	d := whole.Items[at]
	switch {
	case d.Turn.Kind != "opening" || d.Turn.DaysLeft == 0 || d.Turn.Overdue || !d.Mine:
		t.Errorf("the clock is %+v", d.Turn)
	case !d.Holds || d.Score == 0 || len(d.Parts) != 8 || len(d.Passed) != 11 || d.Frozen != nil:
		t.Errorf("the score is %d of %+v, passed are %+v", d.Score, d.Parts, d.Passed)
	case d.Conflicts.Presiding.Country.ID != "KE" || d.Conflicts.Presiding.Acting || len(d.Conflicts.Recused) != 0 || !d.Conflicts.Enough || d.Conflicts.Self:
		t.Errorf("the conflicts are %+v", d.Conflicts)
	case d.Review != nil || d.Advice.Given || d.Advice.Adviser.ID != "KE":
		t.Errorf("the review is %+v, the advice %+v", d.Review, d.Advice)
	case len(d.Duplicates) != 1 || d.Duplicates[0].ID != second.ID || d.Duplicates[0].Decision.Decision != "coordinated":
		t.Errorf("the likely duplicates are %+v", d.Duplicates)
	case len(d.Alternates.Offers) != 1 || d.Alternates.Offers[0].Posting.ID != other.ID || d.Alternates.Offers[0].Proposal == "" || len(d.Alternates.Needs) != 1 || d.Alternates.Needs[0].Posting.ID != second.ID:
		t.Errorf("the alternates are %+v", d.Alternates)
	case len(d.Fairness) != 2 || d.Fairness[0].Participant.ID != "AO" || d.Fairness[0].Proposed != 4 || len(d.Fairness[0].Sentences) != 3 || d.Fairness[1].Participant.ID != "NO" || d.Fairness[1].Proposed != 4:
		t.Errorf("the fairness note is %+v", d.Fairness)
	}
	if all := strings.Join(append(d.Fairness[0].Sentences, d.Passed[0].Sentence, d.Parts[0].Sentence), " "); strings.Contains(all, "desk.") || strings.Contains(all, "{{") {
		t.Errorf("the words are %q", all)
	}
	i.queueIsPaged(whole)
	i.queueIsSifted()
	i.reviewIsOnTheDesk(d.Proposal.ID, offer.ID)
	i.whoeverIsOnASideSeesNoAlternates(d.Proposal.ID)
}

// queueIsPaged walks the queue one by one.
func (i *installation) queueIsPaged(whole queuePage) {
	i.t.Helper()
	cursor := ""
	for n, want := range whole.Items {
		page := i.queue("member", "limit=1&cursor="+cursor)
		if len(page.Items) != 1 || page.Items[0].Proposal.ID != want.Proposal.ID || page.Total != 4 || (page.Next == "") != (n == 3) {
			i.t.Fatalf("page %d is %+v", n, page)
		}
		cursor = page.Next
	}
	i.ask("member", "GET", "/api/v1/committees/bureau/queue?convention=fctc&cursor=x", nil).problem(400, "error.invalid.cursor")
	if p := i.ask("member", "GET", "/api/v1/committees/bureau/queue?convention=fctc&limit=51", nil).problem(400, "error.invalid.fields"); !strings.Contains(p.Fields[0].Detail, "50") {
		i.t.Errorf("too many are refused with %+v", p.Fields)
	}
}

// queueIsSifted asks for parts of the queue.
func (i *installation) queueIsSifted() {
	i.t.Helper()
	for query, want := range map[string]int{"step=opening": 4, "step=objected&step=open": 0, "theme=fctc-art8": 4, "theme=fctc-art14": 0, "region=002": 4, "region=afro": 4, "region=150": 0, "overdue=true": 0, "mine=true": 4} {
		if page := i.queue("member", query); page.Total != want {
			i.t.Errorf("%s finds %d, want %d", query, page.Total, want)
		}
	}
	if page := i.queue("sweden", "mine=true"); page.Total != 0 {
		i.t.Errorf("for a member that does not preside wait %+v", page)
	}
}

// reviewIsOnTheDesk follows a proposal into its review.
func (i *installation) reviewIsOnTheDesk(proposal, offer string) {
	i.t.Helper()
	var made struct{ Items []struct{ ID string } }
	i.ask("member", "POST", "/api/v1/reviews", map[string]any{"convention": "fctc", "proposals": []string{proposal}}).is(201).into(&made)
	at := "/api/v1/reviews/" + made.Items[0].ID
	if d := i.onDesk("sweden", proposal); d.Step != "open" || !d.Mine || d.Turn.Kind != "silence" || d.Frozen == nil || d.Frozen.Changed || d.Review == nil || !slices.Contains(d.Review.May, "object") {
		i.t.Errorf("opened, it is %+v", d)
	}
	i.ask("sweden", "POST", at+"/object", `{"text":"Who pays for it?"}`, "If-Match", "*").is(200)
	i.ask("provider", "PUT", "/api/v1/offers/"+offer, without(offerBody("Advisers, now others"), "convention"), "If-Match", "*").is(200)
	i.ask("member", "POST", at+"/advice", `{"text":"Ask the women."}`, "If-Match", "*").is(200)
	queued := i.queue("member", "step=objected").Items[0]
	if queued.Review.Objections[0].Text != "Who pays for it?" || !queued.Frozen.Changed || queued.Offers[0].Title != "Advisers, now others" || !queued.Advice.Given || queued.Turn.Kind != "objection" || !queued.Mine {
		i.t.Errorf("objected to, it is %+v", queued)
	}
	if d := i.onDesk("member", proposal); d.Offers[0].Title != "Advisers" || !d.Frozen.Changed {
		i.t.Errorf("what was frozen is not shown: %+v", d.Offers)
	}
	i.ask("member", "POST", at+"/declare", `{"text":"Our institute bids."}`, "If-Match", "*").is(200)
	d := i.onDesk("secretary", proposal)
	if c := d.Conflicts; len(c.Recused) != 1 || c.Recused[0].Country.ID != "KE" || c.Recused[0].Side || !c.Recused[0].Declared || c.Recused[0].Text == "" || c.Presiding.Country.ID != "SE" || !c.Presiding.Acting {
		i.t.Errorf("the chair has declared an interest: %+v", c)
	}
	if d := i.onDesk("member", proposal); d.Mine || d.Conflicts.Self {
		i.t.Errorf("for the chair that is recused it waits: %+v", d)
	}
}

// whoeverIsOnASideSeesNoAlternates has somebody of the provider's State sit on
// the body.
func (i *installation) whoeverIsOnASideSeesNoAlternates(proposal string) {
	i.t.Helper()
	i.join("norway", cooperation.Grant{Convention: "fctc", Role: cooperation.CommitteeMember, Participant: "NO", Committee: "bureau"})
	if d := i.onDesk("norway", proposal); !d.Conflicts.Self || d.Alternates.Shown || len(d.Alternates.Offers)+len(d.Alternates.Needs) != 0 || len(d.Parts) == 0 {
		i.t.Errorf("a member of the provider's State is shown %+v", d)
	}
	var page struct{ Total int }
	i.ask("secretary", "GET", "/api/v1/committees/conference/queue?convention=fctc", nil).is(200).into(&page)
	if page.Total != 0 {
		i.t.Errorf("another body has a queue of %d", page.Total)
	}
}
