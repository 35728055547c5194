package paper_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"math/rand/v2"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"
	"testing"
	"time"

	"chonoi/internal/document/paper"
	"chonoi/internal/fault"
)

// withText is a DOCX whose document.xml is replaced.
func withText(t testing.TB, text string) []byte {
	t.Helper()
	names, all := parts(t, docx(t, letter(layout(t, "state-2020"))))
	all[inText] = text
	return pack(t, names, all)
}

const opening = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`

func TestHostileFilesAreRefusedQuicklyAndInLittleMemory(t *testing.T) {
	l := layout(t, "state-2020")
	var countless bytes.Buffer
	z := zip.NewWriter(&countless)
	for i := range 100_000 {
		if _, err := z.CreateHeader(&zip.FileHeader{Name: fmt.Sprint(i)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	names, all := parts(t, docx(t, letter(l)))
	ring := strings.Replace(all[inStyles], `<w:name w:val="Body Text"/><w:basedOn w:val="Normal"/>`, `<w:name w:val="Body Text"/><w:basedOn w:val="BodyText"/>`, 1)
	all[inStyles] = ring
	for name, one := range map[string]struct {
		content []byte
		kind    fault.Kind
	}{
		"a bomb":                     {withText(t, opening+strings.Repeat("<w:p/>", 20<<20)), fault.TooLarge},
		"a line of 30 MB":            {withText(t, opening+"<w:p><w:r><w:t>"+strings.Repeat("a", 30<<20)), fault.TooLarge},
		"20 MB of real text":         {withText(t, opening+realText(20<<20)+"</w:body></w:document>"), 0},
		"30 MB of real text":         {withText(t, opening+realText(30<<20)+"</w:body></w:document>"), fault.TooLarge},
		"20 MB of small runs":        {withText(t, opening+smallRuns(20<<20)+"</w:body></w:document>"), fault.TooLarge},
		"countless paragraphs":       {withText(t, opening+strings.Repeat("<w:p></w:p>", 1<<20)), fault.TooLarge},
		"countless runs":             {withText(t, opening+"<w:p>"+strings.Repeat("<w:r><w:rPr><w:b/></w:rPr><w:t>a</w:t></w:r><w:r><w:t>b</w:t></w:r>", 200_000)+"</w:p></w:body></w:document>"), fault.TooLarge},
		"runs of one look":           {withText(t, opening+"<w:p>"+strings.Repeat("<w:r><w:t>ab</w:t></w:r>", 300_000)+"</w:p></w:body></w:document>"), 0},
		"depth without end":          {withText(t, opening+strings.Repeat("<w:tbl>", 1<<20)), fault.TooLarge},
		"broken XML":                 {withText(t, opening+"<w:p><w:r></w:p>"), fault.Invalid},
		"XML cut off":                {withText(t, opening+"<w:p>"), fault.Invalid},
		"entities":                   {withText(t, `<!DOCTYPE a [<!ENTITY b "c">]>`+opening+`<w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>`), fault.Invalid},
		"UTF-16":                     {withText(t, "\xff\xfe<\x00?\x00x\x00m\x00l\x00"), fault.Invalid},
		"nothing":                    {withText(t, ""), fault.Invalid},
		"a picture with a new name":  {[]byte("\xff\xd8\xff\xe0\x00\x10JFIF" + strings.Repeat("x", 1000)), fault.Unsupported},
		"an old or locked document":  {[]byte("\xd0\xcf\x11\xe0" + strings.Repeat("x", 1000)), fault.Unsupported},
		"an archive of other things": {countless.Bytes(), fault.TooLarge},
		"a ring of styles":           {pack(t, names, all), 0},
		"nothing at all":             {nil, fault.Unsupported},
		"too large a file":           {make([]byte, 31<<20), fault.TooLarge},
	} {
		var before, after runtime.MemStats
		debug.FreeOSMemory()
		runtime.ReadMemStats(&before)
		start := worked(t)
		_, err := paper.Check(t.Context(), bytes.NewReader(one.content), int64(len(one.content)), l)
		took := worked(t) - start
		runtime.ReadMemStats(&after)
		if fault.KindOf(err) != one.kind {
			t.Errorf("%s: %v", name, err)
		}
		used := (int64(after.HeapSys-after.HeapReleased) - int64(before.HeapSys-before.HeapReleased)) >> 20
		t.Logf("%-28s %8d bytes, %v, %d MB asked for, heap grew %d MB", name, len(one.content), took.Round(time.Millisecond), (after.TotalAlloc-before.TotalAlloc)>>20, used)
		if took > 2*time.Second || used > 200 {
			t.Errorf("%s took %v and %d MB", name, took, used)
		}
	}
}

// worked is how long the process has had a processor, which other work on the machine does not lengthen.
func worked(t testing.TB) time.Duration {
	t.Helper()
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		t.Fatal(err)
	}
	return time.Duration(use.Utime.Nano() + use.Stime.Nano())
}

// realText packs no better than a report would.
func realText(size int) string {
	random := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	for b.Len() < size {
		b.WriteString("<w:p><w:r><w:t>")
		for range 60 {
			fmt.Fprintf(&b, "%x ", random.Uint64()>>random.IntN(60))
		}
		b.WriteString("</w:t></w:r></w:p>")
	}
	return b.String()
}

func smallRuns(size int) string {
	random := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	b.WriteString("<w:p>")
	for b.Len() < size {
		fmt.Fprintf(&b, `<w:r><w:rPr><w:sz w:val="%d"/></w:rPr><w:t>%x</w:t></w:r>`, random.IntN(90), random.Uint32())
	}
	return b.String() + "</w:p>"
}

func TestWhatWasDeletedIsNotRead(t *testing.T) {
	l := layout(t, "state-2020")
	content := spoiled(t, docx(t, letter(l)), inText, "</w:body>", "</w:body>") // as it is
	names, all := parts(t, content)
	all[inText] = strings.Replace(all[inText], "Số: 05/SKHCN-QLCN</w:t></w:r>", `Số: 05/SKHCN-QLCN</w:t></w:r><w:del w:id="1"><w:r><w:delText>/cũ</w:delText></w:r><w:r><w:t>/cũ</w:t></w:r></w:del>`, 1)
	if found := check(t, pack(t, names, all), l); len(found) > 0 {
		tell(t, found)
		t.Error("deleted text was read")
	}
}

func FuzzCheck(f *testing.F) {
	state, party := layout(f, "state-2020"), layout(f, "party-2026")
	for _, p := range []*paper.Paper{letter(state), partyReport(party)} {
		_, all := parts(f, docx(f, p))
		f.Add(all[inText], all[inStyles])
	}
	f.Add(opening+`<w:p><w:pPr><w:sectPr><w:pgSz w:w="0"/></w:sectPr></w:pPr><w:r><w:t>Số: 1/</w:t></w:r></w:p><w:p><w:r><w:t>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</w:t></w:r></w:p></w:body></w:document>`, "")
	names, base := parts(f, docx(f, letter(state)))
	w := words(f)
	f.Fuzz(func(t *testing.T, text, styles string) {
		all := map[string]string{}
		for name, content := range base {
			all[name] = content
		}
		all[inText], all[inStyles] = text, styles
		content := pack(t, names, all)
		for _, l := range []*paper.Layout{state, party} {
			found, err := paper.Check(t.Context(), bytes.NewReader(content), int64(len(content)), l)
			if err != nil && fault.KindOf(err) == fault.Internal {
				t.Fatal(err)
			}
			for _, one := range found {
				if one.Text(w, "vi") == "" || one.Basis(w, "en") == "" {
					t.Errorf("%+v says nothing", one)
				}
			}
		}
	})
}

// FuzzFile throws whole files at the checker.
func FuzzFile(f *testing.F) {
	l := layout(f, "state-2020")
	f.Add(docx(f, letter(l)))
	f.Fuzz(func(t *testing.T, content []byte) {
		_, err := paper.Check(t.Context(), bytes.NewReader(content), int64(len(content)), l)
		if err != nil && fault.KindOf(err) == fault.Internal {
			t.Fatal(err)
		}
	})
}
