package cooperation_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/cooperation"
)

func TestAnOrganisationInTheFormOfTheFirstReleaseIsRead(t *testing.T) {
	var o cooperation.Organisation
	ok(t, json.Unmarshal([]byte(`{"schema":1,"id":"icbl","convention":"pilot","version":3,"created":"2026-01-01T00:00:00Z","updated":"2026-02-01T00:00:00Z",
		"name":"Campaign","sort":"ngo","admitted":"2026-01-15","declarations":["no-tie"]}`), &o))
	if o.ID != "icbl" || o.Version != 3 || o.Name != "Campaign" || o.Status != cooperation.OrganisationAdmitted || !o.Known() || !pilot().Provides(&o) {
		t.Errorf("it is read as %+v", o)
	}
	o = cooperation.Organisation{}
	ok(t, json.Unmarshal([]byte(`{"schema":1,"id":"icbl","name":"Campaign","sort":"ngo","admitted":""}`), &o))
	if o.Status != cooperation.OrganisationApplied || o.Known() {
		t.Errorf("one that was not admitted is read as %+v", o)
	}
	if json.Unmarshal([]byte(`{"status":7}`), &o) == nil || json.Unmarshal([]byte(`{"name":7}`), &o) == nil {
		t.Error("what is no organisation is read as one")
	}
}

func TestAnOrganisationComesBackFromTheStoreAsItWas(t *testing.T) {
	text, err := json.Marshal(trust())
	ok(t, err)
	var back cooperation.Organisation
	ok(t, json.Unmarshal(text, &back))
	if d := cmp.Diff(trust(), &back, sameDay); d != "" {
		t.Error(d)
	}
}
