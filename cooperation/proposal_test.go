package cooperation_test

import (
	"testing"
	"time"

	"entente/cooperation"
)

func proposed(t *testing.T) *cooperation.Proposal {
	t.Helper()
	p, err := cooperation.Propose(needIn("open"), "offer-1", []string{"review", "victims", "article5"}, "run-1", cooperation.System("matcher"), noon)
	ok(t, err)
	return p
}

func TestAProposalIsMadeByTheMatcherForTheBodiesInTheirOrder(t *testing.T) {
	p, n := proposed(t), needIn("open")
	if p.Status != cooperation.Proposed || p.Committee != "review" || len(p.Informed) != 2 || p.Informed[0] != "victims" || p.Run != "run-1" ||
		p.Need != n.ID || p.ID != cooperation.ProposalID(pilotID, n.ID, "offer-1") || p.Version != 1 || !p.Proposed.Equal(noon) {
		t.Errorf("it is %s", asText(t, p))
	}
	if p, err := cooperation.Propose(n, "offer-1", nil, "run-1", clock, noon); err != nil || p.Committee != "" || p.Informed != nil {
		t.Errorf("without a body: %+v, %v", p, err)
	}
	for _, actor := range []cooperation.Actor{secretariat, member, kenyaApprover, public} {
		p, err := cooperation.Propose(n, "offer-1", nil, "run-1", actor, noon)
		if wantCode(t, err, cooperation.Forbidden); p != nil {
			t.Errorf("%q made a proposal", actor.ID)
		}
	}
}

func TestAPairingHasTheSameIdInEveryRunWhateverTheOrderOfItsOffers(t *testing.T) {
	id := cooperation.ProposalID("c", "n", "a", "b")
	if cooperation.ProposalID("c", "n", "b", "a") != id || !cooperation.ValidID(id) {
		t.Error("the order of the offers counts")
	}
	for _, other := range []string{cooperation.ProposalID("c", "n", "a"), cooperation.ProposalID("d", "n", "a", "b"), cooperation.ProposalID("c", "m", "a", "b"), cooperation.ProposalID("c", "a", "n", "b")} {
		if other == id {
			t.Error("another pairing has the same id")
		}
	}
}

func TestARunChangesOnlyWhatNobodyHasTakenUp(t *testing.T) {
	for _, status := range cooperation.ProposalStatuses() {
		p := proposed(t)
		p.Status = status
		err := p.Supersede("run-2", clock, noon)
		if status == cooperation.Proposed {
			if err != nil || p.Status != cooperation.SupersededProposal || p.Run != "run-2" || p.Version != 2 {
				t.Errorf("superseded: %s, %v", asText(t, p), err)
			}
		} else if wantCode(t, err, cooperation.State); p.Status != status || p.Version != 1 || p.Run != "run-1" {
			t.Errorf("%s was superseded", status)
		}
		p = proposed(t)
		p.Status = status
		err = p.ProposeAgain("run-3", clock, noon)
		if status == cooperation.SupersededProposal {
			if err != nil || p.Status != cooperation.Proposed || p.Run != "run-3" || p.Version != 2 {
				t.Errorf("proposed again: %s, %v", asText(t, p), err)
			}
		} else if wantCode(t, err, cooperation.State); p.Status != status || p.Version != 1 {
			t.Errorf("%s was proposed again", status)
		}
		if want := status == cooperation.Proposed || status == cooperation.SupersededProposal; p.Status == status && p.Untouched() != want {
			t.Errorf("%s: untouched %v", status, p.Untouched())
		}
	}
}

func TestAPairingGoesAndComesBackAsOftenAsRunsSay(t *testing.T) {
	p := proposed(t)
	for i := range 5 {
		at := noon.Add(time.Duration(i+1) * time.Hour)
		ok(t, p.Supersede("s", clock, at))
		if p.Proposed.Equal(at) {
			t.Error("superseding it counts as proposing it")
		}
		ok(t, p.ProposeAgain("p", clock, at))
		if !p.Proposed.Equal(at) {
			t.Errorf("proposed again at %s, recorded %s", at, p.Proposed)
		}
	}
	if p.Version != 11 || p.ID != proposed(t).ID {
		t.Errorf("version %d, id %s", p.Version, p.ID)
	}
	for _, actor := range []cooperation.Actor{secretariat, member, kenyaApprover, public} {
		wantCode(t, p.Supersede("s", actor, noon), cooperation.Forbidden)
	}
}

func TestWhatARefusalToARunSaysCanBePutIntoWords(t *testing.T) {
	p := proposed(t)
	p.Status = cooperation.InReview
	rendered(t, refusal(t, p.Supersede("run-2", clock, noon)))
	rendered(t, refusal(t, p.ProposeAgain("run-2", clock, noon)))
}

func TestAProposalIsSeenByBothSidesTheBodiesConcernedAndTheSecretariat(t *testing.T) {
	on := func(committee, convention string) cooperation.Actor {
		return cooperation.ActorOf(&cooperation.User{ID: "member of " + committee, Grants: []cooperation.Grant{
			{Convention: convention, Role: cooperation.CommitteeMember, Participant: "DE", Committee: committee}}}, false)
	}
	for who, c := range map[string]struct {
		actor cooperation.Actor
		want  cooperation.Sight
	}{
		"the beneficiary":               {kenyaFocal, cooperation.SeesAll},
		"the other beneficiary":         {mozApprover, cooperation.SeesAll},
		"the provider":                  {franceProvider, cooperation.SeesAll},
		"the co-provider":               {trustProvider, cooperation.SeesAll},
		"the secretariat":               {secretariat, cooperation.SeesAll},
		"the platform":                  {clock, cooperation.SeesAll},
		"the body responsible":          {on("review", pilotID), cooperation.SeesCommittee},
		"a body informed":               {on("victims", pilotID), cooperation.SeesCommittee},
		"another body":                  {on("plenary", pilotID), cooperation.SeesNothing},
		"a body of another convention":  {on("review", "another"), cooperation.SeesNothing},
		"a focal point on neither side": {franceFocal, cooperation.SeesNothing},
		"an observer":                   {observer, cooperation.SeesNothing},
		"the administrator":             {administrator, cooperation.SeesNothing},
		"the public":                    {public, cooperation.SeesNothing},
		"the secretariat of another":    {otherSecretariat, cooperation.SeesNothing},
		"a provider of the beneficiary": {kenyaProvider, cooperation.SeesNothing},
	} {
		offers := []*cooperation.Offer{offerIn("open", cooperation.Indication)}
		if got := cooperation.SeesProposal(c.actor, proposed(t), needIn("open"), offers); got != c.want {
			t.Errorf("%s sees %d, want %d", who, got, c.want)
		}
	}
	if got := cooperation.SeesProposal(kenyaFocal, proposed(t), nil, nil); got != cooperation.SeesNothing {
		t.Errorf("without its sides a proposal is shown to a focal point: %d", got)
	}
	p := proposed(t)
	p.Committee, p.Informed = "", nil
	noBody := on("", pilotID)
	if got := cooperation.SeesProposal(noBody, p, nil, nil); got != cooperation.SeesNothing {
		t.Errorf("a proposal of no body is shown to the member of none: %d", got)
	}
}
