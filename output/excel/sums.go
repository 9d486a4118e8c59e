package excel

import "hash/crc32"

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
