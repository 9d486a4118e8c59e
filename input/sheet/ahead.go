package sheet

import "io"

// aheadBytes is how much is unpacked at once: enough that handing it over costs
// nothing.
const aheadBytes = 256 << 10

// ahead reads the next piece of a part while the one before is being scanned:
// unpacking is two fifths of the work on a worksheet, which is one stream that
// cannot be shared out otherwise. Each piece has a goroutine of its own, so that
// nothing is left behind by who stops in the middle of a sheet.
type ahead struct {
	r     io.Reader
	where string // the file, for messages
	now   []byte // read, and not handed out yet
	err   error  // what comes behind it
	spare []byte
	next  chan piece // on its way; nil: none
}

type piece struct {
	b   []byte
	err error
}

func (a *ahead) Read(p []byte) (int, error) {
	if len(a.now) == 0 {
		if a.err != nil {
			return 0, a.err
		}
		a.take()
	}
	n := copy(p, a.now)
	a.now = a.now[n:]
	if n == 0 {
		return 0, a.err
	}
	return n, nil
}

// take makes the next piece the one at hand and has the one behind it fetched.
// The first is not worth a goroutine: most parts have no other.
func (a *ahead) take() {
	var got piece
	if a.next == nil {
		got = fill(a.r, make([]byte, aheadBytes), a.where)
	} else {
		got = <-a.next
	}
	a.now, a.err = got.b, got.err
	if got.err != nil {
		return
	}
	if a.spare == nil {
		a.spare = make([]byte, aheadBytes)
	}
	into, next := a.spare, make(chan piece, 1)
	a.spare, a.next = got.b, next // all of it will have been handed out when it is filled again
	go func() { next <- fill(a.r, into, a.where) }()
}

// fill reads until b is full or the reader ends. A panic below is the file's
// fault, as it is in who reads by itself.
func fill(r io.Reader, b []byte, where string) (got piece) {
	defer guard(where, &got.err)
	for len(got.b) < len(b) && got.err == nil {
		var n int
		n, got.err = r.Read(b[len(got.b):])
		got.b = b[:len(got.b)+n]
	}
	return got
}
