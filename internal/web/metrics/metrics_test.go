package metrics_test

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"chonoi/internal/web/metrics"
)

func TestRequestsAreCountedByRouteAndStatus(t *testing.T) {
	m, err := metrics.New()
	if err != nil {
		t.Fatal(err)
	}
	m.Seen("GET /offers/{id}", 200, 20*time.Millisecond)
	m.Seen("GET /offers/{id}", 200, 30*time.Millisecond)
	out := httptest.NewRecorder()
	m.Handler().ServeHTTP(out, httptest.NewRequest("GET", "/metrics", nil))
	for _, line := range []string{`chonoi_requests_total{route="GET /offers/{id}",status="200"} 2`, `chonoi_request_seconds_count{route="GET /offers/{id}"} 2`, "go_goroutines"} {
		if !strings.Contains(out.Body.String(), line) {
			t.Errorf("%s is missing", line)
		}
	}
}
