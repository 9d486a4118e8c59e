package input

import (
	"slices"
	"sync"

	"cspplan/input/sheet"
	"cspplan/reconcile"
)

// build makes the records of a sheet whose tables are bound, if they have not been
// made early.
func (r *fileReader) build(p *page) *sheet.Refusal {
	if p.early.accept(r, p) {
		return r.result.builders[p.sheet.Name][0].allAmbiguous(r.result.records)
	}
	return r.buildAgain(p)
}

// buildAgain walks the sheet again and makes a record of every data row, on all
// processors: what a row means depends on the conventions of the columns, which
// are settled by now, and on no other row but for subtotals (see rowMaker).
func (r *fileReader) buildAgain(p *page) *sheet.Refusal {
	builders := make([]*builder, len(p.tables))
	for i, t := range p.tables {
		b, err := newBuilder(r, p, t)
		if err != nil {
			return refusalOf(r.file.Name, err)
		}
		builders[i] = b
	}
	s := p.sheet
	if p.held != nil {
		s, p.held = s.Held(p.held), nil
	}
	walked, from := 0, len(r.result.records)
	r.result.records = slices.Grow(r.result.records, p.walked)
	newMaker := func() func(*sheet.Block) *made { return newRowMaker(p, builders).make }
	inOrder := newRowMaker(p, builders)
	err := sheet.Each(s, newMaker, func(b *sheet.Block, m *made) error {
		if m.asked {
			m = inOrder.makeAfter(b, builders)
		}
		walked += len(b.Rows)
		r.take(m, builders)
		return r.pause(walked, p.walked)
	})
	if err == nil && walked != p.walked {
		return stillBeingWritten(r.file.Name)
	}
	if err != nil {
		return refusalOf(r.file.Name, err)
	}
	r.result.builders[p.sheet.Name] = append(r.result.builders[p.sheet.Name], builders...)
	return builders[0].allAmbiguous(r.result.records[from:])
}

// take adds what became of the next block.
func (r *fileReader) take(m *made, builders []*builder) {
	result, first := r.result, len(r.result.records)
	result.records = append(result.records, m.records...)
	result.prices = append(result.prices, m.prices...)
	for _, c := range m.charges {
		c.at += first
		result.charges = append(result.charges, c)
	}
	for _, c := range m.corrections {
		c.at += first
		result.corrections = append(result.corrections, c)
	}
	for _, part := range m.parts {
		t := builders[part.table].table
		if t.records += part.rows; part.known {
			t.previous = part.previous
		}
	}
	result.borrowed = result.borrowed || m.borrowed
	result.report.Rows += len(m.records)
	result.report.Licences += m.licences
	r.warnings.join(m.warnings)
	r.room.take(len(m.records))
	m.reuse()
}

// made is what became of the rows of one block, in their order. The records that
// charges and corrections name are counted from the first of the block.
type made struct {
	records     []reconcile.Record
	licences    int64
	prices      []reconcile.PriceLine
	charges     []charge
	corrections []correction
	warnings    *warnings
	borrowed    bool
	parts       []madePart
	asked       bool    // for the row before the block, which is not known: the block must be made in order
	learned     learned // of the rows, if they were not looked at before
}

// spareMade holds what has been taken, for its room for records.
var spareMade sync.Pool

func newMade() *made {
	m, ok := spareMade.Get().(*made)
	if !ok {
		m = new(made)
	}
	*m = made{records: m.records[:0], warnings: newTally(), learned: m.learned}
	return m
}

func (m *made) reuse() { spareMade.Put(m) }

// A madePart is the rows of one table in a block.
type madePart struct {
	table, rows int
	previous    []sheet.Cell // its last row of data so far, if that is known
	known       bool
}

// A rowMaker makes records of blocks, in one goroutine: its builders and what
// they remember are its own. It knows the rows of one block. Only a subtotal
// depends on the row before it; where that lies in another block, the block is
// made once more when all before it have been.
type rowMaker struct {
	page     *page
	builders []*builder
	at       int  // the table of the last row
	footers  bool // there are some in the block
	*made
}

func newRowMaker(p *page, builders []*builder) *rowMaker {
	m := &rowMaker{page: p, builders: make([]*builder, len(builders))}
	for i, b := range builders {
		m.builders[i] = b.forGoroutine()
	}
	return m
}

// make makes the records of a block by itself.
func (m *rowMaker) make(b *sheet.Block) *made {
	for _, row := range b.Rows[:min(1, len(b.Rows))] {
		m.at = m.page.indexOf(row.Number)
		t := m.builders[m.at].table
		t.previous, t.lent, t.seeded = nil, false, false
	}
	return m.makeRows(b)
}

// makeAfter makes the records of a block that follows what those builders know.
func (m *rowMaker) makeAfter(b *sheet.Block, known []*builder) *made {
	m.at = m.page.indexOf(b.Rows[0].Number)
	t := m.builders[m.at].table
	t.previous, t.lent, t.seeded = known[m.at].previous, false, true
	return m.makeRows(b)
}

func (m *rowMaker) makeRows(b *sheet.Block) *made {
	m.made, m.footers = newMade(), false
	m.begin(b)
	for _, row := range b.Rows {
		if !m.page.isData(row.Number) {
			continue
		}
		for m.at+1 < len(m.builders) && row.Number >= m.page.tables[m.at+1].top {
			m.end()
			m.at++
			t := m.builders[m.at].table
			t.previous, t.lent, t.seeded = t.before, false, true
			m.begin(b)
		}
		m.take(row)
	}
	m.end()
	return m.made
}

// begin turns to the rows of another table, or of another block.
func (m *rowMaker) begin(block *sheet.Block) {
	b := m.builders[m.at]
	b.warnings, b.prices, b.borrowed, b.asked = m.warnings, nil, false, false
	b.lostLetters = block.MayHold(lostLetter)
	m.parts = append(m.parts, madePart{table: m.at})
}

// end takes over what the builder gathered.
func (m *rowMaker) end() {
	b := m.builders[m.at]
	b.keepPrevious()
	m.prices = append(m.prices, b.prices...)
	m.borrowed = m.borrowed || b.borrowed
	m.asked = m.asked || b.asked
	part := &m.parts[len(m.parts)-1]
	part.previous, part.known = b.previous, b.seeded
}

// take makes the record of one row.
func (m *rowMaker) take(row sheet.Row) {
	b := m.builders[m.at]
	t := b.table
	special := ""
	switch {
	case row.Number < m.page.tables[0].top:
		row.Fault = m.page.strayFault()
	case row.Number <= t.headerRow:
		special = "header row"
	case t.fault != nil:
		if special = t.special(row); special == "" && row.Fault == "" {
			row.Fault = t.rowFault()
		}
	default:
		special = t.special(row)
	}
	m.footers = m.footers || special == footerRow
	m.add(row, special)
}

// add makes the record of a row of which it is known what it is to its table.
func (m *rowMaker) add(row sheet.Row, special string) {
	b, at := m.builders[m.at], len(m.records)
	if b.layout.corrects {
		m.corrections = keepCorrection(m.corrections, row, at)
	}
	m.parts[len(m.parts)-1].rows++
	m.licences += b.licencesOf(row, special)
	b.line = nil
	m.records = append(m.records, reconcile.Record{})
	rec := &m.records[at]
	b.record(row, special, rec)
	if b.line != nil && rec.Sub != nil {
		b.line.at = at
		m.charges = append(m.charges, *b.line)
	}
}
