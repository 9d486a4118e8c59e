package input

import (
	"slices"
	"strings"
	"sync/atomic"

	"cspplan/input/sheet"
)

// Nearly every text holds one table whose header and conventions show in its first
// rows. So the records of a text are made in the walk that looks for its tables, by
// what the first block says, and what the columns learn from each block is kept
// beside them. Where the rest of the text proves another convention, or has another
// header in it, all this is dropped, and the records are made in a walk of their
// own (build). Which way they are made shows in nothing but the time.

// An earlyWalk makes records of rows while others are still looked at.
type earlyWalk struct {
	*fileReader                // with a result and warnings of its own
	found       *finder        // by whom rows are looked at in their order
	waiting     []*sheet.Block // until there is a presumption
	over        bool           // it is not, or no more, worth trying
	size        int64          // of the text, if the file tells it
	bytes       int64          // of it that became records

	presumed atomic.Pointer[presumption]
	inOrder  *rowMaker // for blocks that the goroutines have not made
}

// A presumption is what the first rows of a page say of all of it.
type presumption struct {
	page     *page      // as far as it is known
	builders []*builder // of its one table, with what became of its rows so far
	model    []*builder // the same before any row, which nothing changes
}

func (known *presumption) newRowMaker() *rowMaker { return newRowMaker(known.page, known.model) }

// mostWaiting is how many blocks may wait for dates and numbers that tell how they
// are read.
const mostWaiting = 16

func (r *fileReader) walkEarly(f *finder) *earlyWalk {
	own := *r
	own.result = &fileResult{context: r.result.context, report: FileReport{Modified: r.result.report.Modified}}
	own.warnings = newWarnings()
	e := &earlyWalk{fileReader: &own, found: f, over: r.twoWalks || r.book.Kind != "csv"}
	if r.book.Packing == sheet.Unpacked && !strings.HasPrefix(r.book.Encoding, "UTF-16") {
		e.size = r.result.report.Bytes
	}
	return e
}

// newMaker is for one goroutine of sheet.Each. What it makes of a block is nil if
// the block must be looked at row by row.
func (e *earlyWalk) newMaker() func(*sheet.Block) *made {
	var m *rowMaker
	return func(b *sheet.Block) *made {
		known := e.presumed.Load()
		if known == nil {
			return nil
		}
		if m == nil {
			m = known.newRowMaker()
		}
		return m.makeAndLearn(b)
	}
}

// take takes the next block, with what was made of it.
func (e *earlyWalk) take(b *sheet.Block, m *made) error {
	known := e.presumed.Load()
	if known == nil {
		m = nil // made by what has been given up since
	}
	if m == nil || !e.found.takeLearned(b, m) {
		if err := e.found.takeBlock(b); err != nil {
			return err
		}
	}
	switch {
	case e.over:
	case known == nil:
		e.wait(b)
	case !e.stillHolds(known.page):
		e.giveUp()
	default:
		e.add(known, b, m)
	}
	return e.pause(e.found.page.walked, 0)
}

// wait keeps a block until the rows so far allow a presumption.
func (e *earlyWalk) wait(b *sheet.Block) {
	b.Keep()
	e.waiting = append(e.waiting, b)
	known := e.presume()
	if known == nil {
		e.over = e.over || len(e.waiting) == mostWaiting
		if e.over {
			e.waiting = nil
		}
		return
	}
	waiting := e.waiting
	e.waiting, e.inOrder = nil, known.newRowMaker()
	e.presumed.Store(known)
	for _, b := range waiting {
		if !e.over {
			e.add(known, b, nil)
		}
	}
}

// add adds the records of the next block, which are made now if they are not yet.
func (e *earlyWalk) add(known *presumption, b *sheet.Block, m *made) {
	if m == nil && len(b.Rows) > 0 {
		e.inOrder.builders[0].last = e.found.current.last
		if m = e.inOrder.makeAfter(b, known.builders); e.inOrder.footers && !b.Last() {
			e.giveUp() // what is a footer depends on the rows below
			return
		}
	}
	if m != nil {
		e.makeRoom(b, len(m.records))
		e.fileReader.take(m, known.builders)
	}
}

// makeRoom makes room for the records of all rows at once, as many as their number
// so far lets expect: growing bit by bit moves them all several times.
func (e *earlyWalk) makeRoom(b *sheet.Block, more int) {
	e.bytes += int64(b.TextBytes())
	have := e.result.records
	if len(have)+more <= cap(have) || e.size == 0 || e.bytes == 0 {
		return
	}
	all := int64(len(have)+more) * max(e.size, e.bytes) / e.bytes
	e.result.records = slices.Grow(have, int(all+all/16)-len(have))
}

// giveUp lets go what was made.
func (e *earlyWalk) giveUp() {
	e.over, e.inOrder = true, nil
	e.room.take(-len(e.result.records))
	e.result.records = nil
	e.presumed.Store(nil)
}

// presume is what the rows so far say of all of them; nil if they do not tell yet.
func (e *earlyWalk) presume() *presumption {
	f := e.found
	t := f.current
	if t == nil {
		return nil
	}
	if len(f.page.tables) > 1 || t.layout.newest || t.layout.corrects || len(t.twins) > 0 ||
		slices.ContainsFunc(t.columns, func(c column) bool { return c.evidence != nil }) {
		e.over = true // the whole of it decides
		return nil
	}
	if !t.whole || t.data == 0 {
		return nil
	}
	own := t.forGoroutine()
	if own.bind(e.file.Name) != nil || !own.decided() {
		return nil
	}
	known := &presumption{page: &page{sheet: f.page.sheet, tables: []*table{own}, above: f.rowsAbove()}}
	b, err := newBuilder(e.fileReader, known.page, own)
	if err != nil {
		e.over = true
		return nil
	}
	b.previous = nil // the first rows have none before them
	known.builders, known.model = []*builder{b}, []*builder{b.forGoroutine()}
	return known
}

// decided reports whether no cell so far waits for the convention of its column.
func (t *table) decided() bool {
	return !slices.ContainsFunc(t.columns, func(c column) bool {
		return c.field != noField && (c.dates != nil && c.dates.open > 0 && c.dates.order == orderOpen ||
			c.numbers != nil && c.numbers.open > 0 && c.numbers.mark == 0)
	})
}

// stillHolds reports whether no other header was found since.
func (e *earlyWalk) stillHolds(presumed *page) bool {
	now := e.found.page
	return len(now.tables) == 1 && now.tables[0].headerRow == presumed.tables[0].headerRow &&
		len(now.tables[0].repeats) == len(presumed.tables[0].repeats)
}

// accept adds the records to those of the file, if all rows of the page say what the
// first ones did. The table is bound by now.
func (e *earlyWalk) accept(r *fileReader, p *page) bool {
	known := e.presumed.Load()
	if known == nil || !known.confirmedBy(p) {
		e.giveUp()
		return false
	}
	t, made := p.tables[0], e.result
	t.records, t.previous = known.page.tables[0].records, known.page.tables[0].previous
	known.builders[0].table = t
	result := r.result
	if cap(made.records)-len(made.records) > len(made.records)/4 {
		made.records = slices.Clone(made.records)
	}
	result.records, result.prices, result.charges = made.records, made.prices, made.charges
	result.borrowed = made.borrowed
	result.report.Rows, result.report.Licences = made.report.Rows, made.report.Licences
	*r.warnings = *e.warnings
	result.builders[p.sheet.Name] = known.builders
	return true
}

// confirmedBy reports whether the rows of the page would be read the same now that
// all of them have been seen.
func (known *presumption) confirmedBy(p *page) bool {
	presumed, t := known.page.tables[0], p.tables[0]
	if len(p.tables) > 1 || t.fault != nil || !slices.Equal(p.above, known.page.above) || t.at != presumed.at || !slices.Equal(t.naming, presumed.naming) {
		return false
	}
	for i := range t.columns {
		now, before := &t.columns[i], &presumed.columns[i]
		if now.dates != nil && now.dates.reading() != before.dates.reading() || now.numbers != nil && now.numbers.reading() != before.numbers.reading() {
			return false
		}
	}
	return true
}

// learned is what the columns of a table learn from the rows of a block.
type learned struct {
	data, last int   // as in table
	measured   []int // the columns that learn
	dates      []dateEvidence
	numbers    []numberEvidence
	before     sheet.Row // the last row, if it may hold the headings of groups
}

func (l *learned) begin(t *table) {
	columns := len(t.columns)
	*l = learned{measured: l.measured[:0], dates: slices.Grow(l.dates[:0], columns)[:columns], numbers: slices.Grow(l.numbers[:0], columns)[:columns]}
	for i := range t.columns {
		l.dates[i], l.numbers[i] = dateEvidence{fits: anyOrder}, numberEvidence{}
		if t.columns[i].dates != nil || t.columns[i].numbers != nil {
			l.measured = append(l.measured, i)
		}
	}
}

// take is table.learn for a row of which special said nothing.
func (l *learned) take(t *table, row sheet.Row) {
	if cellsUpTo(row, 2) > 1 {
		l.data++
		l.last = row.Number
	}
	if row.Fault != "" {
		return
	}
	for _, i := range l.measured {
		if i >= len(row.Cells) {
			break
		}
		c, cell := &t.columns[i], trimmed(row.Cells[i])
		if c.dates != nil {
			l.dates[i].take(c.dates.scan(cell), cell.Text)
		}
		if c.numbers != nil && !l.numbers[i].takeDigits(cell) {
			l.numbers[i].take(c.numbers.scan(cell))
		}
	}
}

// takeLearned takes what was learned from the rows of a block. It does not where
// they must be looked at one by one.
func (f *finder) takeLearned(b *sheet.Block, m *made) bool {
	t, l := f.current, &m.learned
	for i := range t.columns {
		if c := &t.columns[i]; c.dates != nil && !c.dates.canJoin(&l.dates[i]) {
			return false
		}
	}
	for i := range t.columns {
		c := &t.columns[i]
		if c.dates != nil {
			c.dates.join(&l.dates[i])
		}
		if c.numbers != nil {
			c.numbers.join(&l.numbers[i])
		}
	}
	if l.data > 0 {
		t.data += l.data
		t.last = l.last
	}
	if part := m.parts[0]; part.known {
		t.previous, t.lent = part.previous, false
	}
	f.page.walked += len(b.Rows)
	f.before = l.before
	return true
}

// makeAndLearn makes the records of a block and learns from its rows, as far as both
// can be done without the rows of other blocks: nil if they cannot.
func (m *rowMaker) makeAndLearn(b *sheet.Block) *made {
	if len(b.Rows) == 0 {
		return nil
	}
	m.at = 0
	t := m.builders[0].table
	t.previous, t.lent, t.seeded = nil, false, false
	m.made = newMade()
	m.begin(b)
	l := &m.learned
	l.begin(t)
	for _, row := range b.Rows {
		special := t.special(row)
		if special == footerRow || row.Fault == "" && wordy(row) && mostlyHeadings(row) {
			m.made.reuse()
			return nil
		}
		if special == "" {
			l.take(t, row)
		}
		m.add(row, special)
	}
	m.end()
	if m.asked {
		m.made.reuse()
		return nil
	}
	if last := b.Rows[len(b.Rows)-1]; last.Fault == "" && wordy(last) {
		l.before = sheet.Row{Number: last.Number, Cells: slices.Clone(last.Cells)}
	}
	return m.made
}
