package sheet

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

func gzipped(t testing.TB, content []byte) []byte {
	t.Helper()
	var buf bytes.Buffer
	w := gzip.NewWriter(&buf)
	w.Write(content)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// The name of a file says nothing: each of these lies under a false one.
func TestForeignKinds(t *testing.T) {
	utf16 := func(s string) string {
		out := "\xFF\xFE"
		for _, c := range []byte(s) {
			out += string([]byte{c, 0})
		}
		return out
	}
	tests := []struct{ name, content, word string }{
		{"empty", "", "empty"},
		{"HTML", "\r\n  <!DOCTYPE html>\n<html><body>Sign in</body></html>", "HTML"},
		{"HTML table called .xls", "<table><tr><td>1</td></tr></table>", "HTML"},
		{"HTML after a comment", "<!-- x --><HTML xmlns:o=\"y\">", "HTML"},
		{"HTML in UTF-16", utf16("<html><table>"), "HTML"},
		{"MHTML", "MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n", "MHTML"},
		{"JSON object", "{\n  \"value\": []}", "JSON"},
		{"JSON list", "\xEF\xBB\xBF[ {\"id\":1} ]", "JSON"},
		{"XML spreadsheet", "<?xml version=\"1.0\"?>\n<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">", "Excel 2003"},
		{"XML", "<?xml version=\"1.0\"?>\n<data/>", "XML"},
		{"SYLK", "ID;PWXL;N;E\r\nP;PGeneral\r\nC;Y1;X1;K\"a\"\r\nE\r\n", "SYLK"},
		{"PDF", "%PDF-1.7\n%\xE2\xE3", "PDF"},
		{"PNG", "\x89PNG\r\n\x1a\n", "PNG"},
		{"JPEG", "\xFF\xD8\xFF\xE0\x00\x10JFIF", "JPEG"},
		{"RAR", "Rar!\x1A\x07\x01\x00", "RAR"},
		{"7z", "7z\xBC\xAF\x27\x1C\x00\x04", "7-Zip"},
		{"noise", string(bytes.Repeat([]byte{0, 1, 2, 3, 7, 200, 14}, 50)), "neither"},
		{"zeros", string(make([]byte, 5000)), "neither"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := refusalOf(t, write(t, "subscriptions.csv", []byte(tt.content)), Options{})
			wantRefused(t, r, CodeNotASpreadsheet, "subscriptions.csv", tt.word)
		})
	}
	t.Run("Excel 4", func(t *testing.T) {
		r := refusalOf(t, write(t, "a.xlsx", []byte("\x09\x04\x06\x00\x00\x00\x10\x00rest")), Options{})
		wantRefused(t, r, CodeOldXLS, "a.xlsx", "Excel 4")
	})
}

// Texts that begin like a foreign kind and are tables all the same.
func TestTablesThatLookForeign(t *testing.T) {
	for _, text := range []string{
		"ID;Product;Quantity\nP1;Office;3\n",
		"<Name>,City\nA,B\n",
		"[Customer],[City]\nA,B\n",
		"{Customer},{City}\nA,B\n",
		"BZ,City\nA,B\n",
		"id,name\n1,\x00\x00|\n",
	} {
		b := open(t, write(t, "t.csv", []byte(text)), Options{})
		if got, err := rows(b.Sheets[0]); err != nil || len(got) != 2 || !strings.Contains(got[0], "|") {
			t.Errorf("%q: got %q, %v", text, got, err)
		}
	}
}

func TestGzip(t *testing.T) {
	text := []byte("a;b\n1;Caffè\n")
	b := open(t, write(t, "t.csv", gzipped(t, text)), Options{})
	got, err := rows(b.Sheets[0])
	if want := []string{"1:a|b", "2:1|Caffè"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
	var long bytes.Buffer
	for i := range 90000 {
		fmt.Fprintf(&long, "%d;%x\n", i, i*i*7919)
	}
	cut := gzipped(t, long.Bytes())
	wantRefused(t, refusalOf(t, write(t, "c.gz", cut[:len(cut)-20]), Options{}), CodeBrokenZip, "c.gz", "cut off")
	cut[len(cut)-6] ^= 1
	wantRefused(t, refusalOf(t, write(t, "d.gz", cut), Options{}), CodeBrokenZip, "d.gz", "damaged")
	bomb := gzipped(t, make([]byte, 4<<20))
	wantRefused(t, refusalOf(t, write(t, "b.gz", bomb), Options{}), CodeNotASpreadsheet, "b.gz")
	bomb = gzipped(t, bytes.Repeat([]byte("a,b\n"), 1<<20))
	wantRefused(t, refusalOf(t, write(t, "b.gz", bomb), Options{}), CodeTooLarge, "b.gz", "100 times")
	wantRefused(t, refusalOf(t, write(t, "e.gz", gzipped(t, nil)), Options{}), CodeNotASpreadsheet, "e.gz", "empty")
	wantRefused(t, refusalOf(t, write(t, "n.gz", gzipped(t, gzipped(t, text))), Options{}), CodeNestedArchive, "n.gz", "unpack")
}

func TestTooLargeOnDisk(t *testing.T) {
	path := write(t, "t.csv", []byte("a,b\n1,2\n"))
	wantRefused(t, refusalOf(t, path, Options{Limits: Limits{CSVBytes: 7}}), CodeTooLarge, "t.csv", "8 bytes", "limits")
}

func TestLongLineRefused(t *testing.T) {
	path := write(t, "t.csv", []byte("id,name\n1,\""+strings.Repeat("x", 2<<20)+"\"\n"))
	wantRefused(t, refusalOf(t, path, Options{}), CodeTooLarge, "t.csv:2", "1 MiB")
}

// A sheet can be walked again, and left before its end.
func TestWalkAgain(t *testing.T) {
	b := open(t, write(t, "t.csv", []byte("a,b\n1,2\n3,4\n")), Options{})
	for range b.Sheets[0].Rows() {
		break
	}
	first, _ := rows(b.Sheets[0])
	second, _ := rows(b.Sheets[0])
	if len(first) != 3 || !slices.Equal(first, second) {
		t.Errorf("got %q, then %q", first, second)
	}
}

// A file that changes between being opened and being read to its end is refused,
// whether its size tells or only its time.
func TestFileThatChanges(t *testing.T) {
	noon := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	for name, change := range map[string]struct {
		content string
		time    time.Time
	}{
		"size": {"a,b\n1,2\n3,4\n", noon},
		"time": {"a,b\n9,9\n", noon.Add(time.Second)},
	} {
		t.Run(name, func(t *testing.T) {
			path := write(t, "t.csv", []byte("a,b\n1,2\n"))
			touch := func(at time.Time) {
				if err := os.Chtimes(path, at, at); err != nil {
					t.Fatal(err)
				}
			}
			touch(noon)
			b := open(t, path, Options{})
			if err := os.WriteFile(path, []byte(change.content), 0o600); err != nil {
				t.Fatal(err)
			}
			touch(change.time)
			_, err := rows(b.Sheets[0])
			r, _ := err.(*Refusal)
			wantRefused(t, r, CodeStillBeingWritten, "t.csv", "changed")
		})
	}
}

func TestClosedBook(t *testing.T) {
	b := open(t, write(t, "t.csv", []byte("a,b\n")), Options{})
	b.Close()
	_, err := rows(b.Sheets[0])
	r, _ := err.(*Refusal)
	wantRefused(t, r, CodeUnreadable, "t.csv")
}

// stumbler is a reader with a fault of ours in it.
type stumbler struct{}

func (stumbler) next() (Row, error) { panic("index out of range") }

// A panic while reading refuses the file; one in the loop that walks goes on to
// its own owner.
func TestPanics(t *testing.T) {
	b := open(t, write(t, "t.csv", []byte("a,b\n")), Options{})
	var err error
	for _, err = range walk(b.src, func() (rowReader, error) { return stumbler{}, nil }) {
	}
	r, _ := err.(*Refusal)
	wantRefused(t, r, CodeInternalFault, "t.csv", "open_test.go:")

	defer func() {
		if got := recover(); got != "mine" {
			t.Errorf("recovered %v, want the loop's own panic", got)
		}
	}()
	for range b.Sheets[0].Rows() {
		panic("mine")
	}
}

// A disk that fails in mid-file is told, and what it said is kept.
func TestReadError(t *testing.T) {
	s := newSplitter(io.MultiReader(strings.NewReader("a,b\n1,2\n3,"), &failing{}), dialect{delimiter: ','}, "t.csv", Limits{}.withDefaults())
	n := 0
	for {
		_, err := s.next()
		if err == syscall.EIO {
			break
		}
		if n++; err != nil || n > 2 {
			t.Fatalf("row %d: %v", n, err)
		}
	}
	wantRefused(t, refuseIO("t.csv", &os.PathError{Op: "read", Path: "/x", Err: syscall.EIO}), CodeUnreadable, "t.csv", "input/output error")
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, syscall.EIO }
