package api_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
	"testing/iotest"

	"entente/api"
	"entente/cooperation"
	"entente/i18n/i18ntest"
)

// faulty is a platform of which some parts fail.
type faulty struct {
	api.Platform
	err   error
	panic bool
}

func (f faulty) Need(cooperation.Actor, string) (*cooperation.Need, []string, error) {
	if f.panic {
		panic("the cause is internal")
	}
	return nil, nil, f.err
}

func (f faulty) Ready(context.Context) error { return f.err }

// failing is the installation with a platform that fails.
func (i *installation) failing(f faulty) {
	f.Platform = i.platform
	i.handler = api.New(api.Options{Platform: f, Access: i.access, Texts: i18ntest.Strict(i.t), Logger: i.logger, Version: "test"})
}

func TestWhatNobodyForesawIsLoggedAndNotTold(t *testing.T) {
	i := install(t)
	for _, f := range []faulty{{err: errors.New("the cause is internal")}, {panic: true}} {
		i.failing(f)
		p := i.ask("", "GET", "/api/v1/needs/"+nobody, nil).problem(500, "error.internal.unexpected")
		if strings.Contains(p.Detail+p.Title, "internal") || !strings.Contains(p.Detail, p.RequestID) {
			t.Errorf("the reader is told: %s", p.Detail)
		}
		log := i.log.String()
		if !strings.Contains(log, "the cause is internal") || !strings.Contains(log, p.RequestID) {
			t.Errorf("the log does not say what happened: %s", log)
		}
	}
}

func TestErrorsOfTheDomainFindTheirStatus(t *testing.T) {
	i := install(t)
	for code, want := range map[cooperation.Code]int{
		cooperation.Invalid: 400, cooperation.Forbidden: 403, cooperation.NotFound: 404, cooperation.Conflict: 409, cooperation.State: 409,
		cooperation.TooLarge: 413, cooperation.Rate: 429, cooperation.Unavailable: 503, "unknown": 500,
	} {
		i.failing(faulty{err: cooperation.Refuse(code, "error.invalid.required")})
		a := i.ask("focal", "GET", "/api/v1/needs/"+nobody, nil).is(want)
		if (a.Header.Get("Retry-After") != "") != (want == 429 || want == 503) {
			t.Errorf("%s: Retry-After is %q", code, a.Header.Get("Retry-After"))
		}
	}
	i.failing(faulty{err: context.DeadlineExceeded})
	i.ask("", "GET", "/api/v1/needs/"+nobody, nil).problem(503, "error.timeout.request")
}

func TestAProgramThatCannotWriteIsNotReadyButAlive(t *testing.T) {
	i := install(t)
	i.failing(faulty{err: errors.New("disk full")})
	a := i.ask("", "GET", "/readyz", nil).is(http.StatusServiceUnavailable)
	if strings.Contains(string(a.Body), "disk") {
		t.Errorf("the public is told why: %s", a.Body)
	}
	i.ask("", "GET", "/healthz", nil).is(200)
}

func TestRequestsAreCountedByTheTemplateOfTheirRoute(t *testing.T) {
	i := install(t)
	i.ask("", "GET", "/api/v1/needs/"+nobody, nil).is(404)
	i.ask("", "BREW", "/teapot", nil).is(404)
	metrics := string(i.ask("", "GET", "/metrics", nil).is(200).Body)
	for _, want := range []string{
		`entente_api_requests_total{method="GET",route="/api/v1/needs/:id",status="404"} 1`,
		`entente_api_requests_total{method="any",route="none",status="404"} 1`,
		`entente_api_request_seconds_count{method="GET",route="/api/v1/needs/:id"} 1`,
	} {
		if !strings.Contains(metrics, want) {
			t.Errorf("the measurements lack %s", want)
		}
	}
	if strings.Contains(metrics, nobody) || strings.Contains(metrics, "teapot") {
		t.Error("what clients invent becomes a label")
	}
}

// A body that does not come in time, or not whole, is nobody's fault here.
func TestABodyThatDoesNotComeWholeIsNoErrorOfTheProgram(t *testing.T) {
	i := install(t)
	for _, c := range []struct {
		path, format string
		cause        error
		status       int
		key          string
	}{
		{"/api/v1/imports/needs", "text/csv", os.ErrDeadlineExceeded, 503, "error.timeout.request"},
		{"/api/v1/imports/needs", "text/csv", io.ErrUnexpectedEOF, 400, "error.invalid.form"},
		{"/api/v1/runs", "application/json", os.ErrDeadlineExceeded, 503, "error.timeout.request"},
		{"/api/v1/runs", "application/json", io.ErrUnexpectedEOF, 400, "error.invalid.json"},
	} {
		t.Run(c.format+" "+c.key, func(t *testing.T) {
			i.ask("secretary", "POST", c.path, iotest.ErrReader(c.cause), "Content-Type", c.format).problem(c.status, c.key)
		})
	}
	if strings.Contains(i.log.String(), "unexpected error") {
		t.Errorf("the log calls it an error of the program:\n%s", i.log)
	}
}
