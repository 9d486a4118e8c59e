package excel

import (
	"slices"
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
	for _, t := range r.NoteTables() {
		if scope := scopes[t.ID]; scope != "" {
			b.shown(t, scope, read, use)
		}
	}
	return nil
}

// shown hands out the cells for people of one table. Only they and what tells
// the rows apart are made: on Plan they are eight columns of fifty-five.
func (b *book) shown(t *report.Table, scope string, read *cellReader, use func(scope, key, field, value string)) {
	c := shownColumns(t)
	var values []report.Value
	text := func(place int) string {
		if place < 0 {
			return ""
		}
		return b.plain(values[place].Text)
	}
	for i := range t.Len {
		values = t.Pick(i, c.needed, values[:0])
		key := text(c.key)
		if t.ID == unmatchedTable {
			key = choiceKey(text(c.offer), text(c.sku))
		}
		if key == "" {
			continue
		}
		for _, k := range c.edited {
			column, value := &t.Columns[c.needed[k]], ""
			if values[k].Kind != report.Empty {
				value = read.value(column.Edit, b.sheetCell(values[k]), text(c.currency)).Text
			}
			use(scope, key, column.Code, value)
		}
	}
}

// neededColumns are the columns of a table that shown looks at.
type neededColumns struct {
	needed                    []int // indexes in the table, ascending
	edited                    []int // places in needed of those for people
	key, offer, sku, currency int   // places in needed; -1 if nobody needs them
}

func shownColumns(t *report.Table) neededColumns {
	c := neededColumns{key: -1, offer: -1, sku: -1, currency: -1}
	amounts := slices.ContainsFunc(t.Columns, func(column report.Column) bool { return column.Edit == report.EditAmount })
	byCode := map[string]*int{codeKey: &c.key}
	if t.ID == unmatchedTable {
		byCode = map[string]*int{codeOffer: &c.offer, codeSKU: &c.sku}
	}
	if amounts {
		byCode[codeCurrency] = &c.currency
	}
	for i, column := range t.Columns {
		place, found := byCode[column.Code]
		switch {
		case found:
			*place = len(c.needed)
		case column.Edit != report.EditNone:
			c.edited = append(c.edited, len(c.needed))
		default:
			continue
		}
		c.needed = append(c.needed, i)
	}
	return c
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
