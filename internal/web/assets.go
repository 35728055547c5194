package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"regexp"
	"strings"
	"time"

	"chonoi/internal/fault"
)

// assetFiles holds what is ours, and under dist what is built from npm. The house runs without dist.
//
//go:embed all:assets
var assetFiles embed.FS

// styleSheets are sent as one file, in this order.
var styleSheets = []string{"css/tokens.css", "css/components.css", "css/house.css"}

const styleName = "css/chonoi.css"

// assets are the files of the site, each under a name that holds the hash of its content.
type assets struct {
	names map[string]string // name -> address
	files map[string]asset  // name with hash -> content
}

type asset struct {
	kind string
	body []byte
}

func init() {
	for ext, kind := range map[string]string{".woff2": "font/woff2", ".svg": "image/svg+xml", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"} {
		_ = mime.AddExtensionType(ext, kind)
	}
}

// loadAssets reads all files; what lies in assets/dist is named as if it lay in assets.
func loadAssets(files fs.FS) (*assets, error) {
	a := &assets{names: map[string]string{}, files: map[string]asset{}}
	sheets := map[string][]byte{}
	err := fs.WalkDir(files, "assets", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(d.Name(), ".") {
			return err
		}
		body, err := fs.ReadFile(files, file)
		if err != nil {
			return fmt.Errorf("read asset: %w", err)
		}
		name := strings.TrimPrefix(strings.TrimPrefix(file, "assets/"), "dist/")
		if strings.HasSuffix(name, ".css") {
			sheets[name] = body
			return nil
		}
		a.add(name, body)
		return nil
	})
	if err != nil {
		return nil, err
	}
	var style bytes.Buffer
	for _, name := range styleSheets {
		if sheets[name] == nil {
			return nil, fmt.Errorf("the style sheet %s is missing", name)
		}
		style.Write(a.withFonts(sheets[name]))
	}
	a.add(styleName, style.Bytes())
	return a, nil
}

func (a *assets) add(name string, body []byte) {
	sum := sha256.Sum256(body)
	ext := path.Ext(name)
	hashed := strings.TrimSuffix(name, ext) + "-" + hex.EncodeToString(sum[:6]) + ext
	kind := mime.TypeByExtension(ext)
	if kind == "" {
		kind = "application/octet-stream"
	}
	a.names[name] = "/assets/" + hashed
	a.files[hashed] = asset{kind, body}
}

var (
	fontFace = regexp.MustCompile(`(?s)@font-face\s*\{.*?\}\n?`)
	fontURL  = regexp.MustCompile(`url\((fonts/[^)]+)\)`)
)

// withFonts points each font face to its file, and leaves out a face whose file was not built.
func (a *assets) withFonts(sheet []byte) []byte {
	return fontFace.ReplaceAllFunc(sheet, func(face []byte) []byte {
		name := fontURL.FindSubmatch(face)
		if name == nil {
			return face
		}
		address := a.names[string(name[1])]
		if address == "" {
			return nil
		}
		return fontURL.ReplaceAll(face, []byte("url("+address+")"))
	})
}

// address returns where an asset lies, or "" when there is none of that name.
func (a *assets) address(name string) string { return a.names[name] }

// showAsset sends a file that never changes under its name.
func (s *Server) showAsset(w http.ResponseWriter, r *http.Request) error {
	name := r.PathValue("name")
	file, ok := s.assets.files[name]
	if !ok {
		return fault.New(fault.NotFound, "web.not_found")
	}
	w.Header().Set("Content-Type", file.kind)
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	w.Header().Set("ETag", etag(file.body))
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(file.body))
	return nil
}
