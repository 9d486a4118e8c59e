//go:build unix

package input

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/gocarina/gocsv"
	"github.com/xuri/excelize/v2"
)

// Rows of the exports that are read. A CSV has as many as the smallest whole run that
// is measured beside a peer: what any file costs, whatever its size, is a sixth of the
// time at a tenth of that. Excelize would take a minute to write such a workbook.
const (
	csvRows  = 200_000
	xlsxRows = 20_000
)

// benchExport is an export of the generic layout.
func benchExport(rows int) string {
	var b strings.Builder
	b.WriteString("CustomerName,CustomerTenantId,Domain,Country,OfferName,SkuId,SubscriptionId,SkuPartNumber,Quantity,Assigned,Status,StartDate,EndDate,Term,Billing,UnitPrice,Currency,Channel,AutoRenew,AccountManager\r\n")
	for i := range rows {
		fmt.Fprintf(&b, "Contoso %d S.p.A.,%08x-1111-4222-8333-%012x,c%d.onmicrosoft.com,IT,Microsoft 365 Business Premium,cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46,%08x-aaaa-4bbb-8ccc-%012x,SPB,%d,%d,Active,2025-12-01,2026-11-%02d,P1Y,Monthly,20.60,EUR,Direct from Microsoft,true,anna@partner.example\r\n",
			i/2, i/2, i/2, i/2, i, i, i%90+1, i%80, i%30+1)
	}
	return b.String()
}

// BenchmarkRead turns a file into typed records beside gocsv's channel mode, the
// least hungry it has: with the types that a plan needs, and without. cpu-ms/op
// counts all cores; B/record is what a record keeps of the memory.
func BenchmarkRead(b *testing.B) {
	path := filepath.Join(b.TempDir(), "x.csv")
	if err := os.WriteFile(path, []byte(benchExport(csvRows)), 0o600); err != nil {
		b.Fatal(err)
	}
	b.Run("ours", func(b *testing.B) { benchRead(b, path, csvRows) })
	gocsv.SetHeaderNormalizer(strings.ToLower)
	defer gocsv.SetHeaderNormalizer(func(s string) string { return s })
	b.Run("peer=gocsv", func(b *testing.B) {
		benchGocsv(b, path, func(last typedLine) bool {
			return last.EndDate != 0 && last.Term != 0 && last.UnitPrice.String() == "20.60" && last.AutoRenew
		})
	})
	b.Run("peer=gocsv-texts", func(b *testing.B) {
		benchGocsv(b, path, func(last textLine) bool { return last.Quantity != 0 && last.UnitPrice == 20.6 })
	})
}

// benchRead reads one file of so many rows.
func benchRead(b *testing.B, path string, rows int) {
	free := heap()
	var batch Batch
	countCPU(b, func() {
		var err error
		batch, err = Read(context.Background(), []File{{Path: path, Name: "exports/" + filepath.Base(path)}}, Options{})
		if err != nil || len(batch.Records) != rows || batch.Records[rows-1].Sub == nil {
			b.Fatal(len(batch.Records), err)
		}
	})
	b.ReportMetric(float64(heap()-free)/float64(rows), "B/record")
	runtime.KeepAlive(batch)
}

// heap is the memory that is in use once garbage is collected.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
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

// BenchmarkReadXLSX does the same for a workbook of shared strings, beside the
// rows alone of the library that most programs read it by.
func BenchmarkReadXLSX(b *testing.B) {
	path := filepath.Join(b.TempDir(), "x.xlsx")
	benchWorkbook(b, path)
	b.Run("ours", func(b *testing.B) { benchRead(b, path, xlsxRows) })
	b.Run("peer=excelize", func(b *testing.B) {
		countCPU(b, func() {
			f, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true})
			if err != nil {
				b.Fatal(err)
			}
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
			if f.Close(); n != xlsxRows+1 {
				b.Fatal(n)
			}
		})
	})
}

// benchWorkbook saves the export as a workbook, numbers as numbers.
func benchWorkbook(b *testing.B, path string) {
	f := excelize.NewFile()
	for i, line := range strings.Split(strings.TrimSpace(benchExport(xlsxRows)), "\r\n") {
		var row []any
		for _, cell := range strings.Split(line, ",") {
			if n, err := strconv.Atoi(cell); err == nil {
				row = append(row, n)
			} else {
				row = append(row, cell)
			}
		}
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			b.Fatal(err)
		}
	}
	if err := f.SaveAs(path); err != nil {
		b.Fatal(err)
	}
}
