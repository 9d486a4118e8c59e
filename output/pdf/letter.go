package pdf

import (
	"slices"
	"strconv"
	"strings"

	"cspplan/report"
)

// Measures of a letter in mm: where the window of an envelope shows the address.
const (
	addressTop  = 45.0 // of the paper's height down; no tight letter moves it
	addressLeft = 112.0
	askIndent   = 9.0
	letterGap   = 6.4 // above a part
)

// room is the room above a part of the letter.
func (b *letterBook) room(h float64) float64 {
	if b.known.fits[b.at] == tight {
		return 0.55 * h
	}
	return h
}

// body is the style of running text.
func (b *letterBook) body() style {
	st := letterStyle
	if b.known.fits[b.at] == tight {
		st.size = 9.3
	}
	return st
}

var (
	letterStyle   = style{10, regular, ink}
	senderStyle   = style{11.5, bold, ink}
	subjectStyle  = style{14, bold, ink}
	letterCaption = style{8.5, regular, secondary}
)

// letter draws one letter from the sender down to the signature; a list that has
// a page of its own follows.
func (b *letterBook) letter(l *report.Letter) {
	b.sender(l)
	b.addressee(l)
	b.y += b.room(10)
	b.paragraph(b.left, b.right-b.left, b.clean(l.Day), b.body())
	b.y += b.room(3.5)
	b.paragraph(b.left, b.right-b.left, b.label("letter.title"), subjectStyle)
	b.y += 1.5
	b.paragraph(b.left, b.right-b.left, b.clean(l.Intro), b.body())
	b.asks(l)
	listed := b.known.fits[b.at] != apart
	if listed {
		b.subscriptions(l)
	} else {
		b.y += b.room(letterGap)
		below := b.label("letter.subs_below", "n", b.count(len(l.Subs)), "page", b.count(2))
		b.paragraph(b.left, b.right-b.left, below, b.body())
	}
	b.steps(l)
	b.closing(l)
	if !listed {
		b.newPage()
		b.subscriptions(l)
	}
}

func (b *letterBook) sender(l *report.Letter) {
	b.paragraph(b.left, b.right-b.left, b.clean(l.Sender), senderStyle)
	b.y += 0.6
	b.paragraph(b.left, b.right-b.left, b.clean(l.Address), letterCaption)
}

// addressee is the customer: the whole name, in as many lines as it takes.
func (b *letterBook) addressee(l *report.Letter) {
	x := b.left + b.mm(addressLeft-margin)
	b.y = max(b.y+6, addressTop)
	b.paragraph(x, b.right-x, b.label("letter.to"), b.body())
	name := b.nameOf(l.Customer, l.Domain)
	b.paragraph(x, b.right-x, name, b.body().in(bold))
	if l.Domain != "" && !strings.Contains(string(name), l.Domain) {
		b.paragraph(x, b.right-x, b.clean(l.Domain), letterCaption)
	}
}

// part is the heading of a part of the letter.
func (b *letterBook) part(title printable) {
	b.y += b.room(letterGap)
	b.need(16)
	b.paragraph(b.left, b.right-b.left, title, h2Style)
	b.y += 0.8
}

// asks are the numbered requests, or the sentence that there are none.
func (b *letterBook) asks(l *report.Letter) {
	if len(l.Asks) == 0 {
		b.part(b.label("letter.ask_nothing"))
		b.paragraph(b.left, b.right-b.left, b.label("letter.nothing"), b.body())
		return
	}
	b.part(b.label("letter.ask"))
	for i, ask := range l.Asks {
		if i > 0 {
			b.y += 1.4 // no less: the numbers would touch
		}
		b.need(9)
		b.number(i + 1)
		b.paragraph(b.left+askIndent, b.right-b.left-askIndent, b.clean(ask), b.body())
	}
	if len(l.Pages) > 0 {
		b.y += 1
	}
	for _, page := range l.Pages {
		b.paragraph(b.left+askIndent, b.right-b.left-askIndent, b.clean(page), letterCaption)
	}
}

// number is the number of a request, white in a dark circle, beside the line
// that comes next.
func (b *letterBook) number(n int) {
	const radius = 2.5
	y := b.y + 2.4
	b.setFill(ink)
	b.pdf.Circle(b.left+radius, y, radius, "F")
	st := style{8.5, bold, white}
	b.textCentre(b.left+radius, y+1.05, printable(strconv.Itoa(n)), st)
}

// subscriptions is the table of what moves.
func (b *letterBook) subscriptions(l *report.Letter) {
	title := b.label("letter.subs")
	b.part(title)
	st := cellStyle
	st.size = 8.8
	widths := b.letterWidths(l, st)
	heads := []string{"col.expires", "col.current_offer", "col.csp_offer", "col.licences", "letter.active", "letter.end_by"}
	t := &table{title: title, left: b.left, lines: 6}
	for i, width := range widths {
		t.columns = append(t.columns, column{title: b.label(heads[i]), width: width, right: i >= 3})
	}
	for i := range l.Subs {
		s := &l.Subs[i]
		texts := []string{s.Ends, s.Offer, s.CSPOffer, s.Licences, s.Active, s.EndBy}
		if s.EndBy == "" {
			texts[5] = "–"
		}
		var r row
		for _, text := range texts[:len(widths)] {
			r.cells = append(r.cells, cell{text: b.clean(text), st: st})
		}
		t.rows = append(t.rows, r)
	}
	b.table(t)
	b.y += 1.2
	note := b.label("letter.others")
	if l.EndDays && slices.ContainsFunc(l.Subs, func(s report.LetterLine) bool { return s.EndBy == "" }) {
		note += " " + b.label("letter.end_none")
	}
	b.paragraph(b.left, b.right-b.left, note, letterCaption)
}

// letterWidths are the widths of the columns: the two offers share what the rest
// leaves, and the new one takes no more than it needs.
func (b *letterBook) letterWidths(l *report.Letter, st style) []float64 {
	widths := []float64{b.mm(25), 0, 0, b.mm(18), b.mm(24)}
	if l.EndDays {
		widths = append(widths, b.mm(24))
	}
	room := b.right - b.left
	for _, w := range widths {
		room -= w
	}
	most := b.width(b.label("col.csp_offer"), headStyle)
	for i := range l.Subs {
		most = max(most, b.width(b.clean(l.Subs[i].CSPOffer), st))
	}
	widths[2] = min(most+cellGap, 0.47*room)
	widths[1] = room - widths[2]
	return widths
}

// steps is the line of dates of the first subscription.
func (b *letterBook) steps(l *report.Letter) {
	if len(l.Steps) < 2 {
		return
	}
	title := "letter.dates"
	if len(l.Subs) == 1 {
		title = "letter.dates_one"
	}
	b.need(b.room(letterGap) + 24)
	b.part(b.label(title))
	width := (b.right - b.left) / float64(len(l.Steps))
	line := b.y + 6.8
	b.setLine(secondary, 0.4)
	b.pdf.Line(b.left+1.5, line, b.right-width+1.5, line)
	low := 0
	for i, s := range l.Steps {
		x := b.left + float64(i)*width
		b.setFill(green)
		switch {
		case s.Ends:
			b.setFill(fillLoss)
		case i == 0:
			b.setFill(secondary)
		}
		b.pdf.Circle(x+1.5, line, 1.5, "F")
		b.squeezed(x, line-3.4, width-cellGap, b.clean(s.Day), style{9, bold, ink})
		lines := b.wrapTo(3, b.clean(s.What), width-cellGap, letterCaption)
		low = max(low, len(lines))
		for k, text := range lines {
			b.text(x, line+5+float64(k)*3.7, text, letterCaption)
		}
	}
	b.y = line + 5 + float64(low-1)*3.7
}

// closing is whom to ask, and who signs.
func (b *letterBook) closing(l *report.Letter) {
	b.y += b.room(letterGap)
	b.need(b.room(16) + 17)
	b.paragraph(b.left, b.right-b.left, b.clean(l.Contact), b.body())
	b.y += b.room(2.5)
	b.paragraph(b.left, b.right-b.left, b.label("letter.regards"), b.body())
	b.y += max(7, b.room(11))
	if l.Owner == "" {
		b.paragraph(b.left, b.right-b.left, b.clean(l.Sender), b.body().in(bold))
		return
	}
	b.paragraph(b.left, b.right-b.left, b.clean(l.Owner), b.body().in(bold))
	b.paragraph(b.left, b.right-b.left, b.label("letter.role"), b.body().with(secondary))
}
