package excel

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"cspplan/report"
)

// maxNote is the longest note, in characters.
const maxNote = 2000

// addEdits gives the columns that people fill in their drop-downs and checks.
// Each covers its column as one range.
func (l *list) addEdits() error {
	if l.s.rows == 0 {
		return nil
	}
	for i, c := range l.columns {
		dv, err := l.validation(i, c)
		if err != nil {
			return fmt.Errorf("checks of column %s: %w", columnName(i+1), err)
		}
		if dv == nil {
			continue
		}
		dv.SetSqref(l.span(i+1, i+1))
		if err := l.b.f.AddDataValidation(l.s.name, dv); err != nil {
			return fmt.Errorf("checks of column %s: %w", columnName(i+1), err)
		}
	}
	return l.markLatePlans()
}

// validation is the check of one column; nil if anything may be typed.
func (l *list) validation(i int, c report.Column) (*excelize.DataValidation, error) {
	dv := excelize.NewDataValidation(true)
	switch c.Edit {
	case report.EditDecision, report.EditChoice:
		source, ok := l.b.dropDown(c.Edit)
		if !ok {
			return nil, nil
		}
		dv.SetSqrefDropList(source)
		prompt := l.b.r.Text.Label("prompt.decision")
		dv.SetInput(heading(c), prompt)
		dv.SetError(excelize.DataValidationErrorStyleStop, heading(c), prompt)
	case report.EditOwner:
		source, ok := l.b.dropDown(c.Edit)
		if !ok {
			return nil, nil
		}
		dv.SetSqrefDropList(source) // a help only: new names may be typed
	case report.EditDate:
		return l.dateCheck(c)
	case report.EditCount:
		dv.SetError(excelize.DataValidationErrorStyleStop, heading(c), heading(c)+": 1, 2, 3 …")
		return dv, dv.SetRange(1, maxCount, excelize.DataValidationTypeWhole, excelize.DataValidationOperatorBetween)
	case report.EditAmount:
		dv.SetError(excelize.DataValidationErrorStyleWarning, heading(c), heading(c)+" ≥ 0")
		return dv, dv.SetRange(0, maxExact, excelize.DataValidationTypeDecimal, excelize.DataValidationOperatorBetween)
	case report.EditText:
		dv.SetError(excelize.DataValidationErrorStyleStop, heading(c), heading(c)+" ≤ "+strconv.Itoa(maxNote))
		return dv, dv.SetRange(0, maxNote, excelize.DataValidationTypeTextLength, excelize.DataValidationOperatorBetween)
	default:
		return nil, nil
	}
	return dv, nil
}

// heading is the title of a message; Excel takes 32 characters.
func heading(c report.Column) string { return cutUnits(c.Heading, 32) }

// dateCheck warns, and only warns, of a planned date after the expiry, and of
// anything that is no date.
func (l *list) dateCheck(c report.Column) (*excelize.DataValidation, error) {
	dv := excelize.NewDataValidation(true)
	expires := l.columnOf(codeExpires)
	if c.Code != codePlanned || expires < 0 {
		dv.SetError(excelize.DataValidationErrorStyleWarning, heading(c), l.b.r.Text.Named(heading(c), l.b.r.Text.Day(l.b.r.AsOf)))
		return dv, dv.SetRange(oldestDate, lastDate, excelize.DataValidationTypeDate, excelize.DataValidationOperatorBetween)
	}
	prompt := l.b.r.Text.Label("prompt.planned")
	dv.SetInput(heading(c), prompt)
	dv.SetError(excelize.DataValidationErrorStyleWarning, heading(c), prompt)
	// Relative to the first row of the range; without an expiry any date will do.
	cell := fmt.Sprintf("$%s%d", columnName(expires+1), firstDataRow)
	until := fmt.Sprintf(`IF(%s="",%d,%s)`, cell, lastDate, cell)
	return dv, dv.SetRange(oldestDate, until, excelize.DataValidationTypeDate, excelize.DataValidationOperatorBetween)
}

// The days between which a typed date is believed: 2000-01-01 and 9999-12-31,
// the last that Excel knows.
const (
	oldestDate = 36526
	lastDate   = 2958465
)

// markLatePlans lets a planned date burn that has passed while the decision is
// not Moved. It is a conditional format because people change both cells; the
// as-of date in it is a value, so that screen and paper agree tomorrow.
func (l *list) markLatePlans() error {
	planned, decision := l.columnOf(codePlanned), l.columnOf(codeDecision)
	if planned < 0 || decision < 0 {
		return nil
	}
	style, err := l.b.f.NewConditionalStyle(&excelize.Style{Font: &excelize.Font{Color: alarmColour, Bold: true}})
	if err != nil {
		return err
	}
	moved := strings.ReplaceAll(l.b.r.Text.Label("decision.done"), `"`, `""`)
	late := fmt.Sprintf(`AND(ISNUMBER($%[1]s%[2]d),$%[1]s%[2]d<%[3]d,$%[4]s%[2]d<>"%[5]s")`,
		columnName(planned+1), firstDataRow, serial(l.b.r.AsOf), columnName(decision+1), moved)
	err = l.b.f.SetConditionalFormat(l.s.name, l.span(planned+1, planned+1), []excelize.ConditionalFormatOptions{{
		Type: "formula", Criteria: late, Format: &style,
	}})
	if err != nil {
		return fmt.Errorf("marking late plans: %w", err)
	}
	return nil
}

// columnOf finds a column by its code; -1 if there is none.
func (l *list) columnOf(code string) int {
	return slices.IndexFunc(l.columns, func(c report.Column) bool { return c.Code == code })
}
