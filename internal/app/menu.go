package app

import (
	"embed"

	"chonoi/internal/account"
	"chonoi/internal/web"
)

// Texts is what this package says.
//
//go:embed texts.toml
var Texts embed.FS

// menu is what everybody finds in the bar.
var menu = []web.MenuItem{{Path: "/search", Key: "menu.exchange"}, {Path: "/organisations", Key: "menu.registry"}, {Path: "/plans", Key: "menu.programme"}}

// staffMenu is what the house finds there besides.
var staffMenu = []web.StaffItem{
	{Path: "/desk/mine", Key: "menu.mine", Right: account.MaySeeOwn},
	{Path: "/deals", Key: "menu.deals", Right: account.MaySeeOwn},
	{Path: "/alerts", Key: "menu.alerts", Right: account.MaySeeOwn},
	{Path: "/desk/tasks", Key: "menu.tasks", Right: account.MayReport},
	{Path: "/programme", Key: "menu.overview", Right: account.MaySeeProgramme},
	{Path: "/desk", Key: "menu.desk", Right: account.MaySeeDesk},
	{Path: "/desk/imports", Key: "menu.imports", Right: account.MayAdminister},
	{Path: "/administration", Key: "menu.administration", Right: account.MaySeePeople},
}

// footer are the links at the foot of every page.
var footer = []web.FooterColumn{
	{Key: "footer.exchange", Links: []web.MenuItem{{Path: "/search?kind=offer", Key: "footer.offers"}, {Path: "/search?kind=need", Key: "footer.needs"},
		{Path: "/listing-rules", Key: "footer.rules"}, {Path: "/royalty", Key: "royalty.title"}, {Path: "/sales", Key: "sale.list"}, {Path: "/free-licences", Key: "licence.list"}, {Path: "/brokers", Key: "broker.register"}, {Path: "/funnel", Key: "funnel.title"}}},
	{Key: "footer.data", Links: []web.MenuItem{{Path: "/terms", Key: "footer.terms"}, {Path: "/api", Key: "footer.api"}}},
}
