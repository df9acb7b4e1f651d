package yeartest

import (
	"slices"
	"strconv"

	"entente/cooperation"
	"entente/store"
)

func (a *auditor) proposalRule(h happened, v store.Version) (func() []due, error) {
	before, q, err := a.proposals.take(v)
	if err != nil {
		return nil, err
	}
	if before == nil {
		a.ofNeed[q.Need] = append(a.ofNeed[q.Need], q.ID)
	}
	if before != nil && before.Status == q.Status {
		return nil, nil //nolint:nilnil // it is where it was
	}
	if q.Status == cooperation.Proposed {
		a.pairings = append(a.pairings, q)
	}
	bySide := q.Ended != nil && q.Ended.Side != ""
	switch {
	case q.Status == cooperation.ExpiredProposal, q.Status == cooperation.WithdrawnProposal && bySide:
		return func() []due {
			if x, ok := a.introductions.get(q.Introduction); ok && x.Status == cooperation.IntroductionExpired && x.Ended.Equal(q.Ended.Time) {
				return nil // somebody has not answered in time: it is told of the introduction
			}
			return a.concerned(h, "proposal."+string(q.Status), []string{q.ID}, q.Committee, q.Informed)
		}, nil
	}
	return nil, nil //nolint:nilnil // a run or a review tells of it
}

func (a *auditor) reviewRule(h happened, v store.Version) (func() []due, error) {
	before, r, err := a.reviews.take(v)
	if err != nil {
		return nil, err
	}
	what := ""
	switch {
	case before == nil:
		what = "opened"
	case r.Status == cooperation.ReviewEnded: // its last proposal has left it, which is told of the proposal
	case over(r) && !over(before):
		what = string(r.Status)
	case len(r.Objections) > len(before.Objections):
		what = "objected"
	case len(r.Silences) > len(before.Silences):
		what = "resumed"
	}
	if what == "" {
		return nil, nil //nolint:nilnil // members look for themselves
	}
	return func() []due {
		return a.concerned(h, "review."+what, r.Proposals, r.Committee, r.Informed)
	}, nil
}

func over(r *cooperation.Review) bool {
	return !slices.Contains([]cooperation.ReviewStatus{cooperation.ReviewOpen, cooperation.ReviewObjected, cooperation.ReviewModifying, cooperation.ReviewWaiting}, r.Status)
}

// concerned are the secretariat, those who sit on the committee or one that is
// informed, and both sides, who hear of their own proposals alone.
func (a *auditor) concerned(h happened, reason string, of []string, committee string, informed []string) (out []due) {
	for _, id := range a.those(h.actor, func(*cooperation.User) bool { return true }) {
		u := a.users[id]
		var own []string
		for _, q := range of {
			if a.onSide(u, q) {
				own = append(own, "proposal/"+q)
			}
		}
		all := own
		if runsIt(u) || sits(u, committee) || sits(u, informed...) {
			all = nil
			for _, q := range of {
				all = append(all, "proposal/"+q)
			}
		}
		if len(all) > 0 {
			out = append(out, due{who: id, reason: reason, about: join(all)})
		}
	}
	return out
}

func join(all []string) string {
	text := ""
	for i, one := range all {
		if i > 0 {
			text += " "
		}
		text += one
	}
	return text
}

// onSide reports whether somebody acts for a side of a proposal.
func (a *auditor) onSide(u *cooperation.User, proposal string) bool {
	q := a.proposals.docs[proposal]
	if forNeed(a.needs.docs[q.Need])(u) {
		return true
	}
	return slices.ContainsFunc(q.Offers, func(o string) bool { return forOffer(a.offers.docs[o])(u) })
}

// runRule judges a run when it is done: each body with its members and, where it
// is responsible, the secretariat, and everybody else of his own postings.
func (a *auditor) runRule(h happened, v store.Version) (func() []due, error) {
	_, run, err := a.runs.take(v)
	if err != nil || !run.Done {
		return nil, err
	}
	return func() []due {
		a.checkRun(h)
		return nil
	}, nil
}

func (a *auditor) checkRun(h happened) {
	expected := map[string]int{}
	for _, id := range a.ids {
		u := a.users[id]
		var reached []string // bodies of which the person hears
		for _, b := range a.conv.Committees {
			responsible, informed := 0, 0
			for _, q := range a.pairings {
				switch {
				case q.Committee == b.ID:
					responsible++
				case slices.Contains(q.Informed, b.ID):
					informed++
				}
			}
			reason, count := "", responsible
			switch {
			case sits(u, b.ID) && responsible > 0:
				reason = "proposals.responsible"
			case sits(u, b.ID) && informed > 0:
				reason, count = "proposals.informed", informed
			case runsIt(u) && responsible > 0:
				reason = "proposals.secretariat"
			}
			if reason != "" {
				expected[id+" "+reason+" "+b.ID] = count
				reached = append(reached, b.ID)
			}
		}
		own := 0
		for _, q := range a.pairings {
			if a.onSide(u, q.ID) && !slices.ContainsFunc(reached, func(b string) bool { return b == q.Committee || slices.Contains(q.Informed, b) }) {
				own++
			}
		}
		if own > 0 {
			expected[id+" proposals.posting "] = own
		}
	}
	for _, n := range a.told {
		k := n.Recipient + " " + n.Reason + " " + n.Committee
		count, ok := expected[k]
		if !ok || argOf(n.Subject.Args, "count") != strconv.Itoa(count) {
			a.fault(h.at, "run: %s is told of %s pairings (%s %s), and should be of %d", a.name(n.Recipient), argOf(n.Subject.Args, "count"), n.Reason, n.Committee, count)
		}
		delete(expected, k)
		a.checkMail(h.at, n)
	}
	for k, count := range expected {
		a.fault(h.at, "run: not told: %s of %d", k, count)
	}
	a.pairings, a.told = nil, nil
}

// namingRule says who is told of a naming: the people of the State, and those
// who sit on the committee.
func (a *auditor) namingRule(h happened, v store.Version) (func() []due, error) {
	before, n, err := a.namings.take(v)
	if err != nil {
		return nil, err
	}
	a.namers++
	what, whom := "", ""
	was := cooperation.Naming{}
	if before != nil {
		was = *before
	} else if b := a.profiled(n.ID); b != nil {
		was.Members, was.Chairs, was.Advisers = b.Members, b.Chairs, b.Advisers
	}
	switch {
	case len(n.Members) > len(was.Members):
		what, whom = "name_member", n.Members[len(n.Members)-1].Country.Alpha2()
	case len(n.Chairs) > len(was.Chairs):
		what, whom = "name_chair", n.Chairs[len(n.Chairs)-1].Country.Alpha2()
	case len(n.Advisers) > len(was.Advisers):
		what, whom = "name_adviser", n.Advisers[len(n.Advisers)-1].Country.Alpha2()
	default:
		return nil, nil //nolint:nilnil // nobody was named
	}
	return func() (out []due) {
		for _, who := range a.those(h.actor, func(u *cooperation.User) bool {
			return sits(u, n.ID) || acts(u, []string{whom}, cooperation.FocalPoint, cooperation.Approver, cooperation.CommitteeMember, cooperation.ProviderRole, cooperation.ObserverRole)
		}) {
			out = append(out, due{who: who, reason: "committee." + what, about: "committee/" + n.ID})
		}
		return out
	}, nil
}

func (a *auditor) profiled(committee string) *cooperation.Committee {
	i := slices.IndexFunc(a.conv.Committees, func(b cooperation.Committee) bool { return b.ID == committee })
	if i < 0 {
		return nil
	}
	return &a.conv.Committees[i]
}

// committee is one as it is named.
func (a *auditor) committee(id string) cooperation.Naming {
	if n, ok := a.namings.get(id); ok {
		return *n
	}
	b := a.profiled(id)
	return cooperation.Naming{Members: b.Members, Chairs: b.Chairs, Advisers: b.Advisers}
}
