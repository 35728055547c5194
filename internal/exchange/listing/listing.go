// Package listing draws listings (tin) as their reader may see them: as a card in a list, as a whole
// sheet, and each fact in words. The pages of the floor, of posting and of the desk are made of it.
package listing

import (
	"embed"
	"strconv"

	"chonoi/internal/exchange"
)

// Texts is what this package says.
//
//go:embed texts.toml
var Texts embed.FS

// View draws the listings of an exchange.
type View struct{ *exchange.Exchange }

// Side draws the listings of one side of the market.
type Side[T any] struct {
	*exchange.Shelf[T]
	x View
}

// NewSide returns the view of one shelf of an exchange.
func NewSide[T any](x *exchange.Exchange, shelf *exchange.Shelf[T]) Side[T] {
	return Side[T]{shelf, View{x}}
}

// Path is the address of a listing of this side.
func (s Side[T]) Path(id string) string { return "/" + s.Kind.Name + "s/" + id }

// EditPath is the address of a step of its form.
func (s Side[T]) EditPath(id string, step int) string {
	return s.Path(id) + "/edit?step=" + strconv.Itoa(step)
}
