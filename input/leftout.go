package input

import (
	"path"
	"strings"
)

// A LeftOut is a file that is nobody's export and was not opened.
type LeftOut struct {
	Name string // as in File
	Why  string
}

// WhyLeftOut says why a file or folder of this base name is nobody's export:
// lock files of office programs, downloads under way, what systems leave behind.
// It is empty for everything else.
func WhyLeftOut(base string) string {
	lower := strings.ToLower(base)
	switch {
	case strings.HasPrefix(lower, "~$"):
		return "lock file: the workbook is open in Excel, and what is not saved is not read"
	case strings.HasPrefix(lower, ".~lock."):
		return "lock file: the document is open in LibreOffice, and what is not saved is not read"
	case strings.HasPrefix(lower, "._"), lower == ".ds_store", lower == "__macosx":
		return "written by macOS beside the file"
	case lower == "desktop.ini", lower == "thumbs.db":
		return "written by Windows"
	case strings.HasPrefix(lower, "."):
		return "hidden file"
	}
	for _, suffix := range []string{".tmp", ".part", ".crdownload", ".partial", ".filepart", ".download"} {
		if strings.HasSuffix(lower, suffix) {
			return "a download or a copy that is not complete yet"
		}
	}
	return ""
}

// WhyLeftOutOfArchive asks each part of a name in an archive.
func WhyLeftOutOfArchive(name string) string {
	for name != "." && name != "" {
		dir, base := path.Split(name)
		if why := WhyLeftOut(base); why != "" {
			return why
		}
		name = strings.TrimSuffix(dir, "/")
	}
	return ""
}
