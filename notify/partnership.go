package notify

import (
	"slices"

	"entente/cooperation"
	"entente/message"
)

// partnership tells of what became of a partnership: all that are on either
// side, and the secretariat of what it may have to see to. Nobody is told of
// his own act, and what somebody thought of the partnership is told to nobody.
func (t *telling) partnership() {
	w, n := t.occasion.Partnership, t.occasion.Need
	key := "notify." + t.occasion.Reason + ".line"
	secretariat := false
	var by cooperation.Stated
	var args []message.Arg
	switch t.occasion.Reason {
	case "partnership.begin", "partnership.lessons_shared":
	case "partnership.completed":
		secretariat = true
	case "partnership.report_milestone":
		by = last(w.MilestoneReports).Stated
	case "partnership.disburse", "partnership.correct":
		by = last(w.Disbursements).Stated
	case "partnership.deviate":
		secretariat, by = true, last(w.Deviations).Stated
	case "partnership.follow_up":
		secretariat, by = true, last(w.FollowUps).Stated
	case "partnership.state_origin":
		by = last(w.Origins).Stated
	case "partnership.draft_lessons":
		by = w.Lessons.By
	case "partnership.complete":
		by = w.Completion.Stated
		until := w.Completion.SilentUntil(t.convention.Timekeeper(nil, t.now))
		args = append(args, message.Of(message.Date, "until", until.String()))
	case "partnership.stop":
		secretariat, by.Partner = true, w.Stopped.Partner
		args = append(args, message.Of(message.Key, "reason", "reason."+string(w.Stopped.Reason)))
	default:
		return
	}
	if by.Participant != "" {
		args = append(args, message.Of(message.Party, "partner", string(by.Participant)))
	}
	for _, u := range t.users {
		actor := cooperation.ActorOf(u, true)
		office := secretariat && actor.Has(t.convention.ID, cooperation.Secretariat)
		if u.ID != t.occasion.Actor.ID && (office || t.isOnSide(u, w, n)) {
			t.add(t.aboutPartnership(key, args, u.Language), u.ID, u.Mail, w.ID, decimal(w.Version))
		}
	}
}

func last[T any](list []T) T { return list[len(list)-1] }

// isOnSide reports whether a person acts for somebody on a side of a partnership,
// co-beneficiaries included.
func (t *telling) isOnSide(u *cooperation.User, w *cooperation.Partnership, n *cooperation.Need) bool {
	offers := t.actsFor(u, cooperation.ProviderRole, cooperation.Approver)
	return common(t.actsFor(u, cooperation.FocalPoint, cooperation.Approver), beneficiaries(n)) ||
		slices.ContainsFunc(w.Providers, func(s cooperation.Share) bool { return slices.Contains(offers, s.Provider) })
}

func (t *telling) aboutPartnership(key string, args []message.Arg, lang string) cooperation.Notification {
	document := "partnership/" + t.occasion.Partnership.ID
	n := t.occasion.Need
	title := message.Of(message.Text, "title", quoted(n.Title, n.Translations, lang))
	return cooperation.Notification{Reason: t.occasion.Reason,
		Subject:   message.New("notify.partnership.subject", t.conventionArg(), title),
		Lines:     []message.Message{message.New(key, args...)},
		Documents: []string{document}}
}
