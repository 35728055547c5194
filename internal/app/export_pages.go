package app

import (
	"net/http"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/document"
	"chonoi/internal/fault"
	"chonoi/internal/web"
)

// exportTypes are the formats of a download with their media types.
var exportTypes = map[string]string{
	"jsonl": "application/jsonl; charset=utf-8", "csv": "text/csv; charset=utf-8",
	"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

// showExport sends /exports/offers.csv and the like.
func (h *House) showExport(w http.ResponseWriter, r *http.Request) error {
	kind, format, _ := strings.Cut(r.PathValue("file"), ".")
	media, known := exportTypes[format]
	if !known || !h.exports(kind) {
		return fault.New(fault.NotFound, "record.not_found")
	}
	w.Header().Set("Content-Type", media)
	w.Header().Set("Content-Disposition", `attachment; filename="`+kind+"."+format+`"`)
	_, err := h.Export(r.Context(), w, ExportKind(kind), document.Format(format), nil)
	return err
}

func (h *House) exports(kind string) bool {
	for _, r := range h.resources() {
		if r.Name+"s" == kind {
			return true
		}
	}
	return false
}

// exportRoutes are the downloads of open data.
func (h *House) exportRoutes() []web.Special {
	return []web.Special{{Route: web.Route{Pattern: "GET /exports/{file}", Handler: h.showExport, Right: account.Anyone}, Plain: true, Stream: true, PerMinute: 20}}
}
