package app_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"io"
	"net/url"
	"strings"
	"testing"
	"time"

	"chonoi/internal/app"
)

// folder reads the files of a ZIP.
func folder(t *testing.T, raw string) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]byte{}
	for _, one := range z.File {
		file, err := one.Open()
		if err != nil {
			t.Fatal(err)
		}
		if all[one.Name], err = io.ReadAll(file); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// The folder for the registration holds the signed contract to the byte, the data of the application and
// the term sheet, and a list whose digests are those of the files; that it left is told to the side whose
// document it is. Whoever is no side gets none of the papers.
func TestTheFolderForTheRegistrationHoldsWhatItsListTells(t *testing.T) {
	eachCity(t, func(t *testing.T, s *app.Server) {
		seller, buyer, outsider := somebody(t, s, "quanly@song-hau.example"), somebody(t, s, "muahang@ben-nuoc.example"), somebody(t, s, "phuong@ben-ninh.example")
		room := "/deals/" + someID(t, s, "deal", "state = 'registration_due'")
		files := folder(t, buyer.call("GET", room+"/registration.zip", nil, 200))
		list := files["danh-muc.csv"]
		rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(list, []byte("\ufeff")))).ReadAll()
		if err != nil || len(rows) != len(files) {
			t.Fatalf("the list: %v, %d rows for %d files", err, len(rows), len(files))
		}
		for _, row := range rows[1:] {
			sum := sha256.Sum256(files[row[0]])
			if hex.EncodeToString(sum[:]) != row[3] {
				t.Errorf("%s is not what the list tells", row[0])
			}
		}
		if files["hop-dong/hop-dong-da-ky.docx"] == nil {
			t.Errorf("there is no contract: %v", rows)
		}
		data := string(folder(t, string(files["01-du-lieu-ho-so.docx"]))["word/document.xml"])
		for _, words := range []string{"Camera nổi, phần mềm ước khối lượng", "Viện Công nghệ Sau thu hoạch Sông Hậu", "480 triệu đồng", "SHA-256", "Thành phần hồ sơ"} {
			if !strings.Contains(data, words) {
				t.Errorf("the data of the application do not tell %q", words)
			}
		}
		if page := seller.call("GET", room, nil, 200); !strings.Contains(page, "Phạm Thị Sen") || !strings.Contains(page, "bên kia mở 1 lần") {
			t.Error("the side whose contract left in a folder is not told")
		}
		for _, path := range []string{"/registration.zip", "/encouraged.zip", "/report.docx", "/sheet.docx", "/performance", "/experts"} {
			outsider.call("GET", room+path, nil, 404)
		}
		buyer.call("GET", room+"/encouraged.zip", nil, 409)
		buyer.call("GET", "/deals/"+someID(t, s, "deal", "state = 'begun'")+"/report.docx", nil, 409)
	})
}

// What happens after the signatures is kept by the pages, and told by the report that both sides confirm.
func TestThePagesFollowTheHandOverThePaymentsAndTheSurvey(t *testing.T) {
	eachCity(t, func(t *testing.T, s *app.Server) {
		seller, buyer, officer := somebody(t, s, "quanly@song-hau.example"), somebody(t, s, "muahang@ben-nuoc.example"), somebody(t, s, "canbo@so-khcn.example")
		today := time.Now().In(time.FixedZone("", 7*3600)).Format("2006-01-02")
		room := "/deals/" + someID(t, s, "deal", "state = 'completed'") + "/performance"
		buyer.call("POST", room+"/survey", url.Values{"months": {"6"}, "producing": {"yes"}, "since": {today}, "revenue": {"1.250.000.000"}, "jobs": {"bảy"}}, 422)
		buyer.call("POST", room+"/survey", url.Values{"months": {"6"}, "producing": {"yes"}, "since": {today}, "revenue": {"1.250.000.000"}, "jobs": {"7"}}, 303)
		year := seller.call("GET", room, nil, 200)
		if !strings.Contains(year, "1.250.000.000") || !strings.Contains(year, "64.500.000") {
			t.Error("the survey or the report is not shown to the other side")
		}
		seller.call("POST", room+"/report-agreement", url.Values{"year": {hidden(year, "year")}, "sum": {"64,500,001"}}, 422)
		seller.call("POST", room+"/report-agreement", url.Values{"year": {hidden(year, "year")}, "sum": {hidden(year, "sum")}}, 303)
		buyer.call("POST", room+"/payment", url.Values{"item": {"instalment-2"}, "paid_on": {today}, "paper": {"UNC 0999"}}, 303)
		seller.call("POST", room+"/receipt", url.Values{"item": {"instalment-2"}}, 303)
		officer.call("POST", room+"/receipt", url.Values{"item": {"instalment-2"}}, 403)
		officer.call("GET", room, nil, 200)
		report := string(folder(t, seller.call("GET", strings.TrimSuffix(room, "/performance")+"/report.docx", nil, 200))["word/document.xml"])
		for _, words := range []string{"UNC 0999", "1.250.000.000", "Lắp đặt, chạy thử", "ĐẠI DIỆN BÊN NHẬN"} {
			if !strings.Contains(report, words) {
				t.Errorf("the report does not tell %q", words)
			}
		}
		folder(t, buyer.call("GET", strings.TrimSuffix(room, "/performance")+"/encouraged.zip", nil, 200))

		talk := "/deals/" + someID(t, s, "deal", "state = 'negotiating'") + "/experts"
		buyer.call("POST", talk+"/valuation", url.Values{"by": {"Công ty Thẩm định giá Bến Ninh"}, "valued_on": {today}, "method": {"income"}, "assumptions": {"Dòng tiền 8 năm"}, "low": {"600.000.000"}, "high": {"500"}}, 422)
		buyer.call("POST", talk+"/valuation", url.Values{"by": {"Công ty Thẩm định giá Bến Ninh"}, "valued_on": {today}, "method": {"income"}, "assumptions": {"Dòng tiền 8 năm"}, "low": {"600.000.000"}, "high": {"820.000.000"}}, 303)
		seller.call("POST", talk+"/evaluation", url.Values{"by": {"TS. Mai"}, "evaluated_on": {today}, "examined": {"Chạy thử"}, "findings": {"Đạt"}, "verdict": {"fit"}}, 303)
		if page := seller.call("GET", talk, nil, 200); !strings.Contains(page, "600.000.000 – 820.000.000") || !strings.Contains(page, "TS. Mai") {
			t.Error("the valuation is not shown to the other side")
		}
	})
}

// hidden returns the value of a hidden field of a page.
func hidden(page, name string) string {
	_, rest, _ := strings.Cut(page, `name="`+name+`" value="`)
	value, _, _ := strings.Cut(rest, `"`)
	return value
}
