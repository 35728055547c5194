package webtest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// listen begins to collect what the browser complains of, and which pages it loads.
func (b *Browser) listen() error {
	b.status, b.loaded = map[cdp.LoaderID]int64{}, map[cdp.LoaderID]bool{}
	err := chromedp.Listen(b.ctx, func(event any) {
		b.mu.Lock()
		defer b.mu.Unlock()
		switch e := event.(type) {
		case *log.EventEntryAdded:
			if e.Entry.Level == log.EntryLevelError {
				b.messages = append(b.messages, e.Entry.Text)
			}
		case *network.EventResponseReceived:
			if e.Type == network.ResourceTypeDocument {
				b.status[e.LoaderID] = e.Response.Status
			}
		case *page.EventFrameNavigated:
			if e.Frame.ParentID == "" {
				b.now = e.Frame.LoaderID
			}
		case *page.EventLifecycleEvent:
			if e.Name == "load" {
				b.loaded[e.LoaderID] = true
			}
		}
	})
	if err != nil {
		return err
	}
	if _, err = chromedp.Call(b.ctx, log.Enable, cdp.Empty{}); err != nil {
		return err
	}
	_, err = chromedp.Call(b.ctx, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	return err
}

// Load runs steps that lead to another page, waits until that is there, and returns its status.
func (b *Browser) Load(t testing.TB, steps ...chromedp.Action[chromedp.Void]) int64 {
	t.Helper()
	before, _, _ := b.document()
	b.Do(t, steps...)
	for end := time.Now().Add(15 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if now, status, loaded := b.document(); now != before && loaded {
			return status
		}
	}
	t.Fatalf("%s leads to no other page", b.Address(t))
	return 0
}

// document tells which page is open, its status, and whether it has been loaded to its end.
func (b *Browser) document() (now cdp.LoaderID, status int64, loaded bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.now, b.status[b.now], b.loaded[b.now]
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

// Press presses keys one after the other, as a keyboard does: when what a key does on its way down
// moves the focus, nothing of it reaches the new place.
func (b *Browser) Press(t testing.TB, keys string) {
	t.Helper()
	b.Do(t, Keys(keys))
}

// Keys is the action of Press.
func Keys(keys string) chromedp.Action[chromedp.Void] { return chromedp.KeyEvent(keys, raw) }

func raw(p *input.DispatchKeyEventParams) {
	if p.Type == kb.KeyDown {
		p.Type = input.DispatchKeyEventTypeRawKeyDown
	}
}

// Type presses the keys of a text where the focus is, after what stands there was selected.
func (b *Browser) Type(t testing.TB, text string) {
	t.Helper()
	b.Do(t, chromedp.KeyEvent("a", raw, wholly), Keys(text))
}

// Insert puts a text where the focus is, in place of what stands there, all at once as the input
// method of a telephone does.
func (b *Browser) Insert(t testing.TB, text string) {
	t.Helper()
	b.Do(t, chromedp.KeyEvent("a", raw, wholly))
	if _, err := chromedp.Call(b.ctx, input.InsertText, input.InsertTextParams{Text: text}); err != nil {
		t.Fatal(err)
	}
}

// wholly makes a key select all.
func wholly(p *input.DispatchKeyEventParams) {
	p.Modifiers |= int64(chromedp.ModifierCtrl)
	if p.Type == input.DispatchKeyEventTypeRawKeyDown {
		p.Commands = []string{"selectAll"}
	}
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
func (b *Browser) Find(t testing.TB, selector string) (list []string) {
	t.Helper()
	b.patiently(t, selector, func(ctx context.Context) error {
		list = nil
		nodes, err := find(ctx, selector)
		for _, id := range nodes {
			var one dom.GetOuterHTMLResult
			if one, err = chromedp.Call(ctx, dom.GetOuterHTML, dom.GetOuterHTMLParams{NodeID: id}); err != nil {
				return err
			}
			list = append(list, one.OuterHTML)
		}
		return err
	})
	return list
}

// Middle scrolls the first element that a selector fits into view, waits until it moves no more,
// and returns its middle.
func (b *Browser) Middle(t testing.TB, selector string) (x, y float64) {
	t.Helper()
	var last dom.Quad
	b.patiently(t, selector, func(ctx context.Context) error {
		nodes, err := find(ctx, selector)
		if err != nil || len(nodes) == 0 {
			return fmt.Errorf("not there: %w", err)
		}
		if _, err := chromedp.Call(ctx, dom.ScrollIntoViewIfNeeded, dom.ScrollIntoViewIfNeededParams{NodeID: nodes[0]}); err != nil {
			return err
		}
		place, err := chromedp.Call(ctx, dom.GetContentQuads, dom.GetContentQuadsParams{NodeID: nodes[0]})
		if err != nil || len(place.Quads) == 0 {
			return fmt.Errorf("not shown: %w", err)
		}
		q := place.Quads[0]
		x, y = (q[0]+q[4])/2, (q[1]+q[5])/2
		if !slices.Equal(q, last) {
			last = q
			return errors.New("it moves")
		}
		return uncovered(ctx, nodes[0], x, y)
	})
	return x, y
}

// uncovered fails when something else than the element or what is in it lies at a place of the window.
func uncovered(ctx context.Context, id cdp.NodeID, x, y float64) error {
	window, err := chromedp.Call(ctx, page.GetLayoutMetrics, cdp.Empty{})
	if err != nil {
		return err
	}
	seen := window.CSSVisualViewport
	at, err := chromedp.Call(ctx, dom.GetNodeForLocation, dom.GetNodeForLocationParams{X: int64(x + seen.PageX), Y: int64(y + seen.PageY)})
	if err != nil {
		return err
	}
	whole, err := chromedp.Call(ctx, dom.DescribeNode, dom.DescribeNodeParams{NodeID: id, Depth: new(int64(-1))})
	if err != nil {
		return err
	}
	if !holds(whole.Node, at.BackendNodeID) {
		return fmt.Errorf("something else lies at %.0f, %.0f", x, y)
	}
	return nil
}

func holds(n *cdp.Node, id cdp.BackendNodeID) bool {
	return n.BackendNodeID == id || slices.ContainsFunc(slices.Concat(n.Children, n.ShadowRoots), func(child *cdp.Node) bool { return holds(child, id) })
}

// Focus gives an element the focus.
func (b *Browser) Focus(t testing.TB, selector string) {
	t.Helper()
	b.patiently(t, selector, func(ctx context.Context) error {
		nodes, err := find(ctx, selector)
		if err != nil || len(nodes) == 0 {
			return fmt.Errorf("not there: %w", err)
		}
		_, err = chromedp.Call(ctx, dom.Focus, dom.FocusParams{NodeID: nodes[0]})
		return err
	})
}

// Bring puts a file into the input that takes one.
func (b *Browser) Bring(t testing.TB, selector, file string) {
	t.Helper()
	b.patiently(t, selector, func(ctx context.Context) error {
		nodes, err := find(ctx, selector)
		if err != nil || len(nodes) == 0 {
			return fmt.Errorf("not there: %w", err)
		}
		_, err = chromedp.Call(ctx, dom.SetFileInputFiles, dom.SetFileInputFilesParams{Files: []string{file}, NodeID: nodes[0]})
		return err
	})
}

// patiently does something with the elements of a page that may still be changing.
func (b *Browser) patiently(t testing.TB, selector string, do func(context.Context) error) {
	t.Helper()
	ctx, stop := context.WithTimeout(b.ctx, 5*time.Second)
	defer stop()
	for {
		err := do(ctx)
		if err == nil {
			return
		}
		select {
		case <-ctx.Done():
			t.Fatalf("%s: %v", selector, err)
		case <-time.After(10 * time.Millisecond):
		}
	}
}

func find(ctx context.Context, selector string) ([]cdp.NodeID, error) {
	root, err := chromedp.Call(ctx, dom.GetDocument, dom.GetDocumentParams{})
	if err != nil {
		return nil, err
	}
	found, err := chromedp.Call(ctx, dom.QuerySelectorAll, dom.QuerySelectorAllParams{NodeID: root.Root.NodeID, Selector: selector})
	return found.NodeIDs, err
}
