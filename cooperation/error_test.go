package cooperation_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/cooperation"
)

func TestACodeIsFoundThroughWhatWrapsIt(t *testing.T) {
	err := fmt.Errorf("while reading: %w", cooperation.Refuse(cooperation.Conflict, "error.conflict.version"))
	if code := cooperation.CodeOf(err); code != cooperation.Conflict {
		t.Errorf("the code is %q", code)
	}
	if code := cooperation.CodeOf(errors.New("disk")); code != "" {
		t.Errorf("an unexpected failure has the code %q", code)
	}
	if code := cooperation.CodeOf(nil); code != "" {
		t.Errorf("no error has the code %q", code)
	}
}

func TestWhatIsHiddenIsRefusedAsWhatIsNotThere(t *testing.T) {
	hidden := tryNeed(needIn("draft"), cooperation.Withdraw, franceFocal)
	if diff := cmp.Diff(error(cooperation.Absent()), hidden, cmp.Comparer(func(a, b error) bool { return a.Error() == b.Error() })); diff != "" {
		t.Errorf("the two can be told apart:\n%s", diff)
	}
	if e := refusal(t, hidden); len(e.Fields) != 0 || len(e.Message.Args) != 0 {
		t.Errorf("the answer says more: %+v", e)
	}
}

func TestTheLogReadsCodesAndKeysAndNeverWhatPeopleWrote(t *testing.T) {
	content := fullNeed()
	content.Themes = []string{"a secret"}
	err := needAs(asDraft, content)
	if got, want := err.Error(), "invalid: error.invalid.fields [themes[0]: error.invalid.unknown_theme]"; got != want {
		t.Errorf("the log reads %q, want %q", got, want)
	}
}
