package web

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

func TestTheHouseRunsWithoutTheAssetsOfNpm(t *testing.T) {
	own := fstest.MapFS{}
	err := fs.WalkDir(assetFiles, "assets", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(file, "assets/dist/") {
			return err
		}
		body, err := fs.ReadFile(assetFiles, file)
		own[file] = &fstest.MapFile{Data: body}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	a, err := loadAssets(own)
	if err != nil {
		t.Fatal(err)
	}
	style := a.files[strings.TrimPrefix(a.address(styleName), "/assets/")]
	if a.address("icons.svg") != "" || a.address("js/app.js") == "" || strings.Contains(string(style.body), "url(") {
		t.Error("a file is named that is not there")
	}
}

func TestAFontIsNamedByItsHash(t *testing.T) {
	a := &assets{names: map[string]string{}, files: map[string]asset{}}
	a.add("fonts/x.woff2", []byte("a font"))
	sheet := `@font-face{src:url(fonts/x.woff2)}` + "\n" + `@font-face{src:url(fonts/y.woff2)}` + "\n" + `p{color:red}`
	got := string(a.withFonts([]byte(sheet)))
	if want := "@font-face{src:url(" + a.address("fonts/x.woff2") + ")}\np{color:red}"; got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
}
