package excel

// Symbols in which the lengths of codes are told (RFC 1951, 3.2.7): 0 to 15 are
// lengths, the others say that one comes up again, or how many noughts follow.
const (
	lengthAgain  = 16 // 3 to 6 times, in 2 bits
	fewNoughts   = 17 // 3 to 10, in 3 bits
	manyNoughts  = 18 // 11 to 138, in 7 bits
	lengthCoding = 19
	longestInner = 7
)

// innerOrder is the order in which the lengths of these symbols' own codes stand.
var innerOrder = [lengthCoding]uint8{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

// A told is a symbol of the lengths with the number that follows it.
type told struct{ symbol, number, bits uint8 }

// writeCodes makes the codes of a block and writes its head with their lengths.
func (p *packer) writeCodes(w *bitWriter) {
	literals, distances := p.lengths[:literalCodes], p.lengths[literalCodes:]
	codeLengths(p.literals[:], longestCode, literals)
	codeLengths(p.distances[:], longestCode, distances)
	codesOf(literals, p.literalCode[:])
	codesOf(distances, p.farCode[:])
	for n := minRepeat; n <= longestRepeat; n++ {
		symbol := int(lengthCodes[n])
		c := p.literalCode[firstLength+symbol]
		p.lengthCode[n] = coded{c.bits | uint32(n-int(lengthBase[symbol]))<<c.n, c.n + uint8(lengthBits(symbol))}
	}
	for symbol, c := range p.farCode {
		p.far[symbol] = farSymbol{c, uint8(farBits(symbol)), farBase[symbol]}
	}

	all := tellLengths(p.lengths[:])
	var counts [lengthCoding]int32
	for _, t := range all {
		counts[t.symbol]++
	}
	var lengths [lengthCoding]uint8
	codeLengths(counts[:], longestInner, lengths[:])
	var codes [lengthCoding]coded
	codesOf(lengths[:], codes[:])

	w.number(0, 1) // not the last block
	w.number(2, 2) // with codes of its own
	w.number(literalCodes-firstLength, 5)
	w.number(distanceCodes-1, 5)
	w.number(lengthCoding-4, 4)
	for _, symbol := range innerOrder {
		w.number(int(lengths[symbol]), 3)
	}
	for _, t := range all {
		w.put(codes[t.symbol])
		w.number(int(t.number), int(t.bits))
	}
}

// tellLengths shortens a list of lengths by saying how often one comes up in a row.
func tellLengths(lengths []uint8) []told {
	var out []told
	for i := 0; i < len(lengths); {
		length, n := lengths[i], 1
		for i+n < len(lengths) && lengths[i+n] == length {
			n++
		}
		i += n
		if length != 0 {
			out = append(out, told{symbol: length})
			n--
		}
		for n > 0 {
			t, times := tellRun(length, n)
			out, n = append(out, t), n-times
		}
	}
	return out
}

// tellRun tells the beginning of a run of one length that comes up n times more,
// and how many of them it stands for.
func tellRun(length uint8, n int) (told, int) {
	switch {
	case length == 0 && n >= 11:
		n = min(n, 138)
		return told{manyNoughts, uint8(n - 11), 7}, n
	case length == 0 && n >= 3:
		return told{fewNoughts, uint8(n - 3), 3}, n
	case length != 0 && n >= 3:
		n = min(n, 6)
		return told{lengthAgain, uint8(n - 3), 2}, n
	}
	return told{symbol: length}, 1
}
