package input

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cspplan/reconcile"
)

// source has a rejected row in line 3; what decides that its dates are day
// first stands in line 2.
var correctedSource = csvOf("Customer|Offer|Licences|Expires|Subscription ID",
	"Contoso|Office 365 E3|5|31/12/2026|S1", "Fabrikam|Office 365 E1|x|05/12/2026|S2", "Adatum|Office 365 E1|7|31/02/2027|S3")

const rejectedHead = "file|sheet|row|column|value|code|reason|expected|cells"

func TestCorrections(t *testing.T) {
	for _, c := range []struct{ name, row, want string }{
		{"corrected", "exports/a.csv||3|Licences|x|no-licences|r|e|Fabrikam|Office 365 E1|9|05/12/2026|S2", "subscription"},
		{"with the blank cells that a spreadsheet adds", "exports/a.csv||3|Licences|x|no-licences|r|e|Fabrikam|Office 365 E1|9|05/12/2026|S2|||", "subscription"},
		{"as it was", "exports/a.csv||3|Licences|x|no-licences|r|e|Fabrikam|Office 365 E1|x|05/12/2026|S2", "reference: not corrected yet"},
		{"still wrong", "exports/a.csv||3|Licences|x|no-licences|r|e|Fabrikam|Office 365 E1|9.5|05/12/2026|S2", "no-licences Licences 9.5"},
		{"another customer", "exports/a.csv||3|Licences|x|no-licences|r|e|Litware|Office 365 E1|9|05/12/2026|S9", "bad-record Subscription ID S9"},
		{"another fault by now", "exports/a.csv||4|Licences|x|no-licences|r|e|Adatum|Office 365 E1|7|28/02/2027|S3", "reference: corrects a row that is not rejected any more"},
		{"a row that was never rejected", "exports/a.csv||2|Licences|x|no-licences|r|e|Contoso|Office 365 E3|5|31/12/2026|S1", "reference: corrects a row that is not rejected any more"},
		{"another file", "exports/b.csv||3|Licences|x|no-licences|r|e|Fabrikam|Office 365 E1|9|05/12/2026|S2", "reference: corrects a row of a file that is not read"},
		{"no row", "exports/a.csv||three|Licences|x|no-licences|r|e|Fabrikam|Office 365 E1|9|05/12/2026|S2", "reference: corrects a row of a file that is not read"},
	} {
		t.Run(c.name, func(t *testing.T) {
			batch := readAll(t, Options{}, "exports/a.csv", correctedSource, "exports/corrected.csv",
				csvOf(rejectedHead, "exports/a.csv|||||header|||Customer|Offer|Licences|Expires|Subscription ID", c.row))
			got := batch.Records[len(batch.Records)-1]
			if fate(got) != c.want {
				t.Fatalf("got %q, want %q", fate(got), c.want)
			}
			if got.Source != (reconcile.Source{File: "exports/corrected.csv", Row: 3}) {
				t.Errorf("source %+v, want the row of the corrected file", got.Source)
			}
			if c.want != "subscription" {
				return
			}
			if got.Corrects == nil || *got.Corrects != (reconcile.Source{File: "exports/a.csv", Row: 3}) {
				t.Errorf("corrects %+v, want row 3 of exports/a.csv", got.Corrects)
			}
			if got.Sub.Expires != reconcile.NewDate(2026, 12, 5) || got.Sub.Licences != reconcile.Whole(9) {
				t.Errorf("read as %v with %v licences, want 2026-12-05, day first as in its file, and 9", got.Sub.Expires, got.Sub.Licences)
			}
			if n := batch.Files[1].Licences; n != 9 {
				t.Errorf("counted %d licences, want 9", n)
			}
		})
	}
}

// Spreadsheets save rejected-rows.csv in their own way: with semicolons, in
// Windows-1252, dates as their country writes them, no header lines.
func TestCorrectionsSavedBySpreadsheets(t *testing.T) {
	source := csvOf("Customer|Offer|Licences|Expires|Subscription ID", "Köln AG|Office 365 E3|5|31/12/2026|S1", "Köln AG|Office 365 E1|x|2027-02-28|S2", "Köln AG|Office 365 E1|7|31/02/2027|S3")
	corrected := "file;sheet;row;column;value;code;reason;expected;cells;;;;\r\n" +
		"exports/a.csv;;3;Licences;x;no-licences;r;e;K\xf6ln AG;Office 365 E1;9;28.02.2027;S2\r\n" +
		"exports/a.csv;;4;Expires;31. Feb 27;bad-date;r;e;K\xf6ln AG;Office 365 E1;7;28.02.2027;S3\r\n"
	batch := readAll(t, Options{}, "exports/a.csv", source, "exports/corrected.csv", corrected)
	want := []string{"subscription", "no-licences Licences x", "bad-date Expires 31/02/2027", "subscription", "subscription"}
	if diff := cmp.Diff(want, fates(batch.Records)); diff != "" {
		t.Fatalf("records (-want +got):\n%s", diff)
	}
	for _, rec := range batch.Records[3:] {
		if rec.Sub.Customer.Name != "Köln AG" || rec.Sub.Expires != reconcile.NewDate(2027, 2, 28) {
			t.Errorf("row %d: customer %q, expires %s", rec.Source.Row, rec.Sub.Customer.Name, rec.Sub.Expires)
		}
	}
}

// A correction that is still wrong leaves the row to the next one; the one that
// comes too late is named.
func TestSecondCorrection(t *testing.T) {
	row := func(licences string) string {
		return "exports/a.csv||3|Licences|x|no-licences|r|e|Fabrikam|Office 365 E1|" + licences + "|05/12/2026|S2"
	}
	batch := readAll(t, Options{}, "exports/a.csv", correctedSource, "exports/c.csv", csvOf(rejectedHead, row("9.5"), row("9"), row("10")))
	want := []string{"no-licences Licences 9.5", "subscription", "reference: corrects a row that is corrected already"}
	if diff := cmp.Diff(want, fates(batch.Records[3:])); diff != "" {
		t.Errorf("records (-want +got):\n%s", diff)
	}
	if w := batch.Files[1].Warnings; len(w) != 1 || w[0].Code != "correction-unused" || w[0].Row != 4 {
		t.Errorf("warnings %+v, want one about row 4", w)
	}
}

// A corrected row of a price list gives its price; until then nobody knows it.
func TestCorrectedPrice(t *testing.T) {
	list := csvOf("ProductId|SkuId|TermDuration|BillingPlan|Market|Currency|UnitPrice|ERP Price",
		"CFQ7TTC0LF8R|1|P1Y|Annual|IT|EUR|100|abc")
	batch := readAll(t, Options{}, "exports/prices.csv", list)
	if p := batch.Prices; len(p) != 1 || !p[0].Unread || p[0].SKUID != "0001" {
		t.Fatalf("prices %+v, want one that is not read", p)
	}
	problem := batch.Records[0].Problem
	batch = readAll(t, Options{}, "exports/corrected.csv", csvOf(rejectedHead, "exports/prices.csv||2|"+problem.Column+"|"+problem.Value+"|"+problem.Code+"|r|e|CFQ7TTC0LF8R|1|P1Y|Annual|IT|EUR|100|120"), "exports/prices.csv", list)
	if p := batch.Prices; len(p) != 1 || p[0].Unread || p[0].ERP.String() != "120" || p[0].Source.File != "exports/corrected.csv" {
		t.Errorf("prices %+v, want 120 of the corrected row", p)
	}
}

// A row corrected in two files counts once.
func TestCorrectedTwice(t *testing.T) {
	row := "exports/a.csv||3|Licences|x|no-licences|r|e|Fabrikam|Office 365 E1|9|05/12/2026|S2"
	batch := readAll(t, Options{}, "exports/a.csv", correctedSource, "exports/one.csv", csvOf(rejectedHead, row), "exports/two.csv", csvOf(rejectedHead, "|||||header|||", row))
	used := 0
	for _, rec := range batch.Records {
		if rec.Corrects != nil {
			used++
		}
	}
	if used != 1 {
		t.Errorf("%d corrections of one row were used, want 1: %s", used, strings.Join(fates(batch.Records), "; "))
	}
}

// What a line without cells or commas says is no correction, whatever it holds.
func TestShapelessCorrections(t *testing.T) {
	batch := readAll(t, Options{}, "exports/a.csv", correctedSource, "exports/corrected.csv", csvOf(rejectedHead, "exports/a.csv||3|Licences|x", "", "exports/a.csv||3|Licences|x|no-licences|r|e|"))
	for _, rec := range batch.Records[3:] {
		if rec.Role != reconcile.RoleReference || rec.Problem != nil {
			t.Errorf("got %s, want reference", fate(rec))
		}
	}
}

// The file lists rows of several exports, each under its own header: those
// headers are no tables of this file.
func TestCorrectionsOfSeveralFiles(t *testing.T) {
	licences := "Product Title,Total Licenses,Expired Licenses,Assigned licenses,Renewal Date"
	file := "file,sheet,row,column,value,code,reason,expected,cells\r\n" +
		"exports/b.csv,,,,,header,,,Customer,Offer,Licences,Expires\r\n" +
		"exports/b.csv,,2,Expires,31/02/2027,bad-date,Not a date,a date,Contoso,Office 365 E3,5,2027-02-28\r\n" +
		"exports/c.csv,,,,,header,,," + licences + "\r\n" +
		"exports/c.csv,,2,,,no-customer,No customer,a customer,Microsoft 365 E3,10,0,7,2027-08-01\r\n"
	report, records := readOne(t, Options{}, "exports/a.csv", file)
	if len(records) != 4 || report.Rows != 4 || report.Sheets[0].Layout != "cspplan-rejected" || report.Sheets[0].HeaderRow != 1 {
		t.Errorf("got %v of %d rows as %+v, want four rows of a list of rejected rows", fates(records), report.Rows, report.Sheets[0])
	}
}

// FuzzCorrections holds what the control totals rest on, whatever a person made
// of rejected-rows.csv: no row gets lost, the licences counted are those of the
// records, and only rejected rows are corrected, each once.
func FuzzCorrections(f *testing.F) {
	head := csvOf(rejectedHead, "exports/a.csv|||||header|||Customer|Offer|Licences|Expires|Subscription ID")
	f.Add([]byte(head + csvOf("exports/a.csv||3|Licences|x|no-licences|r|e|Fabrikam|Office 365 E1|9|05/12/2026|S2")))
	f.Add([]byte(head + csvOf("exports/a.csv||4|Expires|31/02/2027|bad-date|r|e|Adatum|Office 365 E1|7|28/02/2027|S3", "exports/a.csv||4|Expires|31/02/2027|bad-date|r|e|Adatum")))
	f.Add([]byte(head + csvOf("exports/a.csv||4|Expires|31/02/2027|bad-date|r|e|Adatum|Office 365 E1|7|28/02//2027|S3", "exports/a.csv||4|Expires|31/02/2027|bad-date|r|e|Adatum")))
	f.Fuzz(func(t *testing.T, content []byte) {
		batch := readAll(t, Options{}, "exports/a.csv", correctedSource, "exports/corrected.csv", string(content))
		rejected := make(map[reconcile.Source]bool)
		var rows, licences int
		for _, rec := range batch.Records {
			rejected[rec.Source] = rec.Problem != nil
			if rec.Source.File == "exports/corrected.csv" {
				rows++
				licences += int(rec.Licences.N)
			}
		}
		if report := batch.Files[1]; report.Rows != rows || report.Licences != int64(licences) {
			t.Fatalf("counted %d rows and %d licences, the records hold %d and %d", report.Rows, report.Licences, rows, licences)
		}
		for _, rec := range batch.Records {
			if rec.Corrects == nil {
				continue
			}
			if !rejected[*rec.Corrects] {
				t.Fatalf("%+v corrects %+v, which is not rejected or was corrected before", rec.Source, rec.Corrects)
			}
			if rec.Problem == nil { // one that is faulty itself leaves the place to the next
				rejected[*rec.Corrects] = false
			}
		}
	})
}
