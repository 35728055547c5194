// Package intake takes files of listings in (nhập dữ liệu): a file is put aside, its columns are
// mapped, it is counted, imported, stopped and started again, and its bad rows are handed back.
package intake

import (
	"embed"
	"time"

	"chonoi/internal/exchange"
	"chonoi/internal/file"
)

// Texts is what this package says.
//
//go:embed texts.toml
var Texts embed.FS

// Gate is where files come in and are followed until they are read to their end.
type Gate struct {
	x     *exchange.Exchange
	aside *file.Aside
	beat  time.Duration // how often a running import tells how far it is
}

// New returns the gate of an exchange. Files lie at aside, where all nodes see them, until they are
// taken in; without it none can be sent.
func New(x *exchange.Exchange, aside *file.Aside) *Gate {
	return &Gate{x: x, aside: aside, beat: importBeat}
}
