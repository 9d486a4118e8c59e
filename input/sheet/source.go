package sheet

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"time"

	"github.com/klauspost/compress/gzip"
)

// A source is where the bytes of a file come from: from the disk, from a zip
// archive, or unpacked from either. They can be read from the beginning any
// number of times, also at once, so that several sheets can be walked.
type source struct {
	ctx     context.Context
	name    string // what messages show
	size    int64  // bytes; packed ones for what is unpacked by gunzip
	modTime time.Time
	limits  Limits
	packing Packing

	stream func() (io.Reader, error) // from the beginning
	disk   *disk                     // the file on the disk that holds it all
	spool  *spool                    // a copy that can be read by position, once it was needed
	budget *budget                   // of the archive that it lies in
	owner  bool                      // of disk: it is closed with this source
}

// Packing is the kind of archive that a file was unpacked from.
type Packing string

// The packings that are read. Only one lies around a table: archives in archives
// are refused.
const (
	Unpacked  Packing = ""
	InGzip    Packing = "gzip"
	InArchive Packing = "zip"
)

// A disk is an open file with what was known of it when it was opened.
type disk struct {
	file *os.File
	path string
	info fs.FileInfo
}

// openSource opens an ordinary file.
func openSource(ctx context.Context, path, name string, limits Limits) (*source, error) {
	file, err := openOrdinary(path)
	if err != nil {
		return nil, refuseOpen(path, name, err)
	}
	info, err := file.Stat()
	if err == nil {
		err = ordinary(name, info)
	} else {
		err = refuseIO(name, err)
	}
	if err != nil {
		file.Close()
		return nil, err
	}
	src := &source{ctx: ctx, name: name, size: info.Size(), modTime: info.ModTime(), limits: limits, disk: &disk{file, path, info}, owner: true}
	src.stream = func() (io.Reader, error) { return io.NewSectionReader(file, 0, src.size), nil }
	return src, nil
}

func ordinary(name string, info fs.FileInfo) error {
	switch {
	case info.IsDir():
		return refuse(CodeUnreadable, name, "this is a folder, not a file; name the files in it")
	case !info.Mode().IsRegular():
		return refuse(CodeUnreadable, name, "this is a pipe, a socket or a device, not an ordinary file; save the export to a file")
	case info.Size() == 0:
		return refuse(CodeNotASpreadsheet, name, "the file is empty (0 bytes); %s", copyAgain)
	}
	return nil
}

func (s *source) close() error {
	err := s.spool.close()
	if s.owner {
		err = errors.Join(err, s.disk.file.Close())
	}
	return err
}

// open reads the bytes from the beginning.
func (s *source) open() (io.Reader, error) {
	in, err := s.stream()
	if err != nil {
		return nil, err
	}
	return &timed{s.ctx, in}, nil
}

// random gives the bytes by position, unpacked for it if need be, and their
// number.
func (s *source) random() (io.ReaderAt, int64, error) {
	if s.packing == Unpacked {
		return s.disk.file, s.size, nil
	}
	if s.spool == nil || s.spool.at == nil {
		in, err := s.open()
		if err != nil {
			return nil, 0, err
		}
		if s.spool, err = unpack(in, s.name, s.limits.XLSXBytes); err != nil {
			return nil, 0, s.refusal(err)
		}
	}
	return s.spool.at, s.spool.size, nil
}

// gunzip is the source of what a gzip file holds.
func (s *source) gunzip() (*source, error) {
	inner := *s
	inner.packing = InGzip
	inner.stream = func() (io.Reader, error) {
		packed, err := s.stream()
		if err != nil {
			return nil, err
		}
		z, err := gzip.NewReader(packed)
		if err != nil {
			return nil, refuse(CodeBrokenZip, s.name, "the gzip archive is damaged at its beginning; %s", copyAgain)
		}
		return &inflated{r: z, where: s.name, what: "the gzip archive", packed: s.size, limits: s.limits}, nil
	}
	return &inner, nil
}

// kind looks at the beginning of the bytes.
func (s *source) kind() (start []byte, kind fileKind, err error) {
	in, err := s.open()
	if err != nil {
		return nil, 0, err
	}
	if start, err = head(in, kindBytes); err != nil {
		return nil, 0, s.refusal(err)
	}
	return start, magic(start), nil
}

// withinSize refuses a file that is larger than is read of its kind.
func (s *source) withinSize(kind fileKind) error {
	limit, key := s.limits.CSVBytes, "csv_bytes"
	if kind == zipKind {
		limit, key = s.limits.XLSXBytes, "xlsx_bytes"
	}
	if s.size > limit {
		return refuse(CodeTooLarge, s.name, "the file has %s, more than the %s that are read of its kind; %s", byteSize(s.size), byteSize(limit), raise(key))
	}
	return nil
}

// head returns up to n bytes of the beginning of r.
func head(r io.Reader, n int) ([]byte, error) {
	buf := make([]byte, n)
	got, err := io.ReadFull(r, buf)
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		err = nil
	}
	return buf[:got], err
}

// unchanged tells whether the file is still the one that was opened: a file
// that grows while it is read gives rows of two states, and one that was put in
// its place is another file.
func (s *source) unchanged() error {
	before := s.disk.info
	for _, look := range []func() (fs.FileInfo, error){s.disk.file.Stat, func() (fs.FileInfo, error) { return os.Lstat(s.disk.path) }} {
		info, err := look()
		if err != nil {
			return refuseIO(s.name, err)
		}
		if !same(info, before) {
			return refuse(CodeStillBeingWritten, s.name, "the file changed while it was being read; %s", waitForIt)
		}
	}
	return nil
}

func same(a, b fs.FileInfo) bool {
	return os.SameFile(a, b) && a.Size() == b.Size() && a.ModTime().Equal(b.ModTime())
}

// refusal words an error of reading: a refusal stays what it is.
func (s *source) refusal(err error) error {
	var r *Refusal
	if errors.As(err, &r) {
		return r
	}
	return refuseIO(s.name, err)
}

// timed reads until its context ends.
type timed struct {
	ctx context.Context
	r   io.Reader
}

func (t *timed) Read(p []byte) (int, error) {
	if t.ctx.Err() != nil {
		return 0, context.Cause(t.ctx)
	}
	return t.r.Read(p)
}
