package pdf

import (
	"strconv"
	"strings"

	"cspplan/reconcile"
	"cspplan/report"
)

// nothingIn tells whether there is no exception at all; then there is no such
// section.
func nothingIn(e *report.Exceptions) bool {
	return len(e.Regions)+len(e.DataLoss)+len(e.Others)+len(e.Rejected) == 0
}

// exceptions is the section of what finance should know beyond the plan.
func (d *document) exceptions() {
	e := &d.r.Exceptions
	if nothingIn(e) {
		return
	}
	d.begin(sectionExceptions, d.label("pdf.exceptions"))
	d.y -= 6
	d.regions(e)
	d.dataLoss(e)
	for i := range e.Others {
		d.others(&e.Others[i])
	}
	d.rejected(e)
}

// part draws the heading of a list, its explanation and the list, the heading
// never without two rows.
func (d *document) part(title printable, mark *reconcile.Status, t *table, about ...string) {
	t.title = title
	text := d.clean(strings.Join(about, " "))
	w := d.right - d.left
	st := captionStyle
	st.size = 9
	intro := 8.0
	if text != "" {
		intro += float64(len(d.wrap(text, w, st))) * 4.4
	}
	d.gap(8)
	d.need(intro + d.tableStart(t))
	x := d.left
	if mark != nil {
		d.mark(x, d.y+4.3, *mark)
		x += markSize + 2
	}
	d.text(x, d.y+4.4, d.clip(title, d.right-x, h2Style), h2Style)
	d.y += 6.2
	d.paragraph(d.left, w, text, st)
	d.y += 0.6
	d.table(t)
}

func (d *document) regions(e *report.Exceptions) {
	if len(e.Regions) == 0 {
		return
	}
	t := &table{left: d.left, columns: []column{
		{d.label("col.customer"), d.mm(66), false},
		{d.label("col.region_customer"), d.mm(36), false},
		{d.label("col.subscriptions"), d.mm(28), true},
		{d.label("col.licences"), d.mm(18), true},
		{d.label("col.first_expiry"), d.right - d.left - d.mm(148), true},
	}}
	for i := range e.Regions {
		l := &e.Regions[i]
		t.rows = append(t.rows, row{cells: []cell{
			{text: d.nameOf(l.Customer, ""), st: cellStyle.in(bold)},
			{text: d.clean(l.Region), st: cellStyle},
			{text: d.clean(d.count(l.Subscriptions)), st: cellStyle},
			{text: d.clean(d.r.Text.Count(l.Licences)), st: cellStyle},
			{text: d.clean(d.r.Text.Day(l.FirstExpiry)), st: cellStyle},
		}})
	}
	mark := reconcile.Blocked
	d.part(d.clean(e.RegionTitle), &mark, t, e.RegionRule, e.RegionDo)
}

func (d *document) dataLoss(e *report.Exceptions) {
	if len(e.DataLoss) == 0 {
		return
	}
	t := &table{left: d.left, noteAt: d.mm(24), columns: []column{
		{d.label("col.decide_by"), d.mm(24), false},
		{d.label("col.customer"), d.mm(48), false},
		{d.label("col.current_offer"), d.mm(44), false},
		{d.label("col.licences_short"), d.mm(14), true},
		{"", d.mm(4), false},
		{d.label("col.best_candidate"), d.right - d.left - d.mm(134), false},
	}}
	for i := range e.DataLoss {
		t.rows = append(t.rows, d.dataLossRow(&e.DataLoss[i]))
	}
	mark := reconcile.DataLoss
	d.part(d.label("pdf.data_loss"), &mark, t, e.DataRule)
}

func (d *document) dataLossRow(l *report.DataLossLine) row {
	by := cell{text: d.clean(d.r.Text.Day(l.DecideBy)), st: cellStyle}
	if l.Now {
		by = cell{text: d.label("now"), st: cellStyle.in(bold).with(alarm)}
	}
	note := l.Why
	if l.Lost != "" {
		note += " " + d.r.Text.Label("col.data_at_risk") + ": " + l.Lost
	}
	return row{note: d.clean(note), cells: []cell{
		by,
		{text: d.nameOf(l.Customer, ""), st: cellStyle.in(bold)},
		{text: d.clean(l.Offer), st: cellStyle},
		{text: d.clean(d.r.Text.Count(l.Licences)), st: cellStyle},
		{},
		{text: d.clean(l.Candidate), st: cellStyle},
	}}
}

func (d *document) others(o *report.OtherExceptions) {
	if len(o.Lines) == 0 {
		return
	}
	t := &table{left: d.left, columns: []column{
		{d.label("col.customer"), d.mm(58), false},
		{d.label("col.current_offer"), d.mm(56), false},
		{d.label("col.what"), d.right - d.left - d.mm(114), false},
	}}
	for _, l := range o.Lines {
		t.rows = append(t.rows, row{cells: []cell{
			{text: d.nameOf(l[0], ""), st: cellStyle.in(bold)},
			{text: d.clean(l[1]), st: cellStyle},
			{text: d.clean(l[2]), st: cellStyle},
		}})
	}
	d.part(d.clean(o.Title), nil, t)
}

// rejected lists rows that could not be used, in full: their text is the way
// to mend them.
func (d *document) rejected(e *report.Exceptions) {
	if len(e.Rejected) == 0 {
		return
	}
	d.gap(8)
	d.need(8 + 2*lead)
	d.heading(d.label("pdf.rejected"))
	for _, line := range e.Rejected {
		d.paragraph(d.left, d.right-d.left, d.clean(line), cellStyle)
	}
	if e.MoreRejects > 0 {
		more := d.label("pdf.more", "n", strconv.Itoa(e.MoreRejects), "sheet", d.r.Text.Label("sheet.rejected"))
		d.paragraph(d.left, d.right-d.left, more, noteStyle)
	}
}
