package app

import (
	"encoding/json"
	"fmt"
	"net/http"
	"runtime"
	"strconv"

	"chonoi/internal/account"
	"chonoi/internal/job"
	"chonoi/internal/lang"
	"chonoi/internal/ledger"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// stateFacts tells how the installation stands: version, database, ledger, index, room, letters.
func (h *House) stateFacts(r *http.Request) ([]parts.Fact, error) {
	tx, tag := web.Tx(r), web.Lang(r)
	size, err := databaseBytes(tx)
	if err != nil {
		return nil, err
	}
	seq, err := ledger.Head(tx)
	if err != nil {
		return nil, err
	}
	index := h.Index.Load()
	facts := []parts.Fact{
		{Name: web.T(r, "house.version"), Value: shownVersion(r), Note: web.T(r, "house.built_with", "Go", runtime.Version())},
		{Name: web.T(r, "house.engine"), Value: h.DB.Engine(), Note: sizeText(tag, size)},
		{Name: web.T(r, "house.ledger"), Value: lang.Number(tag, seq)},
		{Name: web.T(r, "house.index"), Value: lang.Number(tag, int64(index.Len())), Note: web.T(r, "house.in_memory", "Size", sizeText(tag, index.Bytes()))},
		{Name: web.T(r, "house.files"), Value: h.filesText(r)},
		{Name: web.T(r, "house.sender"), Value: h.senderText(r)},
	}
	if free := freeBytes(h.Config.Data); free > 0 {
		facts = append(facts, parts.Fact{Name: web.T(r, "house.free"), Value: sizeText(tag, free)})
	}
	return append(facts, h.keyFact(r)), nil
}

// keyFact tells which key the installation has and where it comes from.
func (h *House) keyFact(r *http.Request) parts.Fact {
	f := parts.Fact{Name: web.T(r, "house.key"), Value: h.KeyTold.Fingerprint, Note: web.T(r, "house.key_from_"+h.KeyTold.Source)}
	if f.Value == "" {
		f.Value = web.T(r, "house.key_none")
	}
	return f
}

// keyAmiss says what is amiss with the key; "" when nothing is.
func (h *House) keyAmiss(r *http.Request) string {
	switch {
	case h.KeyState != account.KeyGood:
		return web.T(r, "house.key_"+string(h.KeyState))
	case h.KeyTold.Open:
		return web.T(r, "house.key_open")
	}
	return ""
}

func shownVersion(r *http.Request) string {
	if v := version(); v != "" && v != "(devel)" {
		return v
	}
	return web.T(r, "house.version_own")
}

func (h *House) filesText(r *http.Request) string {
	if h.Config.S3.Endpoint != "" {
		return web.T(r, "house.files_bucket", "Bucket", h.Config.S3.Bucket, "Endpoint", h.Config.S3.Endpoint)
	}
	return web.T(r, "house.files_folder")
}

func (h *House) senderText(r *http.Request) string {
	if h.Letters != nil {
		return web.T(r, "house.sender_folder")
	}
	return web.T(r, "house.sender_server", "Host", h.Config.Mail.Host, "Port", strconv.Itoa(h.Config.Mail.Port), "From", h.Config.Mail.From)
}

// sizeText is a number of bytes as people read it.
func sizeText(tag lang.Tag, n int64) string {
	unit, size := "kB", float64(n)/1e3
	for _, next := range []string{"MB", "GB", "TB"} {
		if size < 1000 {
			break
		}
		unit, size = next, size/1000
	}
	return lang.Decimal(tag, fmt.Sprintf("%.1f", size)) + " " + unit
}

// failedText says what a failed job was to do: a letter with its reader, any other by its name.
func failedText(r *http.Request, one job.Row) string {
	var letter letterWord
	if one.Name == string(sendLetter) && json.Unmarshal([]byte(one.Arg), &letter) == nil {
		return web.T(r, "house.letter_to", "To", letter.To)
	}
	if key := "job.name." + one.Name; web.Words(r).Has(key) {
		return web.T(r, key)
	}
	return one.Name
}
