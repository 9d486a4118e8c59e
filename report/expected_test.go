package report

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

func TestExpectedInTheReadersLanguage(t *testing.T) {
	tests := []struct{ english, want string }{
		{"a whole number from 0 to 1,000,000", "eine ganze Zahl von 0 bis 1.000.000"},
		{"a date", "ein Datum"},
		{"a date such as 2026-12-31, or nothing", "ein Datum wie 2026-12-31 oder nichts"},
		{`a customer: name it in the settings, inputs: [{match: "exports/{a}.csv", customer: …}], or put the file into a sub-folder with the customer's name`,
			`ein Kunde: in den Einstellungen angeben, inputs: [{match: "exports/{a}.csv", customer: …}], oder die Datei in einen Unterordner mit dem Namen des Kunden legen`},
		{"12 cells as in the header, found 3: quote cells that hold the delimiter or a line break",
			"12 Zellen wie im Kopf, gefunden 3: Zellen mit Trennzeichen oder Zeilenumbruch in Anführungszeichen setzen"},
		{"what no catalogue knows", "what no catalogue knows"},
	}
	for _, test := range tests {
		rep := &Report{Text: texts(t, "de"), english: texts(t, "en")}
		rep.expectations = expectations(rep.Text, rep.english)
		if got := rep.expected(test.english); got != test.want {
			t.Errorf("%q: got %q, want %q", test.english, got, test.want)
		}
		rep.Text, rep.expectations = rep.english, expectations(rep.english, rep.english)
		if got := rep.expected(test.english); got != test.english {
			t.Errorf("in English %q became %q", test.english, got)
		}
	}
}

// What the reading of rows says it expected is in the catalogue, as far as it is
// written as a whole: a new sentence must not reach a German workbook in English.
func TestEveryExpectationIsInTheCatalogue(t *testing.T) {
	en := texts(t, "en")
	known := expectations(texts(t, "it"), en)
	found := 0
	for _, name := range []string{"cells.go", "register.go", "record.go", "prices.go", "sheet/records.go"} {
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join("../input", name), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			text := expectedText(n)
			if text == "" || strings.HasSuffix(text, ": ") {
				return true
			}
			found++
			sample := regexp.MustCompile(`%[dqs]`).ReplaceAllString(text, "7")
			for _, e := range known {
				if e.english.MatchString(sample) {
					return true
				}
			}
			if name != "prices.go" || text == "a date with one reading" { // of a price list's file, a line is told of on the terminal
				t.Errorf("%s: %q is not in the catalogue", name, text)
			}
			return true
		})
	}
	if found < 12 {
		t.Errorf("found %d sentences only: the patterns no longer fit the source", found)
	}
}

// expectedText is the text of Expected: "…", problem.Expected = "…" or of what a
// splitter of lines returns as a fault.
func expectedText(n ast.Node) string {
	var value ast.Expr
	switch n := n.(type) {
	case *ast.KeyValueExpr:
		if key, ok := n.Key.(*ast.Ident); ok && key.Name == "Expected" {
			value = n.Value
		}
	case *ast.AssignStmt:
		if left, ok := n.Lhs[len(n.Lhs)-1].(*ast.SelectorExpr); ok && left.Sel.Name == "Expected" {
			value = n.Rhs[len(n.Rhs)-1]
		}
	case *ast.ReturnStmt:
		if len(n.Results) == 1 {
			value = n.Results[0]
		}
	}
	if call, ok := value.(*ast.CallExpr); ok && len(call.Args) > 0 {
		if f, ok := call.Fun.(*ast.SelectorExpr); ok && f.Sel.Name == "Sprintf" {
			value = call.Args[0]
		}
	}
	lit, ok := value.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return ""
	}
	text, err := strconv.Unquote(lit.Value)
	if err != nil || !strings.Contains(text, " ") {
		return ""
	}
	return text
}
