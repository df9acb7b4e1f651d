package i18ntest_test

import (
	"fmt"
	"strings"
	"testing"

	"entente/i18n/i18ntest"
	"entente/message"
)

// recorder is a test that notes its failures instead of failing.
type recorder struct {
	testing.TB
	failures []string
}

func (r *recorder) Helper() {}
func (r *recorder) Errorf(format string, args ...any) {
	r.failures = append(r.failures, fmt.Sprintf(format, args...))
}
func (r *recorder) Error(args ...any) { r.failures = append(r.failures, fmt.Sprint(args...)) }

func TestHasFailsForEveryKeyThatIsMissing(t *testing.T) {
	r := &recorder{TB: t}
	i18ntest.Has(r, "kind.finance", "kind.magic", "role.wizard")
	if len(r.failures) != 2 || !strings.Contains(r.failures[0], "kind.magic") {
		t.Errorf("Has failed with %q", r.failures)
	}
}

func TestRendersFailsForAMessageWithAHole(t *testing.T) {
	r := &recorder{TB: t}
	i18ntest.Renders(r, nil, message.New("error.invalid.too_long", message.Int("max", 300)))
	if len(r.failures) != 0 {
		t.Errorf("a complete message fails: %q", r.failures)
	}
	i18ntest.Renders(r, nil, message.New("error.invalid.too_long"))
	if len(r.failures) != 6 {
		t.Errorf("a message without its argument fails %d times, wanted once per language", len(r.failures))
	}
}

func TestStrictFailsTheTestThatAskedForItAndNoOther(t *testing.T) {
	one, other := &recorder{TB: t}, &recorder{TB: t}
	i18ntest.Strict(other)
	texts := i18ntest.Strict(one)
	texts.Localizer("fr").Text("language.self")
	if len(one.failures) != 0 {
		t.Errorf("a complete text fails: %q", one.failures)
	}
	texts.Localizer("fr").Text("kind.magic")
	if len(one.failures) != 1 || !strings.Contains(one.failures[0], "kind.magic") || len(other.failures) != 0 {
		t.Errorf("failures are %q, of the other test %q", one.failures, other.failures)
	}
}
