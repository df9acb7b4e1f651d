package api_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3filter"
)

// exportOf reads an export line by line.
func exportOf(t *testing.T, body []byte) (ids []string, last struct {
	Kind     string
	Count    int
	Position string
}) {
	t.Helper()
	lines := bufio.NewScanner(bytes.NewReader(body))
	ended := false
	for lines.Scan() {
		var line struct {
			ID       string
			Complete *struct {
				Kind     string
				Count    int
				Position string
			}
		}
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil || ended {
			t.Fatalf("%v: %s", err, lines.Bytes())
		}
		if line.Complete != nil {
			last, ended = *line.Complete, true
			continue
		}
		ids = append(ids, line.ID)
	}
	if !ended || last.Count != len(ids) {
		t.Fatalf("%d lines, and the last says %+v", len(ids), last)
	}
	return ids, last
}

func TestAnExportHoldsWhatItsReaderMaySeeAndSaysSoAtItsEnd(t *testing.T) {
	i := install(t)
	first, second := i.openNeed("Tobacco taxes").ID, i.openNeed("Smoke-free places").ID
	draft := i.draftNeed()
	offer := i.openOffer("Drafting of laws").ID
	for _, c := range []struct {
		who, path string
		want      []string
	}{
		{"", "needs", []string{first, second}}, {"secretary", "needs", []string{first, second}}, {"focal", "needs", []string{first, second, draft}},
		{"", "needs?q=taxes", []string{first}}, {"focal", "needs?status=draft", []string{draft}}, {"", "needs?status=draft", nil},
		{"", "offers?theme=fctc-art8", []string{offer}}, {"secretary", "proposals", nil},
	} {
		path, query, _ := strings.Cut(c.path, "?")
		a := i.ask(c.who, "GET", "/api/v1/exports/"+path+"?convention=fctc&"+query, nil).is(200)
		got, last := exportOf(t, a.Body)
		if !slices.Equal(got, c.want) {
			t.Errorf("%q reads %v of %s and not %v", c.who, got, c.path, c.want)
		}
		if last.Position != a.Header.Get("X-Entente-Position") || last.Position != fmt.Sprintf("fctc:%d", i.platform.Position("fctc")) || last.Kind != strings.TrimSuffix(path, "s") {
			t.Errorf("the end is %+v", last)
		}
	}
	public := i.ask("", "GET", "/api/v1/exports/needs?convention=fctc", nil).is(200)
	single := i.ask("", "GET", "/api/v1/needs/"+first, nil).is(200)
	if line, _, _ := bytes.Cut(public.Body, []byte("\n")); !sameJSON(t, line, single.Body) {
		t.Errorf("a line is not the document as it is read by itself:\n%s\n%s", line, single.Body)
	}
	i.ask("", "GET", "/api/v1/exports/needs?convention=fctc&status=unheard", nil).is(400)
	i.ask("", "GET", "/api/v1/exports/needs?convention=fctc&limit=3", nil).is(400) // there are no pages
	i.ask("", "GET", "/api/v1/exports/proposals?convention=fctc", nil).is(401)
}

func sameJSON(t *testing.T, a, b []byte) bool {
	t.Helper()
	var x, y any
	if json.Unmarshal(a, &x) != nil || json.Unmarshal(b, &y) != nil {
		t.Fatalf("%s\n%s", a, b)
	}
	p, errP := json.Marshal(x)
	q, errQ := json.Marshal(y)
	return errP == nil && errQ == nil && bytes.Equal(p, q)
}

// plain asks without holding the answer against the description, for answers
// that are compressed or cut off.
func (i *installation) plain(path string, headers ...string) *httptest.ResponseRecorder {
	i.t.Helper()
	r := httptest.NewRequestWithContext(i.t.Context(), http.MethodGet, path, http.NoBody)
	for n := 0; n < len(headers); n += 2 {
		r.Header.Set(headers[n], headers[n+1])
	}
	w := httptest.NewRecorder()
	i.handler.ServeHTTP(w, r)
	return w
}

func TestLargeAnswersInJSONAreCompressedForWhomThatIsSafe(t *testing.T) {
	i := install(t)
	id := i.openNeed(strings.Repeat("Help. ", 40)).ID
	for name, c := range map[string]struct {
		path       string
		headers    []string
		compressed bool
	}{
		"a list":                       {"/api/v1/needs?convention=fctc", []string{"Accept-Encoding", "gzip"}, true},
		"an export":                    {"/api/v1/exports/needs?convention=fctc", []string{"Accept-Encoding", "br, gzip;q=0.5"}, true},
		"the description":              {"/openapi.json", []string{"Accept-Encoding", "*"}, true},
		"for whom it is not asked":     {"/api/v1/needs?convention=fctc", nil, false},
		"for whom it is refused":       {"/api/v1/needs?convention=fctc", []string{"Accept-Encoding", "gzip;q=0, *"}, false},
		"for a browser with a session": {"/api/v1/needs?convention=fctc", []string{"Accept-Encoding", "gzip", "Cookie", "session=x"}, false},
		"what is small":                {"/healthz", []string{"Accept-Encoding", "gzip"}, false},
		"a small problem":              {"/api/v1/nothing", []string{"Accept-Encoding", "gzip"}, false},
		"what is not JSON":             {"/metrics", []string{"Accept-Encoding", "identity"}, false},
	} {
		whole, w := i.plain(c.path, append(c.headers, "Accept-Encoding", "")...), i.plain(c.path, c.headers...)
		if got := w.Header().Get("Content-Encoding") == "gzip"; got != c.compressed {
			t.Errorf("%s is compressed: %t", name, got)
			continue
		}
		if !slices.Contains(w.Header().Values("Vary"), "Accept-Encoding") {
			t.Errorf("%s: caches are not told", name)
		}
		if !c.compressed {
			continue
		}
		z, err := gzip.NewReader(w.Body)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(z)
		if err != nil || !bytes.Equal(text, whole.Body.Bytes()) {
			t.Errorf("%s is not what it is uncompressed: %v", name, err)
		}
	}
	tag := i.plain("/api/v1/needs/"+id, "Accept-Encoding", "gzip").Header().Get("ETag")
	if w := i.plain("/api/v1/needs/"+id, "Accept-Encoding", "gzip", "If-None-Match", tag); w.Code != 304 || w.Body.Len() != 0 {
		t.Errorf("known already, it is answered with %d and %d bytes", w.Code, w.Body.Len())
	}
}

// Lines of JSON are text to whoever checks answers against the description.
func readLines() {
	openapi3filter.RegisterBodyDecoder("application/x-ndjson", openapi3filter.FileBodyDecoder)
}
