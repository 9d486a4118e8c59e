package sheet

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// randomBook writes a workbook by excelize, by its stream or cell by cell, with
// gaps, blank rows and every kind of value.
func randomBook(t testing.TB, r *rand.Rand, streamed bool) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	date, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		t.Fatal(err)
	}
	texts := []string{"Contoso", "Caffè & Söhne <1>", "東京", "😀", "a\nb", "", " x ", "_x0041_", "=1+1", "'q", "1.50", "R\td"}
	value := func() any {
		switch r.IntN(7) {
		case 0:
			return r.IntN(1000)
		case 1:
			return float64(r.IntN(1_000_000)) / 64
		case 2:
			return r.IntN(2) == 0
		case 3:
			return time.Date(2020+r.IntN(10), 1, 1+r.IntN(365), 0, 0, 0, 0, time.UTC)
		case 4:
			return nil
		}
		return texts[r.IntN(len(texts))]
	}
	var stream *excelize.StreamWriter
	if streamed { // one that is never flushed leaves half a sheet
		if stream, err = f.NewStreamWriter("Sheet1"); err != nil {
			t.Fatal(err)
		}
	}
	for row := 1; row <= 60; row++ {
		if r.IntN(5) == 0 {
			continue
		}
		values := make([]any, r.IntN(12))
		for i := range values {
			values[i] = value()
			cell, _ := excelize.CoordinatesToCellName(i+1, row)
			_, isDate := values[i].(time.Time)
			switch {
			case streamed && isDate:
				values[i] = excelize.Cell{StyleID: date, Value: values[i]}
			case !streamed && values[i] != nil:
				if err := f.SetCellValue("Sheet1", cell, values[i]); err != nil {
					t.Fatal(err)
				}
			}
		}
		if cell, _ := excelize.CoordinatesToCellName(1, row); streamed {
			if err := stream.SetRow(cell, values); err != nil {
				t.Fatal(err)
			}
		}
	}
	if streamed {
		if err := stream.Flush(); err != nil {
			t.Fatal(err)
		}
	}
	var buf bytes.Buffer
	if err := f.Write(&buf); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// asExcelizeShowsIt undoes what our reader knows beyond the raw value.
func asExcelizeShowsIt(t testing.TB, c Cell) string {
	t.Helper()
	switch {
	case c.Kind == Bool && c.Text == "TRUE":
		return "1"
	case c.Kind == Bool:
		return "0"
	case c.Kind == Date:
		day, err := time.Parse(time.DateOnly, c.Text)
		if err != nil {
			t.Fatalf("date cell %q: %v", c.Text, err)
		}
		return fmt.Sprint(int(day.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24))
	}
	return c.Text
}

// What excelize wrote, our reader reads as excelize does: the same rows, the same
// cells.
func TestExcelizeAgrees(t *testing.T) {
	for seed := range uint64(40) {
		content := randomBook(t, rand.New(rand.NewPCG(seed, 1)), seed%2 == 0)
		f, err := excelize.OpenReader(bytes.NewReader(content), excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		theirs, err := f.GetRows("Sheet1")
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		var want []string
		for i, row := range theirs {
			if line := strings.TrimRight(strings.Join(row, "|"), "|"); strings.TrimSpace(strings.ReplaceAll(line, "|", "")) != "" {
				want = append(want, fmt.Sprintf("%d:%s", i+1, line))
			}
		}
		var got []string
		b := open(t, write(t, "t.xlsx", content), Options{})
		for row, err := range b.Sheets[0].Rows() {
			if err != nil {
				t.Fatal(err)
			}
			var cells []string
			for _, c := range row.Cells {
				cells = append(cells, asExcelizeShowsIt(t, c))
			}
			got = append(got, fmt.Sprintf("%d:%s", row.Number, strings.Join(cells, "|")))
		}
		if a, b := strings.Join(got, "\n"), strings.Join(want, "\n"); a != b {
			t.Fatalf("seed %d:\ngot\n%s\nwant\n%s", seed, a, b)
		}
	}
}
