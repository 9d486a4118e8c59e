package reconcile

import (
	"unicode/utf8"

	"github.com/adrg/strutil/metrics"
)

// shortTitle is how long a text may be for its letters to be compared without
// allocating; nearly all titles are shorter.
const shortTitle = 128

var jaroWinkler = metrics.NewJaroWinkler()

// likeness is the Jaro-Winkler similarity of two texts, 0 to 1, as strutil
// computes it. A hundred thousand distinct titles ask for it a million times,
// and the library makes five slices each time: half of the matcher's garbage.
func likeness(a, b string) float64 {
	if len(a) == 0 || len(b) == 0 || len(a) > shortTitle || len(b) > shortTitle || !isPlainASCII(a) || !isPlainASCII(b) {
		return jaroWinkler.Compare(a, b)
	}
	var inA, inB [shortTitle]byte
	limit := max(len(a), len(b)) / 2
	n, m := sharedLetters(&inA, a, b, limit), sharedLetters(&inB, b, a, limit)
	if n == 0 || m == 0 {
		return 0
	}
	moved := 0
	for i := range min(n, m) {
		if inA[i] != inB[i] {
			moved++
		}
	}
	jaro := (float64(n)/float64(len(a)) + float64(m)/float64(len(b)) + float64(n-moved/2)/float64(n)) / 3
	prefix := 0
	for prefix < min(4, len(a), len(b)) && a[prefix] == b[prefix] {
		prefix++
	}
	return jaro + 0.1*float64(prefix)*(1-jaro)
}

// sharedLetters puts into out the letters of a that b has no further away than
// limit, each letter of b used once, and tells how many.
func sharedLetters(out *[shortTitle]byte, a, b string, limit int) int {
	if len(b) <= 64 {
		return sharedBits(out, a, b, limit)
	}
	var places [utf8.RuneSelf][2]uint64 // as in sharedBits, the first 64 letters and the others
	for j := range len(b) {
		places[b[j]][j/64] |= 1 << (j % 64)
	}
	n := 0
	for i := range len(a) {
		first, after := max(0, i-limit), i+limit+1
		left := &places[a[i]]
		near := left[0] >> first << first & (1<<after - 1) // shifts of 64 and more leave nothing
		half := 0
		if near == 0 {
			half, near = 1, left[1]&(1<<max(0, after-64)-1)
			near = near >> max(0, first-64) << max(0, first-64)
		}
		if near != 0 {
			out[n] = a[i]
			n++
			left[half] &^= near & -near
		}
	}
	return n
}

// sharedBits does the same for a b of up to 64 letters: the places of each letter
// in it are bits of a word, so that none of them is looked for.
func sharedBits(out *[shortTitle]byte, a, b string, limit int) int {
	var places [utf8.RuneSelf]uint64
	for j := range len(b) {
		places[b[j]] |= 1 << j
	}
	n := 0
	for i := range len(a) {
		near := places[a[i]] >> max(0, i-limit) << max(0, i-limit) & (1<<(i+limit+1) - 1)
		if near != 0 {
			out[n] = a[i]
			n++
			places[a[i]] &^= near & -near // the first of them
		}
	}
	return n
}
