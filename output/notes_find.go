package output

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// workbookName is the name of the workbook in a run folder and of its current
// copy; people's copies begin with it.
const workbookName = "csp-plan.xlsx"

// A notesFile is a workbook in which people may have written.
type notesFile struct {
	file     string // within the output folder, with slashes
	hash     string
	modified time.Time
	pristine bool // as it was published
	ownPart  bool // a part as it was published, under the name it was published by
}

// when is the time of the file, as notes.csv shows it.
func (f notesFile) when() string { return f.modified.UTC().Format("2006-01-02T15:04:05Z") }

// findBooks lists the workbooks of the output folder and of every run, oldest
// file first. File times do not tell whether a workbook was touched: its bytes
// do.
func findBooks(dir string, runs []Run) ([]notesFile, error) {
	published := map[string]bool{} // by hash, and by hash and name
	folders := []string{"."}
	for _, r := range runs {
		folders = append(folders, r.ID)
		for _, o := range r.Outputs {
			if strings.HasSuffix(o.Name, ".xlsx") {
				published[o.SHA256], published[o.SHA256+o.Name] = true, true
			}
		}
	}
	var books []notesFile
	for _, folder := range folders {
		names, err := workbooksIn(filepath.Join(dir, folder))
		if err != nil {
			return nil, fmt.Errorf("looking for notes: %w", err)
		}
		for _, name := range names {
			b, err := describeBook(dir, path.Join(folder, name))
			if err != nil {
				return nil, &UnreadableBookError{File: filepath.ToSlash(filepath.Join(dir, folder, name)), Err: err}
			}
			b.pristine = published[b.hash]
			b.ownPart = strings.HasPrefix(b.file, partPrefix) && published[b.hash+name]
			books = append(books, b)
		}
	}
	slices.SortFunc(books, func(a, b notesFile) int {
		return cmp.Or(a.modified.Compare(b.modified), strings.Compare(a.file, b.file))
	})
	return books, nil
}

// workbooksIn are csp-plan.xlsx and copies such as "csp-plan (2).xlsx".
func workbooksIn(folder string) ([]string, error) {
	entries, err := os.ReadDir(folder)
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		name := strings.ToLower(e.Name())
		if strings.HasPrefix(name, "csp-plan") && strings.HasSuffix(name, ".xlsx") && !e.IsDir() {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

func describeBook(dir, file string) (notesFile, error) {
	full := filepath.Join(dir, filepath.FromSlash(file))
	info, err := os.Stat(full)
	if err != nil {
		return notesFile{}, err
	}
	hash, err := hashFile(full)
	return notesFile{file: file, hash: hash, modified: info.ModTime()}, err
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

var runFolder = regexp.MustCompile(`^\d{4}-\d\d-\d\d-[0-9a-f]{8}$`)

// refuseDamaged stops where a damaged run folder may be the newest: its notes
// would be lost without a word.
func refuseDamaged(dir string, runs []Run) error {
	entries, err := os.ReadDir(dir)
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("looking for notes: %w", err)
	}
	newest := ""
	if len(runs) > 0 {
		newest = runs[len(runs)-1].AsOf
	}
	for _, e := range entries {
		id := e.Name()
		if !e.IsDir() || !runFolder.MatchString(id) || slices.ContainsFunc(runs, func(r Run) bool { return r.ID == id }) {
			continue
		}
		if id[:len(time.DateOnly)] >= newest {
			_, err := ReadRun(filepath.Join(dir, id))
			return fmt.Errorf("run folder %s is damaged, and its notes may be the newest: %w", filepath.ToSlash(filepath.Join(dir, id)), err)
		}
	}
	return nil
}
