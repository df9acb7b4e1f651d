package catalogue

import (
	"bytes"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/cooperation"
)

func orgAt(id string, version uint64, status cooperation.OrganisationStatus) Change {
	o := &cooperation.Organisation{Status: status, Source: cooperation.FromApplication,
		OrganisationContent: cooperation.OrganisationContent{Name: "The " + id + " Fund", Names: cooperation.Names{"fr": "Fonds " + id}, Acronym: "F-" + id, Sort: cooperation.NonGovernmental}}
	o.Schema, o.ID, o.Convention, o.Version, o.CreatedBy = cooperation.Schema, id, "test", version, "applicant"
	if status != cooperation.OrganisationApplied {
		o.Admitted = morning
	}
	return body(KindOrganisation, id, version, o)
}

func TestOffersOfASuspendedOrganisationAreNotMatchedUntilItIsAdmittedAgain(t *testing.T) {
	l := newLog(t)
	own, together, other := openOffer(1, "own"), openOffer(2, "together"), openOffer(3, "of a State")
	own.Provider = "aid-fund"
	together.CoProviders = []cooperation.CoProvider{{Participant: "aid-fund", Role: "funding"}}
	l.commit(offerChange(own), offerChange(together), offerChange(other), orgAt("aid-fund", 1, cooperation.OrganisationAdmitted))
	matched := func() []string {
		shot, err := l.state.Snapshot(date("2026-03-02"))
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for i := range shot.Offers {
			ids = append(ids, shot.Offers[i].ID)
		}
		return ids
	}
	all := []string{own.ID, together.ID, other.ID}
	slices.Sort(all)
	if d := cmp.Diff(all, matched()); d != "" {
		t.Fatalf("admitted: %s", d)
	}
	before := l.state.Revision()
	l.commit(orgAt("aid-fund", 2, cooperation.OrganisationSuspended))
	if d := cmp.Diff([]string{other.ID}, matched()); d != "" || l.state.Revision() == before {
		t.Errorf("suspended, at revision %d after %d: %s", l.state.Revision(), before, d)
	}
	var kept bytes.Buffer
	if _, err := l.state.Checkpoint(&kept); err != nil {
		t.Fatal(err)
	}
	restored, err := Restore(l.state.Profile(), &kept)
	if err != nil {
		t.Fatal(err)
	}
	if shot, err := restored.Snapshot(date("2026-03-02")); err != nil || len(shot.Offers) != 1 {
		t.Errorf("restored, %d offers are matched, %v; want 1", len(shot.Offers), err)
	}
	before = l.state.Revision()
	l.commit(orgAt("aid-fund", 3, cooperation.OrganisationAdmitted))
	if d := cmp.Diff(all, matched()); d != "" || l.state.Revision() == before {
		t.Errorf("admitted again: %s", d)
	}
	before = l.state.Revision()
	l.commit(orgAt("aid-fund", 4, cooperation.OrganisationAdmitted))
	if l.state.Revision() != before {
		t.Error("a change that bars nobody moved the revision")
	}
}

func TestOrganisationsAreListedForThoseWhoMaySeeThem(t *testing.T) {
	l := newLog(t)
	l.commit(orgAt("one", 1, cooperation.OrganisationAdmitted), orgAt("two", 1, cooperation.OrganisationSuspended), orgAt("three", 1, cooperation.OrganisationApplied))
	names := func(a cooperation.Actor, q OrganisationQuery) []string {
		page, err := l.state.Organisations(a, q)
		if err != nil {
			t.Fatal(err)
		}
		if page.Total < len(page.Items) || page.Position != 1 {
			t.Errorf("a page of %d says %d in all, at %d", len(page.Items), page.Total, page.Position)
		}
		out := []string{}
		for _, o := range page.Items {
			out = append(out, o.ID)
		}
		return out
	}
	for _, c := range []struct {
		name  string
		actor cooperation.Actor
		q     OrganisationQuery
		want  []string
	}{
		{"the public, those that were ever admitted", cooperation.Actor{}, OrganisationQuery{}, []string{"two", "one"}},
		{"the secretariat, all", secretariat(), OrganisationQuery{}, []string{"three", "two", "one"}},
		{"an applicant, its own", cooperation.Actor{ID: "applicant"}, OrganisationQuery{Status: []cooperation.OrganisationStatus{cooperation.OrganisationApplied}}, []string{"three"}},
		{"by a name in another language", secretariat(), OrganisationQuery{Text: "FONDS one"}, []string{"one"}},
		{"by acronym", secretariat(), OrganisationQuery{Text: "f-two"}, []string{"two"}},
		{"by sort", secretariat(), OrganisationQuery{Sort: []cooperation.OrganisationSort{cooperation.Intergovernmental}}, []string{}},
	} {
		if d := cmp.Diff(c.want, names(c.actor, c.q)); d != "" {
			t.Errorf("%s: %s", c.name, d)
		}
	}
	first, err := l.state.Organisations(secretariat(), OrganisationQuery{Limit: 2})
	if err != nil || len(first.Items) != 2 || first.Total != 3 {
		t.Fatalf("the first page is %+v, %v", first, err)
	}
	if d := cmp.Diff([]string{"one"}, names(secretariat(), OrganisationQuery{Limit: 2, Cursor: first.Next})); d != "" {
		t.Error(d)
	}
}

func TestTheConventionThatIsServedKnowsTheOrganisations(t *testing.T) {
	l := newLog(t)
	if _, known := l.state.Convention().Organisation("aid-fund"); known {
		t.Error("it knows one that nobody has entered")
	}
	l.commit(orgAt("aid-fund", 1, cooperation.OrganisationAdmitted))
	if o, known := l.state.Convention().Organisation("aid-fund"); !known || o.Version != 1 {
		t.Errorf("it knows %+v", o)
	}
	if _, known := l.state.Profile().Organisation("aid-fund"); known {
		t.Error("the profile was changed")
	}
}
