package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"entente/cooperation"
	"entente/platform"
	"entente/reference"
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

// crowded has a convention with so many needs and offers as varied as real ones,
// and what the matcher proposes of them.
func crowded(b *testing.B, needs, offers int) *installation {
	i := install(b)
	i.seated()
	system := cooperation.System("test")
	conv, _ := conventions(b).Convention("fctc")
	var countries []reference.Country
	for _, c := range reference.Countries() {
		if conv.PartyOn(c, cooperation.DateOf(i.clock())) {
			countries = append(countries, c)
		}
	}
	kinds, languages := cooperation.Kinds(), []reference.Language{"en", "fr", "es", "pt", "ar", "ru"}
	var asked []cooperation.ImportRow[cooperation.NeedContent]
	for n := range needs {
		asked = append(asked, cooperation.ImportRow[cooperation.NeedContent]{Convention: "fctc", ExternalID: fmt.Sprint("need-", n), Line: n + 1, Content: cooperation.NeedContent{
			Beneficiaries: []reference.Country{countries[n%len(countries)]}, Title: fmt.Sprintf("Assistance number %d with smoke-free places and taxation", n),
			Problem: "The law has no rules on smoke-free places, and nobody in the ministry has ever drafted one.", Themes: []string{conv.Themes[n%len(conv.Themes)].ID},
			Kinds:     []cooperation.Outcome{{Kind: kinds[n%len(kinds)], Change: "A bill is before parliament."}, {Kind: kinds[(n+1+n/8%7)%len(kinds)], Change: "It is applied."}}[:1+n%2],
			Languages: []cooperation.LanguageWish{{Language: languages[n%len(languages)], Strength: cooperation.Preferred}},
			Costs:     []cooperation.CostLine{{Activity: "workshop", Currency: "USD", Cost: fmt.Sprint(5000 + n%9000), Sought: fmt.Sprint(5000 + n%9000)}}}})
	}
	var given []cooperation.ImportRow[cooperation.OfferContent]
	for n := range offers {
		given = append(given, cooperation.ImportRow[cooperation.OfferContent]{Convention: "fctc", ExternalID: fmt.Sprint("offer-", n), Line: n + 1, Content: cooperation.OfferContent{
			Provider: cooperation.Participant(countries[(n*7+3)%len(countries)].Alpha2()), Title: fmt.Sprintf("Training course %d", n), Description: "Two lawyers for a month.",
			Themes: []string{conv.Themes[(n*5)%len(conv.Themes)].ID}, Kinds: []cooperation.Outcome{{Kind: kinds[(n/2)%len(kinds)]}, {Kind: kinds[(n/2+3)%len(kinds)]}}[:1+n%2],
			Languages: []reference.Language{languages[n%len(languages)], languages[(n+1)%len(languages)]}, Firmness: cooperation.Indication}})
	}
	if r, err := i.platform.ImportNeeds(b.Context(), system, asked, false); err != nil || len(r.Errors) > 0 {
		b.Fatal(r.Errors[:min(3, len(r.Errors))], err)
	}
	if r, err := i.platform.ImportOffers(b.Context(), system, given, false); err != nil || len(r.Errors) > 0 {
		b.Fatal(r.Errors[:min(3, len(r.Errors))], err)
	}
	if _, err := i.platform.Run(b.Context(), system, "fctc", platform.RunOptions{Trigger: "command"}); err != nil {
		b.Fatal(err)
	}
	return i
}

// A page of twenty of the queue of one body, from the request to the last byte:
// page after page of all that waits, as it stands when nothing has changed since
// it was asked last, and after every change of a need.
func BenchmarkQueue(b *testing.B) {
	i := crowded(b, 2000, 1500)
	state, _ := i.platform.State("fctc")
	documents := 0
	for _, kind := range []string{"need", "offer", "proposal"} {
		for _, n := range state.Counts()[kind] {
			documents += n
		}
	}
	page := func(b *testing.B, cursor string) string {
		r := httptest.NewRequest(http.MethodGet, "/api/v1/committees/bureau/queue?convention=fctc&cursor="+cursor, nil)
		r.Header.Set("Authorization", "Bearer "+i.tokens["member"])
		w := httptest.NewRecorder()
		i.handler.ServeHTTP(w, r)
		if w.Code != 200 {
			b.Fatal(w.Body)
		}
		var next struct{ Next string }
		if err := json.Unmarshal(w.Body.Bytes(), &next); err != nil {
			b.Fatal(err)
		}
		return next.Next
	}
	measure := func(name string, before func(n int)) {
		b.Run(name, func(b *testing.B) {
			var took []time.Duration
			cursor, n := "", 0
			for b.Loop() {
				b.StopTimer()
				before(n)
				b.StartTimer()
				began := time.Now()
				cursor = page(b, cursor)
				took = append(took, time.Since(began))
				n++
			}
			slices.Sort(took)
			b.ReportMetric(float64(documents), "documents")
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
		})
	}
	measure("unchanged", func(int) {})
	measure("after-a-change", func(n int) { i.openNeed(fmt.Sprint("Another need ", n)) })
}
