package web

import (
	"context"
	"errors"

	"entente/cooperation"
	"entente/matching"
	"entente/message"
	"entente/platform"
	"entente/reference"
)

// Desks are what those who review proposals look at.
type Desks interface {
	Queue(actor cooperation.Actor, convention, committee string, q platform.QueueQuery) (*platform.Queue, error)
	Desk(ctx context.Context, actor cooperation.Actor, proposal string) (*platform.Desk, error)
	Duplicates(actor cooperation.Actor, need string) (*cooperation.Need, []platform.LikelyDuplicate, error)
	DecideDuplicate(ctx context.Context, actor cooperation.Actor, id, of string, verdict cooperation.Verdict, reason string) (*platform.LikelyDuplicate, error)
}

// caseFile is what belongs to a decision about a proposal, for those who
// review it.
type caseFile struct {
	Turn        *turn
	Changed     string // a posting is another since the review was opened; "" where it is not
	Passed      []string
	Marks       []string
	Conflicts   []fact
	Recused     []recusal
	Advice      said
	Review      *reviewed
	Duplicates  []duplicate
	MoreOfThem  string // that are not listed
	Others      bool   // whether the reader may see what could take its place
	OtherOffers []alternate
	OtherNeeds  []alternate
	Bundles     []bundleOf
	Fairness    []fairness
	Queue       link // of the body
	Acts        []act
}

// turn says whose turn it is, and how long.
type turn struct {
	Step, Label, Last, Left, Whose string
	Over, Stopped, Mine            bool
}

// recusal is a member that has no part in the decision, and why.
type recusal struct{ Country, Why, Text string }

// alternate could take the place of one side.
type alternate struct {
	Link   link
	Whose  string
	Score  string
	Width  int
	Status string
}

// bundleOf are offers that cover a need together.
type bundleOf struct {
	Score  string
	Offers []link
}

// fairness is how often somebody on a side was served.
type fairness struct {
	Who                                               string
	Proposed, Endorsed, Introduced, Agreed, Delivered string
	Sentences                                         []string
}

// duplicate is what may be the same as the need.
type duplicate struct {
	Link         link // without an address where there is no page of it
	Whose, Where string
	Status       string
	Reasons      []string
	Decided      string
	Reason       string
	Act          *act
}

// caseOf is the case of a proposal; nil for those who do not review it.
func (p *pages) caseOf(v *visit, q *cooperation.Proposal) (*platform.Desk, *caseFile, error) {
	d, err := p.Platform.Desk(v.Request.Context(), v.actor(), q.ID)
	var refusal *cooperation.Error
	if errors.As(err, &refusal) {
		return nil, nil, nil
	} else if err != nil {
		return nil, nil, err
	}
	return d, p.caseFile(v, d), nil
}

func (p *pages) caseFile(v *visit, d *platform.Desk) *caseFile {
	c := &caseFile{Turn: v.turn(p, d), Others: d.Others, Advice: v.advice(d)}
	if d.Proposal.Committee != "" {
		c.Queue = link{v.within("/committees/" + d.Proposal.Committee + "/queue"), v.name(message.Body, d.Proposal.Committee)}
	}
	if d.Changed {
		c.Changed = v.text("page.case.changed")
	}
	if d.Now.Holds && d.Frozen == nil || d.Frozen != nil && d.Frozen.Holds {
		for reason := matching.NeedClosed; reason.Reported(); reason++ {
			c.Passed = append(c.Passed, v.text("desk.filter."+reason.String()))
		}
	}
	for _, m := range d.Marks {
		c.Marks = append(c.Marks, v.say(m.Label()))
	}
	v.conflicts(c, &d.Conf)
	if d.Review != nil {
		c.Review = p.reviewed(v, d.Review)
	}
	for i := range d.Duplicates {
		c.Duplicates = append(c.Duplicates, v.duplicate("/proposals/"+d.Proposal.ID, d.Need != nil && !v.actor().ReadOnly, &d.Duplicates[i]))
	}
	if d.MoreDuplicates > 0 {
		c.MoreOfThem = v.say(message.New("page.case.more_duplicates", message.Count(d.MoreDuplicates)))
	}
	c.OtherOffers, c.OtherNeeds = v.alternates(d.OtherOffers, v.offerLink), v.alternates(d.OtherNeeds, v.needLink)
	c.Bundles = v.bundles(d.Bundles)
	for i := range d.Fairness {
		c.Fairness = append(c.Fairness, v.fairness(&d.Fairness[i]))
	}
	c.Acts = p.reviewActs(v, d)
	return c
}

// turn is the clock that tells whose turn it is.
func (v *visit) turn(p *pages, d *platform.Desk) *turn {
	t := &turn{Step: v.stepName(d.Step), Mine: d.Mine}
	if d.Turn == nil {
		return t
	}
	t.Label, t.Last, t.Over, t.Stopped = v.text("clock."+string(d.Turn.Kind)), v.day(d.Turn.Last), d.Turn.Over(p.Platform.Now()), !d.Turn.Paused.IsZero()
	if d.DaysLeft > 0 && !t.Over {
		t.Left = v.say(message.New("page.case.left", message.Count(d.DaysLeft)))
	}
	var owners []string
	for _, o := range d.Turn.Owners {
		owners = append(owners, v.owner(o))
	}
	t.Whose = v.words.List(owners)
	return t
}

// owner names who is to act on a clock.
func (v *visit) owner(o cooperation.Owner) string {
	switch {
	case len(o.Participants) > 0:
		return participants(v, o.Participants)
	case o.Committee != "":
		return v.name(message.Body, o.Committee)
	}
	names := make([]string, len(o.Roles))
	for i, r := range o.Roles {
		names[i] = v.text("role." + string(r))
	}
	return v.words.List(names)
}

// stepName names a step of a desk: those that a review or a proposal has too by
// the same words.
func (v *visit) stepName(s cooperation.DeskStep) string {
	for _, key := range []string{"desk.step.", "status.review.", "status.proposal."} {
		if text, ok := v.words.Lookup(key + string(s)); ok {
			return text
		}
	}
	return string(s)
}

func (v *visit) country(c reference.Country) string { return c.Name(v.words.Language()) }

// conflicts say who is recused and who decides.
func (v *visit) conflicts(c *caseFile, of *cooperation.Conflicts) {
	if of.Presiding != 0 {
		key := "page.case.presiding"
		if of.Acting {
			key = "page.case.acting"
		}
		c.Conflicts = add(v, c.Conflicts, key, v.country(of.Presiding))
	} else {
		c.Conflicts = add(v, c.Conflicts, "page.case.presiding", v.text("page.case.nobody"))
	}
	if of.Minimum > 0 {
		c.Conflicts = add(v, c.Conflicts, "page.case.not_recused", v.say(message.New("page.case.of_minimum", message.Int("members", of.NotRecused), message.Int("minimum", of.Minimum))))
		if !of.Enough {
			c.Conflicts = add(v, c.Conflicts, "page.case.waits", v.text("page.case.too_few"))
		}
	}
	for _, m := range of.Recused {
		one := recusal{Country: v.country(m.Country), Why: v.text("page.case.own_side")}
		if m.Declared != nil {
			one.Text = m.Declared.Text
			if !m.Side {
				one.Why = v.text("page.case.declared")
			}
		}
		c.Recused = append(c.Recused, one)
	}
}

// advice is that of the focal point for gender and diversity, given or not yet
// given.
func (v *visit) advice(d *platform.Desk) said {
	if d.Review != nil && d.Review.Advice != nil {
		a := d.Review.Advice
		return said{Who: v.country(a.Country), When: v.words.Date(a.Time), Text: a.Text}
	}
	if d.Advice.Named {
		return said{Who: v.country(d.Advice.Adviser), Remark: v.text("page.case.not_advised")}
	}
	return said{Remark: v.text("page.case.no_adviser")}
}

func (v *visit) alternates(list []platform.Alternate, of func(id string) (link, string)) []alternate {
	var out []alternate
	for _, a := range list {
		one := alternate{Score: v.words.Millionths(int64(a.Score)), Width: int(int64(a.Score) / 1_000_000)}
		if one.Link, one.Whose = of(a.Posting); one.Link.Text == "" {
			continue
		}
		if a.Status != "" {
			one.Status = v.name(message.Status, "proposal."+string(a.Status))
			one.Link.Address = v.within("/proposals/" + a.Proposal)
		}
		out = append(out, one)
	}
	return out
}

// offerLink leads to an offer, as far as the reader may see it.
func (v *visit) offerLink(id string) (to link, whose string) {
	if o, ok := v.state.Offer(id); ok {
		if shown, _ := o.Shown(v.actor()); shown != nil {
			c := v.offerCard(shown)
			return link{c.Address, c.Title}, c.Whose
		}
	}
	return link{}, ""
}

// needLink leads to a need, as far as the reader may see it.
func (v *visit) needLink(id string) (to link, whose string) {
	if n, ok := v.state.Need(id); ok {
		if shown, _ := n.Shown(v.actor()); shown != nil {
			c := v.needCard(shown)
			return link{c.Address, c.Title}, c.Whose
		}
	}
	return link{}, ""
}

func (v *visit) bundles(b *platform.Bundles) []bundleOf {
	if b == nil {
		return nil
	}
	var out []bundleOf
	for _, one := range b.Report.Bundles {
		of := bundleOf{Score: v.words.Millionths(int64(one.Score))}
		for _, m := range one.Members {
			if to, whose := v.offerLink(m.Offer.ID); to.Text != "" {
				to.Text = whose + v.words.Colon() + to.Text
				of.Offers = append(of.Offers, to)
			}
		}
		out = append(out, of)
	}
	return out
}

// fairness says how often somebody was served, in figures and in words.
func (v *visit) fairness(f *platform.FairnessNote) fairness {
	number := func(n int) string { return v.words.Integer(int64(n)) }
	out := fairness{Who: v.name(message.Party, string(f.Participant)), Proposed: number(f.Proposed), Endorsed: number(f.Endorsed), Introduced: number(f.Introduced), Agreed: number(f.Agreed), Delivered: number(f.Delivered)}
	out.Sentences = append(out.Sentences, v.say(message.New("desk.fairness.mean."+string(f.Side), message.Of(message.Millionths, "mean", message.Int("", f.Mean).Value))))
	if f.Side == cooperation.NeedSide {
		how, from := ".more", ".here"
		if f.Less {
			how = ".less"
		}
		if f.Known {
			from = ".record"
		}
		out.Sentences = append(out.Sentences, v.text("desk.fairness"+how+from))
	}
	return out
}

// duplicatesOf are what may be the same as a need, for those who may see that;
// none of a need that nobody pursues any more.
func (p *pages) duplicatesOf(v *visit, n *cooperation.Need) []duplicate {
	if v.who.User == nil || !stillWritten(n) && n.Status != cooperation.NeedSubmitted && !n.Status.Matchable() {
		return nil
	}
	_, found, err := p.Platform.Duplicates(v.actor(), n.ID)
	if err != nil {
		return nil // they are not for this reader, and the page is whole without them
	}
	var out []duplicate
	for i := range found {
		out = append(out, v.duplicate("/needs/"+n.ID, cooperation.MayJudgeDuplicate(v.actor(), v.conv, n), &found[i]))
	}
	return out
}

// duplicate is what may be the same as the need, with what was decided, and for
// those who may a step to decide it.
func (v *visit) duplicate(at string, decides bool, of *platform.LikelyDuplicate) duplicate {
	out := duplicate{Where: v.in(of.Convention.ShortName)}
	id := ""
	switch {
	case of.Need != nil:
		id = of.Need.ID
		out.Link, out.Whose, out.Status = link{"/c/" + of.Need.Convention + "/needs/" + id, of.Need.Title}, v.countries(of.Need.Beneficiaries), v.name(message.Status, "need."+string(of.Need.Status))
	case of.Activity != nil:
		id = of.Activity.ID
		out.Link, out.Whose, out.Status = link{"", of.Activity.Title}, participants(v, of.Activity.Participants()), v.name(message.Status, "activity."+string(of.Activity.Status))
	}
	for _, m := range of.Reasons {
		out.Reasons = append(out.Reasons, v.say(m))
	}
	if latest, decided := of.Decided.Latest(); decided {
		out.Decided, out.Reason = v.text("verdict."+string(latest.Verdict)), latest.Reason
	}
	if decides {
		choices := []choice{}
		for _, verdict := range cooperation.Verdicts() {
			choices = append(choices, choice{Tag: string(verdict), Name: v.text("verdict." + string(verdict))})
		}
		a := v.act(v.within(at+"/duplicate"), "page.case.decide_duplicate", 0,
			field{Name: "decision", Label: v.text("field.duplicate.decision"), Type: "radio", Choices: choices},
			field{Name: "reason", Label: v.text("field.duplicate.reason"), Type: "textarea", Rows: 2, Most: 2000, Optional: true})
		a.Hidden = []hidden{{"of", id}}
		for i := range a.Fields {
			a.Fields[i].ID += "-" + id
		}
		a.Open = a.Open && v.PostForm("of") == id
		out.Act = &a
	}
	return out
}
