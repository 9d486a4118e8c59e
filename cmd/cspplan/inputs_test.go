package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestSubFolderNamesTheCustomer(t *testing.T) {
	tests := []struct{ root, path, want string }{
		{"exports", "exports/licences.csv", ""},
		{"exports", "exports/Contoso Ltd/licences.csv", "Contoso Ltd"},
		{"exports", "exports/Contoso Ltd/2026-11/licences.csv", "Contoso Ltd"},
		{"exports", "exports/2026-11-23/licences.csv", ""},
		{"exports", "exports/2026-11-23/Contoso Ltd/licences.csv", "Contoso Ltd"},
		{"exports", "exports/株式会社みらい/licences.csv", "株式会社みらい"},
		{"exports", "elsewhere/Contoso Ltd/licences.csv", ""},
		{"/data/in", "/data/in/licences.csv", ""},
	}
	for _, tt := range tests {
		if got := subFolder(tt.root, tt.path); got != tt.want {
			t.Errorf("subFolder(%q, %q) = %q, want %q", tt.root, tt.path, got, tt.want)
		}
	}
}

// A file named outright, or found by a pattern, says whose it is only by a
// folder below the one that was named.
func TestListInputsFolders(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, path := range []string{"exports/Contoso/a.csv", "exports/b.csv", "other/Fabrikam/c.csv", "exports/~$b.csv", "exports/.hidden", "exports/d.csv.part"} {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s := defaults()
	s.dir = "."
	tests := []struct {
		patterns []string
		want     string
	}{
		{nil, "exports/Contoso/a.csv=Contoso exports/b.csv="},
		{[]string{"exports/Contoso/a.csv"}, "exports/Contoso/a.csv=Contoso"},
		{[]string{"other"}, "other/Fabrikam/c.csv=Fabrikam"},
		{[]string{"other/*/*.csv"}, "other/Fabrikam/c.csv=Fabrikam"},
		{[]string{"other/Fabrikam/c.csv"}, "other/Fabrikam/c.csv="},
		{[]string{"other/Fabrikam", "exports/b.csv", "other"}, "exports/b.csv= other/Fabrikam/c.csv=Fabrikam"},
		{[]string{"other", "exports/b.csv", "other/Fabrikam"}, "exports/b.csv= other/Fabrikam/c.csv=Fabrikam"},
	}
	for _, tt := range tests {
		list, err := listInputs(&s, tt.patterns)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for i, f := range list.files {
			if i > 0 {
				got += " "
			}
			got += f.Name + "=" + f.Folder
		}
		if got != tt.want {
			t.Errorf("listInputs(%q) = %s, want %s", tt.patterns, got, tt.want)
		}
	}
}
