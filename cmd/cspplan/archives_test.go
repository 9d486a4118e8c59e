package main

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cspplan/output"
)

// export is a table of one subscription.
func export(customer, id string) string {
	return "Customer,Country,Product,Licences,Expires,Subscription ID\n" + customer + ",IT,Office 365 E3,5,2027-01-31," + id + "\n"
}

func noError(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// put writes a file below the current folder.
func put(t *testing.T, path, content string) {
	t.Helper()
	noError(t, os.MkdirAll(filepath.Dir(path), 0o700))
	noError(t, os.WriteFile(path, []byte(content), 0o600))
}

func zipped(t *testing.T, namesAndContents ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(namesAndContents); i += 2 {
		f, err := w.Create(namesAndContents[i])
		noError(t, err)
		_, err = f.Write([]byte(namesAndContents[i+1]))
		noError(t, err)
	}
	noError(t, w.Close())
	return b.String()
}

// Rows of a file in an archive are accounted for under that file's name, and a
// corrected row finds its way back into it.
func TestRunReadsArchives(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, "cspplan.yaml", "partner: {country: IT}\n")
	bad := strings.Replace(export("Fabrikam", "b-2"), "2027-01-31", "2027-02-31", 1)
	put(t, "exports/all.zip", zipped(t, "a.csv", export("Contoso", "a-1"), "sub/b.csv", bad, "__MACOSX/._a.csv", "x", "copy.csv", export("Contoso", "a-1")))
	var gz bytes.Buffer
	w := gzip.NewWriter(&gz)
	w.Write([]byte(export("Tailspin", "c-3")))
	noError(t, w.Close())
	put(t, "exports/c.csv.gz", gz.String())

	if code, _, errs := command(t, "run", "--as-of", "2026-11-23"); code != exitOK {
		t.Fatalf("exit %d, %s", code, errs)
	}
	runs, _ := output.Runs("plans")
	var got []string
	for _, in := range runs[0].Inputs {
		line := in.Path + " " + in.Kind
		if in.Refused != nil {
			line += " " + in.Refused.Code
		}
		for _, o := range sortedKeys(in.Outcomes) {
			line += " " + o
		}
		got = append(got, line)
		if len(in.SHA256) != 64 {
			t.Errorf("%s has the hash %q", in.Path, in.SHA256)
		}
	}
	want := []string{
		"exports/all.zip zip", "exports/all.zip/a.csv csv planned", "exports/all.zip/copy.csv  duplicate-file",
		"exports/all.zip/sub/b.csv csv rejected", "exports/c.csv.gz csv planned",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}

	rejected, err := os.ReadFile(filepath.Join("plans", runs[0].ID, "rejected-rows.csv"))
	noError(t, err)
	put(t, "exports/rejected-rows.csv", strings.Replace(string(rejected), ",5,2027-02-31,", ",5,2027-02-28,", 1))
	if code, _, errs := command(t, "run", "--as-of", "2026-11-24"); code != exitOK {
		t.Fatalf("exit %d, %s", code, errs)
	}
	runs, _ = output.Runs("plans")
	if c := runs[len(runs)-1].Counts; c.Outcomes["rejected"] != 0 || c.Licences != 15 {
		t.Errorf("after the correction: %v, %d licences", c.Outcomes, c.Licences)
	}
}

// cat reads with the settings' encoding and limits, and each file of an archive.
func TestCatArchive(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, "cspplan.yaml", "inputs: [{match: 'a.zip/*.csv', encoding: windows-1252}]\nlimits: {columns: 2, csv_bytes: 1KiB}\n")
	put(t, "a.zip", zipped(t, "x.csv", "Caff\xe8,1\n1,2,3\n", "y.pdf", "%PDF-1.7", ".DS_Store", "x"))
	code, out, _ := command(t, "cat", "a.zip")
	want := `{"file":"a.zip/x.csv","sheet":"","row":1,"cells":["Caffè","1"]}
{"file":"a.zip/x.csv","sheet":"","row":2,"cells":["1,2,3"],"fault":"3 cells, more than the 2 columns that are read (limits.columns)"}
{"file":"a.zip/y.pdf","refused":{"code":"not-a-spreadsheet","message":"a.zip/y.pdf: this is a PDF document, not a spreadsheet; export the list as .xlsx or CSV"}}
`
	if out != want || code != exitInput {
		t.Errorf("exit %d, got %s", code, out)
	}
	put(t, "b.csv", strings.Repeat("a,b\n", 1000))
	if code, out, _ := command(t, "cat", "b.csv"); code != exitInput || !strings.Contains(out, "limits.csv_bytes") || !strings.Contains(out, "1 KiB") {
		t.Errorf("exit %d, got %s", code, out)
	}
}
