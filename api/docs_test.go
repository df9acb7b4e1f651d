package api_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3filter"
)

// readPages makes the library that holds answers against the description read
// pages and what they load as texts.
func readPages() {
	for _, format := range []string{"text/html", "text/css", "text/javascript"} {
		openapi3filter.RegisterBodyDecoder(format, openapi3filter.FileBodyDecoder)
	}
}

func TestThePageOfTheDescriptionLoadsNothingButItsOwnFiles(t *testing.T) {
	i := install(t)
	page := i.ask("", "GET", "/docs", nil).is(200)
	policy := page.Header.Get("Content-Security-Policy")
	if !strings.HasPrefix(policy, "default-src 'none'; script-src 'self'; style-src 'self';") || strings.Contains(policy, "unsafe") {
		t.Errorf("the page is under the policy %s", policy)
	}
	if inline := regexp.MustCompile(`(?i)<style|<script[^>]*>[^<]|\sstyle=|\son[a-z]+=`).Find(page.Body); inline != nil {
		t.Errorf("the page has %s in itself", inline)
	}
	loaded := regexp.MustCompile(`(?:src|rel="stylesheet" href)="([^"]+)"`).FindAllSubmatch(page.Body, -1)
	if len(loaded) != 4 {
		t.Fatalf("the page loads %q", loaded)
	}
	for _, file := range loaded {
		at := string(file[1])
		plain := i.ask("", "GET", at, nil).is(200)
		squeezed := i.ask("", "GET", at, nil, "Accept-Encoding", "br, gzip").is(200)
		z, err := gzip.NewReader(bytes.NewReader(squeezed.Body))
		if err != nil {
			t.Fatal(err)
		}
		if whole, err := io.ReadAll(z); err != nil || !bytes.Equal(whole, plain.Body) || len(squeezed.Body) >= len(plain.Body) || squeezed.Header.Get("Content-Encoding") != "gzip" {
			t.Errorf("%s is squeezed to %d of %d bytes: %v", at, len(squeezed.Body), len(plain.Body), err)
		}
		if kept := i.ask("", "GET", at, nil, "If-None-Match", plain.Header.Get("ETag")).is(304); len(kept.Body) > 0 {
			t.Errorf("%s is sent again", at)
		}
	}
	i.ask("", "GET", "/docs/swagger-ui-bundle.js.LICENSE.txt", nil).is(200)
	for _, other := range []string{"page.gohtml", "LICENSE", "..", "none"} {
		i.ask("", "GET", "/docs/"+other, nil).problem(404, "error.not_found.document")
	}
}

func TestThePageOfTheDescriptionCanBeReadWithoutJavaScript(t *testing.T) {
	i := install(t)
	page := string(i.ask("", "GET", "/docs", nil, "Accept-Language", "ar").is(200).Body)
	if !strings.Contains(page, `<html lang="ar" dir="rtl">`) {
		t.Errorf("the page is not in the reader's language: %.200s", page)
	}
	for id, op := range operationsOf(i.doc) {
		if !strings.Contains(page, "<code>"+op.method+" "+op.path+"</code>") {
			t.Errorf("%s is not on the page", id)
		}
	}
}
