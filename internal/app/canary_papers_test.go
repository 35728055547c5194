package app_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/png"
	"slices"
	"strings"
	"testing"
	"time"

	"chonoi/internal/app"
	"chonoi/internal/db"
	"chonoi/internal/exchange/intake"
	"chonoi/internal/field"
	"chonoi/internal/file"
	"chonoi/internal/lang"
	"chonoi/internal/record"
)

// paper is a file of a level of its own that was put into the store.
type paper struct {
	record.Attachment
	stored file.Stored
}

// plantPapers attaches a file of each level to a listing, with words in its name, its titles and
// its content, and a picture for everybody that has words hidden in it.
func (f *flock) plantPapers(t *testing.T, s *app.Server, v robbed, kind, id string, open, anonymous bool) {
	t.Helper()
	var papers []paper
	for level := range field.Levels {
		known, inside := field.Level(level), field.Level(level)
		if anonymous {
			known = max(known, field.Enquiry) // a neutral name before that
		}
		if !open {
			known, inside = field.OwnerOnly, field.OwnerOnly
		}
		content := "%PDF-1.4\n% " + f.hidden("content of a file", inside) + "\n%%EOF\n"
		stored, err := s.Files.Put(t.Context(), strings.NewReader(content), file.PutOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if inside > field.Public {
			f.sight("hash of a file", inside, "", stored.SHA256)
		}
		p := paper{record.Attachment{Kind: kind, Record: id, Level: field.Level(level), Name: f.hidden("attachment.name", known) + ".pdf"}, stored}
		p.Title = lang.Both{Vi: f.hidden("attachment.title_vi", known), En: f.hidden("attachment.title_en", known)}
		papers = append(papers, p)
	}
	stored, err := s.Files.Put(t.Context(), bytes.NewReader(f.picture(t)), file.PutOptions{})
	if err != nil {
		t.Fatal(err)
	}
	papers = append(papers, paper{record.Attachment{Kind: kind, Record: id, Level: field.Public, Name: "anh.png"}, stored})
	err = s.DB.Update(t.Context(), func(tx *db.Tx) error {
		for _, p := range papers {
			if err := record.Attach(tx, v.id, &p.Attachment, p.stored); err != nil {
				return err
			}
			if !open || p.Level == field.OwnerOnly {
				f.id("files", p.ID, field.OwnerOnly)
			} else {
				f.ids["files"] = append(f.ids["files"], p.ID)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// hidden is a word for those who see more than everybody, and a plain one for everybody.
func (f *flock) hidden(where string, level field.Level) string {
	if level == field.Public {
		return fmt.Sprintf("tep%d", len(f.all))
	}
	return f.word(where, level)
}

// picture is a PNG of one dot with a word in its hidden text, which nobody gets to see.
func (f *flock) picture(t *testing.T) []byte {
	t.Helper()
	var plain bytes.Buffer
	if err := png.Encode(&plain, image.NewGray(image.Rect(0, 0, 1, 1))); err != nil {
		t.Fatal(err)
	}
	hidden := []byte("tEXtAuthor\x00" + f.word("metadata of a picture", field.OwnerOnly))
	const begin = 33 // signature and first chunk
	out := binary.BigEndian.AppendUint32(slices.Clone(plain.Bytes()[:begin]), uint32(len(hidden)-4))
	out = binary.BigEndian.AppendUint32(append(out, hidden...), crc32.ChecksumIEEE(hidden))
	return append(out, plain.Bytes()[begin:]...)
}

// plantImport puts a file aside in the officer's name, with a row that comes in and one that does not.
func (f *flock) plantImport(t *testing.T, s *app.Server, v robbed, owner string) (source string) {
	t.Helper()
	secret := func(where string) string { return f.word(where, field.OwnerOnly) }
	source = "Thư viện thử" // what comes in goes on the floor, with its source
	head := secret("import_run.head")
	text := fmt.Sprintf("id,title_vi,%s\n%s,%s,%s\n%s,%s,%s\n", head, "N-1", "Máy sàng lúa giống", "Viện Lúa",
		secret("id of a bad row"), strings.Repeat(secret("bad row")+" ", 40), "x")
	id, err := s.Intake.PutAside(t.Context(), s.DB, s.Words, v.officer, intake.Sent{Kind: "offer", Source: source, Owner: owner, Tongue: lang.Vi,
		Name: secret("import_run.file") + ".csv", Data: strings.NewReader(text)})
	if err != nil {
		t.Fatal(err)
	}
	f.id("imports", id, field.OwnerOnly)
	err = s.DB.Update(t.Context(), func(tx *db.Tx) error {
		if err := s.Intake.MapRun(tx, s.Words, v.officer, id, map[string]string{"id": "id", "title_vi": "title_vi", head: "holder"}, true); err != nil {
			return err
		}
		return s.Intake.StartRun(tx, v.officer, id, false)
	})
	if err != nil {
		t.Fatal(err)
	}
	return source
}

// live opens the house until the import has ended and the letters are sent, as it would run.
func (f *flock) live(t *testing.T, s *app.Server, source string) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Run(ctx, nil) }()
	defer func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}()
	for until := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		letters, err := s.Letters.List(100)
		if err != nil {
			t.Fatal(err)
		}
		var runs []*intake.Run
		err = s.DB.View(t.Context(), func(tx *db.Tx) (err error) {
			runs, err = s.Intake.Runs(tx, time.Time{}, "", 1)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if state := runs[0].StateAt(time.Now()); state == intake.RunDone && len(letters) >= 6 {
			if runs[0].New != 1 || runs[0].Bad != 1 {
				t.Fatalf("the import: %+v", runs[0].Counts)
			}
			break
		}
		if time.Now().After(until) {
			t.Fatalf("the house did not come to rest: %d letters, import %+v", len(letters), runs[0])
		}
	}
	err := s.DB.View(t.Context(), func(tx *db.Tx) error {
		came, err := s.Exchange.Offers.Kind.Find(tx, "WHERE source = ?", source)
		for _, o := range came {
			f.ids["offers"] = append(f.ids["offers"], o.ID)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
