package webtest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Beside opens a window for somebody else in the same Chromium: it knows no cookie of the first.
func (b *Browser) Beside(t testing.TB) *Browser {
	t.Helper()
	ctx, stop := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext())
	t.Cleanup(stop)
	other := &Browser{ctx: ctx, axe: b.axe}
	if err := other.listen(); err != nil {
		t.Fatalf("open a second window: %v", err)
	}
	return other
}

// listen begins to collect what the browser complains of.
func (b *Browser) listen() error {
	err := chromedp.Listen(b.ctx, func(event any) {
		if entry, ok := event.(*log.EventEntryAdded); ok && entry.Entry.Level == log.EntryLevelError {
			b.mu.Lock()
			b.messages = append(b.messages, entry.Entry.Text)
			b.mu.Unlock()
		}
	})
	if err != nil {
		return err
	}
	_, err = chromedp.Call(b.ctx, log.Enable, cdp.Empty{})
	return err
}

// Load runs steps that lead to another page, waits until that is there, and returns its status.
func (b *Browser) Load(t testing.TB, steps ...chromedp.Action[chromedp.Void]) int64 {
	t.Helper()
	ctx, stop := context.WithTimeout(b.ctx, 15*time.Second)
	defer stop()
	answer, err := chromedp.RunResponse(ctx, steps...)
	if err != nil {
		t.Fatalf("%s leads to no other page: %v", b.Address(t), err)
	}
	return answer.Status
}

// Address returns where the browser is.
func (b *Browser) Address(t testing.TB) string {
	t.Helper()
	address, err := chromedp.Run(b.ctx, chromedp.Location())
	if err != nil {
		t.Fatal(err)
	}
	return address
}

// Type presses the keys of a text where the focus is, after what stands there was selected.
func (b *Browser) Type(t testing.TB, text string) {
	t.Helper()
	all := chromedp.KeyEvent("a", func(p *input.DispatchKeyEventParams) {
		p.Modifiers |= int64(chromedp.ModifierCtrl)
		if p.Type == kb.KeyDown {
			p.Commands = []string{"selectAll"}
		}
	})
	if text == "" {
		text = kb.Delete
	}
	b.Do(t, all, chromedp.KeyEvent(text))
}

// Stop is an element that the focus stands on.
type Stop struct {
	Hit   bool   // it is the one that was sought
	Seen  bool   // the focus is visible on it, or on what encloses it
	Where string // what it is, for messages
	Body  bool   // nothing has the focus
}

// stopped looks at the element that has the focus: an outline, or one that the element around it
// draws, and a place inside the window that nothing covers.
const stopped = `(sought => {
	const e = document.activeElement
	if (!e || e === document.body || e === document.documentElement) return {Body: true}
	const drawn = x => { const s = getComputedStyle(x); return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2 }
	let x = e, ring = false
	while (x && x !== document.body) { ring = ring || drawn(x); x = x.parentElement }
	const list = [...e.getClientRects()].filter(r => r.width > 0 && r.height > 0)
	const open = list.some(r => {
		const left = Math.max(r.left, 0) + 1, top = Math.max(r.top, 0) + 1
		const right = Math.min(r.right, innerWidth) - 1, bottom = Math.min(r.bottom, innerHeight) - 1
		if (right < left || bottom < top) return false
		return [[(left + right) / 2, (top + bottom) / 2], [left, top], [right, bottom]].some(([h, v]) => {
			const at = document.elementFromPoint(h, v)
			return at && (at === e || e.contains(at) || at.contains(e) || (e.labels && [...e.labels].some(l => l.contains(at))))
		})
	})
	const where = e.tagName.toLowerCase() + (e.id ? '#' + e.id : '') + (e.name ? '[name=' + e.name + ']' : '') + ' ' + (e.textContent || '').trim().slice(0, 40)
	return {Hit: e.matches(sought), Seen: ring && open, Where: where}
})(%q)`

// Focused tells of the element that has the focus, and whether a selector fits it.
func (b *Browser) Focused(t testing.TB, selector string) Stop {
	t.Helper()
	stop, err := chromedp.Run(b.ctx, chromedp.Evaluate[Stop](fmt.Sprintf(stopped, selector)))
	if err != nil {
		t.Fatal(err)
	}
	return stop
}

// Find returns the HTML of each element that a selector fits. It needs no script of the page.
func (b *Browser) Find(t testing.TB, selector string) []string {
	t.Helper()
	ctx, stop := context.WithTimeout(b.ctx, 10*time.Second)
	defer stop()
	for {
		list, err := find(ctx, selector)
		if err == nil {
			return list
		}
		select {
		case <-ctx.Done():
			t.Fatalf("%s: %v", selector, err)
		case <-time.After(20 * time.Millisecond): // the page was still changing
		}
	}
}

func find(ctx context.Context, selector string) (list []string, err error) {
	root, err := chromedp.Call(ctx, dom.GetDocument, dom.GetDocumentParams{})
	if err != nil {
		return nil, err
	}
	found, err := chromedp.Call(ctx, dom.QuerySelectorAll, dom.QuerySelectorAllParams{NodeID: root.Root.NodeID, Selector: selector})
	if err != nil {
		return nil, err
	}
	for _, id := range found.NodeIDs {
		one, err := chromedp.Call(ctx, dom.GetOuterHTML, dom.GetOuterHTMLParams{NodeID: id})
		if err != nil {
			return nil, err
		}
		list = append(list, one.OuterHTML)
	}
	return list, nil
}
