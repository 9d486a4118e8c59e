package excel

import (
	"encoding/binary"
	"math"
	"math/bits"
)

// A row says much the same as the one above it, in the same columns: whoever makes
// the rows knows what repeats, and where it stood. So the compressor need not look
// for it, which is what costs most of compressing, and it hears of longer pieces
// than one that looks at bytes finds in a hurry.

const (
	window      = 32 << 10 // how far back a repeat may lead, in bytes
	shortRepeat = 4        // a shorter one takes more bits than its bytes
	freshRepeat = 6        // the shortest that is looked for in new text
	freshBits   = 12
)

// A repeat is a piece of the rows that stands before it too: n bytes at at, the same
// as those that begin back bytes before it.
type repeat struct{ at, n, back int32 }

// A rowText is rows as XML with what repeats in them, in the order of the rows.
type rowText struct {
	text    []byte
	repeats []repeat
	fresh   [1 << freshBits]freshText // by a hash of six bytes
}

// A freshText is where new text stands, and its first bytes, so that nearly all
// that are not the same need not be looked up in the text.
type freshText struct{ at, begin uint32 }

func (t *rowText) reset(text []byte) {
	t.text, t.repeats = text[:0], t.repeats[:0]
	clear(t.fresh[:])
}

// note says that the n bytes at at repeat those that stand so far back. A piece
// that follows one which came from as far back makes that one longer.
func (t *rowText) note(at, n, back int) {
	if back > window || at+n > math.MaxInt32 {
		return
	}
	if k := len(t.repeats) - 1; k >= 0 {
		if last := &t.repeats[k]; int(last.back) == back && int(last.at+last.n) == at {
			last.n += int32(n)
			return
		}
	}
	if n >= shortRepeat {
		t.repeats = append(t.repeats, repeat{int32(at), int32(n), int32(back)})
	}
}

// compare notes what the text from at on has in common with the piece above it: its
// beginning, its end, and, if that is to be searched, what stands between them and
// other new text says too.
func (t *rowText) compare(at int, above span, search bool) {
	now, before := t.text[at:], t.text[above.from:above.to]
	head := sameHead(now, before)
	now, before = now[head:], before[head:]
	tail := sameTail(now, before)
	t.note(at, head, at-above.from)
	if search {
		t.search(at+head, len(t.text)-tail)
	}
	t.note(len(t.text)-tail, tail, len(t.text)-above.to)
}

// search looks for new text, from one place to another, in new text before it.
func (t *rowText) search(from, to int) {
	b := t.text
	if len(b) > math.MaxInt32 {
		return
	}
	for last := min(to-freshRepeat, len(b)-8); from <= last; {
		begin := binary.LittleEndian.Uint64(b[from:])
		slot := &t.fresh[freshHash(begin)]
		before := *slot
		*slot = freshText{uint32(from), uint32(begin)}
		if before.begin != uint32(begin) || before.at == 0 || from-int(before.at) > window {
			from++
			continue
		}
		n := sameHead(b[from:to], b[before.at:])
		if n < freshRepeat {
			from++
			continue
		}
		t.note(from, n, from-int(before.at))
		from += n
	}
}

// freshHash is a number for the first six bytes of eight.
func freshHash(b uint64) uint64 {
	const mix = 0x9e3779b97f4a7c15
	return b << 16 * mix >> (64 - freshBits)
}

// sameHead is how many bytes two texts have in common from their beginning.
func sameHead(a, b []byte) int {
	n, least := 0, min(len(a), len(b))
	for ; n+8 <= least; n += 8 {
		if differ := binary.LittleEndian.Uint64(a[n:]) ^ binary.LittleEndian.Uint64(b[n:]); differ != 0 {
			return n + bits.TrailingZeros64(differ)/8
		}
	}
	for n < least && a[n] == b[n] {
		n++
	}
	return n
}

// sameTail is how many bytes two texts have in common before their end.
func sameTail(a, b []byte) int {
	n, least := 0, min(len(a), len(b))
	for ; n+8 <= least; n += 8 {
		x, y := a[len(a)-n-8:], b[len(b)-n-8:]
		if differ := binary.LittleEndian.Uint64(x) ^ binary.LittleEndian.Uint64(y); differ != 0 {
			return n + bits.LeadingZeros64(differ)/8
		}
	}
	for n < least && a[len(a)-n-1] == b[len(b)-n-1] {
		n++
	}
	return n
}
