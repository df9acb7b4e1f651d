package api

import "net/http"

// NewDescribed is New with another description than the one that is published.
func NewDescribed(o Options, description []byte) http.Handler {
	return build(o, readDocument(description))
}
