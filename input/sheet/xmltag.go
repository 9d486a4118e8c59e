package sheet

import (
	"bytes"
	"fmt"
	"strings"
)

// markup reads what begins with <.
func (x *xmlScanner) markup() (xmlToken, error) {
	if !x.has("</") && len(x.buf)-x.pos < 2 {
		return xmlNone, x.cut()
	}
	switch x.buf[x.pos+1] {
	default:
		return x.startTag()
	case '/':
		return x.endTag()
	case '?':
		return xmlNone, x.instruction()
	case '!':
		switch {
		case x.has("<!--"):
			return xmlNone, x.comment()
		case x.has("<![CDATA["):
			x.pos += len("<![CDATA[")
			x.cdata = true
			return xmlNone, nil
		}
		return xmlNone, xmlFault("it holds a DOCTYPE or an entity declaration, which no spreadsheet program writes")
	}
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
	top := x.top()
	if after := x.buf[x.pos+2:]; len(after) > len(top) && string(after[:len(top)]) == string(top) && after[len(top)] == '>' && len(top) > 0 {
		x.pos += len("</") + len(top) + len(">")
		x.close()
		return xmlEnd, nil
	}
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
	if n := len(x.bindings); n > 0 && x.bindings[n-1].depth > len(x.ends) {
		x.unbind()
	}
}

// unbind forgets the namespaces that the closed element declared.
func (x *xmlScanner) unbind() {
	for n := len(x.bindings); n > 0 && x.bindings[n-1].depth > len(x.ends); n-- {
		x.bindings = x.bindings[:n-1]
	}
	x.unprefixed = otherSpace
	for _, b := range x.bindings {
		if b.prefix == "" {
			x.unprefixed = b.space
		}
	}
}

// errCut says that a tag needs more bytes than have been read.
const errCut = xmlFault("it ends inside of a tag")

// startTag reads <name attributes> or <name attributes/>.
func (x *xmlScanner) startTag() (xmlToken, error) {
	qualified, size, err := x.parseTag(x.buf[x.pos:])
	for err == errCut {
		if len(x.buf)-x.pos > maxTagBytes {
			return xmlNone, xmlFault(fmt.Sprintf("a tag is longer than %s", byteSize(maxTagBytes)))
		}
		if !x.more() {
			return xmlNone, x.cut()
		}
		qualified, size, err = x.parseTag(x.buf[x.pos:])
	}
	switch {
	case err != nil:
		return xmlNone, err
	case x.rooted && len(x.ends) == 0:
		return xmlNone, xmlFault("it goes on behind its end")
	case len(x.ends) == maxDepth:
		return xmlNone, xmlFault(fmt.Sprintf("its elements are nested deeper than %d levels", maxDepth))
	}
	x.empty = x.buf[x.pos+size-2] == '/' && size > len("<a>")
	x.tag = x.buf[x.pos : x.pos+size]
	x.pos += size
	x.rooted = true
	x.begin(qualified)
	for _, a := range x.attrs {
		x.bind(a.name, a.value)
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

// begin opens an element.
func (x *xmlScanner) begin(qualified []byte) {
	x.open = append(x.open, qualified...)
	x.ends = append(x.ends, len(x.open))
}

// parseTag splits the start tag at the beginning of s into its name and x.attrs
// and returns its size. The error is errCut if s holds only a part of it.
func (x *xmlScanner) parseTag(s []byte) (name []byte, size int, err error) {
	i := 1 + nameLength(s[1:])
	if i == len(s) {
		return nil, 0, errCut
	}
	if name = s[1:i]; !xmlName(name) {
		return nil, 0, xmlFault(fmt.Sprintf("<%s is no name of an element", printable(name)))
	}
	x.attrs = x.attrs[:0]
	for {
		end := i
		if i += blankLength(s[i:]); i == len(s) {
			return nil, 0, errCut
		}
		switch s[i] {
		case '>':
			return name, i + 1, nil
		case '/':
			if i+1 == len(s) {
				return nil, 0, errCut
			}
			if s[i+1] != '>' {
				return nil, 0, xmlFault("a tag holds /")
			}
			return name, i + 2, nil
		}
		if i == end {
			return nil, 0, xmlFault("the attributes of a tag are not separated")
		}
		attr, n, err := parseAttr(s[i:])
		if err != nil {
			return nil, 0, err
		}
		if _, twice := x.attr(string(attr.name)); twice || len(x.attrs) == maxAttrs {
			return nil, 0, xmlFault(fmt.Sprintf("a tag has the attribute %s twice, or too many", printable(attr.name)))
		}
		x.attrs = append(x.attrs, attr)
		i += n
	}
}

// parseAttr reads name="value" or name='value' at the beginning of s and returns
// its size.
func parseAttr(s []byte) (attr xmlAttr, size int, err error) {
	i := nameLength(s)
	attr.name = s[:i]
	i += blankLength(s[i:])
	if i < len(s) && (s[i] != '=' || !xmlName(attr.name)) {
		return attr, 0, xmlFault("a tag has an attribute without a name or a value")
	}
	i = min(i+1, len(s))
	i += blankLength(s[i:])
	if i == len(s) {
		return attr, 0, errCut
	}
	if s[i] != '"' && s[i] != '\'' {
		return attr, 0, xmlFault("a tag has an attribute without a quoted value")
	}
	length := bytes.IndexByte(s[i+1:], s[i])
	if length < 0 {
		return attr, 0, errCut
	}
	attr.value, err = attrValue(s[i+1 : i+1+length])
	return attr, i + length + 2, err
}

// bind takes up xmlns and xmlns:prefix.
func (x *xmlScanner) bind(name, value []byte) {
	if !bytes.HasPrefix(name, []byte("xmlns")) {
		return
	}
	prefix, found := strings.CutPrefix(string(name[len("xmlns"):]), ":")
	if !found && prefix != "" {
		return // another name that begins so
	}
	x.bindings = append(x.bindings, xmlBinding{prefix, xmlSpaces[string(value)], len(x.ends)})
	if prefix == "" {
		x.unprefixed = xmlSpaces[string(value)]
	}
}

// resolve finds the namespace of a prefix.
func (x *xmlScanner) resolve(prefix []byte) (space xmlSpace, declared bool) {
	if len(prefix) == 0 {
		return x.unprefixed, true
	}
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
