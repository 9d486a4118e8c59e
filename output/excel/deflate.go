package excel

import (
	"fmt"
	"hash/crc32"
	"sync"

	"github.com/klauspost/compress/flate"
)

// rowLevel is how hard rows are compressed, see BenchmarkPack. On a plan of 200,000
// rows level 1 takes half the processor time of level 5 and makes them a fifth
// larger; levels 2 to 4 gain 2 to 4 per cent for a fifth to a half more time. The
// workbook has 1.12 times the bytes of one at level 5 with every text in its cell.
//
// Note: a compressor of our own that held each cell against the one above took
// longer than level 1 and saved a tenth of the bytes: dropped.
const rowLevel = flate.BestSpeed

// rowPackers and partPackers hold compressors for the next block or workbook:
// making one costs more than compressing a small part.
var (
	rowPackers  = sync.Pool{New: func() any { return newPacker(rowLevel) }}
	partPackers = sync.Pool{New: func() any { return newPacker(flate.DefaultCompression) }}
)

func newPacker(level int) *flate.Writer {
	w, err := flate.NewWriter(nil, level)
	if err != nil {
		panic(fmt.Sprintf("compressing at level %d: %v", level, err)) // a constant of ours
	}
	return w
}

// A byteSink is a slice that can be written to.
type byteSink []byte

func (b *byteSink) Write(p []byte) (int, error) {
	*b = append(*b, p...)
	return len(p), nil
}

// pack appends the compressed form of a block to dst. It ends at a whole byte and
// without the mark of the end (a sync flush), and refers to nothing before it: so
// blocks that were compressed side by side make one stream when they are put one
// after the other.
func pack(dst, plain []byte) ([]byte, error) {
	w := rowPackers.Get().(*flate.Writer)
	defer rowPackers.Put(w)
	sink := byteSink(dst)
	w.Reset(&sink)
	if _, err := w.Write(plain); err != nil {
		return nil, fmt.Errorf("compressing rows: %w", err)
	}
	if err := w.Flush(); err != nil {
		return nil, fmt.Errorf("compressing rows: %w", err)
	}
	return sink, nil
}

// joinSums is the CRC-32 of two pieces of data, one after the other, from those of
// each: what stands before is moved by the length of what follows, which is to
// multiply it, as a polynomial over two elements, by x to the power of its bits.
func joinSums(before, after uint32, afterBytes uint64) uint32 {
	const one, x8 = 1 << 31, 1 << (31 - 8) // bits stand in reverse: the highest is x to the power of 0
	power, square := uint32(one), uint32(x8)
	for n := afterBytes; n > 0; n >>= 1 {
		if n&1 != 0 {
			power = multiply(power, square)
		}
		square = multiply(square, square)
	}
	return multiply(before, power) ^ after
}

// multiply is the product of two polynomials modulo that of CRC-32.
func multiply(a, b uint32) uint32 {
	product := uint32(0)
	for bit := uint32(1) << 31; bit != 0; bit >>= 1 {
		if a&bit != 0 {
			product ^= b
		}
		b = b>>1 ^ -(b&1)&crc32.IEEE
	}
	return product
}
