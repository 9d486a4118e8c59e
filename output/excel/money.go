package excel

import (
	"fmt"

	"cspplan/reconcile"
	"cspplan/report"
)

// A moneyColumn is one column of the table by currency.
type moneyColumn struct {
	label string
	kind  report.Kind
	of    func(report.CurrencyLine) (n int64, known bool)
}

// known makes a column whose amount is always there.
func known(of func(report.CurrencyLine) int64) func(report.CurrencyLine) (int64, bool) {
	return func(l report.CurrencyLine) (int64, bool) { return of(l), true }
}

// moneyColumns follow the currency. Cost now is the sum of the three after it.
// The CSP cost and the difference stay empty where no row has them: unknown is
// not nought. The difference of what can move is the one that the PDF prints.
// Columns from the overlap on are views of the same money.
var moneyColumns = []moneyColumn{
	{"col.subscriptions", report.Count, known(func(l report.CurrencyLine) int64 { return int64(l.Subscriptions) })},
	{"col.licences", report.Count, known(func(l report.CurrencyLine) int64 { return l.Licences })},
	{"col.cost_now", report.Amount, known(func(l report.CurrencyLine) int64 { return l.CostNow })},
	{"col.cannot_move", report.Amount, known(func(l report.CurrencyLine) int64 { return l.Cannot })},
	{"col.to_decide", report.Amount, known(func(l report.CurrencyLine) int64 { return l.ToDecide })},
	{"col.can_move", report.Amount, known(func(l report.CurrencyLine) int64 { return l.CanMove })},
	{"col.cost_csp", report.Amount, func(l report.CurrencyLine) (int64, bool) { return l.CostCSP, l.CSPRows > 0 }},
	{"col.cost_diff", report.Difference, func(l report.CurrencyLine) (int64, bool) { return l.Difference, l.BothPrices > 0 }},
	{"col.can_move_diff", report.Difference, func(l report.CurrencyLine) (int64, bool) { return l.CanMoveDifference(), l.CanMoveCompared() }},
	{"col.overlap_all_today", report.Amount, known(func(l report.CurrencyLine) int64 { return l.OverlapToday })},
	{"col.overlap_all_planned", report.Amount, known(func(l report.CurrencyLine) int64 { return l.OverlapPlanned })},
	{"col.prepaid_lost", report.Amount, known(func(l report.CurrencyLine) int64 { return l.PrepaidLost })},
	{"col.locked_in", report.Amount, known(func(l report.CurrencyLine) int64 { return l.LockedIn })},
	{"col.credit_max", report.Amount, known(func(l report.CurrencyLine) int64 { return l.CreditWe + l.CreditCustomer })},
}

// writeMoney lays out the sheet by currency: the table, the costs by month of
// expiry, the shares as a chart, the notes.
func (b *book) writeMoney() error {
	s := &sheetCells{b: b, name: b.money}
	columns := max(len(moneyColumns), len(b.r.Money.Months)) + 1
	s.width(1, 13)
	for i := 2; i <= columns; i++ {
		s.width(i, 17)
	}
	s.put(1, 1, b.r.Text.Label("money.title"), shape{place: placeTitle})
	s.height(1, 1, 24)
	row := b.moneyTable(s)
	row = b.moneyNotes(s, row)
	row = b.moneyMonths(s, row+1)
	row = b.moneyShares(s, row+1)
	s.do(func() error { return b.moneyFrame(columns, row) })
	if s.err != nil {
		return fmt.Errorf("sheet %s: %w", b.money, s.err)
	}
	return nil
}

// moneyFrame adds the frozen headings, the page and the protection.
func (b *book) moneyFrame(columns, last int) error {
	if err := b.prepareSheet(b.money, cellName(columns, last)); err != nil {
		return err
	}
	if err := b.f.SetPanes(b.money, frozen(1, headRow)); err != nil {
		return fmt.Errorf("freezing rows: %w", err)
	}
	area := fmt.Sprintf("$A$1:$%s$%d", columnName(columns), last)
	if err := b.setUpPage(b.money, page{area: area}); err != nil {
		return err
	}
	return b.protect(b.money)
}

// moneyTable writes a row for each currency and returns the next free row.
func (b *book) moneyTable(s *sheetCells) int {
	heads := []headingCell{{"col.currency", false}}
	for _, c := range moneyColumns {
		heads = append(heads, headingCell{c.label, true})
	}
	b.headings(s, headRow, heads)
	s.height(headRow, headRow, headHeight(2))
	row := firstDataRow
	for _, line := range b.r.Money.Lines {
		b.moneyRow(s, row, line.Currency, line, shape{})
		s.height(row, row, rowHeight)
		row++
	}
	if c := b.r.Converted; c != nil {
		b.moneyRow(s, row, c.Label, c.Line, shape{place: placeConverted})
		s.height(row, row, rowHeight+3*lineHeight)
		row++
	}
	return row
}

// moneyRow writes the amounts of one line behind its name.
func (b *book) moneyRow(s *sheetCells, row int, name string, line report.CurrencyLine, look shape) {
	look.wrap = look.place == placeConverted
	s.put(1, row, name, look)
	look.wrap, look.digits = false, uint8(reconcile.MinorDigits(line.Currency))
	for i, c := range moneyColumns {
		look.kind = c.kind
		n, ok := c.of(line)
		switch {
		case !ok:
			s.dress(2+i, row, 2+i, look)
		case c.kind == report.Count:
			s.put(2+i, row, n, look)
		default:
			s.put(2+i, row, amountCell(n, look.digits), look)
		}
	}
}

// moneyNotes writes what the sums mean and leave out.
func (b *book) moneyNotes(s *sheetCells, row int) int {
	for _, note := range b.r.MoneyNotes {
		s.put(1, row, note, shape{place: placeNote})
		s.height(row, row, rowHeight)
		row++
	}
	return row
}

// moneyMonths writes the cost now of each currency by month of expiry.
func (b *book) moneyMonths(s *sheetCells, row int) int {
	if len(b.r.Money.ByMonth) == 0 {
		return row
	}
	s.put(1, row, b.r.Text.Label("money.by_month"), shape{place: placeSection})
	s.height(row, row, 26)
	row++
	s.put(1, row, b.r.Text.Label("col.currency"), shape{place: placeHead})
	for i, month := range b.r.Money.Months {
		s.put(2+i, row, month, shape{place: placeHead, right: true})
	}
	s.height(row, row, 22)
	row++
	for _, line := range b.r.Money.ByMonth {
		digits := uint8(reconcile.MinorDigits(line.Currency))
		s.put(1, row, line.Currency, shape{})
		for i, minor := range line.Cost {
			s.put(2+i, row, amountCell(minor, digits), shape{kind: report.Amount, digits: digits})
		}
		s.height(row, row, rowHeight)
		row++
	}
	return row
}

// moneyShares draws the chart of shares and returns the last row it covers.
func (b *book) moneyShares(s *sheetCells, row int) int {
	if len(b.r.Money.Lines) == 0 {
		return row
	}
	s.put(1, row, b.r.Text.Label("money.share"), shape{place: placeSection})
	s.height(row, row, 26)
	chart := b.shareChart()
	s.do(func() error { return b.f.AddChart(b.money, cellName(1, row+1), chart) })
	const pixelsPerRow = 20 // of a row of standard height
	return row + 1 + int(chart.Dimension.Height)/pixelsPerRow
}
