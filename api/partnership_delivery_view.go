package api

import (
	"entente/cooperation"
	"entente/message"
)

// outcomeView puts what became of a partnership, reduced to what the actor may
// read, into its answer.
func (c *call) outcomeView(w *cooperation.Partnership, n *cooperation.Need) PartnershipDelivery {
	k := c.convention.Timekeeper(nil, c.now)
	state, _ := c.api.platform.State(w.Convention)
	v := PartnershipDelivery{ID: w.ID, Convention: w.Convention, Version: w.Version, Created: w.Created, Updated: w.Updated, Need: c.needInShort(state, w.Need),
		Status: PartnershipDeliveryStatus(w.Status), Label: c.name(message.Status, "partnership."+string(w.Status)), Partners: c.partnersView(w.Partners(n)),
		Begun: w.Begun, ExpectedEnd: w.ExpectedEnd(), Completed: w.Completed, Origin: PartnershipOrigin(w.Origin()), Delivered: c.sharesView(w.Delivered),
		Milestones: c.milestonesView(w, k.Today()), Money: []PartnershipMoney{}, Disbursements: []DisbursementEntry{}, Deviations: []DeviationEntry{},
		Questions: c.questionsView(w, n), FollowUps: []FollowUpEntry{}, Origins: []OriginEntry{}, Feedback: []FeedbackEntry{}}
	for _, m := range w.Money() {
		v.Money = append(v.Money, PartnershipMoney{Currency: m.Currency, Pledged: inMajor(m.Pledged, m.Currency), Committed: inMajor(m.Committed, m.Currency), Paid: inMajor(m.Paid, m.Currency)})
	}
	for _, d := range w.Disbursements {
		v.Disbursements = append(v.Disbursements, DisbursementEntry{Number: d.Number, Share: d.Share, Sort: DisbursementSort(d.Sort), Label: c.code("disbursement_sort", string(d.Sort)),
			Amount: d.Amount, On: d.On, Text: d.Text, Link: d.Link, Corrects: d.Corrects, Entry: c.entry(w, d.Stated)})
	}
	for _, d := range w.Deviations {
		v.Deviations = append(v.Deviations, DeviationEntry{Aspect: DeviationAspect(d.Aspect), Label: c.code("deviation_aspect", string(d.Aspect)), Milestone: d.Milestone,
			Expected: d.Expected, Text: d.Text, Entry: c.entry(w, d.Stated)})
	}
	for _, f := range w.FollowUps {
		v.FollowUps = append(v.FollowUps, FollowUpEntry{Months: f.Months, Due: f.Due, Course: Course(f.Course), Label: c.code("course", string(f.Course)), Text: f.Text, Entry: c.entry(w, f.Stated)})
	}
	for _, o := range w.Origins {
		v.Origins = append(v.Origins, OriginEntry{Origin: PartnershipOrigin(o.Origin), Label: c.code("origin", string(o.Origin)), Text: o.Text, Link: o.Link, Entry: c.entry(w, o.Stated)})
	}
	for _, f := range w.Feedback {
		v.Feedback = append(v.Feedback, FeedbackEntry{Rating: f.Rating, Text: f.Text, Entry: c.entry(w, f.Stated)})
	}
	if s := w.Stopped; s != nil {
		v.Stopped = PartnershipStopping{Reason: StoppingReason(s.Reason), Label: c.code("reason", string(s.Reason)), Text: s.Text, Side: PartnershipStoppingSide(s.Side),
			Participant: c.named(message.Party, string(s.Participant)), Time: s.Time}
	}
	if s := w.Completion; s != nil {
		v.Stated = DeliveryStated{Delivered: c.sharesView(s.Delivered), Text: s.Text, Entry: c.entry(w, s.Stated), Agreed: []DeliveryEntry{}, Waiting: c.partnersView(w.Waiting(n)), Until: s.SilentUntil(k)}
		for _, a := range s.Agreed {
			v.Stated.Agreed = append(v.Stated.Agreed, c.entry(w, a))
		}
	}
	if w.Lessons != nil {
		v.Lessons = c.lessonsState(w, n)
	}
	return v
}

// inMajor writes an amount of minor units.
func inMajor(amount int64, currency string) string {
	return cooperation.NewMoney(amount, currency).Amount
}

// code is the word for a value of a list.
func (c *call) code(list, value string) string { return c.text(list+"."+value, value) }

// entry says who wrote something. The person is named to the secretariat only.
func (c *call) entry(w *cooperation.Partnership, s cooperation.Stated) DeliveryEntry {
	v := DeliveryEntry{Side: DeliveryEntrySide(s.Side), Participant: c.named(message.Party, string(s.Participant)), Time: s.Time}
	if c.actor.Has(w.Convention, cooperation.Secretariat) {
		v.By = s.By
	}
	return v
}

func (c *call) partnersView(list []cooperation.Partner) []Partner {
	out := []Partner{}
	for _, of := range list {
		out = append(out, Partner{Side: PartnerSide(of.Side), Participant: c.named(message.Party, string(of.Participant))})
	}
	return out
}

func (c *call) sharesView(list []cooperation.ShareDelivered) []DeliveredShare {
	out := []DeliveredShare{}
	for _, s := range list {
		out = append(out, DeliveredShare{Share: s.Share, Kinds: codesOf[Kind](s.Kinds), Amount: s.Amount, Covers: s.Covers, Quantity: s.Quantity, Text: s.Text})
	}
	return out
}

func (c *call) milestonesView(w *cooperation.Partnership, today cooperation.Date) []MilestoneState {
	out := []MilestoneState{}
	for i, s := range w.MilestoneStates(today) {
		v := MilestoneState{Number: i + 1, Title: s.Title, Due: s.Due, Done: s.Done, Late: s.Late}
		if s.Last != nil {
			v.Text, v.Link, v.Entry = s.Last.Text, s.Last.Link, c.entry(w, s.Last.Stated)
		}
		out = append(out, v)
	}
	return out
}

func (c *call) questionsView(w *cooperation.Partnership, n *cooperation.Need) []FollowUpQuestion {
	out := []FollowUpQuestion{}
	for _, q := range w.Questions() {
		out = append(out, FollowUpQuestion{Months: q.Months, Due: q.Due, Opens: q.Opens, Closes: q.Closes, Answered: c.partnersView(w.Answered(q, n))})
	}
	return out
}

func (c *call) lessonsState(w *cooperation.Partnership, n *cooperation.Need) LessonsState {
	l := w.Lessons
	v := LessonsState{Draft: l.Draft, Text: l.Text, ContentLanguage: l.Language, Entry: c.entry(w, l.By), Cleared: []LessonsClearance{}, Waiting: c.partnersView(l.Waiting(w.Partners(n)))}
	for _, x := range l.Cleared {
		v.Cleared = append(v.Cleared, LessonsClearance{Public: x.Public, Entry: c.entry(w, x.Stated)})
	}
	if s := l.Shared; s != nil {
		v.Shared = SharedLessons{Text: s.Text, ContentLanguage: s.Language, Public: s.Public, Time: s.Time}
	}
	return v
}
