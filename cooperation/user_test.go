package cooperation_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/cooperation"
)

// onePilotCommittee knows the pilot convention with its one committee.
func onePilotCommittee(convention, committee string) bool {
	return convention == pilotID && (committee == "" || committee == "review")
}

func TestWhatIsWrongWithARoleIsSaidOfTheFieldAtFault(t *testing.T) {
	for name, c := range map[string]struct {
		grant cooperation.Grant
		want  map[string]string // key by field; none when the role is in order
	}{
		"a secretariat":                {cooperation.Grant{Convention: pilotID, Role: cooperation.Secretariat}, nil},
		"an administrator":             {cooperation.Grant{Role: cooperation.Administrator}, nil},
		"a focal point":                {cooperation.Grant{Convention: pilotID, Role: cooperation.FocalPoint, Participant: "KE"}, nil},
		"a member":                     {cooperation.Grant{Convention: pilotID, Role: cooperation.CommitteeMember, Participant: "KE", Committee: "review"}, nil},
		"no such role":                 {cooperation.Grant{Convention: pilotID, Role: "boss"}, map[string]string{"grants[0].role": "error.invalid.not_one_of"}},
		"no convention":                {cooperation.Grant{Role: cooperation.Secretariat}, map[string]string{"grants[0].convention": "error.invalid.required"}},
		"no such convention":           {cooperation.Grant{Convention: "nope", Role: cooperation.Secretariat}, map[string]string{"grants[0].convention": "error.invalid.unknown_convention"}},
		"nobody's focal point":         {cooperation.Grant{Convention: pilotID, Role: cooperation.FocalPoint}, map[string]string{"grants[0].participant": "error.invalid.required"}},
		"a focal point of no State":    {cooperation.Grant{Convention: pilotID, Role: cooperation.FocalPoint, Participant: "XX"}, map[string]string{"grants[0].participant": "error.invalid.unknown_holder"}},
		"a member of no committee":     {cooperation.Grant{Convention: pilotID, Role: cooperation.CommitteeMember, Participant: "KE"}, map[string]string{"grants[0].committee": "error.invalid.required"}},
		"a committee that is not one":  {cooperation.Grant{Convention: pilotID, Role: cooperation.CommitteeMember, Participant: "KE", Committee: "nope"}, map[string]string{"grants[0].committee": "error.invalid.unknown_committee"}},
		"neither State nor committee":  {cooperation.Grant{Convention: pilotID, Role: cooperation.CommitteeMember}, map[string]string{"grants[0].participant": "error.invalid.required", "grants[0].committee": "error.invalid.required"}},
		"an observer's bad committee":  {cooperation.Grant{Convention: pilotID, Role: cooperation.ObserverRole, Committee: "nope"}, map[string]string{"grants[0].committee": "error.invalid.unknown_committee"}},
		"a secretariat's no committee": {cooperation.Grant{Convention: pilotID, Role: cooperation.Secretariat, Committee: "nope"}, map[string]string{"grants[0].committee": "error.invalid.unknown_committee"}},
	} {
		user := &cooperation.User{Name: "somebody", Language: "en", Grants: []cooperation.Grant{c.grant}}
		got := map[string]string{}
		var refusal *cooperation.Error
		if err := user.Check(onePilotCommittee); errors.As(err, &refusal) {
			rendered(t, refusal)
			for _, f := range refusal.Fields {
				got[f.Field] = f.Message.Key
			}
		} else if err != nil {
			t.Fatal(err)
		}
		if c.want == nil {
			c.want = map[string]string{}
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
}
