package sheet

import (
	"encoding/binary"
	"io"
)

// decode unpacks a coded block while there is room and there are bytes. It is one
// long loop, since each of its variables has to stay in a register.
func (u *unpacker) decode() error {
	if err := u.fill(headerBytes); err != nil {
		return err
	}
	limit := u.to - stepBytes
	if u.ended {
		limit = u.to + 8
	}
	if u.pos > limit {
		return io.ErrUnexpectedEOF
	}
	letters, places := (*[1 << letterBits]uint32)(u.codes.letters.codes), (*[1 << placeBits]uint32)(u.codes.places.codes)
	src, out, room := u.src, u.out, len(u.out)-outSlack
	bits, count, pos, made := u.bits, u.count, u.pos, u.made
	var err error
	for made < room && pos <= limit {
		bits |= binary.LittleEndian.Uint64(src[pos:]) << (count & 63) // as refill does
		pos += int(63-count) >> 3
		count |= 56

		// Up to three letters have their bits now; then a copy may need more.
		e := letters[bits&(1<<letterBits-1)]
		if e&entryLetter != 0 {
			bits, count = bits>>(e&63), count-uint(e&63)
			out[made] = byte(e >> 16)
			made++
			if e = letters[bits&(1<<letterBits-1)]; e&entryLetter != 0 {
				bits, count = bits>>(e&63), count-uint(e&63)
				out[made] = byte(e >> 16)
				made++
				if e = letters[bits&(1<<letterBits-1)]; e&entryLetter != 0 {
					bits, count = bits>>(e&63), count-uint(e&63)
					out[made] = byte(e >> 16)
					made++
					continue
				}
			}
			bits |= binary.LittleEndian.Uint64(src[pos:]) << (count & 63)
			pos += int(63-count) >> 3
			count |= 56
		}
		if e&entrySpecial != 0 {
			if e&entryLink != 0 {
				bits, count = bits>>letterBits, count-letterBits
				e = u.codes.letters.codes[uint64(e>>16)+bits&(1<<(e>>8&15)-1)]
			}
			switch {
			case e&entryLetter != 0:
				bits, count = bits>>(e&63), count-uint(e&63)
				out[made] = byte(e >> 16)
				made++
				continue
			case e&entryEnd != 0:
				bits, count = bits>>(e&63), count-uint(e&63)
				u.within = betweenBlocks
			case e&entrySpecial != 0:
				err = errBadStream
			}
			if e&entrySpecial != 0 {
				break
			}
		}
		length := int(e>>16) + int(bits&(1<<(e&63)-1)>>(e>>8&31))
		bits, count = bits>>(e&63), count-uint(e&63)

		if e = places[bits&(1<<placeBits-1)]; e&entryLink != 0 {
			bits, count = bits>>placeBits, count-placeBits
			e = u.codes.places.codes[uint64(e>>16)+bits&(1<<(e>>8&15)-1)]
		}
		back := int(e>>16) + int(bits&(1<<(e&63)-1)>>(e>>8&31))
		bits, count = bits>>(e&63), count-uint(e&63)
		if e&entrySpecial != 0 || back > made {
			err = errBadStream
			break
		}

		from, end := made-back, made+length
		switch {
		case back >= 8 && length <= 64: // by words, and perhaps beyond the end
			for ; made < end; made, from = made+8, from+8 {
				binary.LittleEndian.PutUint64(out[made:], binary.LittleEndian.Uint64(out[from:]))
			}
		case back >= length:
			copy(out[made:end], out[from:])
		default: // what is copied repeats itself
			for ; made < end; made, from = made+1, from+1 {
				out[made] = out[from]
			}
		}
		made = end
	}
	u.bits, u.count, u.pos, u.made = bits, count, pos, made
	if err == nil && u.overrun() {
		err = io.ErrUnexpectedEOF
	}
	return err
}
