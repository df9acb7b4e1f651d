package cooperation_test

import (
	"slices"
	"testing"

	"entente/cooperation"
)

// holder is somebody with one role.
type holder struct {
	role        cooperation.Role
	convention  string
	participant cooperation.Participant
	readOnly    bool
	disabled    bool
}

func (h holder) actor() cooperation.Actor {
	return cooperation.ActorOf(&cooperation.User{ID: "holder", Disabled: h.disabled, Grants: []cooperation.Grant{
		{Convention: h.convention, Role: h.role, Participant: h.participant, Committee: "review"}}}, h.readOnly)
}

// holders are all roles, of every State that the fixtures know and of none, in
// the convention and outside it, with full and with reading tokens, in office
// and dismissed.
func holders() []holder {
	var all []holder
	for _, role := range cooperation.Roles() {
		for _, convention := range []string{pilotID, "another", ""} {
			for _, p := range []cooperation.Participant{"KE", "MZ", "FR", "DE", "demining-trust", ""} {
				for _, readOnly := range []bool{false, true} {
					for _, disabled := range []bool{false, true} {
						all = append(all, holder{role, convention, p, readOnly, disabled})
					}
				}
			}
		}
	}
	return all
}

// inOffice reports whether the holder acts in the convention at all.
func (h holder) inOffice() bool { return h.convention == pilotID && !h.readOnly && !h.disabled }

// The grids of need_life_test.go and offer_life_test.go say what the people
// concerned may do at every step. Here is the rest of the world: whoever is not
// named may do nothing, whatever the step, and the two actions by which a
// posting begins are for those who are.
func TestWhoeverIsNotNamedMayDoNothingToANeed(t *testing.T) {
	for _, h := range holders() {
		own := h.inOffice() && h.participant == "KE" && (h.role == cooperation.FocalPoint || h.role == cooperation.Approver)
		secretariat := h.inOffice() && h.role == cooperation.Secretariat
		for _, situation := range needSituations {
			for _, action := range cooperation.PostingActions() {
				may := cooperation.MayNeed(h.actor(), action, needIn(situation))
				switch {
				case action == cooperation.Create && may != own, action == cooperation.Import && may != secretariat:
					t.Errorf("%+v: %s of a need is allowed: %v", h, action, may)
				case may && !own && (!secretariat || !slices.Contains([]cooperation.Action{cooperation.Import, cooperation.Admit, cooperation.Return, cooperation.Close}, action)):
					t.Errorf("%+v may %s a need that is %s", h, action, situation)
				}
			}
		}
	}
}

func TestWhoeverIsNotNamedMayDoNothingToAnOffer(t *testing.T) {
	for _, h := range holders() {
		own := h.inOffice() && h.participant == "FR" && (h.role == cooperation.ProviderRole || h.role == cooperation.Approver)
		secretariat := h.inOffice() && h.role == cooperation.Secretariat
		for _, firmness := range []cooperation.Firmness{cooperation.Indication, cooperation.Pledge, cooperation.FirmCommitment} {
			for _, situation := range offerSituations {
				for _, action := range cooperation.PostingActions() {
					may := cooperation.MayOffer(h.actor(), action, offerIn(situation, firmness))
					switch {
					case action == cooperation.Create && may != own, action == cooperation.Import && may != secretariat:
						t.Errorf("%+v: %s of an offer is allowed: %v", h, action, may)
					case may && !own && (!secretariat || !slices.Contains([]cooperation.Action{cooperation.Import, cooperation.Admit, cooperation.Return, cooperation.Close}, action)):
						t.Errorf("%+v may %s an offer that is %s", h, action, situation)
					}
				}
			}
		}
	}
}
