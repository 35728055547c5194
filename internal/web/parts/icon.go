package parts

// Icons names the drawings of lucide-static (ISC) that the sprite is made of, in order. A page may
// use these and no others.
var Icons = []string{
	"archive", "arrow-left", "arrow-right", "award", "badge-check", "bell", "book-open", "bookmark",
	"boxes", "building-2", "calendar-days", "chart-column", "check", "chevron-right", "circle-check",
	"circle-dashed", "circle-dot", "circle-help", "clipboard-check", "clock", "cpu", "download",
	"droplets", "external-link", "eye", "factory", "file-lock-2", "file-text", "filter", "fingerprint",
	"fish", "flag", "flask-conical", "gavel", "git-compare", "globe", "graduation-cap", "handshake",
	"heart", "history", "hourglass", "info", "key-round", "landmark", "languages", "layers", "leaf",
	"lightbulb", "link", "list-checks", "lock", "log-out", "mail", "map-pin", "menu", "message-square",
	"microscope", "monitor", "moon", "network", "octagon-alert", "paperclip", "pencil", "phone", "plus",
	"printer", "qr-code", "recycle", "refresh-cw", "rss", "satellite-dish", "scale", "search", "send",
	"settings", "share-2", "shield-check", "sprout", "star", "sun", "sun-moon", "tag", "target", "trash-2",
	"triangle-alert", "truck", "undo-2", "upload", "user", "user-check", "users", "wheat", "wind",
	"wrench", "x", "zap",
}
