package client_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"entente/client"
)

// serve starts a server that answers every request as told, and a client of it.
func serve(t *testing.T, token string, answer http.HandlerFunc) *client.ClientWithResponses {
	t.Helper()
	server := httptest.NewServer(answer)
	t.Cleanup(server.Close)
	c, err := client.New(server.URL+"/", token)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func write(w http.ResponseWriter, kind, body string, status int) {
	w.Header().Set("Content-Type", kind)
	w.WriteHeader(status)
	io.WriteString(w, body)
}

const need = `{"schema":1,"id":"3vjq2u7ttqk5me2hxckoyhnubi","convention":"fctc","version":3,"created":"2026-03-31T14:00:00Z","updated":"2026-03-31T14:00:00Z",
	"status":"open","beneficiaries":["AO"],"title":"T","themes":["fctc-art8"],"kinds":[{"kind":"legal"}],"withheld":[],"labels":{"status":"Open"}}`

func TestARequestCarriesTokenLanguagePositionAndKey(t *testing.T) {
	var seen *http.Request
	c := serve(t, "entente_secret", func(w http.ResponseWriter, r *http.Request) {
		seen = r
		write(w, "application/json", need, 201)
	})
	key := client.NewKey()
	if key == client.NewKey() || len(key) < 20 {
		t.Error("keys are not new")
	}
	made, err := c.CreateNeedWithResponse(t.Context(), &client.CreateNeedParams{IdempotencyKey: &key},
		client.NewNeed{Convention: "fctc", Beneficiaries: []client.Country{"AO"}, Title: "T"}, client.InLanguage("fr"), client.AtPosition("fctc:7"))
	if err != nil {
		t.Fatal(err)
	}
	for header, want := range map[string]string{"Authorization": "Bearer entente_secret", "Accept-Language": "fr", "X-Entente-Position": "fctc:7",
		"Idempotency-Key": key, "Content-Type": "application/json"} {
		if got := seen.Header.Get(header); got != want {
			t.Errorf("%s is %q and not %q", header, got, want)
		}
	}
	if seen.URL.Path != "/api/v1/needs" || made.JSON201 == nil || client.Tag(made.JSON201.Version) != `"3"` {
		t.Errorf("%s gave %+v", seen.URL, made.JSON201)
	}
}

func TestWithoutATokenNobodyIsNamed(t *testing.T) {
	c := serve(t, "", func(w http.ResponseWriter, r *http.Request) {
		if _, named := r.Header["Authorization"]; named {
			t.Error("there is an Authorization")
		}
		write(w, "application/json", need, 200)
	})
	if read, err := c.GetNeedWithResponse(t.Context(), "3vjq2u7ttqk5me2hxckoyhnubi", nil); err != nil || read.JSON200.Title != "T" {
		t.Errorf("%+v %v", read, err)
	}
}

func TestAProblemIsAnError(t *testing.T) {
	c := serve(t, "", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "7")
		write(w, "application/problem+json", `{"type":"urn:x","status":422,"code":"invalid","key":"error.invalid.fields","title":"Invalid",
			"detail":"Put the fields right.","request_id":"r-1","fields":[{"field":"title","detail":"Say what it is.","key":"error.invalid.required"}]}`, 422)
	})
	_, err := c.GetNeedWithResponse(t.Context(), "x", nil)
	var p *client.Problem
	if !errors.As(err, &p) {
		t.Fatalf("the error is %v", err)
	}
	if p.Status != 422 || p.Code != "invalid" || p.Key != "error.invalid.fields" || p.RetryAfter != 7*time.Second || len(p.Fields) != 1 || p.Fields[0].Field != "title" {
		t.Errorf("the problem is %+v", p)
	}
	if want := "entente: 422 Unprocessable Entity: Put the fields right. [title: Say what it is.] (request r-1)"; err.Error() != want {
		t.Errorf("it says %q", err)
	}
}

func TestWhatSomebodyInBetweenAnswersIsAnErrorToo(t *testing.T) {
	for kind, body := range map[string]string{"text/html": "<h1>Bad gateway</h1>", "application/problem+json": "<h1>", "": ""} {
		c := serve(t, "", func(w http.ResponseWriter, _ *http.Request) { write(w, kind, body, 502) })
		read, err := c.GetNeedWithResponse(t.Context(), "x", nil)
		if err == nil || read != nil || !strings.Contains(err.Error(), "502") || strings.Contains(err.Error(), "<h1>") {
			t.Errorf("%q is read as %+v and %v", body, read, err)
		}
	}
}

func TestAllPagesAreWalkedAndNoMoreThanAskedFor(t *testing.T) {
	pages := map[string]struct {
		items []int
		next  string
	}{"": {[]int{1, 2}, "a"}, "a": {nil, "b"}, "b": {[]int{3}, ""}}
	var read []string
	fetch := func(cursor string) ([]int, string, error) {
		read = append(read, cursor)
		return pages[cursor].items, pages[cursor].next, nil
	}
	var got []int
	for item, err := range client.Pages(fetch) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, item)
	}
	if !slices.Equal(got, []int{1, 2, 3}) || !slices.Equal(read, []string{"", "a", "b"}) {
		t.Errorf("pages %v gave %v", read, got)
	}
	read = nil
	for range client.Pages(fetch) {
		break
	}
	if !slices.Equal(read, []string{""}) {
		t.Errorf("to read one entry, the pages %v were read", read)
	}
}

func TestAPageThatCannotBeReadEndsTheWalk(t *testing.T) {
	broken, asked := errors.New("broken"), 0
	walk := client.Pages(func(cursor string) ([]int, string, error) {
		if asked++; cursor == "a" {
			return nil, "", broken
		}
		return []int{1}, "a", nil
	})
	var errs []error
	for _, err := range walk {
		errs = append(errs, err)
	}
	if asked != 2 || len(errs) != 2 || errs[0] != nil || !errors.Is(errs[1], broken) {
		t.Errorf("%d pages were asked for, with %v", asked, errs)
	}
}
