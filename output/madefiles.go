package output

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"
	"path/filepath"
	"sync"

	"golang.org/x/sync/errgroup"

	"cspplan/output/excel"
)

// madeFiles are the files of a work folder, measured while they were written:
// hashing all of them behind the last would leave processors idle. Files that are
// not among them are measured when they are described.
type madeFiles struct {
	mu     sync.Mutex
	byName map[string]RunOutput
}

func (m *madeFiles) add(o RunOutput) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.byName == nil {
		m.byName = make(map[string]RunOutput)
	}
	m.byName[o.Name] = o
}

func (m *madeFiles) of(name string) (RunOutput, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	o, ok := m.byName[name]
	return o, ok
}

// A measure hashes what passes through it.
type measure struct {
	to    io.Writer
	sum   hash.Hash
	bytes int64
}

func (m *measure) Write(b []byte) (int, error) {
	n, err := m.to.Write(b)
	m.sum.Write(b[:n])
	m.bytes += int64(n)
	return n, err
}

// put writes a file of the work folder, syncs and measures it.
func (job *Job) put(work, name string, fill func(io.Writer) error) error {
	m := &measure{sum: sha256.New()}
	err := writeTo(filepath.Join(work, name), func(w io.Writer) error {
		m.to = w
		return fill(m)
	})
	if err != nil {
		return err
	}
	job.made.add(RunOutput{Name: name, Bytes: m.bytes, SHA256: hex.EncodeToString(m.sum.Sum(nil))})
	return nil
}

// putBook writes a workbook and tells what the file holds. While it is read back
// it goes to the disk, and its bytes are hashed as they stand in the file; the
// current copy, too, is begun then.
func (job *Job) putBook(ctx context.Context, work, name string, fill func(io.Writer) error) (excel.Totals, error) {
	path := filepath.Join(work, name)
	f, err := filled(path, until(ctx, fill))
	if err != nil {
		return excel.Totals{}, err
	}
	var beside errgroup.Group
	beside.Go(func() error { return settle(f) })
	beside.Go(func() error {
		o, err := describe(work, name)
		job.made.add(o)
		return err
	})
	if name == workbookName {
		beside.Go(func() error { job.beginCopy(work); return nil })
	}
	held, err := job.readBack(ctx, path)
	if failed := beside.Wait(); err == nil {
		err = failed
	}
	return held, err
}

func (job *Job) readBack(ctx context.Context, path string) (excel.Totals, error) {
	if filepath.Base(path) == workbookName {
		defer job.timed("reading back the workbook")()
	}
	return excel.ReadBack(ctx, path)
}
