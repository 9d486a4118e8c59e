package input

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cspplan/input/sheet"
)

// zipOf packs files, given as name, content, name, content …
func zipOf(t testing.TB, namesAndContents ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(namesAndContents); i += 2 {
		f, err := w.Create(namesAndContents[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(namesAndContents[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func gzipOf(t testing.TB, content string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write([]byte(content))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// told is one file's report in a line of a table test.
func told(f FileReport) string {
	switch {
	case f.Refused != nil:
		return f.Name + " " + f.Refused.Code
	case f.Archive():
		var left []string
		for _, l := range f.LeftOut {
			left = append(left, filepath.Base(l.Name))
		}
		return strings.TrimSpace(f.Name + " zip " + strings.Join(left, " "))
	}
	return strings.TrimSpace(f.Name + " " + f.Kind + " " + string(f.Packing) + strings.Repeat(" row", f.Rows))
}

// ofTenant is an export that names no customer.
const ofTenant = "Offer,Licences,Expires\nOffice 365 E3,5,2026-12-31\n"

func TestReadArchives(t *testing.T) {
	row := func(customer string) string {
		return "Customer,Offer,Licences,Expires\n" + customer + ",Office 365 E3,5,2026-12-31\n"
	}
	book := workbook(t, "", "S", [][]any{{"Customer", "Offer", "Licences", "Expires"}, {"Nordlicht", "Office 365 E3", 1, "2026-12-31"}})
	batch := readAll(t, Options{}, "exports/a.zip",
		zipOf(t, "b.csv", row("Contoso"), "book.xlsx", book, "again/b.csv", row("Contoso"), "__MACOSX/._b.csv", "x", "~$book.xlsx", "x", "in.zip", zipOf(t, "x.csv", row("X"))),
		"exports/b.csv.gz", gzipOf(t, row("Fabrikam")), "exports/b.csv", row("Fabrikam"),
		"exports/book.gz", gzipOf(t, strings.Replace(book, "x", "x", 1)), "exports/junk.zip", zipOf(t, ".DS_Store", "x"), "exports/none.zip", zipOf(t),
		"exports/x.xlsx", "PK\x03\x04 and nothing more")
	var got []string
	rows := 0
	for _, f := range batch.Files {
		got = append(got, told(f))
		rows += f.Rows
	}
	want := []string{
		"exports/a.zip zip ._b.csv ~$book.xlsx",
		"exports/a.zip/again/b.csv csv zip row", "exports/a.zip/b.csv duplicate-file", "exports/a.zip/book.xlsx xlsx zip row", "exports/a.zip/in.zip nested-archive",
		"exports/b.csv.gz csv gzip row", "exports/b.csv duplicate-file", "exports/book.gz duplicate-file",
		"exports/junk.zip not-a-spreadsheet", "exports/none.zip not-a-spreadsheet", "exports/x.xlsx broken-zip",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
	if rows != len(batch.Records) || rows != 3 {
		t.Errorf("%d rows counted, %d records, want 3", rows, len(batch.Records))
	}
	for _, f := range batch.Files {
		if len(f.SHA256) != 64 || f.Bytes == 0 || f.Modified.IsZero() {
			t.Errorf("%s: hash %q, %d bytes, of %v: want all three", f.Name, f.SHA256, f.Bytes, f.Modified)
		}
		for _, word := range []string{"EOF", "gzip:", "flate:", "*"} {
			if f.Refused != nil && strings.Contains(f.Refused.Message, word) {
				t.Errorf("%q says %q", f.Refused.Message, word)
			}
		}
	}
}

// Whose rows they are in an archive: the folder that the archive lies in says
// it, else the folder in it.
func TestCustomersInArchives(t *testing.T) {
	tests := []struct {
		archive string
		inside  []string
		want    string
	}{
		{"exports/a.zip", []string{"Contoso/x.csv", "Fabrikam/x.csv"}, "Contoso Fabrikam"},
		{"exports/Tailspin/a.zip", []string{"x.csv"}, "Tailspin"},
		{"exports/Tailspin/a.zip", []string{"2026-11/x.csv"}, "Tailspin"},
		{"exports/a.zip", []string{"2026-11/Contoso/x.csv"}, "Contoso"},
		{"exports/a.zip", []string{"november/Contoso/x.csv", "november/Fabrikam/x.csv"}, "Contoso Fabrikam"},
		{"exports/a.zip", []string{"Contoso/x.csv"}, "Contoso"},
		{"exports/a.zip", []string{"x.csv"}, "no-customer"},
		{"exports/a.zip", []string{`..\..\Contoso\x.csv`}, "Contoso"},
	}
	for _, tt := range tests {
		var files []string
		for i, name := range tt.inside {
			files = append(files, name, strings.Replace(ofTenant, ",5,", ","+string(rune('5'+i))+",", 1))
		}
		batch := readAll(t, Options{}, tt.archive, zipOf(t, files...))
		var got []string
		for _, r := range batch.Records {
			if r.Problem != nil {
				got = append(got, r.Problem.Code)
				continue
			}
			got = append(got, r.Sub.Customer.Name)
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s with %q: got %q, want %s", tt.archive, tt.inside, got, tt.want)
		}
	}
}

// Rules of the settings name files in archives, or the archive for all of them.
func TestRulesForArchives(t *testing.T) {
	named := func(match, customer string) Rule {
		r := Rule{Match: match}
		r.Customer.Name = customer
		return r
	}
	tests := []struct {
		rules []Rule
		want  string
	}{
		{[]Rule{named("exports/a.zip/x.csv", "X"), named("exports/a.zip", "Rest")}, "X Rest"},
		{[]Rule{named("exports/*.zip", "All")}, "All All"},
		{[]Rule{named("**/y.csv", "Y"), named("exports/**", "Rest")}, "Rest Y"},
		{[]Rule{{Match: "exports/a.zip/y.csv", Ignore: true}, named("exports/*", "X")}, "X"},
		{[]Rule{{Match: "exports/a.zip", Ignore: true}}, ""},
	}
	for _, tt := range tests {
		batch := readAll(t, Options{Rules: tt.rules}, "exports/a.zip", zipOf(t, "x.csv", ofTenant, "y.csv", strings.Replace(ofTenant, "5", "6", 1)))
		var got []string
		for _, r := range batch.Records {
			got = append(got, r.Sub.Customer.Name)
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%v: got %q, want %q", tt.rules, got, tt.want)
		}
	}
}

// A copy is read after all if its original turns out to be unreadable.
func TestCopyOfAnUnreadableFile(t *testing.T) {
	table := "Customer,Offer,Licences,Expires\nContoso,Office 365 E3,5,2026-12-31\n"
	results := []fileResult{
		{content: "1", report: FileReport{Name: "a"}}, {content: "1", report: FileReport{Name: "b"}}, {content: "1", report: FileReport{Name: "c"}},
	}
	refuseDuplicates(results)
	if reviveCopies(results) {
		t.Error("revived although the original is good")
	}
	results[0].refuse(stillBeingWritten("a"))
	if !reviveCopies(results) || results[1].report.Refused != nil || results[2].report.Refused == nil || !strings.Contains(results[2].report.Refused.Message, "as b") {
		t.Errorf("got %v and %v, want the first copy to be read and the second to be its copy", results[1].report.Refused, results[2].report.Refused)
	}
	// The same bytes under a rule that makes one of them readable are two files.
	latin := strings.Replace(table, "Contoso", "\xc4\xd6\xdc \x8d\x81", 1)
	batch := readAll(t, Options{Rules: []Rule{{Match: "exports/b.csv", Encoding: "ISO-8859-5"}}}, "exports/a.csv", latin, "exports/b.csv", strings.Replace(latin, "\x8d\x81", "", 1))
	if batch.Files[0].Refused == nil || batch.Files[1].Refused != nil {
		t.Errorf("got %v and %v", batch.Files[0].Refused, batch.Files[1].Refused)
	}
}

// A file that takes too long is given up; one that hangs is left behind.
func TestTooSlow(t *testing.T) {
	large := "Customer,Offer,Licences,Expires\n" + strings.Repeat("Contoso,Office 365 E3,5,2026-12-31\n", 1_000_000)
	batch := readAll(t, Options{Limits: sheet.Limits{Seconds: 1}}, "exports/a.csv", large)
	if r := batch.Files[0].Refused; r != nil && r.Code != sheet.CodeTooSlow { // a fast machine reads it in time
		t.Errorf("refused %v", r)
	}
	started := time.Now()
	hanging := make(chan struct{})
	defer close(hanging)
	_, late := inTime(context.Background(), "exports/a.csv", 1, func(context.Context) bool { <-hanging; return true })
	if late == nil || late.Code != sheet.CodeTooSlow || !strings.Contains(late.Message, "limits.seconds") {
		t.Errorf("got %v, want %s", late, sheet.CodeTooSlow)
	}
	if took := time.Since(started); took > 10*time.Second {
		t.Errorf("given up after %v", took)
	}
	if got, late := inTime(context.Background(), "x", 1, func(context.Context) int { return 7 }); got != 7 || late != nil {
		t.Errorf("got %d, %v", got, late)
	}
}

// The rows of the first sheet come first, whatever the sheets are called.
func TestSheetsInTheirOrder(t *testing.T) {
	rows := [][]any{{"Customer", "Offer", "Licences", "Expires"}, {"Contoso", "Office 365 E3", 1, "2026-12-31"}}
	_, records := readOne(t, Options{}, "exports/a.xlsx", workbook(t, "", "Zulu", rows, "Alpha", rows))
	var got []int32
	for _, r := range records {
		got = append(got, r.SheetAt)
	}
	if !slices.Equal(got, []int32{1, 2}) || records[0].Source.Sheet != "Zulu" {
		t.Errorf("got sheets %v, the first is %s", got, records[0].Source.Sheet)
	}
}
