package excel

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"cspplan/reconcile"
	"cspplan/report"
)

// trendColumn is where on the sheet Chart data the figures of the trend begin.
const trendColumn = 13

// trendSeries are the lines of the trend. Dashes and markers tell them apart
// without colour; the colours are those of the statuses' words.
var trendSeries = []struct {
	status reconcile.Status
	colour string
	dash   excelize.LineDashType
	marker string
}{
	{reconcile.Blocked, inkColour, excelize.LineDashSolid, "square"},
	{reconcile.DataLoss, alarmColour, excelize.LineDashDash, "triangle"},
	{reconcile.Decide, decideColour, excelize.LineDashSysDot, "diamond"},
	{reconcile.Ready, readyColour, excelize.LineDashLgDash, "circle"},
	{reconcile.Done, faintColour, excelize.LineDashLgDashDot, "x"},
}

// startTrend writes how many subscriptions had each status at the last runs,
// newest first, with a line chart beside the figures, from a row on. It returns
// the last row.
func (b *book) startTrend(s *sheetCells, row int) int {
	if len(b.r.Trend) == 0 {
		return row
	}
	text := b.r.Text
	s.put(1, row, text.Label("trend.title"), shape{place: placeSection})
	s.height(row, row, 22)
	s.put(1, row+1, b.r.TrendNote(), shape{place: placeNote})
	s.height(row+1, row+1, rowHeight)
	if len(b.r.Trend) < 2 {
		return row + 1
	}
	head := row + 2
	b.trendHead(s, head)
	for i := range b.r.Trend {
		b.trendLine(s, head+1+i, b.r.Trend[len(b.r.Trend)-1-i])
	}
	s.do(func() error {
		if err := b.f.AddChart(b.start, cellName(startTables, head), b.trendChart()); err != nil {
			return fmt.Errorf("chart of the trend: %w", err)
		}
		return nil
	})
	return head + len(b.r.Trend)
}

// trendHead writes the headings: the words of the statuses, on several lines
// where a language needs them.
func (b *book) trendHead(s *sheetCells, row int) {
	lines := 1
	s.put(1, row, b.r.Text.Label("col.as_at"), shape{place: placeHead, right: true})
	for i, line := range trendSeries {
		word := b.r.Text.Status(line.status)
		s.put(2+i, row, word, shape{place: placeHead, right: true, wrap: true})
		lines = max(lines, headLines(word, startColumns[1+i]))
	}
	s.height(row, row, headHeight(lines))
}

// trendLine writes one date.
func (b *book) trendLine(s *sheetCells, row int, p report.TrendPoint) {
	s.put(1, row, dateCell(p.AsOf), shape{kind: report.Date})
	for i, line := range trendSeries {
		s.put(2+i, row, p.Counts[line.status], shape{kind: report.Count})
	}
	s.height(row, row, 16.5)
}

// trendData fills the chart's part of the sheet Chart data, oldest date first.
// Dates are texts there: as dates they would be spread by the calendar, and
// nights without a run would look like measured ones.
func (b *book) trendData(s *sheetCells) {
	s.set(trendColumn, 1, b.r.Text.Label("col.as_at"))
	for j, line := range trendSeries {
		s.set(trendColumn+1+j, 1, b.r.Text.Status(line.status))
		for i, p := range b.r.Trend {
			s.set(trendColumn+1+j, i+2, p.Counts[line.status])
		}
	}
	for i, p := range b.r.Trend {
		s.set(trendColumn, i+2, b.r.Text.Day(p.AsOf))
	}
}

// trendChart is the line chart of statuses over past runs.
func (b *book) trendChart() *excelize.Chart {
	zero := 0.0
	chart := &excelize.Chart{
		Type:      excelize.Line,
		Title:     chartTitle(b.r.Text.Label("trend.title")),
		Legend:    excelize.ChartLegend{Position: "bottom", Font: chartFont()},
		Dimension: excelize.ChartDimension{Width: 516, Height: 242},
		Border:    excelize.LineOptions{Type: excelize.LineNone},
		XAxis:     excelize.ChartAxis{Font: *chartFont(), TickLabelSkip: (len(b.r.Trend) + 5) / 6},
		YAxis:     excelize.ChartAxis{Font: *chartFont(), MajorGridLines: true, Minimum: &zero, NumFmt: excelize.ChartNumFmt{CustomNumFmt: "#,##0"}},
		Format:    excelize.GraphicOptions{AltText: b.r.Text.Label("trend.title") + ". " + b.r.TrendNote(), OffsetX: 4, Positioning: "oneCell"},
	}
	for i, line := range trendSeries {
		series := b.series(trendColumn, i, len(b.r.Trend), line.colour)
		series.Line = excelize.LineOptions{Type: excelize.LineSolid, Dash: line.dash, Width: 1.5}
		series.Marker = excelize.ChartMarker{Symbol: line.marker, Size: 5, Fill: series.Fill}
		chart.Series = append(chart.Series, series)
	}
	return chart
}
