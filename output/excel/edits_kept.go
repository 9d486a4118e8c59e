package excel

import (
	"strings"

	xlsx "cspplan/input/sheet"
)

// keptTable is the sheet of texts that have no place any more.
const keptTable = "KeptNotes"

// A KeptText is a row of the sheet Kept notes, in the words of its workbook's
// language.
type KeptText struct {
	When, Until                   string // days, YYYY-MM-DD
	Who                           string
	Customer, Offer, Subscription string
	Field, Text, Why              string
}

// ReadKept reads the sheet Kept notes of a workbook that Write has written: what
// is left of those texts where the run's own record of them is damaged. A sheet
// that was deleted holds nothing.
func ReadKept(path, name string) ([]KeptText, error) {
	var kept []KeptText
	err := eachWritten(path, name, keptTable, func(at *placed, row xlsx.Row) {
		if k := keptText(at, row); k.Text != "" {
			kept = append(kept, k)
		}
	})
	if err != nil {
		return nil, err
	}
	return kept, nil
}

func keptText(at *placed, row xlsx.Row) KeptText {
	text := func(code string) string { return at.cell(row, code).Text }
	day := func(code string) string { d, _, _ := strings.Cut(text(code), "T"); return d }
	return KeptText{
		When: day("when"), Until: day("until"), Who: text("who"), Customer: text(codeCustomer), Offer: text(codeOffer),
		Subscription: text(codeSubscription), Field: text("field"), Text: tidyText(text("text")), Why: text("why"),
	}
}
