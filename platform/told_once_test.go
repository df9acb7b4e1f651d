package platform_test

import (
	"testing"

	"entente/cooperation"
)

func TestThatTheOtherSideIsInterestedTooIsNotToldAsAnotherIntroduction(t *testing.T) {
	place := newPlace(t)
	on := place.openTelling()
	asks := account(t, on, "asks", cooperation.Preferences{}, cooperation.Grant{Convention: "fctc", Role: cooperation.FocalPoint, Participant: "AO"})
	gives := account(t, on, "gives", cooperation.Preferences{Mail: cooperation.Never}, cooperation.Grant{Convention: "fctc", Role: cooperation.ProviderRole, Participant: "NO"})
	office := place.office(on)
	n, o := openNeed(t, on, "Law"), openOffer(t, on, "Advisers")
	q, err := on.ExpressInterestIn(t.Context(), asks, n.ID, o.ID)
	if err == nil {
		_, err = on.ExpressInterest(t.Context(), gives, q.ID, 0)
	}
	if err != nil {
		t.Fatal(explain(err))
	}
	for reason, c := range map[string]struct {
		who  cooperation.Actor
		want cooperation.NotificationStatus
	}{"introduction.asked": {gives, cooperation.Pending}, "introduction.begun": {office, cooperation.Held}} {
		if told := toldOf(t, on, c.who, reason); len(told) != 1 || told[0].Status != c.want {
			t.Errorf("%s is told %d times of %s: %v", c.who.ID, len(told), reason, told)
		}
	}
	for _, who := range []cooperation.Actor{asks, gives, office} {
		if told := toldOf(t, on, who, "proposal.introduced"); len(told) != 0 {
			t.Errorf("%s is told again of an introduction: %v", who.ID, told)
		}
	}
}

func TestOfAReviewTheSidesOfWhatIsLeftInItAreTold(t *testing.T) {
	place := reviewed(t)
	bench(t, place)
	on := place.openTelling()
	asks := account(t, on, "asks", cooperation.Preferences{}, cooperation.Grant{Convention: "fctc", Role: cooperation.FocalPoint, Participant: "AO"})
	office := place.office(on)
	q := looked(t, place, on)
	v := open(t, on, q.ID)
	if _, err := on.WithdrawProposal(t.Context(), provider, q.ID, 0); err != nil {
		t.Fatal(explain(err))
	}
	if after, err := on.Review(secretary, v.ID); err != nil || after.Status != cooperation.ReviewEnded {
		t.Fatal(after, err)
	}
	for _, who := range []cooperation.Actor{asks, office} {
		if gone, ended := toldOf(t, on, who, "proposal.withdrawn"), toldOf(t, on, who, "review.ended"); len(gone) != 1 || len(ended) != 0 {
			t.Errorf("%s is told %d times that it was withdrawn and %d times that nothing is left", who.ID, len(gone), len(ended))
		}
	}
}
