package input

import (
	"context"
	"errors"
	"sync/atomic"
)

// ErrTooManyRows is what Read fails with beyond Options.MostRows.
var ErrTooManyRows = errors.New("the inputs hold more rows than there is room for")

// A room counts down the rows of all files together. Its methods are safe for
// several goroutines; a nil room has no end.
type room struct {
	left atomic.Int64
	full func(error)
}

func newRoom(most int, full func(error)) *room {
	if most <= 0 {
		return nil
	}
	r := &room{full: full}
	r.left.Store(int64(most))
	return r
}

// take makes room for rows, or stops all reading.
func (r *room) take(rows int) {
	if r != nil && r.left.Add(int64(-rows)) < 0 {
		r.full(ErrTooManyRows)
	}
}

// Read reads the files in the order given, and those in zip archives behind
// their archive. A file that cannot be read is a FileReport with its refusal and
// no records; it never stops the others. The error is ctx's, ErrTooManyRows, or
// nil. The result does not depend on which file is read first.
func Read(ctx context.Context, files []File, opt Options) (Batch, error) {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	opt.room = newRoom(opt.MostRows, stop)
	batch, err := readEach(ctx, files, opt)
	if full := context.Cause(ctx); errors.Is(full, ErrTooManyRows) {
		return Batch{}, full
	}
	return batch, err
}
