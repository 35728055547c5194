package app

import (
	"context"
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/record"
	"chonoi/internal/registry"
	"chonoi/internal/web"
)

// apiVersion is the version of the read API, as in its address.
const apiVersion = "v1"

// resources are the kinds of record that the read API offers.
func (h *House) resources() []record.Resource {
	return []record.Resource{h.Exchange.Offers.Resource(), h.Exchange.Needs.Resource(), registry.Resource()}
}

// listInput is what may be told to a list.
type listInput struct {
	After string `query:"after" doc:"the id after which the list goes on; next of the page before" maxLength:"64"`
	Limit int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"how many records"`
	Lang  string `header:"Accept-Language"`
}

// listOutput is a page of records in the order of their ids, which is the order of their making.
type listOutput struct {
	Body struct {
		Items []map[string]any `json:"items"`
		Next  string           `json:"next,omitempty" doc:"for after; absent on the last page"`
	}
}

type oneInput struct {
	ID   string `path:"id" maxLength:"64"`
	Lang string `header:"Accept-Language"`
}

type oneOutput struct{ Body map[string]any }

// api builds the read API with its OpenAPI 3.1 description.
func (h *House) api() http.Handler {
	mux := http.NewServeMux()
	config := huma.DefaultConfig(h.Config.Site.NameEn, apiVersion)
	config.OpenAPIPath, config.DocsPath, config.SchemasPath = "/api/openapi", "", "/api/schemas"
	config.Info.Description = "What everybody may see of offers, needs and organisations. Reading needs no key. Errors are RFC 9457 problem details."
	api := humago.New(mux, config)
	for _, r := range h.resources() {
		h.register(api, r)
	}
	h.registerSearch(api)
	return mux
}

func (h *House) register(api huma.API, r record.Resource) {
	plural := r.Name + "s"
	huma.Register(api, huma.Operation{OperationID: "list-" + plural, Method: http.MethodGet, Path: "/api/" + apiVersion + "/" + plural,
		Summary: "List " + plural, Tags: []string{plural}, Errors: []int{422}},
		func(ctx context.Context, in *listInput) (*listOutput, error) {
			out := &listOutput{}
			err := h.DB.View(ctx, func(tx *db.Tx) (err error) {
				out.Body.Items, err = r.List(tx, in.After, in.Limit)
				return err
			})
			if n := len(out.Body.Items); n == in.Limit {
				out.Body.Next, _ = out.Body.Items[n-1]["id"].(string)
			}
			return out, h.problem(err, in.Lang)
		})
	huma.Register(api, huma.Operation{OperationID: "get-" + r.Name, Method: http.MethodGet, Path: "/api/" + apiVersion + "/" + plural + "/{id}",
		Summary: "Get one of the " + plural, Tags: []string{plural}, Errors: []int{404, 410}},
		func(ctx context.Context, in *oneInput) (*oneOutput, error) {
			out := &oneOutput{}
			err := h.DB.View(ctx, func(tx *db.Tx) (err error) {
				out.Body, err = r.Get(tx, in.ID)
				return err
			})
			return out, h.problem(err, in.Lang)
		})
	describe(api.OpenAPI(), r)
}

// describe puts the facts of a kind into the description, in place of "any object".
func describe(doc *huma.OpenAPI, r record.Resource) {
	schema := &huma.Schema{Type: huma.TypeObject, Properties: map[string]*huma.Schema{"id": {Type: huma.TypeString}, "number": {Type: huma.TypeString},
		"version": {Type: huma.TypeInteger}, "updated_at": {Type: huma.TypeString, Format: "date-time"}}}
	for name, fact := range r.Facts {
		schema.Properties[name] = schemaOf(fact)
	}
	doc.Components.Schemas.Map()[r.Name] = schema
	ref := &huma.Schema{Ref: "#/components/schemas/" + r.Name}
	plural := "/api/" + apiVersion + "/" + r.Name + "s"
	doc.Paths[plural+"/{id}"].Get.Responses["200"].Content["application/json"].Schema = ref
	doc.Paths[plural].Get.Responses["200"].Content["application/json"].Schema = &huma.Schema{Type: huma.TypeObject, Properties: map[string]*huma.Schema{
		"items": {Type: huma.TypeArray, Items: ref}, "next": {Type: huma.TypeString}}, Required: []string{"items"}}
}

func schemaOf(fact map[string]any) *huma.Schema {
	s := &huma.Schema{}
	s.Type, _ = fact["type"].(string)
	s.Format, _ = fact["format"].(string)
	s.Description, _ = fact["description"].(string)
	if items, ok := fact["items"].(map[string]any); ok {
		s.Items = schemaOf(items)
	}
	if parts, ok := fact["properties"].(map[string]any); ok {
		s.Properties = map[string]*huma.Schema{}
		for name, part := range parts {
			s.Properties[name] = schemaOf(part.(map[string]any))
		}
	}
	return s
}

// problem turns a refusal into RFC 9457 problem details in the reader's tongue. A failure tells
// nothing of its inside.
func (h *House) problem(err error, accept string) error {
	if err == nil {
		return nil
	}
	f, ok := fault.As(err)
	if !ok {
		if !errors.Is(err, context.Canceled) {
			h.Log.Error("api", "error", err)
		}
		return huma.Error500InternalServerError(h.Words.T(lang.En, "web.defect"))
	}
	tag := lang.Vi
	if len(accept) >= 2 && accept[:2] == "en" {
		tag = lang.En
	}
	return huma.NewError(int(f.Kind), h.Words.T(tag, f.Key, f.Args...))
}

// apiRoutes mount the API among the pages.
func (h *House) apiRoutes() []web.Special {
	handler := h.api()
	serve := func(w http.ResponseWriter, r *http.Request) error {
		handler.ServeHTTP(w, r)
		return nil
	}
	bare := func(pattern string) web.Special {
		return web.Special{Route: web.Route{Pattern: pattern, Handler: serve, Right: account.Anyone}, Plain: true, Stream: true, PerMinute: 600}
	}
	return []web.Special{bare("GET /api/" + apiVersion + "/{rest...}"), bare("GET /api/openapi.json"), bare("GET /api/openapi.yaml"), bare("GET /api/schemas/{rest...}")}
}
