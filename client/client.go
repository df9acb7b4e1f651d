package client

import (
	"context"
	"crypto/rand"
	"net/http"
	"strconv"
	"strings"
)

// New makes a client of the installation at the address, which is what stands
// before /api/v1. The token is a person's or a program's; without one, only
// what is public can be read. WithHTTPClient sets time limits, proxies and
// certificates; without it the contexts of the calls alone limit their time.
func New(baseURL, token string, options ...ClientOption) (*ClientWithResponses, error) {
	c, err := NewClient(strings.TrimSuffix(baseURL, "/"), options...)
	if err != nil {
		return nil, err
	}
	c.Client = checked{c.Client}
	if token != "" {
		c.RequestEditors = append(c.RequestEditors, func(_ context.Context, r *http.Request) error {
			r.Header.Set("Authorization", "Bearer "+token)
			return nil
		})
	}
	return &ClientWithResponses{c}, nil
}

// InLanguage asks for labels, sentences and problems in a language: ar, en,
// es, fr, ru or zh. It stands behind the other arguments of a call.
func InLanguage(tag string) RequestEditorFn { return with("Accept-Language", tag) }

// AtPosition makes the server answer with what it knows at the position or
// later: the X-Entente-Position of an earlier answer, which another replica may
// have given. It stands behind the other arguments of a call.
func AtPosition(position string) RequestEditorFn { return with("X-Entente-Position", position) }

func with(header, value string) RequestEditorFn {
	return func(_ context.Context, r *http.Request) error {
		r.Header.Set(header, value)
		return nil
	}
}

// NewKey makes a key for one creation, to be sent again with every repetition
// of it.
func NewKey() IdempotencyKey { return rand.Text() }

// Tag writes a version as IfMatch and IfNoneMatch take it.
func Tag(version Version) string { return `"` + strconv.FormatInt(version, 10) + `"` }
