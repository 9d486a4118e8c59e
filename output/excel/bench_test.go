package excel

import (
	"fmt"
	"io"
	"os"
	"testing"

	"github.com/klauspost/compress/flate"
	"github.com/xuri/excelize/v2"
	"golang.org/x/sync/errgroup"

	"cspplan/report"
)

const benchRows = 20_000

// BenchmarkWrite writes a plan of 20,000 rows with all its lists, one workbook
// or the same rows as two side by side, as a split plan is written, beside the
// library's stream writer with the same cells and no formats at all.
func BenchmarkWrite(b *testing.B) {
	whole, half := sample(b, benchRows), sample(b, benchRows/2)
	b.Run("one/ours", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			writeToNothing(b, whole)
		}
	})
	b.Run("split/ours", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			var parts errgroup.Group
			for range 2 {
				parts.Go(func() error {
					_, err := Write(io.Discard, half, Options{Tmp: os.TempDir()})
					return err
				})
			}
			if err := parts.Wait(); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("one/peer=StreamWriter", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			writePlainly(b, whole)
		}
	})
}

// BenchmarkWriteSmall writes the workbook of a customer: what a workbook costs
// before its first row.
func BenchmarkWriteSmall(b *testing.B) {
	small := sample(b, 10)
	b.ReportAllocs()
	for b.Loop() {
		writeToNothing(b, small)
	}
}

func writeToNothing(b *testing.B, r *report.Report) {
	if _, err := Write(io.Discard, r, Options{Tmp: os.TempDir()}); err != nil {
		b.Fatal(err)
	}
}

// writePlainly streams the cells of every list, texts as texts and the rest as
// numbers.
func writePlainly(b *testing.B, r *report.Report) {
	f := excelize.NewFile()
	defer f.Close()
	var values []report.Value
	for _, table := range r.Tables {
		if _, err := f.NewSheet(table.Sheet); err != nil {
			b.Fatal(err)
		}
		w, err := f.NewStreamWriter(table.Sheet)
		if err != nil {
			b.Fatal(err)
		}
		for i := range table.Len {
			values = table.Row(i, values[:0])
			if err := w.SetRow(mustCell(b, i+1), plainCells(values)); err != nil {
				b.Fatal(err)
			}
		}
		if err := w.Flush(); err != nil {
			b.Fatal(err)
		}
	}
	if err := f.Write(io.Discard); err != nil {
		b.Fatal(err)
	}
}

func mustCell(b *testing.B, row int) string {
	name, err := excelize.CoordinatesToCellName(1, row)
	if err != nil {
		b.Fatal(err)
	}
	return name
}

func plainCells(values []report.Value) []any {
	cells := make([]any, len(values))
	for i, v := range values {
		switch v.Kind {
		case report.Text:
			cells[i] = v.Text
		default:
			cells[i] = v.N
		}
	}
	return cells
}

func BenchmarkReadBack(b *testing.B) {
	path, _ := file(b, sample(b, benchRows), Options{})
	for b.Loop() {
		if _, err := ReadBack(b.Context(), path); err != nil {
			b.Fatal(err)
		}
	}
}

// benchBlock is a block of the plan with all columns of a real one.
func benchBlock(b *testing.B) (*rowWriter, *rowBlock) {
	b.Helper()
	book, err := newBook(long(b, 10*blockRows), Options{Tmp: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(book.close)
	l := newList(book, book.sheets[0])
	if err := book.learn([]*list{l}); err != nil {
		b.Fatal(err)
	}
	return &rowWriter{}, &rowBlock{l: l, first: blockRows, rows: blockRows}
}

// BenchmarkPack packs a block of rows beside a compressor that looks for what
// repeats itself, at each level: what ours was made for.
func BenchmarkPack(b *testing.B) {
	w, k := benchBlock(b)
	w.make(k)
	b.Run("ours", func(b *testing.B) {
		b.SetBytes(int64(len(k.plain)))
		for b.Loop() {
			k.packed = w.packer.pack(k.packed[:0], &w.out)
		}
		b.ReportMetric(float64(len(k.packed))/blockRows, "packed-B/row")
	})
	for level := 1; level <= 6; level++ {
		b.Run(fmt.Sprint("peer=level", level), func(b *testing.B) {
			var size count
			to, err := flate.NewWriter(&size, level)
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(len(k.plain)))
			for b.Loop() {
				size = 0
				to.Reset(&size)
				to.Write(k.plain)
				to.Flush()
			}
			b.ReportMetric(float64(size)/blockRows, "packed-B/row")
		})
	}
}

// BenchmarkRows makes a block of 500 rows, values included, and packs it.
func BenchmarkRows(b *testing.B) {
	w, k := benchBlock(b)
	b.ReportAllocs()
	for b.Loop() {
		if w.make(k); k.err != nil || len(k.missed) > 0 {
			b.Fatal(k.err, k.missed)
		}
	}
	b.ReportMetric(float64(len(k.plain))/blockRows, "B/row")
	b.ReportMetric(float64(len(k.packed))/blockRows, "packed-B/row")
}
