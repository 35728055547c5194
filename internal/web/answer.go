package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
)

// answer holds a response until it may be sent.
type answer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func newAnswer() *answer { return &answer{header: http.Header{}} }

// Header returns the header that will be sent.
func (a *answer) Header() http.Header { return a.header }

// WriteHeader sets the status; only the first call counts.
func (a *answer) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
}

// Write adds to the body.
func (a *answer) Write(p []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	return a.body.Write(p)
}

// send writes the answer to the reader. A page that the reader has already is not sent again.
func (a *answer) send(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	for name, values := range a.header {
		if name == "Vary" || name == "Set-Cookie" {
			values = append(h[name], values...)
		}
		h[name] = values
	}
	if a.status == 0 {
		a.status = http.StatusOK
		if a.body.Len() == 0 && !safe(r) {
			a.status = http.StatusNoContent
		}
	}
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "private, no-cache")
	}
	if a.status == http.StatusOK && safe(r) {
		if h.Get("ETag") == "" {
			h.Set("ETag", etag(a.body.Bytes()))
		}
		if known(r.Header.Get("If-None-Match"), h.Get("ETag")) {
			h.Del("Content-Type")
			h.Del("Content-Length")
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	if a.body.Len() > 0 {
		h.Set("Content-Length", strconv.Itoa(a.body.Len()))
	}
	w.WriteHeader(a.status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(a.body.Bytes())
	}
}

func etag(body []byte) string {
	sum := sha256.Sum256(body)
	return `"` + base64.RawURLEncoding.EncodeToString(sum[:15]) + `"`
}

// zipped is what gzhttp puts at the end of the ETag of a compressed page; for zstd it says so.
const zipped = "-gzip"

var unzipped = strings.NewReplacer(`-gzip"`, `"`, `-zstd"`, `"`)

func known(asked, tag string) bool {
	for _, one := range strings.Split(asked, ",") {
		one = strings.TrimPrefix(strings.TrimSpace(one), "W/")
		if one == "*" || unzipped.Replace(one) == tag {
			return tag != ""
		}
	}
	return false
}

// stream remembers whether something has reached the reader already.
type stream struct {
	http.ResponseWriter
	begun bool
}

// Unwrap lets http.ResponseController reach the connection.
func (s *stream) Unwrap() http.ResponseWriter { return s.ResponseWriter }

// WriteHeader sends the header.
func (s *stream) WriteHeader(status int) {
	s.begun = true
	s.ResponseWriter.WriteHeader(status)
}

// Write sends a piece of the body.
func (s *stream) Write(p []byte) (int, error) {
	s.begun = true
	return s.ResponseWriter.Write(p)
}

// Flush sends what is held back.
func (s *stream) Flush() { _ = http.NewResponseController(s.ResponseWriter).Flush() }
