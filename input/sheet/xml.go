package sheet

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
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
	chars []byte // the text

	open     []byte // qualified names of the open elements, one behind the other
	ends     []int  // where each of them ends
	bindings []xmlBinding
	empty    bool // the element that began is <empty/>: its end comes next
	cdata    bool // inside <![CDATA[
	rooted   bool // the root element has begun
	brackets int  // ] at the end of the text so far, for ]]>
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
	return &xmlScanner{in: in, buf: make([]byte, 0, 2*maxTagBytes)}
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
	return xmlFault("it ends inside of a tag")
}

// has tells whether the bytes at pos begin with mark.
func (x *xmlScanner) has(mark string) bool {
	for len(x.buf)-x.pos < len(mark) && x.more() {
	}
	return bytes.HasPrefix(x.buf[x.pos:], []byte(mark))
}

// markup reads what begins with <.
func (x *xmlScanner) markup() (xmlToken, error) {
	switch {
	case x.has("</"):
		return x.endTag()
	case x.has("<!--"):
		return xmlNone, x.comment()
	case x.has("<![CDATA["):
		x.pos += len("<![CDATA[")
		x.cdata = true
		return xmlNone, nil
	case x.has("<!"):
		return xmlNone, xmlFault("it holds a DOCTYPE or an entity declaration, which no spreadsheet program writes")
	case x.has("<?"):
		return xmlNone, x.instruction()
	}
	return x.startTag()
}

// comment passes over a comment of any length.
func (x *xmlScanner) comment() error {
	x.pos += len("<!--")
	for {
		i := bytes.Index(x.buf[x.pos:], []byte("--"))
		if i >= 0 {
			x.pos += i
			if !x.has("-->") {
				return xmlFault("a comment holds --")
			}
			x.pos += len("-->")
			return nil
		}
		x.pos = max(x.pos, len(x.buf)-1)
		if !x.more() {
			return x.cut()
		}
	}
}

// instruction passes over <?…?>, and checks the declaration of the encoding.
func (x *xmlScanner) instruction() error {
	end, err := x.find("?>", maxTagBytes)
	if err != nil {
		return err
	}
	body := strings.ToLower(string(x.buf[x.pos+2 : end-2]))
	x.pos = end
	target, rest, _ := strings.Cut(strings.Map(spaceToBlank, body), " ")
	if !xmlName([]byte(target)) {
		return xmlFault("an instruction has no name")
	}
	if target != "xml" {
		return nil
	}
	if v := declared(rest, "version"); v != "" && v != "1.0" {
		return xmlFault("it is XML of a version other than 1.0")
	}
	if e := declared(rest, "encoding"); e != "" && e != "utf-8" && e != "utf8" {
		return xmlFault("it is not written in UTF-8")
	}
	return nil
}

func spaceToBlank(r rune) rune {
	if r == '\t' || r == '\n' || r == '\r' {
		return ' '
	}
	return r
}

// declared is the value of a word of the XML declaration.
func declared(rest, word string) string {
	_, after, found := strings.Cut(rest, word+"=")
	if !found || after == "" {
		return ""
	}
	value, _, _ := strings.Cut(after[1:], after[:1])
	return value
}

// endTag reads </name>, which must close the element that was opened last.
func (x *xmlScanner) endTag() (xmlToken, error) {
	end, err := x.find(">", maxTagBytes)
	if err != nil {
		return xmlNone, err
	}
	name := bytes.TrimRight(x.buf[x.pos+2:end-1], " \t\r\n")
	if len(x.ends) == 0 || !bytes.Equal(name, x.top()) {
		return xmlNone, xmlFault(fmt.Sprintf("</%s> closes no element that is open", printable(name)))
	}
	x.pos = end
	x.close()
	return xmlEnd, nil
}

// top is the qualified name of the innermost open element.
func (x *xmlScanner) top() []byte {
	from := 0
	if n := len(x.ends); n > 1 {
		from = x.ends[n-2]
	}
	return x.open[from:]
}

func (x *xmlScanner) close() {
	x.open = x.open[:len(x.open)-len(x.top())]
	x.ends = x.ends[:len(x.ends)-1]
	for n := len(x.bindings); n > 0 && x.bindings[n-1].depth > len(x.ends); n-- {
		x.bindings = x.bindings[:n-1]
	}
}

// tagEnd is the position of the > of the start tag at pos; one inside quotes
// does not count.
func (x *xmlScanner) tagEnd() (int, error) {
	quote := byte(0)
	for n := 1; ; n++ {
		if x.pos+n == len(x.buf) {
			if n >= maxTagBytes {
				return 0, xmlFault(fmt.Sprintf("a tag is longer than %s", byteSize(maxTagBytes)))
			}
			if !x.more() {
				return 0, x.cut()
			}
		}
		switch c := x.buf[x.pos+n]; {
		case c == '<':
			return 0, xmlFault("a tag holds <")
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"', c == '\'':
			quote = c
		case c == '>':
			return x.pos + n, nil
		}
	}
}

// startTag reads <name attributes> or <name attributes/>.
func (x *xmlScanner) startTag() (xmlToken, error) {
	end, err := x.tagEnd()
	if err != nil {
		return xmlNone, err
	}
	tag := x.buf[x.pos+1 : end]
	x.pos = end + 1
	if x.empty = bytes.HasSuffix(tag, []byte("/")); x.empty {
		tag = tag[:len(tag)-1]
	}
	n := 0
	for n < len(tag) && !xmlBlank(tag[n]) {
		n++
	}
	qualified := tag[:n]
	if !xmlName(qualified) {
		return xmlNone, xmlFault(fmt.Sprintf("<%s> is no name of an element", printable(qualified)))
	}
	if x.rooted && len(x.ends) == 0 {
		return xmlNone, xmlFault("it goes on behind its end")
	}
	if len(x.ends) == maxDepth {
		return xmlNone, xmlFault(fmt.Sprintf("its elements are nested deeper than %d levels", maxDepth))
	}
	x.rooted = true
	x.open = append(x.open, qualified...)
	x.ends = append(x.ends, len(x.open))
	if err := x.readAttrs(tag[n:]); err != nil {
		return xmlNone, err
	}
	prefix, local, found := bytes.Cut(qualified, []byte(":"))
	if !found {
		prefix, local = nil, qualified
	}
	var declared bool
	if x.space, declared = x.resolve(prefix); !declared && found {
		return xmlNone, xmlFault(fmt.Sprintf("the prefix of <%s> is not declared", printable(qualified)))
	}
	x.name = local
	return xmlStart, nil
}

// readAttrs splits the attributes of a start tag and takes up the namespaces
// that it declares.
func (x *xmlScanner) readAttrs(s []byte) error {
	x.attrs = x.attrs[:0]
	for {
		rest := bytes.TrimLeft(s, " \t\r\n")
		if len(rest) == 0 {
			return nil
		}
		if len(rest) == len(s) {
			return xmlFault("two attributes are not separated")
		}
		name, after, _ := bytes.Cut(rest, []byte("="))
		name, after = bytes.TrimRight(name, " \t\r\n"), bytes.TrimLeft(after, " \t\r\n")
		if !xmlName(name) || len(after) < 2 || after[0] != '"' && after[0] != '\'' {
			return xmlFault("a tag has an attribute without a name or a quoted value")
		}
		length := bytes.IndexByte(after[1:], after[0])
		if length < 0 {
			return xmlFault("a tag has an attribute without a quoted value")
		}
		value, err := attrValue(after[1 : 1+length])
		if err != nil {
			return err
		}
		if _, twice := x.attr(string(name)); twice || len(x.attrs) == maxAttrs {
			return xmlFault(fmt.Sprintf("a tag has the attribute %s twice, or too many", printable(name)))
		}
		x.attrs = append(x.attrs, xmlAttr{name, value})
		x.bind(name, value)
		s = after[length+2:]
	}
}

// bind takes up xmlns and xmlns:prefix.
func (x *xmlScanner) bind(name, value []byte) {
	if !bytes.HasPrefix(name, []byte("xmlns")) {
		return
	}
	prefix := strings.TrimPrefix(string(name[len("xmlns"):]), ":")
	if prefix == "" && len(name) > len("xmlns") {
		return
	}
	x.bindings = append(x.bindings, xmlBinding{prefix, xmlSpaces[string(value)], len(x.ends)})
}

// resolve finds the namespace of a prefix.
func (x *xmlScanner) resolve(prefix []byte) (space xmlSpace, declared bool) {
	for i := len(x.bindings) - 1; i >= 0; i-- {
		if x.bindings[i].prefix == string(prefix) {
			return x.bindings[i].space, true
		}
	}
	return otherSpace, string(prefix) == "xml"
}

// attr is the value of an attribute of the element that begins, by its name as
// written.
func (x *xmlScanner) attr(name string) (value []byte, found bool) {
	for i := range x.attrs {
		if string(x.attrs[i].name) == name {
			return x.attrs[i].value, true
		}
	}
	return nil, false
}

// relID is the value of the r:id attribute, whatever its prefix.
func (x *xmlScanner) relID() string {
	for _, a := range x.attrs {
		prefix, local, found := bytes.Cut(a.name, []byte(":"))
		if !found || string(local) != "id" {
			continue
		}
		if space, _ := x.resolve(prefix); space == relSpace {
			return string(a.value)
		}
	}
	return ""
}

// printable shows a name in a message without flooding it.
func printable(name []byte) string {
	return strings.ToValidUTF8(string(name[:min(len(name), 40)]), "?")
}

// child goes to the next element inside the open one and tells whether there is
// one; if not, the open element has been closed. Each child must be read to its
// end before the next.
func (x *xmlScanner) child() (bool, error) {
	for {
		switch token, err := x.next(); {
		case err != nil:
			return false, err
		case token == xmlStart:
			return true, nil
		case token == xmlEnd:
			return false, nil
		}
	}
}

// skip passes over the rest of the element that has begun.
func (x *xmlScanner) skip() error { return x.skipTo(len(x.ends) - 1) }

// skipTo passes over everything until only depth elements are open.
func (x *xmlScanner) skipTo(depth int) error {
	for len(x.ends) > depth {
		if _, err := x.next(); err != nil {
			return err
		}
	}
	return nil
}

// content appends the text of the element that has begun to dst, without that of
// its children, up to its end. It stops with errTooLong above limit bytes.
func (x *xmlScanner) content(dst []byte, limit int) ([]byte, error) {
	for depth := len(x.ends); ; {
		token, err := x.next()
		if err != nil {
			return dst, err
		}
		if token == xmlText && len(x.ends) == depth {
			if dst = append(dst, x.chars...); len(dst) > limit {
				return dst, errTooLong
			}
		}
		if len(x.ends) < depth {
			return dst, nil
		}
	}
}

const errTooLong = xmlFault("a text is too long")

// root goes to the root element, which must have one of the names in one of the
// namespaces that we know.
func (x *xmlScanner) root(name string, space xmlSpace) error {
	if _, err := x.next(); err != nil {
		return err
	}
	if string(x.name) != name || x.space != space {
		return xmlFault(fmt.Sprintf("it holds <%s> where <%s> is expected", printable(x.name), name))
	}
	return nil
}

// finish reads what stands behind the root element, so that the part is known to
// be whole and its checksum right.
func (x *xmlScanner) finish() error {
	token, err := x.next()
	if err == nil && token != xmlEOF {
		return xmlFault("it goes on behind its end")
	}
	return err
}

func validRune(r rune, size int) bool {
	return !(r == utf8.RuneError && size == 1) && r != 0xFFFE && r != 0xFFFF
}
