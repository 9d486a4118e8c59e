package sheet

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// records reads a text by the splitter: each record as number:cell|cell, faults
// with a ! before their cells; and the lines that were consumed.
func records(t testing.TB, text string, d dialect, limits Limits) (got []string, lines int) {
	t.Helper()
	s := newSplitter(strings.NewReader(text), d, "t.csv", limits.withDefaults())
	for {
		row, err := s.next()
		if err == io.EOF {
			return got, s.lines
		}
		if err != nil {
			t.Fatal(err)
		}
		var cells []string
		for _, c := range row.Cells {
			cells = append(cells, c.Text)
		}
		mark := ""
		if row.Fault != "" {
			mark = "!"
		}
		got = append(got, fmt.Sprintf("%d:%s%s", row.Number, mark, strings.Join(cells, "|")))
	}
}

func TestRecords(t *testing.T) {
	many := strings.Repeat("x\n", maxJoined)
	tests := []struct {
		name, in string
		d        dialect
		want     []string
		lines    int
	}{
		{"LF", "a,b\n1,2\n", dialect{}, []string{"1:a|b", "2:1|2"}, 2},
		{"CRLF", "a,b\r\n1,2\r\n", dialect{}, []string{"1:a|b", "2:1|2"}, 2},
		{"lone CR", "a,b\r1,2\r", dialect{}, []string{"1:a|b", "2:1|2"}, 2},
		{"mixed ends", "a\rb\nc\r\nd", dialect{}, []string{"1:a", "2:b", "3:c", "4:d"}, 4},
		{"no end", "a,b\n1,2", dialect{}, []string{"1:a|b", "2:1|2"}, 2},
		{"blank lines are counted", "\n\na,b\n\n , \n1,2\n\n", dialect{}, []string{"3:a|b", "6:1|2"}, 7},
		{"empty cells", "a,,\n,,c\n", dialect{}, []string{"1:a||", "2:||c"}, 2},
		{"quoted", `"a,b","c ""d"""` + "\n", dialect{}, []string{`1:a,b|c "d"`}, 1},
		{"spaces are kept", " a , b \n", dialect{}, []string{"1: a | b "}, 1},
		{"cell over lines", "a,\"b\nc\"\nd,e\n", dialect{}, []string{"1:a|b\nc", "3:d|e"}, 3},
		{"cell over CRLF", "a,\"b\r\nc\"\r\nd,e\r\n", dialect{}, []string{"1:a|b\nc", "3:d|e"}, 3},
		{"cell with blank lines", "a,\"b\n\n\nc\"\nd,e\n", dialect{}, []string{"1:a|b\n\n\nc", "5:d|e"}, 5},
		{"quote never closed", "1,\"a\n2,b\n3,c\n", dialect{}, []string{`1:!1,"a`, "2:2|b", "3:3|c"}, 3},
		{"quote closed too far away", "1,\"a\n" + many + "2,\"b\n", dialect{},
			append(append([]string{`1:!1,"a`}, numbered(2, maxJoined, "x")...), fmt.Sprintf(`%d:!2,"b`, maxJoined+2)), maxJoined + 2},
		{"cell over as many lines as are joined", "1,\"" + strings.Repeat("x\n", maxJoined-1) + "\"\n2,b\n", dialect{},
			[]string{"1:1|" + strings.Repeat("x\n", maxJoined-1), fmt.Sprintf("%d:2|b", maxJoined+1)}, maxJoined + 1},
		{"quote closed one line too late", "1,\"" + many + "\"\n", dialect{},
			append([]string{`1:!1,"x`}, append(numbered(2, maxJoined-1, "x"), fmt.Sprintf(`%d:!"`, maxJoined+1))...), maxJoined + 1},
		{"quote that swallows rows of the table", "1,2,\"a\n3,4,b\n5,6\",c\n", dialect{columns: 3},
			[]string{`1:!1,2,"a`, "2:3|4|b", `3:!5,6",c`}, 3},
		{"stray quote", "1,a\"b\n2,c\n", dialect{}, []string{`1:!1,a"b`, "2:2|c"}, 2},
		{"text behind a closing quote", "\"a\"b,1\n2,c\n", dialect{}, []string{`1:!"a"b,1`, "2:2|c"}, 2},
		{"good quotes after bad ones", "\"a\"b\n\"c\",\"d\"\n", dialect{}, []string{`1:!"a"b`, "2:c|d"}, 2},
		{"zero bytes", "1,\x00\x00\n2,b\n", dialect{}, []string{"1:!1,␀␀", "2:2|b"}, 2},
		{"zero byte in quotes", "1,\"\x00\"\n2,b\n", dialect{}, []string{"1:!1,\"␀\"", "2:2|b"}, 2},
		{"semicolon", "a;\"b;c\"\n", dialect{delimiter: ';'}, []string{"1:a|b;c"}, 1},
		{"tab", "a\t \tb\n", dialect{delimiter: '\t'}, []string{"1:a| |b"}, 1},
		{"delimiter of two bytes", "a§\"b§c\"§d\n", dialect{delimiter: '§'}, []string{"1:a|b§c|d"}, 1},
		{"spaces before quotes", "\"a\", \"b, c\"\n1, 2\n", dialect{trim: true}, []string{"1:a|b, c", "2:1|2"}, 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if tt.d.delimiter == 0 {
				tt.d.delimiter = ','
			}
			got, lines := records(t, tt.in, tt.d, Limits{})
			if !slices.Equal(got, tt.want) || lines != tt.lines {
				t.Errorf("got %q in %d lines, want %q in %d", got, lines, tt.want, tt.lines)
			}
		})
	}
}

// numbered is n records of one cell from a line on.
func numbered(line, n int, cell string) []string {
	var rows []string
	for i := range n {
		rows = append(rows, fmt.Sprintf("%d:%s", line+i, cell))
	}
	return rows
}

func TestRecordLimits(t *testing.T) {
	limits := Limits{Columns: 3, CellChars: 10, RecordBytes: 40}
	tests := []struct{ name, in, want string }{
		{"columns", "1,2,3\n1,2,3,4\n1,2,3\n", "4 cells, more than the 3 columns that are read (limits.columns)"},
		{"cell", "abc,12345678901\n", "cell 2 has more than 10 characters (limits.cell_chars)"},
		{"record", "1,\"" + strings.Repeat("x\n", 30) + "\"\n", "a quote is opened and not closed within 40 bytes (limits.record_bytes)"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newSplitter(strings.NewReader(tt.in), dialect{delimiter: ','}, "t.csv", limits.withDefaults())
			for {
				row, err := s.next()
				if err != nil {
					t.Fatalf("no fault before %v, want %q", err, tt.want)
				}
				if row.Fault != "" {
					if row.Fault != tt.want {
						t.Errorf("got fault %q, want %q", row.Fault, tt.want)
					}
					return
				}
			}
		})
	}
	t.Run("empty cells to the last column", func(t *testing.T) {
		got, _ := records(t, "a,b,,,,,\n", dialect{delimiter: ','}, limits)
		if want := []string{"1:a|b|"}; !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}

// physicalLines counts lines in the plainest way.
func physicalLines(text string) int {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	text = strings.ReplaceAll(text, "\r", "\n")
	n := strings.Count(text, "\n")
	if text != "" && !strings.HasSuffix(text, "\n") {
		n++
	}
	return n
}

// FuzzRecords holds that every line of any text is in exactly one record, and that
// records are numbered by their lines.
func FuzzRecords(f *testing.F) {
	for _, s := range []string{
		"a,b\n1,2\n", "a,\"b\nc\"\r\nd,e", "1,\"a\n2,b\n\"", "\"\"\"\n", "\r\r\n\n\r", "a\"b\n\"c", "\"a\rb\"\r", "\x00\n\"\x00\"", " \"a\"\n",
	} {
		f.Add(s, uint8(0))
	}
	f.Fuzz(func(t *testing.T, text string, choice uint8) {
		d := dialect{delimiter: delimiters[int(choice)%len(delimiters)], columns: int(choice / 64)}
		got, lines := records(t, text, d, Limits{})
		if want := physicalLines(text); lines != want {
			t.Fatalf("%q: consumed %d lines of %d", text, lines, want)
		}
		before := 0
		for _, r := range got {
			var number int
			fmt.Sscanf(r, "%d:", &number)
			if number <= before {
				t.Fatalf("%q: record numbers do not rise: %q", text, got)
			}
			before = number
		}
	})
}

// FuzzRecordsRoundTrip holds that what encoding/csv writes is read back cell by
// cell.
func FuzzRecordsRoundTrip(f *testing.F) {
	f.Add("a\x1fb\x1fc\x1e1\x1f2\n\n\x1f\"3\"", false)
	f.Add("\x1f\x1fx", true)
	f.Fuzz(func(t *testing.T, table string, crlf bool) {
		var want []string
		var text bytes.Buffer
		w := csv.NewWriter(&text)
		w.UseCRLF = crlf
		for row := range strings.SplitSeq(table, "\x1e") {
			cells := strings.Split(row, "\x1f")
			if len(cells) > defaultColumns || len(row) > defaultCellChars || strings.Count(row, "\n")+strings.Count(row, "\r") >= maxJoined || strings.Contains(row, "\x00") {
				t.Skip()
			}
			if !strings.ContainsFunc(row, func(r rune) bool { return r != '\x1f' && !unicode.IsSpace(r) }) {
				continue // blank
			}
			if err := w.Write(cells); err != nil {
				t.Fatal(err)
			}
			for i := range cells {
				// The reader, like encoding/csv, makes a line feed of CRLF in a cell.
				cells[i] = strings.ReplaceAll(cells[i], "\r\n", "\n")
				if crlf {
					cells[i] = strings.ReplaceAll(cells[i], "\r", "")
				}
			}
			want = append(want, strings.Join(cells, "|"))
		}
		w.Flush()
		got, _ := records(t, text.String(), dialect{delimiter: ','}, Limits{})
		for i := range got {
			_, got[i], _ = strings.Cut(got[i], ":")
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%q: got %q, want %q", text.String(), got, want)
		}
	})
}
