package api_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
)

// A page of fifty with filters and facets, from the request to the last byte.
func BenchmarkListNeeds(b *testing.B) {
	i := install(b)
	for n := range 60 {
		i.ask("focal", "POST", "/api/v1/needs", needBody(fmt.Sprint("Need ", n))).is(201)
	}
	b.ResetTimer()
	for b.Loop() {
		r := httptest.NewRequest(http.MethodGet, "/api/v1/needs?convention=fctc&status=draft&theme=fctc-art8&facets=true", nil)
		r.Header.Set("Authorization", "Bearer "+i.tokens["focal"])
		w := httptest.NewRecorder()
		i.handler.ServeHTTP(w, r)
		if w.Code != 200 {
			b.Fatal(w.Body)
		}
	}
}
