package cooperation_test

import (
	"strings"
	"testing"

	"entente/cooperation"
)

func TestASpecificNeedNeedsNoHint(t *testing.T) {
	content := fullNeed()
	if hints := cooperation.Unspecific(pilot(), &content); len(hints) != 0 {
		t.Errorf("the hints are %v", hints)
	}
}

func TestEachThingThatIsMissingIsHintedAtWhereItBelongs(t *testing.T) {
	for _, c := range []struct {
		name  string
		omit  func(*cooperation.NeedContent)
		field string
		key   string
	}{
		{"no problem", func(n *cooperation.NeedContent) { n.Problem = "" }, "problem", "problem"},
		{"a problem in a few words", func(n *cooperation.NeedContent) { n.Problem = strings.Repeat("é", 79) }, "problem", "problem"},
		{"no change", func(n *cooperation.NeedContent) { n.Kinds[0].Change = " " }, "kinds[0].change", "change.training"},
		{"no kind", func(n *cooperation.NeedContent) { n.Kinds = nil }, "kinds", "kinds"},
		{"no theme", func(n *cooperation.NeedContent) { n.Themes = nil }, "themes", "themes"},
		{"a theme with narrower ones", func(n *cooperation.NeedContent) { n.Themes[1] = "clearance" }, "themes[1]", "theme"},
		{"no language", func(n *cooperation.NeedContent) { n.Languages = nil }, "languages", "languages"},
		{"equipment without a cost", func(n *cooperation.NeedContent) { n.Costs = nil }, "costs", "costs"},
		{"no end", func(n *cooperation.NeedContent) { n.End = cooperation.Date{} }, "start", "period"},
		{"no place", func(n *cooperation.NeedContent) { n.Places = nil }, "places", "places"},
		{"no analysis", func(n *cooperation.NeedContent) { n.Analysis = nil }, "analysis", "analysis"},
		{"nobody reached", func(n *cooperation.NeedContent) { n.Reached = nil }, "reached", "reached"},
		{"no focal point", func(n *cooperation.NeedContent) { n.FocalPoint = nil }, "focal_point", "focal_point"},
		{"a focal point without an address", func(n *cooperation.NeedContent) {
			n.FocalPoint = &cooperation.Contact{Name: "Somebody"}
		}, "focal_point", "focal_point"},
	} {
		t.Run(c.name, func(t *testing.T) {
			content := fullNeed()
			c.omit(&content)
			hints := cooperation.Unspecific(pilot(), &content)
			if len(hints) != 1 || hints[0].Field != c.field || hints[0].Message.Key != "unspecific."+c.key {
				t.Fatalf("the hints are %v, want %s: %s", hints, c.field, c.key)
			}
			said(t, hints[0].Message)
		})
	}
}

func TestATrainingNeedsNoCosts(t *testing.T) {
	content := fullNeed()
	content.Kinds, content.Costs = content.Kinds[:1], nil
	if hints := cooperation.Unspecific(pilot(), &content); len(hints) != 0 {
		t.Errorf("the hints are %v", hints)
	}
}

func TestWhileTypingAnyContentGetsHintsThatCanBeSaid(t *testing.T) {
	empty := cooperation.NeedContent{}
	half := cooperation.NeedContent{Kinds: []cooperation.Outcome{{}, {Kind: "magic"}}, Themes: []string{"", "space"}}
	for _, content := range []cooperation.NeedContent{empty, half} {
		for _, h := range cooperation.Unspecific(pilot(), &content) {
			said(t, h.Message)
		}
	}
}
