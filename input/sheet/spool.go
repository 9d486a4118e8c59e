package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
)

// spoolMemory is how much of an unpacked workbook is held in memory; a larger one
// goes to a temporary file.
const spoolMemory = 16 << 20

// A spool is a workbook unpacked from an archive, so that its own archive can be
// read by position. Its file has no name any more when the first byte goes in:
// a run that is killed leaves no customer's data behind.
type spool struct {
	at   io.ReaderAt
	size int64
	file *os.File // nil if it is held in memory
}

func (s *spool) close() error {
	if s == nil {
		return nil
	}
	file := s.file
	*s = spool{}
	if file == nil {
		return nil
	}
	return file.Close()
}

// unpack copies the workbook called name from r; limit is its largest size.
func unpack(r io.Reader, name string, limit int64) (*spool, error) {
	var held bytes.Buffer
	if _, err := io.CopyN(&held, r, spoolMemory); err == io.EOF {
		return &spool{at: bytes.NewReader(held.Bytes()), size: int64(held.Len())}, nil
	} else if err != nil {
		return nil, err
	}
	all := io.LimitReader(io.MultiReader(&held, r), limit+1)
	s, err := spoolFile(all)
	if errors.Is(err, errNameStays) {
		var b []byte
		b, err = io.ReadAll(all)
		s = &spool{at: bytes.NewReader(b), size: int64(len(b))}
	}
	switch {
	case err != nil:
		return nil, err
	case s.size > limit:
		return nil, errors.Join(refuse(CodeTooLarge, name, "the workbook has more than the %s that are read; %s", byteSize(limit), raise("xlsx_bytes")), s.close())
	}
	return s, nil
}

// errNameStays is the trouble of systems on which an open file keeps its name:
// there the workbook is held in memory.
var errNameStays = errors.New("the temporary file keeps its name")

func spoolFile(r io.Reader) (*spool, error) {
	file, err := os.CreateTemp("", "cspplan-")
	if err != nil {
		return nil, fmt.Errorf("unpacking: %w", err)
	}
	if err := os.Remove(file.Name()); err != nil {
		file.Close()
		os.Remove(file.Name())
		return nil, errNameStays
	}
	n, err := io.Copy(file, r)
	if err != nil {
		file.Close()
		return nil, err
	}
	return &spool{at: file, size: n, file: file}, nil
}
