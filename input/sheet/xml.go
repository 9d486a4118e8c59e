package sheet

import (
	"bytes"
	"fmt"
	"io"
	"sync"
)

// What the XML of a workbook may ask for. Real parts stay far below.
const (
	maxTagBytes = 64 << 10
	maxAttrs    = 256
	maxDepth    = 256
)

// An xmlScanner reads one XML part of a workbook as a stream of elements and
// text, in constant memory, and is strict: what is not well-formed to the very
// end, not UTF-8, or holds a DOCTYPE is an error.
//
// It stands in for encoding/xml.Decoder, which spends four fifths of the time of
// reading a worksheet on copying names and attributes into strings. A fuzz test
// holds it to encoding/xml: what it accepts, encoding/xml accepts and reads the
// same. Names, attributes and text are valid until the next token.
type xmlScanner struct {
	in  io.Reader
	buf []byte
	pos int
	err error // why no more can be read; io.EOF at the end

	name  []byte // local name of the element that begins
	space xmlSpace
	attrs []xmlAttr
	tag   []byte // as it is written
	chars []byte // the text

	open       []byte // qualified names of the open elements, one behind the other
	ends       []int  // where each of them ends
	bindings   []xmlBinding
	unprefixed xmlSpace // what the innermost xmlns="" says
	empty      bool     // the element that began is <empty/>: its end comes next
	cdata      bool     // inside <![CDATA[
	rooted     bool     // the root element has begun
	brackets   int      // ] at the end of the text so far, for ]]>
}

type xmlAttr struct{ name, value []byte }

// An xmlBinding is a prefix that an open element declares.
type xmlBinding struct {
	prefix string
	space  xmlSpace
	depth  int
}

// An xmlSpace is a namespace, as far as workbooks need to know it. Each has a
// transitional and a strict name.
type xmlSpace uint8

const (
	otherSpace xmlSpace = iota
	mainSpace           // of spreadsheets
	relSpace            // of r:id attributes
	packageSpace
)

var xmlSpaces = map[string]xmlSpace{
	"http://schemas.openxmlformats.org/spreadsheetml/2006/main":           mainSpace,
	"http://purl.oclc.org/ooxml/spreadsheetml/main":                       mainSpace,
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships": relSpace,
	"http://purl.oclc.org/ooxml/officeDocument/relationships":             relSpace,
	"http://schemas.openxmlformats.org/package/2006/relationships":        packageSpace,
}

type xmlToken int

const (
	xmlNone  xmlToken = iota
	xmlStart          // name, space and attrs are set
	xmlEnd
	xmlText // chars is set; one text may come in several pieces
	xmlEOF
)

// An xmlFault says what is wrong with the XML, in words that fit behind "the
// part … is damaged:".
type xmlFault string

func (f xmlFault) Error() string { return string(f) }

func newXMLScanner(in io.Reader) *xmlScanner {
	return &xmlScanner{in: in, buf: scanRoom.Get().(*[2 * maxTagBytes]byte)[:0]}
}

// scanRoom is room for what is being scanned: a run reads back a thousand sheets,
// most of which fill a small part of it.
var scanRoom = sync.Pool{New: func() any { return new([2 * maxTagBytes]byte) }}

// release gives the room back. Nothing may be scanned afterwards, and none of the
// tokens may be in use.
func (x *xmlScanner) release() {
	if x.buf != nil {
		scanRoom.Put((*[2 * maxTagBytes]byte)(x.buf[:2*maxTagBytes]))
	}
	x.buf, x.pos = nil, 0
}

// next reads the next token. Comments and processing instructions are passed over.
func (x *xmlScanner) next() (xmlToken, error) {
	if x.empty {
		x.empty = false
		x.close()
		return xmlEnd, nil
	}
	for {
		if x.pos == len(x.buf) && !x.more() {
			return x.end()
		}
		var token xmlToken
		var err error
		switch c := x.buf[x.pos]; {
		case x.cdata:
			token, err = x.text()
		case c == '<':
			x.brackets = 0
			token, err = x.markup()
		case c == '&':
			x.brackets = 0
			token, err = x.reference()
		default:
			token, err = x.text()
		}
		if err != nil {
			return xmlNone, err
		}
		if token == xmlText && len(x.ends) == 0 {
			if len(bytes.TrimLeft(x.chars, " \t\n\uFEFF")) > 0 {
				return xmlNone, xmlFault("text stands outside of all elements")
			}
			continue
		}
		if token != xmlNone {
			return token, nil
		}
	}
}

// end is what the end of the bytes means.
func (x *xmlScanner) end() (xmlToken, error) {
	switch {
	case x.err != io.EOF:
		return xmlNone, x.err
	case len(x.ends) > 0:
		return xmlNone, xmlFault(fmt.Sprintf("it ends inside of <%s>", x.top()))
	case !x.rooted:
		return xmlNone, xmlFault("it is empty")
	}
	return xmlEOF, nil
}

// more reads more bytes behind what is there, and tells whether any came. What
// was before pos is forgotten.
func (x *xmlScanner) more() bool {
	if x.err != nil {
		return false
	}
	if x.pos > 0 {
		x.buf = x.buf[:copy(x.buf, x.buf[x.pos:])]
		x.pos = 0
	}
	n, err := io.ReadAtLeast(x.in, x.buf[len(x.buf):cap(x.buf)], 1)
	x.buf = x.buf[:len(x.buf)+n]
	if err != nil {
		x.err = err
	}
	return n > 0
}

// find returns the position behind the next occurrence of mark that begins at
// least two bytes, those that open a tag, and at most limit bytes after pos.
func (x *xmlScanner) find(mark string, limit int) (int, error) {
	for searched := len("</"); ; {
		if i := bytes.Index(x.buf[x.pos+searched:], []byte(mark)); i >= 0 {
			return x.pos + searched + i + len(mark), nil
		}
		searched = max(len("</"), len(x.buf)-x.pos-len(mark)+1)
		if searched > limit {
			return 0, xmlFault(fmt.Sprintf("a tag is longer than %s", byteSize(int64(limit))))
		}
		if !x.more() {
			return 0, x.cut()
		}
	}
}

// cut is the error of bytes that end inside a token.
func (x *xmlScanner) cut() error {
	if x.err != io.EOF {
		return x.err
	}
	return errCut
}

// has tells whether the bytes at pos begin with mark.
func (x *xmlScanner) has(mark string) bool {
	for len(x.buf)-x.pos < len(mark) && x.more() {
	}
	return bytes.HasPrefix(x.buf[x.pos:], []byte(mark))
}
