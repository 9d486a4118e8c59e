package output

import (
	"archive/zip"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// workbookName is the name of the workbook in a run folder and of its current
// copy.
const workbookName = "csp-plan.xlsx"

// planName begins the names of all workbooks that a run writes.
const planName = "csp-plan"

// A notesFile is a workbook in which people may have written.
type notesFile struct {
	file     string // within the output folder, with slashes
	hash     string
	modified time.Time
	pristine bool // as it was published
	foreign  bool // has a name that no run gives: it may be anything
	ownPart  bool // a part as it was published, under the name it was published by
}

// when is the time of the file, as notes.csv shows it.
func (f notesFile) when() string { return f.modified.UTC().Format("2006-01-02T15:04:05Z") }

// findBooks lists the workbooks of the output folder, of the folders that people
// made in it, of every run and of further folders, oldest file first, whatever
// they are called: people rename their copies. File times do not tell whether a
// workbook was touched: its bytes do.
func findBooks(dir string, runs []Run, further ...string) ([]notesFile, error) {
	published := map[string]bool{} // by hash, and by hash and name
	outputs := map[string]RunOutput{}
	folders, err := peoplesFolders(dir)
	if err != nil {
		return nil, fmt.Errorf("looking for notes: %w", err)
	}
	for _, r := range runs {
		folders = append(folders, r.ID)
		for _, o := range r.Outputs {
			if strings.HasSuffix(o.Name, ".xlsx") {
				published[o.SHA256], published[o.SHA256+o.Name] = true, true
				outputs[path.Join(r.ID, o.Name)] = o
			}
		}
	}
	var books []notesFile
	for _, folder := range append(folders, further...) {
		names, err := workbooksIn(filepath.Join(dir, folder))
		if err != nil {
			return nil, fmt.Errorf("looking for notes: %w", err)
		}
		for _, name := range names {
			b, err := describeBook(dir, path.Join(folder, name), outputs[path.Join(folder, name)])
			if err != nil {
				return nil, &UnreadableBookError{File: filepath.ToSlash(filepath.Join(dir, folder, name)), Err: err}
			}
			b.pristine = published[b.hash]
			b.foreign = !strings.HasPrefix(strings.ToLower(name), planName)
			b.ownPart = strings.HasPrefix(b.file, partPrefix) && published[b.hash+name]
			books = append(books, b)
		}
	}
	slices.SortFunc(books, func(a, b notesFile) int {
		return cmp.Or(a.modified.Compare(b.modified), strings.Compare(a.file, b.file))
	})
	return books, nil
}

// peoplesFolders are the output folder and what people made in it, at any depth;
// the folders of runs and hidden ones are not theirs.
func peoplesFolders(dir string) ([]string, error) {
	folders := []string{"."}
	err := filepath.WalkDir(dir, func(full string, e fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || !e.IsDir() || full == dir {
			return err
		}
		name, err := filepath.Rel(dir, full)
		if err != nil {
			return err
		}
		if runFolder.MatchString(name) || name == failedDir || strings.HasPrefix(e.Name(), ".") {
			return fs.SkipDir
		}
		folders = append(folders, filepath.ToSlash(name))
		return nil
	})
	return folders, err
}

// workbooksIn are the names of the workbooks in a folder that can be read.
func workbooksIn(folder string) ([]string, error) { return filesIn(folder, ".xlsx", ".xlsm") }

// filesIn are the names of the files in a folder that end in one of the
// extensions, without the marks by which programs say that somebody has one open.
func filesIn(folder string, extensions ...string) ([]string, error) {
	entries, err := os.ReadDir(folder)
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		ext := strings.ToLower(filepath.Ext(e.Name()))
		mark := strings.HasPrefix(e.Name(), "~$") || strings.HasPrefix(e.Name(), ".")
		if slices.Contains(extensions, ext) && !mark && !e.IsDir() {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

// describeBook looks at a workbook, given what the run of its folder wrote there
// by that name, if it did.
func describeBook(dir, file string, wrote RunOutput) (notesFile, error) {
	full := filepath.Join(dir, filepath.FromSlash(file))
	info, err := os.Stat(full)
	if err != nil {
		return notesFile{}, err
	}
	if !info.Mode().IsRegular() { // opening a pipe would wait for ever
		return notesFile{}, errors.New("this is no ordinary file")
	}
	b := notesFile{file: file, modified: info.ModTime()}
	if wrote.Contents != "" && info.Size() == wrote.Bytes && contentsSum(full) == wrote.Contents {
		b.hash = wrote.SHA256
		return b, nil
	}
	b.hash, err = hashFile(full)
	return b, err
}

// contentsSum is the SHA-256 over the table of contents of a zip file: names,
// sizes and checksums of its parts. No program can save a workbook with other
// cells and leave it as it was, so the workbooks of hundreds of nights need not
// be read to the end to see that nobody wrote in them. Empty: not a zip file.
func contentsSum(path string) string {
	z, err := zip.OpenReader(path)
	if err != nil {
		return ""
	}
	defer z.Close()
	h := sha256.New()
	for _, part := range z.File {
		fmt.Fprintf(h, "%q %08x %d %d\n", part.Name, part.CRC32, part.UncompressedSize64, part.CompressedSize64)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// hashFile is the SHA-256 of a file in hexadecimal digits.
func hashFile(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
