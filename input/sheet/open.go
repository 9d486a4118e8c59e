package sheet

import (
	"context"
	"errors"
	"io"
	"iter"
)

// Open opens the file at path (see OpenFile) as a book.
func Open(ctx context.Context, path, name string, opt Options) (*Book, error) {
	f, err := OpenFile(ctx, path, name, opt.Limits)
	if err != nil {
		return nil, err
	}
	book, err := f.Book(opt)
	if err != nil {
		f.Close()
		return nil, err
	}
	book.owned = f
	return book, nil
}

// Book finds the kind of the file from its bytes and prepares its sheets. The
// rows are read when they are walked, so a sheet may still turn out to be
// unreadable then. The error is a *Refusal, which says what is the matter with
// the file and what to do about it.
//
// The book must be closed before the file; the limits are the file's.
func (f *File) Book(opt Options) (book *Book, err error) {
	return openKind(f.src, opt)
}

// Close releases the book. No sheet of it can be walked after that.
func (b *Book) Close() error {
	err := b.src.spool.close()
	if b.owned != nil {
		err = errors.Join(err, b.owned.Close())
	}
	return err
}

func openKind(src *source, opt Options) (book *Book, err error) {
	defer func() {
		if err != nil {
			src.spool.close()
		}
	}()
	defer guard(src.name, &err)
	start, kind, err := src.kind()
	if err != nil {
		return nil, err
	}
	if err := src.withinSize(kind); err != nil {
		return nil, err
	}
	switch {
	case kind == gzipKind && src.packing != Unpacked:
		return nil, refuse(CodeNestedArchive, src.name, "this is an archive in an archive, in which nothing is read; unpack the outer one")
	case kind == gzipKind:
		inner, err := src.gunzip()
		if err != nil {
			return nil, err
		}
		return openKind(inner, opt)
	case kind == compoundKind:
		return nil, refuseCompound(src)
	case kind == zipKind:
		return openXLSX(src, opt)
	case len(start) == 0:
		return nil, refuse(CodeNotASpreadsheet, src.name, "the gzip archive holds an empty file; %s", copyAgain)
	}
	if err := refuseForeign(src.name, start); err != nil {
		return nil, err
	}
	return openCSV(src, start, opt)
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
