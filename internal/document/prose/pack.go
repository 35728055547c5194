package prose

import (
	"archive/zip"
	"context"
	"encoding/xml"
	"io"
	"path"
	"strings"

	"chonoi/internal/fault"
)

// No free library for DOCX is well kept, and what we need is not the file but what Word displays of
// it: numbers counted, changes accepted, fields with their results. So we stream the parts with
// encoding/xml, as package document does with sheets.

// What a DOCX may hold beside the bounds of Read.
const (
	mostDirectory  = 8 << 20  // bytes of the zip directory
	mostPart       = 24 << 20 // bytes of one part once it is unpacked
	mostUnpacked   = 28 << 20 // of all parts that are read: a second of work
	mostRatio      = 300      // what packed bytes may swell to; real text stays below 40
	ratioFreeBytes = 2 << 20  // a part up to here may swell as it likes
)

// pack is an opened DOCX file: parts in a zip, that name each other.
type pack struct {
	ctx   context.Context
	files map[string]*zip.File // by lower-case name
	left  int64                // bytes that may still be unpacked
	main  string               // the part that holds the text
	parts map[string]string    // other parts by the last word of their relation
}

// openPack finds the parts of a file that begins as a zip.
func openPack(ctx context.Context, r io.ReaderAt, size int64) (*pack, error) {
	if size > MostDocxBytes {
		return nil, fault.New(fault.TooLarge, "prose.too_large", "Most", MostDocxBytes>>20)
	}
	door := &bounded{at: r, left: mostDirectory}
	archive, err := zip.NewReader(door, size)
	if _, refused := fault.As(err); refused {
		return nil, err
	}
	if err != nil {
		return nil, broken()
	}
	door.left = 1 << 62
	k := &pack{ctx: ctx, files: make(map[string]*zip.File, len(archive.File)), left: mostUnpacked, parts: map[string]string{}}
	for _, f := range archive.File {
		name := strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/"))
		if _, twice := k.files[name]; twice && !strings.HasSuffix(name, "/") {
			return nil, broken() // which of the two is meant cannot be told
		}
		k.files[name] = f
	}
	return k, k.findParts()
}

// bounded stops reading a zip directory that is larger than that of any document.
type bounded struct {
	at   io.ReaderAt
	left int64
}

func (b *bounded) ReadAt(p []byte, off int64) (int, error) {
	if b.left -= int64(len(p)); b.left < 0 {
		return 0, fault.New(fault.TooLarge, "prose.part_too_large")
	}
	return b.at.ReadAt(p, off)
}

// findParts finds the part that holds the text and those that it names.
func (k *pack) findParts() error {
	err := k.relations("_rels/.rels", func(kind, target string) {
		if kind == "officeDocument" && k.main == "" {
			k.main = strings.TrimPrefix(path.Clean("/"+target), "/")
		}
	})
	if err != nil {
		return err
	}
	if k.main == "" || k.file(k.main) == nil {
		return k.otherKind()
	}
	dir := path.Dir(k.main)
	return k.relations(dir+"/_rels/"+path.Base(k.main)+".rels", func(kind, target string) {
		if !strings.HasPrefix(target, "/") {
			target = "/" + dir + "/" + target
		}
		if k.parts[kind] == "" {
			k.parts[kind] = strings.TrimPrefix(path.Clean(target), "/")
		}
	})
}

// otherKind tells what a zip without the text of a DOCX is.
func (k *pack) otherKind() error {
	if k.file("mimetype") != nil && k.file("content.xml") != nil {
		return fault.New(fault.Unsupported, "prose.is_odt")
	}
	if k.file("[Content_Types].xml") == nil {
		return fault.New(fault.Unsupported, "prose.not_docx")
	}
	return broken()
}

func (k *pack) file(name string) *zip.File { return k.files[strings.ToLower(name)] }

// relations calls do with kind and target of each relation in a part, if there is one.
func (k *pack) relations(name string, do func(kind, target string)) error {
	return k.read(name, func(p *part, _ xml.StartElement) error {
		return p.each(func(e xml.StartElement) error {
			if attribute(e, "TargetMode") != "External" {
				do(path.Base(attribute(e, "Type")), attribute(e, "Target"))
			}
			return p.skip()
		})
	})
}

// read unpacks a part and calls do once, at its root. A part that is not there is no fault.
func (k *pack) read(name string, do func(p *part, root xml.StartElement) error) error {
	f := k.file(name)
	if f == nil {
		return nil
	}
	if f.Flags&1 != 0 {
		return fault.New(fault.Unsupported, "prose.old_or_locked")
	}
	packed, unpacked := int64(f.CompressedSize64), int64(f.UncompressedSize64)
	if unpacked < 0 || unpacked > mostPart || unpacked > k.left || unpacked > ratioFreeBytes && unpacked/mostRatio > packed {
		return fault.New(fault.TooLarge, "prose.unpacks_too_large", "Most", mostPart>>20)
	}
	k.left -= unpacked
	in, err := f.Open()
	if err != nil {
		return broken()
	}
	defer in.Close()
	return newPart(k.ctx, in).root(do)
}

func broken() error { return fault.New(fault.Invalid, "prose.broken") }
