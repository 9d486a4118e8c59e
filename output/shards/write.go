package shards

import (
	"bufio"
	"crypto/sha256"
	"encoding/gob"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"cspplan/reconcile"
)

const (
	magic  = "cspplan shard 1\n"
	suffix = ".shard"
)

// leftAfter is how old a hidden file must be to be one that a killed process
// left: no shard takes a day to write.
const leftAfter = 24 * time.Hour

// A Shard is what Write puts into a file.
type Shard struct {
	Header  Header // its Shard, Layout and counts are filled by Write
	Plan    reconcile.ShardPlan
	Records []reconcile.Record // all that were read; only those that the shard answers for are written
	Common  []byte             // what the caller needs for all shards
}

// Name is the name of the file of a shard.
func Name(s reconcile.Shard) string { return fmt.Sprintf("%d-of-%d%s", s.K, s.N, suffix) }

// Write writes the file of a shard into a folder, in the place of an earlier one,
// whole or not at all. Only its owner can read it.
func Write(dir string, s Shard, now time.Time) (path string, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fmt.Errorf("making the folder of the shards: %w", err)
	}
	name := Name(s.Plan.Shard)
	clearLeft(dir, name, now)
	f, err := os.CreateTemp(dir, "."+name+"-") // a name of its own: in containers, process numbers are all alike
	if err != nil {
		return "", fmt.Errorf("making the file of shard %s: %w", s.Plan.Shard, err)
	}
	path = filepath.Join(dir, name)
	if err = s.fill(f); err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		os.Remove(f.Name())
		return "", fmt.Errorf("writing %s: %w", path, err)
	}
	return path, nil
}

// clearLeft removes what killed processes left of the shard.
func clearLeft(dir, name string, now time.Time) {
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		if info, err := e.Info(); err == nil && strings.HasPrefix(e.Name(), "."+name+"-") && now.Sub(info.ModTime()) > leftAfter {
			os.Remove(filepath.Join(dir, e.Name()))
		}
	}
}

func (s *Shard) fill(f io.Writer) error {
	buffered := bufio.NewWriterSize(f, 1<<20)
	sum := sha256.New()
	w := io.MultiWriter(buffered, sum)
	h := s.Header
	h.Shard, h.Layout = s.Plan.Shard.String(), layout()
	h.Records, h.Own, h.Rows = s.Plan.Records, len(s.Plan.Own), s.Plan.Rows
	line, err := json.Marshal(h)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(w, "%s%s\n", magic, line); err != nil {
		return err
	}
	if err := s.encode(gob.NewEncoder(w)); err != nil {
		return err
	}
	if _, err := buffered.Write(sum.Sum(nil)); err != nil {
		return err
	}
	return buffered.Flush()
}

// encode writes the body and the blocks.
func (s *Shard) encode(enc *gob.Encoder) error {
	p := &s.Plan
	err := enc.Encode(body{p.Region, p.Choices, p.Registers, p.Places, p.Vanished, p.Customers, p.Extra, p.Matches, s.Common})
	if err != nil {
		return err
	}
	var b block
	flush := func() error {
		if len(b.Own)+len(b.Rows) == 0 {
			return nil
		}
		err := enc.Encode(b)
		b.Own, b.Rows = b.Own[:0], b.Rows[:0]
		return err
	}
	for _, own := range p.Own {
		b.Own = append(b.Own, ownRecord{own.At, own.Fate, slim(s.Records[own.At], own.Fate)})
		if len(b.Own) == blockSize {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if err := flush(); err != nil {
		return err
	}
	for row, err := range p.Each {
		if err != nil {
			return err
		}
		if b.Rows = append(b.Rows, row); len(b.Rows) == blockSize {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	return flush()
}

// slim is what reports need of a record once it is planned.
func slim(rec reconcile.Record, fate reconcile.Fate) reconcile.Record {
	rec.Slim(&fate)
	return rec
}
