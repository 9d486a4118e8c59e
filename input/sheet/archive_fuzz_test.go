package sheet

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Whatever an archive is made of, each of its files is read or refused in words
// for people, under a plain name of its own below the archive.
func FuzzArchive(f *testing.F) {
	learnSpellings()
	book := string(smallWorkbook(`<row><c t="s"><v>1</v></c></row>`, nil).zipped(f))
	f.Add(archived(f, entry{name: "a.csv", content: "a;b\n1;2\n"}, entry{name: "../b\x1b.xlsx", content: book}, entry{name: "a.csv", content: "x"}))
	f.Add(archived(f, entry{name: "in.zip", content: string(archived(f, entry{name: "x", content: "y"}))}, entry{name: "g.gz", content: string(gzipped(f, []byte("a,b\n")))}))
	f.Add(gzipped(f, []byte("a,b\n1,\"x\n")))
	f.Add(gzipped(f, []byte(book)))
	path := filepath.Join(f.TempDir(), "t.zip")
	f.Fuzz(func(t *testing.T, content []byte) {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		limits := Limits{InflatedBytes: 1 << 20, Entries: 50}
		file, err := OpenFile(context.Background(), path, "t.zip", limits)
		if err != nil {
			wantPlain(t, err)
			return
		}
		defer file.Close()
		files, archive, err := file.Files()
		wantPlain(t, err)
		if !archive {
			files = []*File{file}
		}
		seen := map[string]bool{}
		for _, inner := range files {
			name := inner.Name()
			if archive && (!strings.HasPrefix(name, "t.zip/") || strings.Contains(name, "/../") || strings.ContainsFunc(name, Commands) || seen[name]) {
				t.Errorf("name %q", name)
			}
			seen[name] = true
			_, err := inner.Digest()
			wantPlain(t, err)
			b, err := inner.Book(Options{})
			wantPlain(t, err)
			if err != nil {
				continue
			}
			for _, s := range b.Sheets {
				last := 0
				for row, err := range s.Rows() {
					if wantPlain(t, err); err == nil && row.Number <= last {
						t.Errorf("row %d after %d", row.Number, last)
					}
					last = row.Number
				}
			}
			b.Close()
		}
	})
}

// wantPlain checks that an error is a refusal in plain words, if there is one.
func wantPlain(t *testing.T, err error) {
	t.Helper()
	if err == nil {
		return
	}
	var r *Refusal
	if !errors.As(err, &r) {
		t.Fatalf("error %T (%v) is no refusal", err, err)
	}
	if r.Code == CodeInternalFault || strings.Contains(r.Message, "EOF") || strings.ContainsFunc(r.Message, Commands) {
		t.Errorf("refused %s: %q", r.Code, r.Message)
	}
}
