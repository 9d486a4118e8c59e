package pdf

import (
	"strings"

	"cspplan/reconcile"
	"cspplan/report"
)

// method is the last section: the rules, the control totals, what went in, and
// the signatures.
func (d *document) method() {
	d.begin(sectionMethod, d.label("pdf.method"))
	if d.rulesOnSummary() {
		d.y -= partGap // the list that follows brings its own
	} else {
		d.y -= 3
		d.rules()
	}
	d.checks()
	d.inputs()
	d.signOff()
}

// rulesOnSummary tells whether the rules stand on page 1. A plan of no
// subscription leaves room there, and its totals and signatures fit one page
// without them.
func (d *document) rulesOnSummary() bool { return d.r.Subscriptions == 0 }

func (d *document) rules() {
	d.heading(d.label("pdf.rules"))
	for i, sentence := range d.r.RuleTexts {
		d.numbered(i+1, 6, sentence)
	}
	d.y += 0.6
	d.paragraph(d.left, d.right-d.left, d.clean(d.r.RulesSource), noteStyle)
}

// checks are the control totals: both sides and whether they agree.
func (d *document) checks() {
	if len(d.r.Checks) == 0 {
		return
	}
	figure := d.mm(23)
	result := d.mm(20)
	t := &table{left: d.left, step: 5, columns: []column{
		{d.label("col.check"), d.right - d.left - 2*figure - result, false},
		{d.label("col.in"), figure, true},
		{d.label("col.out"), figure, true},
		{d.label("col.result"), result, true},
	}}
	for i := range d.r.Checks {
		if c := &d.r.Checks[i]; !c.Detail || !c.Agrees() {
			t.rows = append(t.rows, d.checkRow(c))
		}
	}
	d.oneSize(t.rows, t.columns[0].width-cellGap)
	d.part(d.label("sheet.control"), nil, t)
}

// oneSize sets the first cells of all rows in the size in which those that can
// stand on one line do.
func (d *document) oneSize(rows []row, w float64) {
	size := cellStyle.size
	for i := range rows {
		if fit := d.fit(rows[i].cells[0].text, w, cellStyle).size; fit >= smallest {
			size = min(size, fit)
		}
	}
	for i := range rows {
		rows[i].cells[0].st.size = size
	}
}

func (d *document) checkRow(c *report.Check) row {
	result := cell{text: d.label("agrees"), st: cellStyle.with(green), mark: d.marker(reconcile.Ready)}
	if !c.Agrees() {
		result = cell{text: d.label("differs"), st: cellStyle.in(bold).with(alarm), mark: d.marker(reconcile.DataLoss)}
	}
	return row{cells: []cell{
		{text: d.clean(c.What), st: cellStyle},
		{text: d.clean(d.r.Text.Fixed(c.In, c.Digits)), st: cellStyle},
		{text: d.clean(d.r.Text.Fixed(c.Out, c.Digits)), st: cellStyle},
		result,
	}}
}

// marker draws the mark of a status in a cell.
func (d *document) marker(s reconcile.Status) func(x, baseline float64) float64 {
	return func(x, baseline float64) float64 {
		d.mark(x, baseline, s)
		return x + markSize + 0.9
	}
}

// shortHash is how much of a SHA-256 is printed: enough to tell files apart by
// eye; run.json has all of it.
const shortHash = 12

// inputs are the files and the tables. The last two files stand on one page
// with the signatures that cover them.
func (d *document) inputs() {
	t := &table{left: d.left, noteAt: 4, step: 4.9, bare: true, columns: []column{
		{d.label("col.file"), d.right - d.left - d.mm(58), false},
		{d.label("col.rows"), d.mm(22), true},
		{"", d.mm(6), false},
		{"SHA-256", d.mm(30), false},
	}}
	for i := range d.r.Inputs {
		t.rows = append(t.rows, d.inputRow(&d.r.Inputs[i]))
	}
	var whole []string
	for _, source := range d.r.Sources {
		whole = append(whole, strings.ReplaceAll(source, " ", "\u00a0"))
	}
	sources := d.clean(strings.Join(whole, "\u00a0· "))
	w := d.right - d.left
	t.after = 1 + float64(len(d.wrap(sources, w, captionStyle)))*lead + signGap + signRoom
	if len(t.rows) > 0 {
		d.keepInputs(t)
		d.part(d.label("pdf.inputs"), nil, t)
	}
	d.y++
	d.paragraph(d.left, w, sources, captionStyle)
}

// keepInputs begins a new page where all inputs then stand with the signatures.
func (d *document) keepInputs(t *table) {
	h := partGap + 8 + d.headHeight(t.columns) + t.after
	for i := range t.rows {
		h += d.rowHeight(t, &t.rows[i])
	}
	if h < d.bottom-textTop {
		d.need(h)
	}
}

func (d *document) inputRow(in *report.InputLine) row {
	hash := in.SHA256
	if len(hash) > shortHash {
		hash = hash[:shortHash] + "…"
	}
	rows := cell{text: d.clean(d.count(in.Rows)), st: cellStyle}
	if in.Refused != "" {
		rows = cell{text: "", st: cellStyle}
	}
	return row{note: d.clean(in.Refused), cells: []cell{
		{text: d.clean(in.File), st: cellStyle},
		rows,
		{},
		{text: d.clean(hash), st: cellStyle.with(secondary)},
	}}
}
