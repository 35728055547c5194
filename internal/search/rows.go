package search

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"chonoi/internal/fault"
	"chonoi/internal/lang"
)

// The files of a collection, by which the engine is judged. Each may also be packed: name.gz.
const (
	corpusFile  = "corpus.jsonl"  // {"id", "lang", "title", "text"}
	queriesFile = "queries.jsonl" // {"id", "lang", "text"}
	qrelsFile   = "qrels.tsv"     // query, document, grade
)

// longestRow is the longest line that is read of a collection, in bytes.
const longestRow = 8 << 20

// row is a line of the corpus or of the queries.
type row struct {
	ID    string   `json:"id"`
	Lang  lang.Tag `json:"lang"`
	Title string   `json:"title"`
	Text  string   `json:"text"`
}

// rowsOf reads a file of rows: each has an id of its own and a tongue.
func rowsOf(path string) ([]row, error) {
	var rows []row
	seen := map[string]bool{}
	err := eachLine(path, func(file string, n int, line []byte) error {
		var r row
		if err := json.Unmarshal(line, &r); err != nil || r.ID == "" || strings.ContainsAny(r.ID, "\t\r\n") {
			return badRow(file, n)
		}
		switch r.Lang {
		case lang.Vi, lang.En:
		case "":
			r.Lang = lang.Vi
		default:
			return badRow(file, n)
		}
		if seen[r.ID] {
			return fault.New(fault.Invalid, "search.same_id_twice", "File", file, "Line", n, "ID", cut(r.ID, 100))
		}
		seen[r.ID] = true
		rows = append(rows, r)
		return nil
	})
	if err == nil && len(rows) == 0 {
		err = fault.New(fault.Invalid, "search.file_empty", "File", filepath.Base(path))
	}
	return rows, err
}

// gradesOf reads the judgements: query -> document -> grade.
func gradesOf(path string) (map[string]map[string]float64, error) {
	grades := map[string]map[string]float64{}
	err := eachLine(path, func(file string, n int, line []byte) error {
		columns := strings.Split(strings.TrimRight(string(line), "\r"), "\t")
		if len(columns) != 3 || columns[0] == "" || columns[1] == "" {
			return badRow(file, n)
		}
		grade, err := strconv.ParseFloat(columns[2], 64)
		if err != nil || grade < -1000 || grade > 1000 || grade != grade {
			return badRow(file, n)
		}
		if grades[columns[0]] == nil {
			grades[columns[0]] = map[string]float64{}
		}
		grades[columns[0]][columns[1]] = grade
		return nil
	})
	return grades, err
}

func badRow(file string, n int) error {
	return fault.New(fault.Invalid, "search.bad_row", "File", file, "Line", n)
}

// eachLine calls do with each line of path, or of path.gz, that is not blank.
func eachLine(path string, do func(file string, n int, line []byte) error) error {
	in, file, err := opened(path)
	if err != nil {
		return fault.New(fault.NotFound, "search.file_missing", "File", file)
	}
	defer in.Close()
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 0, 64<<10), longestRow)
	n := 0
	for lines.Scan() {
		n++
		line := lines.Bytes()
		if n == 1 {
			line = []byte(strings.TrimPrefix(string(line), "\ufeff"))
		}
		if strings.TrimSpace(string(line)) == "" {
			continue
		}
		if err := do(file, n, line); err != nil {
			return err
		}
	}
	switch err := lines.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		return fault.New(fault.TooLarge, "search.row_too_long", "File", file, "Line", n+1)
	case err != nil:
		return badRow(file, n+1)
	}
	return nil
}

// opened opens path, or path.gz unpacked when there is no path; file is the name to tell.
func opened(path string) (in io.ReadCloser, file string, err error) {
	file = filepath.Base(path)
	f, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) && !strings.HasSuffix(path, ".gz") {
		if packed, missing := os.Open(path + ".gz"); missing == nil {
			f, err, path, file = packed, nil, path+".gz", file+".gz"
		}
	}
	if err != nil {
		return nil, file, err
	}
	if info, err := f.Stat(); err != nil || info.IsDir() {
		f.Close()
		return nil, file, errors.Join(err, os.ErrInvalid)
	}
	if !strings.HasSuffix(path, ".gz") {
		return f, file, nil
	}
	unpacked, err := gzip.NewReader(bufio.NewReader(f))
	if err != nil {
		f.Close()
		return nil, file, err
	}
	return packedFile{unpacked, f}, file, nil
}

type packedFile struct {
	*gzip.Reader
	file *os.File
}

func (p packedFile) Close() error { return errors.Join(p.Reader.Close(), p.file.Close()) }
