package route

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/when"
)

// What is read at most, so that a file cannot keep the machine.
const (
	mostFile  = 4 << 20 // bytes
	mostFiles = 200     // of an edition
	mostRows  = 20_000  // of a file
	mostCell  = 4_000   // bytes
	mostAmiss = 100     // faults that are told
)

// tail are the columns with which every file ends.
var tail = []string{"article", "trust", "source", "valid_from", "valid_to", "legal_basis"}

var codeForm = regexp.MustCompile(`^[a-z0-9][a-z0-9_.-]{0,63}$`)

// reader reads tables and gathers what is amiss with them.
type reader struct {
	amiss *fault.Fault
	told  map[string]map[string][]Article // rows read of each table, by code
}

func newReader() *reader {
	return &reader{fault.New(fault.Invalid, "route.files_amiss"), map[string]map[string][]Article{}}
}

func (r *reader) remember(table, code string, a Article) {
	if r.told[table] == nil {
		r.told[table] = map[string][]Article{}
	}
	r.told[table][code] = append(r.told[table][code], a)
}

// fault returns what is amiss, or nothing.
func (r *reader) fault() error { return r.amiss.OrNil() }

func (r *reader) at(file string, line int, key string, args ...any) {
	if len(r.amiss.Fields) < mostAmiss {
		args = append([]any{"File", file, "Line", strconv.Itoa(line)}, args...)
		r.amiss.At(file+":"+strconv.Itoa(line), key, args...)
	}
}

// row is one line of a table; asking a cell for what it is not is noted as amiss.
type row struct {
	r     *reader
	file  string
	line  int
	cells map[string]string
}

func (o row) amiss(key string, args ...any) { o.r.at(o.file, o.line, key, args...) }

// rows reads a table whose header is the columns given, and after them those of the tail.
func (r *reader) rows(file string, data []byte, columns ...string) []row {
	columns = append(slices.Clone(columns), tail...)
	if !utf8.Valid(data) {
		r.at(file, 1+bytes.Count(data[:firstBroken(data)], []byte("\n")), "route.row_utf8")
		return nil
	}
	lines := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	lines.FieldsPerRecord = len(columns)
	if header, err := lines.Read(); err != nil || !slices.Equal(header, columns) {
		r.at(file, 1, "route.row_header", "Columns", strings.Join(columns, ","))
		return nil
	}
	var all []row
	for {
		cells, err := lines.Read()
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil || len(all) >= mostRows {
			r.at(file, lineOf(lines, cells, err), "route.row_unreadable")
			return all
		}
		line, _ := lines.FieldPos(0)
		o := row{r, file, line, map[string]string{}}
		for i, name := range columns {
			if len(cells[i]) > mostCell {
				o.amiss("route.row_long", "Column", name)
				cells[i] = ""
			}
			o.cells[name] = lang.Clean(cells[i])
		}
		all = append(all, o)
	}
}

func lineOf(lines *csv.Reader, cells []string, err error) int {
	var broken *csv.ParseError
	if errors.As(err, &broken) {
		return broken.Line
	}
	if len(cells) > 0 {
		line, _ := lines.FieldPos(0)
		return line
	}
	return 1
}

func firstBroken(data []byte) int {
	at := 0
	for at < len(data) {
		r, n := utf8.DecodeRune(data[at:])
		if r == utf8.RuneError && n == 1 {
			break
		}
		at += n
	}
	return at
}

// code returns the row's code.
func (o row) code() string {
	code := o.cells["code"]
	if !codeForm.MatchString(code) {
		o.amiss("route.row_code", "Value", short(code))
	}
	return code
}

// both returns the row's name, which must be told in both tongues.
func (o row) both() lang.Both {
	name := lang.Both{Vi: o.cells["vi"], En: o.cells["en"]}
	if name.Vi == "" || name.En == "" {
		o.amiss("route.row_one_tongue")
	}
	return name
}

// word returns a cell that must be one of some words.
func (o row) word(column string, known ...string) string {
	cell := o.cells[column]
	if !slices.Contains(known, cell) {
		o.amiss("route.row_word", "Column", column, "Value", short(cell), "Known", strings.Join(known, ", "))
	}
	return cell
}

// number returns a cell that must be a number of a range.
func (o row) number(column string, least, most int) int {
	n, err := strconv.Atoi(o.cells[column])
	if err != nil || n < least || n > most {
		o.amiss("route.row_number", "Column", column, "Value", short(o.cells[column]), "Least", strconv.Itoa(least), "Most", strconv.Itoa(most))
	}
	return n
}

// day returns a cell that must be a day, or empty.
func (o row) day(column string) when.Day {
	day, err := when.ParseDay(o.cells[column])
	if err != nil {
		o.amiss("route.row_day", "Value", short(o.cells[column]))
	}
	return day
}

// article returns what the row rests on.
func (o row) article() Article {
	a := Article{Number: o.cells["article"], Source: o.cells["source"], Trust: oneOf(o, "trust", trusts),
		From: o.day("valid_from"), To: o.day("valid_to")}
	vi, en, ok := strings.Cut(o.cells["legal_basis"], " / ")
	if !ok || vi == "" || en == "" || strings.Contains(en, " / ") {
		o.amiss("route.row_basis")
	}
	a.Basis = lang.Both{Vi: strings.TrimSpace(vi), En: strings.TrimSpace(en)}
	if !a.To.Zero() && a.To.Before(a.From) {
		o.amiss("route.row_ends_before")
	}
	if a.Source == "" {
		o.amiss("route.row_source")
	}
	return a
}

// oneOf returns a cell that must be one of some words of a type.
func oneOf[T ~string](o row, column string, known []T) T {
	return T(o.word(column, texts(known)...))
}

// setOf returns a cell that is * for any, or words of a type with | between.
func setOf[T ~string](o row, column string, known []T) []T {
	if o.cells[column] == "*" {
		return nil
	}
	var set []T
	for _, one := range strings.Split(o.cells[column], "|") {
		one = strings.TrimSpace(one)
		if !slices.Contains(known, T(one)) {
			o.amiss("route.row_word", "Column", column, "Value", short(one), "Known", strings.Join(append([]string{"*"}, texts(known)...), ", "))
			return set
		}
		set = append(set, T(one))
	}
	return set
}

// yesNo returns a cell that is yes, no, or * for either.
func (o row) yesNo(column string) []bool {
	switch o.word(column, "yes", "no", "*") {
	case "yes":
		return []bool{true}
	case "no":
		return []bool{false}
	}
	return nil
}

func texts[T ~string](words []T) []string {
	all := make([]string, len(words))
	for i, w := range words {
		all[i] = string(w)
	}
	return all
}

// short cuts a cell to what a message can show.
func short(s string) string {
	if runes := []rune(s); len(runes) > 60 {
		return string(runes[:60]) + "…"
	}
	return s
}

// csvOf lists the tables of a folder, in alphabetic order; none when there is no such folder.
func csvOf(files fs.FS, folder string) ([]string, error) {
	all, err := fs.ReadDir(files, folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the folder %s: %w", folder, err)
	}
	var names []string
	for _, one := range all {
		if !one.IsDir() && path.Ext(one.Name()) == ".csv" {
			names = append(names, path.Join(folder, one.Name()))
		}
	}
	if len(names) > mostFiles {
		return nil, fault.New(fault.TooLarge, "route.files_many", "Most", mostFiles)
	}
	return names, nil
}

func readLimited(files fs.FS, name string) ([]byte, error) {
	file, err := files.Open(name)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", name, err)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, mostFile+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	if len(data) > mostFile {
		return nil, fault.New(fault.TooLarge, "route.file_large", "File", name, "Megabytes", mostFile>>20)
	}
	return data, nil
}
