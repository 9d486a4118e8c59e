package excel

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"io"
	"testing"

	"cspplan/report"
)

var longRows = flag.Int("rows", 20_000, "rows of the plan that BenchmarkLongPlan writes")

// long is a report whose plan has n rows with all columns of a real one. Its rows
// are made as they are asked for: what a benchmark holds in memory is the writer's.
func long(t testing.TB, n int) *report.Report {
	t.Helper()
	r := computed(t, "en", 240)
	plan := r.Table(planTable)
	key, id := -1, -1
	for i, c := range plan.Columns {
		switch c.Code {
		case codeKey:
			key = i
		case codeSubscription:
			id = i
		}
	}
	row, some := plan.Row, plan.Len
	plan.Len = n
	plan.Row = func(i int, dst []report.Value) []report.Value {
		dst = row(i%some, dst)
		sum := fmt.Sprintf("%x", sha256.Sum256([]byte{byte(i), byte(i >> 8), byte(i >> 16)}))
		dst[key].Text, dst[id].Text = sum[:16], sum[16:24]+"-"+sum[24:28]+"-"+sum[28:32]+"-"+sum[32:36]+"-"+sum[36:48]
		return dst
	}
	return r
}

// BenchmarkLongPlan writes a plan of any length: go test -bench LongPlan -rows 200000.
func BenchmarkLongPlan(b *testing.B) {
	r := long(b, *longRows)
	hash := ""
	for b.Loop() {
		h := sha256.New()
		var size count
		if _, err := Write(io.MultiWriter(h, &size), r, Options{Tmp: b.TempDir()}); err != nil {
			b.Fatal(err)
		}
		sum := fmt.Sprintf("%x", h.Sum(nil))
		if hash != "" && sum != hash {
			b.Errorf("the same report gave other bytes")
		}
		hash = sum
		b.ReportMetric(float64(size), "bytes")
	}
	b.ReportMetric(float64(*longRows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

// count counts the bytes that are written to it.
type count int64

func (c *count) Write(p []byte) (int, error) {
	*c += count(len(p))
	return len(p), nil
}
