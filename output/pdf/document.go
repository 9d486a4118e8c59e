package pdf

import (
	"fmt"

	"cspplan/report"

	"github.com/jung-kurt/gofpdf"
)

// Measures of the page in mm. The widths of columns are given for A4 and grow
// or shrink with the text width of the paper.
const (
	margin      = 18.0
	textTop     = 22.0
	textBottom  = 20.0 // above the lower edge
	headerLine  = 12.0
	headerRule  = 14.0
	footerRule  = 14.0 // above the lower edge
	footerLine  = 10.0
	a4TextWidth = 210 - 2*margin
	lead        = 4.4 // between lines of body text
)

// A paper is a sheet's name for the library and its size.
type paper struct {
	name          string
	width, height float64
}

func paperOf(name string) (paper, error) {
	switch name {
	case "", "a4":
		return paper{"A4", 210, 297}, nil
	case "letter":
		return paper{"Letter", 215.9, 279.4}, nil
	}
	return paper{}, fmt.Errorf("output.paper: %q is neither a4 nor letter", name)
}

// A section is a part of the document that stands in the contents.
type section int

const (
	sectionMoney section = iota
	sectionPlan
	sectionExceptions
	sectionMovement
	sectionMethod
	sections
)

// A layout is what one pass finds out for the next.
type layout struct {
	pages  int
	starts [sections]int // page of each section; 0: not in this document
	spare  float64       // room left at the foot of page 1, in mm, for the chart; negative: too little
	tight  bool          // page 1 has so much to say that its gaps are narrowed
}

// A document is one pass over the report.
type document struct {
	pdf   *gofpdf.Fpdf
	faces *typefaces
	r     *report.Report
	words *report.Texts // of the language that is being drawn
	paper paper
	head  func() // at the top of every page
	foot  func() // below every page
	known layout // from the pass before; zero in the first
	seen  layout // of this pass
	tally tally

	measuring bool // the pass only finds out where everything comes: text, lines and marks are not drawn
	wrapped   map[wrapping][]printable
	tall      tallRow // the row measured last
	typeset   typeset // the font in force
	textColor color   // in force; the library begins with black

	left, right, bottom float64
	y                   float64 // top of what comes next
	links               [sections]int
	fallbacks           map[faceNumber]bool
	outline             outline
	domains             map[string]string // of customers whose names come out hard to read
	progress            func(pages, total int)
	mustEnd             func() error // why the drawing is to end, if it is
}

func newDocument(r *report.Report, faces *typefaces, size paper, known layout) *document {
	d := &document{
		pdf: gofpdf.New("P", "mm", size.name, ""), faces: faces, r: r, words: r.Text, paper: size, known: known,
		tally: tally{money: make(map[string]int64), missing: make(map[rune]bool)},
		left:  margin, right: size.width - margin, bottom: size.height - textBottom,
		seen:      layout{tight: known.tight},
		fallbacks: make(map[faceNumber]bool),
		wrapped:   make(map[wrapping][]printable),
	}
	d.head, d.foot = d.header, d.footer
	d.pdf.SetMargins(0, 0, 0)
	d.pdf.SetAutoPageBreak(false, 0)
	d.metadata(d.r.Title, d.r.Subtitle)
	for s := range d.links {
		d.links[s] = d.pdf.AddLink()
	}
	d.domains = unshapedDomains(r)
	return d
}

// metadata makes the file find itself again in an archive, and pins the dates
// that would differ from run to run otherwise.
func (d *document) metadata(title, subject string) {
	r := d.r
	d.pdf.SetTitle(string(d.clean(title+" · "+r.Partner)), true)
	d.pdf.SetAuthor(string(d.clean(r.Partner)), true)
	d.pdf.SetSubject(string(d.clean(subject)), true)
	d.pdf.SetKeywords(string(d.clean("CSP, run "+r.RunID+", input "+r.InputHash)), true)
	d.pdf.SetCreator(string(d.clean("cspplan "+r.Version)), true)
	d.pdf.SetCreationDate(r.AsOf.Time())
	d.pdf.SetModificationDate(r.AsOf.Time())
	d.pdf.SetCatalogSort(true)
}

// draw makes all pages.
func (d *document) draw() {
	d.summary()
	if d.r.Subscriptions > 0 || len(d.r.Months) > 0 {
		d.money()
		d.plan()
	}
	d.exceptions()
	d.movement()
	d.method()
	d.footer()
	d.seen.pages = d.pdf.PageNo()
}

// label is a text of the language, ready to draw.
func (d *document) label(key string, args ...string) printable {
	return d.clean(d.words.Label(key, args...))
}

// mm scales a width given for A4 to the paper.
func (d *document) mm(a4 float64) float64 { return a4 * (d.right - d.left) / a4TextWidth }

// newPage finishes the page and begins the next.
func (d *document) newPage() {
	if d.pdf.PageNo() > 0 {
		d.foot()
	}
	d.pdf.AddPage()
	d.endIfMust()
	if d.progress != nil {
		d.progress(d.pdf.PageNo(), d.known.pages)
	}
	d.y = textTop
	d.head()
}

// endIfMust ends the drawing by a panic: pages are begun deep within it, where
// nothing else fails.
func (d *document) endIfMust() {
	if d.mustEnd == nil {
		return
	}
	if err := d.mustEnd(); err != nil {
		panic(stopped{err})
	}
}

func (d *document) header() {
	if d.pdf.PageNo() == 1 {
		return
	}
	st := footerStyle
	st.size = 8
	date := d.label("doc.as_at", "date", d.r.Text.Day(d.r.AsOf))
	d.text(d.left, headerLine, d.clip(d.clean(d.r.Title), d.mm(110), st.in(bold)), st.in(bold))
	d.textRight(d.right, headerLine, date, st)
	d.rule(d.left, d.right, headerRule, hairline, 0.2)
}

// footer is drawn when the page is complete, so that text taken out of the
// document comes in reading order.
func (d *document) footer() {
	y := d.paper.height - footerRule
	base := d.paper.height - footerLine
	d.rule(d.left, d.right, y, hairline, 0.2)
	owner := d.clean(d.r.Partner + " · " + d.r.Text.Label("doc.confidential"))
	d.text(d.left, base, d.clip(owner, d.mm(58), footerStyle), footerStyle)
	run := d.clean(d.r.Text.Label("doc.run", "id", d.r.RunID) + " · " + d.r.Text.Label("doc.input", "hash", d.r.InputHash))
	d.textCentre(d.paper.width/2, base, d.clip(run, d.mm(76), footerStyle), footerStyle)
	page := d.label("doc.page", "n", d.count(d.pdf.PageNo()), "total", d.count(d.known.pages))
	d.textRight(d.right, base, page, footerStyle)
}

func (d *document) count(n int) string { return d.words.Count(int64(n)) }

// need begins a new page unless h mm are left on this one.
func (d *document) need(h float64) bool {
	if d.y+h <= d.bottom {
		return false
	}
	d.newPage()
	return true
}

// begin starts a section: heading, bookmark, target of links. It starts on a
// new page unless it may follow on the one before.
func (d *document) begin(s section, title printable) {
	if d.mayFollow(s) {
		d.gap(10)
	} else {
		d.newPage()
	}
	d.seen.starts[s] = d.pdf.PageNo()
	d.pdf.SetLink(d.links[s], 0, d.pdf.PageNo())
	d.bookmark(title, 0, 0)
	d.text(d.left, d.y+6.2, title, h1Style)
	d.y += 8 + 6.5
}

// mayFollow tells whether a section goes on where the one before ends: exceptions
// and movement do near the top of a page, and a movement that has nothing to
// show yet wherever it has room.
func (d *document) mayFollow(s section) bool {
	if d.pdf.PageNo() == 1 || s != sectionExceptions && s != sectionMovement {
		return false
	}
	const firstRun = 10 + 14.5 + 2*lead + partGap + 14
	if s == sectionMovement && d.r.RollForward.First && len(d.r.Trend) < 2 {
		return d.y+firstRun <= d.bottom
	}
	return d.y-textTop < 0.4*(d.bottom-textTop)
}

// bookmark adds an entry of the outline. The library encodes it by the font in
// force, so one is set first.
func (d *document) bookmark(title printable, level int, y float64) {
	d.setFont(liberation, bodyStyle)
	d.pdf.Bookmark(string(title), level, y)
	d.outline.add(level)
}

// A typeset is a font as the library is told of it.
type typeset struct {
	face faceNumber
	cut  string
	size float64
}

// setFont selects a font. Fonts join the document on first use: Liberation with the
// first text, a fallback font with its first character, and none while it is only
// measured, since the library takes as long to read them as to draw a few pages.
func (d *document) setFont(face faceNumber, st style) {
	f := typeset{face, st.weight.String(), st.size}
	if face != liberation {
		f.cut, f.size = "", st.size*fallbackScale
	}
	if f == d.typeset || d.measuring {
		return
	}
	if d.typeset == (typeset{}) {
		d.faces.register(d.pdf)
	}
	if face != liberation && !d.fallbacks[face] {
		d.faces.registerFallback(d.pdf, face)
		d.fallbacks[face] = true
	}
	d.pdf.SetFont(family(face), f.cut, f.size)
	d.typeset = f
}

func (d *document) setTextColor(c color) {
	if c != d.textColor {
		d.pdf.SetTextColor(c.rgb())
		d.textColor = c
	}
}

func (d *document) setFill(c color) { d.pdf.SetFillColor(c.rgb()) }

func (d *document) setLine(c color, width float64) {
	d.pdf.SetDrawColor(c.rgb())
	d.pdf.SetLineWidth(width)
}

// rule draws a horizontal line.
func (d *document) rule(x1, x2, y float64, c color, width float64) {
	if d.measuring {
		return
	}
	d.setLine(c, width)
	d.pdf.Line(x1, y, x2, y)
}

// heading draws a heading of the second level; the caller leaves the room
// above it.
func (d *document) heading(title printable) {
	d.y += 4.4
	d.text(d.left, d.y, title, h2Style)
	d.y += 2.4
}

// gap leaves room in front of a heading, except at the top of a page.
func (d *document) gap(h float64) {
	if d.y > textTop {
		d.y += h
	}
}

// paragraph draws wrapped text between left and left+w, breaking pages
// between lines.
func (d *document) paragraph(x, w float64, s printable, st style) {
	if s == "" {
		return
	}
	step := st.size * mmPerPoint * 1.32
	for _, line := range d.wrap(s, w, st) {
		d.need(step)
		d.y += step
		d.text(x, d.y-0.25*step, line, st)
	}
}
