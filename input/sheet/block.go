package sheet

import (
	"io"
	"runtime"
	"strings"
	"sync"
)

// A Block is a run of rows of a sheet. The rows and their cells are valid as long
// as it is; their texts stay (see Row).
type Block struct {
	Rows []Row

	cells []Cell
	text  textBlock // of a CSV, to be cut into Rows
	rest  textBlock // what the last record of a CSV began and the next block goes on with
	last  bool      // none follows
	kept  bool
}

// Keep makes the block valid for good; otherwise it is used again.
func (b *Block) Keep() { b.kept = true }

// A blockReader reads a sheet in blocks. Reading is done by one goroutine, in
// order; the rest of the work on a block by any.
type blockReader interface {
	read(*Block) error // the next block; io.EOF after the last
	cut(*Block) error  // makes the rows of a block that was read
}

// A job is one block and what was made of it.
type job[T any] struct {
	block *Block
	done  chan struct{} // closed when made or err is there
	made  T
	err   error
}

// Each walks a sheet in blocks, with all processors: a text is cut, and made makes
// of each block what the caller wants, on several goroutines; take gets the
// results in the order of the rows, on the caller's. newMaker is called once for
// each goroutine, so that what it gives may hold state that is not shared; it may
// be asked to make a block twice. The first block is taken before the
// others are begun, so that makers may go by what it shows.
//
// The error is that of reading, as Rows gives it, or the first of take.
func Each[T any](s Sheet, newMaker func() func(*Block) T, take func(*Block, T) error) error {
	in := s.blocks()
	p := &pipeline[T]{in: in, make: newMaker(), take: take}
	first := &Block{}
	if err := in.next(first); err != nil {
		return in.end(err)
	}
	last := first.last // a small sheet is not worth a goroutine
	j := &job[T]{block: first}
	p.run(j, p.make)
	if err := p.settle(j); err != nil || last {
		return in.end(err)
	}
	p.start(newMaker)
	err := p.collect()
	p.halt()
	return in.end(err)
}

// A pipeline passes blocks from one goroutine that reads to several that work on
// them, and back in order.
type pipeline[T any] struct {
	in    *blocks
	make  func(*Block) T // of the goroutine that collects
	take  func(*Block, T) error
	rest  textBlock
	queue chan *job[T] // in the order of the rows
	work  chan *job[T]
	spent chan *Block // to be used again
	stop  chan struct{}
	all   sync.WaitGroup
}

func (p *pipeline[T]) start(newMaker func() func(*Block) T) {
	workers := runtime.GOMAXPROCS(0)
	p.queue = make(chan *job[T], 2*workers)
	p.work = make(chan *job[T], 2*workers)
	p.spent = make(chan *Block, 4*workers)
	p.stop = make(chan struct{})
	p.all.Go(p.read)
	for range workers {
		maker := newMaker()
		p.all.Go(func() {
			for j := range p.work {
				p.run(j, maker)
				close(j.done)
			}
		})
	}
}

// read reads blocks until the last, or until nobody wants them any more.
func (p *pipeline[T]) read() {
	defer close(p.queue)
	defer close(p.work)
	for {
		j := &job[T]{block: p.free(), done: make(chan struct{})}
		if j.err = p.in.next(j.block); j.err == io.EOF {
			return
		}
		failed, last := j.err != nil, j.block.last
		if failed {
			close(j.done)
		}
		select {
		case p.queue <- j:
		case <-p.stop:
			return
		}
		if failed {
			return
		}
		p.work <- j // has as much room as the queue
		if last {
			return
		}
	}
}

// free is a block that is not used any more, or a new one.
func (p *pipeline[T]) free() *Block {
	select {
	case b := <-p.spent:
		return b
	default:
		return &Block{}
	}
}

// run makes the rows of a block, and of them what is wanted.
func (p *pipeline[T]) run(j *job[T], make func(*Block) T) {
	defer guard(p.in.src.name, &j.err)
	if j.err = p.in.cut(j.block); j.err == nil {
		j.made = make(j.block)
	}
}

func (p *pipeline[T]) collect() error {
	for j := range p.queue {
		<-j.done
		if err := p.settle(j); err != nil {
			return err
		}
		if b := j.block; !b.kept {
			select {
			case p.spent <- b:
			default:
			}
		}
	}
	return nil
}

// settle takes the next block in order. If the one before ends within a record,
// the block was begun in the wrong place and is made again, from where that
// record begins.
func (p *pipeline[T]) settle(j *job[T]) error {
	if p.rest.text != "" && j.block.text.text != "" {
		j.block.text.text, j.block.text.line = p.rest.text+j.block.text.text, p.rest.line
		p.run(j, p.make)
	}
	if j.err != nil {
		return j.err
	}
	p.rest = j.block.rest
	return p.take(j.block, j.made)
}

// halt ends all goroutines and waits for them: the file is closed next.
func (p *pipeline[T]) halt() {
	close(p.stop)
	for range p.queue {
	}
	p.all.Wait()
}

// blocks reads the blocks of one sheet of a source; faults below are refusals of
// the file.
type blocks struct {
	src  *source
	open func() (blockReader, error)
	r    blockReader
}

// next reads a block into b; io.EOF after the last.
func (r *blocks) next(b *Block) (err error) {
	*b = Block{Rows: b.Rows[:0], cells: b.cells[:0]}
	defer guard(r.src.name, &err)
	if r.r == nil {
		if r.r, err = r.open(); err != nil {
			return r.src.refusal(err)
		}
	}
	if err = r.r.read(b); err != nil && err != io.EOF {
		return r.src.refusal(err)
	}
	return err
}

func (r *blocks) cut(b *Block) error {
	if err := r.r.cut(b); err != nil {
		return r.src.refusal(err)
	}
	return nil
}

// end is how a walk ends: after the last block the file must be the one that was
// opened.
func (r *blocks) end(err error) error {
	if err == nil || err == io.EOF {
		return r.src.unchanged()
	}
	return err
}

// Last reports whether no rows follow those of the block.
func (b *Block) Last() bool { return b.last }

// TextBytes is how much of the text of a CSV the block holds.
func (b *Block) TextBytes() int { return len(b.text.text) }

// MayHold reports whether a text may stand in a cell of the block. It is false
// only if that is certain, which is known quickly of a CSV.
func (b *Block) MayHold(text string) bool {
	return b.text.text == "" || strings.Contains(b.text.text, text)
}
