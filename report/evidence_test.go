package report

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"testing"
)

// Every argument that the rules give a finding is called by a label: else its
// machine name would stand on paper in the midst of the reader's language.
func TestEvidenceHasNames(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "../reconcile/evidence.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	ast.Inspect(file, func(n ast.Node) bool {
		list, ok := n.(*ast.CompositeLit)
		if !ok {
			return true
		}
		for i := 0; i < len(list.Elts); i += 2 {
			literal, ok := list.Elts[i].(*ast.BasicLit)
			if !ok {
				continue
			}
			name, err := strconv.Unquote(literal.Value)
			if err != nil {
				t.Fatal(err)
			}
			found++
			if _, ok := evidenceTexts[name]; !ok {
				t.Errorf("the argument %q has no name in evidenceTexts", name)
			}
		}
		return true
	})
	if found < 20 {
		t.Errorf("found %d arguments, want at least 20: the test looks for the wrong thing", found)
	}
}

func TestEvidenceIsInTheLanguage(t *testing.T) {
	for _, tt := range []struct {
		code string
		args []string
		want string
	}{
		{"licences-differ", []string{"licences", "8", "seen", "0", "unexplained", "8"}, "Licences: 8; Seen in CSP: 0; In CSP, origin not known: 8."},
		{"relationship-late", []string{"relationship", "requested", "date", "2026-11-02"}, "Reseller relationship: Requested; Date: 2 Nov 2026."},
		{"relationship-late", []string{"relationship", "unknown"}, "Reseller relationship: Not known."},
	} {
		if got := texts(t, "en").Evidence(tt.code, tt.args); got != tt.want {
			t.Errorf("%s %v: got %q, want %q", tt.code, tt.args, got, tt.want)
		}
	}
}
