package notify

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/cooperation"
	"entente/i18n/i18ntest"
	"entente/message"
	"entente/reference"
)

func aNeed() *cooperation.Need {
	return &cooperation.Need{
		Meta: cooperation.Meta{ID: "need-1", Convention: "pilot", Version: 3}, Status: cooperation.NeedOpen, Admitted: noon,
		NeedContent: cooperation.NeedContent{Title: "Survey of two provinces", Beneficiaries: []reference.Country{land("MZ"), land("KE")},
			ValidUntil: cooperation.DateOf(noon).AddDays(30)},
		Returned: &cooperation.Remark{Text: "Please name the provinces."},
	}
}

func anOffer() *cooperation.Offer {
	return &cooperation.Offer{
		Meta: cooperation.Meta{ID: "offer-1", Convention: "pilot", Version: 3}, Status: cooperation.OfferOpen, Admitted: noon,
		OfferContent: cooperation.OfferContent{Title: "Training of deminers", Provider: "CH", ValidUntil: cooperation.DateOf(noon).AddDays(30),
			CoProviders: []cooperation.CoProvider{{Participant: "demining-fund", Role: "funding"}}},
	}
}

func TestACommandOnAPostingTellsTheSecretariatOrItsOwnSide(t *testing.T) {
	requesters := []string{"approver-mz", "focal-ke", "focal-mz"}
	providers := []string{"provider-ch", "provider-org"}
	office := []string{"secretary"}
	var said []message.Message
	for _, tc := range []struct {
		reason string
		want   []string
	}{
		{"need.submit", office}, {"need.withdraw", office}, {"need.close", office},
		{"need.admit", requesters}, {"need.return", requesters}, {"need.lapse", requesters}, {"need.reconfirm_due", requesters},
		{"need.replace", nil}, {"need.create", nil}, {"need.reconfirm", nil}, {"need.import", nil}, {"need.carry_over", nil},
		{"offer.submit", office}, {"offer.withdraw", office}, {"offer.close", office},
		{"offer.admit", providers}, {"offer.return", providers}, {"offer.lapse", providers}, {"offer.reconfirm_due", providers},
		{"offer.replace", nil}, {"need.unheard_of", nil}, {"run", nil},
	} {
		t.Run(tc.reason, func(t *testing.T) {
			o := cooperation.Occasion{Reason: tc.reason, Convention: pilot(), Actor: cooperation.System("clock")}
			if tc.reason[:2] == "of" {
				o.Offer = anOffer()
			} else {
				o.Need = aNeed()
			}
			var got []string
			for _, n := range NewTeller().Tell(o, everybody(), noon) {
				got = append(got, n.Recipient)
				if n.Reason != tc.reason || n.Status != cooperation.Pending || len(n.Items) != 1 || n.Items[0].Document != n.Documents[0] {
					t.Errorf("%s is told %+v", n.Recipient, n)
				}
				said = append(said, n.Subject, n.Lines[0], n.Items[0].Heading, Why(n))
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("told (-wanted +got):\n%s", diff)
			}
		})
	}
	i18ntest.Renders(t, words{}, said...)
}

func TestNobodyIsToldOfHisOwnAct(t *testing.T) {
	users := []*cooperation.User{person("one", secretariat), person("two", secretariat)}
	o := cooperation.Occasion{Reason: "need.close", Convention: pilot(), Actor: cooperation.ActorOf(users[0], false), Need: aNeed()}
	if got := slices.Sorted(maps.Keys(tell(t, o, users...))); !slices.Equal(got, []string{"two/"}) {
		t.Errorf("told: %v", got)
	}
}

func TestTheSecretariatIsNotToldOfADraftThatItNeverSaw(t *testing.T) {
	draft := aNeed()
	draft.Status, draft.Admitted = cooperation.NeedWithdrawn, cooperation.Need{}.Admitted
	o := cooperation.Occasion{Reason: "need.withdraw", Convention: pilot(), Need: draft}
	if told := tell(t, o, everybody()...); len(told) != 0 {
		t.Errorf("told of a draft: %v", told)
	}
}

func TestTheRemarkOfAReturnReachesTheSide(t *testing.T) {
	o := cooperation.Occasion{Reason: "need.return", Convention: pilot(), Need: aNeed()}
	n := tell(t, o, everybody()...)["focal-mz/"]
	if got := n.Lines[0].Args[0].Value; got != "Please name the provinces." {
		t.Errorf("the reason reads %q", got)
	}
}

func TestEachValidityIsAskedAboutOnceAndEachVersionToldOnce(t *testing.T) {
	id := func(reason string, change func(*cooperation.Need)) string {
		n := aNeed()
		change(n)
		o := cooperation.Occasion{Reason: reason, Convention: pilot(), Need: n}
		return tell(t, o, everybody()...)["focal-mz/"].ID
	}
	same := func(*cooperation.Need) {}
	later := func(n *cooperation.Need) { n.ValidUntil = n.ValidUntil.AddDays(1) }
	newer := func(n *cooperation.Need) { n.Version++ }
	for _, tc := range []struct {
		name   string
		reason string
		change func(*cooperation.Need)
		again  bool
	}{
		{"asked once", "need.reconfirm_due", same, false},
		{"a new version is no new question", "need.reconfirm_due", newer, false},
		{"another validity is", "need.reconfirm_due", later, true},
		{"told once", "need.admit", same, false},
		{"a new version is told anew", "need.admit", newer, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if again := id(tc.reason, tc.change) != id(tc.reason, same); again != tc.again {
				t.Errorf("told again: %v", again)
			}
		})
	}
}

func TestWhatNeverEndsIsNotAskedAbout(t *testing.T) {
	n := aNeed()
	n.ValidUntil = cooperation.Date{}
	o := cooperation.Occasion{Reason: "need.reconfirm_due", Convention: pilot(), Need: n}
	if told := tell(t, o, everybody()...); len(told) != 0 {
		t.Errorf("told: %v", told)
	}
}
