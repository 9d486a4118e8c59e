package excel

import "encoding/binary"

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
// symbols, to make codes for them, and to write them. On a plan of 200,000 rows
// that takes a fifth of the time of a compressor that has to look for repeats
// itself, at its fastest, and the rows take two thirds of the bytes: see
// BenchmarkPack.
type packer struct {
	literals    [literalCodes]int32
	distances   [distanceCodes]int32
	lengths     [literalCodes + distanceCodes]uint8
	literalCode [literalCodes]coded
	farCode     [distanceCodes]coded
	bits        bitWriter
}

// pack appends the compressed form of a text to dst. It ends at a whole byte and
// without the mark of the end (a sync flush), and refers to nothing before it: so
// blocks that were compressed side by side make one stream when they are put one
// after the other.
func (p *packer) pack(dst []byte, t *rowText) []byte {
	p.count(t)
	p.bits = bitWriter{out: dst}
	p.writeCodes()
	p.write(t)
	p.bits.put(uint64(p.literalCode[endOfBlock].bits), p.literalCode[endOfBlock].n)
	return p.bits.flushed()
}

// count counts the symbols.
func (p *packer) count(t *rowText) {
	p.literals, p.distances = [literalCodes]int32{endOfBlock: 1}, [distanceCodes]int32{}
	at := int32(0)
	for _, r := range t.repeats {
		for _, b := range t.text[at:r.at] {
			p.literals[b]++
		}
		symbol := farCode(uint32(r.back - 1))
		for n := range pieces(int(r.n)) {
			p.literals[firstLength+int(lengthCodes[n])]++
			p.distances[symbol]++
		}
		at = r.at + r.n
	}
	for _, b := range t.text[at:] {
		p.literals[b]++
	}
}

// pieces cuts a repeat into those that can be written, from 3 to 258 bytes each.
func pieces(n int) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		for n > longestRepeat {
			piece := min(longestRepeat, n-minRepeat)
			if !yield(piece) {
				return
			}
			n -= piece
		}
		yield(n)
	}
}

// write writes the symbols.
func (p *packer) write(t *rowText) {
	w, at := &p.bits, int32(0)
	for _, r := range t.repeats {
		p.writeBytes(t.text[at:r.at])
		far := uint32(r.back - 1)
		symbol := farCode(far)
		code, extra := p.farCode[symbol], far-uint32(farBase[symbol])
		for n := range pieces(int(r.n)) {
			length := lengthCodes[n]
			c := p.literalCode[firstLength+int(length)]
			w.put(uint64(c.bits), c.n)
			w.put(uint64(n-int(lengthBase[length])), uint8(lengthBits(int(length))))
			w.put(uint64(code.bits), code.n)
			w.put(uint64(extra), uint8(farBits(int(symbol))))
			w.spill()
		}
		at = r.at + r.n
	}
	p.writeBytes(t.text[at:])
}

// writeBytes writes bytes as they are, three at a time: so many fit into what the
// bit writer holds.
func (p *packer) writeBytes(text []byte) {
	w := &p.bits
	for len(text) >= 3 {
		a, b, c := p.literalCode[text[0]], p.literalCode[text[1]], p.literalCode[text[2]]
		w.put(uint64(a.bits), a.n)
		w.put(uint64(b.bits), b.n)
		w.put(uint64(c.bits), c.n)
		w.spill()
		text = text[3:]
	}
	for _, b := range text {
		c := p.literalCode[b]
		w.put(uint64(c.bits), c.n)
		w.spill()
	}
}

// A bitWriter writes bits, the lowest first.
type bitWriter struct {
	out  []byte
	held uint64
	n    uint8 // bits in held
}

// put adds bits to those that are held: 56 at most between two spills.
func (w *bitWriter) put(b uint64, n uint8) {
	w.held |= b << (w.n & 63)
	w.n += n
}

// spill writes the whole bytes that are held.
func (w *bitWriter) spill() {
	w.out = binary.LittleEndian.AppendUint64(w.out, w.held)
	whole := w.n >> 3
	w.out = w.out[:len(w.out)-8+int(whole)]
	w.held >>= whole << 3 & 63
	w.n &= 7
}

// flushed ends at a whole byte, behind an empty stored block.
func (w *bitWriter) flushed() []byte {
	w.spill()
	w.put(0, 3) // not the last block, stored
	w.n = (w.n + 7) &^ 7
	w.spill()
	return append(w.out, 0, 0, 0xff, 0xff)
}
