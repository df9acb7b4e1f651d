package api

import (
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// measures are the API's measurements. Their labels have few values: the
// template of the route, never the path that was asked for.
type measures struct {
	requests *prometheus.CounterVec
	duration *prometheus.HistogramVec
}

func newMeasures(r prometheus.Registerer) *measures {
	m := &measures{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "entente_api_requests_total", Help: "Requests answered, by route, method and status."},
			[]string{"route", "method", "status"}),
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "entente_api_request_seconds", Help: "Time to answer, by route and method.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10}}, []string{"route", "method"}),
	}
	r.MustRegister(m.requests, m.duration)
	return m
}

func (m *measures) record(c *call, status int, took time.Duration) {
	route, method := c.path, c.method
	if route == "" {
		route, method = "none", "any" // neither addresses nor methods that clients invent become labels
	}
	m.requests.WithLabelValues(route, method, strconv.Itoa(status)).Inc()
	m.duration.WithLabelValues(route, method).Observe(took.Seconds())
}
