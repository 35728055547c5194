package file

import (
	"bytes"
	"encoding/binary"
	"errors"
)

// What a picture carries beside its pixels can tell where and when it was taken, by whom, and with
// what. The functions here keep only what is needed to show it. They do not touch the pixels.

var errBroken = errors.New("not a whole image")

// pngKept are the chunks that have a say in how a PNG looks.
// Source: W3C PNG (Third Edition), 11.
var pngKept = map[string]bool{
	"IHDR": true, "PLTE": true, "IDAT": true, "IEND": true, "tRNS": true, "gAMA": true, "cHRM": true, "sRGB": true,
	"iCCP": true, "cICP": true, "sBIT": true, "bKGD": true, "pHYs": true, "acTL": true, "fcTL": true, "fdAT": true,
}

const pngSignature = "\x89PNG\r\n\x1a\n"

// stripPNG returns the PNG without text, time, EXIF and private chunks, and without what follows
// its end.
func stripPNG(raw []byte) ([]byte, error) {
	rest, ok := bytes.CutPrefix(raw, []byte(pngSignature))
	if !ok {
		return nil, errBroken
	}
	out := append(make([]byte, 0, len(raw)), pngSignature...)
	for len(rest) >= 12 {
		length := uint64(binary.BigEndian.Uint32(rest))
		if length > uint64(len(rest)-12) {
			return nil, errBroken
		}
		chunk := rest[:12+length]
		name := string(chunk[4:8])
		if pngKept[name] {
			out = append(out, chunk...)
		}
		if name == "IEND" {
			return out, nil
		}
		rest = rest[len(chunk):]
	}
	return nil, errBroken
}

// webpKept are the chunks that have a say in how a WebP looks.
// Source: RFC 9649, 2.7.
var webpKept = map[string]bool{
	"VP8 ": true, "VP8L": true, "VP8X": true, "ALPH": true, "ANIM": true, "ANMF": true, "ICCP": true,
}

// stripWebP returns the WebP without EXIF, XMP and unknown chunks, and without what follows its end.
func stripWebP(raw []byte) ([]byte, error) {
	if len(raw) < 12 || string(raw[:4]) != "RIFF" || string(raw[8:12]) != "WEBP" {
		return nil, errBroken
	}
	size := uint64(binary.LittleEndian.Uint32(raw[4:]))
	if size < 4 || size > uint64(len(raw)-8) {
		return nil, errBroken
	}
	rest := raw[12 : 8+size]
	out := append(make([]byte, 0, len(raw)), raw[:12]...)
	for len(rest) >= 8 {
		length := uint64(binary.LittleEndian.Uint32(rest[4:]))
		padded := 8 + length + length%2
		if padded > uint64(len(rest)) {
			return nil, errBroken
		}
		if name := string(rest[:4]); webpKept[name] {
			at := len(out)
			out = append(out, rest[:padded]...)
			if name == "VP8X" && length > 0 {
				out[at+8] &^= 0x08 | 0x04 // it no longer has EXIF and XMP
			}
		}
		rest = rest[padded:]
	}
	binary.LittleEndian.PutUint32(out[4:], uint32(len(out)-8))
	return out, nil
}
