package mail

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// plain writes a Markdown document as people read it in a letter without markup: links with
// their address behind them, lists with a dash or their number.
func plain(document ast.Node, source []byte) string {
	return strings.Join(blocks(document, source), "\n\n")
}

func blocks(parent ast.Node, source []byte) []string {
	var out []string
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.List:
			out = append(out, list(n, source))
		case *ast.Blockquote:
			out = append(out, indent(strings.Join(blocks(n, source), "\n\n"), "> ", "> "))
		case *ast.ThematicBreak:
			out = append(out, "----------")
		case *ast.CodeBlock, *ast.FencedCodeBlock, *ast.HTMLBlock:
			out = append(out, strings.TrimSpace(string(n.Lines().Value(source))))
		default:
			out = append(out, inline(n, source))
		}
	}
	return out
}

func list(l *ast.List, source []byte) string {
	var items []string
	number := l.Start
	for n := l.FirstChild(); n != nil; n = n.NextSibling() {
		mark := "- "
		if l.IsOrdered() {
			mark = fmt.Sprintf("%d. ", number)
			number++
		}
		items = append(items, indent(strings.Join(blocks(n, source), "\n"), mark, strings.Repeat(" ", len(mark))))
	}
	return strings.Join(items, "\n")
}

func indent(s, first, rest string) string {
	return first + strings.ReplaceAll(s, "\n", "\n"+rest)
}

func inline(parent ast.Node, source []byte) string {
	var b strings.Builder
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			b.Write(unescaped(n.Value(source)))
			switch {
			case n.HardLineBreak():
				b.WriteByte('\n')
			case n.SoftLineBreak():
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(n.Value)
		case *ast.Link:
			words, address := inline(n, source), string(unescaped(n.Destination))
			if words == address {
				b.WriteString(address)
			} else {
				b.WriteString(words + ": " + address)
			}
		case *ast.AutoLink:
			b.Write(n.Label(source))
		default:
			b.WriteString(inline(n, source))
		}
	}
	return b.String()
}

// unescaped returns what a piece of Markdown text means: \* is a star and &amp; an ampersand, but
// \&amp; is five letters.
func unescaped(s []byte) []byte {
	var out []byte
	for {
		i := bytes.IndexByte(s, '\\')
		if i < 0 {
			return append(out, entities(s)...)
		}
		out = append(out, entities(s[:i])...)
		s = s[i+1:]
		if len(s) > 0 && util.IsPunct(s[0]) {
			out, s = append(out, s[0]), s[1:]
		} else {
			out = append(out, '\\')
		}
	}
}

func entities(s []byte) []byte {
	return util.ResolveEntityNames(util.ResolveNumericReferences(s))
}
