package sheet

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
)

// Rows that resemble those above, more or less, read as each does that stands alone:
// cells that go on as they were, change, come and go, at places where numbers of rows
// get longer.
func TestRowsLikeAboveReadAsAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "t.xlsx")
	for seed := range uint64(20) {
		rows := randomRows(rand.New(rand.NewPCG(seed, 2)))
		got, want := rowsOf(t, path, strings.Join(rows, "")), ""
		for _, row := range rows {
			want += rowsOf(t, path, row)
			if want != "" && !strings.HasSuffix(want, "\n") { // refused
				break
			}
		}
		if got != want {
			t.Fatalf("seed %d: %q is read as\n%s\nand each row alone as\n%s", seed, rows, got, want)
		}
	}
}

// randomRows are rows in which each cell is likely to be that of the row above.
func randomRows(r *rand.Rand) (rows []string) {
	rests := []string{
		`/>`, ` s="1"/>`, ` s="1"><v>46387</v></c>`, ` s="1"><v>46388</v></c>`, `><v>7</v></c>`, `><v>1234567890123</v></c>`, `><v></v></c>`,
		` t="s"><v>0</v></c>`, ` t="s"><v>1</v></c>`, ` t="inlineStr"><is><t>some text</t></is></c>`, ` t="inlineStr"><is><t>é</t></is></c>`,
		` t="inlineStr"><is><t>_x0041_</t></is></c>`, ` t="inlineStr"><is><t> </t></is></c>`, `><f>1+1</f><v>2</v></c>`, ` t="str"><v>a&amp;b</v></c>`,
	}
	above := make([]int, 6)
	for n, row := 0, 1+r.IntN(9); n < 30; n++ {
		var b strings.Builder
		fmt.Fprintf(&b, `<row r="%d" ht="15">`, row)
		for i := range above {
			if r.IntN(4) == 0 {
				above[i] = r.IntN(len(rests) + 2)
			}
			switch {
			case above[i] < len(rests):
				fmt.Fprintf(&b, `<c r="%s%d"%s`, columnName(i), row, rests[above[i]])
			case above[i] > len(rests) && r.IntN(8) == 0:
				fmt.Fprintf(&b, `<c r="%s%d"/>`, columnName(r.IntN(8)), row)
			}
		}
		rows = append(rows, b.String()+`</row>`)
		row += 1 + r.IntN(2)*r.IntN(40)
	}
	return rows
}

// A sheet of which few columns are asked for has the same rows, refuses the same,
// and tells of the other columns which cells are blank.
func TestOnlySomeColumns(t *testing.T) {
	for seed := range uint64(60) {
		path := write(t, "t.xlsx", smallWorkbook(strings.Join(randomRows(rand.New(rand.NewPCG(seed, 3))), ""), nil).zipped(t))
		s := open(t, path, Options{}).Sheets[0]
		type read struct {
			row Row
			err error
		}
		var all []read
		for row, err := range s.Rows() {
			row.Cells = append([]Cell(nil), row.Cells...)
			all = append(all, read{row, err})
		}
		n := 0
		for row, err := range s.Only(2).Rows() {
			want := all[n]
			n++
			if fmt.Sprint(err) != fmt.Sprint(want.err) || row.Number != want.row.Number || len(row.Cells) != len(want.row.Cells) {
				t.Fatalf("seed %d: row %d of %d cells, %v, want row %d of %d, %v", seed, row.Number, len(row.Cells), err, want.row.Number, len(want.row.Cells), want.err)
			}
			for i, got := range row.Cells {
				want := want.row.Cells[i]
				if same := got == want; !same && (i == 2 || got != Cell{Text, Unread} || strings.TrimSpace(want.Text) == "") {
					t.Fatalf("seed %d: row %d, column %d: %+v, want %+v", seed, row.Number, i, got, want)
				}
			}
		}
		if n != len(all) {
			t.Fatalf("seed %d: %d rows, want %d", seed, n, len(all))
		}
	}
}
