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
		return walk(src, func() (rowReader, error) { return openRecords(src, c, d, skip) })
	}
	return &Book{
		Kind:            "csv",
		Packing:         src.packing,
		Encoding:        c.name,
		EncodingGuessed: c.guessed,
		Delimiter:       d.delimiter,
		Sheets:          []Sheet{{Number: 1, Rows: rows}},
		src:             src,
	}, nil
}

// openRecords begins to read the text from its top, behind a sep= line of skip
// bytes.
func openRecords(src *source, c charset, d dialect, skip int) (rowReader, error) {
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
	s := newSplitter(text, d, src.name, src.limits)
	if skip > 0 {
		s.lines = 1
	}
	return s, nil
}
