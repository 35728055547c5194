package search

import (
	"encoding/base64"
	"encoding/binary"
	"math"
	"slices"
)

// A cursor is the place of the last hit of a page, not a number of hits: when listings come and go
// meanwhile, the next page still goes on behind that place.

// cursor writes a place down for the next page.
func cursor(order Sort, p *place) string {
	out := []byte{1, byte(slices.Index(Sorts, order))}
	out = binary.BigEndian.AppendUint64(out, math.Float64bits(p.score))
	out = binary.BigEndian.AppendUint64(out, uint64(p.value))
	out = binary.AppendUvarint(out, uint64(len(p.key.Kind)))
	out = append(out, p.key.Kind...)
	out = append(out, p.key.ID...)
	return base64.RawURLEncoding.EncodeToString(out)
}

// placeOf reads a cursor; nil when it is none, or one of another order.
func placeOf(order Sort, after string) *place {
	in, err := base64.RawURLEncoding.DecodeString(after)
	if err != nil || len(in) < 19 || in[0] != 1 || int(in[1]) != slices.Index(Sorts, order) {
		return nil
	}
	p := place{
		score: math.Float64frombits(binary.BigEndian.Uint64(in[2:])),
		value: int64(binary.BigEndian.Uint64(in[10:])),
	}
	n, size := binary.Uvarint(in[18:])
	if size <= 0 || n > uint64(len(in)-18-size) || math.IsNaN(p.score) {
		return nil
	}
	rest := in[18+size:]
	p.key = Key{string(rest[:n]), string(rest[n:])}
	return &p
}
