package excel

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"cspplan/reconcile"
	"cspplan/report"
)

// Rows of Start that are the same in every run. What follows Do first moves up
// when it is short.
const (
	matrixTitleRow = 4
	matrixHeadRow  = 5
	matrixRow      = 6
	matrixSumRow   = 10
	matrixNoteRow  = 11
	doFirstRow     = 12
)

// startColumns are the widths of A to H, and of I, which is there for the
// chart alone; together they fit a small screen.
var startColumns = []float64{20, 12.5, 12.5, 20, 20, 11, 11, 62, 11}

// startTables is the number of columns of Start that hold text.
const startTables = 8

// writeStart lays out the sheet that everybody sees first: what burns, whom to
// call, where to find the rest. It fits one printed page.
func (b *book) writeStart() error {
	s := &sheetCells{b: b, name: b.start}
	for i, w := range startColumns {
		if i == 0 {
			w = max(w, b.statusWidth())
		}
		s.width(i+1, w)
	}
	b.startHead(s)
	b.startMatrix(s)
	next := b.startDoFirst(s, b.startElsewhere(s, doFirstRow))
	printed := b.startSheets(s, next)
	last := b.startTrend(s, printed+2)
	s.do(func() error { return b.startFrame(printed, last) })
	if s.err != nil {
		return fmt.Errorf("sheet %s: %w", b.start, s.err)
	}
	return nil
}

// statusWidth is the width that the statuses of the language have on Plan.
func (b *book) statusWidth() float64 {
	if t := b.r.Table(planTable); t != nil && len(t.Columns) > 0 {
		return t.Columns[0].Width
	}
	return 0
}

// startFrame adds the chart, the frozen rows, the page and the protection. The
// trend, below the rows that are printed, stays on the screen: with it the one
// page would be too small to read, and on paper it stands in the PDF.
func (b *book) startFrame(printed, last int) error {
	if b.r.Windows.All.Total > 0 && len(b.r.Chart) > 0 {
		if err := b.f.AddChart(b.start, "H4", b.monthChart()); err != nil {
			return fmt.Errorf("chart: %w", err)
		}
	}
	if err := b.prepareSheet(b.start, cellName(len(startColumns), last)); err != nil {
		return err
	}
	if err := b.f.SetPanes(b.start, frozen(0, 3)); err != nil {
		return fmt.Errorf("freezing rows: %w", err)
	}
	area := fmt.Sprintf("$A$1:$%s$%d", columnName(len(startColumns)), printed)
	if err := b.setUpPage(b.start, page{area: area, single: true}); err != nil {
		return err
	}
	return b.protect(b.start)
}

// startHead writes title, subtitle and headline.
func (b *book) startHead(s *sheetCells) {
	s.put(1, 1, b.r.Text.Label("start.title"), shape{place: placeHero})
	s.rich(1, 2, b.subtitle())
	s.dress(1, 2, 1, shape{place: placeNote})
	look := report.Strong
	if b.r.Alarm || !b.r.Agree {
		look = report.Alarm
	}
	s.put(1, 3, b.r.Headline, shape{place: placeTitle, look: look})
	s.height(1, 1, 30)
	s.height(2, 2, rowHeight)
	s.height(3, 3, 26)
}

// subtitle is the report's line about partner, date, counts and run. Its last
// part says whether the control totals agree, and is the one thing here with a
// colour.
func (b *book) subtitle() []excelize.RichTextRun {
	const between = " · "
	line := b.r.StartLine()
	cut := max(strings.LastIndex(line, between), 0) + len(between)
	facts, state, colour := line[:cut], line[cut:], alarmColour
	if b.r.Agree {
		state, colour = report.Mark(reconcile.Ready)+" "+state, readyColour
	}
	return []excelize.RichTextRun{
		{Text: facts, Font: &excelize.Font{Family: "Calibri", Size: headSize, Color: greyColour}},
		{Text: state, Font: &excelize.Font{Family: "Calibri", Size: headSize, Color: colour, Bold: !b.r.Agree}},
	}
}

// startMatrix writes status × time to expiry. Its top-left corner is what
// burns: what cannot move within 30 days, and what has expired.
func (b *book) startMatrix(s *sheetCells) {
	text := b.r.Text
	s.put(1, matrixTitleRow, text.Label("start.matrix"), shape{place: placeSection})
	s.height(matrixTitleRow, matrixTitleRow, 22)
	b.headings(s, matrixHeadRow, []headingCell{
		{"status", false}, {"window.expired", true}, {"window.30", true}, {"window.90", true}, {"window.later", true},
		{"total", true}, {"col.licences", true},
	})
	for i, w := range b.r.Windows.Rows {
		row := matrixRow + i
		b.putStatus(s, 1, row, w.Status)
		for j, n := range w.Subs {
			burns := j == 0 || j == 1 && w.Status.Part() == reconcile.CannotMove
			s.put(2+j, row, n, shape{kind: report.Count, look: lookIf(burns && n > 0, report.Alarm)})
		}
		s.put(6, row, w.Total, shape{kind: report.Count})
		s.put(7, row, w.Licences, shape{kind: report.Count})
	}
	all := b.r.Windows.All
	s.put(1, matrixSumRow, text.Label("total.all"), shape{place: placeSum})
	for j, n := range all.Subs {
		s.put(2+j, matrixSumRow, n, shape{place: placeSum, kind: report.Count})
	}
	s.put(6, matrixSumRow, all.Total, shape{place: placeSum, kind: report.Count})
	s.put(7, matrixSumRow, all.Licences, shape{place: placeSum, kind: report.Count})
	s.height(matrixRow, matrixSumRow, 21)
	s.put(1, matrixNoteRow, strings.Join(b.r.WindowNotes(), "  "), shape{place: placeNote})
	s.height(matrixNoteRow, matrixNoteRow, rowHeight)
}

// startElsewhere says, where this workbook lists no subscriptions, which ones do,
// with a link to their list; it returns the next row to fill.
func (b *book) startElsewhere(s *sheetCells, row int) int {
	if b.r.Elsewhere == "" {
		return row
	}
	s.put(1, row, b.r.Elsewhere, shape{place: placeSection})
	if sheet, _, ok := b.rowSheet(workbooksTable, 0); ok {
		s.link(1, row, sheet, "A1")
	}
	s.height(row, row, 22)
	return row + 1
}

// startDoFirst writes the customers to call from a row on, each with a link to its
// own row, and returns the first free row after a blank one.
func (b *book) startDoFirst(s *sheetCells, row int) int {
	s.put(1, row, b.r.Text.Label("start.do_first"), shape{place: placeSection})
	s.height(row, row, 22)
	row++
	b.headings(s, row, []headingCell{
		{"status.worst", false}, {"col.first_expiry", true}, {"col.days_left", true}, {"col.customer", false}, {"", false},
		{"col.subscriptions_short", true}, {"col.licences", true}, {"col.do_next", false},
	})
	row++
	for _, line := range b.r.DoFirst.Lines {
		b.doFirstLine(s, row, line)
		row++
	}
	if b.r.DoFirst.Note != "" {
		s.put(1, row, b.r.DoFirst.Note, shape{place: placeNote})
		s.height(row, row, rowHeight)
		row++
	}
	return row + 1
}

// doFirstLine writes one customer. The name may run on into the empty column
// beside it.
func (b *book) doFirstLine(s *sheetCells, row int, line report.DoFirstLine) {
	burning := lookIf(line.DaysLeft <= urgentDays, report.Alarm)
	s.dress(1, row, startTables, shape{})
	b.putStatus(s, 1, row, line.Status)
	s.put(2, row, dateCell(line.FirstExpiry), shape{kind: report.Date, look: burning})
	s.put(3, row, line.DaysLeft, shape{kind: report.Days, look: burning})
	s.put(4, row, line.Customer, shape{place: placeLink, indent: true})
	if sheet, target, ok := b.rowSheet(line.Table, line.Row); ok {
		s.link(4, row, sheet, cellName(1, target))
	}
	s.put(6, row, line.Subscriptions, shape{kind: report.Count})
	s.put(7, row, line.Licences, shape{kind: report.Count})
	s.put(8, row, line.Next, shape{indent: true})
	s.height(row, row, rowHeight)
}

// urgentDays is the window in which a date burns.
const urgentDays = 30

// startSheets lists the sheets with their rows, and returns the last row.
func (b *book) startSheets(s *sheetCells, row int) int {
	s.put(1, row, b.r.Text.Label("start.sheets"), shape{place: placeSection})
	s.height(row, row, 22)
	for _, line := range b.sheetLines() {
		row++
		s.dress(1, row, startTables, shape{})
		s.put(1, row, line.Name, shape{place: placeLink})
		s.link(1, row, line.Name, "A1")
		s.put(2, row, line.Rows, shape{kind: report.Count})
		s.put(3, row, line.What, shape{indent: true})
		s.height(row, row, 16.5)
	}
	return row
}

// sheetLines are the report's lines under the names that the sheets got. A
// table that needed several sheets has a line for each: that is how Start says
// that the plan goes on. Lines that name no sheet of this workbook are left out.
func (b *book) sheetLines() []report.SheetLine {
	var lines []report.SheetLine
	for _, line := range b.r.Sheets {
		if line.ID == moneyTable {
			line.Name = b.money
			lines = append(lines, line)
		}
		for _, s := range b.sheets {
			if s.table.ID != line.ID {
				continue
			}
			line.Name = s.name
			if s.parts > 1 {
				line.Rows = s.rows
			}
			lines = append(lines, line)
		}
	}
	return lines
}

// A headingCell is a label above a column and whether figures stand below it.
type headingCell struct {
	label string
	right bool
}

// headings writes a row of headings from column A on.
func (b *book) headings(s *sheetCells, row int, cells []headingCell) {
	for i, c := range cells {
		sh := shape{place: placeHead, right: c.right, indent: !c.right && i > 0}
		if c.label == "" {
			s.dress(i+1, row, i+1, sh)
			continue
		}
		s.put(i+1, row, b.r.Text.Label(c.label), sh)
	}
	s.height(row, row, headHeight(1))
}

// putStatus writes mark and word, so that colour is never alone.
func (b *book) putStatus(s *sheetCells, column, row int, status reconcile.Status) {
	text := report.Mark(status) + " " + b.r.Text.Status(status)
	s.put(column, row, text, shape{kind: report.Text, look: report.StatusLook(status)})
}

// lookIf is the look on a condition, else the plain one.
func lookIf(ok bool, look report.Look) report.Look {
	if ok {
		return look
	}
	return report.Plain
}
