package sqlite

import (
	"net/url"
	"path/filepath"
	"strings"
	"testing"
)

// FuzzURI reads anything as an address: what is taken is a whole path without
// options, and the driver is given that path and no option of the address.
func FuzzURI(f *testing.F) {
	for _, seed := range []string{"", "sqlite:", "sqlite:a.db", "sqlite:///a.db", "sqlite://host/a.db", "sqlite:///a?mode=memory", "sqlite:///a#b", "sqlite:///a%3Fmode=memory%23",
		"sqlite:///%00", "sqlite:///a/", "sqlite:///../../a", "sqlite::memory:", "sqlite:file:a?cache=shared", "SQLITE:///a", "sqlite:///%zz", "sqlite:///\u202ebd.a"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, uri string) {
		path, err := parsePath(uri)
		if err != nil {
			return
		}
		if !filepath.IsAbs(path) || strings.Contains(path, "\x00") || path == "/" && !strings.Contains(uri, ".") {
			t.Errorf("%q names %q", uri, path)
		}
		for _, writer := range []bool{true, false} {
			u, err := url.Parse(dsn(path, writer))
			if err != nil || u.Path != path || u.Query().Has("mode") || u.Query().Has("cache") || u.Fragment != "" {
				t.Errorf("%q becomes the address %q, %v", uri, dsn(path, writer), err)
			}
		}
	})
}
