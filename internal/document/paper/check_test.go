package paper_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chonoi/internal/document/officetest"
	"chonoi/internal/document/paper"
	"chonoi/internal/lang"
)

func words(t testing.TB) *lang.Words {
	t.Helper()
	w, err := lang.Load(paper.Texts)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func check(t testing.TB, content []byte, l *paper.Layout) []paper.Finding {
	t.Helper()
	found, err := paper.Check(t.Context(), bytes.NewReader(content), int64(len(content)), l)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// tell spells findings for a failing test.
func tell(t testing.TB, found []paper.Finding) {
	t.Helper()
	w := words(t)
	for _, f := range found {
		t.Logf("%s %s: %s | %s | %s", f.Severity, f.Kind, f.Text(w, lang.Vi), f.Place(w, lang.Vi), f.Basis(w, lang.Vi))
	}
}

func TestWhatWeWriteKeepsTheLayout(t *testing.T) {
	for _, name := range profiles {
		l := layout(t, name)
		for kind, p := range map[string]*paper.Paper{"state": stateReport(l), "party": partyReport(l), "letter": letter(l), "long": longAppendix(l, 30), "contract": contract(l)} {
			if l.Family == paper.Party && kind == "contract" {
				continue // a form of the State's
			}
			if l.Family == paper.Party {
				p.Signatures[0].Authority = []string{"T/M Ban Thường vụ"}
			} else {
				p.Signatures[0].Authority = []string{"KT. Giám đốc"}
				if n := len(p.Recipients); n > 0 {
					p.Recipients[n-1] = "Lưu: VT"
				}
			}
			if found := check(t, docx(t, p), l); len(found) > 0 {
				t.Errorf("%s under %s has findings", kind, name)
				tell(t, found)
			}
		}
	}
}

// carelessly is how a letter often comes: typed with spaces and blank lines, in another font.
const carelessly = `<html><body style="font-family:Arial;font-size:12pt">
<p style="text-align:center">CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM</p><p style="text-align:center">Độc Lập - Tự Do - Hạnh Phúc</p>
<p>Số 5/SKHCN</p><p>Cần Thơ, ngày 3 tháng 2 năm 2026</p>
<p style="text-align:center"><b>BÁO CÁO</b></p><p style="text-align:center"><b>Kết quả tháng 1</b></p>
<p>Kính gửi: UBND thành phố</p><p>Trong tháng, Sở đã triển khai các nhiệm vụ theo kế hoạch.</p><p>Kết quả cụ thể như sau.</p>
<p>Nơi nhận</p><p>Như trên</p></body></html>`

func TestACarelessDocumentIsToldWhatIsAmiss(t *testing.T) {
	path := filepath.Join(t.TempDir(), "letter.html")
	if err := os.WriteFile(path, []byte(carelessly), 0o600); err != nil {
		t.Fatal(err)
	}
	odt := officetest.Convert(t, "odt:writerweb8_writer", "", path)[0]
	raw, err := os.ReadFile(officetest.Convert(t, "docx", "", odt)[0])
	if err != nil {
		t.Fatal(err)
	}
	found := check(t, raw, layout(t, "state-2020"))
	tell(t, found)
	var kinds []string
	for _, f := range found {
		kinds = append(kinds, f.Kind)
	}
	all := " " + strings.Join(kinds, " ") + " "
	for _, want := range []string{"font", "size", "style", "motto_text", "number_form", "number_pad", "date_pad", "align", "indent", "recipients_word", "recipients_dash", "pagenumber_missing", "signature_unknown"} {
		if !strings.Contains(all, " "+want+" ") {
			t.Errorf("no %s", want)
		}
	}
}
