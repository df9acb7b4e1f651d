package notify

import (
	"strconv"

	"github.com/prometheus/client_golang/prometheus"
)

// Measures count what is brought to webhooks. Their labels have few values and
// say nothing of whom it went to. A nil Measures counts nothing.
type Measures struct{ attempts *prometheus.CounterVec }

// NewMeasures registers the measurements. waiting returns how many deliveries
// are pending.
func NewMeasures(r prometheus.Registerer, waiting func() int) *Measures {
	m := &Measures{attempts: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "entente_webhook_attempts_total",
		Help: "Attempts to deliver an event to a webhook, by outcome and by the hundreds of the answer's status."}, []string{"outcome", "status"})}
	m.attempts.WithLabelValues("delivered", "2xx") // from the start, so that a rate misses nothing
	r.MustRegister(m.attempts, prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "entente_webhook_waiting",
		Help: "Events that wait to be delivered to webhooks."}, func() float64 { return float64(waiting()) }))
	return m
}

// attempt counts one attempt.
func (m *Measures) attempt(r Reply) {
	if m == nil {
		return
	}
	outcome, status := "delivered", "none"
	if r.Class != "" {
		outcome = string(r.Class)
	}
	if r.Status > 0 {
		status = strconv.Itoa(r.Status/100) + "xx"
	}
	m.attempts.WithLabelValues(outcome, status).Inc()
}
