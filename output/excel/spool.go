package excel

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"sync"
)

// spoolMemory is how much of a spool is held in memory, in bytes; what is
// larger waits in a temporary file.
const spoolMemory = 2 << 20

// spoolRoom is room for what spools hold in memory.
var spoolRoom = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// A spool keeps packed bytes whose turn has not come: the rows of a sheet, for
// styles come up with the rows, but stand in front of them; and parts until all
// are there to be put in order.
type spool struct {
	dir    string // for the temporary file; empty: the system's
	memory *bytes.Buffer
	file   *os.File
	size   uint64 // bytes written
}

func (s *spool) Write(b []byte) (int, error) {
	s.size += uint64(len(b))
	if s.memory == nil {
		s.memory = spoolRoom.Get().(*bytes.Buffer)
	}
	if s.memory.Len()+len(b) > spoolMemory {
		if err := s.spill(); err != nil {
			return 0, err
		}
	}
	return s.memory.Write(b)
}

// spill moves what is in memory to the file.
func (s *spool) spill() (err error) {
	if s.file == nil {
		if s.file, err = os.CreateTemp(s.dir, "cspplan-part-*"); err != nil {
			return fmt.Errorf("keeping a part of the workbook: %w", err)
		}
	}
	if _, err := s.memory.WriteTo(s.file); err != nil {
		return fmt.Errorf("keeping a part of the workbook: %w", err)
	}
	return nil
}

// copyTo hands on everything, once.
func (s *spool) copyTo(w io.Writer) error {
	if s.file != nil {
		if _, err := s.file.Seek(0, io.SeekStart); err != nil {
			return fmt.Errorf("keeping a part of the workbook: %w", err)
		}
		if _, err := io.Copy(w, s.file); err != nil {
			return fmt.Errorf("keeping a part of the workbook: %w", err)
		}
	}
	if s.memory == nil {
		return nil
	}
	_, err := s.memory.WriteTo(w)
	return err
}

// close gives back the room and removes the file. Nothing is lost if that fails: its
// folder goes too.
func (s *spool) close() {
	if s.memory != nil {
		s.memory.Reset()
		spoolRoom.Put(s.memory)
		s.memory = nil
	}
	if s.file != nil {
		s.file.Close()
		os.Remove(s.file.Name())
		s.file = nil
	}
}
