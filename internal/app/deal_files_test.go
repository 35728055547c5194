package app_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"chonoi/internal/app"
)

// A picture that opens only under an agreement is given with the mark of its reader, to the byte as it
// was brought where both may open it anyway; whoever is no side finds none.
func TestAFileUnderAnAgreementCarriesItsReader(t *testing.T) {
	eachCity(t, func(t *testing.T, s *app.Server) {
		seller, buyer, outsider := somebody(t, s, "quanly@song-hau.example"), somebody(t, s, "muahang@ben-nuoc.example"), somebody(t, s, "phuong@ben-ninh.example")
		room := "/deals/" + someID(t, s, "deal", "state = 'negotiating'")
		picture := image.NewRGBA(image.Rect(0, 0, 900, 600))
		for x := range 900 {
			for y := range 600 {
				picture.Set(x, y, color.RGBA{uint8(x / 4), uint8(y / 3), 200, 255})
			}
		}
		var raw bytes.Buffer
		must(t, png.Encode(&raw, picture))
		brought := func(audience string) string {
			t.Helper()
			seller.sent(room+"/documents", "ban-ve-"+audience+".png", raw.String(), map[string]string{"audience": audience})
			page := buyer.call("GET", room, nil, 200)
			found := regexp.MustCompile(`(/deal-files/[0-9a-f-]{36})"[^>]*>\s*ban-ve-` + audience).FindStringSubmatch(page)
			if found == nil {
				t.Fatalf("the other side does not find ban-ve-%s", audience)
			}
			return found[1]
		}
		open, closed := brought("both"), brought("nda")
		kept := seller.call("GET", open, nil, 200)
		if buyer.call("GET", open, nil, 200) != kept || buyer.call("GET", open, nil, 200) != kept {
			t.Error("what both may open is not the same to both")
		}
		marked := buyer.call("GET", closed, nil, 200)
		if marked == kept {
			t.Error("a file under the agreement carries no mark")
		}
		got, err := png.Decode(strings.NewReader(marked))
		if err != nil || got.Bounds() != picture.Bounds() {
			t.Fatalf("the marked copy: %v", err)
		}
		for _, path := range []string{open, closed} {
			outsider.call("GET", path, nil, 404)
			somebody(t, s, "canbo@so-khcn.example").call("GET", path, nil, 404)
		}
		seller.has(seller.call("GET", room, nil, 200), "Phạm Thị Sen mở ban-ve-nda.png")
	})
}

// Whoever speaks for a side names people of its organisation, who enter from then on until they are
// released; nobody else can be named.
func TestASideNamesItsPeople(t *testing.T) {
	eachCity(t, func(t *testing.T, s *app.Server) {
		seller, member, buyer := somebody(t, s, "quanly@song-hau.example"), somebody(t, s, "thanhvien@song-hau.example"), somebody(t, s, "muahang@ben-nuoc.example")
		room := "/deals/" + someID(t, s, "deal", "state = 'negotiating'")
		ids := map[string]string{}
		for _, email := range []string{"thanhvien@song-hau.example", "phuong@ben-ninh.example"} {
			ids[email] = someID(t, s, "account", "email = '"+email+"'")
		}
		member.call("GET", room, nil, 404)
		seller.has(seller.call("GET", room, nil, 200), "Cử thêm người", "Lê Thị Bông")
		seller.call("POST", room+"/people", url.Values{"account": {ids["phuong@ben-ninh.example"]}}, 422)
		seller.led(room+"/people", url.Values{"account": {ids["thanhvien@song-hau.example"]}, "duty": {"Kỹ sư lắp đặt"}})
		member.has(member.call("GET", room, nil, 200), "Kỹ sư lắp đặt")
		member.has(member.call("GET", "/deals", nil, 200), room)
		buyer.call("POST", room+"/people/"+ids["thanhvien@song-hau.example"]+"/release", nil, 404)
		seller.led(room+"/people/"+ids["thanhvien@song-hau.example"]+"/release", nil)
		member.call("GET", room, nil, 404)
	})
}
