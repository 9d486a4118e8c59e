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

// shown hands out the cells for people of one table. Only they and what tells
// the rows apart are made: on Plan they are eight columns of fifty-five.
func (b *book) shown(t *report.Table, scope string, read *cellReader, use func(scope, key, field, value string)) {
	c := shownColumns(t)
	var values []report.Value
	text := func(code string) string {
		if i, ok := c.at[code]; ok {
			return b.plain(values[i].Text)
		}
		return ""
	}
	for i := range t.Len {
		values = t.Pick(i, c.needed, values[:0])
		key := text(codeKey)
		if t.ID == unmatchedTable {
			key = choiceKey(text(codeOffer), text(codeSKU))
		}
		if key == "" {
			continue
		}
		for _, k := range c.edited {
			column, value := &t.Columns[c.needed[k]], ""
			if values[k].Kind != report.Empty {
				value = read.value(column.Edit, b.sheetCell(values[k]), text(codeCurrency)).Text
			}
			use(scope, key, column.Code, value)
		}
	}
}

// neededColumns are the columns of a table that shown looks at.
type neededColumns struct {
	needed []int          // indexes in the table
	edited []int          // places in needed of those for people
	at     map[string]int // places in needed of those that tell rows apart, and the currency, by code
}

func shownColumns(t *report.Table) neededColumns {
	c := neededColumns{at: make(map[string]int)}
	for i, column := range t.Columns {
		switch column.Code {
		case codeKey, codeCurrency, codeOffer, codeSKU:
			c.at[column.Code] = len(c.needed)
			c.needed = append(c.needed, i)
		}
		if column.Edit != report.EditNone {
			c.edited = append(c.edited, len(c.needed))
			c.needed = append(c.needed, i)
		}
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
