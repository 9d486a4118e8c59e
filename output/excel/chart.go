package excel

import (
	"fmt"
	"strconv"

	"github.com/xuri/excelize/v2"

	"cspplan/reconcile"
	"cspplan/report"
)

// Colours of the series, light to dark as harmless to grave, so that they stay
// apart on a black-and-white printer and for colour-blind readers.
const (
	readyBar    = "B5E0D3"
	decideBar   = "E69F00"
	dataLossBar = "C04A00"
	blockedBar  = "1F2933"
)

// The sheet Chart data holds what the charts are drawn from: from A1 on the
// months, from H1 on the shares by currency, from M1 on the trend.
const (
	monthsColumn = 1
	sharesColumn = 8
)

// monthSeries is the order of the stack: the worst status on top.
var monthSeries = []struct {
	status reconcile.Status
	colour string
}{
	{reconcile.Ready, readyBar}, {reconcile.Decide, decideBar}, {reconcile.DataLoss, dataLossBar}, {reconcile.Blocked, blockedBar},
}

// shareSeries are the three parts of today's cost.
var shareSeries = []struct {
	label  string
	colour string
	of     func(report.CurrencyLine) int64
}{
	{"col.can_move", readyBar, func(l report.CurrencyLine) int64 { return l.CanMove }},
	{"col.to_decide", decideBar, func(l report.CurrencyLine) int64 { return l.ToDecide }},
	{"col.cannot_move", dataLossBar, func(l report.CurrencyLine) int64 { return l.Cannot }},
}

// writeChartData fills the sheet Chart data: aggregates only, never a list.
func (b *book) writeChartData() error {
	sheet := sheetCells{b: b, name: b.chartData}
	text := b.r.Text
	sheet.set(monthsColumn, 1, text.Label("col.month"))
	for i, s := range monthSeries {
		sheet.set(monthsColumn+1+i, 1, text.Status(s.status))
	}
	sheet.set(monthsColumn+1+len(monthSeries), 1, text.Label("col.note"))
	for i, bar := range b.r.Chart {
		sheet.set(monthsColumn, i+2, barLabel(bar))
		for j, s := range monthSeries {
			sheet.set(monthsColumn+1+j, i+2, bar.Licences[s.status])
		}
		sheet.set(monthsColumn+1+len(monthSeries), i+2, b.barNote(bar))
	}
	sheet.set(sharesColumn, 1, text.Label("col.currency"))
	for j, s := range shareSeries {
		sheet.set(sharesColumn+1+j, 1, text.Label(s.label))
		for i, l := range b.r.Money.Lines {
			sheet.set(sharesColumn, i+2, l.Currency)
			sheet.set(sharesColumn+1+j, i+2, amountCell(s.of(l), uint8(reconcile.MinorDigits(l.Currency))))
		}
	}
	b.trendData(&sheet)
	if sheet.err != nil {
		return fmt.Errorf("sheet %s: %w", b.chartData, sheet.err)
	}
	return b.protect(b.chartData)
}

// barLabel is the month in short, with the last two digits of its year on a second line
// where the year changes: four would be broken in two.
func barLabel(bar report.MonthBar) string {
	if len(bar.Year) < 2 {
		return bar.Short
	}
	return bar.Short + "\n" + bar.Year[len(bar.Year)-2:]
}

// barNote writes the month out.
func (b *book) barNote(bar report.MonthBar) string {
	if !bar.Month.Known() {
		return bar.Label
	}
	return b.r.Text.LongMonth(bar.Month)
}

// monthChart is the stacked column chart of licences by month and status.
func (b *book) monthChart() *excelize.Chart {
	gap, overlap, vary := uint(40), 100, false
	chart := &excelize.Chart{
		Type:      excelize.ColStacked,
		Title:     chartTitle(b.r.Text.Label("start.chart")),
		Legend:    excelize.ChartLegend{Position: "bottom", Font: chartFont()}, // beside it, the labels of fifteen columns break
		Dimension: excelize.ChartDimension{Width: 516, Height: 222},            // columns H and I are 521 pixels wide
		Border:    excelize.LineOptions{Type: excelize.LineNone},
		GapWidth:  &gap, Overlap: &overlap, VaryColors: &vary,
		XAxis:  excelize.ChartAxis{Font: *chartFont()},
		YAxis:  excelize.ChartAxis{Font: *chartFont(), MajorGridLines: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: "#,##0"}},
		Format: excelize.GraphicOptions{AltText: b.r.Text.Label("start.chart"), OffsetX: 4, Positioning: "oneCell"},
	}
	for i, s := range monthSeries {
		chart.Series = append(chart.Series, b.series(monthsColumn, i, len(b.r.Chart), s.colour))
	}
	return chart
}

// shareChart is the bar chart of shares by currency: shares are the only
// honest picture across currencies without exchange rates.
func (b *book) shareChart() *excelize.Chart {
	gap, overlap, vary := uint(50), 100, false
	rows := len(b.r.Money.Lines)
	chart := &excelize.Chart{
		Type:      excelize.BarPercentStacked,
		Legend:    excelize.ChartLegend{Position: "right", Font: chartFont()},
		Dimension: excelize.ChartDimension{Width: 760, Height: uint(90 + 30*rows)},
		Border:    excelize.LineOptions{Type: excelize.LineNone},
		GapWidth:  &gap, Overlap: &overlap, VaryColors: &vary,
		XAxis:  excelize.ChartAxis{Font: *chartFont(), ReverseOrder: true},
		YAxis:  excelize.ChartAxis{Font: *chartFont(), MajorGridLines: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: "0%"}},
		Format: excelize.GraphicOptions{AltText: b.r.Text.Label("money.share"), Positioning: "oneCell"},
	}
	for i, s := range shareSeries {
		chart.Series = append(chart.Series, b.series(sharesColumn, i, rows, s.colour))
	}
	return chart
}

// series is column n of a block on Chart data.
func (b *book) series(column, n, rows int, colour string) excelize.ChartSeries {
	return excelize.ChartSeries{
		Name:       b.chartRange(column+1+n, 1, 1),
		Categories: b.chartRange(column, 2, rows+1),
		Values:     b.chartRange(column+1+n, 2, rows+1),
		Fill:       excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}},
	}
}

// chartRange is an absolute reference to rows of one column of Chart data.
func (b *book) chartRange(column, from, to int) string {
	c := "$" + columnName(column) + "$"
	ref := quoted(b.chartData) + "!" + c + strconv.Itoa(from)
	if to == from {
		return ref
	}
	return ref + ":" + c + strconv.Itoa(to)
}

func chartFont() *excelize.Font {
	return &excelize.Font{Family: "Calibri", Size: 8, Color: greyColour}
}

func chartTitle(text string) excelize.ChartTitle {
	return excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{
		Text: text, Font: &excelize.Font{Family: "Calibri", Size: 11, Bold: true, Color: inkColour},
	}}}
}
