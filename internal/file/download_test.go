package file

import (
	"mime"
	"strings"
	"testing"
)

func TestAFileIsHandedOutUnderItsOwnNameAndCannotRun(t *testing.T) {
	for _, c := range []struct{ name, ext, way, want string }{
		{"Báo cáo quý 3.pdf", "pdf", "inline", "Báo cáo quý 3.pdf"},
		{"Báo cáo.docx", "docx", "attachment", "Báo cáo.docx"},
		{"ảnh.JPG", "jpeg", "inline", "ảnh.jpeg"},
		{"evil.html", "txt", "attachment", "evil.html.txt"},
		{`..\..\windows\a.csv`, "csv", "attachment", "a.csv"},
		{"../../etc/passwd", "txt", "attachment", "passwd.txt"},
		{"a\"; filename=evil.exe\r\nX: y.pdf", "pdf", "inline", "a-; filename=evil.exe-X- y.pdf"},
		{"\u202egpj.exe", "png", "inline", "gpj.exe.png"},
		{"", "txt", "attachment", "file.txt"},
		{strings.Repeat("dài ", 100) + ".txt", "txt", "attachment", strings.TrimSpace(strings.Repeat("dài ", 30)) + ".txt"},
	} {
		headers := DownloadHeaders(Stored{SHA256: "ab", MIME: "x/y", Ext: c.ext}, c.name)
		for key, value := range headers {
			if strings.ContainsAny(value, "\r\n") {
				t.Errorf("%q: line end in %s", c.name, key)
			}
		}
		way, params, err := mime.ParseMediaType(headers["Content-Disposition"])
		if err != nil || way != c.way || params["filename"] != c.want {
			t.Errorf("%q: %s %q, not %q (%v)", c.name, way, params["filename"], c.want, err)
		}
		if c.ext != "pdf" && !strings.Contains(headers["Content-Security-Policy"], "sandbox") {
			t.Errorf("%q may run", c.name)
		}
	}
	if got := DownloadHeaders(Stored{MIME: "text/csv", Ext: "csv"}, "a")["Content-Type"]; got != "text/csv; charset=utf-8" {
		t.Error(got)
	}
}
