package file

import (
	"bytes"
	"context"
	"errors"
	"image"
	"io"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"

	"chonoi/internal/fault"
)

// eachStore runs body on a folder and on an S3 server.
func eachStore(t *testing.T, body func(t *testing.T, s *Store)) {
	t.Run("folder", func(t *testing.T) {
		s, err := InFolder(filepath.Join(t.TempDir(), "files"))
		check(t, err)
		body(t, s)
	})
	t.Run("S3", func(t *testing.T) {
		memory := s3mem.New()
		check(t, memory.CreateBucket("chonoi"))
		server := httptest.NewServer(gofakes3.New(memory, gofakes3.WithLogger(gofakes3.DiscardLog())).Server())
		t.Cleanup(server.Close)
		s, err := InBucket(Bucket{
			Endpoint: strings.TrimPrefix(server.URL, "http://"), Name: "chonoi", Region: "us-east-1",
			Prefix: "files/", Key: "key", Secret: "secret", Unencrypted: true,
		})
		check(t, err)
		body(t, s)
	})
}

func TestAFileIsKeptUnderItsHashOpenedSoughtAndDeleted(t *testing.T) {
	eachStore(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		check(t, s.Ready(ctx))
		content := "tên,năm\nSấy cá tra,2026\nNước,2025\n"
		var stored Stored
		for range 2 {
			var err error
			stored, err = s.Put(ctx, strings.NewReader(content), PutOptions{})
			check(t, err)
		}
		if stored.Ext != "csv" || stored.MIME != "text/csv" || stored.Size != int64(len(content)) || len(stored.SHA256) != 64 {
			t.Errorf("%+v", stored)
		}
		f, size, err := s.Open(ctx, stored.SHA256)
		check(t, err)
		defer f.Close()
		_, err = f.Seek(5, io.SeekStart)
		check(t, err)
		rest, err := io.ReadAll(f)
		check(t, err)
		if size != stored.Size || string(rest) != content[5:] {
			t.Errorf("%d bytes, %q", size, rest)
		}
		if _, _, err := s.Thumbnail(ctx, stored.SHA256, 320); fault.KindOf(err) != fault.NotFound {
			t.Errorf("a thumbnail of a table: %v", err)
		}
		age(s, stored.SHA256)
		for range 2 {
			check(t, s.Delete(ctx, stored.SHA256))
		}
		for _, sha := range []string{stored.SHA256, "", "../../../etc/passwd", strings.Repeat("A", 64)} {
			if _, _, err := s.Open(ctx, sha); fault.KindOf(err) != fault.NotFound {
				t.Errorf("open %q: %v", sha, err)
			}
		}
	})
}

func TestAFileIsTakenByItsContentAndNotByItsName(t *testing.T) {
	s, err := InFolder(t.TempDir())
	check(t, err)
	for _, c := range []struct {
		name    string
		content []byte
		allowed []string
		ext     string // empty: not taken
		kind    fault.Kind
	}{
		{"a PDF", []byte("%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF"), nil, "pdf", 0},
		{"a DOCX", docx(t), nil, "docx", 0},
		{"an XLSX", xlsx(t), nil, "xlsx", 0},
		{"an ODT", odf(t, "text"), nil, "odt", 0},
		{"an ODS", odf(t, "spreadsheet"), nil, "ods", 0},
		{"a PNG", drawn(t, 4, 4), nil, "png", 0},
		{"a JPEG", photo(t, 8, 8, 1), nil, "jpeg", 0},
		{"a WebP", pixel(t), nil, "webp", 0},
		{"a text", []byte("Kính gửi Quý vị"), nil, "txt", 0},
		{"a table of one column", []byte("tên\nA\nB\n"), []string{"csv"}, "csv", 0},
		{"a text with commas where a text is wanted", []byte("a,b\nc,d\ne,f\n"), []string{"txt"}, "txt", 0},
		{"a ZIP", archive(t, "a.txt", "a"), nil, "", fault.Unsupported},
		{"a page", []byte("<!DOCTYPE html><script>alert(1)</script>"), nil, "", fault.Unsupported},
		{"an SVG", []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>`), nil, "", fault.Unsupported},
		{"a program", []byte("\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\x3e\x00"), nil, "", fault.Unsupported},
		{"a GIF", []byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;"), nil, "", fault.Unsupported},
		{"a PDF where pictures are wanted", []byte("%PDF-1.7\n"), Images, "", fault.Unsupported},
		{"a DOCX with macros", docx(t, "word/vbaProject.bin", "x"), nil, "", fault.Unsupported},
		{"an ODT with macros", archive(t, "mimetype", "application/vnd.oasis.opendocument.text", "Basic/Standard/M.xml", "x"), nil, "", fault.Unsupported},
		{"half a DOCX", docx(t)[:200], nil, "", fault.Invalid},
		{"half a JPEG", photo(t, 64, 64, 1)[:600], nil, "", fault.Invalid},
		{"nothing", nil, nil, "", fault.Invalid},
		{"too much", bytes.Repeat([]byte("a"), 1<<20+1), nil, "", fault.TooLarge},
	} {
		t.Run(c.name, func(t *testing.T) {
			stored, err := s.Put(t.Context(), bytes.NewReader(c.content), PutOptions{MaxBytes: 1 << 20, Allowed: c.allowed})
			if stored.Ext != c.ext || fault.KindOf(err) != c.kind {
				t.Errorf("%+v, %v", stored, err)
			}
		})
	}
}

func TestAPictureLosesWhatIsHiddenInItAndStaysUpright(t *testing.T) {
	eachStore(t, func(t *testing.T, s *Store) {
		for _, c := range []struct {
			name string
			raw  []byte
			w, h int // upright
		}{
			{"a photo", photo(t, 1200, 800, 1), 960, 640},
			{"a photo on its side", photo(t, 1200, 800, 6), 800, 1200},
			{"a small drawing", drawn(t, 200, 100), 200, 100},
			{"one pixel of WebP", pixel(t), 1, 1},
		} {
			t.Run(c.name, func(t *testing.T) {
				if !bytes.Contains(c.raw, []byte(secret)) {
					t.Fatal("the sample hides nothing")
				}
				stored, err := s.Put(t.Context(), bytes.NewReader(c.raw), PutOptions{Allowed: Images})
				check(t, err)
				bare := content(t)(s.Open(t.Context(), stored.SHA256))
				if bytes.Contains(bare, []byte("GPS")) || bytes.Contains(bare, []byte("Nguyen")) {
					t.Error("the place is still told")
				}
				if got, want := orientationOf(bare), orientationOf(c.raw); got != want {
					t.Errorf("orientation %d, not %d", got, want)
				}
				before, _, err := image.Decode(bytes.NewReader(c.raw))
				check(t, err)
				after, _, err := image.Decode(bytes.NewReader(bare))
				check(t, err)
				if before.Bounds() != after.Bounds() || before.At(0, 0) != after.At(0, 0) {
					t.Error("its pixels changed")
				}
				large, _, err := image.Decode(bytes.NewReader(content(t)(s.Thumbnail(t.Context(), stored.SHA256, 960))))
				check(t, err)
				if size := large.Bounds().Size(); size.X != min(c.w, 960) || size.Y != c.h*min(c.w, 960)/c.w {
					t.Errorf("thumbnail of %v", size)
				}
				small, kind, err := image.Decode(bytes.NewReader(content(t)(s.Thumbnail(t.Context(), stored.SHA256, 320))))
				check(t, err)
				if small.Bounds().Dx() != min(c.w, 320) || kind != "jpeg" {
					t.Errorf("small thumbnail of %v, %s", small.Bounds().Size(), kind)
				}
				age(s, stored.SHA256)
				check(t, s.Delete(t.Context(), stored.SHA256))
				if _, _, err := s.Thumbnail(t.Context(), stored.SHA256, 320); fault.KindOf(err) != fault.NotFound {
					t.Errorf("a thumbnail stayed: %v", err)
				}
			})
		}
	})
}

func TestAThumbnailIsTurnedAsEachOrientationAsks(t *testing.T) {
	// The picture is blue above and red below; told is where blue must be found.
	for orientation, blue := range map[int]image.Point{1: {20, 2}, 2: {20, 2}, 3: {20, 37}, 4: {20, 37}, 5: {2, 20}, 6: {37, 20}, 7: {37, 20}, 8: {2, 20}} {
		thumbnails, err := thumbnailsOf(t.Context(), photo(t, 40, 40, orientation), orientation)
		check(t, err)
		img, _, err := image.Decode(bytes.NewReader(thumbnails[0]))
		check(t, err)
		if r, _, b, _ := img.At(blue.X, blue.Y).RGBA(); b < 0xD000 || r > 0x3000 {
			t.Errorf("orientation %d: %v at %v", orientation, img.At(blue.X, blue.Y), blue)
		}
	}
}

func TestASmallFileThatUnfoldsToAGiantPictureIsRefused(t *testing.T) {
	raw := drawn(t, 1, 1)
	for _, side := range [][2]uint32{{30_000, 1}, {19_000, 19_000}, {0x7fffffff, 0x7fffffff}} {
		giant := append([]byte(pngSignature), pngChunk("IHDR", string([]byte{
			byte(side[0] >> 24), byte(side[0] >> 16), byte(side[0] >> 8), byte(side[0]),
			byte(side[1] >> 24), byte(side[1] >> 16), byte(side[1] >> 8), byte(side[1]), 8, 6, 0, 0, 0,
		}))...)
		giant = append(giant, raw[33:]...)
		s, err := InFolder(t.TempDir())
		check(t, err)
		if _, err := s.Put(t.Context(), bytes.NewReader(giant), PutOptions{}); fault.KindOf(err) != fault.TooLarge && fault.KindOf(err) != fault.Invalid {
			t.Errorf("%v: %v", side, err)
		}
	}
}

func TestManyWhoPutTheSameAtOnceLeaveOneWholeFileAndNoDraft(t *testing.T) {
	dir := t.TempDir()
	s, err := InFolder(dir)
	check(t, err)
	content := bytes.Repeat([]byte("sấy cá tra\n"), 50_000)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if _, err := s.Put(context.Background(), bytes.NewReader(content), PutOptions{}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	var files []string
	check(t, filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if !entry.IsDir() {
			files = append(files, path)
		}
		return err
	}))
	if len(files) != 1 {
		t.Errorf("%v", files)
	}
}

func TestAnUploadThatBreaksOffLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	s, err := InFolder(dir)
	check(t, err)
	broken := errors.New("the way broke off")
	_, err = s.Put(t.Context(), io.MultiReader(strings.NewReader("half"), &failing{broken}), PutOptions{})
	if !errors.Is(err, broken) {
		t.Errorf("%v", err)
	}
	left, err := os.ReadDir(dir)
	check(t, err)
	if len(left) != 0 {
		t.Errorf("%v", left)
	}
}

type failing struct{ err error }

func (f *failing) Read([]byte) (int, error) { return 0, f.err }

func content(t *testing.T) func(io.ReadSeekCloser, int64, error) []byte {
	return func(f io.ReadSeekCloser, size int64, err error) []byte {
		t.Helper()
		check(t, err)
		defer f.Close()
		b, err := io.ReadAll(f)
		check(t, err)
		if int64(len(b)) != size {
			t.Errorf("%d bytes, not %d", len(b), size)
		}
		return b
	}
}
