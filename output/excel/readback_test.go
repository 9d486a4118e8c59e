package excel

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

func TestReadBackAgreesWithWritten(t *testing.T) {
	for _, n := range []int{0, 1, 200} {
		path, w := file(t, sample(t, n), Options{})
		got, err := ReadBack(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		if !got.Equal(w.Plan) || got.Rows != n {
			t.Errorf("%d rows: read back %+v, want %+v", n, got, w.Plan)
		}
	}
}

func TestWrittenCountsTheReport(t *testing.T) {
	_, w := file(t, sample(t, 3), Options{})
	got := w.Plan
	// Rows 0 to 2: 1, 2 and 3 licences at 100.37 in EUR, CHF, JPY.
	// Their keys are 0, k and 2k.
	const keys = 0x9e3779b97f4a7c15*3 - 1<<64
	if got.Rows != 3 || got.Licences != 6 || got.Keys != keys {
		t.Errorf("wrote %+v, want 3 rows, 6 licences, keys %d", got, uint64(keys))
	}
	if got.Money["EUR"] != 10037 || got.Money["CHF"] != 20074 || got.Money["JPY"] != 30111 || len(got.Money) != 3 {
		t.Errorf("wrote %v, want EUR 10037, CHF 20074, JPY 30111", got.Money)
	}
	if s := w.Sheets[1]; s.Sheet != "Customers" || s.Rows != 3 {
		t.Errorf("second sheet is %+v, want Customers with 3 rows", s)
	}
}

// changed opens a written workbook, changes it as a fault would, and reads it.
func changed(t *testing.T, change func(*excelize.File) error) (Totals, Totals, error) {
	t.Helper()
	path, w := file(t, sample(t, 20), Options{})
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := change(f); err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(t.TempDir(), "changed.xlsx")
	if err := f.SaveAs(other); err != nil {
		t.Fatal(err)
	}
	got, err := ReadBack(t.Context(), other)
	return got, w.Plan, err
}

func TestReadBackSeesWhatDiffers(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*excelize.File) error
	}{
		{"licences", func(f *excelize.File) error { return f.SetCellValue("Plan", "F3", 2) }},
		{"a cent", func(f *excelize.File) error { return f.SetCellValue("Plan", "O3", 100.38) }},
		{"currency", func(f *excelize.File) error { return f.SetCellValue("Plan", "N3", "USD") }},
		{"amount gone", func(f *excelize.File) error { return f.SetCellValue("Plan", "O3", nil) }},
		{"key", func(f *excelize.File) error { return f.SetCellValue("Plan", "R4", "0000000000000001") }},
		{"row gone", func(f *excelize.File) error { return f.RemoveRow("Plan", 22) }},
		{"formula", func(f *excelize.File) error { return f.SetCellFormula("Plan", "Z1", "1+1") }},
		{"formula on another sheet", func(f *excelize.File) error { return f.SetCellFormula("Money", "Z1", "1+1") }},
		{"formula on a hidden sheet", func(f *excelize.File) error { return f.SetCellFormula("Lists", "Z9", "1+1") }},
		{"formula with a value", func(f *excelize.File) error {
			return errors.Join(f.SetCellValue("Start", "Z1", 7), f.SetCellFormula("Start", "Z1", "3+4"))
		}},
	} {
		got, want, err := changed(t, c.change)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		} else if got.Equal(want) {
			t.Errorf("%s: read back %+v as if nothing had changed", c.name, got)
		}
	}
	if got, want, err := changed(t, func(*excelize.File) error { return nil }); err != nil || !got.Equal(want) {
		t.Errorf("unchanged: read back %+v, error %v; want %+v", got, err, want)
	}
}

func TestReadBackRefuses(t *testing.T) {
	for _, c := range []struct {
		name, want string
		change     func(*excelize.File) error
	}{
		{"no key", "row 5: key", func(f *excelize.File) error { return f.SetCellValue("Plan", "R5", "") }},
		{"part of a licence", "licences", func(f *excelize.File) error { return f.SetCellValue("Plan", "F5", 1.5) }},
		{"part of a yen", "more digits", func(f *excelize.File) error { return f.SetCellValue("Plan", "O5", 1.5) }},
		{"no field map", "no hidden sheet", func(f *excelize.File) error { return f.DeleteSheet("Lists") }},
	} {
		if _, _, err := changed(t, c.change); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got error %v, want %q", c.name, err, c.want)
		}
	}
}

func TestReadBackRefusesDamage(t *testing.T) {
	whole, _ := workbook(t, sample(t, 200), Options{})
	flipped := bytes.Clone(whole)
	flipped[len(flipped)/2] ^= 0x10
	for _, c := range []struct {
		name    string
		content []byte
	}{{"text", []byte("Customer;Offer")}, {"nothing", nil}, {"cut", whole[:len(whole)/2]}, {"flipped", flipped}} {
		path := filepath.Join(t.TempDir(), c.name+".xlsx")
		if err := os.WriteFile(path, c.content, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadBack(t.Context(), path); err == nil || !strings.Contains(err.Error(), c.name+".xlsx") {
			t.Errorf("%s: got error %v, want one that names the file", c.name, err)
		}
	}
}

func TestKeyNumber(t *testing.T) {
	if got := keyNumber("ffffffffffffffff"); got != 1<<64-1 {
		t.Errorf("got %x", got)
	}
	if got := keyNumber("none"); got != 0 {
		t.Errorf("got %x, want 0", got)
	}
}
