package excel

import (
	"encoding/binary"
	"slices"
)

// Symbols of deflate (RFC 1951, 3.2.5): bytes, the end of a block, lengths of
// repeats; and the codes for how far they lead back.
const (
	endOfBlock    = 256
	firstLength   = 257
	literalCodes  = 286
	distanceCodes = 30
	longestRepeat = 258
	minRepeat     = 3
)

// lengthCodes and farCodes give the symbol of a length and of a distance less one;
// distances from 256 on by their high bits, behind those below.
var (
	lengthCodes, lengthBase = lengthTable()
	farCodes, farBase       = farTable()
)

// lengthTable numbers the lengths: after the first eight, each four symbols stand
// for twice as many lengths. The longest has a symbol of its own.
func lengthTable() (of [longestRepeat + 1]uint8, base [literalCodes - firstLength]uint16) {
	length := minRepeat
	for symbol := range base {
		base[symbol] = uint16(length)
		for range 1 << lengthBits(symbol) {
			of[min(length, longestRepeat)] = uint8(symbol)
			length++
		}
	}
	const last = literalCodes - firstLength - 1
	base[last], of[longestRepeat] = longestRepeat, last
	return of, base
}

// lengthBits is how many bits follow the symbol of a length.
func lengthBits(symbol int) int {
	if symbol < 8 || symbol == literalCodes-firstLength-1 {
		return 0
	}
	return symbol/4 - 1
}

func farTable() (of [512]uint8, base [distanceCodes]uint16) {
	far := 0
	for symbol := range base {
		base[symbol] = uint16(far)
		for range 1 << farBits(symbol) {
			if far < 256 {
				of[far] = uint8(symbol)
			} else {
				of[256+far>>7] = uint8(symbol)
			}
			far++
		}
	}
	return of, base
}

// farBits is how many bits follow the symbol of a distance.
func farBits(symbol int) int { return max(symbol/2-1, 0) }

func farCode(far uint32) uint8 {
	if far < 256 {
		return farCodes[far]
	}
	return farCodes[256+far>>7]
}

// A packer compresses rows whose repeats are known: what is left is to count the
// symbols, to make codes for them, and to write them. That takes two fifths of the
// time of a compressor that has to look for repeats itself, at its fastest, and the
// rows four fifths of the bytes, see BenchmarkPack; and a reader has half as many
// repeats to follow.
type packer struct {
	literals    [literalCodes]int32
	distances   [distanceCodes]int32
	lengths     [literalCodes + distanceCodes]uint8
	literalCode [literalCodes]coded
	farCode     [distanceCodes]coded
	far         [distanceCodes]farSymbol
	lengthCode  [longestRepeat + 1]coded // of each length, with the bits behind its symbol
}

// A farSymbol stands for distances from base on, less one: its code and the bits
// behind it.
type farSymbol struct {
	code  coded
	extra uint8
	base  uint16
}

// pack appends the compressed form of a text to dst. It ends at a whole byte and
// without the mark of the end (a sync flush), and refers to nothing before it: so
// blocks that were compressed side by side make one stream when they are put one
// after the other.
func (p *packer) pack(dst []byte, t *rowText) []byte {
	p.count(t)
	w := bitWriter{out: dst}
	p.writeCodes(&w)
	w.out = slices.Grow(w.out, p.size()/8+2*spillBytes)
	w = p.write(w, t)
	return w.flushed()
}

// count counts the symbols.
func (p *packer) count(t *rowText) {
	p.literals, p.distances = [literalCodes]int32{endOfBlock: 1}, [distanceCodes]int32{}
	at := int32(0)
	for i := range t.repeats {
		r := &t.repeats[i]
		for _, b := range t.text[at:r.at] {
			p.literals[b]++
		}
		symbol := farCode(uint32(r.back - 1))
		for left := int(r.n); left > 0; {
			n := piece(left)
			p.literals[firstLength+int(lengthCodes[n])]++
			p.distances[symbol]++
			left -= n
		}
		at = r.at + r.n
	}
	for _, b := range t.text[at:] {
		p.literals[b]++
	}
}

// piece is how much of a repeat is written at once: never so much that what is left
// is too short.
func piece(n int) int {
	if n <= longestRepeat {
		return n
	}
	return min(longestRepeat, n-minRepeat)
}

// size is how many bits the symbols take that were counted.
func (p *packer) size() (size int) {
	for symbol, n := range p.literals {
		size += int(n) * int(p.literalCode[symbol].n)
		if symbol >= firstLength {
			size += int(n) * lengthBits(symbol-firstLength)
		}
	}
	for symbol, n := range p.distances {
		size += int(n) * (int(p.farCode[symbol].n) + farBits(symbol))
	}
	return size
}

// write writes the symbols. One byte and the repeat behind it, or four bytes, fit
// into what is held. What is held, and where it goes, stays in registers: as fields
// they would cost a third of the time.
func (p *packer) write(w bitWriter, t *rowText) bitWriter {
	out, to, held, n := w.out[:cap(w.out)], len(w.out), w.held, w.n
	at, back := int32(0), int32(0)
	var far coded // of back
	for i := range t.repeats {
		r := &t.repeats[i]
		text := t.text[at:r.at]
		for ; len(text) > 1; text = text[min(4, len(text)):] {
			for _, b := range text[:min(4, len(text))] {
				c := &p.literalCode[b]
				held |= uint64(c.bits) << (n & 63)
				n += c.n
			}
			binary.LittleEndian.PutUint64(out[to:], held)
			to, held, n = to+int(n>>3), held>>(n&^7&63), n&7
		}
		if len(text) == 1 { // as a rule: the last digit of the row's number
			c := &p.literalCode[text[0]]
			held |= uint64(c.bits) << (n & 63)
			n += c.n
		}
		if r.back != back {
			back = r.back
			s := &p.far[farCode(uint32(back-1))]
			far = coded{s.code.bits | (uint32(back-1)-uint32(s.base))<<s.code.n, s.code.n + s.extra}
		}
		for left := int(r.n); left > 0; {
			length := piece(left)
			c := &p.lengthCode[length]
			held |= uint64(c.bits) << (n & 63)
			n += c.n
			held |= uint64(far.bits) << (n & 63)
			n += far.n
			binary.LittleEndian.PutUint64(out[to:], held)
			to, held, n = to+int(n>>3), held>>(n&^7&63), n&7
			left -= length
		}
		at = r.at + r.n
	}
	w = bitWriter{out[:to], held, n}
	for _, b := range t.text[at:] {
		w.put(p.literalCode[b])
	}
	w.put(p.literalCode[endOfBlock])
	return w
}

// A bitWriter writes bits, the lowest first.
type bitWriter struct {
	out  []byte
	held uint64
	n    uint8 // bits in held, at most 7 between two calls of put
}

// spillBytes is how many bytes are written at a time.
const spillBytes = 8

// put writes a code.
func (w *bitWriter) put(c coded) {
	w.held |= uint64(c.bits) << w.n
	w.n += c.n
	for ; w.n >= 8; w.n -= 8 {
		w.out = append(w.out, byte(w.held))
		w.held >>= 8
	}
}

// number writes a number in so many bits.
func (w *bitWriter) number(x, bits int) { w.put(coded{uint32(x), uint8(bits)}) }

// flushed ends at a whole byte, behind an empty stored block.
func (w *bitWriter) flushed() []byte {
	w.number(0, 3) // not the last block, stored
	if w.n > 0 {
		w.number(0, int(8-w.n))
	}
	return append(w.out, 0, 0, 0xff, 0xff)
}
