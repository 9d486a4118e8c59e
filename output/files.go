package output

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// create opens a new file that only its owner can read.
func create(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
}

// writeFile writes a whole file and syncs it.
func writeFile(path string, data []byte) error {
	return writeTo(path, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// writeTo fills a file and syncs it, so that after the folder's rename the
// content is there even when the power goes.
func writeTo(path string, fill func(io.Writer) error) error {
	f, err := filled(path, fill)
	if err != nil {
		return err
	}
	return settle(f)
}

// filled makes a file and leaves it open.
func filled(path string, fill func(io.Writer) error) (*os.File, error) {
	f, err := create(path)
	if err != nil {
		return nil, err
	}
	if err := fill(f); err != nil {
		f.Close()
		return nil, fmt.Errorf("writing %s: %w", filepath.Base(path), err)
	}
	return f, nil
}

// settle waits until a file is on the disk, and closes it.
func settle(f *os.File) error {
	if err := f.Sync(); err != nil {
		f.Close()
		return fmt.Errorf("syncing %s: %w", filepath.Base(f.Name()), err)
	}
	return f.Close()
}

// until makes what fills a file stop at its next write once ctx has ended.
func until(ctx context.Context, fill func(io.Writer) error) func(io.Writer) error {
	return func(w io.Writer) error { return fill(ending{ctx, w}) }
}

type ending struct {
	ctx context.Context
	w   io.Writer
}

func (e ending) Write(b []byte) (int, error) {
	if err := e.ctx.Err(); err != nil {
		return 0, err
	}
	return e.w.Write(b)
}

// syncDir makes renames within a folder durable. Not every file system can
// sync a folder; the data of the files are synced in any case.
func syncDir(dir string) {
	d, err := os.Open(dir)
	if err != nil {
		return
	}
	d.Sync()
	d.Close()
}

// replace puts a copy of src in the place of dst, whole or not at all. The copy
// grows in dir, the folder of the plans.
func replace(src, dst, dir string) error {
	copied := growing(dir, filepath.Base(dst))
	if err := copyFile(src, copied); err != nil {
		return fmt.Errorf("replacing %s: %w", dst, err)
	}
	return takePlace(copied, dst)
}

// growing is where a copy grows, under a name that the next run clears if this
// one is killed.
func growing(dir, name string) string {
	return filepath.Join(dir, fmt.Sprintf("%s%d-copy-%s", workPrefix, os.Getpid(), name))
}

// copyFile makes a synced copy of a file, whole or not at all.
func copyFile(src, dst string) error {
	in, err := os.Open(src)
	if err != nil {
		return err
	}
	defer in.Close()
	err = writeTo(dst, func(w io.Writer) error {
		_, err := io.Copy(w, in)
		return err
	})
	if err != nil {
		os.Remove(dst)
	}
	return err
}

// takePlace makes a copy the file that it is a copy of.
func takePlace(copied, dst string) error {
	if err := os.Rename(copied, dst); err != nil {
		os.Remove(copied)
		return fmt.Errorf("replacing %s: %w", dst, err)
	}
	return nil
}

// describe measures a finished file of a run folder.
func describe(dir, name string) (RunOutput, error) {
	f, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		return RunOutput{}, err
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, f)
	if err != nil {
		return RunOutput{}, fmt.Errorf("reading back %s: %w", name, err)
	}
	o := RunOutput{Name: name, Bytes: n, SHA256: hex.EncodeToString(h.Sum(nil))}
	if filepath.Ext(name) == ".xlsx" {
		o.Contents = contentsSum(filepath.Join(dir, name))
	}
	return o, nil
}
