package api_test

import (
	"bytes"
	"encoding/xml"
	"strings"
	"testing"
)

func TestAFeedShowsWhatIsPublicWhoeverAsksInTheLanguageAskedFor(t *testing.T) {
	i := install(t)
	i.ask("focal", "POST", "/api/v1/needs", needBody("A secret draft")).is(201)
	i.openNeed("Smoke-free places")
	i.openOffer("Two lawyers")
	public := i.ask("", "GET", "/api/v1/feeds/fctc", nil).is(200)
	var feed struct {
		Entries []struct {
			Title string `xml:"title"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal(public.Body, &feed); err != nil || len(feed.Entries) != 2 || strings.Contains(string(public.Body), "secret draft") || strings.Contains(string(public.Body), "unit@example.org") {
		t.Errorf("%v, the feed is %s", err, public.Body)
	}
	if own := i.ask("secretary", "GET", "/api/v1/feeds/fctc", nil).is(200); !bytes.Equal(own.Body, public.Body) {
		t.Error("who is signed in reads another feed")
	}
	i.ask("", "GET", "/api/v1/feeds/fctc", nil, "If-None-Match", public.Header.Get("ETag")).is(304)
	i.openNeed("Another")
	i.ask("", "GET", "/api/v1/feeds/fctc", nil, "If-None-Match", public.Header.Get("ETag")).is(200)
	seen := map[string]bool{}
	for _, lang := range []string{"ar", "en", "es", "fr", "ru", "zh"} {
		a := i.ask("", "GET", "/api/v1/feeds/fctc?lang="+lang, nil).is(200)
		if !strings.Contains(string(a.Body), `xml:lang="`+lang+`"`) || a.Header.Get("Content-Language") != lang || seen[string(a.Body)] {
			t.Errorf("the feed in %s is %s", lang, a.Body)
		}
		seen[string(a.Body)] = true
	}
	for _, path := range []string{"/api/v1/feeds/none", "/api/v1/feeds/fctc/none", "/api/v1/feeds/apmbc/bureau"} {
		i.ask("", "GET", path, nil).problem(404, "error.not_found.document")
	}
	i.ask("", "GET", "/api/v1/feeds/fctc/bureau", nil).is(200)
}

func TestACalendarIsReadByItsAddressUntilThatIsReplaced(t *testing.T) {
	i := install(t)
	i.openNeed("Smoke-free places")
	address := func() string {
		var a struct {
			Active bool
			Path   string
		}
		i.ask("focal", "POST", "/api/v1/me/calendar/rotate", nil).is(200).into(&a)
		if !a.Active {
			t.Fatal("the calendar is not active")
		}
		return a.Path
	}
	absent := func(path string) {
		t.Helper()
		hidden, nothing := i.ask("", "GET", path, nil), i.ask("", "GET", "/calendar/"+nobody+"-x.ics", nil)
		hidden.problem(404, "error.not_found.document")
		if len(hidden.Body) != len(nothing.Body) {
			t.Errorf("an address that was is told from one that was not: %s", hidden.Body)
		}
	}
	first := address()
	a := i.ask("", "GET", first, nil).is(200)
	if !strings.Contains(string(a.Body), "Smoke-free places") || !strings.HasPrefix(string(a.Body), "BEGIN:VCALENDAR\r\n") || a.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("the calendar is %s with %v", a.Body, a.Header)
	}
	i.ask("", "GET", first, nil, "If-None-Match", a.Header.Get("ETag")).is(304)
	absent(strings.TrimSuffix(first, ".ics"))
	second := address()
	absent(first)
	i.ask("", "GET", second, nil).is(200)
	i.ask("focal", "DELETE", "/api/v1/me/calendar", nil).is(204)
	absent(second)
	if third := address(); third == first || third == second {
		t.Error("after it was ended, an address that was leads somewhere again")
	}
	if strings.Contains(i.log.String(), second) {
		t.Error("the log tells the secret address")
	}
}

// feedsAreRead walks the operations of feeds and calendars.
func (i *installation) feedsAreRead() {
	i.t.Helper()
	i.ask("", "GET", "/api/v1/feeds/fctc", nil).is(200)
	i.ask("", "GET", "/api/v1/feeds/fctc/bureau", nil).is(200)
	i.ask("focal", "GET", "/api/v1/me/calendar", nil).is(200)
	var a struct{ Path string }
	i.ask("focal", "POST", "/api/v1/me/calendar/rotate", nil).is(200).into(&a)
	i.ask("", "GET", a.Path, nil).is(200)
	i.ask("focal", "DELETE", "/api/v1/me/calendar", nil).is(204)
}
