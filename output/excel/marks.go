package excel

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"cspplan/report"
)

// markRepeats greys the first columns where they repeat the row above, as long
// as the first of them does. It is a conditional format, so that it still holds
// after sorting and filtering.
func (l *list) markRepeats() error {
	n := min(l.s.table.GreyRepeats, len(l.columns))
	if n == 0 || l.s.rows < 2 {
		return nil
	}
	style, err := l.b.f.NewConditionalStyle(&excelize.Style{Font: &excelize.Font{Color: faintColour}})
	if err != nil {
		return err
	}
	area := cellName(1, firstDataRow+1) + ":" + cellName(n, l.lastRow())
	return l.b.f.SetConditionalFormat(l.s.name, area, []excelize.ConditionalFormatOptions{{
		Type: "formula", Criteria: fmt.Sprintf("AND($A%[1]d=$A%[2]d,A%[1]d=A%[2]d)", firstDataRow+1, firstDataRow), Format: &style,
	}})
}

// addBars draws data bars: from 0 to the largest value, and for scores from 0
// to 100 without the figure, which has its own column. They have a gradient
// because excelize loses solid bars on streamed sheets.
func (l *list) addBars() error {
	for i, c := range l.columns {
		if !c.Bar || l.s.rows == 0 {
			continue
		}
		bar := excelize.ConditionalFormatOptions{
			Type: "data_bar", Criteria: "=", MinType: "num", MinValue: "0", MaxType: "max", BarColor: "#CFE3F2",
		}
		if barOnly(c) {
			bar.MaxType, bar.MaxValue, bar.BarColor, bar.BarOnly = "num", "100", "#8CC4E8", true
		}
		if err := l.b.f.SetConditionalFormat(l.s.name, l.span(i+1, i+1), []excelize.ConditionalFormatOptions{bar}); err != nil {
			return fmt.Errorf("data bars of column %s: %w", columnName(i+1), err)
		}
	}
	return nil
}

// barOnly columns show a bar without its figure.
func barOnly(c report.Column) bool { return c.Bar && c.Kind == report.Score }

// silence keeps Excel from marking ids that look like numbers.
func (l *list) silence() error {
	return l.b.f.AddIgnoredErrors(l.s.name, "A1:"+l.lastCell(), excelize.IgnoredErrorsNumberStoredAsText)
}
