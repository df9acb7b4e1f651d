package platform_test

import (
	"testing"

	"entente/catalogue"
	"entente/cooperation"
	"entente/platform"
)

func TestAWordingHoldsOnEveryReplicaAndIsTakenBack(t *testing.T) {
	place := newPlace(t)
	one, other := place.open(), place.open()
	secretary := actor("secretary", cooperation.Grant{Convention: "fctc", Role: cooperation.Secretariat})
	shipped, err := one.Wording(secretary, "fctc", "need.admit", "fr")
	if err != nil || shipped.Version != 1 || shipped.Overrides() {
		t.Fatalf("%+v, %v", shipped, err)
	}
	if _, own := one.Template("fctc", "need.admit", "fr"); own {
		t.Error("there is a wording before anybody made one")
	}
	content := cooperation.TemplateContent{Subject: "Admis : {{title}}"}
	made, err := one.ReplaceTemplate(t.Context(), secretary, "fctc", "need.admit", "fr", 1, content)
	if err != nil || made.Version != 2 {
		t.Fatalf("%+v, %v", made, explain(err))
	}
	if _, err := one.ReplaceTemplate(t.Context(), secretary, "fctc", "need.admit", "fr", 1, content); cooperation.CodeOf(err) != cooperation.Conflict {
		t.Errorf("an old version is answered with %v", err)
	}
	if err := other.Await(t.Context(), "fctc", one.Position("fctc")); err != nil {
		t.Fatal(err)
	}
	if held, own := other.Template("fctc", "need.admit", "fr"); !own || held.Subject != content.Subject {
		t.Errorf("the other replica has %+v", held)
	}
	for _, elsewhere := range [][3]string{{"fctc", "need.admit", "en"}, {"fctc", "need.return", "fr"}, {"untoc", "need.admit", "fr"}, {"x", "need.admit", "fr"}} {
		if _, own := one.Template(elsewhere[0], elsewhere[1], elsewhere[2]); own {
			t.Errorf("the wording holds for %v", elsewhere)
		}
	}
	if err := other.RemoveTemplate(t.Context(), secretary, "fctc", "need.admit", "fr", platform.Match(made.Version)); err != nil {
		t.Fatal(explain(err))
	}
	if err := other.RemoveTemplate(t.Context(), secretary, "fctc", "need.admit", "fr", 0); cooperation.CodeOf(err) != cooperation.NotFound {
		t.Errorf("removing the shipped wording is answered with %v", err)
	}
	if _, own := other.Template("fctc", "need.admit", "fr"); own {
		t.Error("the wording holds after it was taken back")
	}
	s, _ := other.State("fctc")
	if kept, ok := s.Template(made.ID); !ok || kept.Version != 3 || !kept.Removed {
		t.Errorf("what is kept is %+v", kept)
	}
	if n := len(s.Trail(catalogue.KindTemplate, made.ID)); n != 2 {
		t.Errorf("the log keeps %d versions", n)
	}
	stranger := actor("stranger", cooperation.Grant{Convention: "untoc", Role: cooperation.Secretariat})
	if _, err := one.ReplaceTemplate(t.Context(), stranger, "fctc", "need.admit", "fr", 0, content); cooperation.CodeOf(err) != cooperation.Forbidden {
		t.Errorf("a stranger is answered with %v", err)
	}
}
