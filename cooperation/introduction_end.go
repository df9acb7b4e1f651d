package cooperation

import (
	"time"

	"entente/message"
)

// End ends the talks with a coded reason. Whoever is asked declines by that.
// Whoever facilitates may end talks that lead nowhere, without prejudice: both
// sides read why, and each may express interest again.
func (x *Introduction) End(k *Timekeeper, p *Proposal, s *Sides, reason Reason, text string, a Actor, now time.Time) error {
	if !SeesIntroduction(a, k, x, s).Any() {
		return absent()
	}
	if _, asked := MayIntroduction(a, ReplyIntroduction, x); asked {
		return x.Answer(k, p, s, ReplyContent{Reply: ReplyDeclined, Reason: reason, Text: text}, a, now)
	}
	if err := authorise(!a.ReadOnly && k.Facilitates(a, x.Committee, s)); err != nil {
		return err
	}
	if x.Status != IntroductionInterested || p.Introduction != x.ID || p.Status != InTalks {
		return refused("introduction", string(EndTalks), string(x.Status))
	}
	if reason == "" {
		var m mistakes
		m.add("reason", "error.invalid.not_one_of", message.Of(message.Text, "allowed", joinText(Reasons())))
		return m.err()
	}
	why, err := remark(reason, text, false, a, now)
	if err != nil {
		return err
	}
	x.Status, x.Ended, x.Stopped = IntroductionEnded, stamp(now), why
	p.Status, p.Ended = Declined, &Ending{By: a.ID, Time: stamp(now), WithoutPrejudice: true}
	x.touch(now)
	p.touch(now)
	return nil
}
