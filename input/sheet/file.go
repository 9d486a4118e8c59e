package sheet

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"time"
)

// A File is an ordinary file that is open for reading: one on the disk, or one
// in a zip archive. What it is shows in its bytes, not in its name.
type File struct{ src *source }

// OpenFile opens the file at path for reading; name is what messages show. A
// symbolic link is not followed, and a pipe or a device is not waited for: both
// are refused. The error is a *Refusal. Once ctx ends, whatever is read of the
// file ends with an error.
//
// The file must be closed.
func OpenFile(ctx context.Context, path, name string, limits Limits) (*File, error) {
	src, err := openSource(ctx, path, name, limits.withDefaults())
	if err != nil {
		return nil, err
	}
	return &File{src}, nil
}

// Name is what messages show: for a file in an archive the archive's name, a
// slash and the name in it.
func (f *File) Name() string { return f.src.name }

// Bytes is the size of the file; in an archive, unpacked.
func (f *File) Bytes() int64 { return f.src.size }

// Modified is when the file was written last, in UTC. A file in an archive that
// does not say so is as old as the archive.
func (f *File) Modified() time.Time { return f.src.modTime.UTC() }

// Close releases the file. What was opened from it cannot be read after that.
func (f *File) Close() error { return f.src.close() }

// Until is the same file, to be read until ctx ends. It is closed with f.
func (f *File) Until(ctx context.Context) *File {
	src := *f.src
	src.ctx, src.owner = ctx, false
	return &File{&src}
}

// Same tells whether both are the same file in the same state.
func (f *File) Same(as *File) bool {
	return f.src.size == as.src.size && same(f.src.disk.info, as.src.disk.info)
}

// settled is how long after its last change a file that another program still
// has open for writing is held to be incomplete. Later than that it is a workbook
// that somebody left open over a share: what is on the disk is whole.
const settled = 10 * time.Minute

// Settled is nil unless another program is writing the file at this moment.
func (f *File) Settled() error {
	d := f.src.disk
	if time.Since(d.info.ModTime()) < settled && openForWriting(d.file) {
		return refuse(CodeStillBeingWritten, f.src.name, "another program is writing the file at this moment; %s", waitForIt)
	}
	return nil
}

// Unchanged is nil if the file at its path is still the one that was opened, and
// is the refusal of a file that somebody was writing while it was read.
func (f *File) Unchanged() error { return f.src.unchanged() }

// Text reports whether the file is, by its first bytes, neither a workbook nor an
// archive.
func (f *File) Text() bool {
	_, kind, err := f.src.kind()
	return err == nil && kind == textKind
}

// A Digest tells files apart.
type Digest struct {
	SHA256  string // hex, of the file as it lies on the disk, or unpacked from its archive
	Content string // the same, of what a gzip file holds
}

// Digest reads the file from end to end.
func (f *File) Digest() (d Digest, err error) {
	defer guard(f.src.name, &err)
	_, kind, err := f.src.kind()
	if err == nil && kind != gzipKind {
		err = f.src.withinSize(kind)
	}
	if err != nil {
		return Digest{}, err
	}
	if d.SHA256, err = hashOf(f.src); err != nil {
		return Digest{}, err
	}
	d.Content = d.SHA256
	if kind == gzipKind && f.src.packing == Unpacked {
		if inner, err := f.src.gunzip(); err == nil {
			d.Content, err = hashOf(inner)
			if err != nil {
				return Digest{SHA256: d.SHA256}, err
			}
		}
	}
	return d, nil
}

func hashOf(src *source) (string, error) {
	in, err := src.open()
	if err != nil {
		return "", err
	}
	hash := sha256.New()
	if _, err := io.Copy(hash, in); err != nil {
		return "", src.refusal(err)
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}
