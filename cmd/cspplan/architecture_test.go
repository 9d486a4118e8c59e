package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const root = "../.."

// arrows is who may import whom inside the module: data flows one way.
var arrows = map[string][]string{
	"reconcile":                 {},
	"reconcile/catalog":         {"reconcile"},
	"reconcile/catalog/refresh": {"reconcile", "reconcile/catalog"},
	"input/sheet":               {},
	"input":                     {"input/sheet", "reconcile"},
	"report":                    {"reconcile"},
	"output/excel":              {"report", "reconcile", "input/sheet"},
	"output/pdf":                {"report", "reconcile"},
	"output/mail":               {},
	"output/shards":             {"reconcile"},
	"output":                    {"output/excel", "output/pdf", "report", "reconcile", "input/sheet"},
	"cmd/cspplan":               {"input", "input/sheet", "reconcile", "reconcile/catalog", "report", "output", "output/mail", "output/shards"},
}

// impure is what the rules must not reach for: their answers depend on their
// arguments alone.
var impure = []string{"os", "log", "log/slog", "math/rand", "math/rand/v2", "net", "net/http", "io/fs", "path/filepath", "crypto/rand"}

// behind are libraries that stay behind one package each.
var behind = map[string]string{
	"github.com/jung-kurt/gofpdf": "output/pdf",
	"github.com/robfig/cron/v3":   "cmd/cspplan",

	// Nothing else can use the network.
	"net":                              "output/mail",
	"crypto/tls":                       "output/mail",
	"github.com/wneessen/go-mail":      "output/mail",
	"github.com/wneessen/go-mail/smtp": "output/mail",
	"net/http":                         "nobody",
	"net/rpc":                          "nobody",
	"net/smtp":                         "nobody",
}

func TestImportArrows(t *testing.T) {
	seen := map[string]bool{}
	eachGoFile(t, func(pkg, path string, imports []string) {
		seen[pkg] = true
		allowed, known := arrows[pkg]
		if !known {
			t.Errorf("%s: package %s is not part of the architecture", path, pkg)
			return
		}
		for _, imp := range imports {
			if inside, ok := strings.CutPrefix(imp, "cspplan/"); ok && !slices.Contains(allowed, inside) {
				t.Errorf("%s: package %s imports %s; allowed are %v", path, pkg, inside, allowed)
			}
			if pkg == "reconcile" && slices.Contains(impure, imp) {
				t.Errorf("%s: package reconcile is pure and imports %s", path, imp)
			}
			if home := behind[imp]; home != "" && home != pkg {
				t.Errorf("%s: %s may be imported by %s only", path, imp, home)
			}
		}
	})
	for pkg := range arrows {
		if !seen[pkg] {
			t.Errorf("package %s of the architecture holds no Go file", pkg)
		}
	}
}

// TestPureRules finds the clock behind an import that is allowed.
func TestPureRules(t *testing.T) {
	eachGoFile(t, func(pkg, path string, _ []string) {
		if pkg != "reconcile" {
			return
		}
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range []string{"time.Now", "time.Since", "time.Local", "time.Until"} {
			if strings.Contains(string(b), word) {
				t.Errorf("%s: package reconcile is pure and uses %s", path, word)
			}
		}
	})
}

func TestTopLevel(t *testing.T) {
	want := []string{"Makefile", "README.md", "cmd", "go.mod", "go.sum", "input", "output", "reconcile", "report"}
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	ignored := map[string]bool{"bin": true, "demo": true} // made by make, ignored by git
	var got []string
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") && !ignored[e.Name()] {
			got = append(got, e.Name())
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("top level holds %v, want %v", got, want)
	}
}

// eachGoFile calls use for every Go file that is no test, with its imports.
func eachGoFile(t *testing.T, use func(pkg, path string, imports []string)) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && path != root && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata") {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		var imports []string
		for _, i := range file.Imports {
			name, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				return err
			}
			imports = append(imports, name)
		}
		rel, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		use(filepath.ToSlash(rel), path, imports)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
