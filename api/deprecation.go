package api

import (
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
)

// farewell is what is known of an operation that will be taken away.
type farewell struct {
	decided time.Time // since when it is deprecated (x-deprecated)
	sunset  time.Time // from when on it may be gone (x-sunset)
}

// notice is the least time between the two. docs/api.md promises it.
const notice = 365 * 24 * time.Hour

// farewellOf reads the days of an operation that is marked as deprecated; nil
// for any other.
func farewellOf(op *openapi3.Operation) (*farewell, error) {
	if !op.Deprecated {
		return nil, nil
	}
	decided, err := dayOf(op, "x-deprecated")
	if err != nil {
		return nil, err
	}
	sunset, err := dayOf(op, "x-sunset")
	if err != nil {
		return nil, err
	}
	if sunset.Sub(decided) < notice {
		return nil, fmt.Errorf("%s: there are less than twelve months from x-deprecated to x-sunset", op.OperationID)
	}
	return &farewell{decided, sunset}, nil
}

func dayOf(op *openapi3.Operation, name string) (time.Time, error) {
	text, _ := op.Extensions[name].(string)
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return time.Time{}, fmt.Errorf("%s is deprecated and has no day in %s: %w", op.OperationID, name, err)
	}
	return day, nil
}

// announce says it with an answer (RFC 9745, RFC 8594).
func (f *farewell) announce(h http.Header) {
	if f == nil {
		return
	}
	h.Set("Deprecation", "@"+strconv.FormatInt(f.decided.Unix(), 10))
	h.Set("Sunset", f.sunset.UTC().Format(http.TimeFormat))
	h.Add("Link", `</docs>; rel="deprecation"; type="text/html"`)
}
