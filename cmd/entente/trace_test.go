package main

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
)

// collector is a receiver of traces that keeps what it is sent.
type collector struct {
	*httptest.Server
	mu       sync.Mutex
	received bytes.Buffer
}

func startCollector(t *testing.T) *collector {
	c := &collector{}
	c.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		content, err := io.ReadAll(r.Body)
		if err != nil || r.URL.Path != "/v1/traces" {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		c.received.Write(content)
	}))
	t.Cleanup(c.Close)
	return c
}

// has reports whether all texts were received. Protobuf keeps texts as they are.
func (c *collector) has(texts ...string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, s := range texts {
		if !strings.Contains(c.received.String(), s) {
			return false
		}
	}
	return true
}

func TestRequestsCommitsRunsAndDeliveriesAreTracedWhenAskedFor(t *testing.T) {
	t.Parallel()
	traces, mail := startCollector(t), startMailServer(t)
	env := mail.env(freshSQLite(t))
	secret := strings.TrimSpace(must(t, env, "token", "create", "--role", "focal_point", "--convention", "fctc", "--participant", "AO"))
	must(t, env, "token", "create", "--role", "secretariat", "--convention", "fctc", "--mail", "secretariat@example.org")
	atOnce(t, env)
	must(t, env, "import", "offers", rows(t, "offers", 3))
	must(t, env, "import", "needs", rows(t, "needs", 3))
	p, url := serving(t, append(env, "OTEL_EXPORTER_OTLP_ENDPOINT="+traces.URL, "OTEL_BSP_SCHEDULE_DELAY=20", "OTEL_RESOURCE_ATTRIBUTES=deployment.environment.name=trial"),
		"--match-slots", "* * * * * *")
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url+"/api/v1/needs?convention=fctc&q=canary-question", nil)
	if err != nil {
		t.Fatal(err)
	}
	const id = "4bf92f3577b34da6a3ce929d0e0e4736"
	request.Header.Set("traceparent", "00-"+id+"-00f067aa0ba902b7-01")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if status, body := post(t, url, secret, "A need that is traced"); status != http.StatusCreated {
		t.Fatalf("%d %s", status, body)
	}
	until(t, "all kinds of work are traced", func() bool {
		return traces.has("GET /api/v1/needs", "POST /api/v1/needs", "commit need.create", "run schedule", "deliver mail", "entente", "trial")
	})
	if !strings.Contains(p.errs.String(), "trace_id="+id) {
		t.Errorf("the log does not name the trace that the proxy began:\n%s", p.errs)
	}
	for _, hidden := range []string{secret, "canary-question", "secretariat@example.org"} {
		if traces.has(hidden) {
			t.Errorf("the traces tell %q", hidden)
		}
	}
}

func TestWithoutAnAddressForTracesThereAreNone(t *testing.T) {
	for name, env := range map[string]environment{
		"nothing is set":  {},
		"turned off":      {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:1", "OTEL_SDK_DISABLED": "true"},
		"for others only": {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:1", "OTEL_TRACES_EXPORTER": "none"},
	} {
		i := &installation{log: slog.New(slog.DiscardHandler), registry: prometheus.NewRegistry()}
		if err := (&program{environment: env}).startTraces(t.Context(), i); err != nil || i.traces != nil || len(i.cleanups) > 0 {
			t.Errorf("%s: %v %v", name, i.traces, err)
		}
		h := http.NotFoundHandler()
		got := httptest.NewRecorder()
		i.traceRequests(h).ServeHTTP(got, httptest.NewRequest(http.MethodGet, "/", nil))
		if got.Code != http.StatusNotFound {
			t.Errorf("%s: %d", name, got.Code)
		}
	}
}

func TestAnExporterThatIsNotThereIsRefusedByName(t *testing.T) {
	for _, variable := range []string{"OTEL_TRACES_EXPORTER=zipkin", "OTEL_EXPORTER_OTLP_PROTOCOL=grpc"} {
		_, errs, code := entente(t, []string{"ENTENTE_STORE=" + freshSQLite(t), "OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1", variable}, "match")
		name, _, _ := strings.Cut(variable, "=")
		if code != exitFail || !strings.Contains(errs, name) {
			t.Errorf("%s: exit %d, %s", variable, code, errs)
		}
	}
}

func TestAReceiverOfTracesThatIsGoneStopsNothing(t *testing.T) {
	env := []string{"ENTENTE_STORE=" + freshSQLite(t), "OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1", "OTEL_EXPORTER_OTLP_TIMEOUT=200", "OTEL_BSP_SCHEDULE_DELAY=10"}
	_, url := serving(t, env)
	if status, body := call(t, http.MethodGet, url+"/api/v1/needs?convention=fctc", "", ""); status != http.StatusOK {
		t.Errorf("%d %s", status, body)
	}
}

func TestEveryLineOfATraceNamesIt(t *testing.T) {
	var out bytes.Buffer
	log := slog.New(traced{slog.NewTextHandler(&out, nil)}).With("a", 1).WithGroup("g")
	log.InfoContext(context.Background(), "outside")
	if strings.Contains(out.String(), "trace_id") {
		t.Errorf("a line outside any trace names one: %s", &out)
	}
}
