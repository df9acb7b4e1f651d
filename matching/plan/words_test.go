package plan_test

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/matching/plan"
	"entente/message"
)

func TestEverySentenceOfAPlanHasItsTextAndEveryTextItsSentence(t *testing.T) {
	body, err := os.ReadFile("../../i18n/messages/plan.en.json")
	if err != nil {
		t.Fatal(err)
	}
	var texts map[string]json.RawMessage
	if err := json.Unmarshal(body, &texts); err != nil {
		t.Fatal(err)
	}
	said := map[string]bool{}
	hear := func(list []message.Message) {
		t.Helper()
		for _, m := range list {
			said[m.Key] = true
			args := map[string]bool{}
			for _, a := range m.Args {
				args[a.Name] = true
			}
			holes := map[string]bool{}
			for _, hole := range regexp.MustCompile(`\{\{\.(\w+)\}\}`).FindAllStringSubmatch(string(texts[m.Key]), -1) {
				holes[hole[1]] = true
			}
			if diff := cmp.Diff(holes, args); diff != "" {
				t.Errorf("%s: the text and the code differ in arguments (-text +code):\n%s", m.Key, diff)
			}
		}
	}
	hear((&plan.Plan{}).Sentences())
	hear((&plan.Plan{Needs: 1, Ceiling: 5, Demand: 10, Stated: true}).Sentences())
	hear((&plan.Plan{Needs: 1, Ceiling: plan.Unlimited}).Sentences())
	hear((&plan.Fairness{Unlifted: plan.Concentration{Choice: [4]int{1}}}).Sentences())
	hear((&plan.Difference{}).Sentences())
	hear((&plan.Difference{Gained: []string{"a"}, Lost: []string{"b"}, Moved: make([]plan.Move, 2), Covered: 1, Score: 200_000, Stated: true}).Sentences())
	hear((&plan.Difference{Covered: -1, Score: -200_000, Stated: true}).Sentences())
	for key := range texts {
		if strings.HasPrefix(key, "plan.") && !said[key] {
			t.Errorf("nothing says %s", key)
		}
	}
}

func TestASentenceRoundsAsThePlanDoes(t *testing.T) {
	list := (&plan.Difference{Covered: 123_45, Score: -1_299_999, Stated: true}).Sentences()
	if got := list[0].Args[0].Value; got != "123.45 USD" {
		t.Errorf("the amount is %q", got)
	}
	if got := list[1].Args[0].Value; got != "1200000" {
		t.Errorf("the points are %q", got)
	}
}
