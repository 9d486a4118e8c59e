package sheet

import (
	"io"
	"iter"
)

// openCSV prepares the one sheet of a text. The text is decoded once from end to
// end before its first row is given out.
func openCSV(src *source, start []byte, opt Options) (*Book, error) {
	setting, err := namedDelimiter(opt.Delimiter)
	if err != nil {
		return nil, refuse(CodeUnreadable, src.name, "the settings name the delimiter %q, which is not one character; use one such as ; or the word tab", opt.Delimiter)
	}
	c, err := detectCharset(src, start, opt.Encoding)
	if err != nil {
		return nil, err
	}
	beginning, err := sample(src, c)
	if err != nil {
		return nil, src.refusal(err)
	}
	d := sniffDialect(beginning, setting, src.name, src.limits)
	_, skip := sepLine(beginning)
	rows := func() iter.Seq2[Row, error] {
		return walk(src, func() (rowReader, error) {
			lines, err := openLines(src, c, skip)
			return &splitter{cutter: newCutter(d, src.name, src.limits), blocks: lines}, err
		})
	}
	inBlocks := func() *blocks {
		return &blocks{src: src, open: func() (blockReader, error) {
			lines, err := openLines(src, c, skip)
			return &csvBlocks{lines, d, src}, err
		}}
	}
	return &Book{
		Kind:            "csv",
		Packing:         src.packing,
		Encoding:        c.name,
		EncodingGuessed: c.guessed,
		Delimiter:       d.delimiter,
		Sheets:          []Sheet{{Number: 1, Rows: rows, blocks: inBlocks}},
		src:             src,
	}, nil
}

// openLines begins to read the text from its top, behind a sep= line of skip
// bytes.
func openLines(src *source, c charset, skip int) (*lineBlocks, error) {
	raw, err := src.open()
	if err != nil {
		return nil, err
	}
	text, err := c.decode(raw)
	if err != nil {
		return nil, err
	}
	if _, err := io.CopyN(io.Discard, text, int64(skip)); err != nil {
		return nil, err
	}
	l := &lineBlocks{in: text, limit: src.limits.RecordBytes, line: 1}
	if skip > 0 {
		l.line = 2
	}
	return l, nil
}

// A splitter reads a CSV record by record.
type splitter struct {
	cutter
	blocks *lineBlocks
}

func newSplitter(in io.Reader, d dialect, where string, limits Limits) *splitter {
	return &splitter{cutter: newCutter(d, where, limits), blocks: &lineBlocks{in: in, limit: limits.RecordBytes, line: 1}}
}

// next returns the next record that is not blank, and io.EOF after the last. The
// cells are valid until the next call.
func (s *splitter) next() (Row, error) {
	for {
		row, err := s.cutter.next()
		if err == nil || err != errMore && err != io.EOF || s.last {
			return row, err
		}
		rest := s.rest()
		b, err := s.blocks.next()
		if err != nil {
			return Row{}, err
		}
		if rest.text != "" {
			b.text, b.line = rest.text+b.text, rest.line
		}
		s.begin(b)
	}
}

// csvBlocks reads a CSV in blocks.
type csvBlocks struct {
	lines   *lineBlocks
	dialect dialect
	src     *source
}

func (r *csvBlocks) read(b *Block) (err error) {
	b.text, err = r.lines.next()
	b.last = b.text.last
	return err
}

// usualCell is about how many bytes a cell takes with its delimiter.
const usualCell = 12

func (r *csvBlocks) cut(b *Block) error {
	c := newCutter(r.dialect, r.src.name, r.src.limits)
	c.begin(b.text)
	c.keep = true
	if b.Rows, b.cells = b.Rows[:0], b.cells[:0]; cap(b.cells) == 0 {
		b.cells = make([]Cell, 0, len(b.text.text)/usualCell) // rows keep their cells if there are more, and more room is made
	}
	c.cells = b.cells
	for {
		row, err := c.next()
		switch err {
		case nil:
			b.Rows = append(b.Rows, row)
			continue
		case io.EOF, errMore:
			b.rest, b.cells = c.rest(), c.cells
			return nil
		}
		return err
	}
}
