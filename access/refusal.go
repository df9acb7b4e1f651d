package access

import (
	_ "embed"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"

	"entente/cooperation"
	"entente/i18n"
	"entente/message"
)

//go:embed refusal.gohtml
var refusalPage string

// tooMany refuses a request for now.
func (a *Access) tooMany(w http.ResponseWriter, r *http.Request, wait time.Duration) {
	seconds := int((wait + time.Second - 1) / time.Second)
	w.Header().Set("Retry-After", strconv.Itoa(seconds))
	a.refuse(w, r, http.StatusTooManyRequests, "rate", message.New("error.rate.requests", message.Count(seconds)))
}

// refuse ends a request: for programs with a problem as the API writes it, for
// people with a page.
func (a *Access) refuse(w http.ResponseWriter, r *http.Request, status int, code string, m message.Message) {
	local := a.texts.Localizer(i18n.Negotiate(r.Header.Get("Accept-Language")))
	id := cooperation.NewID()
	a.log.DebugContext(r.Context(), "request refused", "request_id", id, "method", r.Method, "status", status, "code", code)
	h := w.Header()
	h.Set("X-Request-Id", id)
	h.Set("Content-Language", local.Language())
	h.Set("Cache-Control", "no-store")
	h.Add("Vary", "Accept-Language")
	title, detail := local.Text("error."+code+".title"), local.Render(m, nil)
	if strings.HasPrefix(r.URL.Path, "/api/") {
		h.Set("Content-Type", "application/problem+json")
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(map[string]any{"type": "urn:entente:problem:" + strings.ReplaceAll(code, "_", "-"), "title": title,
			"status": status, "detail": detail, "code": code, "key": m.Key, "request_id": id}) // the reader may have gone away
		return
	}
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	w.WriteHeader(status)
	_ = a.page.Execute(w, map[string]string{"Language": local.Language(), "Direction": local.Direction(), "Title": title, "Detail": detail})
}
