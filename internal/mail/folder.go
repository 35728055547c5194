package mail

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"chonoi/internal/fault"
	"chonoi/internal/lang"
)

// Folder keeps each letter as an .eml file instead of sending it, and reads them back. It serves
// the demonstration, where nobody's letter box is reached.
type Folder struct {
	dir  string
	from From
}

// Kept is a letter in the folder; its ID is the name under which Read finds it.
type Kept struct {
	Letter
	Sent time.Time
}

const mostBytes = 1 << 20 // of one letter that is read back

// NewFolder returns the sender into that folder, and makes it when it is missing.
func NewFolder(dir string, from From) (*Folder, error) {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, fmt.Errorf("folder of letters: %w", err)
	}
	return &Folder{dir: dir, from: from}, nil
}

// Send keeps the letter. One that is sent again under the same ID takes its own place.
func (f *Folder) Send(_ context.Context, l Letter) error {
	message, err := l.message(f.from)
	if err != nil {
		return refused{err}
	}
	var b bytes.Buffer
	if _, err := message.WriteTo(&b); err != nil {
		return fmt.Errorf("write a letter: %w", err)
	}
	draft, err := os.CreateTemp(f.dir, "draft-*")
	if err != nil {
		return fmt.Errorf("keep a letter: %w", err)
	}
	defer os.Remove(draft.Name())
	_, err = draft.Write(b.Bytes())
	if err := errors.Join(err, draft.Close()); err != nil {
		return fmt.Errorf("keep a letter: %w", err)
	}
	if err := os.Rename(draft.Name(), filepath.Join(f.dir, l.handle()+".eml")); err != nil {
		return fmt.Errorf("keep a letter: %w", err)
	}
	return nil
}

// List returns the newest letters first, at most limit. A file that is no letter is left out.
func (f *Folder) List(limit int) ([]Kept, error) {
	entries, err := os.ReadDir(f.dir)
	if err != nil {
		return nil, fmt.Errorf("folder of letters: %w", err)
	}
	type file struct {
		id string
		at time.Time
	}
	var files []file
	for _, entry := range entries {
		id, isLetter := strings.CutSuffix(entry.Name(), ".eml")
		info, err := entry.Info()
		if isLetter && err == nil {
			files = append(files, file{id, info.ModTime()})
		}
	}
	slices.SortFunc(files, func(a, b file) int { return b.at.Compare(a.at) })
	var letters []Kept
	for _, one := range files {
		if len(letters) == limit {
			break
		}
		if l, err := f.Read(one.id); err == nil {
			letters = append(letters, l)
		}
	}
	return letters, nil
}

var handle = regexp.MustCompile(`^[0-9a-f]{32}$`)

// Read returns the letter of that ID, or the fault NotFound.
func (f *Folder) Read(id string) (Kept, error) {
	if !handle.MatchString(id) {
		return Kept{}, fault.New(fault.NotFound, "letter.not_found")
	}
	file, err := os.Open(filepath.Join(f.dir, id+".eml"))
	if errors.Is(err, fs.ErrNotExist) {
		return Kept{}, fault.New(fault.NotFound, "letter.not_found")
	}
	if err != nil {
		return Kept{}, fmt.Errorf("read a letter: %w", err)
	}
	defer file.Close()
	l, err := parse(io.LimitReader(file, mostBytes))
	if err != nil {
		return Kept{}, fmt.Errorf("read letter %s: %w", id, err)
	}
	l.ID = id
	return l, nil
}

// parse reads a letter as message wrote it.
func parse(r io.Reader) (Kept, error) {
	envelope, err := netmail.ReadMessage(r)
	if err != nil {
		return Kept{}, err
	}
	l := Kept{Letter: Letter{Tag: lang.Tag(envelope.Header.Get("Content-Language"))}}
	if l.Subject, err = new(mime.WordDecoder).DecodeHeader(envelope.Header.Get("Subject")); err != nil {
		return Kept{}, fmt.Errorf("subject: %w", err)
	}
	to, err := envelope.Header.AddressList("To")
	if err != nil {
		return Kept{}, fmt.Errorf("reader: %w", err)
	}
	l.To, l.ToName = to[0].Address, to[0].Name
	if l.Sent, err = envelope.Header.Date(); err != nil {
		return Kept{}, fmt.Errorf("date: %w", err)
	}
	return l, l.parseBody(envelope)
}

func (l *Kept) parseBody(envelope *netmail.Message) error {
	kind, params, err := mime.ParseMediaType(envelope.Header.Get("Content-Type"))
	if err != nil {
		return fmt.Errorf("content type: %w", err)
	}
	if !strings.HasPrefix(kind, "multipart/") {
		return l.take(kind, quotedprintable.NewReader(envelope.Body))
	}
	parts := multipart.NewReader(envelope.Body, params["boundary"])
	for {
		part, err := parts.NextPart() // decodes quoted-printable
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("parts: %w", err)
		}
		kind, _, err := mime.ParseMediaType(part.Header.Get("Content-Type"))
		if err != nil {
			return fmt.Errorf("content type of a part: %w", err)
		}
		if err := l.take(kind, part); err != nil {
			return err
		}
	}
}

func (l *Kept) take(kind string, r io.Reader) error {
	content, err := io.ReadAll(r)
	if err != nil {
		return fmt.Errorf("content: %w", err)
	}
	text := strings.ReplaceAll(string(content), "\r\n", "\n")
	switch kind {
	case "text/plain":
		l.Text = text
	case "text/html":
		l.HTML = text
	}
	return nil
}
