package main

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"cspplan/input"
	"cspplan/input/sheet"
	"cspplan/output"
)

// exportsDir is where exports are looked for if no --input names them.
const exportsDir = "exports"

// An inputList is what lies where exports are looked for.
type inputList struct {
	files   []input.File
	leftOut []input.LeftOut
}

// listInputs finds the files to read, sorted by name so that the order of
// flags and of the file system changes nothing. Names are relative to the
// settings' folder where possible. A pattern that fits nothing is an error.
func listInputs(s *Settings, patterns []string) (inputList, error) {
	exports := s.resolve(exportsDir)
	if len(patterns) == 0 {
		patterns = []string{exports}
	}
	seen, left := map[string]int{}, map[input.LeftOut]bool{}
	var files []input.File
	for _, pattern := range patterns {
		found, err := expand(pattern, exports)
		if err != nil {
			return inputList{}, err
		}
		for _, l := range found.leftOut {
			left[input.LeftOut{Name: s.shown(l.Name), Why: l.Why}] = true
		}
		for _, path := range found.paths {
			folder := sheet.Plain(subFolder(exports, path))
			if folder == "" {
				folder = sheet.Plain(subFolder(fixedPart(pattern), path))
			}
			clean := path
			if full, err := filepath.Abs(path); err == nil {
				clean = full
			}
			if i, ok := seen[clean]; ok {
				files[i].Folder = max(files[i].Folder, folder) // whichever pattern comes first
				continue
			}
			seen[clean] = len(files)
			files = append(files, input.File{Path: path, Name: s.shown(path), Folder: folder})
		}
	}
	slices.SortFunc(files, func(a, b input.File) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.Path, b.Path))
	})
	nameApart(files)
	leftOut := slices.SortedFunc(maps.Keys(left), func(a, b input.LeftOut) int { return strings.Compare(a.Name, b.Name) })
	return inputList{files, leftOut}, nil
}

// nameApart gives files that are shown by one and the same name, because they
// differ only in what cannot be shown, names of their own.
func nameApart(files []input.File) {
	taken := map[string]bool{}
	for i := range files {
		name := files[i].Name
		for n := 2; taken[files[i].Name]; n++ {
			files[i].Name = fmt.Sprintf("%s (%d)", name, n)
		}
		taken[files[i].Name] = true
	}
}

// fixedPart is the folder that a pattern starts from: all before the first
// part with a wildcard. A pattern that names one file starts from its folder.
func fixedPart(pattern string) string {
	if info, err := os.Stat(pattern); err == nil && info.IsDir() {
		return pattern
	}
	dir := filepath.Dir(pattern)
	for strings.ContainsAny(dir, "*?[") {
		dir = filepath.Dir(dir)
	}
	return dir
}

// subFolder is the first folder below root on the way to path, for
// exports/Contoso Ltd/2026-11/licences.csv Contoso Ltd. A folder of digits and
// dashes is a date, not a customer. Empty: there is none, or path lies elsewhere.
func subFolder(root, path string) string {
	parts := strings.Split(subPath(root, path), "/")
	return input.CustomerFolder(parts[:len(parts)-1])
}

// subPath is path as seen from root, empty if it is root or lies elsewhere.
func subPath(root, path string) string {
	rel, err := filepath.Rel(root, path)
	if rel = filepath.ToSlash(rel); err != nil || rel == "." || rel == ".." || strings.HasPrefix(rel, "../") {
		return ""
	}
	return rel
}

// A found is what a pattern fits.
type found struct {
	paths   []string
	leftOut []input.LeftOut // by path
}

// putThere is what to do where no input is.
const putThere = "Put the exported spreadsheets (CSV, XLSX) there, or name other files or folders."

// expand turns a pattern into files: a folder stands for everything below it.
// Links below it are listed and not followed. A link to a folder that is named
// itself is followed, since whoever runs the program put it there, but not one
// among the exports.
func expand(pattern, exports string) (found, error) {
	named := subPath(exports, pattern) == ""
	paths := []string{pattern}
	var err error
	if _, missing := os.Lstat(pattern); missing != nil { // else it is a name, whatever brackets it holds
		paths, err = filepath.Glob(pattern)
		named = false
	}
	if err != nil {
		return found{}, usage(fmt.Errorf("--input %s: the pattern is malformed", sheet.Plain(pattern)), "use a file, a folder, or a pattern such as exports/*.csv")
	}
	if len(paths) == 0 {
		return found{}, fail(exitInput, fmt.Errorf("no input: %s does not exist", sheet.Plain(pattern)), putThere)
	}
	var all found
	for _, path := range paths {
		if info, err := os.Stat(path); err == nil && info.IsDir() && named {
			path += string(filepath.Separator) // makes the walk follow a link
		}
		if err := all.walk(path); err != nil {
			return found{}, fail(exitInput, fmt.Errorf("listing %s: %w", pattern, err), "check that the folder can be read")
		}
	}
	return all, nil
}

// walk adds what lies at a path or below it.
func (f *found) walk(root string) error {
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil && path == root:
			return err
		case err != nil: // named and refused when it is opened
			f.paths = append(f.paths, path)
			return nil
		case path == root && d.IsDir():
			return nil
		}
		why := ""
		if path != root {
			why = input.WhyLeftOut(d.Name())
		}
		switch {
		case d.IsDir() && isPlans(path):
			return filepath.SkipDir
		case why != "":
			f.leftOut = append(f.leftOut, input.LeftOut{Name: path, Why: why})
			if d.IsDir() {
				return filepath.SkipDir
			}
		case !d.IsDir():
			f.paths = append(f.paths, path)
		}
		return nil
	})
}

// isPlans tells a folder that runs write into by its lock: what lies there was
// made of the inputs and is none itself.
func isPlans(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, output.LockName))
	return err == nil
}

// shown is the name of a path in reports: relative to the settings' folder if
// it lies below it, with forward slashes, so that it is the same on every system,
// and in plain characters, so that it commands no terminal.
func (s *Settings) shown(path string) string {
	base, err1 := filepath.Abs(s.dir)
	full, err2 := filepath.Abs(path)
	if err1 == nil && err2 == nil {
		if rel, err := filepath.Rel(base, full); err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(os.PathSeparator)) {
			return sheet.Plain(filepath.ToSlash(rel))
		}
	}
	return sheet.Plain(filepath.ToSlash(path))
}
