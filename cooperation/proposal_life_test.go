package cooperation_test

import (
	"slices"
	"testing"
	"time"

	"entente/cooperation"
)

// between is a proposal in a step, between Kenya's need and France's offer.
func between(t *testing.T, status cooperation.ProposalStatus) (*cooperation.Proposal, *cooperation.Sides) {
	t.Helper()
	b := both()
	b.offer.Status = cooperation.OfferOpen
	p, err := cooperation.Propose(b.need, b.offer.ID, []string{"review"}, "run-1", clock, noon)
	ok(t, err)
	p.Status = status
	return p, &cooperation.Sides{Need: b.need, Offers: []*cooperation.Offer{b.offer}}
}

func TestEitherSideActsOnAProposalAndNobodyElse(t *testing.T) {
	early := []cooperation.ProposalStatus{cooperation.Proposed, cooperation.InReview, cooperation.Endorsed, cooperation.Recommended, cooperation.ReturnedProposal}
	talks := []cooperation.ProposalStatus{cooperation.Introduced, cooperation.InTalks, cooperation.AgreedProposal}
	sides := []string{"need's focal point", "need's approver", "provider", "provider's approver"}
	people := map[string]cooperation.Actor{"need's focal point": kenyaFocal, "need's approver": kenyaApprover, "provider": franceProvider, "provider's approver": franceApprover,
		"secretariat": secretariat, "member": member, "platform": clock, "public": public, "reader": {ID: "reader", Grants: kenyaFocal.Grants, ReadOnly: true}}
	for _, status := range cooperation.ProposalStatuses() {
		for who, a := range people {
			p, s := between(t, status)
			err := p.Withdraw(s, a, noon)
			want := cooperation.Code("")
			switch {
			case who == "public":
				want = cooperation.NotFound
			case !slices.Contains(sides, who):
				want = cooperation.Forbidden
			case !slices.Contains(early, status):
				want = cooperation.State
			}
			if cooperation.CodeOf(err) != want || (err == nil) != (p.Version == 2 && p.Status == cooperation.WithdrawnProposal && p.Ended.Side != "") {
				t.Errorf("%s withdraws what is %s: %v, and it is %s", who, status, err, asText(t, p))
			}
			p, s = between(t, status)
			changed, err := p.Interest(s, true, a, noon)
			if want == cooperation.State && (slices.Contains(talks, status) || slices.Contains([]cooperation.ProposalStatus{cooperation.SupersededProposal, cooperation.WithdrawnProposal, cooperation.Declined, cooperation.ExpiredProposal}, status)) {
				want = ""
			}
			if cooperation.CodeOf(err) != want || changed != (want == "") {
				t.Errorf("%s wants to talk about what is %s: %v", who, status, err)
			}
			if changed && !slices.Contains(talks, status) && (p.Status != cooperation.Introduced || p.IntroducedBy != cooperation.ByInterest || !p.Introduced.Equal(noon) || len(p.Interests) != 1) {
				t.Errorf("of %s it is %s", status, asText(t, p))
			}
			if changed && slices.Contains(talks, status) && p.Status != status {
				t.Errorf("it went from %s to %s", status, p.Status)
			}
		}
	}
}

func TestInterestSaidTwiceIsSaidOnceAndTheOtherSidesIsNotedToo(t *testing.T) {
	p, s := between(t, cooperation.Proposed)
	if changed, err := p.Interest(s, false, kenyaFocal, noon); err != nil || !changed {
		t.Fatal(changed, err)
	}
	if changed, err := p.Interest(s, false, kenyaApprover, noon); err != nil || changed || p.Version != 2 {
		t.Errorf("again by the same side: %v, %v", changed, err)
	}
	if changed, err := p.Interest(s, false, franceProvider, noon.Add(time.Hour)); err != nil || !changed || len(p.Interests) != 2 || !p.Introduced.Equal(noon) {
		t.Errorf("by the other side: %v, %v, %s", changed, err, asText(t, p))
	}
}

func TestWhatOneSideWithdrewTheOtherCannotBringBack(t *testing.T) {
	p, s := between(t, cooperation.Proposed)
	ok(t, p.Withdraw(s, kenyaFocal, noon))
	if _, err := p.Interest(s, true, franceProvider, noon); cooperation.CodeOf(err) != cooperation.State {
		t.Errorf("by the other side: %v", err)
	}
	if own := p.Shown(kenyaApprover, s); own.Ended.Side != cooperation.NeedSide || own.Ended.By != "" {
		t.Errorf("its own side sees %+v", own.Ended)
	}
	if other := p.Shown(franceProvider, s); other.Ended.Side != "" || other.Ended.Participant != "" {
		t.Errorf("the other side sees %+v", other.Ended)
	}
	if whole := p.Shown(secretariat, s); whole.Ended.By != kenyaFocal.ID || p.Ended.Side != cooperation.NeedSide {
		t.Errorf("the facilitator sees %+v", whole.Ended)
	}
	if changed, err := p.Interest(s, true, kenyaApprover, noon); err != nil || !changed || p.Ended != nil || p.Status != cooperation.Introduced {
		t.Errorf("by the same side: %v, %s", err, asText(t, p))
	}
}

func TestInterestNeedsAPairingThatStands(t *testing.T) {
	for name, c := range map[string]struct {
		change     func(p *cooperation.Proposal, s *cooperation.Sides)
		admissible bool
		code       cooperation.Code
	}{
		"it stands, and a run need not agree":      {func(*cooperation.Proposal, *cooperation.Sides) {}, false, ""},
		"the need has lapsed":                      {func(_ *cooperation.Proposal, s *cooperation.Sides) { s.Need.Status = cooperation.NeedLapsed }, true, cooperation.State},
		"the offer is used up":                     {func(_ *cooperation.Proposal, s *cooperation.Sides) { s.Offers[0].Status = cooperation.OfferExhausted }, true, cooperation.State},
		"superseded, and it passes the filters":    {func(p *cooperation.Proposal, _ *cooperation.Sides) { p.Status = cooperation.SupersededProposal }, true, ""},
		"superseded, and it fails at some of them": {func(p *cooperation.Proposal, _ *cooperation.Sides) { p.Status = cooperation.SupersededProposal }, false, cooperation.State},
	} {
		p, s := between(t, cooperation.Proposed)
		c.change(p, s)
		if _, err := p.Interest(s, c.admissible, kenyaFocal, noon); cooperation.CodeOf(err) != c.code {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAPairingThatNobodyProposedIsMadeByInterest(t *testing.T) {
	_, s := between(t, cooperation.Proposed)
	p, err := cooperation.ProposeByInterest(s, []string{"review", "victims"}, true, franceProvider, noon)
	if err != nil || p.Status != cooperation.Introduced || p.ID != cooperation.ProposalID(pilotID, s.Need.ID, s.Offers[0].ID) || p.Committee != "review" || p.Interests[0].Side != cooperation.OfferSide || p.Run != "" {
		t.Errorf("it is %s, %v", asText(t, p), err)
	}
	for name, c := range map[string]struct {
		by         cooperation.Actor
		admissible bool
		code       cooperation.Code
	}{
		"of a pairing that fails at a filter": {franceProvider, false, cooperation.State},
		"by the secretariat":                  {secretariat, true, cooperation.Forbidden},
		"by another provider":                 {kenyaProvider, true, cooperation.Forbidden},
		"by the public":                       {public, true, cooperation.Forbidden},
	} {
		if _, err := cooperation.ProposeByInterest(s, nil, c.admissible, c.by, noon); cooperation.CodeOf(err) != c.code {
			t.Errorf("%s: %v", name, err)
		}
	}
	s.Need.Status, s.Need.Admitted = cooperation.NeedDraft, time.Time{}
	if _, err := cooperation.ProposeByInterest(s, nil, true, franceProvider, noon); cooperation.CodeOf(err) != cooperation.NotFound {
		t.Errorf("of a draft of others: %v", err)
	}
}

func TestWhatOutlivedItsNeedExpires(t *testing.T) {
	for _, status := range cooperation.ProposalStatuses() {
		p, s := between(t, status)
		wantCode(t, p.Expire(s, clock, noon), cooperation.State)
		s.Need.Status = cooperation.NeedClosed
		wantCode(t, p.Expire(s, secretariat, noon), cooperation.Forbidden)
		taken := slices.Contains(cooperation.Outlivable(), status)
		if err := p.Expire(s, clock, noon); (err == nil) != taken || taken != (p.Status == cooperation.ExpiredProposal && p.Version == 2) {
			t.Errorf("what is %s: %v, %s", status, err, asText(t, p))
		}
	}
}
