package cooperation_test

import (
	"testing"

	"entente/cooperation"
	"entente/i18n/i18ntest"
)

// wantField fails the test unless err is about exactly one field, with a
// message that can be put into words in all six languages.
func wantField(t *testing.T, err error, field, key string) {
	t.Helper()
	if err == nil {
		t.Errorf("it is accepted, want %s: %s", field, key)
		return
	}
	e := refusal(t, err)
	if e.Code != cooperation.Invalid || e.Message.Key != "error.invalid.fields" {
		t.Errorf("the refusal is %v", e)
	}
	if len(e.Fields) != 1 || e.Fields[0].Field != field || e.Fields[0].Message.Key != key {
		t.Errorf("the mistakes are %v, want only %s: %s", e.Fields, field, key)
	}
	i18ntest.Renders(t, documents{}, e.Message)
	for _, f := range e.Fields {
		i18ntest.Renders(t, documents{}, f.Message)
	}
}
