package input

import (
	"errors"
	"fmt"
	"slices"
	"sort"
	"strings"

	"cspplan/input/sheet"
)

// maxTitle is how many rows may stand over the first header of a sheet.
const maxTitle = 1 << 16

// A page is one sheet and the tables that stand on it, from the top down.
type page struct {
	sheet     sheet.Sheet
	tables    []*table
	above     []int          // rows over the first header that look like data
	walked    int            // rows of the sheet
	top       []string       // what stands in its first rows
	held      []*sheet.Block // its rows, if they were kept
	heldBytes int
	early     *earlyWalk // with what it may have made of the rows already
}

// A finder walks a sheet once: it finds the header of each table, and lets the
// columns learn from the rows below. A title may be of any length and may hold
// words of headings; the header is the row that says most before the data
// begins.
type finder struct {
	page    *page
	rule    Rule
	days    calendar
	ragged  bool // rows may end before the header does, as in workbooks
	current *table
	before  sheet.Row // the row before, if it may hold the headings of groups
	shapes  []shape   // of the rows that stand over the first header
}

// A shape is what remains of a row until it is known whether it is title or
// data.
type shape struct {
	row, cells int
	figures    bool
}

// maxHeld bounds what is kept of a worksheet between the two walks, in bytes, its
// texts not counted: half a million rows of twenty cells. Records need more room
// than the cells that they are made of, so this is no peak. A larger sheet is read
// again, and so is text, which is cut again faster than it is kept.
var maxHeld = 256 << 20

// hold keeps a block for the second walk.
func (p *page) hold(b *sheet.Block) {
	p.heldBytes += b.Bytes()
	if p.heldBytes > maxHeld {
		p.held = nil // what was kept of it is let go
		return
	}
	b.Keep()
	p.held = append(p.held, b)
}

// errEnough ends a walk that has found no header so far down.
var errEnough = errors.New("no header")

// findTables finds the tables of a sheet. A page without tables has no header
// that is known.
func (r *fileReader) findTables(s sheet.Sheet) (*page, error) {
	f := &finder{page: &page{sheet: s}, rule: r.rule, days: r.days, ragged: r.book.Kind == "xlsx"}
	early := r.walkEarly(f)
	err := sheet.Each(s, early.newMaker, func(b *sheet.Block, m *made) error {
		if r.book.Kind == "xlsx" {
			f.page.hold(b)
		}
		return early.take(b, m)
	})
	if err != nil && err != errEnough {
		return nil, err
	}
	if len(f.page.tables) > 0 {
		f.page.above, f.page.early = f.rowsAbove(), early
	}
	return f.page, nil
}

// takeBlock looks at the rows of a block in their order.
func (f *finder) takeBlock(b *sheet.Block) error {
	for _, row := range b.Rows {
		f.page.walked++
		f.take(row)
		if f.current == nil && f.rule.HeaderRow == 0 && f.page.walked > maxTitle {
			return errEnough
		}
	}
	if f.current != nil {
		f.current.keepPrevious()
	}
	return nil
}

// take looks at one row: a header, or a row of the table above it.
func (f *finder) take(row sheet.Row) {
	if len(f.page.top) < 3 && row.Fault == "" {
		f.page.top = append(f.page.top, shorten(lineOfTexts(row), 120))
	}
	header := f.candidate(row)
	f.before = sheet.Row{}
	if row.Fault == "" && wordy(row) {
		f.before = sheet.Row{Number: row.Number, Cells: slices.Clone(row.Cells)}
	}
	if header != nil && f.begins(header) {
		return
	}
	if f.current == nil {
		if s := shapeOf(row); s.figures {
			f.shapes = append(f.shapes, s)
		}
		return
	}
	f.current.learn(row)
}

// candidate reads a row as a header, if it may be one. Below a header that is
// whole only words that are headings for the most part are looked at twice: the
// values of a row may be headings elsewhere (NO, MCA, Commercial).
func (f *finder) candidate(row sheet.Row) *candidate {
	switch t := f.current; {
	case row.Fault != "" || t != nil && t.layout.corrects:
		return nil // below the header of rejected rows stand the headers of their files
	case f.rule.HeaderRow > 0:
		if row.Number != f.rule.HeaderRow {
			return nil
		}
	case t != nil && t.whole && (!wordy(row) || !mostlyHeadings(row)):
		return nil
	}
	return newCandidate(f.before, row, f.rule)
}

// mostlyHeadings reports whether most words of a row are headings.
func mostlyHeadings(row sheet.Row) bool {
	known, words := 0, 0
	for _, c := range row.Cells {
		if c.Text == "" {
			continue
		}
		words++
		if len(c.Text) < 80 && headingFields()[fold(c.Text)].known() {
			known++
		}
	}
	return known >= 2 && 2*known >= words
}

// begins decides what a header is: the first of the sheet, a better one than
// what was taken for it, the same once more on a further page, or that of a
// further table. It reports whether the row is a header at all.
func (f *finder) begins(c *candidate) bool {
	t := f.current
	switch {
	case t == nil:
		f.begin(c)
	case c.sameColumns(t):
		for n := max(c.top, t.headerRow+1); n <= c.row; n++ {
			t.repeats = append(t.repeats, n)
		}
	case t.data == 0 && t.whole && c.score <= t.score:
		t.repeats = append(t.repeats, c.row)
	case t.data == 0 || !t.whole && len(t.shapes) <= maxTitle:
		if c.score <= t.score {
			return false
		}
		f.shapes = append(f.shapes, t.shapes...) // what stood below was title after all
		f.page.tables = f.page.tables[:len(f.page.tables)-1]
		f.begin(c)
	case c.isHeader():
		f.begin(c)
	default:
		return false
	}
	return true
}

func (f *finder) begin(c *candidate) {
	t := &table{sheet: f.page.sheet, layout: c.layout, rule: f.rule, headerRow: c.row, top: c.top, header: c.header, width: c.width, score: c.score, why: c.why(f.rule)}
	t.prepare(f.days)
	t.whole = t.complete()
	t.ragged = f.ragged
	if n := len(f.page.tables); n > 0 {
		f.page.tables[n-1].followed = true
	}
	if f.current != nil {
		f.current.keepPrevious()
	}
	f.current = t
	f.page.tables = append(f.page.tables, t)
}

// rowsAbove are the rows over the first header that are data which nobody can read:
// they have figures, and cells enough for a row of that table.
func (f *finder) rowsAbove() (above []int) {
	first := f.page.tables[0]
	for _, s := range f.shapes {
		if s.row < first.top && s.figures && s.cells >= max(3, texts(first.header)/2+1) {
			above = append(above, s.row)
		}
	}
	return above
}

func shapeOf(row sheet.Row) shape {
	s := shape{row: row.Number}
	for _, c := range row.Cells {
		text := strings.TrimSpace(c.Text)
		if text == "" {
			continue
		}
		s.cells++
		s.figures = s.figures || text[0] >= '0' && text[0] <= '9'
	}
	return s
}

// cellsUpTo counts the cells of a row that hold anything, most at most.
func cellsUpTo(row sheet.Row, most int) (n int) {
	for _, c := range row.Cells {
		if c.Text != "" && (plainEdge(c.Text[0]) || strings.TrimSpace(c.Text) != "") {
			if n++; n == most {
				break
			}
		}
	}
	return n
}

func lineOfTexts(row sheet.Row) string {
	var texts []string
	for _, c := range row.Cells {
		if text := strings.TrimSpace(c.Text); text != "" {
			texts = append(texts, shorten(text, 40))
		}
	}
	return strings.Join(texts, ", ")
}

// tableOf is the table that a row belongs to; nil for the rows over the first.
func (p *page) tableOf(row int) *table {
	var found *table
	for _, t := range p.tables {
		if row < t.top {
			break
		}
		found = t
	}
	return found
}

// indexOf is the number of that table; 0 for the rows over the first.
func (p *page) indexOf(row int) int {
	n := sort.Search(len(p.tables), func(i int) bool { return p.tables[i].top > row })
	return max(0, n-1)
}

// isData reports whether a row becomes a record: all below the first header
// do, and those above it that look like data.
func (p *page) isData(row int) bool {
	first := p.tables[0]
	if row > first.headerRow {
		return true
	}
	_, found := slices.BinarySearch(p.above, row)
	return found
}

// strayFault says why a row over the first header cannot be used.
func (p *page) strayFault() string {
	return fmt.Sprintf("a row below the header, which stands in row %d", p.tables[0].headerRow)
}
