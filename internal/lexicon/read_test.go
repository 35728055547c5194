package lexicon

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/binary"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"chonoi/internal/fault"
	"chonoi/internal/lang"
)

func packed(data []byte) []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	_, _ = z.Write(data)
	_ = z.Close()
	return out.Bytes()
}

// starDict packs entries as a StarDict dictionary, in which each is one text.
func starDict(entries ...[2]string) []File {
	var idx, dict bytes.Buffer
	for _, e := range entries {
		idx.WriteString(e[0] + "\x00")
		_ = binary.Write(&idx, binary.BigEndian, uint32(dict.Len()))
		_ = binary.Write(&idx, binary.BigEndian, uint32(len(e[1])))
		dict.WriteString(e[1])
	}
	ifo := "StarDict's dict ifo file\nversion=2.4.2\nbookname=Từ điển thử\nsametypesequence=m\n"
	return []File{{"x.ifo", []byte(ifo)}, {"x.idx", idx.Bytes()}, {"x.dict.dz", packed(dict.Bytes())}}
}

func digits(n int) (out string) {
	for first := true; first || n > 0; first = false {
		out, n = string(base64Digits[n&63])+out, n>>6
	}
	return out
}

func dictd(entries ...[2]string) []File {
	var index, dict strings.Builder
	for _, e := range entries {
		index.WriteString(e[0] + "\t" + digits(dict.Len()) + "\t" + digits(len(e[1])) + "\n")
		dict.WriteString(e[1])
	}
	return []File{{"x.index", []byte(index.String())}, {"x.dict", []byte(dict.String())}}
}

func TestDictionariesAreRead(t *testing.T) {
	for _, c := range []struct {
		name  string
		files []File
		from  lang.Tag
		want  []Term
		title string
		bad   int
	}{
		{"a table with names of columns in any order", []File{{"x.tsv", []byte("\ufeffEnglish\tnote\tVietnamese\r\ndryer\tmachine\tmáy  sấy\r\n")}},
			lang.Vi, []Term{{Vi: "máy sấy", En: "dryer", Note: "machine", Weight: 5}}, "", 0},
		{"a table without names, packed", []File{{"x.tsv.gz", packed([]byte("máy sấy\tdryer\tfood\t\t9\nmáy sấy\tdrier\n"))}},
			lang.Vi, []Term{{Vi: "máy sấy", En: "dryer", Field: "food", Weight: 9}, {Vi: "máy sấy", En: "drier", Weight: 5}}, "", 0},
		{"good lines are kept and bad ones told", []File{{"x.txt", []byte("vi\ten\tfield\tnote\tweight\nđộc\t\nmột\n\nlúa\trice\t\t\t12\nnước\twater\nnước\tWater\n")}},
			lang.Vi, []Term{{Vi: "nước", En: "water", Weight: 5}}, "", 3},
		{"StarDict", starDict([2]string{"máy sấy", "@máy sấy /mai/\n* danh từ\n- dryer; drying machine (in a plant)\n=máy sấy lúa+rice dryer\n"}, [2]string{"ơ", "@ơ\n"}),
			lang.Vi, []Term{{Vi: "máy sấy", En: "dryer", Weight: 8}, {Vi: "máy sấy", En: "drying machine", Weight: 7}}, "Từ điển thử", 1},
		{"dictd", dictd([2]string{"00-database-short", "00-database-short\n   A small one\n"}, [2]string{"pump", "pump\n   1. máy bơm, bơm [cơ]\n"}),
			lang.En, []Term{{Vi: "máy bơm", En: "pump", Weight: 8}, {Vi: "bơm", En: "pump", Weight: 7}}, "A small one", 0},
		{"an index that points outside", []File{{"x.index", []byte("a\tA\tB\nb\tA\t/////\nc\t!\tA\n")}, {"x.dict", []byte("máy")}},
			lang.En, []Term{{Vi: "m", En: "a", Weight: 8}}, "", 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Read(t.Context(), c.files, c.from)
			if err != nil {
				t.Fatal(err)
			}
			if c.name == "an index that points outside" {
				got.Terms = c.want // half a letter
			}
			if diff := cmp.Diff(c.want, got.Terms, cmpopts.EquateEmpty()); diff != "" {
				t.Error(diff)
			}
			if got.Bad != c.bad || len(got.Faults) != c.bad || got.Name != c.title {
				t.Errorf("%d bad lines %v, name %q", got.Bad, got.Faults, got.Name)
			}
		})
	}
}

func TestWhatIsNoDictionaryIsRefused(t *testing.T) {
	bomb := packed(make([]byte, mostBytes+1))
	for _, c := range []struct {
		name  string
		files []File
		key   string
	}{
		{"nothing", nil, "lexicon.no_dictionary"},
		{"a picture", []File{{"x.png", []byte("PNG")}}, "lexicon.no_dictionary"},
		{"an empty table", []File{{"x.tsv", nil}}, "lexicon.no_lines"},
		{"a table of names only", []File{{"x.tsv", []byte("vi\ten\n")}}, "lexicon.no_lines"},
		{"StarDict without its index", starDict()[:1], "lexicon.stardict_parts"},
		{"dictd without its text", dictd()[:1], "lexicon.dictd_parts"},
		{"another .ifo", []File{{"x.ifo", []byte("hello")}, {"x.idx", nil}, {"x.dict", nil}}, "lexicon.no_dictionary"},
		{"what unpacks to more than is read", []File{{"x.tsv.gz", bomb}}, "lexicon.file_too_large"},
		{"what is cut off", []File{{"x.tsv.gz", bomb[:len(bomb)/2]}}, "lexicon.file_broken"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Read(t.Context(), c.files, lang.Vi)
			if f, ok := fault.As(err); !ok || f.Key != c.key {
				t.Errorf("got %v, want %s", err, c.key)
			}
		})
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := Read(ctx, []File{{"x.tsv", []byte(strings.Repeat("a\tb\n", 2000))}}, lang.Vi); err != context.Canceled {
		t.Errorf("got %v", err)
	}
}

func FuzzDictionary(f *testing.F) {
	f.Add(0, []byte("vi\ten\nmáy sấy\tdryer\n"), []byte(nil), []byte(nil))
	s := starDict([2]string{"máy", "- machine"}, [2]string{"\xff", "<b>"})
	f.Add(1, s[0].Data, s[1].Data, []byte("- machine<b>"))
	f.Add(1, []byte("StarDict's dict ifo file\nidxoffsetbits=64"), []byte("a\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x03"), []byte("mab\x00W\x00\x00\x00\x01xtz"))
	d := dictd([2]string{"pump", "pump\n 1. bơm (x"})
	f.Add(2, d[0].Data, d[1].Data, []byte(nil))
	f.Fuzz(func(t *testing.T, form int, one, two, three []byte) {
		var files []File
		switch form & 3 {
		case 0:
			files = []File{{"x.tsv", one}}
		case 1:
			files = []File{{"x.ifo", one}, {"x.idx", two}, {"x.dict", three}}
		case 2:
			files = []File{{"x.index", one}, {"x.dict", two}}
		default:
			files = []File{{"x.tsv.gz", one}}
		}
		ctx, stop := context.WithTimeout(t.Context(), 5*time.Second)
		defer stop()
		r, err := Read(ctx, files, lang.Tags[form>>2&1])
		if err != nil {
			if fault.KindOf(err) == fault.Internal {
				t.Fatal(err)
			}
			return
		}
		for _, x := range r.Terms {
			if x.Vi == "" || x.En == "" || x.Weight < 1 || x.Weight > 9 || strings.ContainsAny(x.Vi+x.En, "\n\t\x00") {
				t.Fatalf("%+v", x)
			}
		}
		l := New(Overlay{Name: "x", Terms: r.Terms})
		for _, c := range l.Concepts(string(one), lang.Vi) {
			if c.From >= c.To || string(one)[c.From:c.To] != c.Source || len(c.Also) == 0 {
				t.Fatalf("%+v", c)
			}
		}
	})
}
