package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"cspplan/input"
	"cspplan/output"
)

// exportsDir is where exports are looked for if no --input names them.
const exportsDir = "exports"

// listInputs finds the files to read, sorted by name so that the order of
// flags and of the file system changes nothing. Names are relative to the
// settings' folder where possible. A pattern that fits nothing is an error.
func listInputs(s *Settings, patterns []string) ([]input.File, error) {
	exports := s.resolve(exportsDir)
	if len(patterns) == 0 {
		patterns = []string{exports}
	}
	seen := map[string]int{}
	var files []input.File
	for _, pattern := range patterns {
		paths, err := expand(pattern)
		if err != nil {
			return nil, err
		}
		for _, path := range paths {
			folder := subFolder(exports, path)
			if folder == "" {
				folder = subFolder(fixedPart(pattern), path)
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
	slices.SortFunc(files, func(a, b input.File) int { return strings.Compare(a.Name, b.Name) })
	return files, nil
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
	rel, err := filepath.Rel(root, path)
	if err != nil {
		return ""
	}
	parts := strings.Split(filepath.ToSlash(rel), "/")
	if parts[0] == ".." {
		return ""
	}
	for _, folder := range parts[:len(parts)-1] {
		if strings.ContainsFunc(folder, unicode.IsLetter) {
			return folder
		}
	}
	return ""
}

// putThere is what to do where no input is.
const putThere = "Put the exported spreadsheets (CSV, XLSX) there, or name other files or folders."

// expand turns a pattern into files: a folder stands for everything below it.
func expand(pattern string) ([]string, error) {
	paths, err := filepath.Glob(pattern)
	if err != nil {
		return nil, usage(fmt.Errorf("--input %s: the pattern is malformed", pattern), "use a file, a folder, or a pattern such as exports/*.csv")
	}
	if len(paths) == 0 {
		return nil, fail(exitInput, fmt.Errorf("no input: %s does not exist", pattern), putThere)
	}
	var files []string
	for _, path := range paths {
		err := filepath.WalkDir(path, func(p string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if p != path && (ignoredName(d.Name()) || d.IsDir() && isPlans(p)) {
				if d.IsDir() {
					return filepath.SkipDir
				}
				return nil
			}
			if !d.IsDir() {
				files = append(files, p)
			}
			return nil
		})
		if err != nil {
			return nil, fail(exitInput, fmt.Errorf("listing %s: %w", pattern, err), "check that the folder can be read")
		}
	}
	return files, nil
}

// isPlans tells a folder that runs write into by its lock: what lies there was
// made of the inputs and is none itself.
func isPlans(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, output.LockName))
	return err == nil
}

// ignoredName tells files that are nobody's export: lock files of Office,
// downloads under way, hidden files.
func ignoredName(name string) bool {
	lower := strings.ToLower(name)
	if strings.HasPrefix(lower, ".") || strings.HasPrefix(lower, "~$") || lower == "desktop.ini" || lower == "thumbs.db" {
		return true
	}
	for _, suffix := range []string{".tmp", ".part", ".crdownload", ".partial"} {
		if strings.HasSuffix(lower, suffix) {
			return true
		}
	}
	return false
}

// shown is the name of a path in reports: relative to the settings' folder if
// it lies below it, with forward slashes, so that it is the same on every system.
func (s *Settings) shown(path string) string {
	base, err1 := filepath.Abs(s.dir)
	full, err2 := filepath.Abs(path)
	if err1 == nil && err2 == nil {
		if rel, err := filepath.Rel(base, full); err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(os.PathSeparator)) {
			return filepath.ToSlash(rel)
		}
	}
	return filepath.ToSlash(path)
}
