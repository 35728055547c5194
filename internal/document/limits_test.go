package document_test

import (
	"bufio"
	"compress/gzip"
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"

	"chonoi/internal/document"
	"chonoi/internal/fault"
)

// endless gives one byte for so many times.
type endless struct {
	char byte
	left int
}

func (e *endless) Read(p []byte) (int, error) {
	n := min(len(p), e.left)
	for i := range p[:n] {
		p[i] = e.char
	}
	if e.left -= n; n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

// ending reads a table to the error that ends it.
func ending(name string, r io.Reader, o document.Options) error {
	table, err := document.OpenTable(name, r, o)
	if err != nil {
		return err
	}
	defer func() { _ = table.Close() }()
	var amiss *document.RowFault
	for err == nil || errors.As(err, &amiss) {
		_, err = table.Next()
	}
	return err
}

func gzipped(r io.Reader) io.Reader {
	out, in := io.Pipe()
	go func() {
		buffered := bufio.NewWriterSize(in, 1<<16)
		w, _ := gzip.NewWriterLevel(buffered, gzip.BestSpeed)
		_, _ = io.Copy(w, r)
		_ = w.Close()
		_ = in.CloseWithError(buffered.Flush())
	}()
	return out
}

func TestATextThatCostsTooMuchIsRefusedInLittleMemory(t *testing.T) {
	const gigabyte = 1 << 30
	wide := strings.Repeat("c,", 100_000) + "c\n"
	cases := map[string]struct {
		name string
		r    io.Reader
		o    document.Options
		key  string
	}{
		"a line of a gigabyte of CSV":      {"a.csv", io.MultiReader(strings.NewReader("a,b\n"), &endless{'x', gigabyte}), document.Options{}, "document.line_without_end"},
		"a header of a gigabyte":           {"a.csv", &endless{'x', gigabyte}, document.Options{}, "document.line_without_end"},
		"an open quote of a gigabyte":      {"a.csv", io.MultiReader(strings.NewReader("a,b\n\""), &endless{'x', gigabyte}), document.Options{}, "document.line_without_end"},
		"a line of a gigabyte of JSONL":    {"a.jsonl", io.MultiReader(strings.NewReader("{\"a\":\""), &endless{'x', gigabyte}), document.Options{}, "document.line_without_end"},
		"a packed bomb":                    {"a.csv.gz", gzipped(io.MultiReader(strings.NewReader("a,b\n"), &endless{'\n', 16 * gigabyte})), document.Options{Limits: document.Limits{Rows: gigabyte}}, "document.unpacks_too_large"},
		"a packed line without end":        {"a.csv.gz", gzipped(&endless{'x', gigabyte}), document.Options{}, "document.line_without_end"},
		"a header of 100,000 columns":      {"a.csv", strings.NewReader(wide), document.Options{}, "document.too_many_columns"},
		"JSONL of ever new keys":           {"a.jsonl", manyKeys(1000), document.Options{}, "document.too_many_columns"},
		"empty lines only":                 {"a.csv", io.MultiReader(strings.NewReader("a,b\n"), &endless{'\n', gigabyte}), document.Options{}, "document.too_many_rows"},
		"a file past its size":             {"a.csv", io.MultiReader(strings.NewReader("a,b\n"), &endless{'\n', gigabyte}), document.Options{Limits: document.Limits{Bytes: 1 << 20}}, "document.too_large"},
		"unpacked past its size":           {"a.csv.gz", gzipped(io.MultiReader(strings.NewReader("a,b\n"), &endless{'\n', 9 << 20})), document.Options{Limits: document.Limits{Unpacked: 8 << 20, Rows: gigabyte}}, "document.unpacks_too_large"},
		"rows past their number, also bad": {"a.csv", strings.NewReader("a,b\n" + strings.Repeat("1,2\n1\n", 600)), document.Options{Limits: document.Limits{Rows: 1000}}, "document.too_many_rows"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			err := ending(c.name, c.r, c.o)
			runtime.ReadMemStats(&after)
			if f, told := fault.As(err); !told || f.Kind != fault.TooLarge || f.Key != c.key {
				t.Errorf("ended with %v, wanted %s", err, c.key)
			}
			if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 64 {
				t.Errorf("took %d MB of memory", used)
			}
		})
	}
}

func manyKeys(n int) io.Reader {
	var b strings.Builder
	for i := range n {
		b.WriteString(`{"k` + strings.Repeat("x", i) + "\": 1}\n")
	}
	return strings.NewReader(b.String())
}

func TestManyOpenQuotesCostNoMoreThanTheFile(t *testing.T) {
	for _, line := range []string{"\"a\n", "a,\"\"\"\n", "\"\"x\n", "a,\"b\"\"\n", "\"\n"} {
		content := "a,b\n" + strings.Repeat(line, (8<<20)/len(line))
		if err := ending("a.csv", strings.NewReader(content), document.Options{Limits: document.Limits{Rows: 10 << 20}}); err != io.EOF {
			t.Errorf("%q: %v", line, err)
		}
	}
}
