package main

import (
	"strings"
	"testing"
)

// FuzzStoreURI shows anything as a store: the password before its @ is never
// in it, whatever stands around.
func FuzzStoreURI(f *testing.F) {
	for _, scheme := range []string{"mongodb", "mongodb+srv", "sqlite", ""} {
		for _, rest := range []string{"host/db", "a,b:1/db?x=y", "[::1]:99999", "host:port%zz", "h\x7f", "/a%zz", ""} {
			f.Add(scheme, "user", rest)
		}
	}
	f.Add("mongodb", "us%er", "a,b/c?authSource=admin")
	f.Fuzz(func(t *testing.T, scheme, user, rest string) {
		const canary = "k4n4r1"
		if strings.ContainsAny(scheme+user, "/@:?#") || strings.Contains(rest, "@") || strings.Contains(scheme+user+rest, canary) {
			return
		}
		if shown := withoutSecrets(scheme + "://" + user + ":" + canary + "@" + rest); strings.Contains(shown, canary) {
			t.Errorf("%q tells the password", shown)
		}
	})
}

// FuzzEnvironment reads anything as the environment: the language is one of
// ours, and whether traces are asked for is a matter of yes, no or refusal.
func FuzzEnvironment(f *testing.F) {
	for _, seed := range []string{"", "LANG=fr_FR.UTF-8", "ENTENTE_LANGUAGE=zh_CN", "LC_ALL=C", "=", "LANG", "LANG=\xff", "OTEL_TRACES_EXPORTER=x"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, line string) {
		e := newEnvironment([]string{line, "OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1"})
		switch e.language() {
		case "ar", "en", "es", "fr", "ru", "zh":
		default:
			t.Errorf("%q speaks %q", line, e.language())
		}
		if on, err := e.tracing(); on && err != nil {
			t.Errorf("%q: %v", line, err)
		}
	})
}
