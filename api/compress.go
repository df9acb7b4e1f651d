package api

import (
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"sync"

	"github.com/gin-gonic/gin"

	"entente/access"
)

// worthwhile is the size in bytes from which an answer is compressed.
const worthwhile = 1 << 10

// compressor compresses answers in JSON for whoever takes gzip.
//
// Compression tells an eavesdropper by its length when something that he made
// the victim send comes back beside a secret (the attack is called BREACH). A
// browser can be made to send requests with the victim's cookie; so an answer
// to a request with a cookie is never compressed. A program cannot be made to
// send its bearer token, and what the public reads holds no secret. Pages are
// not JSON, and are not compressed here.
//
// The ETag is the version of the document, whatever the encoding: it is sent
// back in If-Match, and must stay as it is.
type compressor struct {
	writers sync.Pool // of *gzip.Writer
}

func newCompressor() *compressor {
	return &compressor{writers: sync.Pool{New: func() any { return gzip.NewWriter(io.Discard) }}}
}

// compress stands around the handler.
func (z *compressor) compress(g *gin.Context) {
	g.Writer.Header().Add("Vary", "Accept-Encoding")
	if g.Request.Method == http.MethodHead || len(g.Request.Cookies()) > 0 || !access.TakesGzip(g.Request.Header.Values("Accept-Encoding")) {
		return
	}
	w := &squeezed{ResponseWriter: g.Writer, pool: &z.writers}
	g.Writer = w
	defer func() {
		g.Writer = w.ResponseWriter
		if recovered := recover(); recovered != nil {
			w.abandon()
			panic(recovered)
		}
		w.finish()
	}()
	g.Next()
}

// squeezed holds the beginning of an answer back until it is known whether
// compressing is worthwhile.
type squeezed struct {
	gin.ResponseWriter
	pool    *sync.Pool
	held    []byte
	decided bool
	gz      *gzip.Writer // nil when the answer is not compressed
	size    int
}

func (w *squeezed) Write(b []byte) (int, error) {
	w.size += len(b)
	switch {
	case w.gz != nil:
		return w.gz.Write(b)
	case w.decided:
		return w.ResponseWriter.Write(b)
	}
	if w.held = append(w.held, b...); len(w.held) <= worthwhile {
		return len(b), nil
	}
	return len(b), w.decide(true)
}

// WriteString is Write for text.
func (w *squeezed) WriteString(s string) (int, error) { return w.Write([]byte(s)) }

// Written reports whether anything of an answer was given, held back or not.
func (w *squeezed) Written() bool { return w.size > 0 || w.ResponseWriter.Written() }

// Size is the size of the answer as its reader sees it.
func (w *squeezed) Size() int { return max(w.size, w.ResponseWriter.Size()) }

// Flush sends what there is.
func (w *squeezed) Flush() {
	if !w.decided && w.decide(len(w.held) > worthwhile) != nil {
		return
	}
	if w.gz != nil && w.gz.Flush() != nil {
		return
	}
	w.ResponseWriter.Flush()
}

// decide gives what was held back on, compressed or not.
func (w *squeezed) decide(large bool) (err error) {
	w.decided = true
	held, h := w.held, w.Header()
	w.held = nil
	if large && compressible(h.Get("Content-Type")) && h.Get("Content-Encoding") == "" {
		h.Set("Content-Encoding", "gzip")
		h.Del("Content-Length")
		w.gz = w.pool.Get().(*gzip.Writer)
		w.gz.Reset(w.ResponseWriter)
		_, err = w.gz.Write(held)
	} else if len(held) > 0 {
		_, err = w.ResponseWriter.Write(held)
	}
	return err
}

func compressible(contentType string) bool {
	format, _, _ := strings.Cut(contentType, ";")
	return format == "application/json" || format == "application/x-ndjson" || format == "application/problem+json"
}

// finish ends the answer.
func (w *squeezed) finish() {
	if !w.decided && w.decide(false) != nil {
		return
	}
	if w.gz != nil {
		// An error is the reader's having gone, which the handler has met or will.
		_ = w.gz.Close()
		w.abandon()
	}
}

// abandon gives the writer back without ending the answer.
func (w *squeezed) abandon() {
	if w.gz != nil {
		w.gz.Reset(io.Discard)
		w.pool.Put(w.gz)
		w.gz = nil
	}
}
