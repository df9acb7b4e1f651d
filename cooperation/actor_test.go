package cooperation_test

import (
	"testing"
	"time"

	"entente/cooperation"
)

func TestARoleCountsInItsConventionAndForItsParticipantOnly(t *testing.T) {
	for who, c := range map[string]struct {
		got, want bool
	}{
		"its role":                             {kenyaFocal.Has(pilotID, cooperation.FocalPoint), true},
		"one of several":                       {kenyaFocal.Has(pilotID, cooperation.Approver, cooperation.FocalPoint), true},
		"another role":                         {kenyaFocal.Has(pilotID, cooperation.Approver), false},
		"no role asked":                        {kenyaFocal.Has(pilotID), false},
		"another convention":                   {kenyaFocal.Has("another", cooperation.FocalPoint), false},
		"for its State":                        {kenyaFocal.For(pilotID, "KE", cooperation.FocalPoint), true},
		"for another State":                    {kenyaFocal.For(pilotID, "FR", cooperation.FocalPoint), false},
		"for nobody":                           {kenyaFocal.For(pilotID, "", cooperation.FocalPoint), false},
		"within":                               {kenyaFocal.Within(pilotID), true},
		"not within":                           {kenyaFocal.Within("another"), false},
		"the public is in nothing":             {public.Within(pilotID) || public.Within(""), false},
		"a focal point administers":            {kenyaFocal.Administers(), false},
		"the administrator administers":        {administrator.Administers(), true},
		"the platform administers":             {clock.Administers(), true},
		"the administrator is in a convention": {administrator.Within(pilotID), false},
		"the public is the public":             {public.IsPublic(), true},
		"a user is the public":                 {kenyaFocal.IsPublic(), false},
		"a user is the platform":               {kenyaFocal.IsSystem(), false},
		"the platform is":                      {clock.IsSystem(), true},
	} {
		if c.got != c.want {
			t.Errorf("%s: %v", who, c.got)
		}
	}
}

func TestADisabledUserIsThePublic(t *testing.T) {
	u := &cooperation.User{ID: "u", Disabled: true, Grants: []cooperation.Grant{{Convention: pilotID, Role: cooperation.Secretariat}}}
	if a := cooperation.ActorOf(u, false); !a.IsPublic() || a.Has(pilotID, cooperation.Secretariat) {
		t.Errorf("a disabled user acts as %+v", a)
	}
	if a := cooperation.ActorOf(nil, false); !a.IsPublic() || a.IsSystem() {
		t.Errorf("nobody acts as %+v", a)
	}
}

func TestNobodyBecomesThePlatformByTheirName(t *testing.T) {
	a := cooperation.ActorOf(&cooperation.User{ID: clock.ID}, false)
	if a.IsSystem() || cooperation.MayNeed(a, cooperation.Lapse, needIn("open")) || cooperation.MayRun(a, pilotID) {
		t.Error("a user with the platform's id acts as the platform")
	}
}

func TestATokenIsValidUntilItExpiresOrIsRevoked(t *testing.T) {
	token := cooperation.Token{Expires: noon}
	if !token.Valid(noon.Add(-time.Second)) || token.Valid(noon) || token.Valid(noon.Add(time.Second)) {
		t.Error("the moment of expiry is not kept")
	}
	token.Revoked = true
	if token.Valid(noon.Add(-time.Hour)) {
		t.Error("a revoked token is valid")
	}
}

func TestTheRolesThatAreHeldForSomebody(t *testing.T) {
	for _, r := range cooperation.Roles() {
		want := r == cooperation.FocalPoint || r == cooperation.Approver || r == cooperation.ProviderRole || r == cooperation.CommitteeMember
		if r.ForParticipant() != want {
			t.Errorf("%s: %v", r, r.ForParticipant())
		}
	}
}

func TestWhatIsAParticipant(t *testing.T) {
	for p, want := range map[cooperation.Participant]bool{
		"KE": true, "EU": true, "who": true, "demining-trust": true, "icbl2": true,
		"": false, "ke": false, "ZZ": false, "KEN": false, "Trust": false, "a b": false, "trust/..": false, "tr\u00fcst": false, "un": false,
		"abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcde": false,
	} {
		if p.Valid() != want {
			t.Errorf("%q is valid: %v", p, p.Valid())
		}
	}
	if c, isState := cooperation.Participant("EU").State(); !isState || c.Alpha2() != "EU" {
		t.Error("the EU is a participant like a State")
	}
	if _, isState := cooperation.Participant("who").State(); isState {
		t.Error("an organisation is a State")
	}
}

func TestADecisionThatIsNotInThePolicyIsDenied(t *testing.T) {
	for _, actor := range []cooperation.Actor{clock, secretariat, kenyaApprover, franceApprover} {
		for _, action := range []cooperation.Action{"", "delete", "approve", "Submit"} {
			if cooperation.MayNeed(actor, action, needIn("open")) || cooperation.MayOffer(actor, action, offerIn("open", "")) {
				t.Errorf("%q may %q", actor.ID, action)
			}
		}
	}
}
