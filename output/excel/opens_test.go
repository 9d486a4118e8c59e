package excel

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// inOpenpyxl runs a script that opens a workbook in openpyxl, with the
// workbook's path as its argument, and returns what it prints. PYTHON names a
// Python that has openpyxl.
func inOpenpyxl(t *testing.T, script, path string) string {
	t.Helper()
	for _, python := range []string{os.Getenv("PYTHON"), "python3", "/usr/bin/python3"} {
		if python == "" || exec.Command(python, "-c", "import openpyxl").Run() != nil {
			continue
		}
		out, err := exec.Command(python, "-c", script, path).CombinedOutput()
		if err != nil {
			t.Fatalf("openpyxl: %v\n%s", err, out)
		}
		return strings.TrimSpace(string(out))
	}
	t.Skip("openpyxl is not installed")
	return ""
}

// inLibreOffice opens a workbook, plan.xlsx, in LibreOffice and returns the
// folder with what each sheet shows, plan-Start.csv and so on.
func inLibreOffice(t *testing.T, path string) string {
	t.Helper()
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not installed")
	}
	if testing.Short() {
		t.Skip("starts LibreOffice")
	}
	dir := t.TempDir()
	cmd := exec.Command(office, "-env:UserInstallation=file://"+filepath.ToSlash(filepath.Join(dir, "profile")),
		"--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1", "--outdir", dir, path)
	cmd.WaitDelay = time.Minute
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("LibreOffice: %v\n%s", err, out)
	}
	return dir
}

func TestOpensInOpenpyxl(t *testing.T) {
	r := sample(t, 50)
	r.Tables[1].Columns[3].Link, r.Tables[1].PlanRow = true, func(i int) int { return 2 * i }
	r.Tables[1].Len = 3
	path, _ := file(t, r, Options{})
	script := `import sys, openpyxl
b = openpyxl.load_workbook(sys.argv[1])
p = b["Plan"]
print(p.max_row, p["B3"].value.date(), p.tables["Plan"].ref, len(b["Start"]._charts))
print(*[c.hyperlink.location for c in b["Customers"]["D"] if c.hyperlink])`
	if got, want := inOpenpyxl(t, script, path), "52 2026-11-19 A2:R52 1\n'Plan'!A3 'Plan'!A5 'Plan'!A7"; got != want {
		t.Errorf("openpyxl reads %q, want %q", got, want)
	}
}

func TestOpensInLibreOffice(t *testing.T) {
	path, _ := file(t, sample(t, 50), Options{})
	dir := inLibreOffice(t, path)
	text, err := os.ReadFile(filepath.Join(dir, "plan-Plan.csv"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Bäckerei Grünwald GmbH", "=cmd|'/c calc'!A1", "有限会社さくら印刷"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("LibreOffice shows no %q on Plan", want)
		}
	}
}

func TestOpensInGnumeric(t *testing.T) {
	convert, err := exec.LookPath("ssconvert")
	if err != nil {
		t.Skip("Gnumeric is not installed")
	}
	path, _ := file(t, computed(t, "en", 120), Options{})
	dir := t.TempDir()
	out, err := exec.Command(convert, "-S", path, filepath.Join(dir, "sheet.csv")).CombinedOutput()
	if err != nil {
		t.Fatalf("ssconvert: %v\n%s", err, out)
	}
	found, err := filepath.Glob(filepath.Join(dir, "sheet.csv.*"))
	if err != nil || len(found) != 17 {
		t.Errorf("Gnumeric finds %d sheets, error %v; want 17", len(found), err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "sheet.csv.1"))
	if err != nil {
		t.Fatal(err)
	}
	if rows := strings.Count(string(text), "\n"); rows != 2+114 || !strings.Contains(string(text), "Rückruf Mittwoch 10:00") {
		t.Errorf("Gnumeric reads %d lines of Plan, want the title, the headings and 114 rows with their notes", rows)
	}
}

// rolledOver is a plan of 120 rows on sheets of 50, with the lines by which Start
// says so.
func rolledOver(t *testing.T) (path, onStart string) {
	t.Helper()
	r := computed(t, "en", 126)
	if r.Plan == nil || len(r.Plan.Rows) != 120 {
		t.Fatalf("the sample has %d rows, want 120", len(r.Plan.Rows))
	}
	path, _ = file(t, r, Options{SheetRows: 50})
	return path, "Plan=50 Plan 2=50 Plan 3=20"
}

func TestRolledOverOpensInOpenpyxl(t *testing.T) {
	path, onStart := rolledOver(t)
	const script = `import sys, openpyxl
b = openpyxl.load_workbook(sys.argv[1])
keys = set()
for s in b:
    if s.title.split()[0] == "Plan":
        at = [c.value for c in s[2]].index("Key")
        rows = [r[at].value for r in s.iter_rows(min_row=3)]
        keys.update(rows)
        print(s.title, len(rows), *[(t.name, t.ref[:3], t.ref.endswith(str(len(rows) + 2))) for t in s.tables.values()], s.freeze_panes)
print(len(keys))
print(*[f"{r[0].value}={r[1].value}" for r in b["Start"].iter_rows(min_row=12) if str(r[0].value).split()[0] == "Plan"])
for s in b:
    for link in s._hyperlinks:
        sheet, cell = link.location.rsplit("!", 1)
        assert b[sheet.strip("'")][cell].value is not None, link.location`
	want := strings.Join([]string{
		"Plan 50 ('Plan', 'A2:', True) E3", "Plan 2 50 ('Plan_2', 'A2:', True) E3", "Plan 3 20 ('Plan_3', 'A2:', True) E3", "120", onStart,
	}, "\n")
	if got := inOpenpyxl(t, script, path); got != want {
		t.Errorf("openpyxl reads\n%s\nwant\n%s", got, want)
	}
}

func TestRolledOverOpensInLibreOffice(t *testing.T) {
	path, onStart := rolledOver(t)
	dir := inLibreOffice(t, path)
	keys := map[string]bool{}
	var counts []string
	for _, sheet := range []string{"Plan", "Plan 2", "Plan 3"} {
		rows := shownIn(t, dir, sheet)
		for _, row := range rows[headRow:] {
			keys[row[len(row)-1]] = true
		}
		counts = append(counts, fmt.Sprintf("%s=%d", sheet, len(rows)-headRow))
	}
	if got := strings.Join(counts, " "); got != onStart || len(keys) != 120 {
		t.Errorf("LibreOffice shows %s, %d keys; want %s and 120", got, len(keys), onStart)
	}
	var start []string
	for _, row := range shownIn(t, dir, "Start")[doFirstRow:] {
		if row[0] == "Plan" || strings.HasPrefix(row[0], "Plan ") {
			start = append(start, row[0]+"="+row[1])
		}
	}
	if got := strings.Join(start, " "); got != onStart {
		t.Errorf("Start says %s in LibreOffice, want %s", got, onStart)
	}
}

// shownIn is what LibreOffice shows of a sheet.
func shownIn(t *testing.T, dir, sheet string) [][]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "plan-"+sheet+".csv"))
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(bytes.NewReader(text))
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}
