package input

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"cspplan/input/sheet"
)

// The refusals of this package: one sentence what, where it matters one line
// of what was found, and the way out.

func refusalOf(name string, err error) *sheet.Refusal {
	var refusal *sheet.Refusal
	if errors.As(err, &refusal) {
		return refusal
	}
	return unreadable(name, err)
}

func unreadable(name string, err error) *sheet.Refusal {
	var pathError *fs.PathError // its path is the machine's business, not the reader's
	if errors.As(err, &pathError) {
		err = pathError.Err
	}
	return &sheet.Refusal{Code: "unreadable", Message: fmt.Sprintf(
		"cannot read %s: %v\n  Check that the file is there and may be read.", name, err)}
}

func duplicateFile(name, earlier string) *sheet.Refusal {
	return &sheet.Refusal{Code: "duplicate-file", Message: fmt.Sprintf(
		"%s holds the same bytes as %s, and only that one is used\n  Remove one of them.", name, earlier)}
}

func ownWorkbook(name string) *sheet.Refusal {
	return &sheet.Refusal{Code: "own-workbook", Message: fmt.Sprintf(
		"%s is a plan that cspplan wrote: its rows come from exports and would count twice\n  Remove it from the inputs; what people write into the current plan is read without it.", name)}
}

func stillBeingWritten(name string) *sheet.Refusal {
	return &sheet.Refusal{Code: "still-being-written", Message: fmt.Sprintf(
		"cannot read %s: it changed while it was read\n  It is read by the next run once whoever writes it has finished.", name)}
}

func unknownLayout(name, layout string) *sheet.Refusal {
	return &sheet.Refusal{Code: "no-header", Message: fmt.Sprintf(
		"cannot read %s: the settings name the layout %q, which is unknown\n  Known are %s.", name, layout, strings.Join(Layouts(), ", "))}
}

// missingColumn names the field by its settings word, with headings that would
// do, and the columns that may be it but whose cells do not tell.
func missingColumn(name string, t *table, missing []field) *sheet.Refusal {
	var names []string
	for _, f := range missing {
		names = append(names, fmt.Sprintf("%q", f.String()))
	}
	column := "column " + names[0]
	if len(names) > 1 {
		column = "columns " + strings.Join(names, ", ")
	}
	f, way := missing[0], fmt.Sprintf("Give the column a heading that is known, for example %s, or name it in the settings: inputs: [{match: %q, columns: {%s: …}}].",
		examples(missing[0]), name, missing[0])
	if asked, set := t.rule.Columns[f.String()]; set {
		way = fmt.Sprintf("The settings say columns: {%s: %q}, and no heading reads so: correct it there.", f, asked)
	} else if t.rule.Layout != "" {
		way = fmt.Sprintf("The settings say layout: %s, which has these columns: correct it there, or leave it out and the header decides.", t.rule.Layout)
	} else if open := t.openFor(f); open != "" {
		way = fmt.Sprintf("Column %q may be it, but its cells do not tell. If it is, say so in the settings: inputs: [{match: %q, columns: {%s: %q}}].", open, name, f, open)
	}
	return &sheet.Refusal{Code: "missing-column", Message: fmt.Sprintf("cannot read %s: %s not found%s\n  header found in row %d: %s\n  %s",
		name, column, inSheet(t.sheet.Name), t.headerRow, listHeadings(t.header), way)}
}

// openFor is the heading of a column of open meaning that may be the field, or
// may stand in for it.
func (t *table) openFor(f field) string {
	for _, i := range t.open {
		for _, wanted := range append([]field{f}, fallbacks[f]...) {
			if t.columns[i].might(wanted) {
				return t.columns[i].text
			}
		}
	}
	return ""
}

// doubtfulColumns refuses a table of which two columns may be meant: one
// heading twice, or two headings of one meaning, with different values.
func doubtfulColumns(name string, t *table, w *twin) *sheet.Refusal {
	a, b := t.columns[w.first], t.columns[w.second]
	if a.folded == b.folded {
		return &sheet.Refusal{Code: "duplicate-heading", Message: fmt.Sprintf(
			"cannot read %s: the heading %q stands twice%s in row %d, and the two columns differ, first in row %d: nobody can tell which is meant\n  Rename or remove one of the two columns.",
			name, b.text, inSheet(t.sheet.Name), t.headerRow, w.example)}
	}
	return &sheet.Refusal{Code: "ambiguous-column", Message: fmt.Sprintf(
		"cannot read %s: the columns %q and %q%s both mean %s and differ, first in row %d\n  Say which is meant in the settings: inputs: [{match: %q, columns: {%s: %q}}].",
		name, a.text, b.text, inSheet(t.sheet.Name), b.field, w.example, name, b.field, a.text)}
}

// noHeader lists what stands in the first rows, and the hidden sheets, which
// are not read.
func noHeader(name string, rule Rule, found, hidden []string) *sheet.Refusal {
	if rule.HeaderRow > 0 {
		return &sheet.Refusal{Code: "no-header", Found: "first rows: " + strings.Join(found, "; "), Message: fmt.Sprintf(
			"cannot read %s: the settings say header_row: %d, and no known heading stands there\n  Correct the row, leave it out, or name the columns beside it: inputs: [{match: %q, header_row: %d, columns: {…}}].",
			name, rule.HeaderRow, name, rule.HeaderRow)}
	}
	what := strings.Join(found, "; ")
	if what == "" {
		what = "nothing"
	}
	unread := ""
	if len(hidden) > 0 {
		unread = fmt.Sprintf("\n  not read, because hidden: sheet %s; unhide it, or name it in the settings: inputs: [{match: %q, sheet: …}]", quoted(hidden), name)
	}
	return &sheet.Refusal{Code: "no-header", Found: "found: " + what, Message: fmt.Sprintf(
		"cannot read %s: no row with known headings%s\n  Give the columns headings such as Customer, Offer, Licences, Expires, or name them in the settings: inputs: [{match: %q, header_row: …, columns: {…}}].",
		name, unread, name)}
}

func missingSheet(name, wanted string, have []string) *sheet.Refusal {
	return &sheet.Refusal{Code: "missing-sheet", Message: fmt.Sprintf(
		"cannot read %s: the settings name the sheet %q, which the file lacks\n  found: %s\n  Name one of these under inputs: sheet.", name, wanted, quoted(have))}
}

func quoted(names []string) string {
	var texts []string
	for _, n := range names {
		texts = append(texts, fmt.Sprintf("%q", n))
	}
	return strings.Join(texts, ", ")
}

func ambiguousDates(name, column, value string) *sheet.Refusal {
	return &sheet.Refusal{Code: "ambiguous-dates", Found: fmt.Sprintf("for example %q", value), Message: fmt.Sprintf(
		"cannot read %s: every date of column %q could be read in another order too\n  Say which comes first in the settings: inputs: [{match: %q, date_order: day-first}], or month-first, or year-first.",
		name, column, name)}
}

func inSheet(name string) string {
	if name == "" {
		return ""
	}
	return fmt.Sprintf(" in sheet %q", name)
}

// listHeadings prints the headings of a header row, at most twenty.
func listHeadings(header []heading) string {
	var texts []string
	for _, h := range header {
		if h.text != "" {
			texts = append(texts, shorten(h.text, 40))
		}
	}
	if len(texts) > 20 {
		texts = append(texts[:20], fmt.Sprintf("… and %d more", len(texts)-20))
	}
	return strings.Join(texts, ", ")
}

// examples names an English heading and one of another language.
func examples(f field) string {
	first, other := example(f, "en"), example(f, "it")
	if other == "" || other == first {
		return fmt.Sprintf("%q", first)
	}
	return fmt.Sprintf("%q or %q", other, first)
}

// example is a heading of a language that means the field: the one that our
// own workbook uses, else the first of the table.
func example(f field, language string) string {
	best := ""
	for _, r := range mustRows("headers.csv", headersCSV) {
		if r[0] != f.String() || r[1] != language {
			continue
		}
		if r[3] == "cspplan label" {
			return r[2]
		}
		best = firstOf(best, r[2])
	}
	return best
}

// shorten cuts a text for a message.
func shorten(text string, most int) string {
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return string(runes[:most-1]) + "…"
}
