// Package metrics counts requests for Prometheus, with figures of the process beside them.
package metrics

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Metrics holds the counters of one server.
type Metrics struct {
	Registry *prometheus.Registry // others may register figures of their own
	count    *prometheus.CounterVec
	took     *prometheus.HistogramVec
}

// New registers the counters of requests, of the Go runtime and of the process.
func New() (*Metrics, error) {
	m := &Metrics{
		Registry: prometheus.NewRegistry(),
		count: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "chonoi_requests_total", Help: "Requests answered, by route and status.",
		}, []string{"route", "status"}),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "chonoi_request_seconds", Help: "Time to answer a request, by route.", Buckets: prometheus.DefBuckets,
		}, []string{"route"}),
	}
	err := errors.Join(m.Registry.Register(m.count), m.Registry.Register(m.took),
		m.Registry.Register(collectors.NewGoCollector()),
		m.Registry.Register(collectors.NewProcessCollector(collectors.ProcessCollectorOpts{})))
	if err != nil {
		return nil, fmt.Errorf("register metrics: %w", err)
	}
	return m, nil
}

// Seen counts a request that was answered; route is its pattern.
func (m *Metrics) Seen(route string, status int, took time.Duration) {
	m.count.WithLabelValues(route, strconv.Itoa(status)).Inc()
	m.took.WithLabelValues(route).Observe(took.Seconds())
}

// Handler shows all figures in the text form of Prometheus.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.Registry, promhttp.HandlerOpts{})
}
