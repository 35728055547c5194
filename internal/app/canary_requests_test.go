package app_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"chonoi/internal/app"
	"chonoi/internal/exchange"
	"chonoi/internal/registry"
)

// request is one thing that somebody may send.
type request struct {
	method, path, body string
	kind               string // content type of the body
	accept             string
	part               bool // asks for a part of a page, as htmx does
}

const formKind = "application/x-www-form-urlencoded"

// reads are all pages and files of the route table for all that was planted, in one tongue.
func (f *flock) reads(s *app.Server, tongue string) []request {
	var all []request
	for _, route := range s.Web.Routes() {
		method, path, _ := strings.Cut(route.Pattern, " ")
		if method != http.MethodGet {
			continue
		}
		for _, one := range f.expand(path, 1000, nil) {
			all = append(all, request{method: method, path: tongue + one})
		}
	}
	return all
}

// writes are all acts of the route table for some of what was planted: with nothing typed, and
// with all that a form of the victim's might hold. What ends the caller's stay comes last.
func (f *flock) writes(s *app.Server, own []string) []request {
	var all, last, end []request
	filled := f.filled().Encode()
	for _, route := range s.Web.Routes() {
		method, path, _ := strings.Cut(route.Pattern, " ")
		if method == http.MethodGet {
			continue
		}
		for _, one := range f.expand(path, 3, own) {
			empty, full := request{method: method, path: one, kind: formKind}, request{method: method, path: one, body: filled, kind: formKind}
			switch path {
			case "/account/closure":
				end = append(end, full)
			case "/sign-out":
				last = append(last, full)
			default:
				all = append(all, empty, full)
			}
		}
	}
	return slices.Concat(all, last, end)
}

// afterwards are the pages that show what somebody's own acts have led to.
func afterwards(draft string) []request {
	var all []request
	for _, path := range []string{"/offers/" + draft, "/offers/" + draft + "/edit?step=3", "/offers/" + draft + "/edit?step=6", "/offers/" + draft + "/history", "/offers/" + draft + "/preview", "/desk/mine", "/account", "/mail"} {
		all = append(all, request{method: http.MethodGet, path: path})
	}
	return all
}

// odd are requests as no page of the site makes them.
func (f *flock) odd(s *app.Server) []request {
	var all []request
	strange := []string{"%00", "..%2f..%2fetc%2fpasswd", "%27%20OR%201=1--", strings.Repeat("x", 3000), "%ff%fe", "-1"}
	for _, id := range []string{f.ids["offers"][0], f.ids["files"][0]} {
		strange = append(strange, strings.ToUpper(id), id[:8], id+"%20", id+"/", id+".json", "%2e%2e%2f"+id)
	}
	for _, link := range f.links { // whoever holds a link may open it, but the log must not keep it
		all = append(all, request{method: http.MethodPut, path: link}, request{method: http.MethodGet, path: link + "/"}, request{method: http.MethodGet, path: "/en" + link + "/x"})
	}
	for _, route := range s.Web.Routes() {
		method, path, _ := strings.Cut(route.Pattern, " ")
		one := f.expand(path, 1, nil)[0]
		for _, other := range []string{http.MethodHead, http.MethodPut, http.MethodDelete, http.MethodPatch, http.MethodOptions, http.MethodTrace} {
			all = append(all, request{method: other, path: one})
		}
		if method == http.MethodGet {
			all = append(all, request{method: method, path: one, part: true}, request{method: method, path: one, accept: "application/json"}, request{method: method, path: one + "?before=9&after=" + f.ids["offers"][0]},
				request{method: method, path: one + "?after=%00&q=%00&owner=%00"}, request{method: method, path: one + "?after=%ff&before=-1&q=%ff&page=%ff"})
			for _, id := range strange {
				if strings.Contains(path, "{") && !strings.Contains(path, "{$}") {
					all = append(all, request{method: method, path: fill(path, id)}, request{method: method, path: fill(path, id), accept: "application/json"})
				}
			}
			continue
		}
		for _, kind := range []string{"text/plain", "application/json", "multipart/form-data", "multipart/form-data; boundary=x", "", "a/b; c=\"\x00"} {
			all = append(all, request{method: method, path: one, body: `{"id":"` + f.ids["offers"][0] + `"}`, kind: kind})
		}
	}
	return all
}

// expand puts ids in place of the wildcards of a pattern: at most so many for each, spread over
// what there is, and the caller's own.
func (f *flock) expand(path string, most int, own []string) []string {
	open, end := strings.IndexByte(path, '{'), strings.IndexByte(path, '}')
	if open < 0 {
		return []string{path}
	}
	name, before, after := path[open+1:end], path[:open], path[end+1:]
	var all []string
	for _, value := range f.values(before, name, most, own) {
		for _, rest := range f.expand(after, most, own) {
			all = append(all, before+value+rest)
		}
	}
	return all
}

// values are what a wildcard may stand for, by its name and by what stands before it.
func (f *flock) values(before, name string, most int, own []string) []string {
	kinds := []string{"offers", "needs", "organisations"}
	parts := strings.Split(strings.Trim(before, "/"), "/")
	what := parts[len(parts)-1]
	switch {
	case name == "$":
		return []string{""}
	case name == "kind":
		return []string{"offer", "need"}
	case name == "other": // beside each need
		return append(spread(f.ids["offers"], min(most, 9)), spread(f.ids["needs"], min(most, 3))...)
	case name == "token":
		return []string{"none"}
	case name == "list":
		return []string{"subjects"}
	case name == "file" && what == "exports":
		return cross(kinds, []string{".csv", ".jsonl", ".xlsx", ".xml"})
	case name == "rest..." && what == "schemas":
		return []string{"offer.json", "ErrorModel.json"}
	case name == "rest...":
		list := cross(kinds, []string{"", "?limit=200", "?limit=200&sort=price&order=desc&price=1&q=zqv", "?limit=x&after=%00"})
		for _, kind := range kinds {
			list = append(list, cross([]string{kind + "/"}, spread(f.ids[kind], most))...)
		}
		return list
	}
	switch what {
	case "mail":
		what = "letters"
	case "accounts", "members":
		what = "people"
	case "memberships":
		what = "organisations"
	case "jobs":
		return []string{"1"}
	case "assets":
		return []string{"none"}
	case "reviews", "":
		return append(spread(f.ids["offers"], most), spread(f.ids["needs"], most)...)
	}
	list := spread(f.any(what, 1000), most)
	if what == "offers" {
		list = append(list, own...)
	}
	return list
}

func cross(heads, tails []string) []string {
	var all []string
	for _, head := range heads {
		for _, tail := range tails {
			all = append(all, head+tail)
		}
	}
	return all
}

// spread picks at most so many of a list, from its whole length.
func spread(list []string, most int) []string {
	if len(list) <= most {
		return list
	}
	var some []string
	for i := range most {
		some = append(some, list[i*len(list)/most])
	}
	return some
}

// filled is a form that names all that a form of the house can name, with the ids of others.
func (f *flock) filled() url.Values {
	values := url.Values{}
	for _, column := range slices.Concat(exchange.Offers.Fields.Columns(), exchange.Needs.Fields.Columns(), registry.Organisations.Fields.Columns()) {
		values.Set(column, "1")
	}
	for name, value := range map[string]string{
		"owner": f.ids["organisations"][0], "organisation": f.ids["organisations"][0], "attachment": f.ids["files"][0], "file": f.ids["files"][0], "id": f.ids["claims"][0],
		"account": f.ids["people"][0], "record": f.ids["offers"][0], "next": "/offers/" + f.ids["offers"][0], "version": "1", "claim": "trl", "level": "public",
		"statement_vi": "x", "reason": "other", "note": "x", "kind": "offer", "source": "x", "roles": "officer", "password": "mat-khau-thu-2026", "code": "000000",
		"shown.price": "public", "anonymous": "0", "email": "ai-do@x.example", "name": "Ai Đó", "step": "2", "theme": "dark",
	} {
		values.Set(name, value)
	}
	return values
}
