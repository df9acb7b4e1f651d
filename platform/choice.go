package platform

import (
	"context"
	"slices"

	"entente/cooperation"
	"entente/matching"
	"entente/matching/learn"
)

// Choices are what the bodies of a convention chose, for learning: for each need
// with proposals of which some were taken up and others were not, the parts of
// their scores as of today. Pairings that no longer stand are left out.
func (p *Platform) Choices(ctx context.Context, actor cooperation.Actor, convention string) ([]learn.Choice, error) {
	r, err := p.room(convention)
	if err != nil {
		return nil, err
	}
	if !cooperation.MayRun(actor, convention) {
		return nil, cooperation.Refuse(cooperation.Forbidden, "error.forbidden.action")
	}
	today := cooperation.DateOf(p.clock())
	snapshot, err := r.state.Snapshot(today)
	if err != nil {
		return nil, err
	}
	offers := map[string]*matching.Offer{}
	for i := range snapshot.Offers {
		offers[snapshot.Offers[i].ID] = &snapshot.Offers[i]
	}
	var out []learn.Choice
	for i := range snapshot.Needs {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		n := &snapshot.Needs[i]
		var choice learn.Choice
		for _, proposal := range r.state.ProposalsOf(n.ID) {
			o := offers[proposal.Offers[0]]
			if o == nil || len(proposal.Offers) != 1 {
				continue
			}
			result := matching.Definition(matching.DayOf(today.Time()), snapshot.Setting, n, o)
			if result.Reason != matching.Candidate {
				continue
			}
			var values [matching.PartCount]int32
			for part := range values {
				values[part] = result.Parts[part].Value
			}
			if takenUp(proposal.Status) {
				choice.Taken = append(choice.Taken, len(choice.Values))
			}
			choice.Values = append(choice.Values, values)
		}
		if len(choice.Taken) > 0 {
			out = append(out, choice)
		}
	}
	return out, nil
}

// takenUp reports whether a body, or the two sides, took a proposal up.
func takenUp(s cooperation.ProposalStatus) bool {
	return slices.Contains([]cooperation.ProposalStatus{cooperation.Endorsed, cooperation.Recommended, cooperation.Introduced,
		cooperation.InTalks, cooperation.AgreedProposal}, s)
}
