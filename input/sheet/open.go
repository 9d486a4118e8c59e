package sheet

import (
	"io"
	"iter"
)

// Open finds the kind of the file at path from its bytes and prepares its
// sheets; name is what messages show. The rows are read when they are walked, so
// a sheet may still turn out to be unreadable then. The error is a *Refusal,
// which says what is the matter with the file and what to do about it.
//
// The book must be closed.
func Open(path, name string, opt Options) (book *Book, err error) {
	src, err := openSource(path, name, opt.Limits.withDefaults())
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			src.file.Close()
		}
	}()
	defer guard(name, &err)
	return openKind(src, opt)
}

// Close releases the file. No sheet of the book can be walked after it.
func (b *Book) Close() error { return b.src.file.Close() }

func openKind(src *source, opt Options) (*Book, error) {
	start, err := head(src.bytes(), kindBytes)
	if err != nil {
		return nil, refuseIO(src.name, err)
	}
	kind, err := kindOf(src.name, start)
	if err != nil {
		return nil, err
	}
	limit := src.limits.CSVBytes
	if kind == zipKind {
		limit = src.limits.XLSXBytes
	}
	if src.size > limit {
		return nil, refuse(CodeTooLarge, src.name, "the file has %s, more than the %s that are read of its kind; %s", byteSize(src.size), byteSize(limit), raiseLimits)
	}
	switch kind {
	case compoundKind:
		return nil, refuseCompound(src)
	case zipKind:
		return openXLSX(src)
	case gzipKind:
		if start, err = unpackedHead(src); err != nil {
			return nil, err
		}
		src.gzip = true
	}
	return openCSV(src, start, opt)
}

// unpackedHead looks into a gzip archive, in which only a text is read.
func unpackedHead(src *source) ([]byte, error) {
	packed := *src
	packed.gzip = true
	text, err := packed.text()
	if err != nil {
		return nil, err
	}
	start, err := head(text, kindBytes)
	if err != nil {
		return nil, src.refusal(err)
	}
	kind, err := kindOf(src.name, start)
	switch {
	case err != nil:
		return nil, err
	case kind != textKind:
		return nil, refuse(CodeNotASpreadsheet, src.name, "this is a gzip archive with another archive or a workbook in it; unpack it and use the file inside")
	case len(start) == 0:
		return nil, refuse(CodeNotASpreadsheet, src.name, "the gzip archive holds an empty file; %s", copyAgain)
	}
	return start, nil
}

// A rowReader gives the rows of one sheet from the top, and io.EOF after the last
// when it has seen that the sheet is whole.
type rowReader interface {
	next() (Row, error)
}

// walk gives out the rows of a reader. A panic below is the file's fault and
// refuses it; one in the loop that walks is not caught here.
func walk(src *source, open func() (rowReader, error)) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		var rows rowReader
		for {
			row, err := step(src, &rows, open)
			switch {
			case err == io.EOF:
				if err := src.unchanged(); err != nil {
					yield(Row{}, err)
				}
				return
			case err != nil:
				yield(Row{}, src.refusal(err))
				return
			case !yield(row, nil):
				return
			}
		}
	}
}

// step reads one row, opening the reader first.
func step(src *source, rows *rowReader, open func() (rowReader, error)) (row Row, err error) {
	defer guard(src.name, &err)
	if *rows == nil {
		if *rows, err = open(); err != nil {
			return Row{}, err
		}
	}
	return (*rows).next()
}
