package sheet

import (
	"io"
	"sync"
)

// aheadBytes is how much is unpacked at once: enough that handing it over costs
// nothing.
const aheadBytes = 256 << 10

// aheadRoom are pieces for the next parts: a run reads back a thousand sheets, most of
// which fill a small part of one.
var aheadRoom = sync.Pool{New: func() any { return new([aheadBytes]byte) }}

// ahead reads the next piece of a part while the one before is being scanned:
// unpacking is two fifths of the work on a worksheet, which is one stream that
// cannot be shared out otherwise. Each piece has a goroutine of its own, so that
// nothing is left behind by who stops in the middle of a sheet.
type ahead struct {
	r     io.Reader
	where string              // the file, for messages
	now   []byte              // read, and not handed out yet
	err   error               // what comes behind it
	room  []*[aheadBytes]byte // of this part: one, or two to be filled by turns
	at    int                 // which of them is filled next
	next  chan piece          // on its way; nil: none
}

type piece struct {
	b   []byte
	err error
}

func (a *ahead) Read(p []byte) (int, error) {
	if len(a.now) == 0 && a.err == nil {
		a.take()
	}
	if len(a.now) == 0 && a.err != nil {
		a.release()
		return 0, a.err
	}
	n := copy(p, a.now)
	a.now = a.now[n:]
	return n, nil
}

// take makes the next piece the one at hand and has the one behind it fetched.
// The first is not worth a goroutine: most parts have no other.
func (a *ahead) take() {
	var got piece
	if a.next == nil {
		got = fill(a.r, a.into(), a.where)
	} else {
		got = <-a.next
	}
	a.now, a.err = got.b, got.err
	if got.err != nil {
		return
	}
	into, next := a.into(), make(chan piece, 1)
	a.next = next
	go func() { next <- fill(a.r, into, a.where) }()
}

// into is the room for the next piece: all of the one that stood there will have been
// handed out when it is filled again.
func (a *ahead) into() []byte {
	if len(a.room) < 2 {
		a.room = append(a.room, aheadRoom.Get().(*[aheadBytes]byte))
	}
	b := a.room[a.at%len(a.room)][:]
	a.at++
	return b
}

// release gives the room back once everything has been handed out. Who stops before
// leaves it to the collector: a piece may still be on its way.
func (a *ahead) release() {
	for _, room := range a.room {
		aheadRoom.Put(room)
	}
	a.room = nil
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
