package room

import (
	"strconv"

	"chonoi/internal/web"
	"chonoi/internal/web/acts"
	"chonoi/internal/web/parts"
)

// codes is a choice of a code list.
func (d doors) codes(f *acts.Forms, path, name, label, list string) parts.Field {
	var options []parts.Option
	for _, code := range d.Codes.Of(list) {
		options = append(options, parts.Option{Value: code.Code, Text: code.Name.In(web.Lang(f.Request))})
	}
	return f.Choice(path, name, label, options)
}

// marks is a choice of one to five.
func marks(f *acts.Forms, path, name, label string) parts.Field {
	var options []parts.Option
	for n := 5; n >= 1; n-- {
		options = append(options, parts.Option{Value: strconv.Itoa(n), Text: web.T(f.Request, "perform.mark", "N", n)})
	}
	return f.Choice(path, name, label, options)
}
