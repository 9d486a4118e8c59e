package sheet

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strings"

	"github.com/richardlehane/mscfb"
)

// kindBytes is how much of a file is looked at to tell its kind.
const kindBytes = 64 << 10

// signatures are first bytes of files that people mistake for spreadsheets, and
// what to call them.
var signatures = []struct{ magic, what string }{
	{"%PDF-", "a PDF document"},
	{"\x89PNG\r\n", "a PNG picture"},
	{"\xFF\xD8\xFF", "a JPEG picture"},
	{"GIF8", "a GIF picture"},
	{"II*\x00", "a TIFF picture"},
	{"MM\x00*", "a TIFF picture"},
	{"{\\rtf", "an RTF document"},
	{"7z\xBC\xAF\x27\x1C", "a 7-Zip archive"},
	{"Rar!\x1A\x07", "a RAR archive"},
	{"BZh", "a bzip2 archive"},
	{"\xFD7zXZ\x00", "an xz archive"},
	{"\x28\xB5\x2F\xFD", "a zstd archive"},
	{"SQLite format 3\x00", "an SQLite database"},
	{"PAR1", "a Parquet file"},
	{"MZ\x90", "a Windows program"},
	{"\x7FELF", "a program"},
}

// The words of refused texts that are no CSV.
var (
	htmlStart = regexp.MustCompile(`(?s)^(<!--.*?-->\s*)*<(!doctype html|html|head|body|meta|table|style|script|div)\b`)
	mhtStart  = regexp.MustCompile(`^mime-version:`)
	jsonStart = regexp.MustCompile(`^(\{\s*["}]|\[\s*[\[\]{"])`)
	sylkStart = regexp.MustCompile(`^id;p[a-z0-9]*(;[a-z]*)*\s*[\r\n]+(p;p|b;|c;|f;|o;)`)
)

// A fileKind is what the first bytes of a file say.
type fileKind int

const (
	textKind fileKind = iota
	zipKind
	gzipKind
	compoundKind // OLE: every Office file before 2007, today a workbook with a password
)

// magic tells the kind of a file from its first bytes.
func magic(start []byte) fileKind {
	switch {
	case bytes.HasPrefix(start, []byte("PK\x03\x04")), bytes.HasPrefix(start, []byte("PK\x05\x06")):
		return zipKind
	case bytes.HasPrefix(start, []byte("\x1F\x8B")):
		return gzipKind
	case bytes.HasPrefix(start, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return compoundKind
	}
	return textKind
}

// refuseForeign refuses what is neither an archive nor a table in text by its
// proper name. It returns nil for what may be a CSV.
func refuseForeign(name string, start []byte) error {
	if oldBIFF(start) {
		return refuse(CodeOldXLS, name, "this is a workbook of Excel 4 or older; %s", saveAsXLSX)
	}
	for _, s := range signatures {
		if bytes.HasPrefix(start, []byte(s.magic)) {
			return refuse(CodeNotASpreadsheet, name, "this is %s, not a spreadsheet; export the list as .xlsx or CSV", s.what)
		}
	}
	return refuseForeignText(name, start)
}

// oldBIFF knows the bare stream of Excel 2 to 4, which had no container yet.
func oldBIFF(start []byte) bool {
	if len(start) < 8 || start[0] != 0x09 || start[3] != 0 {
		return false
	}
	switch start[1] {
	case 0x00, 0x02, 0x04:
		return start[2] == 4 || start[2] == 6
	}
	return false
}

// refuseForeignText refuses texts in which there are no columns to be had, and
// bytes that are no text. It returns nil for what may be a CSV.
func refuseForeignText(name string, start []byte) error {
	plain := plainStart(start)
	switch {
	case htmlStart.Match(plain):
		return refuse(CodeNotASpreadsheet, name, "this is a web page (HTML), perhaps an error or sign-in page saved under the export's name; %s", saveAsXLSX)
	case mhtStart.Match(plain):
		return refuse(CodeNotASpreadsheet, name, "this is a saved web page (MHTML); %s", saveAsXLSX)
	case jsonStart.Match(plain):
		return refuse(CodeNotASpreadsheet, name, "this is JSON, not a table; export the list as .xlsx or CSV")
	case sylkStart.Match(plain):
		return refuse(CodeNotASpreadsheet, name, "this is a SYLK file (.slk); %s", saveAsXLSX)
	case bytes.HasPrefix(plain, []byte("<?xml")) && bytes.Contains(plain, []byte("urn:schemas-microsoft-com:office:spreadsheet")):
		return refuse(CodeNotASpreadsheet, name, "this is an XML spreadsheet of Excel 2003; %s", saveAsXLSX)
	case bytes.HasPrefix(plain, []byte("<?xml")):
		return refuse(CodeNotASpreadsheet, name, "this is an XML document, not a spreadsheet; export the list as .xlsx or CSV")
	case noText(start):
		return refuse(CodeNotASpreadsheet, name, "these bytes are neither a text nor a workbook; export the list as .xlsx or CSV")
	}
	return nil
}

// plainStart makes the beginning of a text comparable in any encoding: without
// byte order mark, the zero bytes of UTF-16 and leading space, in lower case.
func plainStart(start []byte) []byte {
	start = start[:min(len(start), 4096)]
	for _, bom := range []string{"\xEF\xBB\xBF", "\xFF\xFE", "\xFE\xFF"} {
		start = bytes.TrimPrefix(start, []byte(bom))
	}
	start = bytes.ReplaceAll(start, []byte{0}, nil)
	return bytes.ToLower(bytes.TrimSpace(start))
}

// noText tells bytes that are no text in any encoding: more than one in ten is a
// control character, and not just a few, which cost their lines only. The zero
// bytes of UTF-16 do not count, nor do the escapes of ISO-2022-JP.
func noText(start []byte) bool {
	if c, marked := markedCharset(start); marked && c.decoder != nil {
		return false
	}
	controls := 0
	for _, b := range start {
		if b < 0x20 && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != 0x1B {
			controls++
		}
	}
	return controls > 8 && controls*10 > len(start)
}

// refuseCompound tells what lies in an OLE container.
func refuseCompound(src *source) error {
	const listing = 16 << 20 // enough for any honest list of streams
	at, _, err := src.random()
	if err != nil {
		return src.refusal(err)
	}
	doc, err := mscfb.New(&budgetReader{r: at, left: listing})
	if err != nil {
		return refuse(CodeOldXLS, src.name, "this is an old Office file (before 2007), and damaged; %s", saveAsXLSX)
	}
	streams := map[string]bool{}
	for _, f := range doc.File {
		streams[strings.ToLower(f.Name)] = true
	}
	switch {
	case streams["encryptedpackage"], streams["encryptioninfo"]:
		return refuse(CodePasswordProtected, src.name, "the workbook is protected by a password; open it, remove the password (File, Info, Protect Workbook) and save it")
	case streams["workbook"], streams["book"]:
		return refuse(CodeOldXLS, src.name, "this is an old .xls workbook (Excel 97 to 2003); %s", saveAsXLSX)
	case streams["worddocument"]:
		return refuse(CodeNotASpreadsheet, src.name, "this is an old Word document; export the list as .xlsx or CSV")
	}
	return refuse(CodeNotASpreadsheet, src.name, "this is an old Office file without a workbook in it (a mail or a presentation?); export the list as .xlsx or CSV")
}

// A budgetReader reads by position until a number of bytes is used up, so that a
// list inside a file cannot make its reader hold the whole file.
type budgetReader struct {
	r         io.ReaderAt
	left      int64
	unlimited bool // the list has been read; only then are reads made side by side
}

var errBudget = errors.New("too much to list")

func (b *budgetReader) ReadAt(p []byte, off int64) (int, error) {
	if !b.unlimited {
		if b.left -= int64(len(p)); b.left < 0 {
			return 0, errBudget
		}
	}
	return b.r.ReadAt(p, off)
}
