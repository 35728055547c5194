package watermark_test

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
)

// unpacked is a PDF with its streams unpacked behind it, to look for what it says.
func unpacked(t testing.TB, raw []byte) []byte {
	t.Helper()
	all := bytes.Clone(raw)
	for rest := raw; ; {
		_, after, ok := bytes.Cut(rest, []byte("stream\n"))
		if !ok {
			return all
		}
		if r, err := zlib.NewReader(bytes.NewReader(after)); err == nil {
			content, _ := io.ReadAll(r)
			all = append(all, content...)
		}
		rest = after
	}
}

// shifted moves the places that the table of a PDF tells.
func shifted(raw []byte, by int) []byte {
	raw = regexp.MustCompile(`\d{10} 00000 n`).ReplaceAllFunc(raw, func(row []byte) []byte {
		at, _ := strconv.Atoi(string(row[:10]))
		return fmt.Appendf(nil, "%010d 00000 n", at+by)
	})
	return regexp.MustCompile(`startxref\n\d+`).ReplaceAllFunc(raw, func(end []byte) []byte {
		at, _ := strconv.Atoi(string(end[len("startxref\n"):]))
		return fmt.Appendf(nil, "startxref\n%d", at+by)
	})
}

// lockedWith encrypts a PDF; with no password it opens, but tells that it is not to be changed.
func lockedWith(t testing.TB, raw []byte, password string) []byte {
	t.Helper()
	var out bytes.Buffer
	model.ConfigPath = "disable"
	how := model.NewAESConfiguration(password, "chủ", 256)
	how.Cmd = model.ENCRYPT
	file, err := pdfcpu.Read(bytes.NewReader(raw), how)
	if err != nil {
		t.Fatal(err)
	}
	file.Write.Writer = bufio.NewWriter(&out)
	if err := errors.Join(pdfcpu.WriteContext(file), file.Write.Flush()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
