package main

import (
	"encoding/csv"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"cspplan/output"
	"cspplan/reconcile"
)

// An office is a partner at work: exports come in, the job runs at night,
// people write into the workbook by day.
type office struct {
	t     *testing.T
	asOf  reconcile.Date
	saved time.Time // of the workbook that was saved last
	seen  struct {  // the workbook that was looked at last
		stamp string
		book  *book
	}
	subs map[string]subscription
}

// A subscription is one line of the export.
type subscription struct {
	customer, offer string
	licences        int
	expires, owner  string
}

const currentCopy = "plans/csp-plan.xlsx"

// newOffice opens with five subscriptions of three customers; the export names
// an owner for two of them.
func newOffice(t *testing.T, language string) *office {
	t.Helper()
	t.Chdir(t.TempDir())
	o := &office{t: t, asOf: reconcile.NewDate(2026, 11, 23), saved: time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC), subs: map[string]subscription{
		"sub-a": {"Contoso", "Office 365 E3", 20, "2027-01-31", "Anna"},
		"sub-b": {"Contoso", "Office 365 E1", 5, "2027-02-28", ""},
		"sub-c": {"Fabrikam", "Office 365 E3", 7, "2027-03-15", "Bert"},
		"sub-d": {"Fabrikam", "Visio Plan 2", 3, "2027-04-30", ""},
		"sub-e": {"Woodgrove", "Office 365 E3", 11, "2027-05-31", ""},
	}}
	o.write("cspplan.yaml", "partner:\n  country: IT\noutput:\n  language: "+language+"\n")
	o.export()
	return o
}

// another is an office of its own in which the same has happened so far.
func (o *office) another(t *testing.T) *office {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(".")); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	return &office{t: t, asOf: o.asOf, saved: o.saved, subs: maps.Clone(o.subs)}
}

func (o *office) write(path, content string) {
	o.t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		o.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		o.t.Fatal(err)
	}
}

// export writes what the customers hold now.
func (o *office) export() {
	tenants := map[string]int{"Contoso": 1, "Fabrikam": 2, "Woodgrove": 3}
	var b strings.Builder
	b.WriteString("Customer,Tenant ID,Country,Current offer,Licences,Expires,Subscription ID,Bought from,Owner,Unit price,Currency,Billing\n")
	for _, id := range sortedKeys(o.subs) {
		s := o.subs[id]
		fmt.Fprintf(&b, "%s,11111111-0000-4000-8000-%012d,IT,%s,%d,%s,%s,Direct from Microsoft,%s,20,EUR,Monthly\n",
			s.customer, tenants[s.customer], s.offer, s.licences, s.expires, id, s.owner)
	}
	o.write("exports/list.csv", b.String())
}

// run runs the job as at today and returns its exit code, the run's id and what
// it printed.
func (o *office) run() (int, string, string) {
	o.t.Helper()
	code, out, errs := command(o.t, "run", "--as-of", o.asOf.String(), "--accept", "exports/list.csv")
	_, id, _ := strings.Cut(errs, "msg=\"run finished\" run=")
	id, _, _ = strings.Cut(id, " ")
	return code, id, out + errs
}

// night runs the job as at the next day.
func (o *office) night() string {
	o.t.Helper()
	o.asOf++
	return o.tonight()
}

// tonight runs the job as at today.
func (o *office) tonight() string {
	o.t.Helper()
	code, id, printed := o.run()
	if code != 0 {
		o.t.Fatalf("run as at %s: exit %d\n%s", o.asOf, code, printed)
	}
	return id
}

// edit changes a workbook and saves it, an hour after the one before.
func (o *office) edit(path, by string, change func(*book)) {
	o.t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		o.t.Fatal(err)
	}
	defer f.Close()
	change(&book{t: o.t, f: f})
	if err := f.SetDocProps(&excelize.DocProperties{LastModifiedBy: by}); err != nil {
		o.t.Fatal(err)
	}
	if err := f.SaveAs(path); err != nil {
		o.t.Fatal(err)
	}
	o.saved = o.saved.Add(time.Hour)
	if err := os.Chtimes(path, o.saved, o.saved); err != nil {
		o.t.Fatal(err)
	}
}

// copyFile copies a file as people do.
func (o *office) copyFile(from, to string) {
	o.t.Helper()
	b, err := os.ReadFile(from)
	if err != nil {
		o.t.Fatal(err)
	}
	o.write(to, string(b))
}

// cell reads a cell of the current copy.
func (o *office) cell(sheet, id, heading string) string {
	o.t.Helper()
	return o.open(currentCopy).get(sheet, id, heading)
}

// open opens a workbook to look at.
func (o *office) open(path string) *book {
	o.t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		o.t.Fatal(err)
	}
	stamp := fmt.Sprint(path, info.ModTime(), info.Size())
	if o.seen.stamp == stamp {
		return o.seen.book
	}
	f, err := excelize.OpenFile(path)
	if err != nil {
		o.t.Fatal(err)
	}
	o.t.Cleanup(func() { f.Close() })
	o.seen.stamp, o.seen.book = stamp, &book{t: o.t, f: f, read: map[string][][]string{}}
	return o.seen.book
}

// want checks a cell of the current copy.
func (o *office) want(sheet, id, heading, want string) {
	o.t.Helper()
	if got := o.cell(sheet, id, heading); got != want {
		o.t.Errorf("%s, %s of %s: got %q, want %q", sheet, heading, id, got, want)
	}
}

// kept lists the texts on Kept notes with the reason, in order.
func (o *office) kept() []string {
	o.t.Helper()
	var list []string
	rows := o.open(currentCopy).rows("Kept notes")
	for _, row := range rows[2:] {
		if len(row) > 7 {
			list = append(list, row[6]+": "+row[7])
		}
	}
	slices.Sort(list)
	return list
}

func (o *office) wantKept(want ...string) {
	o.t.Helper()
	if got := o.kept(); !slices.Equal(got, want) {
		o.t.Errorf("Kept notes: got %q, want %q", got, want)
	}
}

// notes reads the notes.csv of a run.
func (o *office) notes(id string) []map[string]string {
	o.t.Helper()
	return o.csv(id, "notes.csv")
}

// csv reads a file of a run, each line by its columns.
func (o *office) csv(id, name string) []map[string]string {
	o.t.Helper()
	f, err := os.Open(filepath.Join("plans", id, name))
	if err != nil {
		o.t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		o.t.Fatal(err)
	}
	var lines []map[string]string
	for _, row := range rows[1:] {
		line := map[string]string{}
		for i, cell := range row {
			line[rows[0][i]] = output.Raw(cell)
		}
		lines = append(lines, line)
	}
	return lines
}

// A book is a workbook in the hands of a person.
type book struct {
	t *testing.T
	f *excelize.File

	read map[string][][]string // rows by sheet, if nobody writes into it
}

func (b *book) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *book) rows(sheet string) [][]string {
	b.t.Helper()
	if rows := b.read[sheet]; rows != nil {
		return rows
	}
	rows, err := b.f.GetRows(sheet)
	b.must(err)
	if b.read != nil {
		b.read[sheet] = rows
	}
	return rows
}

// column finds a column by its heading, from 1.
func (b *book) column(sheet, heading string) int {
	b.t.Helper()
	for i, cell := range b.rows(sheet)[1] {
		if strings.TrimPrefix(cell, "✎ ") == heading {
			return i + 1
		}
	}
	b.t.Fatalf("%s has no column %q", sheet, heading)
	return 0
}

// row finds the first row that holds a text: an id, a name.
func (b *book) row(sheet, text string) int {
	b.t.Helper()
	for i, row := range b.rows(sheet) {
		if i >= 2 && slices.Contains(row, text) {
			return i + 1
		}
	}
	b.t.Fatalf("%s has no row with %q", sheet, text)
	return 0
}

func (b *book) at(sheet, id, heading string) string {
	b.t.Helper()
	name, err := excelize.CoordinatesToCellName(b.column(sheet, heading), b.row(sheet, id))
	b.must(err)
	return name
}

func (b *book) get(sheet, id, heading string) string {
	b.t.Helper()
	text, err := b.f.GetCellValue(sheet, b.at(sheet, id, heading))
	b.must(err)
	return text
}

func (b *book) set(sheet, id, heading string, value any) {
	b.t.Helper()
	b.must(b.f.SetCellValue(sheet, b.at(sheet, id, heading), value))
}

// values of a sheet, as stored.
func (b *book) values(sheet string) [][]string {
	b.t.Helper()
	rows, err := b.f.GetRows(sheet, excelize.Options{RawCellValue: true})
	b.must(err)
	return rows
}
