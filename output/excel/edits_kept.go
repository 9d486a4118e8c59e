package excel

import (
	"fmt"
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
	w, err := openWritten(path, name)
	if err != nil {
		return nil, err
	}
	defer w.book.Close()
	var kept []KeptText
	for _, t := range w.lists.tablesWith(func(t listedTable) bool { return t.table == keptTable }) {
		for _, from := range w.find(t) {
			_, err := w.walk(from, t, func(at *placed, row xlsx.Row) error {
				if k := keptText(at, row); k.Text != "" {
					kept = append(kept, k)
				}
				return nil
			})
			if err != nil {
				return nil, fmt.Errorf("reading %s!%s: %w", name, from.Name, err)
			}
		}
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
