package room

import (
	"net/http"
	"slices"

	"chonoi/internal/document/signature"
	"chonoi/internal/exchange/deal"
	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// sealView is a digital signature in a document, as the page of the legal route shows it.
type sealView struct {
	File, Signer, Note string
	Light              parts.Light
	Problems           []string
}

// sealed tells in a few words of the digital signatures in a document.
func sealed(r *http.Request, all []signature.Signature) string {
	if slices.ContainsFunc(all, func(s signature.Signature) bool { return !s.Good() }) {
		return web.T(r, "seal.amiss", "N", len(all))
	}
	return web.T(r, "seal.intact", "N", len(all))
}

// seals are the digital signatures in the documents that both sides may open.
func seals(r *http.Request, one *deal.Room) (all []sealView, err error) {
	files, _, err := deal.Documents(web.Tx(r), one)
	for _, f := range files {
		if f.Audience == deal.ForOwn {
			continue
		}
		for _, s := range f.Seals {
			all = append(all, seal(r, f.Called(web.Lang(r)), s))
		}
	}
	return all, err
}

func seal(r *http.Request, file string, s signature.Signature) sealView {
	tag := web.Lang(r)
	v := sealView{File: file, Signer: s.Signer, Light: parts.Light{Kind: "ok", Text: web.T(r, "seal.good")}}
	if s.Organisation != "" {
		v.Signer = web.T(r, "seal.of", "Signer", s.Signer, "Organisation", s.Organisation)
	}
	if v.Signer == "" {
		v.Signer = web.T(r, "seal.nobody")
	}
	switch {
	case !s.Good():
		v.Light = parts.Light{Kind: "late", Text: web.T(r, "seal.bad")}
	case s.Trust != signature.Trusted:
		v.Light = parts.Light{Kind: "risk", Text: web.T(r, "seal.good")}
	}
	v.Note = web.T(r, "signature."+s.Trust)
	if !s.Stamped.IsZero() {
		v.Note = web.T(r, "seal.stamped", "Time", lang.DateTime(tag, s.Stamped), "Trust", v.Note)
	} else if !s.At.IsZero() {
		v.Note = web.T(r, "seal.at", "Time", lang.DateTime(tag, s.At), "Trust", v.Note)
	}
	if s.Issuer != "" {
		v.Note = web.T(r, "seal.issued", "Note", v.Note, "Issuer", s.Issuer, "Serial", s.Serial)
	}
	for _, problem := range s.Problems {
		v.Problems = append(v.Problems, web.T(r, "signature."+problem))
	}
	return v
}
