package input

import (
	"slices"
	"strings"

	"cspplan/input/sheet"
)

// footerRow is what stands below the data. Whether a row does shows only once all
// rows have been seen.
const footerRow = "footer"

// special tells rows that are part of the page rather than of the data. Rows
// are to be shown to it in their order: a subtotal is known by the group above.
func (t *table) special(row sheet.Row) string {
	what := ""
	switch {
	case isBlank(row):
		return "blank row"
	case t.repeated(row):
		what = "header row"
	case t.isTotal(row):
		what = "total row"
	case t.isFooter(row):
		what = footerRow
	case row.Number == t.headerRow+1 && isUnits(row):
		what = "row of units"
	default:
		t.previous, t.lent, t.seeded = row.Cells, true, true
	}
	return what
}

// keepPrevious takes a copy of the last row of data, which is only lent.
func (t *table) keepPrevious() {
	if t.lent {
		t.previous, t.lent = slices.Clone(t.previous), false
	}
}

func isBlank(row sheet.Row) bool { return cellsUpTo(row, 1) == 0 }

// repeated reports whether a row is the header of a further page.
func (t *table) repeated(row sheet.Row) bool {
	_, found := slices.BinarySearch(t.repeats, row.Number)
	return found || t.repeatsHeader(row)
}

// repeatsHeader finds the same header word by word.
func (t *table) repeatsHeader(row sheet.Row) bool {
	if len(row.Cells) < len(t.header) || !mayEqual(t.header[0].text, row.Cells[0].Text) || !strings.EqualFold(strings.Join(strings.Fields(row.Cells[0].Text), " "), t.header[0].text) {
		return false
	}
	for i, h := range t.header {
		if fold(row.Cells[i].Text) != h.folded {
			return false
		}
	}
	return true
}

// mayEqual is the quick question before two texts are compared at leisure, without
// regard to case and to how many spaces stand where one does: it says no if they
// differ before anything that is no ASCII.
func mayEqual(a, b string) bool {
	for i := range min(len(a), len(b)) {
		if !plainEdge(a[i]) || !plainEdge(b[i]) {
			return true
		}
		if a[i]|0x20 != b[i]|0x20 {
			return false
		}
	}
	return true
}

// isTotal finds total rows: a word for "total" in a row that names neither a
// subscription nor an offer nor a tenant; and subtotals, which name the group
// above them and hold nothing but figures besides. A total word inside an
// offer's name is no total.
func (t *table) isTotal(row sheet.Row) bool {
	total := false
	for _, i := range t.naming {
		text := strings.TrimSpace(cellAt(row, i).Text)
		if text != "" && !t.mayBeTotal(text) {
			return false
		}
		switch {
		case isTotalWord(text):
			total = true
		case text != "" && !t.isSubtotal(row, i):
			return false
		case text != "":
			return true
		}
	}
	for i, c := range row.Cells {
		if c.Kind == sheet.Text && (total || isTotalWord(strings.TrimSpace(c.Text)) || t.isSubtotal(row, i)) {
			return true
		}
	}
	return false
}

// mayBeTotal reports whether a text is a word for total or has one at an end. A
// GUID has none.
func (t *table) mayBeTotal(text string) bool {
	if usualForm(text) {
		return false
	}
	may, known := t.totals.get(text)
	if !known {
		group, _ := cutTotal(text)
		may = group != "" || isTotalWord(text)
		t.totals.put(text, may)
	}
	return may
}

// isTotalWord takes "Total", "Total: 35", "Total 35" and "Total licences".
func isTotalWord(text string) bool {
	label, _, _ := strings.Cut(text, ":")
	label = strings.TrimRight(label, "0123456789.,' ()[]")
	if label == "" || len(label) > 60 || strings.ContainsAny(label, "0123456789") {
		return false
	}
	if _, ok := lookUp(totalWords, label); ok {
		return true
	}
	if label == "Σ" || label == "∑" {
		return true
	}
	rest, _ := cutTotal(label)
	f := headingFields()[fold(rest)].field
	return rest != "" && (f == fLicences || f.kind() == moneyValue)
}

// cutTotal takes a word for "total" off the end or the front of a label: "Contoso Total", "Totale Contoso".
func cutTotal(label string) (rest string, behind bool) {
	words := strings.Fields(label)
	for n := min(2, len(words)-1); n > 0; n-- {
		if _, ok := lookUp(totalWords, strings.Join(words[len(words)-n:], " ")); ok {
			return strings.Join(words[:len(words)-n], " "), true
		}
		if _, ok := lookUp(totalWords, strings.Join(words[:n], " ")); ok {
			return strings.Join(words[n:], " "), false
		}
	}
	return "", false
}

// isSubtotal reports whether a cell names the group of the row above with a
// word for total, or any group if the word stands behind it as spreadsheets
// write it, and the row holds figures besides and nothing else.
func (t *table) isSubtotal(row sheet.Row, at int) bool {
	text := strings.TrimSpace(cellAt(row, at).Text)
	if text == "" || len(text) > 120 {
		return false
	}
	group, behind := cutTotal(text)
	if group == "" {
		return false
	}
	t.asked = t.asked || !t.seeded
	same := at < len(t.previous) && strings.EqualFold(strings.TrimSpace(t.previous[at].Text), group)
	if !same && (!behind || slices.Contains(t.naming, at)) {
		return false
	}
	for i := range row.Cells {
		if cell := cellAt(row, i); i != at && cell.Text != "" && scanNumber(cell).form == notNumber {
			return false
		}
	}
	return true
}

// isFooter finds what stands below the data, or over the next table: one cell
// and no more, or a line that begins as footers do. The last line of a text file
// may have lost its cells on the way; it is a footer only if its words say so.
func (t *table) isFooter(row sheet.Row) bool {
	if row.Fault != "" || row.Number <= t.last {
		return false
	}
	cells := cellsUpTo(row, 3)
	if cells > 2 || t.at.count() < 3 {
		return false
	}
	text := ""
	for _, c := range row.Cells {
		if text == "" {
			text = strings.TrimSpace(c.Text)
		}
	}
	switch {
	case cells == 1 && (t.ragged || t.followed || len(row.Cells) > 1 && len(row.Cells) >= len(t.header)):
		return t.cell(row, fOffer).Text == ""
	}
	return beginsAsFooter(text)
}

// beginsAsFooter reports whether a line begins with words of footers.
func beginsAsFooter(text string) bool {
	if strings.ContainsAny(text[:1], "-*=") || strings.HasPrefix(text, "©") {
		return true
	}
	words := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" \t:,.;/\u00a0", r) || r >= '0' && r <= '9' })
	for n := min(3, len(words)); n > 0; n-- {
		if _, ok := lookUp(footerWords, strings.Join(words[:n], " ")); ok {
			return true
		}
	}
	return false
}

// isUnits finds the row below some headers that says in what each column is
// counted: (EUR), [dd/mm/yyyy].
func isUnits(row sheet.Row) bool {
	for _, c := range row.Cells {
		text := strings.TrimSpace(c.Text)
		if text != "" && !(strings.HasPrefix(text, "(") && strings.HasSuffix(text, ")") || strings.HasPrefix(text, "[") && strings.HasSuffix(text, "]")) {
			return false
		}
	}
	return true
}
