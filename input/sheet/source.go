package sheet

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"syscall"
	"time"

	"github.com/klauspost/compress/gzip"
)

// A source is the open file under a book. It is read by position only, so that
// several sheets can be walked at once and each as often as wanted.
type source struct {
	file    *os.File
	name    string // what messages show
	size    int64
	modTime time.Time
	limits  Limits
	gzip    bool // the file is a gzip archive of a text
}

// openSource opens an ordinary file. A pipe or a device is refused without
// waiting for what it might say.
func openSource(path, name string, limits Limits) (*source, error) {
	file, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, refuseIO(name, err)
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
	return &source{file: file, name: name, size: info.Size(), modTime: info.ModTime(), limits: limits}, nil
}

func ordinary(name string, info fs.FileInfo) error {
	switch {
	case info.IsDir():
		return refuse(CodeUnreadable, name, "this is a folder, not a file; name the files in it")
	case !info.Mode().IsRegular():
		return refuse(CodeUnreadable, name, "this is a pipe or a device, not an ordinary file; save the export to a file")
	case info.Size() == 0:
		return refuse(CodeNotASpreadsheet, name, "the file is empty (0 bytes); %s", copyAgain)
	}
	return nil
}

// bytes reads the file as it lies on the disk, from its beginning.
func (s *source) bytes() *io.SectionReader { return io.NewSectionReader(s.file, 0, s.size) }

// text reads the text that the file holds, still encoded, from its beginning.
func (s *source) text() (io.Reader, error) {
	if !s.gzip {
		return s.bytes(), nil
	}
	z, err := gzip.NewReader(s.bytes())
	if err != nil {
		return nil, refuse(CodeBrokenZip, s.name, "the gzip archive is damaged at its beginning; %s", copyAgain)
	}
	return &inflated{r: z, where: s.name, what: "the gzip archive", packed: s.size, limits: s.limits}, nil
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
// that grows while it is read gives rows of two states.
func (s *source) unchanged() error {
	info, err := s.file.Stat()
	if err != nil {
		return refuseIO(s.name, err)
	}
	if info.Size() != s.size || !info.ModTime().Equal(s.modTime) {
		return refuse(CodeStillBeingWritten, s.name, "the file changed while it was being read; wait until it is complete and run again")
	}
	return nil
}

// refusal words an error of reading: a refusal stays what it is.
func (s *source) refusal(err error) error {
	var r *Refusal
	if errors.As(err, &r) {
		return r
	}
	return refuseIO(s.name, err)
}

// inflated reads one member of an archive and stops at the limits, measured on
// what really comes out: what an archive declares about itself can be a lie.
type inflated struct {
	r      io.Reader
	where  string // file, for messages
	what   string // the archive or the part in it, for messages
	packed int64  // compressed bytes
	limits Limits
	n      int64 // inflated bytes
}

func (z *inflated) Read(p []byte) (int, error) {
	n, err := z.r.Read(p)
	z.n += int64(n)
	switch {
	case z.n > z.limits.InflatedBytes:
		return 0, refuse(CodeTooLarge, z.where, "%s holds more than %s unpacked; %s", z.what, byteSize(z.limits.InflatedBytes), raiseLimits)
	case z.n > ratioFrom && z.n/z.limits.Ratio > z.packed:
		return 0, refuse(CodeTooLarge, z.where, "%s unpacks to more than %d times its size, as an archive made to exhaust the machine does; %s", z.what, z.limits.Ratio, copyAgain)
	case err == nil || err == io.EOF:
		return n, err
	case errors.Is(err, io.ErrUnexpectedEOF):
		return n, refuse(CodeBrokenZip, z.where, "%s is cut off before its end; %s", z.what, copyAgain)
	}
	return n, refuse(CodeBrokenZip, z.where, "%s is damaged: its contents do not agree with its checksum; %s", z.what, copyAgain)
}
