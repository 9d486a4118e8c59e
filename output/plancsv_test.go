package output

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"cspplan/reconcile"
	"cspplan/report"
)

// hostileCells are what a cell may hold that a CSV must not take for its own.
var hostileCells = []string{
	"", " ", "a", "a,b", `a"b`, `"`, `""`, "a\r\nb", "a\nb", "a\rb", "\r", "\n", `\.`, "=1+1", "'=1+1", "''=x", "-5", "+39 02", "@x", " =x",
	"\u00a0x", "Ñandú, S.A.", "＝1", "\ufeff=x", "日本", "\x00", "\xff\xfe", "'", "'a", "\t", "x\t", `\.x`, strings.Repeat("long, ", 50),
}

func encodingCSV(w io.Writer) *csv.Writer {
	c := csv.NewWriter(w)
	c.UseCRLF = true
	return c
}

// The plain way is encoding/csv, for texts from the input after Neutral.
func TestCellsAreWrittenAsByEncodingCSV(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		record := make([]string, 1+random.IntN(4))
		for i := range record {
			for range random.IntN(4) {
				record[i] += hostileCells[random.IntN(len(hostileCells))]
			}
		}
		var got, want bytes.Buffer
		c, plain := newCSV(&got), encodingCSV(&want)
		c.Write(record)
		plain.Write(record)
		texts := []byte{}
		for i, text := range record {
			texts = beginCell(texts, i)
			texts = endText(append(texts, text...), len(texts))
			record[i] = Neutral(text)
		}
		got.Write(append(texts, "\r\n"...))
		plain.Write(record)
		c.Flush()
		plain.Flush()
		lines, _ := strings.CutPrefix(got.String(), string(texts)+"\r\n") // what Flush wrote comes behind
		if lines += string(texts) + "\r\n"; lines != want.String() {
			t.Fatalf("%q: got %q, want %q", record, lines, want.String())
		}
	}
}

func TestPlanCSVIsThatOfEncodingCSV(t *testing.T) {
	job := plannedFrom(t, func(records []reconcile.Record) []reconcile.Record {
		records[0].Sub.Customer.Name = "Rossi, \"Figli\"\r\n& C."
		records[1].Sub.OfferTitle = "=cmd,\n\"x\""
		records[1].Source.Sheet = "=1+1|2"
		return records
	})
	var got, want bytes.Buffer
	if err := writePlan(&got, job.Report); err != nil {
		t.Fatal(err)
	}
	c := encodingCSV(&want)
	c.Write(job.Report.PlanHeader())
	isText := job.Report.PlanTextColumns()
	for i := range job.Report.Plan.Rows {
		var record []string
		for k := range isText {
			cell := string(job.Report.PlanCell(i, k, nil))
			if isText[k] {
				cell = Neutral(cell)
			}
			record = append(record, cell)
		}
		c.Write(record)
	}
	c.Flush()
	if got.String() != want.String() {
		t.Errorf("got\n%s\nwant\n%s", &got, &want)
	}
	if !strings.Contains(got.String(), "'=1+1¦2") {
		t.Error("the name of a sheet stands in plan.csv as a formula")
	}
}

// readAll reads every record with the reader at hand, at a pace.
func readAll(r io.Reader) (records [][]string, err error) {
	c := newCSVRecords(r)
	for {
		cells, err := c.next()
		if err == io.EOF {
			return records, nil
		}
		if err != nil {
			return records, err
		}
		record := make([]string, len(cells))
		for i, cell := range cells {
			record[i] = string(cell)
		}
		records = append(records, record)
	}
}

func TestCSVRecordsReadWhatIsWritten(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	var file bytes.Buffer
	c := encodingCSV(&file)
	for range 300 {
		record := make([]string, 7)
		for i := range record {
			record[i] = hostileCells[random.IntN(len(hostileCells))]
		}
		if record[0] == "" && strings.Join(record, "") == "" {
			record[0] = "x"
		}
		c.Write(record)
	}
	c.Write([]string{"", "", "", strings.Repeat("wide \"cell\"\n", csvBuffer/8), "", "", ""}) // longer than the buffer
	c.Flush()
	want, err := csv.NewReader(bytes.NewReader(file.Bytes())).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for pace, r := range map[string]io.Reader{
		"at once": bytes.NewReader(file.Bytes()), "by halves": iotest.HalfReader(bytes.NewReader(file.Bytes())),
		"in small pieces": pieces{bytes.NewReader(file.Bytes())},
	} {
		got, err := readAll(r)
		if err != nil || len(got) != len(want) {
			t.Fatalf("%s: %d records, error %v; want %d", pace, len(got), err, len(want))
		}
		for i := range want {
			if strings.Join(got[i], "\x1f") != strings.Join(want[i], "\x1f") {
				t.Fatalf("%s: record %d is %q, want %q", pace, i, got[i], want[i])
			}
		}
	}
}

// pieces gives a few hundred bytes at a time, so that every kind of cell is cut.
type pieces struct{ r io.Reader }

func (p pieces) Read(b []byte) (int, error) { return p.r.Read(b[:min(len(b), 251)]) }

func TestCSVRecordsRefuse(t *testing.T) {
	for _, tt := range []struct{ name, content, says string }{
		{"open quote", "a,b\r\n\"x,1\r\n", "line 2: the last record has no end"},
		{"cut off", "a,b\r\nx,1\r\ny", "line 3: the last record has no end"},
		{"quote in a cell", "a,b\r\nx\"y,1\r\n", "line 2: a quote"},
		{"quote closed early", "a,b\r\n\"x\"y,1\r\n", "line 2: a quote"},
		{"too few cells", "a,b\r\nx\r\n", "line 2: 1 cells, and the header has 2"},
		{"too many cells", "a,b\r\n\"1\r\n2\",x\r\nx,1,2\r\n", "line 4: 3 cells"},
	} {
		_, err := readAll(strings.NewReader(tt.content))
		if err == nil || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: error %v, want %q", tt.name, err, tt.says)
		}
	}
	broken := errors.New("disk gone")
	if _, err := readAll(iotest.ErrReader(broken)); !errors.Is(err, broken) {
		t.Errorf("error %v, want %v", err, broken)
	}
}

// Whatever is read without an error is read by encoding/csv, too, and alike.
func FuzzCSVRecords(f *testing.F) {
	f.Add([]byte("a,b\r\n\"x, \"\"y\"\"\r\n\",1\n"))
	f.Add([]byte("\"\",\r\n"))
	for _, cell := range hostileCells {
		f.Add([]byte(`x,"` + strings.ReplaceAll(cell, `"`, `""`) + "\"\r\n"))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		got, err := readAll(iotest.HalfReader(bytes.NewReader(content)))
		if err != nil {
			return
		}
		c := csv.NewReader(bytes.NewReader(content))
		for i, record := range got {
			if len(record) == 1 && record[0] == "" && !bytes.Contains(content, []byte(`""`)) {
				continue // encoding/csv leaves blank lines out
			}
			want, err := c.Read()
			if err != nil {
				if len(record) == 1 {
					return
				}
				t.Fatalf("record %d is %q, encoding/csv says %v", i, record, err)
			}
			if len(record) > 1 && strings.Join(record, "\x1f") != strings.Join(want, "\x1f") {
				t.Fatalf("record %d is %q, want %q", i, record, want)
			}
		}
	})
}

// manyRows is a report of so many planned rows.
func manyRows(b *testing.B, n int) *report.Report {
	b.Helper()
	job := plannedFrom(b, func(records []reconcile.Record) []reconcile.Record {
		one := records[0]
		records = records[:0]
		for i := range n {
			r, sub := one, *one.Sub
			sub.Expires += reconcile.Date(i % 400)
			sub.SubscriptionID = strings.Repeat("0", 8) + "-0000-4000-8000-" + string([]byte{byte('a' + i%6), byte('a' + i/6%6), byte('a' + i/36%6), byte('a' + i/216%6), byte('a' + i/1296%6), byte('a' + i/7776%6)}) + "000000"
			sub.Owner = "anna.bianchi@partner.example"
			r.Sub, r.Source.Row = &sub, i+2
			r.Hash[1], r.Hash[2], r.Hash[3] = byte(i), byte(i>>8), byte(i>>16)
			records = append(records, r)
		}
		return records
	})
	return job.Report
}

// BenchmarkPlanCSV writes and reads back plan.csv of 20,000 rows, beside
// encoding/csv with the same cells.
func BenchmarkPlanCSV(b *testing.B) {
	r := manyRows(b, 20_000)
	path := filepath.Join(b.TempDir(), "plan.csv")
	if err := writeTo(path, func(w io.Writer) error { return writePlan(w, r) }); err != nil {
		b.Fatal(err)
	}
	b.Run("write/ours", func(b *testing.B) {
		for b.Loop() {
			if err := writePlan(io.Discard, r); err != nil {
				b.Fatal(err)
			}
		}
	})
	content, err := os.ReadFile(path)
	if err != nil {
		b.Fatal(err)
	}
	records, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
	if err != nil {
		b.Fatal(err)
	}
	b.Run("write/peer=encoding-csv", func(b *testing.B) {
		for b.Loop() {
			if err := encodingCSV(io.Discard).WriteAll(records); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("read/ours", func(b *testing.B) {
		for b.Loop() {
			if _, err := csvTotals(path); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("read/peer=encoding-csv", func(b *testing.B) {
		for b.Loop() {
			c := csv.NewReader(bytes.NewReader(content))
			c.ReuseRecord = true
			for {
				if _, err := c.Read(); err == io.EOF {
					break
				} else if err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}

// BenchmarkCSVLines writes the short lines of exceptions.csv beside encoding/csv.
func BenchmarkCSVLines(b *testing.B) {
	line := []string{"0123456789abcdef", "relationship-pending", "2026-11-23", "open"}
	b.Run("ours", func(b *testing.B) {
		c := newCSV(io.Discard)
		for b.Loop() {
			c.Write(line)
		}
	})
	b.Run("peer=encoding-csv", func(b *testing.B) {
		c := encodingCSV(io.Discard)
		for b.Loop() {
			c.Write(line)
		}
	})
}

func BenchmarkWorkbookState(b *testing.B) {
	r := manyRows(b, 20_000)
	for b.Loop() {
		if err := writeWorkbookState(io.Discard, nil, r); err != nil {
			b.Fatal(err)
		}
	}
}
