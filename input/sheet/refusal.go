package sheet

import (
	"errors"
	"fmt"
	"io/fs"
)

// The codes of a refused file. They are stable: scripts branch on them.
const (
	CodeNotASpreadsheet   = "not-a-spreadsheet"
	CodeOldXLS            = "old-xls"
	CodePasswordProtected = "password-protected"
	CodeBrokenZip         = "broken-zip"
	CodeBrokenXML         = "broken-xml"
	CodeTooLarge          = "too-large"
	CodeTooManyCells      = "too-many-cells"
	CodeEncoding          = "encoding"
	CodeUnreadable        = "unreadable"
	CodeStillBeingWritten = "still-being-written"
)

// What a person can do about a refusal. Each message ends with one of these or
// with a way out of its own.
const (
	saveAsXLSX  = "open it in Excel or LibreOffice, save it as .xlsx or as CSV UTF-8, and export that"
	saveAgain   = "open it in Excel and save it again, or export it once more"
	copyAgain   = "copy or export the file again"
	raiseLimits = "split the export, or raise the limit in the settings (limits)"
)

// refuse makes the refusal of a whole file. Where is the file's name, with the
// sheet and the row if they are known.
func refuse(code, where, format string, args ...any) *Refusal {
	return &Refusal{Code: code, Message: where + ": " + fmt.Sprintf(format, args...)}
}

// refuseIO words what the operating system says about a file. The system's own
// sentence is kept for the cases nobody foresaw, without the path and the call
// that Go puts before it.
func refuseIO(where string, err error) *Refusal {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return refuse(CodeUnreadable, where, "the file does not exist or has been moved away; "+copyAgain)
	case errors.Is(err, fs.ErrPermission):
		return refuse(CodeUnreadable, where, "this account may not read the file; change its permissions")
	case errors.Is(err, fs.ErrClosed):
		return refuse(CodeUnreadable, where, "the file was closed while it was being read; run again")
	}
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		err = pathErr.Err
	}
	return refuse(CodeUnreadable, where, "the system cannot read the file (%v); check the disk or share, then "+copyAgain, err)
}

// guard turns a panic under it into a refusal: a file that makes the code
// stumble costs that file, not the night. The panic's own words are of no use to
// the person who exported the file.
func guard(where string, err *error) {
	if recover() != nil {
		*err = refuse(CodeUnreadable, where, "the file is built in a way that cannot be read safely; "+saveAgain)
	}
}
