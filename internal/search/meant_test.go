package search

import (
	"fmt"
	"testing"
	"unicode/utf8"

	"chonoi/internal/lang"
)

// fair is an index of a fair's titles, each said by some listings.
func fair(t testing.TB, titles ...string) *Index {
	t.Helper()
	x := New()
	for i, title := range titles {
		for n := range 3 {
			d := Doc{Kind: "offer", ID: fmt.Sprintf("%d-%d", i, n)}
			d.Fields[Title] = lang.Both{Vi: title}
			x.Put(d)
		}
	}
	return x
}

func TestAQueryIsTakenAsItWasProbablyMeant(t *testing.T) {
	x := fair(t, "Máy sấy xoài năng lượng mặt trời", "Sàn giao dịch công nghệ", "Sản phẩm cá tra đông lạnh", "Hệ thống giám sát độ mặn", "Thiết bị bay phun thuốc", "Drone giám sát ruộng lúa",
		"Kho lạnh bảo quản trái cây", "Xử lý nước thải", "Máy sạ hàng", "Xôi nếp", "Máy xay lúa", "Chế phẩm vi sinh Trichoderma", "Tôm thẻ chân trắng")
	for _, row := range []struct{ name, typed, meant string }{
		{"a query that is well", "máy sấy xoài", ""},
		{"a query that is well, without marks", "may say xoai", ""},
		{"marks that are nowhere beside the neighbour", "sản giao dịch", "sàn giao dịch"},
		{"marks that no listing has", "máy sảy xoài", "máy sấy xoài"},
		{"s for x, without marks", "may say soai", "may say xoai"},
		{"s for x, with marks", "sử lý nước thải", "xử lý nước thải"},
		{"s for x with the marks that were meant", "máy xấy xoài", "máy sấy xoài"},
		{"a word that is never beside its neighbours", "may say xoi", "may say xoai"},
		{"an English word that looks like keys", "solar dronr", "solar drone"},
		{"a letter too many", "trichodermma", "trichoderma"},
		{"two faults in a long word", "tricoderrma", "trichoderma"},
		{"two letters exchanged", "drnoe giam sat", "drone giam sat"},
		{"the space forgotten", "maysay xoai", "may say xoai"},
		{"keys of Telex", "mays saays xoaif", "máy sấy xoài"},
		{"keys of Telex with a fault", "maays saays xoaif", "máy sấy xoài"},
		{"keys of VNI", "may1 sa6y1 xoai2", "máy sấy xoài"},
		{"what is between the words stays", `"kho lanhh" -xoài`, `"kho lanh" -xoài`},
		{"ng for n at the end", "tôm thẻ chân trắn", "tôm thẻ chân trắng"},
		{"words that nobody knows", "qwzkp vbnxx", ""},
		{"numbers stay", "pm2.5 máy sấy 500kg", ""},
		{"nothing", "  ", ""},
	} {
		if got := x.Meant(row.typed, lang.Vi); got != row.meant {
			t.Errorf("%s: %q was taken as %q, want %q", row.name, row.typed, got, row.meant)
		}
	}
}

func TestKeysOfATypingMethodBecomeTheSyllableTheyMean(t *testing.T) {
	for typed, want := range map[string]string{
		"mays": "máy", "saays": "sấy", "sayas": "sấy", "ddieenj": "điện", "dduowcj": "được", "dduwowcj": "được", "nguwowif": "người", "thuyr": "thủy", "hoaf": "hòa", "quys": "quý", "giuwx": "giữ", "gias": "giá",
		"xoaif": "xoài", "nuwowcs": "nước", "may1": "máy", "sa6y1": "sấy", "d9uo7c5": "được", "nu7o71c": "nước", "nghe65": "nghệ", "tooi": "tôi", "bcd": "", "y": "", "": "", "9": "",
	} {
		if got := keyedIn(typed); got != want {
			t.Errorf("%q became %q, want %q", typed, got, want)
		}
	}
}

func FuzzMeant(f *testing.F) {
	x := fair(f, "Máy sấy xoài năng lượng mặt trời", "Sàn giao dịch công nghệ", "Drone phun thuốc")
	for _, s := range []string{"", "sản giao dịch", "mays saays", "kind:offer -máy", "\xff\xfe", `"`, "a9a9a9a9", "uuuuuuuuuuuuuuuu w"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if utf8.ValidString(text) && !utf8.ValidString(x.Meant(text, lang.Vi)) {
			t.Errorf("%q became no text", text)
		}
		keyedIn(text)
	})
}
