package cooperation

import "time"

// settle makes the step of a review under way follow from what stands: too few
// members, a modification that is pending, an objection, or nothing, so that the
// silence runs. why says why it begins where it does.
func (r *Review) settle(k *Timekeeper, b *Committee, why SilenceWhy, now time.Time) {
	enough := b.EnoughNotRecused(k.Day(now), r.Recused)
	_, pending := r.Pending()
	objected := len(r.Standing()) > 0
	switch {
	case !enough:
		r.Status = ReviewWaiting
	case pending:
		r.Status = ReviewModifying
	case objected:
		r.Status = ReviewObjected
	default:
		r.Status = ReviewOpen
	}
	switch {
	case enough:
		r.Waiting = time.Time{}
	case r.Waiting.IsZero():
		r.Waiting = stamp(now)
	}
	r.contest(k, objected && enough, now)
	if r.Status == ReviewOpen {
		r.begin(k, why, now)
	} else {
		r.stop(k, now)
	}
}

// contest starts or stops the time in which objections are to be resolved.
func (r *Review) contest(k *Timekeeper, on bool, now time.Time) {
	switch {
	case on && r.Contested.IsZero():
		r.Contested = stamp(now)
	case !on && !r.Contested.IsZero():
		r.Held += k.Left(r.Contested, k.Day(now))
		r.Contested = time.Time{}
	}
}

// stop stops the silence, and keeps what is left of it.
func (r *Review) stop(k *Timekeeper, now time.Time) {
	if s := r.silence(); s != nil && s.Stopped.IsZero() {
		s.Stopped, s.Left = stamp(now), k.Left(now, k.Working(s.From, s.Days))
	}
}

// begin lets the silence run. It goes on with what was left, with one working
// day at least, so that nobody who relied on the objection of another is
// surprised; after a modification it begins anew.
func (r *Review) begin(k *Timekeeper, why SilenceWhy, now time.Time) {
	days, last := k.convention.SilenceDays, r.silence()
	switch {
	case last != nil && last.Stopped.IsZero() && why != SilenceModified:
		return // it runs
	case last == nil: // it waited from the beginning
	case why != SilenceModified:
		days = max(last.Left, 1)
	}
	r.stop(k, now)
	r.Silences = append(r.Silences[:len(r.Silences):len(r.Silences)], Silence{From: stamp(now), Days: days, Why: why})
}

// finish ends the review.
func (r *Review) finish(k *Timekeeper, to ReviewStatus, now time.Time) {
	r.stop(k, now)
	r.contest(k, false, now)
	if m, pending := r.Pending(); pending {
		m.Ended = stamp(now)
	}
	r.Status, r.Waiting, r.Completed = to, time.Time{}, stamp(now)
}

// Elapse does what follows when one of the clocks of the review has run out, or
// when enough members are not recused again. Only the clock does it. It reports
// whether anything changed.
func (r *Review) Elapse(k *Timekeeper, a Actor, now time.Time) (changed bool, err error) {
	if err := authorise(a.system); err != nil {
		return false, err
	}
	b, ok := k.convention.Committee(r.Committee)
	if !ok || !r.Status.Under() {
		return false, nil
	}
	r.own()
	for r.elapseOne(k, &b, now) {
		changed = true
	}
	if changed {
		r.touch(now)
	}
	return changed, nil
}

// elapseOne does the first of the things that are due.
func (r *Review) elapseOne(k *Timekeeper, b *Committee, now time.Time) bool {
	if !r.Status.Under() {
		return false
	}
	over := func(day Date) bool { return !now.Before(k.End(day)) }
	m, pending := r.Pending()
	switch s := r.silence(); {
	case !r.Contested.IsZero() && over(r.objectionsUntil(k)):
		r.finish(k, ReviewWithdrawn, now)
	case pending && over(k.Working(m.Time, k.convention.SilenceDays)):
		m.Ended = stamp(now) // who does not answer does not agree
		r.settle(k, b, SilenceResumed, now)
	case r.Status == ReviewWaiting && b.EnoughNotRecused(k.Day(now), r.Recused):
		r.settle(k, b, SilenceManned, now)
	case r.Status == ReviewOpen && !b.EnoughNotRecused(k.Day(now), r.Recused) && s != nil && over(k.Working(s.From, s.Days)):
		r.settle(k, b, SilenceManned, now) // terms have ended meanwhile
	case r.Status == ReviewOpen && s != nil && over(k.Working(s.From, s.Days)):
		r.finish(k, b.endorses(), now)
	default:
		return false
	}
	return true
}

// endorses is what comes of a silence of the committee.
func (b *Committee) endorses() ReviewStatus {
	if b.Working.Recommends || b.Kind == OpenEndedCommittee {
		return ReviewRecommended
	}
	return ReviewEndorsed
}
