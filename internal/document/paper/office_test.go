package paper_test

import (
	"flag"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chonoi/internal/document/officetest"
	"chonoi/internal/document/paper"
)

var update = flag.Bool("update", false, "write the golden files anew")

// samples are papers that a golden file and LibreOffice see, with what each printed page must show.
var samples = []struct {
	name, layout string
	make         func(*paper.Layout) *paper.Paper
	pages        [][]string
}{
	{"state-report", "state-2020", stateReport, [][]string{
		{"UBND THÀNH PHỐ CẦN THƠ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "SỞ KHOA HỌC VÀ CÔNG NGHỆ Độc lập - Tự do - Hạnh phúc", "Số: ……/BC-SKHCN Cần Thơ, ngày …… tháng 12 năm 2026",
			"BÁO CÁO", "I. KẾT QUẢ CHUNG", "Trong 42 nhiệm vụ được giao, 14 nhiệm vụ đã hoàn thành", "- Danh mục 215 công nghệ"},
		{"1. Phương án vận hành", "b) Đề nghị bố trí", "Nơi nhận: KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "- Lưu: VT, QLCN.", "(dự thảo, chưa ký)"}}},
	{"party-report-2018", "party-2018", partyReport, [][]string{
		{"THÀNH ỦY CẦN THƠ ĐẢNG CỘNG SẢN VIỆT NAM", "Số 07-BC/BTGDV Cần Thơ, ngày 05 tháng 02 năm 2026", "Phần I", "TÌNH HÌNH VÀ KẾT QUẢ"},
		{"- Ban Thường vụ Thành ủy,", "- Lưu Văn phòng.", "Nguyễn Thị Ánh Tuyết"}}},
	{"party-report-2026", "party-2026", partyReport, [][]string{
		{"BAN TUYÊN GIÁO VÀ DÂN VẬN", "*", "-----", "Phần I"}, {"Nơi nhận: K/T TRƯỞNG BAN", "- Ban Thường vụ Thành ủy;"}}},
	{"urging-letter", "state-2020", letter, [][]string{
		{"Số: 05/SKHCN-QLCN Cần Thơ, ngày 03 tháng 11 năm 2026", "V/v đôn đốc thực hiện nhiệm vụ quá", "Kính gửi:", "- Ủy ban nhân dân phường Ninh Kiều.", "GIÁM ĐỐC", "Trần Văn Minh"}}},
	{"contract", "state-2020", contract, [][]string{
		{"Độc lập - Tự do - Hạnh phúc", "HỢP ĐỒNG", "Số: 15/HĐCGCN", "Điều 1. Đối tượng của hợp đồng", "1. Giá chuyển giao là", "ĐẠI DIỆN BÊN A ĐẠI DIỆN BÊN B", "Trần Văn Minh"}}},
	{"long-appendix", "state-2020", func(l *paper.Layout) *paper.Paper { return longAppendix(l, 20) }, [][]string{
		{"BÁO CÁO"}, {"Nơi nhận:"}, {"Phụ lục I", "TRẠNG THÁI CÁC NHIỆM VỤ", "(Kèm theo Báo cáo số 115/BC-SKHCN ngày 15 tháng 12 năm 2026 của Sở Khoa học và Công nghệ)", "STT Nhiệm vụ Chủ trì"},
		{"2", "STT Nhiệm vụ Chủ trì"}, {"3", "STT Nhiệm vụ Chủ trì"}, {"Phụ lục II", "CÁCH TÍNH SỐ LIỆU"}}},
}

func TestThePapersAreWrittenAsTheGoldenFilesHoldThem(t *testing.T) {
	for _, s := range samples {
		_, all := parts(t, docx(t, s.make(layout(t, s.layout))))
		// a line for each paragraph, so that a difference can be read
		got := strings.NewReplacer("</w:p>", "</w:p>\n", "</w:tblGrid>", "</w:tblGrid>\n").Replace(all[inText])
		path := filepath.Join("testdata", s.name+".xml")
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
			t.Errorf("%s: %s", s.name, diff)
		}
	}
}

func TestLibreOfficePrintsThePapersAsAnOfficeIssuesThem(t *testing.T) {
	dir := t.TempDir()
	var files []string
	for _, s := range samples {
		path := filepath.Join(dir, s.name+".docx")
		if err := os.WriteFile(path, docx(t, s.make(layout(t, s.layout))), 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, path)
	}
	for i, pdf := range officetest.Convert(t, officetest.PDF, "", files...) {
		s := samples[i]
		pages := officetest.Pages(t, pdf)
		if len(pages) != len(s.pages) {
			t.Errorf("%s has %d pages, want %d", s.name, len(pages), len(s.pages))
			continue
		}
		for n, page := range pages {
			text := strings.Join(strings.Fields(page), " ")
			for _, want := range s.pages[n] {
				if !strings.Contains(text, want) {
					t.Errorf("%s, page %d does not show %q:\n%s", s.name, n+1, want, page)
				}
			}
			// the number stands alone above the text, but on first pages
			first, _, _ := strings.Cut(strings.TrimSpace(page), "\n")
			if begins := n == 0 || strings.HasPrefix(strings.TrimSpace(page), "Phụ lục"); begins == isNumber(first) {
				t.Errorf("%s, page %d begins with %q", s.name, n+1, first)
			}
		}
		pictures := officetest.Pictures(t, pdf)
		if len(pictures) != len(pages) {
			t.Errorf("%s was drawn on %d pages", s.name, len(pictures))
		}
		if s.name == "long-appendix" {
			width, height := sizeOf(t, pictures[2])
			if width <= height {
				t.Errorf("the appendix stands upright: %d x %d", width, height)
			}
		}
	}
}

func isNumber(s string) bool { return strings.Trim(strings.TrimSpace(s), "0123456789") == "" }

func sizeOf(t *testing.T, path string) (width, height int) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	c, err := png.DecodeConfig(f)
	if err != nil {
		t.Fatal(err)
	}
	return c.Width, c.Height
}

// TestADocumentThatLibreOfficeSavedIsReadLikeOurs holds the checker against another writer's DOCX.
func TestADocumentThatLibreOfficeSavedIsReadLikeOurs(t *testing.T) {
	l := layout(t, "state-2020")
	path := filepath.Join(t.TempDir(), "letter.docx")
	if err := os.WriteFile(path, docx(t, letter(l)), 0o600); err != nil {
		t.Fatal(err)
	}
	odt := officetest.Convert(t, "odt", "", path)[0]
	again := officetest.Convert(t, "docx", "", odt)[0]
	raw, err := os.ReadFile(again)
	if err != nil {
		t.Fatal(err)
	}
	if found := check(t, raw, l); len(found) > 0 {
		t.Errorf("%d findings", len(found))
		tell(t, found)
	}
}
