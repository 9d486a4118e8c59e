package pdf

import (
	"strconv"
	"strings"

	"cspplan/report"
)

// Measures of a letter in mm: where the window of an envelope shows the address,
// and the room above its parts.
const (
	addressTop  = 46.0
	addressLeft = 112.0
	dateTop     = 70.0
	letterGap   = 6.2
	askIndent   = 9.0
)

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
	b.y = max(b.y+6, dateTop)
	b.paragraph(b.left, b.right-b.left, b.clean(l.Day), letterStyle)
	b.y += 3.5
	b.paragraph(b.left, b.right-b.left, b.label("letter.title"), subjectStyle)
	b.y += 1.5
	b.paragraph(b.left, b.right-b.left, b.clean(l.Intro), letterStyle)
	b.asks(l)
	apart := b.known.apart[b.at]
	if apart {
		b.y += letterGap - 2
		below := b.label("letter.subs_below", "n", b.count(len(l.Subs)), "page", b.count(2))
		b.paragraph(b.left, b.right-b.left, below, letterStyle)
	} else {
		b.subscriptions(l)
	}
	b.steps(l)
	b.closing(l)
	if apart {
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
	b.paragraph(x, b.right-x, b.label("letter.to"), letterStyle)
	name := b.nameOf(l.Customer, l.Domain)
	b.paragraph(x, b.right-x, name, letterStyle.in(bold))
	if l.Domain != "" && !strings.Contains(string(name), l.Domain) {
		b.paragraph(x, b.right-x, b.clean(l.Domain), letterCaption)
	}
}

// part is the heading of a part of the letter.
func (b *letterBook) part(title printable) {
	b.y += letterGap
	b.need(16)
	b.paragraph(b.left, b.right-b.left, title, h2Style)
	b.y += 0.8
}

// asks are the numbered requests, or the sentence that there are none.
func (b *letterBook) asks(l *report.Letter) {
	if len(l.Asks) == 0 {
		b.part(b.label("letter.ask_nothing"))
		b.paragraph(b.left, b.right-b.left, b.label("letter.nothing"), letterStyle)
		return
	}
	b.part(b.label("letter.ask"))
	for i, ask := range l.Asks {
		if i > 0 {
			b.y += 1.4
		}
		b.need(9)
		b.number(i + 1)
		b.paragraph(b.left+askIndent, b.right-b.left-askIndent, b.clean(ask), letterStyle)
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
	widths := []float64{25, 54, 46, 19, 30}
	if l.EndDays {
		widths = []float64{23, 47, 40, 17, 22, 25}
	}
	heads := []string{"col.expires", "col.current_offer", "col.csp_offer", "col.licences", "letter.active", "letter.end_by"}
	t := &table{title: title, left: b.left, lines: 6}
	for i, width := range widths {
		t.columns = append(t.columns, column{title: b.label(heads[i]), width: b.mm(width), right: i >= 3})
	}
	for i := range l.Subs {
		s := &l.Subs[i]
		texts := []string{s.Ends, s.Offer, s.CSPOffer, s.Licences, s.Active, s.EndBy}
		if s.EndBy == "" {
			texts[5] = "–"
		}
		var r row
		for _, text := range texts[:len(widths)] {
			r.cells = append(r.cells, cell{text: b.clean(text), st: cellStyle})
		}
		t.rows = append(t.rows, r)
	}
	b.table(t)
	b.y += 1.2
	b.paragraph(b.left, b.right-b.left, b.label("letter.others"), letterCaption)
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
	b.need(letterGap + 26)
	b.part(b.label(title))
	width := (b.right - b.left) / float64(len(l.Steps))
	line := b.y + 8
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
	const room = 38
	b.y += letterGap
	b.need(room)
	b.paragraph(b.left, b.right-b.left, b.clean(l.Contact), letterStyle)
	b.y += 2.5
	b.paragraph(b.left, b.right-b.left, b.label("letter.regards"), letterStyle)
	b.y += 11
	if l.Owner == "" {
		b.paragraph(b.left, b.right-b.left, b.clean(l.Sender), letterStyle.in(bold))
		return
	}
	b.paragraph(b.left, b.right-b.left, b.clean(l.Owner), letterStyle.in(bold))
	b.paragraph(b.left, b.right-b.left, b.label("letter.role"), letterStyle.with(secondary))
}
