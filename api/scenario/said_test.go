package scenario

import (
	"fmt"
	"slices"
	"strings"

	"entente/client"
)

// on is a day as the client writes it.
func (w *world) on(day string) client.Date {
	w.t.Helper()
	return client.Date{Time: w.date(day).Time()}
}

// opens posts a need and takes it to the matcher: the focal point drafts it, the
// approver clears it, the secretariat admits it.
func (w *world) opens(focal, approver, office *person, n client.NewNeed) client.Need {
	w.t.Helper()
	n.Convention = w.convention
	draft := focal.drafts(n)
	approver.submits(draft.ID)
	return office.admits(draft.ID)
}

// opensOffer is opens for an offer.
func (w *world) opensOffer(provider, office *person, o client.NewOffer) client.Offer {
	w.t.Helper()
	o.Convention = w.convention
	made, err := provider.c.CreateOfferWithResponse(provider.ctx(), nil, o)
	provider.ok(err)
	_, err = provider.c.SubmitOfferWithResponse(provider.ctx(), made.JSON201.ID, nil, client.SubmitOffer{Clearance: client.ClearanceGiven{Date: w.today()}})
	provider.ok(err)
	open, err := office.c.AdmitOfferWithResponse(office.ctx(), made.JSON201.ID, nil)
	office.ok(err)
	return *open.JSON200
}

func (w *world) today() client.Date { return client.Date{Time: w.clock()} }

func (p *person) drafts(n client.NewNeed) client.Need {
	p.t.Helper()
	n.Convention = p.w.convention
	made, err := p.c.CreateNeedWithResponse(p.ctx(), nil, n)
	p.ok(err)
	return *made.JSON201
}

func (p *person) submits(need string) {
	p.t.Helper()
	_, err := p.c.SubmitNeedWithResponse(p.ctx(), need, nil, client.SubmitNeed{Clearance: client.ClearanceGiven{Date: p.w.today(), Reference: "NV 12"}})
	p.ok(err)
}

func (p *person) admits(need string) client.Need {
	p.t.Helper()
	open, err := p.c.AdmitNeedWithResponse(p.ctx(), need, nil)
	p.ok(err)
	return *open.JSON200
}

// matches has the matcher run.
func (p *person) matches() {
	p.t.Helper()
	_, err := p.c.StartRunWithResponse(p.ctx(), client.StartRun{Convention: p.w.convention})
	p.ok(err)
}

// reads is a need as the person sees it.
func (p *person) reads(need string) (n client.Need) {
	p.t.Helper()
	a, err := p.c.GetNeedWithResponse(p.ctx(), need, nil)
	if p.ok(err) {
		n = *a.JSON200
	}
	return n
}

// ranking is what the person is shown of a need's candidates.
func (p *person) ranking(need string) (m client.NeedMatches) {
	p.t.Helper()
	a, err := p.c.ListNeedMatchesWithResponse(p.ctx(), need, nil)
	if p.ok(err) {
		m = *a.JSON200
	}
	return m
}

// proposals are those of a need that the person sees.
func (p *person) proposals(need string) []client.Proposal {
	p.t.Helper()
	a, err := p.c.ListProposalsWithResponse(p.ctx(), &client.ListProposalsParams{Convention: p.w.convention, Need: &need})
	if !p.ok(err) {
		return nil
	}
	return a.JSON200.Items
}

// proposal is a proposal as the person sees it.
func (p *person) proposal(id string) (q client.Proposal) {
	p.t.Helper()
	a, err := p.c.GetProposalWithResponse(p.ctx(), id, nil)
	if p.ok(err) {
		q = *a.JSON200
	}
	return q
}

// review is a review as the person sees it.
func (p *person) review(id string) (v client.Review) {
	p.t.Helper()
	a, err := p.c.GetReviewWithResponse(p.ctx(), id, nil)
	if p.ok(err) {
		v = *a.JSON200
	}
	return v
}

// clocks are the deadlines of the person about a document.
func (p *person) clocks(document string) []client.Clock {
	p.t.Helper()
	a, err := p.c.ListClocksWithResponse(p.ctx(), &client.ListClocksParams{Convention: p.w.convention, Document: &document})
	if !p.ok(err) {
		return nil
	}
	return a.JSON200.Items
}

// statistics are the figures of the convention as the person sees them.
func (p *person) statistics() client.Statistics {
	p.t.Helper()
	a, err := p.c.GetStatisticsWithResponse(p.ctx(), &client.GetStatisticsParams{Convention: p.w.convention})
	p.ok(err)
	return *a.JSON200
}

// news are the reasons of all that the person was told since the test last
// looked, in the order in which it was told.
func (p *person) news() []client.Notification {
	p.t.Helper()
	a, err := p.c.ListNotificationsWithResponse(p.ctx(), &client.ListNotificationsParams{Limit: new(client.Limit(200))})
	p.ok(err)
	var out []client.Notification
	for _, n := range slices.Backward(a.JSON200.Items) {
		if !p.w.told[n.ID] {
			p.w.told[n.ID] = true
			out = append(out, n)
		}
	}
	return out
}

// told fails the test unless the person was told for just these reasons since
// the test last looked.
func (p *person) wasTold(reasons ...string) []client.Notification {
	p.t.Helper()
	var got []string
	news := p.news()
	for _, n := range news {
		if got = append(got, n.Reason); n.Subject == "" || len(n.Lines) == 0 {
			p.t.Errorf("%s was told nothing in words: %+v", p.name, n)
		}
	}
	if !slices.Equal(got, reasons) {
		p.t.Errorf("%s was told %v and not %v", p.name, got, reasons)
	}
	return news
}

// kinds of the clocks.
func kindsOf(clocks []client.Clock) (out []string) {
	for _, c := range clocks {
		out = append(out, string(c.Kind))
	}
	return out
}

// names are the codes of those who are named.
func codesOf(named []client.Named) (out []string) {
	for _, n := range named {
		out = append(out, n.ID)
	}
	return out
}

// same fails the test where two things, written out, are not the same.
func (w *world) same(what string, got, want any) {
	w.t.Helper()
	if g, s := written(got), written(want); g != s {
		w.t.Errorf("%s: %s and not %s", what, g, s)
	}
}

// holds fails the test where a text does not say something.
func (w *world) holds(what, text, part string) {
	w.t.Helper()
	if !strings.Contains(text, part) {
		w.t.Errorf("%s does not say %q: %s", what, part, text)
	}
}

// written is a thing in words that can be compared.
func written(v any) string { return fmt.Sprintf("%v", v) }

func reasonsOf(news []client.Notification) (out []string) {
	for _, n := range news {
		out = append(out, n.Reason)
	}
	return out
}

func last[T any](list []T) (none T) {
	if len(list) == 0 {
		return none
	}
	return list[len(list)-1]
}
