package excel

import (
	"fmt"
	"hash/crc32"
	"runtime"
	"sync"

	"cspplan/report"
)

// blockRows is how many rows are made and compressed at a time: about a megabyte
// of the widest list, which the caches of a processor hold. Smaller blocks make
// the file larger, since each begins anew; this size costs 0.3 %.
const blockRows = 500

// A rowBlock is some rows of one list, from making to packing. Blocks of all lists
// are made side by side and taken in their order. What a block holds depends on
// its rows alone, so that the same report gives the same bytes on any number of
// processors.
type rowBlock struct {
	l           *list
	first, rows int // of the sheet, from 0

	plain  []byte
	packed []byte
	sum    uint32 // CRC-32 of plain
	tally  *tally
	links  []linkAt // cells that lead to Plan
	missed []shape  // styles that were not there: the block has to be made again

	err   error
	fault any // what making it panicked with
	done  chan struct{}
}

// linkAt is the place of a link on a sheet, from 1.
type linkAt struct{ column, row int }

// writeRows makes the rows of all lists and keeps them, packed, with each list.
func (b *book) writeRows(lists []*list) error {
	processors := runtime.GOMAXPROCS(0)
	todo := make(chan *rowBlock)
	order := make(chan *rowBlock, 2*processors) // as many blocks are in memory, besides those in work
	stop := make(chan struct{})
	var running sync.WaitGroup
	defer running.Wait()
	defer close(stop)
	running.Go(func() {
		defer close(order)
		defer close(todo)
		cutBlocks(lists, func(k *rowBlock) bool { return send(order, k, stop) && send(todo, k, stop) })
	})
	for range processors {
		running.Go(func() {
			w := &rowWriter{}
			for k := range todo {
				w.make(k)
				close(k.done)
			}
		})
	}
	w := &rowWriter{}
	for k := range order {
		<-k.done
		if err := b.take(k, w); err != nil {
			return err
		}
	}
	return nil
}

// send hands a block on, unless the writing has ended.
func send(to chan<- *rowBlock, k *rowBlock, stop <-chan struct{}) bool {
	select {
	case to <- k:
		return true
	case <-stop:
		return false
	}
}

// cutBlocks hands out the blocks of all lists in their order.
func cutBlocks(lists []*list, use func(*rowBlock) bool) {
	for _, l := range lists {
		for first := 0; first < l.s.rows; first += blockRows {
			k := blocks.Get().(*rowBlock)
			*k = rowBlock{
				l: l, first: first, rows: min(blockRows, l.s.rows-first), done: make(chan struct{}),
				plain: k.plain[:0], packed: k.packed[:0], links: k.links[:0], missed: k.missed[:0],
			}
			if !use(k) {
				return
			}
		}
	}
}

// blocks holds those that were taken, for their memory.
var blocks = sync.Pool{New: func() any { return new(rowBlock) }}

// make fills a block. A panic is kept for whoever takes the block: nobody could
// catch it here.
func (w *rowWriter) make(k *rowBlock) {
	defer func() { k.fault = recover() }()
	w.begin(k)
	for i := range k.rows {
		if k.err = w.row(k.first + i); k.err != nil {
			return
		}
	}
	k.plain = w.out.text
	if len(k.missed) > 0 {
		return
	}
	k.sum = crc32.ChecksumIEEE(k.plain)
	k.packed = w.packer.pack(k.packed[:0], &w.out)
}

// take adds a block to its list. Styles come up with the rows: those of the sample
// are there, and a block with a further one is made again once it has it. Only
// here are styles added, and blocks come in order: so their numbers do not depend
// on which block was made first.
func (b *book) take(k *rowBlock, w *rowWriter) error {
	for len(k.missed) > 0 && k.err == nil && k.fault == nil {
		for _, sh := range k.missed {
			if _, err := b.styles.of(sh); err != nil {
				return err
			}
		}
		w.make(k)
	}
	if k.fault != nil {
		panic(k.fault)
	}
	l := k.l
	if k.err == nil {
		k.err = l.rows.add(k)
	}
	if k.err != nil {
		return fmt.Errorf("sheet %s: %w", l.s.name, k.err)
	}
	l.tally.merge(k.tally)
	l.links = append(l.links, k.links...)
	l.tell(k.first + k.rows)
	blocks.Put(k)
	return b.stopped()
}

// packedRows are the rows of a sheet, packed.
type packedRows struct {
	spool
	sum   uint32 // CRC-32 of the rows as they were
	plain uint64 // their bytes
	links []byte // elements of the links from their cells, all but the first
}

func (r *packedRows) add(k *rowBlock) error {
	r.sum = joinSums(r.sum, k.sum, uint64(len(k.plain)))
	r.plain += uint64(len(k.plain))
	_, err := r.Write(k.packed)
	return err
}

// valuesOf asks for a row of the list's table and appends its cells to dst.
func (l *list) valuesOf(i int, dst []report.Value) ([]report.Value, error) {
	dst = l.s.table.Row(l.s.first+i, dst)
	if len(dst) != len(l.columns) {
		return nil, fmt.Errorf("row %d has %d cells for %d columns", i+firstDataRow, len(dst), len(l.columns))
	}
	return dst, nil
}
