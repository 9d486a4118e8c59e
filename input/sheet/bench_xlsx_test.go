//go:build unix

package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"syscall"
	"testing"
	"time"

	"github.com/klauspost/compress/flate"
	"github.com/xuri/excelize/v2"
)

// BenchmarkXLSX reads a sheet of shared strings beside the library and beside
// the least that anybody must do: inflating. cpu-ms/op counts all cores, since
// a reader may inflate on one while it reads on the other.
func BenchmarkXLSX(b *testing.B) {
	book := benchWorkbook(b)
	path := write(b, "t.xlsx", book)
	b.Run("ours", func(b *testing.B) {
		countCPU(b, func() {
			book := open(b, path, Options{})
			n := 0
			for _, err := range book.Sheets[0].Rows() {
				if err != nil {
					b.Fatal(err)
				}
				n++
			}
			if n != benchRows {
				b.Fatal(n)
			}
		})
	})
	b.Run("peer=excelize", func(b *testing.B) {
		countCPU(b, func() { readWithExcelize(b, path) })
	})
	b.Run("limit=inflate", func(b *testing.B) {
		countCPU(b, func() { inflate(b, book) })
	})
}

// countCPU is the loop of a benchmark that reports its CPU time.
func countCPU(b *testing.B, work func()) {
	before := cpuTime(b)
	b.ReportAllocs()
	for b.Loop() {
		work()
	}
	b.ReportMetric(float64((cpuTime(b)-before).Microseconds())/1e3/float64(b.N), "cpu-ms/op")
}

// cpuTime is what the process has used so far, on all cores.
func cpuTime(b *testing.B) time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// benchWorkbook is an export as Excel saves one: texts are shared, counts are
// numbers.
func benchWorkbook(b *testing.B) []byte {
	f := excelize.NewFile()
	defer f.Close()
	for i := range benchRows {
		var row []any
		for _, cell := range exportRow(i) {
			row = append(row, cell)
		}
		row[8], row[9], row[15] = i%90, i%80, 20.6
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			b.Fatal(err)
		}
	}
	var buf bytes.Buffer
	if err := f.Write(&buf); err != nil {
		b.Fatal(err)
	}
	return buf.Bytes()
}

func readWithExcelize(b *testing.B, path string) {
	f, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true})
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	rows, err := f.Rows("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	n := 0
	for ; rows.Next(); n++ {
		if _, err := rows.Columns(); err != nil {
			b.Fatal(err)
		}
	}
	if n != benchRows {
		b.Fatal(n)
	}
}

// inflate unpacks every part and looks at none.
func inflate(b *testing.B, book []byte) {
	z, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		b.Fatal(err)
	}
	z.RegisterDecompressor(zip.Deflate, func(r io.Reader) io.ReadCloser { return flate.NewReader(r) })
	for _, part := range z.File {
		r, err := part.Open()
		if err != nil {
			b.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, r); err != nil {
			b.Fatal(err)
		}
		r.Close()
	}
}
