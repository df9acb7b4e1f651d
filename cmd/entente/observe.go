package main

import (
	"context"
	"errors"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/otel/attribute"
	otelcodes "go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"

	"entente/notify"
	"entente/platform"
)

// observer measures and traces what the program does behind its requests.
type observer struct {
	tracer     trace.Tracer
	seconds    map[string]*prometheus.HistogramVec // of platform.Work.Name, by log
	failures   map[string]*prometheus.CounterVec
	deliveries *prometheus.HistogramVec // by outcome
}

// newObserver registers the measurements; without traces the tracer does
// nothing.
func newObserver(r prometheus.Registerer, traces trace.TracerProvider) *observer {
	if traces == nil {
		traces = noop.NewTracerProvider()
	}
	o := &observer{tracer: traces.Tracer("entente"), seconds: map[string]*prometheus.HistogramVec{}, failures: map[string]*prometheus.CounterVec{},
		deliveries: histogram("entente_delivery_seconds", "Attempts to deliver a message by mail, by outcome.", prometheus.ExponentialBuckets(.01, 4, 7), "outcome")}
	o.seconds["commit"] = histogram("entente_commit_seconds", "Commands from their call until their outcome is known, by log.", prometheus.ExponentialBuckets(.0005, 2, 15), "log")
	o.seconds["run"] = histogram("entente_run_seconds", "Runs of the matcher, by convention.", prometheus.ExponentialBuckets(.005, 2, 15), "log")
	r.MustRegister(o.deliveries)
	for work, seconds := range o.seconds {
		o.failures[work] = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "entente_" + work + "_failures_total",
			Help: "Those that failed for want of the store or of time, or by a mistake of the program; refusals are not counted."}, []string{"log"})
		r.MustRegister(seconds, o.failures[work])
	}
	return o
}

func histogram(name, help string, buckets []float64, labels ...string) *prometheus.HistogramVec {
	return prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: name, Help: help, Buckets: buckets}, labels)
}

// begin shows every series from the start, at zero: a rate over one that
// appears with its first failure would miss that failure.
func (o *observer) begin(logs []platform.Vital) {
	o.deliveries.WithLabelValues("sent")
	for i, s := range logs {
		for work := range o.seconds {
			if work == "run" && i == 0 {
				continue // the accounts are not matched
			}
			o.seconds[work].WithLabelValues(s.Log)
			o.failures[work].WithLabelValues(s.Log)
		}
	}
}

// work is the platform.Observe of the program.
func (o *observer) work(ctx context.Context, w platform.Work) (context.Context, func(error)) {
	began := time.Now()
	ctx, span := o.tracer.Start(ctx, w.Name+" "+w.Command, trace.WithAttributes(attribute.String("entente.log", w.Log)))
	return ctx, func(err error) {
		o.seconds[w.Name].WithLabelValues(w.Log).Observe(time.Since(began).Seconds())
		if platform.Failed(err) {
			o.failures[w.Name].WithLabelValues(w.Log).Inc()
			span.SetStatus(otelcodes.Error, w.Name) // the error's own words may name things that no trace should
		}
		span.End()
	}
}

// channel observes a channel of messages.
func (o *observer) channel(c notify.Channel) notify.Channel { return observedChannel{o, c} }

type observedChannel struct {
	*observer
	under notify.Channel
}

// Send delivers through the channel below.
func (c observedChannel) Send(ctx context.Context, m notify.Mail) (retry bool, err error) {
	began := time.Now()
	ctx, span := c.tracer.Start(ctx, "deliver mail", trace.WithSpanKind(trace.SpanKindClient))
	retry, err = c.under.Send(ctx, m)
	outcome := "sent"
	var failure *notify.Failure
	if errors.As(err, &failure) {
		outcome = string(failure.Class)
		span.SetStatus(otelcodes.Error, outcome)
	}
	span.End()
	c.deliveries.WithLabelValues(outcome).Observe(time.Since(began).Seconds())
	return retry, err
}

// vitals shows to Prometheus how the logs are doing.
type vitals struct {
	platform                                 *platform.Platform
	ready, position, waiting, pending, build *prometheus.Desc
}

// probing bounds the question whether the store can be written.
const probing = 2 * time.Second

func newVitals(p *platform.Platform, version string) *vitals {
	byLog := []string{"log"}
	return &vitals{platform: p,
		ready:    prometheus.NewDesc("entente_ready", "1 while this process can write, as /readyz says.", nil, nil),
		position: prometheus.NewDesc("entente_log_position", "The last commit that this process knows of, by log.", byLog, nil),
		waiting:  prometheus.NewDesc("entente_log_waiting", "Commands that wait for their turn, by log.", byLog, nil),
		pending:  prometheus.NewDesc("entente_messages_pending", "Messages that are due to be sent by mail, by convention.", byLog, nil),
		build:    prometheus.NewDesc("entente_build_info", "1, with the version of the program.", nil, prometheus.Labels{"version": version}),
	}
}

// Describe implements prometheus.Collector.
func (v *vitals) Describe(out chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{v.ready, v.position, v.waiting, v.pending, v.build} {
		out <- d
	}
}

// Collect implements prometheus.Collector.
func (v *vitals) Collect(out chan<- prometheus.Metric) {
	gauge := func(d *prometheus.Desc, value float64, labels ...string) {
		out <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, labels...)
	}
	ctx, cancel := context.WithTimeout(context.Background(), probing)
	defer cancel()
	ready := 1.0
	if v.platform.Ready(ctx) != nil {
		ready = 0
	}
	gauge(v.ready, ready)
	gauge(v.build, 1)
	for i, s := range v.platform.Vitals() {
		gauge(v.position, float64(s.Position), s.Log)
		gauge(v.waiting, float64(s.Waiting), s.Log)
		if i > 0 { // the accounts send nothing
			gauge(v.pending, float64(s.Pending), s.Log)
		}
	}
}
