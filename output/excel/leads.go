package excel

import (
	"fmt"
	"slices"

	"cspplan/report"
)

// leads are the further tables; they stand on the last sheet of the table.
func (l *list) leads() []report.Lead {
	if l.s.part < l.s.parts {
		return nil
	}
	return l.s.table.Lead
}

// writeLeads writes the further tables, each under its title.
func (l *list) writeLeads() error {
	for _, lead := range l.leads() {
		l.row++ // a blank row ends the table above
		if err := l.writeLine(placeSection, lead.Title); err != nil {
			return err
		}
		if err := l.writeLead(lead); err != nil {
			return fmt.Errorf("%s: %w", lead.Title, err)
		}
	}
	return nil
}

// isSentences tells a list of sentences: a single column that is headed like its
// title. They need no second heading and run on to the right.
func isSentences(lead report.Lead) bool {
	return len(lead.Columns) == 1 && lead.Columns[0].Heading == lead.Title
}

// writeLead writes headings and rows of a further table.
func (l *list) writeLead(lead report.Lead) error {
	if isSentences(lead) {
		for _, values := range lead.Rows {
			if err := l.writeLine(placeSentence, values[0].Text); err != nil {
				return err
			}
		}
		return nil
	}
	columns := slices.Clone(lead.Columns)
	if n := len(columns) - 1; n >= 0 && n < len(l.columns) {
		columns[n].Wrap = false // it runs on too
	}
	if err := l.writeHeadings(columns); err != nil {
		return err
	}
	for _, values := range lead.Rows {
		if len(values) != len(columns) {
			return fmt.Errorf("row %d has %d cells for %d columns", l.row+1, len(values), len(columns))
		}
		if err := l.writeRow(columns, values); err != nil {
			return err
		}
	}
	return nil
}
