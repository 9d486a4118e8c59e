package sheet

import (
	"archive/zip"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// oldestEntry is before which the time of an archive's entry means that its
// program did not write one.
var oldestEntry = time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC)

// Files lists the files in a zip archive, in the order of their names; folders
// are left out. archive is false for every other kind of file, a workbook
// included, although that is a zip archive too. Nothing is unpacked to the disk
// under the names in the archive: they are names only.
//
// The files share this one, which must stay open.
func (f *File) Files() (files []*File, archive bool, err error) {
	defer guard(f.src.name, &err)
	_, kind, err := f.src.kind()
	if err != nil || kind != zipKind || f.src.packing != Unpacked {
		return nil, false, err
	}
	if err := f.src.withinSize(kind); err != nil {
		return nil, true, err
	}
	listed, err := listEntries(f.src)
	if err != nil {
		return nil, true, err
	}
	if namedParts(listed).ofOffice() {
		return nil, false, nil
	}
	shared := &budget{name: f.src.name, packed: f.src.size, limits: f.src.limits}
	taken := map[string]bool{}
	for _, e := range listed {
		if e.FileInfo().IsDir() {
			continue
		}
		if err := shared.charge(int64(e.UncompressedSize64)); err != nil {
			return nil, true, err
		}
		files = append(files, &File{f.src.entry(e, shared, entryName(e.Name, taken))})
	}
	slices.SortFunc(files, func(a, b *File) int { return strings.Compare(a.Name(), b.Name()) })
	return files, true, nil
}

// entry is the source of a file in the archive.
func (s *source) entry(e *zip.File, shared *budget, name string) *source {
	inner := &source{
		ctx: s.ctx, name: s.name + "/" + name, size: int64(e.UncompressedSize64), modTime: e.Modified,
		limits: s.limits, packing: InArchive, disk: s.disk, budget: shared,
	}
	if inner.modTime.Before(oldestEntry) || inner.modTime.After(s.modTime) {
		inner.modTime = s.modTime
	}
	inner.stream = func() (io.Reader, error) {
		switch mode := e.Mode(); {
		case mode&fs.ModeSymlink != 0:
			return nil, refuse(CodeSymbolicLink, inner.name, "this is a symbolic link, and links are not followed; pack the file itself")
		case !mode.IsRegular():
			return nil, refuse(CodeUnreadable, inner.name, "this is no ordinary file; pack the export as a file")
		case e.UncompressedSize64 == 0:
			return nil, refuse(CodeNotASpreadsheet, inner.name, "the file is empty (0 bytes); %s", copyAgain)
		}
		return openEntry(e, inner.name, "the file", s)
	}
	return inner
}

// entryName is the name of an entry as it is shown: below the archive wherever it
// claims to lie, in plain characters, and unlike those that are taken.
func entryName(raw string, taken map[string]bool) string {
	name := strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(raw, `\`, "/")), "/")
	if !utf8.ValidString(name) {
		name = oldName(name)
	}
	name = Plain(name)
	unlike := name
	for n := 2; taken[unlike]; n++ {
		unlike = fmt.Sprintf("%s (%d)", name, n)
	}
	taken[unlike] = true
	return unlike
}
