package web

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// callers counts the calls of each address on the routes that have a limit.
type callers struct {
	mu    sync.Mutex
	list  map[string]*caller
	swept time.Time
}

type caller struct {
	rate *rate.Limiter
	last time.Time
}

func newCallers() *callers { return &callers{list: map[string]*caller{}} }

// allow reports whether one more call is within perMinute, which may come all at once.
func (c *callers) allow(who string, perMinute int) bool {
	now := time.Now()
	c.mu.Lock()
	defer c.mu.Unlock()
	if now.Sub(c.swept) > time.Minute {
		for name, one := range c.list {
			if now.Sub(one.last) > 2*time.Minute {
				delete(c.list, name)
			}
		}
		c.swept = now
	}
	one := c.list[who]
	if one == nil {
		one = &caller{rate: rate.NewLimiter(rate.Limit(float64(perMinute)/60), perMinute)}
		c.list[who] = one
	}
	one.last = now
	return one.rate.Allow()
}

// Address returns the network address of the caller.
func Address(r *http.Request) string { return visitOf(r).server.address(r) }

// address returns who calls: the last hop that the own proxy saw, or the connection. Addresses of
// IPv6 count by their network of 64 bits, which one caller has whole.
func (s *Server) address(r *http.Request) string {
	text, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		text = r.RemoteAddr
	}
	if hops := r.Header.Values("X-Forwarded-For"); s.BehindProxy && len(hops) > 0 {
		all := strings.Split(hops[len(hops)-1], ",")
		text = strings.TrimSpace(all[len(all)-1])
	}
	address, err := netip.ParseAddr(text)
	if err != nil {
		return "unknown"
	}
	address = address.Unmap().WithZone("")
	if address.Is6() && !address.IsLoopback() {
		if network, err := address.Prefix(64); err == nil {
			return network.Addr().String()
		}
	}
	return address.String()
}
