package excel

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"cspplan/report"
)

// editMark stands before the heading of a column that people may fill in.
const editMark = "✎ "

// A list writes one list sheet: title in A1, headings in row 2, data from row
// 3 on, further small tables below.
type list struct {
	b       *book
	s       listSheet
	columns []report.Column
	shares  []bool // columns whose texts may be shared ones
	rows    *packedRows
	links   []linkAt // cells of the main table that lead to Plan
	tally   *tally
	zero    bool

	sw     *excelize.StreamWriter
	row    int            // the last row that was written
	values []report.Value // of the row at hand
}

func newList(b *book, s listSheet) *list {
	l := &list{b: b, s: s, columns: s.table.Columns, tally: newTally(s.table.Columns), zero: s.table.ID == controlTable}
	if s.rows > 0 {
		l.rows = b.rowsFor(s.name)
	}
	return l
}

// write writes what stands around the rows. excelize forgets what is set on a
// streamed sheet after Flush, and takes sheet properties only before the stream
// begins, so the order of the steps matters.
func (l *list) write() error {
	if err := l.b.prepareSheet(l.s.name, l.lastCell()); err != nil {
		return err
	}
	sw, err := l.b.f.NewStreamWriter(l.s.name)
	if err != nil {
		return err
	}
	l.sw = sw
	for _, step := range []func() error{
		l.setWidths, l.freeze, l.writeTitle, l.writeMain, l.addTable, l.writeLeads,
		l.markRepeats, l.addBars, l.addEdits, l.silence, l.setUpPage, l.protect, sw.Flush,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// lastRow is the last row of the main table, the headings if it is empty.
func (l *list) lastRow() int { return headRow + l.s.rows }

// lastCell is the corner of what will be written.
func (l *list) lastCell() string {
	row, column := max(l.lastRow(), firstDataRow), len(l.columns)
	for _, lead := range l.leads() {
		row += 2 + len(lead.Rows) // a blank row and the title
		if !isSentences(lead) {
			row++
		}
		column = max(column, len(lead.Columns))
	}
	return cellName(max(column, 1), row)
}

// setWidths sets the columns' widths. A further table below shares the columns.
// Its figures may widen one, because those show as #### when they do not fit,
// and so may its texts, except in the last column, where they run on.
func (l *list) setWidths() error {
	for i := range l.widthCount() {
		if err := l.sw.SetColWidth(i+1, i+1, l.width(i)); err != nil {
			return fmt.Errorf("column %s: %w", columnName(i+1), err)
		}
	}
	return nil
}

// freeze keeps the title, the headings and the first columns in view.
func (l *list) freeze() error {
	n := min(l.s.table.FreezeColumns, len(l.columns))
	return l.sw.SetPanes(frozen(n, headRow))
}

// frozen are panes that keep columns and rows in view.
func frozen(columns, rows int) *excelize.Panes {
	corner, pane := cellName(columns+1, rows+1), "bottomRight"
	if columns == 0 {
		pane = "bottomLeft"
	}
	return &excelize.Panes{
		Freeze: true, XSplit: columns, YSplit: rows, TopLeftCell: corner, ActivePane: pane,
		Selection: []excelize.Selection{{SQRef: corner, ActiveCell: corner, Pane: pane}},
	}
}

// writeTitle writes row 1. The note goes into the first column that the title
// does not reach.
func (l *list) writeTitle() error {
	t := l.s.table
	title := t.Title
	if l.s.part > 1 {
		title = l.b.r.Text.Label("doc.continued", "title", title)
	}
	style, err := l.b.styles.of(shape{place: placeTitle})
	if err != nil {
		return err
	}
	row := []any{excelize.Cell{StyleID: style, Value: l.b.plain(title)}}
	if t.Note != "" {
		style, err := l.b.styles.of(shape{place: placeNote})
		if err != nil {
			return err
		}
		for range l.noteColumn(title) - 1 {
			row = append(row, nil)
		}
		row = append(row, excelize.Cell{StyleID: style, Value: l.b.plain(t.Note)})
	}
	l.row = 1
	return l.sw.SetRow("A1", row, excelize.RowOpts{Height: 24})
}

// writeMain writes the headings of the main table and leaves room for its rows,
// or writes the one line that says there are none.
func (l *list) writeMain() error {
	if err := l.writeHeadings(l.columns); err != nil {
		return err
	}
	if l.s.rows == 0 {
		return l.writeLine(placeNote, l.s.table.Empty)
	}
	l.row += l.s.rows
	return l.linkRows()
}

// stopped is why the writing ends before it is done.
func (b *book) stopped() error {
	if b.opt.Stop == nil {
		return nil
	}
	return b.opt.Stop()
}

// tell says how far the sheet has come.
func (l *list) tell(rows int) {
	if l.b.opt.Progress != nil {
		l.b.opt.Progress(l.s.name, rows, l.s.rows)
	}
}

// writeHeadings writes a row of headings. In the main table they must be
// unique: Excel offers to repair a file where they are not.
func (l *list) writeHeadings(columns []report.Column) error {
	seen := make(map[string]bool, len(columns))
	row, lines := make([]any, len(columns)), 1
	for i, c := range columns {
		heading := l.b.plain(headingOf(c))
		folded := strings.ToLower(heading)
		if folded == "" || seen[folded] {
			return fmt.Errorf("heading %q of column %s is empty or stands twice", heading, columnName(i+1))
		}
		seen[folded] = true
		style, err := l.b.styles.of(headShape(c))
		if err != nil {
			return err
		}
		row[i] = excelize.Cell{StyleID: style, Value: heading}
		lines = max(lines, headLines(heading, l.width(i)))
	}
	return l.put(row, headHeight(lines))
}

// headingOf is the heading as it stands on the sheet.
func headingOf(c report.Column) string {
	if c.Edit == report.EditNone || strings.HasPrefix(c.Heading, strings.TrimSpace(editMark)) {
		return c.Heading
	}
	return editMark + c.Heading
}

// headShape puts a heading above its cells.
func headShape(c report.Column) shape {
	return shape{
		place: placeHead, edit: c.Edit != report.EditNone, indent: c.Indent || barOnly(c),
		right: c.Kind != report.Text && c.Kind != report.Empty && !barOnly(c),
	}
}

// put writes a row after the last one.
func (l *list) put(cells []any, height float64) error {
	l.row++
	return l.sw.SetRow("A"+strconv.Itoa(l.row), cells, excelize.RowOpts{Height: height})
}

// writeLine writes a row that holds one sentence.
func (l *list) writeLine(p place, text string) error {
	style, err := l.b.styles.of(shape{place: p})
	if err != nil {
		return err
	}
	return l.put([]any{excelize.Cell{StyleID: style, Value: l.b.plain(text)}}, rowHeight)
}

// writeRow writes a row of values.
func (l *list) writeRow(columns []report.Column, values []report.Value) error {
	cells := make([]any, len(values))
	for i, v := range values {
		style, err := l.b.styles.of(l.cellShape(&columns[i], v))
		if err != nil {
			return err
		}
		cells[i] = excelize.Cell{StyleID: style, Value: l.b.cellValue(v)}
	}
	return l.put(cells, l.heightOf(columns, values))
}

// cellShape is how a value looks in its column. An empty cell takes the
// column's kind, so that what people type into it gets the right format; and a
// cell that people change has no look of its own, since the look would stay
// when the value that earned it is gone: conditional formats do that work.
func (l *list) cellShape(c *report.Column, v report.Value) shape {
	kind := v.Kind
	if kind == report.Empty {
		kind = c.Kind
	}
	sh := shape{
		kind: kind, look: v.Look, digits: v.Digits, zero: l.zero,
		edit: c.Edit != report.EditNone, id: c.ID, indent: c.Indent, wrap: c.Wrap,
		right: v.Kind == report.Text && c.Kind == report.Date, // such as "now"
	}
	if v.Kind == report.Empty && (kind == report.Amount || kind == report.Difference) {
		sh.digits = 2
	}
	if sh.edit {
		sh.look = report.Plain
	}
	return sh
}

// addTable makes the rows a native table with filter buttons, named in English
// in every language. An empty list has none: Excel wants at least one row.
func (l *list) addTable() error {
	if l.s.rows == 0 {
		return nil
	}
	stripes := false
	name := l.s.table.ID
	if l.s.part > 1 {
		name += "_" + strconv.Itoa(l.s.part)
	}
	return l.b.tables.add(l.sw, &excelize.Table{
		Range: "A" + strconv.Itoa(headRow) + ":" + cellName(len(l.columns), l.lastRow()), Name: name, ShowRowStripes: &stripes,
	})
}

// span is a range of the main table's data: columns from and to, from 1.
func (l *list) span(from, to int) string {
	return cellName(from, firstDataRow) + ":" + cellName(to, l.lastRow())
}

// setUpPage prepares the sheet for paper. The headings are repeated on each
// page, unless further tables follow, which have headings of their own.
func (l *list) setUpPage() error {
	area := "$A$1:$" + columnName(l.printColumns()) + "$" + strconv.Itoa(max(l.row, firstDataRow))
	repeat := headRow
	if len(l.leads()) > 0 {
		repeat = 1
	}
	return l.b.setUpPage(l.s.name, page{area: area, repeat: repeat})
}

// protect locks the sheet if the report or the options ask for it.
func (l *list) protect() error {
	if l.s.table.Protected || l.b.opt.ProtectLists {
		return l.b.protect(l.s.name)
	}
	return nil
}
