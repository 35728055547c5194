package web_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"chonoi/internal/account"
	"chonoi/internal/web"
)

func TestTheLogKnowsTheCodeOfADefectButNoSecret(t *testing.T) {
	var log bytes.Buffer
	s := house(t, func(c *web.Config) {
		c.Logger = slog.New(slog.NewTextHandler(&log, nil))
		c.Pages = append(c.Pages, web.Route{"GET /links/{token}", page("a link"), account.Anyone})
	})
	res, text := call(t, s, "GET", "/panic?mail=lan@example.vn", "member", "")
	call(t, s, "GET", "/links/k3y-of-the-house", "", "", "Cookie", "chonoi=s3cret")
	call(t, s, "GET", "/page", "member", "")
	s.Close()
	code := res.Header.Get("X-Request-Id")
	wants(t, text, code)
	wants(t, log.String(), "code="+code, "a hidden reason", `route="GET /page"`, "status=200", "status=500")
	lacks(t, log.String(), "lan@example.vn", "k3y-of-the-house", "s3cret")
	if res.StatusCode != http.StatusInternalServerError || strings.Count(log.String(), "msg=request") != 3 {
		t.Error(log.String())
	}
}
