package sheet

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"runtime"
	"strings"
)

// The codes of a refused file. They are stable: scripts branch on them.
const (
	CodeNotASpreadsheet   = "not-a-spreadsheet"
	CodeOldXLS            = "old-xls"
	CodePasswordProtected = "password-protected"
	CodeBrokenZip         = "broken-zip"
	CodeBrokenXML         = "broken-xml"
	CodeNestedArchive     = "nested-archive"
	CodeTooLarge          = "too-large"
	CodeTooManyCells      = "too-many-cells"
	CodeTooSlow           = "too-slow"
	CodeEncoding          = "encoding"
	CodeUnreadable        = "unreadable"
	CodeSymbolicLink      = "symbolic-link"
	CodeStillBeingWritten = "still-being-written"
	CodeInternalFault     = "internal-fault"
)

// What a person can do about a refusal. Each message ends with one of these or
// with a way out of its own.
const (
	saveAsXLSX = "open it in Excel or LibreOffice, save it as .xlsx or as CSV UTF-8, and export that"
	saveAgain  = "open it in Excel and save it again, or export it once more"
	copyAgain  = "copy or export the file again"
	waitForIt  = "it is read by the next run once whoever writes it has finished"
	unpackIt   = "unpack it and use the files inside"
)

// raise is the way out of a limit: key is its name in the settings.
func raise(key string) string {
	return "split the export, or raise limits." + key + " in the settings"
}

// refuse makes the refusal of a whole file. Where is the file's name, with the
// sheet and the row if they are known. The message is one line, whatever stands
// in the file.
func refuse(code, where, format string, args ...any) *Refusal {
	return &Refusal{Code: code, Message: Plain(where + ": " + fmt.Sprintf(format, args...))}
}

// TooSlow is the refusal of a file that took more seconds than the limits allow
// for its size.
func TooSlow(name string, seconds int) *Refusal {
	return refuse(CodeTooSlow, name, "reading it took more than the %d seconds that are allowed for its size; %s", seconds, raise("seconds"))
}

// refuseOpen words why a file could not be opened. The target of a link is
// nobody's business: it is neither opened nor named.
func refuseOpen(path, name string, err error) *Refusal {
	if info, lerr := os.Lstat(path); lerr == nil {
		switch mode := info.Mode(); {
		case mode&fs.ModeSymlink != 0:
			return refuse(CodeSymbolicLink, name, "this is a symbolic link, and links are not followed; put the file itself there, or name the real file or folder with --input")
		case !mode.IsRegular() && !mode.IsDir():
			return refuse(CodeUnreadable, name, "this is a pipe, a socket or a device, not an ordinary file; save the export to a file")
		}
	}
	return refuseIO(name, err)
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
	case errors.Is(err, fs.ErrClosed), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return refuse(CodeUnreadable, where, "the reading was broken off; run again")
	}
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		err = pathErr.Err
	}
	return refuse(CodeUnreadable, where, "the system cannot read the file (%v); check the disk or share, then "+copyAgain, err)
}

// guard turns a panic under it into a refusal: a file that makes the code
// stumble costs that file, not the night.
func guard(where string, err *error) {
	if recover() != nil {
		*err = Stumbled(where)
	}
}

// Stumbled is the refusal of a file over which the program itself stumbled, made
// while the panic is being recovered from. The panic's own words are of no use to
// the person who exported the file; the place in the program is of use to whoever
// mends it.
func Stumbled(where string) *Refusal {
	return refuse(CodeInternalFault, where, "the file is built in a way that cannot be read safely (%s); %s, and report this to whoever maintains cspplan", panicPlace(), saveAgain)
}

// panicPlace is the file and line of our code in which the panic being recovered
// from came about.
func panicPlace() string {
	var callers [64]uintptr
	frames := runtime.CallersFrames(callers[:runtime.Callers(1, callers[:])])
	panicked := false
	for {
		frame, more := frames.Next()
		if panicked && strings.HasPrefix(frame.Function, "cspplan/") {
			return fmt.Sprintf("%s:%d", path.Base(frame.File), frame.Line)
		}
		panicked = panicked || frame.Function == "runtime.gopanic"
		if !more {
			return "place unknown"
		}
	}
}
