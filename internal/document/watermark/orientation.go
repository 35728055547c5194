package watermark

import (
	"bytes"
	"encoding/binary"
)

// uprightness turns what a reader sees of an image into what the file holds, for each EXIF
// orientation from 1 to 8.
// Source: CIPA DC-008 (Exif 2.32), tag 0x0112.
var uprightness = [9]matrix{
	1: {1, 0, 0, 1},
	2: {-1, 0, 0, 1},
	3: {-1, 0, 0, -1},
	4: {1, 0, 0, -1},
	5: {0, 1, 1, 0},
	6: {0, -1, 1, 0},
	7: {0, -1, -1, 0},
	8: {0, 1, -1, 0},
}

// orientationOf returns the EXIF orientation of a JPEG, 1 when it tells none.
func orientationOf(raw []byte) int {
	for at := 2; at+4 <= len(raw) && raw[at] == 0xff; {
		marker, length := raw[at+1], int(binary.BigEndian.Uint16(raw[at+2:]))
		end := at + 2 + length
		if marker == 0xda || length < 2 || end > len(raw) {
			break
		}
		if tiff, ok := bytes.CutPrefix(raw[at+4:end], []byte("Exif\x00\x00")); ok && marker == 0xe1 {
			return orientationInTIFF(tiff)
		}
		at = end
	}
	return 1
}

func orientationInTIFF(tiff []byte) int {
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if tiff[0] == 'I' {
		order = binary.LittleEndian
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return 1
	}
	entries := tiff[at+2:]
	for range order.Uint16(tiff[at:]) {
		if len(entries) < 12 {
			break
		}
		if order.Uint16(entries) == 0x0112 {
			if told := int(order.Uint16(entries[8:])); told >= 1 && told <= 8 {
				return told
			}
			break
		}
		entries = entries[12:]
	}
	return 1
}

// orientationSegment is an EXIF segment that tells nothing but the orientation.
func orientationSegment(orientation int) []byte {
	return []byte{
		0xff, 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8,
		0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, byte(orientation), 0, 0, 0, 0, 0, 0,
	}
}
