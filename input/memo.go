package input

import (
	"hash/maphash"
	"strings"

	"cspplan/input/sheet"
)

// A memo remembers what was made of texts, since the cells of most columns
// repeat. It is a table of pairs of slots in which a new text drives out the older
// one of its pair: half the time of a map, and never larger than most. A column
// whose texts hardly repeat, such as ids, gives it up: looking in vain costs more
// than it saves. The zero memo is empty and may hold 1,024 texts.
type memo[V any] struct {
	slots []memoSlot[V] // a power of two
	most  int           // slots, a power of two; 0 is 1,024
	last  uint64        // the slot that was found last
	held  int
	asked int // since the last look at how well it does
	found int
	off   bool
}

type memoSlot[V any] struct {
	text  string // empty: the slot is free
	hash  uint64 // of the text: another text is nearly always told by it, which saves looking there
	value V
}

// leastSlots is what a memo begins with: most files are small. A memo that finds
// less than one text in worthwhile is given up.
const leastSlots, worthwhile = 16, 5

// memoSeed makes the slots of one process differ from those of another: nobody
// can write a file whose texts all fall into one pair. No result depends on it.
var memoSeed = maphash.MakeSeed()

// get is what was remembered of a text that is not empty.
func (m *memo[V]) get(text string) (value V, ok bool) {
	if m.asked++; len(m.slots) == 0 || text == "" {
		return value, false
	}
	if s := &m.slots[m.last]; s.text == text { // neighbours repeat each other
		m.found++
		return s.value, true
	}
	hash := maphash.String(memoSeed, text)
	place := m.place(hash)
	for _, i := range [...]uint64{place, place ^ 1} {
		if s := &m.slots[i]; s.hash == hash && s.text == text {
			m.found++
			m.last = i
			return s.value, true
		}
	}
	return value, false
}

// find is get for a text that is put together from several cells, and its hash; nil
// if it is not known. What it points to is valid until put.
func (m *memo[V]) find(text []byte, hash uint64) *V {
	if m.asked++; len(m.slots) == 0 {
		return nil
	}
	place := m.place(hash)
	for _, i := range [...]uint64{place, place ^ 1} {
		if s := &m.slots[i]; s.hash == hash && s.text == string(text) {
			m.found++
			return &s.value
		}
	}
	return nil
}

// put remembers what get did not know.
func (m *memo[V]) put(text string, value V) {
	if text != "" && m.takes() {
		m.set(strings.Clone(text), maphash.String(memoSeed, text), value) // a row's texts are only lent
	}
}

// takes makes room for one more text, unless the memo has been given up.
func (m *memo[V]) takes() bool {
	if m.off {
		return false
	}
	most := m.most
	if most == 0 {
		most = 1 << 10
	}
	if m.asked >= most { // enough to know
		if worthwhile*m.found < m.asked {
			*m = memo[V]{off: true}
			return false
		}
		m.asked, m.found = 0, 0
	}
	if 2*m.held >= len(m.slots) && len(m.slots) < most {
		m.grow()
	}
	return true
}

func (m *memo[V]) set(text string, hash uint64, value V) {
	m.fill(&memoSlot[V]{text, hash, value})
}

func (m *memo[V]) fill(slot *memoSlot[V]) {
	place := m.place(slot.hash)
	newer, older := &m.slots[place], &m.slots[place^1]
	if newer.text != "" {
		*older = *newer
	}
	*newer = *slot
	m.held++ // or one too many, which only lets it grow the sooner
}

func (m *memo[V]) grow() {
	old := m.slots
	m.slots, m.held, m.last = make([]memoSlot[V], max(leastSlots, 4*len(old))), 0, 0
	for i := range old {
		if old[i].text != "" {
			m.fill(&old[i])
		}
	}
}

// place is where a text of that hash stands.
func (m *memo[V]) place(hash uint64) uint64 { return hash & uint64(len(m.slots)-1) }

// A cellMemo remembers what was made of cells, in the columns whose reading
// depends on what a workbook says that they are.
type cellMemo[V any] struct{ kinds [sheet.Fault + 1]memo[V] }

func (m *cellMemo[V]) get(cell sheet.Cell) (V, bool) { return m.kinds[cell.Kind].get(cell.Text) }

func (m *cellMemo[V]) put(cell sheet.Cell, value V) {
	kind := &m.kinds[cell.Kind]
	kind.most = mostCells
	kind.put(cell.Text, value)
}

// A lastCell remembers what was made of the last cell of a column. A cell is asked
// for by what learns from it and by what reads it, and neighbours often repeat it.
type lastCell[V any] struct {
	cell  sheet.Cell // the empty cell: none
	found V
}

func (l *lastCell[V]) is(cell sheet.Cell) bool { return cell == l.cell && cell != sheet.Cell{} }

func (l *lastCell[V]) keep(cell sheet.Cell, found V) *V {
	l.cell, l.found = cell, found
	return &l.found
}

// mostCells is how many cells are remembered: the days of ten years.
const mostCells = 1 << 12

// A textStore keeps texts that are only lent, many in one allocation. Neighbours
// share memory: what is kept of a file stays as a whole.
type textStore struct{ block strings.Builder }

// The first block of a store, and the size that blocks grow to.
const firstStored, mostStored = 1 << 10, 64 << 10

func (s *textStore) keep(text string) string {
	if text == "" {
		return ""
	}
	from := s.room(len(text))
	s.block.WriteString(text)
	return s.block.String()[from:]
}

func (s *textStore) keepBytes(text []byte) string {
	from := s.room(len(text))
	s.block.Write(text)
	return s.block.String()[from:]
}

// room makes room for a text of n bytes and is where it begins.
func (s *textStore) room(n int) (from int) {
	if s.block.Cap()-s.block.Len() < n {
		size := min(max(firstStored, 4*s.block.Cap()), mostStored)
		s.block = strings.Builder{}
		s.block.Grow(max(size, n))
	}
	return s.block.Len()
}
