package sheet

import (
	"encoding/binary"
	"errors"
	"io"
	"sync"
)

// An unpacker unpacks a deflate stream (RFC 1951): that of a workbook's part.
// Unpacking is half the work of reading a workbook, and this takes two fifths of
// the time of the libraries (BenchmarkUnpacker): it keeps up to 63 bits of the
// stream in a register, refills them eight bytes at once, looks a letter up in one
// step, and copies by words. A fuzz test holds it to compress/flate, in what it
// gives out and what it refuses.
type unpacker struct {
	in    io.Reader
	src   []byte // from in
	pos   int    // in src: what stands from here on is not in bits yet
	to    int    // in src: the end of what was read; noughts follow if in has ended
	ended bool   // in has no more

	bits  uint64 // of the stream, the next one lowest
	count uint   // how many of them are good

	out  []byte // the last windowBytes that were unpacked, and what came since
	made int    // how much of out is unpacked
	read int    // how much of it was handed out

	last   bool // the block at hand is the last
	within blockKind
	stored int // bytes that a stored block still has
	codes  *codes
	own    codes // of a block that brings its codes
	err    error
}

// A blockKind is what the unpacker is in the middle of.
type blockKind uint8

const (
	betweenBlocks blockKind = iota
	inStored
	inCoded
)

const (
	windowBytes   = 32 << 10  // how far back a copy may begin
	packedBytes   = 64 << 10  // of the stream that are read at once
	unpackedBytes = 128 << 10 // that are made before any is handed out
	longestCopy   = 258
	outSlack      = longestCopy + 32 // room for what one step may make, and for copies by words
	srcSlack      = 32               // noughts behind the stream: eight bytes can always be taken
	headerBytes   = 1 << 10          // more than the head of a block has
	stepBytes     = 16               // more than one step of decode takes
)

var errBadStream = errors.New("the packed stream is damaged")

// unpackers holds those that have come to the end of their stream: each has a
// quarter of a megabyte, and most parts of a workbook are small.
var unpackers = sync.Pool{New: func() any {
	return &unpacker{
		src: make([]byte, packedBytes+srcSlack),
		out: make([]byte, windowBytes+unpackedBytes+outSlack),
		own: newCodes(),
	}
}}

// An unpacking is one stream that is being unpacked.
type unpacking struct {
	u   *unpacker // nil at the end
	err error
}

// unpackDeflate is a zip.Decompressor.
func unpackDeflate(in io.Reader) io.ReadCloser {
	u := unpackers.Get().(*unpacker)
	*u = unpacker{in: in, src: u.src, out: u.out, own: u.own}
	return &unpacking{u: u}
}

// Close is part of io.ReadCloser: nothing has to be closed.
func (z *unpacking) Close() error { return nil }

func (z *unpacking) Read(p []byte) (n int, err error) {
	if z.u == nil {
		return 0, z.err
	}
	if n, z.err = z.u.Read(p); z.err != nil {
		z.u.in = nil
		unpackers.Put(z.u)
		z.u = nil
	}
	return n, z.err
}

// Read may return nothing and no error, so that whoever reads can stop: a stream
// of empty blocks unpacks to nothing for any length of time.
func (u *unpacker) Read(p []byte) (int, error) {
	if u.read == u.made && u.err == nil {
		u.err = u.unpack()
	}
	if u.read == u.made {
		return 0, u.err
	}
	n := copy(p, u.out[u.read:u.made])
	u.read += n
	return n, nil
}

// unpack makes more bytes while there is room, of a thousand blocks at most. All
// that was made before has been handed out.
func (u *unpacker) unpack() error {
	if u.made > windowBytes {
		copy(u.out, u.out[u.made-windowBytes:u.made])
		u.made, u.read = windowBytes, windowBytes
	}
	for blocks := 0; u.made < len(u.out)-outSlack && blocks < 1000; {
		var err error
		switch {
		case u.within == inStored:
			err = u.copyStored()
		case u.within == inCoded:
			err = u.decode()
		case u.last:
			return io.EOF
		default:
			err = u.begin()
			blocks++
		}
		if err != nil && u.overrun() {
			return io.ErrUnexpectedEOF // it made no sense only of the noughts behind the end
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// fill reads until at least n bytes stand from pos on, or in ends.
func (u *unpacker) fill(n int) error {
	if u.ended || u.to-u.pos >= n {
		return nil
	}
	kept := min(u.pos, 8) // a stored block may put back what is in bits
	u.to = copy(u.src, u.src[u.pos-kept:u.to])
	u.pos = kept
	got, err := io.ReadAtLeast(u.in, u.src[u.to:packedBytes], u.pos+n-u.to)
	u.to += got
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		u.ended = true
		clear(u.src[u.to:])
		return nil
	}
	return err
}

// refill makes at least 56 bits good.
func (u *unpacker) refill() error {
	if u.pos+8 > len(u.src) {
		return io.ErrUnexpectedEOF
	}
	u.bits |= binary.LittleEndian.Uint64(u.src[u.pos:]) << u.count
	u.pos += int(63-u.count) >> 3
	u.count |= 56
	return nil
}

// overrun tells whether bits were used that stand behind the end.
func (u *unpacker) overrun() bool { return u.ended && u.pos-int(u.count>>3) > u.to }

// take returns the next n bits of those that are good.
func (u *unpacker) take(n uint) int {
	v := int(u.bits & (1<<n - 1))
	u.bits >>= n
	u.count -= n
	return v
}

// begin reads the head of a block.
func (u *unpacker) begin() error {
	if err := u.fill(headerBytes); err != nil {
		return err
	}
	if err := u.refill(); err != nil {
		return err
	}
	u.last = u.take(1) == 1
	var err error
	switch u.take(2) {
	case 0:
		u.within = inStored
		err = u.beginStored()
	case 1:
		u.within = inCoded
		u.codes = fixedCodes()
	case 2:
		u.within = inCoded
		err = u.readCodes()
	default:
		err = errBadStream
	}
	if err == nil && u.overrun() {
		err = io.ErrUnexpectedEOF
	}
	return err
}

// beginStored goes to the next whole byte and reads how many bytes are stored.
func (u *unpacker) beginStored() error {
	u.take(u.count & 7)
	if err := u.refill(); err != nil {
		return err
	}
	n, inverse := u.take(16), u.take(16)
	if n != inverse^0xFFFF {
		return errBadStream
	}
	u.pos -= int(u.count >> 3)
	u.bits, u.count, u.stored = 0, 0, n
	return nil
}

func (u *unpacker) copyStored() error {
	if u.stored > 0 {
		if err := u.fill(1); err != nil {
			return err
		}
		if u.pos >= u.to {
			return io.ErrUnexpectedEOF
		}
		room := u.out[u.made : len(u.out)-outSlack]
		n := copy(room[:min(len(room), u.stored)], u.src[u.pos:u.to])
		u.pos += n
		u.made += n
		u.stored -= n
	}
	if u.stored == 0 {
		u.within = betweenBlocks
	}
	return nil
}
