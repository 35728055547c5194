package webtest

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// Shot writes a picture of the whole page that is open to a file; quality below 100 makes a JPEG.
func (b *Browser) Shot(t testing.TB, file string, quality int) {
	t.Helper()
	ctx, stop := context.WithTimeout(b.ctx, 30*time.Second)
	defer stop()
	picture, err := chromedp.Run(ctx, chromedp.FullScreenshot(quality))
	if err == nil {
		err = os.WriteFile(file, picture, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// Print writes the page that is open to a file as it is printed: a PDF.
func (b *Browser) Print(t testing.TB, file string) {
	t.Helper()
	ctx, stop := context.WithTimeout(b.ctx, 30*time.Second)
	defer stop()
	own := true
	printed, err := chromedp.Call(ctx, page.PrintToPDF, page.PrintToPDFParams{PreferCSSPageSize: &own})
	if err == nil {
		err = os.WriteFile(file, printed.Data, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// Script turns JavaScript off or on for the pages that are opened next.
func (b *Browser) Script(t testing.TB, on bool) {
	t.Helper()
	if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on}); err != nil {
		t.Fatal(err)
	}
}
