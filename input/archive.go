package input

import (
	"context"
	"fmt"
	"path"
	"strings"
	"unicode"

	"cspplan/input/sheet"
)

// archiveKind is the kind of a zip archive, whose files have reports of their
// own.
const archiveKind = "zip"

// lookAtArchive makes the results of an archive and of its files.
func lookAtArchive(top fileResult, files []*sheet.File, opt Options) []fileResult {
	top.report.Kind = archiveKind
	var inner []*sheet.File
	for _, f := range files {
		if why := WhyLeftOutOfArchive(within(top.file, f)); why != "" {
			top.report.LeftOut = append(top.report.LeftOut, LeftOut{f.Name(), why})
		} else {
			inner = append(inner, f)
		}
	}
	top.report.Holds = len(inner)
	if len(inner) == 0 {
		top.refuse(emptyArchive(top.report.Name, len(files)))
		return []fileResult{top}
	}
	results := []fileResult{top}
	folders := customerFolders(top.file, inner)
	for i, f := range inner {
		r := fileResult{
			file:   File{Path: top.file.Path, Name: f.Name(), Folder: folders[i]},
			rule:   ruleFor(opt.Rules, f.Name(), top.file.Name),
			report: FileReport{Name: f.Name(), Packing: sheet.InArchive},
		}
		r.context = fileContext(r.rule, r.file.Folder)
		if r.rule.Ignore {
			r.report.Kind = ignored
		} else {
			r.note(f)
			r.fingerprint(f)
		}
		results = append(results, r)
	}
	return results
}

// openArchive opens an archive that was looked at before.
func openArchive(ctx context.Context, file File, opt Options) (archive *sheet.File, inner []*sheet.File, err error) {
	archive, err = sheet.OpenFile(ctx, file.Path, file.Name, opt.Limits)
	if err != nil {
		return nil, nil, err
	}
	if inner, _, err = archive.Files(); err != nil {
		archive.Close()
		return nil, nil, err
	}
	return archive, inner, nil
}

// within is the name that a file has inside its archive.
func within(archive File, f *sheet.File) string {
	return strings.TrimPrefix(f.Name(), archive.Name+"/")
}

// customerFolders names the customer of each file of an archive: by the
// sub-folder of exports that the archive lies in, else by the folder in it. A
// folder that was packed as a whole and holds folders itself names nobody.
func customerFolders(archive File, inner []*sheet.File) []string {
	folders := make([][]string, len(inner))
	for i, f := range inner {
		dir := path.Dir(within(archive, f))
		if dir != "." {
			folders[i] = strings.Split(dir, "/")
		}
	}
	whole := len(inner) > 0 && len(folders[0]) > 1
	for _, f := range folders {
		whole = whole && len(f) > 1 && f[0] == folders[0][0]
	}
	names := make([]string, len(inner))
	for i, f := range folders {
		if whole {
			f = f[1:]
		}
		if names[i] = archive.Folder; names[i] == "" {
			names[i] = CustomerFolder(f)
		}
	}
	return names
}

// CustomerFolder is the first folder on the way to a file that can name a
// customer: one of digits and dashes is a date. Empty: there is none.
func CustomerFolder(folders []string) string {
	for _, folder := range folders {
		if strings.ContainsFunc(folder, unicode.IsLetter) {
			return folder
		}
	}
	return ""
}

func emptyArchive(name string, files int) *sheet.Refusal {
	what := "is empty"
	if files > 0 {
		what = fmt.Sprintf("holds %d files and no export among them, only what systems and programs leave behind", files)
	}
	return &sheet.Refusal{Code: sheet.CodeNotASpreadsheet, Message: fmt.Sprintf(
		"cannot read %s: the zip archive %s\n  Pack the exported spreadsheets (CSV, XLSX) into it.", name, what)}
}
