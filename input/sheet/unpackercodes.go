package sheet

import (
	"math/bits"
	"sync"
)

// The codes of deflate have up to 15 bits. These many are looked up in one step,
// the others in two.
const (
	letterBits = 11
	placeBits  = 9
	longest    = 15
)

// An entry of a codeTable says what a code means: in its upper half the letter,
// the least length or distance, or where the second table begins; below, in bits
// 8 to 12, how many bits the code has, and in bits 0 to 5 how many it has with the
// bits of the number that follows it. In a link, bits 8 to 11 say by how many
// bits the second table is looked up.
const (
	entryLetter  uint32 = 1 << 31
	entrySpecial uint32 = 1 << 15 // a link, an end, or, without either, no code
	entryLink    uint32 = 1 << 14
	entryEnd     uint32 = 1 << 13
)

// A codeTable finds codes by their first bits, as they come from the stream.
type codeTable struct {
	bits  uint     // by how many bits the first table is looked up
	codes []uint32 // the first table, and behind it those for longer codes
}

// codes are those of a block: of letters and lengths, and of distances.
type codes struct{ letters, places codeTable }

func newCodes() codes { return codes{codeTable{bits: letterBits}, codeTable{bits: placeBits}} }

// build makes the table of the canonical codes of these lengths, 0 for what has
// none. They must use up all codes, unless there are none or a single one of
// one bit.
func (t *codeTable) build(lengths []uint8, meaning []uint32) error {
	var number, next [longest + 1]int
	for _, n := range lengths {
		number[n]++
	}
	number[0] = 0
	code, top := 0, 0
	for n := 1; n <= longest; n++ {
		code <<= 1
		next[n] = code
		code += number[n]
		if number[n] > 0 {
			top = n
		}
		if code > 1<<n {
			return errBadStream
		}
	}
	t.codes = append(t.codes[:0], make([]uint32, 1<<t.bits)...)
	if code != 1<<longest {
		if top > 1 {
			return errBadStream
		}
		for i := range t.codes {
			t.codes[i] = entrySpecial
		}
	}
	for symbol, n := range lengths {
		if n == 0 {
			continue
		}
		reversed := int(bits.Reverse16(uint16(next[n])) >> (16 - n))
		next[n]++
		t.put(reversed, uint(n), uint(top), meaning[symbol])
	}
	return nil
}

// put enters a code of n bits wherever its bits come first.
func (t *codeTable) put(code int, n, top uint, meaning uint32) {
	table := t.codes[:1<<t.bits]
	if n > t.bits {
		first, second := code&(1<<t.bits-1), top-t.bits
		if t.codes[first] == 0 {
			t.codes[first] = entrySpecial | entryLink | uint32(len(t.codes))<<16 | uint32(second)<<8
			t.codes = append(t.codes, make([]uint32, 1<<second)...)
		}
		start := t.codes[first] >> 16
		table = t.codes[start : start+1<<second]
		code >>= t.bits
		n -= t.bits
	}
	for i := code; i < len(table); i += 1 << n {
		table[i] = meaning + uint32(n)<<8 + uint32(n)
	}
}

// letterMeaning, placeMeaning and orderMeaning are what the symbols of the three
// kinds of code mean, without the bits of their codes: the number of bits that
// follow stands in the lowest six.
var letterMeaning, placeMeaning, orderMeaning = func() (letters [288]uint32, places [32]uint32, orders [19]uint32) {
	for i := range 256 {
		letters[i] = entryLetter | uint32(i)<<16
	}
	letters[256] = entrySpecial | entryEnd
	least := 3
	for i := 257; i < 286; i++ {
		extra := max(0, (i-261)/4)
		if i == 285 {
			extra, least = 0, longestCopy
		}
		letters[i] = uint32(least)<<16 | uint32(extra)
		least += 1 << extra
	}
	letters[286], letters[287] = entrySpecial, entrySpecial
	least = 1
	for i := range 30 {
		extra := max(0, (i-2)/2)
		places[i] = uint32(least)<<16 | uint32(extra)
		least += 1 << extra
	}
	places[30], places[31] = entrySpecial, entrySpecial
	for i := range orders {
		orders[i] = uint32(i) << 16
	}
	return letters, places, orders
}()

// fixedCodes are the codes that every unpacker knows.
var fixedCodes = sync.OnceValue(func() *codes {
	var letters [288]uint8
	for i := range letters {
		switch {
		case i >= 144 && i < 256:
			letters[i] = 9
		case i >= 256 && i < 280:
			letters[i] = 7
		default:
			letters[i] = 8
		}
	}
	var places [32]uint8
	for i := range places {
		places[i] = 5
	}
	c := newCodes()
	if c.letters.build(letters[:], letterMeaning[:]) != nil || c.places.build(places[:], placeMeaning[:]) != nil {
		panic("the fixed codes of deflate are no codes") // constants of ours
	}
	return &c
})

// lengthOrder is the order in which the lengths of the codes for lengths come.
var lengthOrder = [19]uint8{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

// readCodes reads the codes that a block brings.
func (u *unpacker) readCodes() error {
	letters, places, orders := u.take(5)+257, u.take(5)+1, u.take(4)+4
	if letters > 286 || places > 30 {
		return errBadStream
	}
	var own [19]uint8
	for _, i := range lengthOrder[:orders] {
		if err := u.refill(); err != nil {
			return err
		}
		own[i] = uint8(u.take(3))
	}
	if err := u.own.places.build(own[:], orderMeaning[:]); err != nil {
		return err
	}
	var lengths [286 + 30]uint8
	if err := u.readLengths(lengths[:letters+places]); err != nil {
		return err
	}
	u.codes = &u.own
	if err := u.own.letters.build(lengths[:letters], letterMeaning[:]); err != nil {
		return err
	}
	return u.own.places.build(lengths[letters:letters+places], placeMeaning[:])
}

// readLengths reads the lengths of codes, by the codes that u.own.places holds.
func (u *unpacker) readLengths(lengths []uint8) error {
	for i := 0; i < len(lengths); {
		if err := u.refill(); err != nil {
			return err
		}
		e := u.own.places.codes[u.bits&(1<<placeBits-1)]
		if e&entrySpecial != 0 {
			return errBadStream
		}
		u.take(uint(e & 63))
		again, length := 1, uint8(e>>16)
		switch length {
		case 16:
			if i == 0 {
				return errBadStream
			}
			again, length = 3+u.take(2), lengths[i-1]
		case 17:
			again, length = 3+u.take(3), 0
		case 18:
			again, length = 11+u.take(7), 0
		}
		if i+again > len(lengths) {
			return errBadStream
		}
		for range again {
			lengths[i] = length
			i++
		}
	}
	return nil
}
