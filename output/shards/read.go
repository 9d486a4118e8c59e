package shards

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/gob"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"cspplan/reconcile"
)

// ErrUnusable means that a file is no shard that this program can use.
var ErrUnusable = errors.New("not usable")

// A File is the file of a shard. Its Plan can be gone through once; Close it
// then.
type File struct {
	Path    string
	Header  Header
	Plan    reconcile.ShardPlan
	Records []reconcile.Record // parallel to Plan.Own
	Common  []byte

	file *os.File
	dec  *gob.Decoder
	kept interned
}

// List names the files of shards in a folder, sorted. What is still being
// written is not among them.
func List(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var paths []string
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), suffix) && !strings.HasPrefix(e.Name(), ".") {
			paths = append(paths, filepath.Join(dir, e.Name()))
		}
	}
	return paths, nil
}

// Inspect reads the header of a file and checks the whole file by its sum. An
// error wraps ErrUnusable if the file can be read and is no good shard.
func Inspect(path string) (Header, error) {
	f, err := openRegular(path)
	if err != nil {
		return Header{}, err
	}
	defer f.Close()
	return inspect(f, path)
}

// openRegular opens a file; what is none could be waited for without end.
func openRegular(path string) (*os.File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s: %w: it is no file", path, ErrUnusable)
	}
	return os.Open(path)
}

func inspect(f *os.File, path string) (Header, error) {
	unusable := func(why string) error { return fmt.Errorf("%s: %w: %s", path, ErrUnusable, why) }
	damaged := unusable("it is damaged or cut short")
	start := bufio.NewReader(io.LimitReader(f, maxHeader))
	first, err := start.ReadString('\n')
	switch {
	case !strings.HasPrefix(first, magicWords):
		return Header{}, unusable("it is no shard of a plan")
	case first != magic:
		return Header{}, unusable("another version of cspplan wrote it")
	case err != nil:
		return Header{}, damaged
	}
	line, err := start.ReadBytes('\n')
	if err != nil {
		return Header{}, damaged
	}
	if right, err := sumIsRight(f); err != nil {
		return Header{}, fmt.Errorf("reading %s: %w", path, err)
	} else if !right {
		return Header{}, damaged
	}
	var h Header
	if err := json.Unmarshal(line, &h); err != nil {
		return Header{}, damaged
	}
	if h.Layout != layout() {
		return Header{}, unusable("another build of cspplan wrote it")
	}
	if info, err := f.Stat(); err != nil || h.Records < 0 || !within(info.Size(), h.Own) || !within(info.Size(), h.Rows) {
		return Header{}, unusable("it does not hold what it says")
	}
	return h, nil
}

// within tells whether a file may hold so many things: each takes a byte or more.
func within(size int64, n int) bool { return n >= 0 && int64(n) <= size }

const (
	magicWords = "cspplan shard "
	// maxHeader is how long the first two lines may be.
	maxHeader = 1 << 20
)

// sumIsRight tells whether a file ends with the sum of all before.
func sumIsRight(f *os.File) (bool, error) {
	info, err := f.Stat()
	if err != nil {
		return false, err
	}
	size := info.Size() - sha256.Size
	if size < 0 {
		return false, nil
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, io.NewSectionReader(f, 0, size)); err != nil {
		return false, err
	}
	last := make([]byte, sha256.Size)
	if _, err := f.ReadAt(last, size); err != nil {
		return false, err
	}
	return bytes.Equal(sum.Sum(nil), last), nil
}

// Open reads a file up to its rows, which Plan.Each reads.
func Open(path string) (*File, error) {
	f, err := openRegular(path)
	if err != nil {
		return nil, err
	}
	s := &File{Path: path, file: f, kept: newInterned()}
	if s.Header, err = inspect(f, path); err == nil {
		err = s.read()
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return s, nil
}

// Forget lets go what was read, once it has been joined.
func (s *File) Forget() {
	s.Plan, s.Records, s.Common, s.dec, s.kept = reconcile.ShardPlan{}, nil, nil, nil, interned{}
}

// Close gives the file back.
func (s *File) Close() error { return s.file.Close() }

// read reads the body and the records.
func (s *File) read() error {
	if _, err := s.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	r := bufio.NewReaderSize(s.file, 1<<20)
	for range 2 { // the lines that inspect has read
		if _, err := r.ReadSlice('\n'); err != nil {
			return s.wrong(err)
		}
	}
	shard, err := reconcile.ParseShard(s.Header.Shard)
	if err != nil {
		return s.wrong(err)
	}
	s.dec = gob.NewDecoder(r)
	var b body
	if err := s.dec.Decode(&b); err != nil {
		return s.wrong(err)
	}
	s.Common = b.Common
	s.Plan = reconcile.ShardPlan{
		Shard: shard, Records: s.Header.Records, Rows: s.Header.Rows,
		Region: b.Region, Choices: b.Choices, Registers: b.Registers, Places: b.Places, Vanished: b.Vanished,
		Customers: b.Customers, Extra: b.Extra, Matches: b.Matches, Each: s.rows(),
	}
	s.Plan.Own = make([]reconcile.OwnRecord, 0, s.Header.Own)
	s.Records = make([]reconcile.Record, 0, s.Header.Own)
	for len(s.Plan.Own) < s.Header.Own {
		var b block
		if err := s.dec.Decode(&b); err != nil {
			return s.wrong(err)
		}
		for i := range b.Own {
			own := &b.Own[i]
			s.kept.source(&own.Record.Source)
			s.Plan.Own = append(s.Plan.Own, reconcile.OwnRecord{At: own.At, Fate: own.Fate})
			s.Records = append(s.Records, own.Record)
		}
	}
	return nil
}

// wrong is a file whose sum is right and whose content is not: a fault of the
// program that wrote it, or somebody's own work.
func (s *File) wrong(err error) error {
	return fmt.Errorf("%s: %w: it does not hold what it says: %v", s.Path, ErrUnusable, err)
}

// rows goes through the rows, a block at a time.
func (s *File) rows() iter.Seq2[reconcile.ShardRow, error] {
	return func(yield func(reconcile.ShardRow, error) bool) {
		for taken := 0; taken < s.Header.Rows; {
			var b block
			if err := s.dec.Decode(&b); err != nil {
				yield(reconcile.ShardRow{}, s.wrong(err))
				return
			}
			for i := range b.Rows {
				s.kept.row(&b.Rows[i].Row)
				if !yield(b.Rows[i], nil) {
					return
				}
			}
			taken += len(b.Rows)
		}
	}
}
