package excel

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"cspplan/report"
)

// written writes the sample to a file and returns its path.
func written(t testing.TB, r *report.Report, opt Options) (string, Written) {
	t.Helper()
	opt.Tmp = t.TempDir()
	var b bytes.Buffer
	w, err := Write(&b, r, opt)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "plan.xlsx")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path, w
}

func TestReadBackAgreesWithWritten(t *testing.T) {
	for _, n := range []int{0, 1, 200} {
		path, w := written(t, sample(t, n), Options{})
		got, err := ReadBack(path)
		if err != nil {
			t.Fatal(err)
		}
		if !got.Equal(w.Plan) || got.Rows != n {
			t.Errorf("%d rows: read back %+v, want %+v", n, got, w.Plan)
		}
	}
}
