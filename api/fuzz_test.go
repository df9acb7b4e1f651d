package api_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzRequest sends anything to any operation in anybody's name: it is
// answered, never with an error of the program, always in UTF-8, and errors
// are problem documents.
func FuzzRequest(f *testing.F) {
	i := install(f)
	for _, seed := range []struct{ method, path, query, body, ifMatch, key, position, accept string }{
		{"GET", "/api/v1/needs", "convention=fctc&limit=2", "", "", "", "fctc:1", "fr"},
		{"GET", "/api/v1/needs", "convention=fctc&cursor=e30&sort=-created", "", "", "", "fctc:18446744073709551615", "*"},
		{"POST", "/api/v1/needs", "", `{"convention":"fctc","beneficiaries":["AO"],"title":"A law","themes":["fctc-art8"],"kinds":[{"kind":"training"}]}`, "", "k", "", ""},
		{"POST", "/api/v1/offers", "", `{"convention":"fctc","provider":"NO","title":"` + "\u202e" + `"}`, "", strings.Repeat("k", 300), "", ""},
		{"PUT", "/api/v1/needs/" + nobody, "", `{}`, `"1"`, "", "", ""},
		{"POST", "/api/v1/needs/" + nobody + "/submit", "", `{"clearance":{"date":"2026-13-40"}}`, `W/"0"`, "", "", "x-x-x"},
		{"POST", "/api/v1/imports/needs", "", "external_id,convention\n\"", "", "", "", ""},
		{"GET", "/api/v1/%2e%2e/%00", "a=%zz", "", "*", "\x7f", ":", ""},
		{"POST", "/api/v1/needs", "", strings.Repeat("[", 3000), "", "", "", ""},
		{"POST", "/api/v1/needs", "", strings.Repeat(`{"title":`, 3000), "", "", "", ""},
		{"POST", "/api/v1/needs", "", "{\"title\":\"\xff\xfe\"}", "", "", "", ""},
		{"POST", "/api/v1/needs", "", `{"title":"\ud800","beneficiaries":[null],"costs":[{"cost":1e400}]}`, "", "", "", ""},
	} {
		f.Add(seed.method, seed.path, seed.query, seed.body, seed.ifMatch, seed.key, seed.position, seed.accept)
	}
	f.Fuzz(func(t *testing.T, method, path, query, body, ifMatch, key, position, accept string) {
		if !sendable(method, path, query, ifMatch, key, position, accept) {
			return
		}
		for _, who := range []string{"", "secretariat", "focal"} {
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", strings.NewReader(body))
			r.Method, r.URL.Path, r.URL.RawQuery = method, path, query
			for name, value := range map[string]string{"If-Match": ifMatch, "Idempotency-Key": key, "X-Entente-Position": position, "Accept-Language": accept, "If-None-Match": ifMatch,
				"X-Request-Id": key, "Content-Type": "application/json"} {
				if value != "" {
					r.Header.Set(name, value)
				}
			}
			if who != "" {
				r.Header.Set("Authorization", "Bearer "+i.tokens[who])
			}
			w := httptest.NewRecorder()
			i.handler.ServeHTTP(w, r)
			got := w.Body.String()
			if w.Code == http.StatusInternalServerError || w.Code < 200 || w.Code > 599 || !utf8.ValidString(got) {
				t.Errorf("%s %s?%s %.200q: %d %.400q", method, path, query, body, w.Code, got)
			}
			if w.Code >= 400 && method != http.MethodHead && path != "/readyz" && w.Header().Get("Content-Type") != "application/problem+json" {
				t.Errorf("%s %s: %d is no problem document: %.200s", method, path, w.Code, got)
			}
			for name, values := range w.Header() {
				if strings.ContainsAny(strings.Join(values, ""), "\r\n\x00") {
					t.Errorf("%s: %q", name, values)
				}
			}
		}
	})
}

// sendable reports whether a server of HTTP would let the request through to
// the handler at all.
func sendable(method, path string, others ...string) bool {
	if method == "" || !strings.HasPrefix(path, "/") || strings.Trim(method, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" || strings.ContainsAny(others[0], " #\x00") {
		return false
	}
	for _, s := range others {
		for _, b := range []byte(s) {
			if b < ' ' || b == 0x7f {
				return false
			}
		}
	}
	return true
}
