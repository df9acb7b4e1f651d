package main

import (
	"context"
	"log/slog"
	"net/http"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"

	"entente/cooperation"
	"entente/message"
)

// tracing reports whether traces are asked for, by the variables that are
// standard for it (https://opentelemetry.io/docs/specs/otel/configuration):
// an address to send them to, and nothing that turns them off.
func (e environment) tracing() (bool, error) {
	if e["OTEL_SDK_DISABLED"] == "true" || e["OTEL_EXPORTER_OTLP_ENDPOINT"] == "" && e["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] == "" {
		return false, nil
	}
	for variable, allowed := range map[string]string{"OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf", "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL": "http/protobuf"} {
		if given := e[variable]; given != "" && given != allowed {
			return false, cooperation.Refuse(cooperation.Invalid, "cli.config.choice", message.Of(message.Text, "option", variable),
				message.Of(message.Text, "value", given), message.Of(message.Text, "allowed", allowed))
		}
	}
	switch given := e["OTEL_TRACES_EXPORTER"]; given {
	case "", "otlp":
		return true, nil
	case "none":
		return false, nil
	default:
		return false, cooperation.Refuse(cooperation.Invalid, "cli.config.choice", message.Of(message.Text, "option", "OTEL_TRACES_EXPORTER"),
			message.Of(message.Text, "value", given), message.Of(message.Text, "allowed", "otlp, none"))
	}
}

// startTraces starts sending traces where they are asked for, and otherwise
// leaves everything as it is: no goroutine, no header, no cost. Traces that
// the receiver does not take are dropped, never waited for.
func (p *program) startTraces(ctx context.Context, i *installation) error {
	on, err := p.environment.tracing()
	if err != nil || !on {
		return err
	}
	exporter, err := otlptracehttp.New(ctx)
	if err != nil {
		return err
	}
	about, err := resource.New(ctx, resource.WithAttributes(attribute.String("service.name", "entente"), attribute.String("service.version", version())),
		resource.WithTelemetrySDK(), resource.WithFromEnv())
	if err != nil {
		return err
	}
	provider := sdktrace.NewTracerProvider(sdktrace.WithBatcher(exporter), sdktrace.WithResource(about))
	i.later("traces", func(ctx context.Context) error {
		if err := provider.Shutdown(ctx); err != nil {
			i.log.Warn("the last traces were not sent", "error", err)
		}
		return nil
	})
	i.traces = provider
	i.log = slog.New(traced{i.log.Handler()})
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(err error) { i.log.Warn("traces are not sent", "error", err) }))
	return nil
}

// traceRequests makes a trace of every request, or goes on with the one that
// a proxy began. Addresses are not in it, for some hold secrets: the API names
// the span by the template of its route.
func (i *installation) traceRequests(h http.Handler) http.Handler {
	if i.traces == nil {
		return h
	}
	tracer, carrier := i.traces.Tracer("entente"), propagation.TraceContext{}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/healthz", "/readyz", "/metrics": // probes would bury the rest
			h.ServeHTTP(w, r)
			return
		}
		ctx, span := tracer.Start(carrier.Extract(r.Context(), propagation.HeaderCarrier(r.Header)), "request",
			trace.WithSpanKind(trace.SpanKindServer), trace.WithAttributes(attribute.String("http.request.method", known(r.Method))))
		defer span.End()
		h.ServeHTTP(w, r.WithContext(ctx))
	})
}

// known is a method of HTTP, and not what a client invented.
func known(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return method
	}
	return "_OTHER"
}

// traced adds to every line of the log the trace to which it belongs.
type traced struct{ slog.Handler }

// Handle implements slog.Handler.
func (t traced) Handle(ctx context.Context, r slog.Record) error {
	if s := trace.SpanContextFromContext(ctx); s.IsValid() {
		r.AddAttrs(slog.String("trace_id", s.TraceID().String()), slog.String("span_id", s.SpanID().String()))
	}
	return t.Handler.Handle(ctx, r)
}

// WithAttrs implements slog.Handler.
func (t traced) WithAttrs(a []slog.Attr) slog.Handler { return traced{t.Handler.WithAttrs(a)} }

// WithGroup implements slog.Handler.
func (t traced) WithGroup(name string) slog.Handler { return traced{t.Handler.WithGroup(name)} }
