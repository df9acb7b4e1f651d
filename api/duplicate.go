package api

import (
	"context"

	"entente/cooperation"
	"entente/message"
	"entente/platform"
)

// duplicates are the use cases of likely duplicates; see platform for what each
// one promises.
type duplicates interface {
	Duplicates(actor cooperation.Actor, id string) (*cooperation.Need, []platform.LikelyDuplicate, error)
	DecideDuplicate(ctx context.Context, actor cooperation.Actor, id, of string, verdict cooperation.Verdict, reason string) (*platform.LikelyDuplicate, error)
}

// ListDuplicates lists what is likely to be the same as a need.
func (a *api) ListDuplicates(ctx context.Context, r ListDuplicatesRequestObject) (ListDuplicatesResponseObject, error) {
	c, _ := callOf(ctx)
	_, found, err := a.platform.Duplicates(c.actor, r.ID)
	if err != nil {
		return nil, err
	}
	c.regard(func(s documents) bool { _, ok := s.Need(r.ID); return ok })
	out := ListDuplicates200JSONResponse{Items: []LikelyDuplicate{}}
	for i := range found {
		out.Items = append(out.Items, c.duplicateView(&found[i]))
	}
	return out, nil
}

// DecideDuplicate records a decision.
func (a *api) DecideDuplicate(ctx context.Context, r DecideDuplicateRequestObject) (DecideDuplicateResponseObject, error) {
	c, ctx := callOf(ctx)
	other, err := a.platform.DecideDuplicate(ctx, c.actor, r.ID, r.Body.Of, cooperation.Verdict(r.Body.Decision), r.Body.Reason)
	if err != nil {
		return nil, err
	}
	c.regard(func(s documents) bool { _, ok := s.Need(r.ID); return ok })
	return DecideDuplicate200JSONResponse(c.duplicateView(other)), nil
}

// duplicateView puts what is likely the same into the reader's words.
func (c *call) duplicateView(d *platform.LikelyDuplicate) LikelyDuplicate {
	v := LikelyDuplicate{Convention: d.Convention.ID, ConventionName: c.in(d.Convention.ShortName), Participants: []Named{}, Reasons: []string{}, Decisions: []VerdictGiven{}}
	switch {
	case d.Need != nil:
		v.Kind, v.ID, v.Title, v.Status = LikelyDuplicateKind("need"), d.Need.ID, d.Need.Title, string(d.Need.Status)
		for _, b := range d.Need.Beneficiaries {
			v.Participants = append(v.Participants, c.named(message.Country, b.Alpha2()))
		}
	case d.Activity != nil:
		v.Kind, v.ID, v.Title, v.Status = LikelyDuplicateKind("activity"), d.Activity.ID, d.Activity.Title, string(d.Activity.Status)
		for _, p := range d.Activity.Participants() {
			v.Participants = append(v.Participants, c.named(message.Party, string(p)))
		}
	}
	v.StatusLabel = c.name(message.Status, string(v.Kind)+"."+v.Status)
	for _, m := range d.Reasons {
		v.Reasons = append(v.Reasons, c.say(m))
	}
	if d.Decided != nil {
		for _, s := range d.Decided.Verdicts {
			v.Decisions = append(v.Decisions, c.verdictView(s))
		}
	}
	if latest, decided := d.Decided.Latest(); decided {
		v.Decision = c.verdictView(latest)
	}
	return v
}

func (c *call) verdictView(s cooperation.VerdictGiven) VerdictGiven {
	return VerdictGiven{Decision: Verdict(s.Verdict), Label: c.say(message.New("verdict." + string(s.Verdict))), Reason: s.Reason, Side: VerdictGivenSide(s.Side), By: s.By, Time: s.Time}
}
