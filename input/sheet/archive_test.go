package sheet

import (
	"archive/zip"
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// An entry of a test archive.
type entry struct {
	name, content string
	mode          fs.FileMode
	modified      time.Time
	stored        bool
}

func archived(t testing.TB, entriesOf ...entry) []byte {
	t.Helper()
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for _, e := range entriesOf {
		h := &zip.FileHeader{Name: e.name, Method: zip.Deflate, Modified: e.modified}
		if e.stored {
			h.Method = zip.Store
		}
		h.SetMode(e.mode | 0o600)
		f, err := w.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(e.content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// contents reads every file of an archive: its name and its rows, or the code of
// its refusal.
func contents(t testing.TB, path string, limits Limits) (got []string) {
	t.Helper()
	f, err := OpenFile(context.Background(), path, filepath.Base(path), limits)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	files, archive, err := f.Files()
	if err != nil {
		return []string{err.(*Refusal).Code}
	}
	if !archive {
		t.Fatal("no archive")
	}
	for _, file := range files {
		got = append(got, file.Name()+" "+bookOf(t, file))
	}
	return got
}

func bookOf(t testing.TB, f *File) string {
	t.Helper()
	book, err := f.Book(Options{})
	if err != nil {
		return err.(*Refusal).Code
	}
	defer book.Close()
	var all []string
	for _, s := range book.Sheets {
		got, err := rows(s)
		if err != nil {
			return err.(*Refusal).Code
		}
		all = append(all, got...)
	}
	return strings.Join(all, " ")
}

func TestArchive(t *testing.T) {
	const table = "a;b\n1;Caffè\n"
	book := string(smallWorkbook(`<row r="1"><c r="A1" t="s"><v>1</v></c></row>`, nil).zipped(t))
	path := write(t, "m.zip", archived(t,
		entry{name: "november/x.csv", content: table}, entry{name: "november/", mode: fs.ModeDir},
		entry{name: "b.xlsx", content: book}, entry{name: "stored.xlsx", content: book, stored: true},
		entry{name: "../../etc/evil.csv", content: table}, entry{name: "/abs.csv", content: table}, entry{name: `C:\drive.csv`, content: table},
		entry{name: "same.csv", content: "one\n"}, entry{name: "same.csv", content: "two\n"},
		entry{name: "esc\x1b[2J.csv", content: table}, entry{name: "M\x81ller.csv", content: table},
		entry{name: "inner.zip", content: string(archived(t, entry{name: "x.csv", content: table}))},
		entry{name: "inner.csv.gz", content: string(gzipped(t, []byte(table)))},
		entry{name: "empty.csv"}, entry{name: "link.csv", content: "/etc/passwd", mode: fs.ModeSymlink},
		entry{name: "letter.pdf", content: "%PDF-1.7"},
	))
	want := []string{
		"m.zip/Müller.csv 1:a|b 2:1|Caffè", "m.zip/abs.csv 1:a|b 2:1|Caffè", "m.zip/b.xlsx 1:one", "m.zip/C:/drive.csv 1:a|b 2:1|Caffè",
		"m.zip/empty.csv not-a-spreadsheet", `m.zip/esc\u001b[2J.csv 1:a|b 2:1|Caffè`, "m.zip/etc/evil.csv 1:a|b 2:1|Caffè",
		"m.zip/inner.csv.gz nested-archive", "m.zip/inner.zip nested-archive", "m.zip/letter.pdf not-a-spreadsheet",
		"m.zip/link.csv symbolic-link", "m.zip/november/x.csv 1:a|b 2:1|Caffè", "m.zip/same.csv (2) 1:two", "m.zip/same.csv 1:one",
		"m.zip/stored.xlsx 1:one",
	}
	got := contents(t, path, Limits{})
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("got %s\nwant %s", strings.Join(got, "\n    "), strings.Join(want, "\n     "))
	}
}

// What one file may ask of the machine, all the files of an archive together may
// not ask either.
func TestArchiveLimits(t *testing.T) {
	table := strings.Repeat("a,b\n", 1000)
	var three []entry
	for _, name := range []string{"1.csv", "2.csv", "3.csv"} {
		three = append(three, entry{name: name, content: table})
	}
	plain := archived(t, three...)
	book := string(smallWorkbook(strings.Repeat(`<row><c t="s"><v>1</v></c></row>`, 20000), nil).zipped(t)) // 700 KB in 5
	twice := archived(t, entry{name: "1.xlsx", content: book}, entry{name: "2.xlsx", content: book})
	encrypted := bytes.Clone(plain)
	for at := 0; ; {
		i := bytes.Index(encrypted[at:], []byte("PK\x01\x02"))
		if i < 0 {
			break
		}
		encrypted[at+i+8] |= 1
		at += i + 4
	}
	tests := []struct {
		name    string
		content []byte
		limits  Limits
		want    string
	}{
		{"in the limits", plain, Limits{InflatedBytes: 12000, Entries: 3}, "m.zip/1.csv m.zip/2.csv m.zip/3.csv"},
		{"entries", plain, Limits{Entries: 2}, "too-large"},
		{"all the files", plain, Limits{InflatedBytes: 11999}, "too-large"},
		{"on the disk", plain, Limits{XLSXBytes: 10}, "too-large"},
		{"a workbook's parts", twice, Limits{InflatedBytes: 800 << 10}, "m.zip/1.xlsx m.zip/2.xlsx too-large"},
		{"ratio of all", twice, Limits{}, "m.zip/1.xlsx m.zip/2.xlsx too-large"},
		{"cut", plain[:len(plain)-30], Limits{}, "broken-zip"},
		{"password", encrypted, Limits{}, "password-protected"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, line := range contents(t, write(t, "m.zip", tt.content), tt.limits) {
				name, what, _ := strings.Cut(line, " ")
				if got = append(got, name); what == "too-large" {
					got = append(got, what)
				}
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// The time of a file in an archive tells which export is the newer one.
func TestArchiveTimes(t *testing.T) {
	at := func(day int) time.Time { return time.Date(2026, 11, day, 8, 0, 0, 0, time.UTC) }
	path := write(t, "m.zip", archived(t, entry{name: "a", content: "x", modified: at(3)}, entry{name: "b", content: "x"}, entry{name: "c", content: "x", modified: at(30)}))
	if err := os.Chtimes(path, at(20), at(20)); err != nil {
		t.Fatal(err)
	}
	f, err := OpenFile(context.Background(), path, "m.zip", Limits{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	files, _, err := f.Files()
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []time.Time{at(3), at(20), at(20)} {
		if got := files[i].Modified(); !got.Equal(want) {
			t.Errorf("%s: got %v, want %v", files[i].Name(), got, want)
		}
	}
}

// A workbook is a zip archive, but not one of files; and an archive that was
// opened as a book says what to do.
func TestWorkbookIsNoArchive(t *testing.T) {
	for _, tt := range []struct {
		content []byte
		archive bool
		code    string
	}{
		{smallWorkbook("", nil).zipped(t), false, ""},
		{archived(t, entry{name: "content.xml", content: "x"}, entry{name: "mimetype", content: "x"}), false, CodeNotASpreadsheet},
		{archived(t, entry{name: "a.csv", content: "x"}), true, CodeNotASpreadsheet},
		{[]byte("a,b\n"), false, ""},
		{gzipped(t, []byte("a,b\n")), false, ""},
	} {
		path := write(t, "m.xlsx", tt.content)
		f, err := OpenFile(context.Background(), path, "m.xlsx", Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if _, archive, err := f.Files(); archive != tt.archive || err != nil {
			t.Errorf("%.20q: got %v, %v", tt.content, archive, err)
		}
		if r := refusalOf(t, path, Options{}); (r == nil) != (tt.code == "") || r != nil && r.Code != tt.code {
			t.Errorf("%.20q: refused %v, want %s", tt.content, r, tt.code)
		}
		f.Close()
	}
}

// A workbook in a gzip archive, small enough for memory and not.
func TestGzipOfWorkbook(t *testing.T) {
	noise := make([]byte, spoolMemory+1)
	for i, x := 0, uint32(1); i < len(noise); i++ {
		x = x*1664525 + 1013904223
		noise[i] = byte(x >> 24)
	}
	t.Setenv("TMPDIR", t.TempDir())
	for _, other := range []parts{nil, {"xl/media/picture.png": string(noise)}} {
		content := gzipped(t, smallWorkbook(`<row><c t="s"><v>1</v></c></row>`, other).zipped(t))
		path := write(t, "a.xlsx.gz", content)
		before := openFiles(t)
		b, err := Open(context.Background(), path, "a.xlsx.gz", Options{})
		if err != nil {
			t.Fatal(err)
		}
		got, err := rows(b.Sheets[0])
		if err != nil || !slices.Equal(got, []string{"1:one"}) || b.Kind != "xlsx" || b.Packing != InGzip {
			t.Errorf("got %q, %v, kind %s in %s", got, err, b.Kind, b.Packing)
		}
		if left, _ := filepath.Glob(filepath.Join(os.TempDir(), "*")); len(left) > 0 {
			t.Errorf("the temporary file has a name: %q", left)
		}
		if err := b.Close(); err != nil {
			t.Error(err)
		}
		if after := openFiles(t); after != before {
			t.Errorf("%d files open, %d before", after, before)
		}
	}
}

// openFiles counts the process's open files, where the system tells.
func openFiles(t *testing.T) int {
	t.Helper()
	if runtime.GOOS != "linux" {
		return 0
	}
	list, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Skip(err)
	}
	return len(list)
}

// Once its time is over, nothing more is read of a file.
func TestTimeIsOver(t *testing.T) {
	ctx, cancel := context.WithCancelCause(context.Background())
	defer cancel(nil)
	text := strings.Repeat("Contoso,1\n", 200_000)
	book := smallWorkbook(strings.Repeat(`<row><c t="inlineStr"><is><t>Contoso Limited and some more</t></is></c></row>`, 50_000), nil)
	for _, content := range [][]byte{[]byte(text), gzipped(t, []byte(text)), book.zipped(t)} {
		ctx, cancel := context.WithCancelCause(ctx)
		b, err := Open(ctx, write(t, "t.csv", content), "t.csv", Options{Limits: Limits{Ratio: 1e6}})
		if err != nil {
			t.Fatal(err)
		}
		defer b.Close()
		n := 0
		var last error
		for _, err := range b.Sheets[0].Rows() {
			if n++; n == 10 {
				cancel(TooSlow("t.csv", 30))
			}
			last = err
		}
		r, _ := last.(*Refusal)
		wantRefused(t, r, CodeTooSlow, "t.csv", "30 seconds", "limits.seconds")
		cancel(nil)
	}
}

func TestSecondsFor(t *testing.T) {
	for _, tt := range []struct {
		limits Limits
		bytes  int64
		want   int
	}{
		{Limits{}, 0, 120}, {Limits{}, 16 << 20, 120}, {Limits{}, 16<<20 + 1, 240}, {Limits{}, 1 << 30, 64 * 120}, {Limits{Seconds: 1}, 40 << 20, 3},
	} {
		if got := tt.limits.SecondsFor(tt.bytes); got != tt.want {
			t.Errorf("%d bytes: got %d, want %d", tt.bytes, got, tt.want)
		}
	}
}
