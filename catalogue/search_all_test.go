package catalogue

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"entente/cooperation"
	"entente/reference"
)

func searchAll(t interface{ Fatalf(string, ...any) }, s *State, who cooperation.Actor, q SearchQuery) []Found {
	page, err := s.SearchAll(who, q)
	if err != nil {
		t.Fatalf("%+v: %v", q, err)
	}
	return page.Items
}

func kindsOf(found []Found) (out []string) {
	for _, f := range found {
		out = append(out, f.Kind)
	}
	return out
}

func TestOneSearchFindsEverythingThatHasTheWords(t *testing.T) {
	l := newLog(t)
	n, o := openNeed(1, "Help against illicit trade"), openOffer(1, "Courses on illicit trade for customs")
	n.Themes, o.Themes = []string{"tax"}, []string{"tax"}
	organisation := &cooperation.Organisation{Meta: meta(KindOrganisation, 1, 1)}
	organisation.Name = "Alliance against Illicit Trade"
	organisation.Admitted = morning
	l.commit(needChange(n), offerChange(o), body(KindOrganisation, organisation.ID, 1, organisation))
	found := searchAll(t, l.state, cooperation.Actor{}, SearchQuery{Text: "illicit trade"})
	got := kindsOf(found)
	slices.Sort(got)
	if !slices.Equal(got, []string{KindNeed, KindOffer, KindOrganisation, FoundTheme}) || found[0].Kind != FoundTheme {
		t.Errorf("it finds %v", kindsOf(found))
	}
	if got := kindsOf(searchAll(t, l.state, cooperation.Actor{}, SearchQuery{Text: "illicit trade", Kinds: []string{KindOffer, FoundTheme}})); !slices.Equal(got, []string{FoundTheme, KindOffer}) {
		t.Errorf("of two kinds it finds %v", got)
	}
	if got := searchAll(t, l.state, cooperation.Actor{}, SearchQuery{Text: "肯尼亚", Kinds: []string{FoundParty}}); len(got) != 1 || got[0].ID != "KE" {
		t.Errorf("a Party is found as %+v", got)
	}
	renamed := *organisation
	renamed.Name, renamed.Version = "Friends of Health", 2
	l.commit(body(KindOrganisation, renamed.ID, 2, &renamed))
	if got := searchAll(t, l.state, cooperation.Actor{}, SearchQuery{Text: "alliance"}); len(got) != 0 {
		t.Errorf("the old name finds %+v", got)
	}
	l.commit(erased(KindOrganisation, renamed.ID, 3))
	if got := searchAll(t, l.state, cooperation.Actor{}, SearchQuery{Text: "friends health"}); len(got) != 0 {
		t.Errorf("what was erased is found: %+v", got)
	}
	for _, q := range []SearchQuery{{}, {Text: "x", Limit: -1}, {Text: "x", Cursor: "?"}, {Text: strings.Repeat("a b c d e f g h ", 4) + "i j k l m n o p q r s t u v w x y z 1 2"}} {
		if _, err := l.state.SearchAll(cooperation.Actor{}, q); cooperation.CodeOf(err) != cooperation.Invalid {
			t.Errorf("%+v: %v", q, err)
		}
	}
}

// Whoever sees a withheld field does not find by it either: what one finds is
// the same as what others may read.
func TestNothingIsFoundOrShownByWhatIsWithheld(t *testing.T) {
	l := newLog(t)
	n := openNeed(1, "A need")
	n.Barrier, n.Problem = "Nobody pays the smugglers.", "Cigarettes are cheap."
	n.Visibility = map[string]cooperation.Audience{"problem": cooperation.ToOwn}
	draft := openNeed(2, "A smuggled draft")
	draft.Status, draft.Admitted = cooperation.NeedDraft, time.Time{}
	l.commit(needChange(n), needChange(draft))
	own := cooperation.Actor{ID: "o", Grants: []cooperation.Grant{{Convention: "test", Role: cooperation.FocalPoint, Participant: "KE"}}}
	for _, word := range []string{"smugglers", "cigarettes"} {
		for name, who := range map[string]cooperation.Actor{"the public": {}, "the secretariat": secretariat()} {
			for _, f := range searchAll(t, l.state, who, SearchQuery{Text: word}) {
				t.Errorf("%s finds %s by %q", name, f.ID, word)
			}
		}
	}
	if got := searchAll(t, l.state, own, SearchQuery{Text: "smuggled"}); len(got) != 1 || got[0].ID != draft.ID {
		t.Errorf("the State does not find its draft: %+v", got)
	}
	if got := searchAll(t, l.state, own, SearchQuery{Text: "need"}); len(got) != 1 || strings.Contains(plain(got[0].Snippet), "Cigarettes") {
		t.Errorf("the snippet shows %+v", got)
	}
}

func plain(pieces []Piece) string {
	var b strings.Builder
	for _, p := range pieces {
		if p.Match {
			b.WriteString("[" + p.Text + "]")
		} else {
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

func TestASnippetShowsWhereTheWordsStand(t *testing.T) {
	long := strings.Repeat("Other matters come first. ", 20)
	for _, c := range []struct {
		language          reference.Language
		text, query, want string
	}{
		{"en", "Training of customs officers", "officer customs", "Training of [customs] [officers]"},
		{"fr", "Réglementations de l’étiquetage\n des  produits", "etiquetage", "Réglementations de [l’étiquetage] des produits"},
		{"es", "La destrucción de existencias", "existencia", "La destrucción de [existencias]"},
		{"ru", "Подготовка сотрудников таможни", "сотрудник", "Подготовка [сотрудников] таможни"},
		{"ar", "تدريب موظفي الجمارك", "جمارك", "تدريب موظفي [الجمارك]"},
		{"zh", "加强烟草控制能力建设", "烟草", "加强[烟草]控制能力建设"},
		{"en", "<script>alert(1)</script> officers", "officer", "<script>alert(1)</script> [officers]"},
		{"en", long + "Here are officers. " + long, "officer", "…other… [officers]"},
	} {
		got := plain(newMarker(New(convention()).ask(c.query)).snippet([]passage{{"en", "A title"}, {c.language, c.text}}))
		if strings.HasPrefix(c.want, "…") {
			if !strings.HasPrefix(got, "…") || !strings.HasSuffix(got, "…") || !strings.Contains(got, "[officers]") || len([]rune(got)) > snippetLength+5 {
				t.Errorf("%q is cut to %q", c.query, got)
			}
			continue
		}
		if got != c.want {
			t.Errorf("%q gives %q and not %q", c.query, got, c.want)
		}
	}
	if got := plain(newMarker(nil).snippet(nil)); got != "" {
		t.Errorf("of nothing there is %q", got)
	}
}

func TestThePagesOfASearchHoldEverythingOnce(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		l := newLog(t)
		for i := range rapid.IntRange(0, 14).Draw(r, "postings") {
			title := anyText.Draw(r, "title")
			if rapid.Bool().Draw(r, "need") {
				l.commit(needChange(openNeed(i, title)))
			} else {
				l.commit(offerChange(openOffer(i, title)))
			}
		}
		q := SearchQuery{Text: rapid.SampledFrom([]string{"tax", "tobacco", "戒烟", "kenya", "trade"}).Draw(r, "text"), Limit: MaxLimit}
		whole := searchAll(r, l.state, cooperation.Actor{}, q)
		q.Limit = rapid.IntRange(1, 5).Draw(r, "limit")
		var got []Found
		for {
			page, err := l.state.SearchAll(cooperation.Actor{}, q)
			if err != nil || page.Total != len(whole) {
				r.Fatalf("%v: %d of %d", err, page.Total, len(whole))
			}
			got = append(got, page.Items...)
			if q.Cursor = page.Next; q.Cursor == "" {
				break
			}
			if len(got) > len(whole) {
				r.Fatal("the pages do not end")
			}
		}
		name := func(f Found) string { return f.Kind + "/" + f.ID }
		for i := range whole {
			if i >= len(got) || name(got[i]) != name(whole[i]) {
				r.Fatalf("page by page it is %v", got)
			}
		}
	})
}

func BenchmarkSearchAll(b *testing.B) {
	state := filled(b, 100_000)
	for _, text := range []string{"tobacco control", "word77", "cessation"} {
		b.Run(fmt.Sprint(text), func(b *testing.B) {
			for b.Loop() {
				searchAll(b, state, cooperation.Actor{}, SearchQuery{Text: text})
			}
		})
	}
}
