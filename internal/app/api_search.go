package app

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/record"
	"chonoi/internal/search"
)

// searchInput is what a search through the API is asked.
type searchInput struct {
	Query  string   `query:"q" doc:"words, phrases in quotes, field:value" maxLength:"2000"`
	Kind   []string `query:"kind" doc:"offer, need; both when it is absent" maxItems:"5"`
	Tongue string   `query:"tongue" enum:"one,both" default:"both" doc:"one: the words are not sought in the other language"`
	After  string   `query:"after" doc:"next of the page before" maxLength:"200"`
	Limit  int      `query:"limit" minimum:"1" maximum:"50" default:"20" doc:"how many records"`
	Lang   string   `header:"Accept-Language"`
}

// searchOutput is a page of what was found, the best first.
type searchOutput struct {
	Body struct {
		Total int         `json:"total"`
		Also  []alsoFound `json:"also" doc:"what the words were also searched for in the other language"`
		Items []oneFound  `json:"items"`
		Next  string      `json:"next,omitempty" doc:"for after; absent on the last page"`
	}
}

type alsoFound struct {
	Word string   `json:"word" doc:"as it was asked"`
	Said []string `json:"said" doc:"the likeliest first"`
}

type oneFound struct {
	Kind   string         `json:"kind"`
	Record map[string]any `json:"record" doc:"as the API tells it by its id"`
}

// registerSearch adds the search of the floor to the API.
func (h *House) registerSearch(api huma.API) {
	huma.Register(api, huma.Operation{OperationID: "search", Method: http.MethodGet, Path: "/api/" + apiVersion + "/search",
		Summary: "Search offers and needs", Tags: []string{"search"}, Errors: []int{422}},
		func(ctx context.Context, in *searchInput) (*searchOutput, error) {
			out := &searchOutput{}
			err := h.DB.View(ctx, func(tx *db.Tx) error { return h.found(tx, in, out) })
			return out, h.problem(err, in.Lang)
		})
}

// found answers a search. What left the floor since it was indexed is left out.
func (h *House) found(tx *db.Tx, in *searchInput, out *searchOutput) error {
	reader := lang.Vi
	if strings.HasPrefix(in.Lang, "en") {
		reader = lang.En
	}
	q := search.Query{Text: lang.Clean(in.Query), Reader: reader, Filters: map[string][]string{}, OneTongue: in.Tongue == "one", Limit: in.Limit, After: in.After, Facets: []string{}}
	if len(in.Kind) > 0 {
		q.Filters["kind"] = in.Kind
	}
	if strings.TrimSpace(q.Text) == "" {
		q.Sort = search.ByNewest
	}
	result := h.Index.Load().Search(q)
	out.Body.Total, out.Body.Next, out.Body.Also, out.Body.Items = result.Total, result.Next, []alsoFound{}, []oneFound{}
	for _, a := range result.Asked.Also() {
		out.Body.Also = append(out.Body.Also, alsoFound(a))
	}
	all := h.resources()
	for _, hit := range result.Hits {
		i := slices.IndexFunc(all, func(r record.Resource) bool { return r.Name == hit.Kind })
		if i < 0 {
			continue
		}
		one, err := all[i].Get(tx, hit.ID)
		switch kind := fault.KindOf(err); {
		case err == nil:
			out.Body.Items = append(out.Body.Items, oneFound{hit.Kind, one})
		case kind != fault.NotFound && kind != fault.Gone:
			return err
		}
	}
	return nil
}
