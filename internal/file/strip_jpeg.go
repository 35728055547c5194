package file

import (
	"bytes"
	"encoding/binary"
)

// JPEG markers. Source: ITU-T T.81, Table B.1.
const (
	markSOI  = 0xD8
	markEOI  = 0xD9
	markSOS  = 0xDA
	markRST0 = 0xD0
	markRST7 = 0xD7
	markTEM  = 0x01
	markAPP0 = 0xE0
	markAPP1 = 0xE1
	markAPP2 = 0xE2
	markAPPE = 0xEE
	markAPPF = 0xEF
	markCOM  = 0xFE
)

// stripJPEG returns the JPEG without EXIF, XMP, IPTC, comments and embedded previews, and without
// what follows its end. It keeps the colour profile, and the one fact of EXIF that says which side is up.
func stripJPEG(raw []byte) ([]byte, error) {
	if len(raw) < 4 || raw[0] != 0xFF || raw[1] != markSOI {
		return nil, errBroken
	}
	out := append(make([]byte, 0, len(raw)), 0xFF, markSOI)
	if orientation := orientationOf(raw); orientation > 1 {
		out = append(out, orientationSegment(orientation)...)
	}
	for at := 2; ; {
		mark, segment, next, ok := segmentAt(raw, at)
		switch {
		case !ok:
			return nil, errBroken
		case mark == markEOI:
			return append(out, 0xFF, markEOI), nil
		case keptSegment(mark, segment):
			out = append(out, 0xFF, mark)
			out = append(out, segment...)
		}
		if mark == markSOS {
			end := endOfScan(raw, next)
			out = append(out, raw[next:end]...)
			next = end
		}
		at = next
	}
}

// segmentAt returns the marker at or after fill bytes at at, its segment with the two bytes of its
// length, and where the next one begins.
func segmentAt(raw []byte, at int) (mark byte, segment []byte, next int, ok bool) {
	if at >= len(raw) || raw[at] != 0xFF {
		return 0, nil, 0, false
	}
	for at < len(raw) && raw[at] == 0xFF {
		at++
	}
	if at == len(raw) || raw[at] == 0 {
		return 0, nil, 0, false
	}
	mark, at = raw[at], at+1
	if mark == markEOI || mark == markTEM || mark >= markRST0 && mark <= markRST7 {
		return mark, nil, at, true
	}
	if mark == markSOI || at+2 > len(raw) {
		return 0, nil, 0, false
	}
	length := int(binary.BigEndian.Uint16(raw[at:]))
	if length < 2 || at+length > len(raw) {
		return 0, nil, 0, false
	}
	return mark, raw[at : at+length], at + length, true
}

// endOfScan returns where the compressed pixels that begin at at end: at the next marker that is
// neither a stuffed byte nor a restart.
func endOfScan(raw []byte, at int) int {
	for ; at+1 < len(raw); at++ {
		if raw[at] != 0xFF {
			continue
		}
		if m := raw[at+1]; m != 0 && m != 0xFF && (m < markRST0 || m > markRST7) {
			return at
		}
	}
	return len(raw)
}

func keptSegment(mark byte, segment []byte) bool {
	switch {
	case mark == markAPP0: // JFIF, but not with a preview in it
		return len(segment) == 16 && bytes.HasPrefix(segment[2:], []byte("JFIF\x00"))
	case mark == markAPP2:
		return bytes.HasPrefix(segment[2:], []byte("ICC_PROFILE\x00"))
	case mark == markAPPE: // says how the colours are coded
		return len(segment) == 14 && bytes.HasPrefix(segment[2:], []byte("Adobe"))
	case mark >= markAPP0 && mark <= markAPPF, mark == markCOM, mark == markTEM:
		return false
	case mark >= 0xF0 && mark <= 0xFD: // JPG extensions: nobody shows them
		return false
	}
	return true
}

// orientationSegment returns an EXIF segment that tells nothing but the orientation.
func orientationSegment(orientation int) []byte {
	return []byte{
		0xFF, markAPP1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8,
		0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, byte(orientation), 0, 0, 0, 0, 0, 0,
	}
}

// orientationOf returns the EXIF orientation of a JPEG, 1 to 8; 1 when it tells none or is none.
func orientationOf(raw []byte) int {
	if len(raw) < 4 || raw[0] != 0xFF || raw[1] != markSOI {
		return 1
	}
	for at := 2; ; {
		mark, segment, next, ok := segmentAt(raw, at)
		if !ok || mark == markSOS || mark == markEOI {
			return 1
		}
		if mark == markAPP1 {
			if tiff, isEXIF := bytes.CutPrefix(segment[2:], []byte("Exif\x00\x00")); isEXIF {
				return orientationInTIFF(tiff)
			}
		}
		at = next
	}
}

func orientationInTIFF(tiff []byte) int {
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if string(tiff[:2]) == "II" {
		order = binary.LittleEndian
	}
	at := uint64(order.Uint32(tiff[4:]))
	if at+2 > uint64(len(tiff)) {
		return 1
	}
	count := uint64(order.Uint16(tiff[at:]))
	for i := range count {
		entry := at + 2 + 12*i
		if entry+12 > uint64(len(tiff)) {
			return 1
		}
		if order.Uint16(tiff[entry:]) == 0x0112 {
			if o := int(order.Uint16(tiff[entry+8:])); o >= 1 && o <= 8 {
				return o
			}
			return 1
		}
	}
	return 1
}
