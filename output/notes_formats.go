package output

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// unreadFormats are the endings under which programs save a copy of the plan in
// a way that is not read.
var unreadFormats = []string{".ods", ".fods", ".xls", ".xlsb", ".numbers"}

// warnFormats names the copies of the plan that are not read because of their
// format: what people typed there has no effect until they save it as .xlsx.
func (n *Notes) warnFormats(dir string, runs []Run) error {
	folders, err := peoplesFolders(dir)
	if err != nil {
		return fmt.Errorf("looking for notes: %w", err)
	}
	for _, r := range runs {
		folders = append(folders, r.ID)
	}
	for _, folder := range folders {
		copies, err := unreadCopies(dir, folder)
		if err != nil {
			return fmt.Errorf("looking for notes: %w", err)
		}
		for _, file := range copies {
			n.warn(filepath.ToSlash(filepath.Join(dir, file)), "notes-format",
				"a copy of the plan as %s is not read, and what was written in it has no effect: save it as .xlsx beside it, then take this one away", path.Ext(file))
		}
	}
	return nil
}

// unreadCopies are the copies of the plan in a folder of the output folder that
// are not read because of their format. Spreadsheets of other people's are none.
func unreadCopies(dir, folder string) ([]string, error) {
	names, err := filesIn(filepath.Join(dir, folder), unreadFormats...)
	if err != nil {
		return nil, err
	}
	var copies []string
	for _, name := range names {
		if strings.Contains(strings.ToLower(name), planName) || hasOurMark(filepath.Join(dir, folder, name)) {
			copies = append(copies, path.Join(folder, name))
		}
	}
	return copies, nil
}

// The ways in which files say that this program made the document: as the
// content of an element, and as a counted string among the properties of an .xls.
var ourMarks = [][]byte{[]byte("creator>cspplan</"), []byte("\x1e\x00\x00\x00\x08\x00\x00\x00cspplan\x00")}

// longestMarked is how much of a file is searched, in bytes.
const longestMarked = 32 << 20

// hasOurMark tells whether a file was once our workbook, whatever it is called
// now: programs keep who made a document when they save it. A file that cannot
// be read is taken for somebody else's.
func hasOurMark(file string) bool {
	info, err := os.Stat(file)
	if err != nil || !info.Mode().IsRegular() {
		return false
	}
	z, err := zip.OpenReader(file)
	if err != nil {
		f, err := os.Open(file)
		return err == nil && showsMark(f)
	}
	defer z.Close()
	for _, name := range []string{"meta.xml", "docProps/core.xml"} {
		if part, err := z.Open(name); err == nil && showsMark(part) {
			return true
		}
	}
	return false
}

// showsMark searches a file and closes it.
func showsMark(r io.ReadCloser) bool {
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, longestMarked))
	if err != nil {
		return false
	}
	for _, mark := range ourMarks {
		if bytes.Contains(b, mark) {
			return true
		}
	}
	return false
}
