package excel

import (
	"fmt"
	"strings"

	xlsx "cspplan/input/sheet"
	"cspplan/report"
)

// placed is where the columns of a table stand in a workbook that people have
// arranged to their liking.
type placed struct {
	table string
	at    map[string]int // by code, from 0
	edits []placedColumn // people's, as they were listed
	fixed []placedColumn // all others, those that people added among them
	gone  []string       // headings of people's columns that are not there

	headed map[int]bool // columns with a heading, from 0
}

type placedColumn struct {
	code    string // empty: a column that people added
	heading string
	edit    report.EditKind
	at      int
}

// name is the code, or the heading of a column without one.
func (c placedColumn) name() string {
	if c.code == "" {
		return c.heading
	}
	return c.code
}

// place tells whether a row is the row of headings, and where each column
// stands; nil if it is not. A column whose heading was typed over is looked for
// where it was written; if it is not there either, and another heading is
// unknown, the two may be one, and reading on would lose what stands in it.
func (t listedTable) place(row xlsx.Row) (*placed, error) {
	where := map[string]int{}
	for i, cell := range row.Cells {
		if heading := foldHeading(cell.Text); heading != "" {
			if _, twice := where[heading]; !twice {
				where[heading] = i
			}
		}
	}
	p := &placed{table: t.table, at: map[string]int{}}
	taken := map[int]bool{}
	for _, c := range t.columns {
		if i, ok := where[foldHeading(c.heading)]; ok {
			p.at[c.code], taken[i] = i, true
		}
	}
	if len(p.at) < 2 || 2*len(p.at) < len(t.columns) {
		return nil, nil
	}
	p.takeRetitled(t, taken)
	p.sortOut(t, row, taken)
	if unknown := p.unknown(); len(p.gone) > 0 && unknown != "" {
		return nil, fmt.Errorf("column %q is not there, and column %q is unknown; if it is the same, give it its heading back, else delete it", p.gone[0], unknown)
	}
	return p, nil
}

// share is the part of the headings of a table that were found.
func (p *placed) share(t listedTable) float64 {
	if p == nil {
		return 0
	}
	return float64(len(p.at)) / float64(len(t.columns))
}

// takeRetitled finds columns that still stand where they were written.
func (p *placed) takeRetitled(t listedTable, taken map[int]bool) {
	for _, c := range t.columns {
		if _, ok := p.at[c.code]; !ok && !taken[c.position-1] && p.unmoved(t, c.position) {
			p.at[c.code], taken[c.position-1] = c.position-1, true
		}
	}
}

// unmoved tells whether the neighbours of a column stand where they were
// written, so that it can be told without its heading.
func (p *placed) unmoved(t listedTable, position int) bool {
	for _, c := range t.columns {
		i, ok := p.at[c.code]
		if near := c.position == position-1 || c.position == position+1; near && (!ok || i != c.position-1) {
			return false
		}
	}
	return true
}

// sortOut divides the columns into people's and ours.
func (p *placed) sortOut(t listedTable, row xlsx.Row, taken map[int]bool) {
	for _, c := range t.columns {
		i, ok := p.at[c.code]
		switch {
		case ok && c.edit != report.EditNone:
			p.edits = append(p.edits, placedColumn{c.code, bare(c.heading), c.edit, i})
		case ok:
			p.fixed = append(p.fixed, placedColumn{c.code, bare(c.heading), c.edit, i})
		case c.edit != report.EditNone:
			p.gone = append(p.gone, bare(c.heading))
		}
	}
	for i, cell := range row.Cells {
		if heading := bare(cell.Text); heading != "" && !taken[i] {
			p.fixed = append(p.fixed, placedColumn{heading: heading, at: i})
			taken[i] = true
		}
	}
	p.headed = taken
}

// unknown is the heading of a column that people added or retitled.
func (p *placed) unknown() string {
	for _, c := range p.fixed {
		if c.code == "" {
			return c.heading
		}
	}
	return ""
}

// cell is the cell of a column by its code.
func (p *placed) cell(row xlsx.Row, code string) xlsx.Cell {
	i, ok := p.at[code]
	if !ok {
		return xlsx.Cell{}
	}
	return cellAt(row, i)
}

func (p *placed) fields() []string {
	codes := make([]string, len(p.edits))
	for i, c := range p.edits {
		codes[i] = c.code
	}
	return codes
}

// bare is a heading without the mark of people's columns.
func bare(heading string) string {
	return strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(heading), strings.TrimSpace(editMark)))
}

// foldHeading makes headings comparable: marks, case and spaces do not count.
func foldHeading(heading string) string { return foldWord(bare(heading)) }
