package sheet

import (
	"bytes"
	"io"
)

// blockBytes is how much of a text is read at a time.
const blockBytes = 256 << 10

// A window shows the part of a text that is being looked at. Positions in buf
// stay valid while lines are looked for and change only in advance.
type window struct {
	in    io.Reader
	buf   []byte // buf[start:] is read but not yet consumed
	start int
	err   error // why no more can be read; io.EOF at the end

	// No line feed stands in buf[lfFrom:lf]. Remembered, so that a file without
	// any line feed is not searched anew for each of its lines.
	lfFrom, lf int
}

// line finds the end of the line that begins at from: the position after its
// text and the size of the LF, CRLF or CR that follows, 0 at the end of the text.
// It stops looking after limit bytes and tells by ok.
func (w *window) line(from, limit int) (end, size int, ok bool) {
	for {
		lf := w.lineFeed(from)
		cr := bytes.IndexByte(w.buf[from:lf], '\r')
		switch {
		case cr >= 0 && from+cr+1 < len(w.buf):
			if end = from + cr; w.buf[end+1] == '\n' {
				return end, 2, true
			}
			return end, 1, true
		case cr >= 0 && w.err != nil:
			return from + cr, 1, true
		case cr < 0 && lf < len(w.buf):
			return lf, 1, true
		case w.err != nil:
			return lf, 0, true
		case lf-from > limit:
			return 0, 0, false
		}
		w.fill()
	}
}

// lineFeed is the position of the first line feed at or after from, the end of
// buf if there is none.
func (w *window) lineFeed(from int) int {
	if from < w.lfFrom || from > w.lf {
		w.lfFrom, w.lf = from, from
	}
	if i := bytes.IndexByte(w.buf[w.lf:], '\n'); i >= 0 {
		w.lf += i
	} else {
		w.lf = len(w.buf)
	}
	return w.lf
}

// fill reads another block behind what is there.
func (w *window) fill() {
	if cap(w.buf)-len(w.buf) < blockBytes {
		w.buf = append(make([]byte, 0, 2*cap(w.buf)+blockBytes), w.buf...)
	}
	n, err := io.ReadAtLeast(w.in, w.buf[len(w.buf):len(w.buf)+blockBytes], 1)
	w.buf = w.buf[:len(w.buf)+n]
	if err != nil {
		w.err = err
	}
}

// advance consumes the text before position to, and makes room for more when most
// of buf is consumed.
func (w *window) advance(to int) {
	w.start = to
	if w.err == nil && w.start >= blockBytes && w.start*2 >= len(w.buf) {
		w.buf = w.buf[:copy(w.buf, w.buf[w.start:])]
		w.start, w.lfFrom, w.lf = 0, 0, 0
	}
}
