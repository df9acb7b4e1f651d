package cooperation

import (
	"slices"
	"strings"
	"time"
)

// reviewEvents names what happens to a review for those outside, beside its
// ends.
func reviewEvents() []string {
	return []string{"opened", "objected", "resumed", "modifying", "waiting", "commented", "advised",
		string(ReviewEndorsed), string(ReviewRecommended), string(ReviewReturned), string(ReviewWithdrawn), string(ReviewEnded)}
}

// ReviewHappened names what a version of a review means to those outside. command
// is the one that wrote it. Notes and declared interests are the members' own, as
// is that one of several objections was withdrawn.
func ReviewHappened(command string, r *Review) string {
	_, verb, _ := strings.Cut(command, ".")
	what := map[Action]string{ObjectReview: "objected", CommentReview: "commented", AdviseReview: "advised", ModifyReview: "modifying"}[Action(verb)]
	silence := r.silence()
	switch {
	case r.Version == 1:
		return "review.opened"
	case !r.Status.Under():
		return "review." + string(r.Status)
	case what != "":
		return "review." + what
	case Action(verb) == NoteReview:
		return ""
	case silence != nil && silence.Why != SilenceOpened && silence.From.Equal(r.Updated):
		return "review.resumed"
	case r.Waiting.Equal(r.Updated):
		return "review.waiting"
	}
	return ""
}

// AmongReviewers reports whether an event tells what was said before the
// members, of which the sides of a review do not know.
func AmongReviewers(event string) bool {
	return event == "review.commented" || event == "review.advised"
}

// RecommendationEvent names what a version of a text of bodies means to those
// outside; "" for a draft, which is nobody else's, and as long as one of several
// bodies has not adopted it.
func RecommendationEvent(command string, r *Recommendation) string {
	_, verb, _ := strings.Cut(command, ".")
	switch {
	case r.Round == 0:
		return ""
	case r.Status == RecommendationAdopted, r.Status == RecommendationWithdrawn:
		return "recommendation." + string(r.Status)
	}
	what := map[Action]string{Table: "tabled", Replace: "changed", Object: "objected", Relent: "relented"}[Action(verb)]
	if what == "" {
		return ""
	}
	return "recommendation." + what
}

// AssessmentEvent names what a version of help with a need means to both sides:
// a step, or that other days were proposed.
func AssessmentEvent(command string, a *Assessment) string {
	switch _, verb, _ := strings.Cut(command, "."); {
	case Action(verb) == ProposeDates && a.Status != AssessmentScheduled:
		return "assessment.dates"
	case Action(verb) == FillNeed:
		return "assessment.filled"
	}
	return "assessment." + string(a.Status)
}

// Happened names what a version of an introduction has brought: its step, or a
// question, an answer or the reply of one of several. "" where a clock went on.
func (x *Introduction) Happened() string {
	now := func(t time.Time) bool { return t.Equal(x.Updated) }
	for _, q := range x.Questions {
		switch {
		case now(q.Time):
			return "introduction.question"
		case slices.ContainsFunc(q.Answers, func(a QuestionAnswer) bool { return now(a.Time) }):
			return "introduction.answer"
		}
	}
	if x.Version > 1 && x.Under() {
		if slices.ContainsFunc(x.Asked, func(w AskedSide) bool { return w.Reply != "" && now(w.Time) }) {
			return "introduction.replied"
		}
		return ""
	}
	return "introduction." + string(x.Status)
}

// EventDuplicate: somebody has decided of a need and what is likely the same.
const EventDuplicate = "duplicate.decided"
