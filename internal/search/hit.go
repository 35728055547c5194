package search

// hit says that a listing has a term: its slot in the segment, the fields in which it stands, and
// its impact, what it counts from 1 to 255.
type hit uint32

const (
	impactBits  = 8
	fieldBits   = 3
	slotShift   = impactBits + fieldBits
	slotBits    = 20
	segmentRoom = 1 << slotBits // slots of a segment
	alone       = hit(1 << 31)  // in the table of lists: the only hit of its list
)

func newHit(slot uint32, fields, impact uint8) hit {
	return hit(slot<<slotShift | uint32(fields)<<impactBits | uint32(impact))
}

func (h hit) slot() uint32  { return uint32(h) >> slotShift & (segmentRoom - 1) }
func (h hit) fields() uint8 { return uint8(h>>impactBits) & (1<<fieldBits - 1) }
func (h hit) impact() uint8 { return uint8(h) }

// entry is a term of one listing: its key, and the fields and impact of the hit.
type entry uint64

const entryShift = impactBits + 8

func newEntry(key uint64, fields, impact uint8) entry {
	return entry(key<<entryShift | uint64(fields)<<impactBits | uint64(impact))
}

func (e entry) key() uint64         { return uint64(e) >> entryShift }
func (e entry) at(slot uint32) hit  { return hit(slot<<slotShift | uint32(e)&(1<<slotShift-1)) }
func fieldsOfMask(mask uint8) uint8 { return mask & (1<<fieldBits - 1) }
func fieldNamesOf(code uint8) []string {
	if code == 0 {
		return []string{fieldNames[Keywords]}
	}
	names := make([]string, 0, fieldBits)
	for f := range Field(fieldBits) {
		if code&(1<<f) != 0 {
			names = append(names, fieldNames[f])
		}
	}
	return names
}
