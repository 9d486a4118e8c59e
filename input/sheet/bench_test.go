package sheet

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"testing"
)

// benchRows keeps a benchmark under a second; multiply for the real thing.
const benchRows = 20000

func exportRow(i int) []string {
	return []string{
		fmt.Sprintf("Contoso %d S.p.A.", i%300), fmt.Sprintf("%08x-1111-4222-8333-%012x", i, i), "contoso.onmicrosoft.com", "IT",
		"Microsoft 365 Business Premium", "cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46", fmt.Sprintf("%08x-aaaa-4bbb-8ccc-%012x", i, i),
		"SPB", fmt.Sprint(i % 90), fmt.Sprint(i % 80), "Active", "2025-12-01", "2026-11-30", "P1Y", "Monthly", "20.60", "EUR", "direct", "True", "anna@partner.example",
	}
}

func benchCSV(b *testing.B) []byte {
	var buf bytes.Buffer
	w := csv.NewWriter(&buf)
	for i := range benchRows {
		w.Write(exportRow(i))
	}
	w.Flush()
	return buf.Bytes()
}

func BenchmarkCSV(b *testing.B) {
	text := benchCSV(b)
	quoted := bytes.ReplaceAll(bytes.ReplaceAll(text, []byte(",IT,"), []byte(`,"I,T",`)), []byte(",EUR,"), []byte(`,"EUR",`))
	for _, tt := range []struct {
		name string
		text []byte
	}{{"plain", text}, {"quoted", quoted}} {
		text := tt.text
		b.Run(tt.name+"/ours", func(b *testing.B) {
			path := write(b, "t.csv", text)
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				book := open(b, path, Options{})
				n := 0
				for _, err := range book.Sheets[0].Rows() {
					if err != nil {
						b.Fatal(err)
					}
					n++
				}
				if n != benchRows {
					b.Fatal(n)
				}
			}
		})
		b.Run(tt.name+"/limit=encoding-csv", func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				r := csv.NewReader(bytes.NewReader(text))
				r.ReuseRecord = true
				n := 0
				for ; ; n++ {
					if _, err := r.Read(); err == io.EOF {
						break
					}
				}
				if n != benchRows {
					b.Fatal(n)
				}
			}
		})
	}
}

// BenchmarkCSVBlocks cuts a text on all processors.
func BenchmarkCSVBlocks(b *testing.B) {
	text := benchCSV(b)
	path := write(b, "t.csv", text)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		book := open(b, path, Options{})
		n := 0
		err := Each(book.Sheets[0], func() func(*Block) int { return func(block *Block) int { return len(block.Rows) } }, func(_ *Block, rows int) error {
			n += rows
			return nil
		})
		if err != nil || n != benchRows {
			b.Fatal(n, err)
		}
	}
}
