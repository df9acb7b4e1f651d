package sqlite

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// busyTimeout is how long a statement waits for other processes that use the
// file. Their transactions take milliseconds.
const busyTimeout = 10 * time.Second

// Path is the file that a URI names, opened or not.
func Path(uri string) (string, error) { return parsePath(uri) }

// parsePath reads the file's path from "sqlite:///folder/entente.db" (from
// the root) or "sqlite:folder/entente.db" (from the working folder).
func parsePath(uri string) (string, error) {
	rest, ok := strings.CutPrefix(uri, "sqlite:")
	if !ok {
		return "", fmt.Errorf("sqlite: %q is not of the form sqlite:///folder/entente.db", uri)
	}
	if after, absolute := strings.CutPrefix(rest, "//"); absolute {
		if !strings.HasPrefix(after, "/") {
			return "", fmt.Errorf("sqlite: %q names a host; write sqlite:///folder/entente.db with three slashes", uri)
		}
		rest = after
	}
	if strings.ContainsAny(rest, "?#") {
		return "", fmt.Errorf("sqlite: %q has options; the file takes none (write %%3F and %%23 for ? and # in a name)", uri)
	}
	path, err := url.PathUnescape(rest)
	if err != nil {
		return "", fmt.Errorf("sqlite: %q: %w", uri, err)
	}
	if path == "" || strings.HasSuffix(path, "/") || strings.Contains(path, "\x00") {
		return "", fmt.Errorf("sqlite: %q names no file", uri)
	}
	return filepath.Abs(path)
}

// dsn is the driver's address of the file. Values of journal_mode are set
// once, in prepare, for it must be tried again when others open the file.
func dsn(path string, writer bool) string {
	pragmas := []string{"synchronous(FULL)", "secure_delete(ON)", "foreign_keys(ON)", "temp_store(MEMORY)"}
	query := url.Values{"_busy_timeout": {strconv.FormatInt(busyTimeout.Milliseconds(), 10)}}
	if writer {
		query.Set("_txlock", "immediate")
		// What an erasure or a large checkpoint leaves of the write-ahead log
		// is cut back to this many bytes.
		pragmas = append(pragmas, "journal_size_limit(16777216)")
	} else {
		pragmas = append(pragmas, "query_only(ON)")
	}
	query["_pragma"] = pragmas
	return (&url.URL{Scheme: "file", Path: path, RawQuery: query.Encode()}).String()
}

// makeFile makes folder and file for their owner only. SQLite gives the files
// that it puts beside it the same mode.
func makeFile(path string) error {
	folder := filepath.Dir(path)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return unavailable(path, "make the folder "+folder+" or name another file with --store", err)
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return unavailable(path, "let this user read and write the file and its folder, or name another with --store", err)
	}
	return file.Close()
}
