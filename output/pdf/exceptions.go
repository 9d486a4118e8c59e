package pdf

import (
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

// partGap is the room above the heading of a list.
const partGap = 6.5

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
	d.gap(partGap)
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
		{d.label("col.customer"), d.mm(58), false},
		{d.label("col.region_customer"), d.mm(48), false},
		{d.label("col.subscriptions"), d.mm(26), true},
		{d.label("col.licences"), d.mm(18), true},
		{d.label("col.first_expiry"), d.right - d.left - d.mm(150), true},
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
	if e.MoreRegions > 0 {
		t.after = moreRoom
	}
	mark := reconcile.Blocked
	d.part(d.clean(e.RegionTitle), &mark, t, e.RegionRule, e.RegionDo)
	d.more(e.MoreRegions, "sheet.risks")
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
	if e.MoreLoss > 0 {
		t.after = moreRoom
	}
	mark := reconcile.DataLoss
	d.part(d.label("pdf.data_loss"), &mark, t, e.DataRule)
	d.more(e.MoreLoss, "sheet.risks")
}

func (d *document) dataLossRow(l *report.DataLossLine) row {
	by := cell{text: d.clean(d.r.Text.Day(l.DecideBy)), st: cellStyle}
	if l.Now {
		by = cell{text: d.label("now"), st: cellStyle.in(bold).with(alarm)}
	}
	note := l.Why
	if l.Lost != "" {
		note += " " + d.r.Text.Named(d.r.Text.Label("col.data_at_risk"), l.Lost)
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
		{d.label("col.customer"), d.mm(57), false},
		{d.label("col.current_offer"), d.mm(55), false},
		{d.label("col.what"), d.right - d.left - d.mm(112), false},
	}}
	if o.More > 0 {
		t.after = moreRoom
	}
	for _, l := range o.Lines {
		t.rows = append(t.rows, row{cells: []cell{
			{text: d.nameOf(l[0], ""), st: cellStyle.in(bold)},
			{text: d.clean(l[1]), st: cellStyle},
			{text: d.clean(l[2]), st: cellStyle},
		}})
	}
	d.part(d.clean(o.Title), nil, t)
	d.more(o.More, "sheet.plan")
}

// moreRoom is the height of the line that says how many rows are left out.
const moreRoom = 5.0

// more says how many rows a list leaves out, and where they stand.
func (d *document) more(n int, sheet string) {
	if n == 0 {
		return
	}
	d.y++
	d.paragraph(d.left, d.right-d.left, d.clean(d.r.More(n, sheet)), noteStyle)
}

// rejected lists rows that could not be used, in full: their text is the way
// to mend them.
func (d *document) rejected(e *report.Exceptions) {
	if len(e.Rejected) == 0 {
		return
	}
	d.gap(partGap)
	d.need(8 + 2*lead)
	d.heading(d.label("pdf.rejected"))
	place := d.mm(66)
	for _, l := range e.Rejected {
		where := d.wrap(d.clean(l.Place), place-cellGap, cellStyle)
		why := d.wrap(d.clean(l.Reason), d.right-d.left-place, cellStyle)
		d.need(float64(max(len(where), len(why))) * lead)
		top := d.y
		for i, line := range where {
			d.text(d.left, top+float64(i+1)*lead-1.1, line, cellStyle.with(secondary))
		}
		for i, line := range why {
			d.text(d.left+place, top+float64(i+1)*lead-1.1, line, cellStyle)
		}
		d.y = top + float64(max(len(where), len(why)))*lead
	}
	d.more(e.MoreRejects, "sheet.rejected")
}
