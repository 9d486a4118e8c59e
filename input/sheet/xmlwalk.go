package sheet

import "fmt"

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
		case token == xmlEnd, token == xmlEOF:
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
