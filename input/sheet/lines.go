package sheet

import (
	"bytes"
	"io"
	"strings"
)

// blockBytes is how much of a text is read and cut at a time: enough that
// handing it from one goroutine to another costs nothing, and few enough that
// its cells, which take twice as much, are still in the processor's cache when they
// are read. Tests make it small.
var blockBytes = 64 << 10

// A textBlock is a stretch of whole lines of a text.
type textBlock struct {
	text string
	line int  // number of its first line
	last bool // the text ends here
}

// lineBlocks cuts a text into blocks behind line ends. A record may run on from
// one block into the next: see cutter.
type lineBlocks struct {
	in    io.Reader
	limit int    // bytes of a line, beyond which nobody waits for its end
	buf   []byte // read and not given out yet
	line  int    // number of the first line in it
	err   error  // why no more can be read; io.EOF at the end
}

// next returns the next block, and io.EOF after the last.
func (l *lineBlocks) next() (textBlock, error) {
	cut := 0
	for l.err == nil {
		l.fill()
		if cut = behindLastLine(l.buf); cut > 0 && len(l.buf) >= blockBytes || len(l.buf) > l.limit+1 && cut == 0 {
			break
		}
	}
	if l.err == nil && cut == len(l.buf) {
		l.fillBy(1) // whether it is the last block must be known of it
	}
	b := textBlock{line: l.line}
	switch {
	case l.err == io.EOF && len(l.buf) == 0:
		return b, io.EOF
	case l.err == io.EOF || cut == 0 && l.err == nil: // the end, or a line without any
		cut, b.last = len(l.buf), true
	case cut == 0:
		return b, l.err
	}
	b.text = string(l.buf[:cut])
	l.buf = l.buf[:copy(l.buf, l.buf[cut:])]
	l.line += countLines(b.text)
	if b.last {
		l.err, l.buf = io.EOF, nil
	}
	return b, nil
}

// fill reads until a block is full, or as much as there is.
func (l *lineBlocks) fill() {
	l.fillBy(max(blockBytes-len(l.buf), blockBytes/2, 1))
}

func (l *lineBlocks) fillBy(n int) {
	have := len(l.buf)
	if cap(l.buf) < have+n {
		l.buf = append(make([]byte, 0, have+n), l.buf...)
	}
	n, err := io.ReadFull(l.in, l.buf[have:have+n])
	l.buf = l.buf[:have+n]
	if err == io.ErrUnexpectedEOF {
		err = io.EOF
	}
	l.err = err
}

// behindLastLine is the position behind the last line end of a text that goes on;
// 0 if there is none. A CR at the very end may be half of one.
func behindLastLine(text []byte) int {
	if i := bytes.LastIndexByte(text, '\n'); i >= 0 {
		return i + 1
	}
	return 1 + bytes.LastIndexByte(text[:max(0, len(text)-1)], '\r')
}

// countLines counts the line ends of a text: LF, CRLF and CR.
func countLines(text string) int {
	n := strings.Count(text, "\n")
	for {
		cr := strings.IndexByte(text, '\r')
		if cr < 0 {
			return n
		}
		if text = text[cr+1:]; text == "" || text[0] != '\n' {
			n++
		}
	}
}

// A lineFinder finds the line ends of a text.
type lineFinder struct {
	text    string
	returns bool // there are carriage returns in it

	// No line feed stands in text[lfFrom:lf]. Remembered, so that a text without any
	// line feed is not searched anew for each of its lines.
	lfFrom, lf int
}

func newLineFinder(text string) lineFinder {
	return lineFinder{text: text, returns: strings.IndexByte(text, '\r') >= 0}
}

// line finds the end of the line that begins at from: the position after its
// text and the size of the LF, CRLF or CR that follows, 0 at the end of the text.
func (l *lineFinder) line(from int) (end, size int) {
	lf := l.lineFeed(from)
	if l.returns {
		if cr := strings.IndexByte(l.text[from:lf], '\r'); cr >= 0 {
			if end = from + cr; end+1 == lf && lf < len(l.text) {
				return end, 2
			}
			return end, 1
		}
	}
	if lf == len(l.text) {
		return lf, 0
	}
	return lf, 1
}

// lineFeed is the position of the first line feed at or after from, the end of
// the text if there is none.
func (l *lineFinder) lineFeed(from int) int {
	if from < l.lfFrom || from > l.lf {
		l.lfFrom, l.lf = from, from
	}
	if i := strings.IndexByte(l.text[l.lf:], '\n'); i >= 0 {
		l.lf += i
	} else {
		l.lf = len(l.text)
	}
	return l.lf
}
