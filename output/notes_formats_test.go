package output

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Copies of the plan in formats that are not read are named, by their names or by
// what their programs kept of ours; other people's spreadsheets are not.
func TestCopiesInOtherFormats(t *testing.T) {
	job, run := publishedPlan(t)
	ods := func(creator string) string {
		return zipped(t, "meta.xml", "<office:meta><meta:initial-creator>"+creator+"</meta:initial-creator></office:meta>")
	}
	core := zipped(t, "docProps/core.xml", "<cp:coreProperties><dc:creator>cspplan</dc:creator></cp:coreProperties>")
	author := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("x", 900) + "\x1e\x00\x00\x00\x08\x00\x00\x00"
	files := []struct {
		name, content string
		want          bool
	}{
		{"csp-plan.ods", "anything", true}, {"Copy of CSP-Plan (2).XLS", "", true}, {"Anna/csp-plan-anna.xlsb", "", true},
		{"Monday.ods", ods("cspplan"), true}, {"calls.xlsb", core, true}, {"old.xls", author + "cspplan\x00", true},
		{"flat.fods", "<?xml?><office:document><meta:initial-creator>cspplan</meta:initial-creator>", true},
		{run.ID + "/csp-plan.ods", ods("cspplan"), true},
		{"budget.ods", ods("Anna"), false}, {"budget.xls", author + "someone\x00", false}, {"about.fods", "we use cspplan", false},
		{"broken.ods", "PK\x03\x04", false}, {"empty.xlsb", "", false}, {".~lock.csp-plan.ods#", "", false}, {"~$csp-plan.xls", "", false},
		{"csp-plan.pptx", "", false},
	}
	var want []string
	for _, f := range files {
		path := filepath.Join(job.Dir, filepath.FromSlash(f.name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(f.content), 0o600); err != nil {
			t.Fatal(err)
		}
		if f.want {
			want = append(want, filepath.ToSlash(path))
		}
	}
	n := collect(t, job.Dir, "2026-11-24", run)
	var got []string
	for _, w := range n.Warnings {
		if w.Code != "notes-format" || !strings.Contains(w.Text, "save it as .xlsx") {
			t.Errorf("warning %+v, want one with the way out", w)
		}
		got = append(got, w.File)
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
	if !n.savedSince(job.Dir, run) {
		t.Error("the run's folder may be removed with the words in its .ods")
	}
}

// zipped is a zip file with one part.
func zipped(t *testing.T, name, content string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(content)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
