package reading_test

import (
	"bytes"
	"encoding/xml"
	"io"
	"os/exec"
	"strings"
	"testing"

	"chonoi/internal/programme/reading"
)

// element is what the tests look at in an XML file.
type element struct {
	XMLName xml.Name
	ID      string    `xml:"eId,attr"`
	Href    string    `xml:"href,attr"`
	Text    string    `xml:",chardata"`
	Kids    []element `xml:",any"`
}

func (e *element) each(see func(*element)) {
	see(e)
	for i := range e.Kids {
		e.Kids[i].each(see)
	}
}

func asAkomaNtoso(t *testing.T, p *reading.Plan) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := p.AkomaNtoso(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestThePlanGoesOutAsAkomaNtoso(t *testing.T) {
	p := seed(t)
	raw := asAkomaNtoso(t, p)
	var root element
	if err := xml.Unmarshal(raw, &root); err != nil {
		t.Fatal(err)
	}
	if root.XMLName.Space != "http://docs.oasis-open.org/legaldocml/ns/akn/3.0" || root.XMLName.Local != "akomaNtoso" {
		t.Errorf("%v", root.XMLName)
	}
	count, ids := map[string]int{}, map[string]bool{}
	root.each(func(e *element) {
		count[e.XMLName.Local]++
		if e.ID != "" && ids[e.ID] {
			t.Errorf("%s is there twice", e.ID)
		}
		ids[e.ID] = true
		if strings.HasPrefix(e.ID, "sec_") && e.XMLName.Local == "p" {
			count["clause"]++
		}
		if e.XMLName.Local == "ref" && !strings.HasPrefix(e.Href, "/akn/vn/doc/") {
			t.Errorf("ref to %q", e.Href)
		}
	})
	for name, n := range map[string]int{"section": 3, "paragraph": 13, "indent": 19, "clause": 63, "ref": 21, "preface": 1, "preamble": 1, "conclusions": 1} {
		if count[name] != n {
			t.Errorf("%d %s, not %d", count[name], name, n)
		}
	}
	if !ids["sec_II__para_5__indent_1__p_3"] {
		t.Error("II.5-1#3 is not sec_II__para_5__indent_1__p_3")
	}
}

func TestEveryPaperGoesOutAsWellFormedXML(t *testing.T) {
	for _, name := range []string{"dang-uy-phuong.txt", "chi-thi.txt", "xa-quet-anh.txt", "chuong-trinh.md"} {
		raw := asAkomaNtoso(t, readFile(t, "testdata/"+name))
		for d := xml.NewDecoder(bytes.NewReader(raw)); ; {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
		if lint, err := exec.LookPath("xmllint"); err == nil {
			command := exec.CommandContext(t.Context(), lint, "--noout", "-")
			command.Stdin = bytes.NewReader(raw)
			if said, err := command.CombinedOutput(); err != nil {
				t.Errorf("%s: %v %s", name, err, said)
			}
		}
	}
}
