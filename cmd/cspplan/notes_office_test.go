package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// throughLibreOffice opens a workbook in LibreOffice and saves it.
func (o *office) throughLibreOffice(path string) {
	o.t.Helper()
	program, err := exec.LookPath("soffice")
	if err != nil {
		o.t.Skip("LibreOffice is not installed")
	}
	if testing.Short() {
		o.t.Skip("starts LibreOffice")
	}
	dir := o.t.TempDir()
	cmd := exec.Command(program, "-env:UserInstallation=file://"+filepath.ToSlash(filepath.Join(dir, "profile")),
		"--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", dir, path)
	cmd.WaitDelay = time.Minute
	if out, err := cmd.CombinedOutput(); err != nil {
		o.t.Fatalf("LibreOffice: %v\n%s", err, out)
	}
	b, err := os.ReadFile(filepath.Join(dir, filepath.Base(path)))
	if err != nil {
		o.t.Fatal(err)
	}
	o.write(path, string(b))
}

// A workbook that LibreOffice has saved holds the same notes and nothing that
// nobody wrote: no cell counts as changed because another program stores it.
func TestSavedByLibreOffice(t *testing.T) {
	o := newOffice(t, "en")
	o.tonight()
	o.throughLibreOffice(currentCopy)
	untouched := o.night()
	for _, line := range o.notes(untouched) {
		t.Errorf("saved without a change, but notes.csv holds %v", line)
	}
	o.edit(currentCopy, "Giulia", func(b *book) {
		b.set("Plan", "sub-a", "Decision", "Move")
		b.set("Plan", "sub-a", "Planned date", time.Date(2026, 12, 18, 0, 0, 0, 0, time.UTC))
		b.set("Plan", "sub-b", "Note", "=1+1 \"Rückruf\" <&>\nMittwoch")
		b.set("Plan", "sub-c", "Other number of licences", 9)
		b.set("Plan", "sub-d", "Accepted until", time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC))
		b.set("Plan", "sub-e", "Other CSP offer", "Microsoft 365 E3")
		b.set("Customers", "Fabrikam", "Customer note", "wants a call in March")
		b.set("Credits", b.get("Plan", "sub-a", "Key"), "Case number", "0042")
		b.set("Credits", b.get("Plan", "sub-a", "Key"), "Credit granted", 12.5)
	})
	o.throughLibreOffice(currentCopy)
	for range 2 {
		id := o.night()
		o.want("Plan", "sub-a", "Decision", "Move")
		o.want("Plan", "sub-a", "Planned date", "18 Dec 2026")
		o.want("Plan", "sub-b", "Note", "=1+1 \"Rückruf\" <&>\nMittwoch")
		o.want("Plan", "sub-c", "Other number of licences", "9")
		o.want("Plan", "sub-d", "Accepted until", "31 Dec 2026")
		o.want("Plan", "sub-e", "Other CSP offer", "Microsoft 365 E3")
		o.want("Customers", "Fabrikam", "Customer note", "wants a call in March")
		o.want("Credits", o.cell("Plan", "sub-a", "Key"), "Case number", "0042")
		o.want("Credits", o.cell("Plan", "sub-a", "Key"), "Credit granted", "12.50")
		o.wantKept()
		for _, line := range o.notes(id) {
			if line["state"] != "in-force" || strings.HasPrefix(line["why"], "now ") {
				t.Errorf("notes.csv holds %v", line)
			}
		}
		o.throughLibreOffice(currentCopy)
	}
}
