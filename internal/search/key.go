package search

import "math/bits"

// A list is known by a key of 48 bits, made of the word, the stem or the two folded words whose
// listings it holds. Among ten million keys, one that is asked for meets a stranger's once in thirty
// million times.
const (
	keyBits  = 48
	dirBits  = 16 // of a key that stand in the directory of the lists
	lowBits  = keyBits - dirBits
	fnvPrime = 0x100000001b3
	golden   = 0x9E3779B97F4A7C15
)

// Where the hashes of the three kinds of names begin.
const (
	wordSeed = 0xcbf29ce484222325
	stemSeed = 0x84222325cbf29ce4
	foldSeed = 0x2325cbf29ce48422
)

func hashOf(seed uint64, s string) uint64 {
	for i := 0; i < len(s); i++ {
		seed = (seed ^ uint64(s[i])) * fnvPrime
	}
	return mixed(seed)
}

func mixed(h uint64) uint64 {
	h = (h ^ h>>32) * golden
	return h ^ h>>29
}

// wordKey returns the key of an exact form.
func wordKey(exact string) uint64 { return hashOf(wordSeed, exact) >> (64 - keyBits) }

// stemKey returns the key of an English stem.
func stemKey(root string) uint64 { return hashOf(stemSeed, root) >> (64 - keyBits) }

// foldHash returns what pairKey wants of a folded word.
func foldHash(folded string) uint64 { return hashOf(foldSeed, folded) }

// pairKey returns the key of two folded words side by side.
func pairKey(first, second uint64) uint64 {
	return mixed(first*golden+bits.RotateLeft64(second, 31)) >> (64 - keyBits)
}
