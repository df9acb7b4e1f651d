package cooperation_test

import (
	"testing"

	"entente/cooperation"
	"entente/i18n/i18ntest"
)

// Likely the same are requests with a beneficiary, a theme, a kind and some
// days in common, and no others.
func TestWhatIsLikelyToBeTheSameRequest(t *testing.T) {
	c := pilot()
	for _, tc := range []struct {
		name   string
		change func(n *cooperation.NeedContent)
		like   bool
	}{
		{"the same in all", func(*cooperation.NeedContent) {}, true},
		{"one of two beneficiaries", func(n *cooperation.NeedContent) { n.Beneficiaries = lands("MZ") }, true},
		{"another beneficiary", func(n *cooperation.NeedContent) { n.Beneficiaries = lands("TZ") }, false},
		{"the theme above", func(n *cooperation.NeedContent) { n.Themes = []string{"clearance"} }, true},
		{"another theme", func(n *cooperation.NeedContent) { n.Themes = []string{"stockpiles"} }, false},
		{"another kind", func(n *cooperation.NeedContent) { n.Kinds = []cooperation.Outcome{{Kind: cooperation.Finance}} }, false},
		{"it begins on the last day", func(n *cooperation.NeedContent) { n.Start, n.End = day("2027-05-31"), day("2028-05-31") }, true},
		{"it begins on the day after", func(n *cooperation.NeedContent) { n.Start, n.End = day("2027-06-01"), day("2028-05-31") }, false},
		{"it ended before", func(n *cooperation.NeedContent) { n.Start, n.End = day("2025-06-01"), day("2026-05-31") }, false},
		{"it says nothing of the time", func(n *cooperation.NeedContent) { n.Start, n.End = cooperation.Date{}, cooperation.Date{} }, true},
		{"it has no end, and begins too late", func(n *cooperation.NeedContent) { n.Start, n.End = day("2027-06-01"), cooperation.Date{} }, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			a, b := fullNeed(), fullNeed()
			tc.change(&b)
			like, is := c.LikeNeed(&a, &b)
			back, isBack := c.LikeNeed(&b, &a)
			if is != tc.like || isBack != tc.like {
				t.Errorf("likely the same: %t, and seen from the other: %t", is, isBack)
			}
			if is && (like.From != back.From || like.Until != back.Until) {
				t.Errorf("the days in common are %v and %v", like, back)
			}
			for _, m := range like.Reasons() {
				i18ntest.Has(t, m.Key)
			}
		})
	}
}

func TestHelpThatIsRunningMayBeTheSame(t *testing.T) {
	c, n := pilot(), fullNeed()
	running := func() *cooperation.Activity {
		return &cooperation.Activity{ActivityContent: cooperation.ActivityContent{Beneficiaries: []cooperation.Participant{"demining-trust", "MZ"}, Themes: []string{"clearance"},
			Kinds: []cooperation.Kind{cooperation.Training}, Status: cooperation.ActivityRunning, Start: day("2026-01-01"), End: day("2026-12-31")}}
	}
	like, is := c.LikeActivity(&n, running())
	if !is || like.From != day("2026-06-01") || like.Until != day("2026-12-31") || len(like.Countries) != 1 {
		t.Errorf("it is %+v, %t", like, is)
	}
	for name, change := range map[string]func(a *cooperation.Activity){
		"over":                      func(a *cooperation.Activity) { a.Status = cooperation.ActivityCompleted },
		"for others":                func(a *cooperation.Activity) { a.Beneficiaries = []cooperation.Participant{"TZ"} },
		"of another kind":           func(a *cooperation.Activity) { a.Kinds = []cooperation.Kind{cooperation.Legal} },
		"over before the need does": func(a *cooperation.Activity) { a.End = day("2026-05-31") },
	} {
		a := running()
		change(a)
		if _, is := c.LikeActivity(&n, a); is {
			t.Errorf("%s, it counts as the same", name)
		}
	}
}

// Themes of another convention say nothing; titles do, in any script.
func TestTheSameRequestInAnotherConvention(t *testing.T) {
	for _, tc := range []struct {
		a, b string
		like bool
	}{
		{"Survey of the last suspected areas along the border", "Survey of the last suspected areas along the northern border", true},
		{"Survey of the last suspected areas along the border", "SURVEY of suspected areas: the last, along the border!", true},
		{"Survey of the last suspected areas along the border", "Legislation on the marking of firearms", false},
		{"Formation des douaniers au contrôle des frontières", "Formation de douaniers : contrôle aux frontières", true},
		{"Обучение таможенников пограничному контролю", "Обучение таможенников контролю на границе", true},
		{"海关人员边境管制培训项目", "海关人员边境管制培训", true},
		{"海关人员边境管制培训项目", "国家立法起草援助与咨询", false},
		{"تدريب موظفي الجمارك على مراقبة الحدود", "تدريب موظفي الجمارك في مراقبة الحدود", true},
		{"Law", "Law", false}, // too short to tell
	} {
		a, b := fullNeed(), fullNeed()
		a.Title, b.Title, a.Translations, b.Translations = tc.a, tc.b, nil, nil
		b.Themes = []string{"of-another-tree"}
		if _, is := cooperation.LikeElsewhere(&a, &b); is != tc.like {
			t.Errorf("%q and %q: %t", tc.a, tc.b, is)
		}
		b.Translations = map[string]cooperation.Translation{"es": {Title: tc.a}}
		if _, is := cooperation.LikeElsewhere(&a, &b); len(tc.a) > 5 && !is {
			t.Errorf("%q is not found by its translation", tc.a)
		}
	}
}

func TestWhoDecidesOfADuplicate(t *testing.T) {
	c, _ := bench()
	c.Reviewed, c.ReviewBody = true, "review"
	n := needIn("open")
	for _, tc := range []struct {
		actor cooperation.Actor
		side  string
	}{
		{kenyaFocal, "beneficiary"}, {mozApprover, "beneficiary"}, {secretariat, "secretariat"}, {member, "committee"},
		{franceProvider, ""}, {franceFocal, ""}, {observer, ""}, {public, ""}, {clock, ""}, {administrator, ""}, {otherSecretariat, ""}, {readOnly(secretariat), ""}, {kenyaProvider, ""},
	} {
		d := cooperation.NewDuplicate(n, "other", "need", c.ID, tc.actor, noon)
		said, err := d.Decide(c, n, cooperation.DifferentRequest, " Another border. ", tc.actor, noon)
		if tc.side == "" {
			wantCode(t, err, cooperation.Forbidden)
			continue
		}
		if latest, _ := d.Latest(); err != nil || !said || d.Version != 1 || latest.Side != tc.side || latest.Reason != "Another border." {
			t.Errorf("%s: %+v, %v", tc.actor.ID, d, err)
		}
		if again, err := d.Decide(c, n, cooperation.DifferentRequest, "Another border.", tc.actor, noon); again || err != nil || d.Version != 1 {
			t.Errorf("%s said it twice: %+v, %v", tc.actor.ID, d, err)
		}
		if seen := d.Shown(franceProvider, n); seen.Verdicts[0].By != "" || d.Verdicts[0].By == "" {
			t.Errorf("a provider sees %+v", seen)
		}
	}
	_, err := cooperation.NewDuplicate(n, "other", "need", c.ID, secretariat, noon).Decide(c, n, "perhaps", "", secretariat, noon)
	wantField(t, err, "decision", "error.invalid.not_one_of")
	for actor, sees := range map[*cooperation.Actor]bool{&kenyaFocal: true, &franceProvider: true, &franceFocal: true, &member: true, &secretariat: true, &observer: false, &public: false} {
		if cooperation.MaySeeDuplicates(*actor, n) != sees {
			t.Errorf("%q sees duplicates: %t", actor.ID, !sees)
		}
	}
}
