package app_test

import (
	"bytes"
	"html"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"chonoi/internal/app"
	"chonoi/internal/db"
	"chonoi/internal/exchange/intake"
	"chonoi/internal/job"
)

const importFile = "Mã tin,Tên công nghệ,TRL\nN-1,Máy sàng lúa giống,6\nN-2,Máy cắt cỏ,mười hai\n"

// importDesk is an officer at the page of imports.
type importDesk struct {
	*testing.T
	s     *app.Server
	token string
}

func (d importDesk) ask(r *http.Request) *httptest.ResponseRecorder {
	d.Helper()
	r.AddCookie(&http.Cookie{Name: "chonoi", Value: d.token})
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	w := httptest.NewRecorder()
	d.s.Web.Handler().ServeHTTP(w, r)
	return w
}

// see opens a page that must hold the texts.
func (d importDesk) see(path string, texts ...string) string {
	d.Helper()
	w := d.ask(httptest.NewRequest(http.MethodGet, path, nil))
	body := html.UnescapeString(w.Body.String())
	if w.Code != http.StatusOK {
		d.Fatalf("%s: %d", path, w.Code)
	}
	if key := regexp.MustCompile(`\bimport\.[a-z_]{3,}`).FindString(body); key != "" {
		d.Errorf("%s says the key %s", path, key)
	}
	for _, text := range texts {
		if !strings.Contains(body, text) {
			d.Errorf("%s lacks %q", path, text)
		}
	}
	return body
}

func (d importDesk) post(path string, status int, values url.Values) *httptest.ResponseRecorder {
	d.Helper()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := d.ask(r)
	if w.Code != status {
		d.Fatalf("POST %s: %d, want %d", path, w.Code, status)
	}
	return w
}

func (d importDesk) send(status int, values map[string]string, text string) *httptest.ResponseRecorder {
	d.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, value := range values {
		_ = form.WriteField(name, value)
	}
	if text != "" {
		part, _ := form.CreateFormFile("file", "nguồn.csv")
		_, _ = part.Write([]byte(text))
	}
	form.Close()
	r := httptest.NewRequest(http.MethodPost, "/desk/imports", &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	w := d.ask(r)
	if w.Code != status {
		d.Fatalf("sent: %d, want %d", w.Code, status)
	}
	return w
}

// work does the imports that wait, as the house's work does.
func (d importDesk) work() {
	d.Helper()
	client, err := job.New(d.s.DB, []job.Kind{d.s.Intake.Work(d.s.DB, d.s.Words)}, nil, d.s.Log)
	if err != nil {
		d.Fatal(err)
	}
	if err := client.Start(d.Context()); err != nil {
		d.Fatal(err)
	}
	for state := intake.RunWaiting; state == intake.RunWaiting || state == intake.RunRunning; {
		err := d.s.DB.View(d.Context(), func(tx *db.Tx) error {
			list, err := d.s.Intake.Runs(tx, tx.Now, "", 1)
			state = list[0].State
			return err
		})
		if err != nil {
			d.Fatal(err)
		}
	}
	if err := client.Stop(d.Context()); err != nil {
		d.Fatal(err)
	}
}

func TestAnOfficerImportsAFileOnThePage(t *testing.T) {
	eachCity(t, func(t *testing.T, s *app.Server) {
		d := importDesk{t, s, enter(t, s, "canbo@so-khcn.example")}
		d.see("/desk/imports", "Gửi tệp mới", "Chưa có lần nhập nào")
		if body := d.send(422, map[string]string{"kind": "offer"}, importFile).Body.String(); !strings.Contains(body, `aria-invalid="true"`) {
			t.Error("a form without a source is not marked")
		}
		path := d.send(303, map[string]string{"kind": "offer", "source": "Thư viện mẫu"}, importFile).Header().Get("Location")
		d.see(path, "nguồn.csv", "Máy sàng lúa giống", "Bắt đầu nhập", "Lưu cách ghép này cho các tệp sau của nguồn Thư viện mẫu")
		d.see("/en"+path, "Start the import", "Id of the row at the source")
		twice := url.Values{"map.0": {"id"}, "map.1": {"title_vi"}, "map.2": {"title_vi"}}
		if body := d.post(path, 422, twice).Body.String(); !strings.Contains(body, `id="map-2-e"`) {
			t.Error("a field that is filled twice is not marked")
		}
		right := url.Values{"map.0": {"id"}, "map.1": {"title_vi"}, "map.2": {"trl"}, "remember": {"1"}}
		d.post(path, 303, right)
		d.post(path+"/trial", 303, right)
		if body := d.see(path, "Sắp bắt đầu", `role="status"`, `hx-trigger="every 1s"`, "Xem lại tiến độ"); strings.Contains(body, "http-equiv") {
			t.Error("the page reloads by itself")
		}
		d.work()
		d.see(path, "chưa có gì thay đổi")
		d.post(path+"/start", 303, right)
		d.work()
		body := d.see(path, "Đã nhập hết tệp", "Tải các dòng lỗi")
		if strings.Contains(body, "every 1s") {
			t.Error("a page of an import that has ended still asks")
		}
		book := d.ask(httptest.NewRequest(http.MethodGet, path+"/errors.xlsx", nil))
		if book.Code != 200 || !strings.HasPrefix(book.Body.String(), "PK") || !strings.Contains(book.Header().Get("Content-Disposition"), "errors.xlsx") {
			t.Errorf("the workbook of bad rows: %d %v", book.Code, book.Header())
		}
		d.see("/desk/imports", "Thư viện mẫu", "nguồn.csv", "Xong")
		d.see("/en/desk/imports", "Done")
	})
}

func TestThePageOfAnImportThatEndsIsOpenedAnew(t *testing.T) {
	s := city(t, "sqlite")
	d := importDesk{t, s, enter(t, s, "canbo@so-khcn.example")}
	path := d.send(303, map[string]string{"kind": "need", "source": "Nhu cầu ngoài"}, importFile).Header().Get("Location")
	d.post(path+"/start", 303, url.Values{"map.0": {"id"}, "map.1": {"title_vi"}})
	poll := func() *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.Header.Set("HX-Request", "true")
		r.Header.Set("HX-Target", "import-progress")
		return d.ask(r)
	}
	if again := poll().Header().Get("HX-Refresh"); again != "" {
		t.Error("it is opened anew while it waits")
	}
	d.post(path+"/stop", 303, nil)
	if again := poll().Header().Get("HX-Refresh"); again != "true" {
		t.Error("it is not opened anew when it was stopped")
	}
	d.see(path, "Đã dừng")
}
