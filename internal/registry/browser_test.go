package registry_test

import (
	"net/http/httptest"
	"testing"

	"chonoi/internal/web/webtest"
)

func TestTheRegisterIsReadableByAll(t *testing.T) {
	b := webtest.Open(t)
	s := serve(t)
	_, page := s.call("lan", "POST", "/organisations", 303, "name_vi", "Viện Công nghệ Sau thu hoạch Sông Hậu", "kind", "research_institute", "tax_code", "0100109106",
		"website", "https://songhau.example", "subjects", "energy", "about_vi", "Sấy lúa.", "founded", "2011", "staff", "64")
	site := httptest.NewServer(s.handler)
	t.Cleanup(site.Close)
	b.Session(t, site.URL, "clerk")
	b.Check(t, site.URL+page) // with the form of the confirmation
	s.call("clerk", "POST", page+"/confirmation", 303)
	b.Session(t, site.URL, "lan")
	for _, path := range []string{page, page + "/edit", "/organisations", "/en/organisations?q=nothing", "/organisations/new"} {
		b.Check(t, site.URL+path)
	}
}
