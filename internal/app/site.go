package app

import (
	"slices"
	"time"

	"chonoi/internal/alert"
	"chonoi/internal/exchange"
	"chonoi/internal/exchange/deal"
	"chonoi/internal/exchange/sale"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/record"
	"chonoi/internal/web"
	"chonoi/internal/when"
)

// settings are what an administrator may change while the house is open. What config.toml tells of
// the site holds until somebody changes it here.
func settings(c Config) []record.Setting {
	both := func(vi, en string) lang.Both { return lang.Both{Vi: vi, En: en} }
	return slices.Concat([]record.Setting{
		{Name: "site.name", Group: "site", Kind: record.BothSetting, Most: 120, Needed: true, First: both(c.Site.NameVi, c.Site.NameEn)},
		{Name: "site.short_name", Group: "site", Kind: record.BothSetting, Most: 30, Needed: true, First: both("Chợ Nổi", "Chợ Nổi")},
		{Name: "site.owner", Group: "site", Kind: record.BothSetting, Most: 120, First: both(c.Site.OwnerVi, c.Site.OwnerEn)},
		{Name: "contact.email", Group: "contact", Kind: record.EmailSetting},
		{Name: "contact.phone", Group: "contact", Kind: record.PhoneSetting},
		{Name: "contact.address", Group: "contact", Kind: record.BothSetting, Most: 200},
		{Name: "notice.text", Group: "notice", Kind: record.LongSetting, Most: 400},
		{Name: "notice.from", Group: "notice", Kind: record.DaySetting},
		{Name: "notice.until", Group: "notice", Kind: record.DaySetting, NotBefore: "notice.from"},
	}, exchange.Settings, deal.Settings, sale.Settings, alert.Settings, programme.Settings)
}

// site is how the deployment calls itself now.
func (h *House) site() web.Site {
	s := h.Settings
	return web.Site{Name: s.Both("site.name"), ShortName: s.Both("site.short_name"), Owner: s.Both("site.owner"), BaseURL: h.Config.BaseURL,
		Email: s.Text("contact.email"), Phone: s.Text("contact.phone"), Address: s.Both("contact.address"), Notice: h.notice()}
}

// notice is what the home page says above all else; nothing before its first day or after its last.
func (h *House) notice() lang.Both {
	today, from, until := when.DayOf(time.Now()), h.Settings.Day("notice.from"), h.Settings.Day("notice.until")
	if (!from.Zero() && today.Before(from)) || (!until.Zero() && today.After(until)) {
		return lang.Both{}
	}
	return h.Settings.Both("notice.text")
}
