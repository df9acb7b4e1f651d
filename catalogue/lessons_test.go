package catalogue

import (
	"strconv"
	"testing"

	"entente/cooperation"
)

func TestLessonsAreFoundByThemeRegionAndKindByWhomTheyAreFor(t *testing.T) {
	l := newLog(t)
	for i, public := range []bool{true, false, false} {
		n := openNeed(i, "need "+strconv.Itoa(i))
		p := &cooperation.Partnership{Meta: meta(KindPartnership, i, 1), Need: n.ID, Status: cooperation.PartnershipCompleted}
		p.Lessons = &cooperation.Lessons{Draft: 1, Text: "Draft", Shared: &cooperation.SharedLessons{Text: "Lesson " + strconv.Itoa(i), Public: public}}
		if i == 1 {
			n.Themes = []string{"supply"}
		}
		if i == 2 {
			p.Lessons.Shared = nil
		}
		l.commit(needChange(n), body(KindPartnership, p.ID, 1, p))
	}
	kind := openNeed(0, "").Kinds[0].Kind
	for name, c := range map[string]struct {
		who  cooperation.Actor
		q    LessonsQuery
		want int
	}{
		"a Party reads all that are shared": {party(), LessonsQuery{}, 2}, "the public what all have opened to it": {cooperation.Actor{}, LessonsQuery{}, 1},
		"a theme": {party(), LessonsQuery{Theme: []string{"supply"}}, 1}, "a theme with what is below it": {party(), LessonsQuery{Theme: []string{"demand"}}, 1},
		"a region": {party(), LessonsQuery{Region: []string{"002"}}, 2}, "another region": {party(), LessonsQuery{Region: []string{"142"}}, 0},
		"a kind": {party(), LessonsQuery{Kind: []cooperation.Kind{kind}}, 2}, "another kind": {party(), LessonsQuery{Kind: []cooperation.Kind{cooperation.Research}}, 0},
		"nobody asks for what there is not": {party(), LessonsQuery{Theme: []string{"supply"}, Region: []string{"142"}}, 0},
	} {
		page, err := l.state.Lessons(c.who, c.q)
		if err != nil || page.Total != c.want || len(page.Items) != c.want {
			t.Errorf("%s: %d, %v", name, page.Total, err)
		}
	}
	first, err := l.state.Lessons(party(), LessonsQuery{Limit: 1})
	if err != nil || first.Next == "" || first.Items[0].Need == nil {
		t.Fatalf("the first page is %+v, %v", first, err)
	}
	rest, err := l.state.Lessons(party(), LessonsQuery{Limit: 1, Cursor: first.Next})
	if err != nil || len(rest.Items) != 1 || rest.Next != "" || rest.Items[0].Partnership.ID == first.Items[0].Partnership.ID {
		t.Errorf("the second page is %+v, %v", rest, err)
	}
}
