package sheet

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxJoined is how many physical lines one CSV record may span. A quote that
// nobody closes then costs its own line, not the rest of the file.
const maxJoined = 100

// A dialect is how a CSV file separates its cells.
type dialect struct {
	delimiter rune
	trim      bool // spaces after a delimiter are left out, as in "a", "b"
	columns   int  // that most records have; 0 if unknown
}

// A cutter cuts a block of text into CSV records, in the place of encoding/csv,
// for which one unclosed quote makes the rest of a file a single cell. It joins
// physical lines while a quote is open, within limits; where that fails it spends
// one line as a fault and goes on with the next. So every line of the text is in
// exactly one record: lines counts those consumed, blank ones included.
//
// What a cutter does depends on nothing before its block, provided that the block
// begins where a record does. So blocks can be cut side by side.
type cutter struct {
	lineFinder
	dialect dialect
	delim   string // the dialect's delimiter
	delims  uint64 // its first byte, eight times
	where   string // file, for messages
	limits  Limits
	last    bool // the text ends with this block
	zeros   bool // a zero byte stands in it
	start   int  // of what is not consumed yet
	lines   int  // physical lines consumed, those of earlier blocks included

	cells []Cell // of the last record, from own; of all of them if they are kept
	own   int
	keep  bool
}

func newCutter(d dialect, where string, limits Limits) cutter {
	delim := string(d.delimiter)
	return cutter{dialect: d, delim: delim, delims: eightTimes * uint64(delim[0]), where: where, limits: limits}
}

// begin turns to a block.
func (c *cutter) begin(b textBlock) {
	c.lineFinder, c.start, c.lines, c.last = newLineFinder(b.text), 0, b.line-1, b.last
	c.zeros = strings.IndexByte(b.text, 0) >= 0
}

// errMore is given for a record that goes on in the next block.
var errMore = errors.New("the record goes on")

// next returns the next record that is not blank: io.EOF after the last, or
// errMore if that is only begun. Unless they are kept, cells are valid until the
// next call.
func (c *cutter) next() (Row, error) {
	for c.start < len(c.text) {
		end, size := c.line(c.start)
		if end-c.start > c.limits.RecordBytes {
			return Row{}, refuse(CodeTooLarge, fmt.Sprintf("%s:%d", c.where, c.lines+1),
				"this line is longer than %s, so these are hardly rows of cells; %s, or raise limits.record_bytes in the settings", byteSize(int64(c.limits.RecordBytes)), copyAgain)
		}
		if !c.keep {
			c.cells = c.cells[:0]
		}
		c.own = len(c.cells)
		row := Row{Number: c.lines + 1}
		rec := record{end: end, size: size, lines: 1}
		fault, err := c.read(&rec)
		if err != nil {
			return Row{}, err
		}
		if row.Fault = fault; fault != "" {
			rec = record{end: end, size: size, lines: 1}
			c.asOneCell(c.text[c.start:end])
		}
		c.start = rec.end + rec.size
		c.lines += rec.lines
		if row.Cells = c.cells[c.own:len(c.cells):len(c.cells)]; !blank(row.Cells) {
			return row, nil
		}
		c.cells = c.cells[:c.own]
	}
	return Row{}, io.EOF
}

// rest is what is not consumed yet, to go on with the next block.
func (c *cutter) rest() textBlock { return textBlock{text: c.text[c.start:], line: c.lines + 1} }

// A record is a stretch of the text that begins at start.
type record struct {
	end, size int // where its text ends, and the size of the line end that follows
	lines     int
}

// read cuts the record that begins with the line in rec, joining further lines to
// it where a quote is open. It returns why it cannot.
func (c *cutter) read(rec *record) (fault string, err error) {
	text := c.text[c.start:rec.end]
	if strings.IndexByte(text, '"') < 0 {
		c.cutPlain(text)
		return c.check(text), nil
	}
	if c.cutQuoted(text) { // nearly always the line is all
		return c.check(text), nil
	}
	c.cells = c.cells[:c.own]
	if fault, err = c.join(rec); fault != "" || err != nil {
		return fault, err
	}
	text = c.text[c.start:rec.end]
	if !c.cutQuoted(text) {
		return "the quotes of this line do not fit together", nil
	}
	return c.check(text), nil
}

// join follows the quotes from the first line of rec and takes in further lines
// until they are closed.
func (c *cutter) join(rec *record) (fault string, err error) {
	open := false
	for from := c.start; ; {
		line := c.text[from:rec.end]
		var bad int
		if open, bad = c.follow(line, open); bad >= 0 {
			if rec.lines > 1 {
				return fmt.Sprintf("a quote is opened and not properly closed before line %d", c.lines+rec.lines), nil
			}
			return fmt.Sprintf("the quote at character %d is out of place: inside a cell it must be doubled, and the cell quoted", 1+utf8.RuneCountInString(line[:bad])), nil
		}
		switch {
		case !open:
			return "", nil
		case rec.size == 0:
			return "a quote is opened and not closed before the end of the file", nil
		case rec.lines == maxJoined:
			return fmt.Sprintf("a quote is opened and not closed within %d lines", maxJoined), nil
		case rec.lines > 1 && c.dialect.columns > 2 && 1+strings.Count(line, c.delim) == c.dialect.columns:
			return fmt.Sprintf("a quote is opened and not closed before line %d, which is a row of its own", c.lines+rec.lines), nil
		}
		from = rec.end + rec.size
		if from == len(c.text) && !c.last {
			return "", errMore
		}
		end, size := c.line(from)
		if end-c.start > c.limits.RecordBytes {
			return fmt.Sprintf("a quote is opened and not closed within %s (limits.record_bytes)", byteSize(int64(c.limits.RecordBytes))), nil
		}
		rec.end, rec.size = end, size
		rec.lines++
	}
}

// follow walks over the cells of one line, open telling whether it begins inside
// a quoted cell, and returns whether it ends inside one. Bad is the position of
// a quote that strict CSV does not allow there, or -1.
func (c *cutter) follow(line string, open bool) (stillOpen bool, bad int) {
	for i := 0; ; {
		if !open {
			if c.dialect.trim {
				i = len(line) - len(strings.TrimLeftFunc(line[i:], unicode.IsSpace))
			}
			if i == len(line) || line[i] != '"' {
				cell, _, more := strings.Cut(line[i:], c.delim)
				if q := strings.IndexByte(cell, '"'); q >= 0 {
					return false, i + q
				}
				if !more {
					return false, -1
				}
				i += len(cell) + len(c.delim)
				continue
			}
			i++
		}
		q := strings.IndexByte(line[i:], '"')
		if q < 0 {
			return true, -1
		}
		i += q + 1
		switch {
		case i == len(line):
			return false, -1
		case line[i] == '"':
			i++
			open = true
		case strings.HasPrefix(line[i:], c.delim):
			i += len(c.delim)
			open = false
		default:
			return false, i - 1
		}
	}
}

// cutQuoted cuts a text with quotes, which may span lines, exactly as encoding/csv
// reads one record: a test holds both to the same cells. It is not ok for what
// that refuses, or does not see as one whole record.
func (c *cutter) cutQuoted(text string) (ok bool) {
	for {
		if c.dialect.trim {
			text = strings.TrimLeftFunc(text, unicode.IsSpace)
		}
		if text == "" || text[0] != '"' {
			cell, rest, more := strings.Cut(text, c.delim)
			if strings.IndexByte(cell, '"') >= 0 {
				return false
			}
			c.cells = append(c.cells, textCell(cell))
			if !more {
				return true
			}
			text = rest
			continue
		}
		size, doubled := quotedSize(text)
		if size < 0 {
			return false
		}
		c.cells = append(c.cells, textCell(unquote(text[1:size-1], doubled)))
		if text = text[size:]; text == "" {
			return true
		}
		if !strings.HasPrefix(text, c.delim) {
			return false
		}
		text = text[len(c.delim):]
	}
}

// quotedSize is the size of the quoted cell that a text begins with, quotes
// included, -1 if it is not closed, and whether quotes are doubled in it.
func quotedSize(text string) (size int, doubled bool) {
	for i := 1; ; {
		q := strings.IndexByte(text[i:], '"')
		if q < 0 {
			return -1, doubled
		}
		if i += q + 1; i == len(text) || text[i] != '"' {
			return i, doubled
		}
		doubled = true
		i++
	}
}

// unquote is the text of a quoted cell. A CRLF in it is a line feed, as
// encoding/csv has it.
func unquote(cell string, doubled bool) string {
	if doubled {
		cell = strings.ReplaceAll(cell, `""`, `"`)
	}
	if strings.IndexByte(cell, '\r') >= 0 {
		cell = strings.ReplaceAll(cell, "\r\n", "\n")
	}
	return cell
}

// check tells why the cells of a record are not to be trusted.
func (c *cutter) check(text string) (fault string) {
	if c.zeros {
		if i := strings.IndexByte(text, 0); i >= 0 {
			return fmt.Sprintf("a zero byte at character %d: the line is damaged", 1+utf8.RuneCountInString(text[:i]))
		}
	}
	own := c.cells[c.own:]
	if n := len(own); n > c.limits.Columns {
		for n > 0 && own[n-1].Kind == Empty { // a sheet saved to its last column
			n--
		}
		if n > c.limits.Columns {
			return fmt.Sprintf("%d cells, more than the %d columns that are read (limits.columns)", n, c.limits.Columns)
		}
		c.cells = c.cells[:c.own+c.limits.Columns]
	}
	if len(text) <= c.limits.CellChars {
		return ""
	}
	for i, cell := range own[:min(len(own), c.limits.Columns)] {
		if c.limits.tooLong([]byte(cell.Text)) {
			return fmt.Sprintf("cell %d has more than %d characters (limits.cell_chars)", i+1, c.limits.CellChars)
		}
	}
	return ""
}

// asOneCell holds a line that could not be cut. A zero byte is shown as ␀, since
// no report can print it.
func (c *cutter) asOneCell(line string) {
	if len(line) > c.limits.CellChars {
		line = strings.ToValidUTF8(line[:c.limits.CellChars-len("…")], "") + "…"
	}
	c.cells = append(c.cells[:c.own], textCell(strings.ReplaceAll(line, "\x00", "␀")))
}

// blank tells a row in which nothing stands.
func blank(cells []Cell) bool {
	for _, c := range cells {
		if c.Kind == Fault || strings.TrimSpace(c.Text) != "" {
			return false
		}
	}
	return true
}
