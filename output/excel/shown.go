package excel

import (
	"strconv"

	xlsx "cspplan/input/sheet"
	"cspplan/reconcile"
	"cspplan/report"
)

// Shown hands out every cell for people as Write puts it into the workbook, in
// the form in which ReadEdits reads it: the base from which edits are told.
func Shown(r *report.Report, use func(scope, key, field, value string)) error {
	read, err := newCellReader(r.Text.Lang)
	if err != nil {
		return err
	}
	b := &book{r: r, notice: r.Text.Label("doc.cut")}
	for _, t := range r.Tables {
		if scope := scopes[t.ID]; scope != "" {
			b.shown(t, scope, read, use)
		}
	}
	return nil
}

func (b *book) shown(t *report.Table, scope string, read *cellReader, use func(scope, key, field, value string)) {
	at := make(map[string]int, len(t.Columns))
	for i, c := range t.Columns {
		at[c.Code] = i
	}
	var values []report.Value
	text := func(code string) string {
		if i, ok := at[code]; ok {
			return b.plain(values[i].Text)
		}
		return ""
	}
	for i := range t.Len {
		values = t.Row(i, values[:0])
		key := text(codeKey)
		if t.ID == unmatchedTable {
			key = choiceKey(text(codeOffer), text(codeSKU))
		}
		if key == "" {
			continue
		}
		for k, c := range t.Columns {
			if c.Edit != report.EditNone {
				use(scope, key, c.Code, read.value(c.Edit, b.sheetCell(values[k]), text(codeCurrency)).Text)
			}
		}
	}
}

// sheetCell is a value as it is read back.
func (b *book) sheetCell(v report.Value) xlsx.Cell {
	switch v.Kind {
	case report.Text:
		return xlsx.Cell{Kind: xlsx.Text, Text: b.plain(v.Text)}
	case report.Date:
		return xlsx.Cell{Kind: xlsx.Date, Text: reconcile.Date(v.N).String()}
	case report.Count:
		return xlsx.Cell{Kind: xlsx.Number, Text: strconv.FormatInt(v.N, 10)}
	case report.Amount, report.Difference:
		return xlsx.Cell{Kind: xlsx.Number, Text: exactText(v.N, v.Digits)}
	}
	return xlsx.Cell{}
}
