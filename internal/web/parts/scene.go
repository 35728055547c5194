// Package parts holds the pieces that pages are drawn from: cards, lists, fields, notes. A part
// takes a plain view with words that are ready to show, and knows no subject of the house.
package parts

import (
	"context"

	"chonoi/internal/lang"
)

// Scene is what every part of one page shares: the reader's tongue, the catalogue, and where the
// assets lie.
type Scene struct {
	Lang  lang.Tag
	Words *lang.Words
	Asset func(name string) string // the address of an asset; "" when it was not built
}

type sceneKey struct{}

// With returns a context in which parts are drawn for that scene.
func With(ctx context.Context, s Scene) context.Context {
	return context.WithValue(ctx, sceneKey{}, s)
}

func scene(ctx context.Context) Scene {
	s, _ := ctx.Value(sceneKey{}).(Scene)
	return s
}

// T returns the text of key in the reader's tongue; args are name, value pairs.
func T(ctx context.Context, key string, args ...any) string {
	s := scene(ctx)
	if s.Words == nil {
		return key
	}
	return s.Words.T(s.Lang, key, args...)
}

// Lang returns the reader's tongue.
func Lang(ctx context.Context) lang.Tag {
	if s := scene(ctx); s.Lang != "" {
		return s.Lang
	}
	return lang.Vi
}

// Href returns the address of a page in the reader's tongue: /offers or /en/offers. An address
// that does not begin with one slash is returned as it is.
func Href(ctx context.Context, path string) string { return InTongue(Lang(ctx), path) }

// InTongue returns the address of a page in tongue t.
func InTongue(t lang.Tag, path string) string {
	if t != lang.En || len(path) == 0 || path[0] != '/' || (len(path) > 1 && path[1] == '/') {
		return path
	}
	return "/en" + path
}

// Asset returns the address of an asset, or "" when it was not built.
func Asset(ctx context.Context, name string) string {
	if s := scene(ctx); s.Asset != nil {
		return s.Asset(name)
	}
	return ""
}

// Number writes n in the reader's way: 1.284 or 1,284.
func Number(ctx context.Context, n int) string { return lang.Number(Lang(ctx), int64(n)) }
