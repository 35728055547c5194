package exchange_test

import (
	"slices"
	"testing"

	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/exchange"
	"chonoi/internal/exchange/exchangetest"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/lang"
	"chonoi/internal/record"
)

func TestTextsThatGiveAnOwnerAwayAreFound(t *testing.T) {
	names := []string{"Viện Công nghệ Sau thu hoạch Sông Hậu", "SHI", "songhau.example"}
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"a general text", "Viện nghiên cứu ở đồng bằng, máy 500 kg, điện giảm 43%.", nil},
		{"the name", "Do Viện Công nghệ Sau thu hoạch Sông Hậu phát triển.", []string{"name"}},
		{"the name without marks", "vien cong nghe sau thu hoach song hau", []string{"name"}},
		{"the short name", "Máy của SHI chạy tốt.", []string{"name"}},
		{"a word that holds the short name", "Máy shiatsu.", nil},
		{"an e-mail address", "Hỏi lan@abc.xyz", []string{"email"}},
		{"a link", "Xem https://abc.xyz/may", []string{"link"}},
		{"a site without www", "Xem maysay.vn để biết", []string{"link"}},
		{"a telephone number", "Gọi 0912 345 678", []string{"phone"}},
		{"a Vietnamese filing number", "Đơn 1-2023-01234 đang chờ", []string{"patent"}},
		{"a foreign patent", "Đã có US 2019/123456", []string{"patent"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, leak := range exchange.TextLeaks("summary_vi", c.text, names) {
				got = append(got, leak.What)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("found %v, want %v", got, c.want)
			}
		})
	}
}

func TestAnAnonymousOfferThatGivesItsOwnerAwayIsNotTaken(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x := exchangetest.Open(t, d)
		given := exchangetest.WholeOffer()
		given["summary_vi"] = []string{"Máy của Viện Công nghệ Sau thu hoạch Sông Hậu. Điện thoại 0912 345 678."}
		given["ip_numbers"] = []string{"1-2023-01234"} // hidden from those who may not know
		o := exchangetest.Begun(t, d, x, given)
		exchangetest.Update(t, d, func(tx *db.Tx) error {
			c := record.Claim{Kind: "offer", Record: o.ID, Claim: "test_result", Statement: lang.Both{Vi: "Xem kết quả tại songhau.vn"}}
			if err := record.PutClaim(tx, exchangetest.Lan.ID, &c); err != nil {
				return err
			}
			_, _, err := x.Offers.Edit(tx, exchangetest.Lan, o.ID, 1, exchange.Typed{"anonymous": {"1"}}.Given)
			return err
		})
		f := exchangetest.Refused(t, d, fault.Invalid, func(tx *db.Tx) error { return x.Offers.Submit(tx, exchangetest.Lan, o.ID) })
		if f.Key != "listing.gives_owner_away" {
			t.Fatalf("refused with %s %v", f.Key, f.Fields)
		}
		got := map[string]bool{}
		for _, one := range f.Fields {
			got[one.Field+" "+one.Key] = true
		}
		for _, want := range []string{"summary_vi listing.leak_name", "summary_vi listing.leak_phone", "claims listing.leak_link"} {
			if !got[want] {
				t.Errorf("no %s in %v", want, f.Fields)
			}
		}
		if len(f.Fields) != 3 {
			t.Errorf("faults %v", f.Fields)
		}
		// Closed facts may tell: who reads them knows the owner already.
		exchangetest.Update(t, d, func(tx *db.Tx) error {
			o := exchangetest.Now(t, d, x, o.ID)
			_, _, err := x.Offers.Edit(tx, exchangetest.Lan, o.ID, o.Version, exchange.Typed{"summary_vi": {"Máy sấy của một viện."}, "shown.support": {"enquiry_accepted"},
				"support_vi": {"Gọi 0912 345 678"}}.Given)
			if err != nil {
				return err
			}
			claims, err := record.Claims(tx, "offer", o.ID)
			if err != nil {
				return err
			}
			return record.DropClaim(tx, claims[0].ID)
		})
		exchangetest.Update(t, d, func(tx *db.Tx) error { return x.Offers.Submit(tx, exchangetest.Lan, o.ID) })
	}, exchangetest.Schemas...)
}

func TestAnAnonymousOwnerIsNotInWhatOthersSee(t *testing.T) {
	o := &exchange.Offer{IPNumbers: "1-2023-01234", References: lang.Both{Vi: "Hợp tác xã ABC"}}
	o.Owner, o.By, o.Anonymous, o.Title = "song-hau", "lan", true, lang.Both{Vi: "Máy sấy"}
	x := exchange.New(exchange.Config{})
	for _, level := range []field.Level{field.Public, field.SignedIn} {
		seen := x.Offers.See(o, level)
		if seen.Owner != "" || seen.By != "" || seen.IPNumbers != "" || !seen.References.Empty() || seen.Title.Vi == "" {
			t.Errorf("level %d sees %+v", level, seen)
		}
	}
	if seen := x.Offers.See(o, field.Enquiry); seen.Owner != "song-hau" || seen.IPNumbers == "" {
		t.Errorf("an accepted enquiry sees %+v", seen)
	}
	if o.Owner == "" || o.IPNumbers == "" {
		t.Error("looking changed the record itself")
	}
}
