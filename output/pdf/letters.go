package pdf

import (
	"errors"
	"fmt"
	"io"
	"slices"

	"cspplan/report"
)

// letterRows is how many subscriptions stand on the first page of a letter:
// more are listed on the next.
const letterRows = 9

// A letterBook is one pass over letters to customers: each begins on a page of
// its own and numbers its pages for itself.
type letterBook struct {
	*document
	letters []report.Letter
	known   letterLayout
	seen    letterLayout
	at      int // letter being drawn
	page    int // of it
}

// A letterLayout is what one pass finds out for the next, by letter.
type letterLayout struct {
	pages []int
	fits  []letterFit
}

// A letterFit is what it takes to bring a letter onto one page.
type letterFit uint8

const (
	airy  letterFit = iota
	tight           // less room between the parts
	apart           // no way: the list of subscriptions has a page of its own
)

// WriteLetters draws letters to w, each on one page unless its subscriptions need
// a second, with a bookmark for each. Errors are those of Write.
func WriteLetters(w io.Writer, r *report.Report, letters []report.Letter, opt Options) (drawn Drawn, err error) {
	defer func() {
		if p := recover(); p != nil {
			drawn, err = Drawn{}, broken("drawing the letters", p)
		}
	}()
	if len(letters) == 0 {
		return Drawn{}, errors.New("drawing the letters: there are none")
	}
	size, err := paperOf(opt.Paper)
	if err != nil {
		return Drawn{}, err
	}
	faces, err := newTypefaces(opt)
	if err != nil {
		return Drawn{}, err
	}
	known := letterLayout{pages: make([]int, len(letters)), fits: make([]letterFit, len(letters))}
	for i := range letters {
		if len(letters[i].Subs) > letterRows {
			known.fits[i] = apart
		}
	}
	// A pass for each way to fit a letter, one for the numbers of pages, and the
	// one that prints them.
	const passes = 4
	for range passes {
		b := newLetterBook(r, faces, size, letters, known)
		b.mustEnd = opt.Stop
		b.draw()
		if slices.Equal(b.seen.pages, known.pages) && slices.Equal(b.seen.fits, known.fits) {
			if err := b.output(w); err != nil {
				return Drawn{}, fmt.Errorf("writing the letters: %w", err)
			}
			return b.tally.result(b.pdf.PageNo(), faces), nil
		}
		known = b.seen
	}
	return Drawn{}, errors.New("drawing the letters: pages moved between two passes")
}

func newLetterBook(r *report.Report, faces *typefaces, size paper, letters []report.Letter, known letterLayout) *letterBook {
	b := &letterBook{
		document: newDocument(r, faces, size, layout{}), letters: letters, known: known,
		seen: letterLayout{pages: make([]int, len(letters)), fits: slices.Clone(known.fits)},
	}
	title := r.Text.Label("letter.bundle")
	if len(letters) == 1 {
		title = letters[0].Text.Label("letter.title") + " · " + letters[0].Customer
	}
	b.metadata(title, "")
	b.head, b.foot = b.continued, b.reference
	b.tally.unshaped, b.tally.replaced = 0, 0
	clear(b.tally.missing)
	return b
}

func (b *letterBook) draw() {
	for i := range b.letters {
		b.endIfMust()
		if i > 0 {
			b.foot()
		}
		b.begin(i)
		b.letter(&b.letters[i])
		b.seen.pages[i] = b.page
		if b.page > 1 && b.seen.fits[i] < apart {
			b.seen.fits[i]++
		}
	}
	b.foot()
}

// begin opens the first page of a letter.
func (b *letterBook) begin(i int) {
	b.at, b.page = i, 0
	b.words = b.letters[i].Text
	b.pdf.AddPage()
	b.page, b.y = 1, textTop
	b.bookmark(b.nameOf(b.letters[i].Customer, b.letters[i].Domain), 0, 0)
}

// continued heads the further pages of a letter.
func (b *letterBook) continued() {
	b.page++
	l := &b.letters[b.at]
	st := footerStyle
	st.size = 8
	day := b.clean(l.Day)
	room := b.right - b.left - b.width(day, st) - cellGap
	b.text(b.left, headerLine, b.clip(b.clean(l.Customer), room, st.in(bold)), st.in(bold))
	b.textRight(b.right, headerLine, day, st)
	b.rule(b.left, b.right, headerRule, hairline, 0.2)
}

// reference is the foot of every page: which letter, which page of it.
func (b *letterBook) reference() {
	l := &b.letters[b.at]
	b.rule(b.left, b.right, b.paper.height-footerRule, hairline, 0.2)
	base := b.paper.height - footerLine
	b.text(b.left, base, b.clean(l.Reference), footerStyle)
	page := b.label("doc.page", "n", b.count(b.page), "total", b.count(b.known.pages[b.at]))
	b.textRight(b.right, base, page, footerStyle)
}
