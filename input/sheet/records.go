package sheet

import (
	"bytes"
	"encoding/csv"
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

// A splitter cuts a text into CSV records, in front of encoding/csv, for which
// one unclosed quote makes the rest of a file a single cell. It joins physical
// lines while a quote is open, within limits; where that fails it spends one
// line as a fault and goes on with the next. So every line of the file is in
// exactly one record: lines counts those consumed, blank ones included.
type splitter struct {
	window
	dialect dialect
	delim   []byte // the dialect's delimiter
	where   string // file, for messages
	limits  Limits
	lines   int // physical lines consumed

	cells   []Cell
	quoted  *csv.Reader // reused for every record with quotes, see parse
	oneText bytes.Reader
	scratch []byte
}

func newSplitter(in io.Reader, d dialect, where string, limits Limits) *splitter {
	return &splitter{window: window{in: in}, dialect: d, delim: utf8.AppendRune(nil, d.delimiter), where: where, limits: limits}
}

// next returns the next record that is not blank, and io.EOF after the last. The
// cells are valid until the next call.
func (s *splitter) next() (Row, error) {
	for {
		end, size, ok := s.line(s.start, s.limits.RecordBytes)
		if !ok || end-s.start > s.limits.RecordBytes {
			return Row{}, refuse(CodeTooLarge, fmt.Sprintf("%s:%d", s.where, s.lines+1),
				"this line is longer than %s, so these are hardly rows of cells; %s, or raise limits.record_bytes in the settings", byteSize(int64(s.limits.RecordBytes)), copyAgain)
		}
		if size == 0 && s.err != nil && s.err != io.EOF {
			return Row{}, s.err
		}
		if size == 0 && end == s.start {
			return Row{}, io.EOF
		}
		row := Row{Number: s.lines + 1}
		rec := record{end: end, size: size, lines: 1}
		if row.Fault = s.read(&rec); row.Fault == "" {
			row.Cells = s.cells
		} else {
			rec = record{end: end, size: size, lines: 1}
			row.Cells = s.asOneCell(s.buf[s.start:end])
		}
		s.advance(rec.end + rec.size)
		s.lines += rec.lines
		if !blank(row.Cells) {
			return row, nil
		}
	}
}

// A record is a stretch of the window that begins at its start.
type record struct {
	end, size int // where its text ends, and the size of the line end that follows
	lines     int
}

// read splits the record that begins with the line in rec into s.cells, joining
// further lines to it where a quote is open. It returns why it cannot.
func (s *splitter) read(rec *record) (fault string) {
	text := s.buf[s.start:rec.end]
	if bytes.IndexByte(text, '"') < 0 {
		s.cutPlain(text)
		return s.check(text)
	}
	if fault := s.join(rec); fault != "" {
		return fault
	}
	text = s.buf[s.start:rec.end]
	if !s.parse(text) {
		return "the quotes of this line do not fit together"
	}
	return s.check(text)
}

// join follows the quotes from the first line of rec and takes in further lines
// until they are closed.
func (s *splitter) join(rec *record) (fault string) {
	open := false
	for from := s.start; ; {
		line := s.buf[from:rec.end]
		var bad int
		if open, bad = s.follow(line, open); bad >= 0 {
			if rec.lines > 1 {
				return fmt.Sprintf("a quote is opened and not properly closed before line %d", s.lines+rec.lines)
			}
			return fmt.Sprintf("the quote at character %d is out of place: inside a cell it must be doubled, and the cell quoted", 1+utf8.RuneCount(line[:bad]))
		}
		switch {
		case !open:
			return ""
		case rec.size == 0:
			return "a quote is opened and not closed before the end of the file"
		case rec.lines == maxJoined:
			return fmt.Sprintf("a quote is opened and not closed within %d lines", maxJoined)
		case rec.lines > 1 && s.dialect.columns > 2 && 1+bytes.Count(line, s.delim) == s.dialect.columns:
			return fmt.Sprintf("a quote is opened and not closed before line %d, which is a row of its own", s.lines+rec.lines)
		}
		from = rec.end + rec.size
		end, size, ok := s.line(from, s.limits.RecordBytes)
		if !ok || end-s.start > s.limits.RecordBytes {
			return fmt.Sprintf("a quote is opened and not closed within %s (limits.record_bytes)", byteSize(int64(s.limits.RecordBytes)))
		}
		rec.end, rec.size = end, size
		rec.lines++
	}
}

// follow walks over the cells of one line, open telling whether it begins inside
// a quoted cell, and returns whether it ends inside one. Bad is the position of
// a quote that strict CSV does not allow there, or -1.
func (s *splitter) follow(line []byte, open bool) (stillOpen bool, bad int) {
	for i := 0; ; {
		if !open {
			if s.dialect.trim {
				i = len(line) - len(bytes.TrimLeftFunc(line[i:], unicode.IsSpace))
			}
			if i == len(line) || line[i] != '"' {
				cell, _, more := bytes.Cut(line[i:], s.delim)
				if q := bytes.IndexByte(cell, '"'); q >= 0 {
					return false, i + q
				}
				if !more {
					return false, -1
				}
				i += len(cell) + len(s.delim)
				continue
			}
			i++
		}
		q := bytes.IndexByte(line[i:], '"')
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
		case bytes.HasPrefix(line[i:], s.delim):
			i += len(s.delim)
			open = false
		default:
			return false, i - 1
		}
	}
}

// cutPlain splits a line without quotes.
func (s *splitter) cutPlain(line []byte) {
	s.cells = s.cells[:0]
	delim := string(s.dialect.delimiter)
	for rest, more := string(line), true; more; {
		var cell string
		cell, rest, more = strings.Cut(rest, delim)
		if s.dialect.trim {
			cell = strings.TrimLeftFunc(cell, unicode.IsSpace)
		}
		s.cells = append(s.cells, textCell(cell))
	}
}

// parse splits a record with quotes by encoding/csv, which is strict. One reader
// serves all records: it takes the end of one text as a pause and reads on when
// the next is there. It is not ok if encoding/csv sees other than one record.
func (s *splitter) parse(text []byte) (ok bool) {
	if s.quoted == nil {
		s.quoted = csv.NewReader(&s.oneText)
		s.quoted.Comma = s.dialect.delimiter
		s.quoted.TrimLeadingSpace = s.dialect.trim
		s.quoted.FieldsPerRecord = -1
		s.quoted.ReuseRecord = true
	}
	s.scratch = append(append(s.scratch[:0], text...), '\n')
	s.oneText.Reset(s.scratch)
	before := s.quoted.InputOffset()
	fields, err := s.quoted.Read()
	if err != nil || s.quoted.InputOffset()-before != int64(len(s.scratch)) {
		s.quoted = nil // what it has read ahead belongs to no record
		return false
	}
	s.cells = s.cells[:0]
	for _, f := range fields {
		s.cells = append(s.cells, textCell(f))
	}
	return true
}

// check tells why the cells of a record are not to be trusted.
func (s *splitter) check(text []byte) (fault string) {
	if i := bytes.IndexByte(text, 0); i >= 0 {
		return fmt.Sprintf("a zero byte at character %d: the line is damaged", 1+utf8.RuneCount(text[:i]))
	}
	if n := len(s.cells); n > s.limits.Columns {
		for n > 0 && s.cells[n-1].Kind == Empty { // a sheet saved to its last column
			n--
		}
		if n > s.limits.Columns {
			return fmt.Sprintf("%d cells, more than the %d columns that are read (limits.columns)", n, s.limits.Columns)
		}
		s.cells = s.cells[:s.limits.Columns]
	}
	if len(text) <= s.limits.CellChars {
		return ""
	}
	for i, c := range s.cells {
		if s.limits.tooLong([]byte(c.Text)) {
			return fmt.Sprintf("cell %d has more than %d characters (limits.cell_chars)", i+1, s.limits.CellChars)
		}
	}
	return ""
}

// asOneCell holds a line that could not be split. A zero byte is shown as ␀,
// since no report can print it.
func (s *splitter) asOneCell(line []byte) []Cell {
	if len(line) > s.limits.CellChars {
		line = append(bytes.ToValidUTF8(line[:s.limits.CellChars-len("…")], nil), "…"...)
	}
	s.cells = append(s.cells[:0], textCell(strings.ReplaceAll(string(line), "\x00", "␀")))
	return s.cells
}

func textCell(s string) Cell {
	if s == "" {
		return Cell{}
	}
	return Cell{Kind: Text, Text: s}
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
