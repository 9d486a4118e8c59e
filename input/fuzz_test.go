package input

import (
	"bytes"
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"testing"

	"cspplan/input/sheet"
	"cspplan/reconcile"
)

// learnSpellings does what the first text in an old code page would make a fuzz
// target wait for.
func learnSpellings(f *testing.F) {
	path := filepath.Join(f.TempDir(), "x.csv")
	if err := os.WriteFile(path, []byte("Caff\xe8\n"), 0o600); err != nil {
		f.Fatal(err)
	}
	if book, err := sheet.Open(context.Background(), path, "x", sheet.Options{}); err == nil {
		book.Close()
	}
}

// FuzzRead holds the promise of the package on any bytes: a file is refused
// with a code and a message, or every row below its header is one record that
// is usable or says why not, and the counts agree.
func FuzzRead(f *testing.F) {
	learnSpellings(f)
	f.Add([]byte(csvOf("Customer|Offer|Licences|Expires", "Contoso|Office 365 E3|5|2026-12-31", "Total||5|")))
	f.Add([]byte("Kunde;Produkt;Lizenzen;Läuft ab\r\nContoso;E3;1.000;31.12.2026\r\nA;\"E1;5;01.02.2027\r\n"))
	f.Add([]byte("\xff\xfeC\x00u\x00"))
	f.Add([]byte("AccountSkuId,ActiveUnits,ConsumedUnits\na:B,1,2\na:C,x,2\n,,\n"))
	f.Add([]byte("ProductId,SkuId,TermDuration,BillingPlan,Currency,UnitPrice\nCFQ7TTC0LF8R,1,P1Y,Annual,USD,1.5\nX,,,,,\n"))
	f.Add([]byte("Microsoft ID,Company name,Primary domain name\n1,2,3\n,,\n"))
	f.Add([]byte("SubscriptionId,SubscriptionEndDate,Month,CustomerTenantId,SKU,AvailableSeats\na,05/12/2026,06/12/2026,t,E3,1\n"))
	f.Fuzz(func(t *testing.T, content []byte) {
		path := filepath.Join(t.TempDir(), "x.csv")
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		batch, err := Read(context.Background(), []File{{Path: path, Name: "exports/Contoso/x.csv", Folder: "Contoso"}}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		report := batch.Files[0]
		if refused := report.Refused; refused != nil {
			if refused.Code == "" || refused.Message == "" || len(batch.Records) != 0 || bytes.Contains([]byte(refused.Message), []byte("internal fault")) {
				t.Fatalf("refused with %+v and %d records", refused, len(batch.Records))
			}
			return
		}
		if want := rowsBelow(t, path, report); len(batch.Records) != want || report.Rows != want {
			t.Fatalf("%d records, %d rows counted, want %d", len(batch.Records), report.Rows, want)
		}
		var licences int64
		for _, r := range batch.Records {
			licences += int64(r.Licences.N)
			checkRecord(t, r)
		}
		if licences != report.Licences {
			t.Fatalf("records hold %d licences, the report counted %d", licences, report.Licences)
		}
	})
}

// rowsBelow counts the rows below the headers without this package.
func rowsBelow(t *testing.T, path string, report FileReport) int {
	t.Helper()
	book, err := sheet.Open(context.Background(), path, "x", sheet.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows := 0
	for i, s := range book.Sheets {
		if report.Sheets[i].Skipped != "" {
			continue
		}
		for row, err := range s.Rows() {
			if err != nil {
				t.Fatal(err)
			}
			if row.Number > report.Sheets[i].HeaderRow {
				rows++
			}
		}
	}
	return rows
}

func checkRecord(t *testing.T, r reconcile.Record) {
	t.Helper()
	usable := r.Sub != nil || r.Role == reconcile.RoleReference || r.Role == reconcile.RoleOutOfScope
	switch {
	case r.Problem != nil && (r.Problem.Code == "" || r.Problem.Expected == "" || r.Cells() == nil || r.Sub != nil):
		t.Fatalf("rejected row %d: %+v with cells %q", r.Source.Row, *r.Problem, r.Cells())
	case r.Problem == nil && !usable:
		t.Fatalf("row %d is neither used nor rejected: %+v", r.Source.Row, r)
	case r.Source.Row < 1 || r.Role == reconcile.RoleNone:
		t.Fatalf("row without a place or a role: %+v", r)
	}
}

// FuzzScan holds that no cell makes a date or a number out of nothing: what is
// read has digits, and reading it again gives the same.
func FuzzScan(f *testing.F) {
	for _, s := range []string{"31/12/2026", "1.234,56", "30-AUG-2025", "2026年12月31日", "-$5", "(1)", "٣"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		cell := sheet.Cell{Kind: sheet.Text, Text: text}
		if got := (calendar{}).scanDate(cell); got.form == fixedDate || got.form == severalReadings {
			if y := got.day.Time().Year(); y < firstYear || y > lastYear {
				t.Fatalf("%q is a date of the year %d", text, y)
			}
			again := calendar{}.scanDate(sheet.Cell{Kind: sheet.Text, Text: got.day.String()})
			if again.form != fixedDate || again.day != got.day {
				t.Fatalf("%q reads as %s, which reads as %s", text, got.day, again.said())
			}
		}
		if digits, ok := scanNumber(cell).settle('.'); ok {
			if _, err := csv.NewReader(bytes.NewReader([]byte(digits))).Read(); err != nil || !validNumber(digits) {
				t.Fatalf("%q settles as %q", text, digits)
			}
		}
	})
}

func validNumber(text string) bool {
	if len(text) > 0 && text[0] == '-' {
		text = text[1:]
	}
	return invariant.MatchString(text)
}
