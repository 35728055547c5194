package watermark_test

import (
	"bytes"
	"image"
	"image/draw"
	"testing"

	"chonoi/internal/document/officetest"
	"chonoi/internal/fault"
)

// markedEverywhere holds that each page of the PDF is marked in each of its quarters.
func markedEverywhere(t *testing.T, raw []byte, pages int) {
	t.Helper()
	copied, err := stamped(t, raw, "application/pdf")
	if err != nil {
		t.Fatal(err)
	}
	before, after := officetest.Pictures(t, saved(t, raw)), officetest.Pictures(t, saved(t, copied))
	if len(before) != pages || len(after) != pages {
		t.Fatalf("%d pages, of them %d copied, should be %d", len(before), len(after), pages)
	}
	for i := range before {
		for quarter, share := range changed(t, picture(t, before[i]), picture(t, after[i])) {
			if share < 0.005 {
				t.Errorf("page %d, quarter %d: %.3f of it changed", i+1, quarter, share)
			}
		}
	}
	look(t.Name()[bytes.LastIndexByte([]byte(t.Name()), '/')+1:]+".pdf", copied)
}

func TestNoWayOfBuildingAPageKeepsItFromItsMark(t *testing.T) {
	const box = "/MediaBox[0 0 600 800]"
	text := streamOf("", "0 0 1 rg 50 50 20 20 re f")
	for name, one := range map[string]struct {
		raw   []byte
		pages int
	}{
		"pages that share the first of their parts": {pdfOf(catalogue, "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2"+box+">>",
			"<</Type/Page/Parent 2 0 R/Contents[5 0 R 6 0 R]>>", "<</Type/Page/Parent 2 0 R/Contents[5 0 R 7 0 R]>>",
			streamOf("", "q 1 0 0 1 9 9 cm"), streamOf("", "0 0 5 5 re f Q"), streamOf("", "0 0 9 9 re f Q")), 2},
		"pages that share everything": {pdfOf(catalogue, "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2/Resources<</XObject<</Mark 5 0 R>>>>"+box+">>",
			"<</Type/Page/Parent 2 0 R/Contents 5 0 R>>", "<</Type/Page/Parent 2 0 R/Contents 5 0 R>>", text), 2},
		"a frame that is left open": {onePage(streamOf("", "q 0 0 30 30 re W n .01 0 0 .01 0 0 cm (Q Q) Tj % Q\n q BI /W 1 ID Q Q EI")), 1},
		"more closed than opened":   {onePage(streamOf("", "Q Q Q 0 0 1 rg 0 0 9 9 re f")), 1},
		"without content":           {pdfOf(catalogue, "<</Type/Pages/Kids[3 0 R]/Count 1"+box+">>", "<</Type/Page/Parent 2 0 R>>"), 1},
		"content as no stream":      {onePage("<</Not/AStream>>"), 1},
		"turned and cut":            {pdfOf(catalogue, "<</Type/Pages/Kids[3 0 R]/Count 1/Rotate 90"+box+">>", "<</Type/Page/Parent 2 0 R/CropBox[300 400 900 900]/Contents 4 0 R>>", text), 1},
		"a dark ground":             {onePage(streamOf("", "0.05 g 0 0 300 400 re f")), 1},
		"a ground of middle grey":   {onePage(streamOf("", "0.5 g 0 0 300 400 re f")), 1},
	} {
		t.Run(name, func(t *testing.T) { markedEverywhere(t, one.raw, one.pages) })
	}
}

// A reader's program may forgive such a tree and show the page.
func TestAPageThatHasKidsAndIsUnnamedIsMarked(t *testing.T) {
	raw := pdfOf(catalogue, "<</Kids[3 0 R]/MediaBox[0 0 600 800]>>", "<</Type/Page/Kids[4 0 R]>>", "<<>>")
	copied, err := stamped(t, raw, "application/pdf")
	if err != nil {
		t.Fatal(err)
	}
	pages := officetest.Pictures(t, saved(t, copied))
	blank := image.NewGray(picture(t, pages[0]).Bounds())
	draw.Draw(blank, blank.Bounds(), image.White, image.Point{}, draw.Src)
	for quarter, share := range changed(t, blank, picture(t, pages[0])) {
		if share < 0.005 {
			t.Errorf("quarter %d: %.3f of it marked", quarter, share)
		}
	}
}

// The tree tells one page and has two: a reader's program that counts for itself shows both.
func TestATreeThatTellsFewerPagesThanItHasIsCountedAnew(t *testing.T) {
	raw := pdfOf(catalogue, "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 1/MediaBox[0 0 600 800]>>",
		"<</Type/Page/Parent 2 0 R>>", "<</Type/Page/Parent 2 0 R>>")
	copied, err := stamped(t, raw, "application/pdf")
	if err != nil {
		t.Fatal(err)
	}
	if got := bytes.Count(unpacked(t, copied), []byte("/Mark ")); got < 2 {
		t.Errorf("%d pages have the mark", got)
	}
}

func TestWhatGoesAroundTheMarkStaysOut(t *testing.T) {
	secret := streamOf("/Type/EmbeddedFile", "SECRET")
	raw := pdfOf(
		"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(a)5 0 R]>>/JavaScript<</Names[(b)<</S/JavaScript/JS(SECRET)>>]>>>>"+
			"/AF[5 0 R]/OpenAction<</S/JavaScript/JS(SECRET)>>/AcroForm<</Fields[7 0 R]/SigFlags 3/XFA(SECRET)>>/Perms<</DocMDP 8 0 R>>>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]/Contents 4 0 R/PieceInfo<</App<</Private(SECRET)>>>>/Thumb 6 0 R/AA<</O<</S/JavaScript/JS(SECRET)>>>>"+
			"/Annots[<</Subtype/FileAttachment/FS 5 0 R/Rect[0 0 9 9]>><</Subtype/Link/Rect[0 0 9 9]/A<</S/JavaScript/JS(SECRET)>>>><</Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(https://example.vn)>>>>]>>",
		streamOf("", "q"),
		"<</Type/Filespec/F(a)/EF<</F 6 0 R>>>>", secret,
		"<</FT/Sig/T(s)/V 8 0 R/Kids[7 0 R]>>", "<</Type/Sig/Contents(SECRET)/ByteRange[0 1 2 3]>>",
	)
	raw = bytes.Replace(raw, []byte("/Root 1 0 R"), []byte("/Root 1 0 R/AdditionalStreams[/a 6 0 R]/Info<</Author(SECRET)>>"), 1)
	copied, err := stamped(t, raw, "application/pdf")
	if err != nil {
		t.Fatal(err)
	}
	all := unpacked(t, copied)
	if bytes.Contains(all, []byte("SECRET")) {
		t.Errorf("something stayed:\n%s", all)
	}
	if !bytes.Contains(all, []byte("https://example.vn")) {
		t.Error("a link was lost")
	}
}

func TestAnEarlierVersionStaysOut(t *testing.T) {
	raw := onePage(streamOf("", "(SECRET) Tj"))
	later := bytes.Replace(raw, []byte("(SECRET)"), []byte("(public)"), 1)
	// the later version stands behind the first, its table points into itself
	shift := len(raw)
	var moved bytes.Buffer
	moved.Write(raw)
	moved.Write(shifted(later, shift))
	copied, err := stamped(t, moved.Bytes(), "application/pdf")
	if err != nil {
		t.Fatal(err)
	}
	if all := unpacked(t, copied); bytes.Contains(all, []byte("SECRET")) || !bytes.Contains(all, []byte("(public)")) {
		t.Error("the earlier version came along")
	}
}

func TestALockedPDFIsRefused(t *testing.T) {
	for name, password := range map[string]string{"to be opened": "mở", "only against changes": ""} {
		t.Run(name, func(t *testing.T) {
			if _, err := stamped(t, lockedWith(t, onePage(streamOf("", "q")), password), "application/pdf"); fault.KindOf(err) != fault.Unsupported {
				t.Error(err)
			}
		})
	}
}
