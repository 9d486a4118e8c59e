package input

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite testdata/messages.txt")

// messageCases are inputs that give each code of this package once, from the
// file names and contents that readAll takes.
var messageCases = []struct {
	code   string
	option Options
	files  []string
}{
	{"ambiguous-date", Options{}, one("Customer|Offer|Licences|Expires", "Contoso|Office 365 E3|5|05/12/2026", "Contoso|Office 365 E1|6|2026-12-31")},
	{"ambiguous-dates", Options{}, one("Customer|Offer|Licences|Expires", "Contoso|Office 365 E3|5|05/12/2026")},
	{"bad-date", Options{}, one("Customer|Offer|Licences|Expires", "Contoso|Office 365 E3|5|31/02/2027")},
	{"no-licences", Options{}, one("Customer|Offer|Licences|Expires", "Contoso|Office 365 E3|10 users|2026-12-31")},
	{"no-offer", Options{}, one("Customer|Offer|Licences|Expires", "Contoso||5|2026-12-31")},
	{"no-customer", Options{}, one("Customer|Offer|Licences|Expires", "|Office 365 E3|5|2026-12-31")},
	{"bad-record", Options{}, one("Customer|Offer|Licences|Expires", "Contoso, Ltd|Office 365 E3|5|2026-12-31|x|y")},
	{"damaged-text", Options{}, one("Customer|Offer|Licences|Expires", "Caff\uFFFD Roma|Office 365 E3|5|2026-12-31")},
	{"bad-price", Options{}, one("ProductId|SkuId|TermDuration|BillingPlan|Market|Currency|UnitPrice|ERP Price", "CFQ7TTC0LF8R|1|P1Y|Annual|IT|EUR|abc|120")},
	{"id-damaged", Options{}, one("Subscription ID|Customer|Offer|Licences|Expires", "1.23457E+15|Contoso|Office 365 E3|5|2026-12-31")},
	{"word-unknown", Options{}, one("Customer|Offer|Licences|Expires|Auto-renew", "Contoso|Office 365 E3|5|2026-12-31|perhaps")},
	{"country-unknown", Options{}, one("Customer|Offer|Licences|Expires|Country", "Contoso|Office 365 E3|5|2026-12-31|Atlantis")},
	{"currency-unknown", Options{}, one("Customer|Offer|Licences|Expires|Unit price|Currency", "Contoso|Office 365 E3|5|2026-12-31|12.50|doubloons")},
	{"price-not-read", Options{}, one("Customer|Offer|Licences|Expires|Unit price", "Contoso|Office 365 E3|5|2026-12-31|1.234")},
	{"count-not-read", Options{}, one("Customer|Offer|Licences|Expires|Assigned licences", "Contoso|Office 365 E3|5|2026-12-31|some")},
	{"no-end-date", Options{}, one("Customer|Offer|Licences|Expires", "Contoso|Office 365 E3|5|9999-12-31")},
	{"date-not-read", Options{}, one("Customer|Offer|Licences|Start date|Expires", "Contoso|Office 365 E3|5|soon|2026-12-31")},
	{"column-not-found", Options{Rules: []Rule{{Match: "exports/a.csv", Columns: map[string]string{"owner": "Held by"}}}}, one("Customer|Offer|Licences|Expires", "Contoso|Office 365 E3|5|2026-12-31")},
	{"encoding-guessed", Options{}, []string{"exports/a.csv", "Customer,Offer,Licences,Expires\nB\xe4ckerei,Office 365 E3,5,2026-12-31\n"}},
	{"correction-unused", Options{}, []string{"exports/a.csv", csvOf(rejectedHead, "exports/b.csv||3|Licences|x|no-licences|r|e|Fabrikam|Office 365 E1|9|05/12/2026")}},
	{"duplicate-file", Options{}, append(one("Customer|Offer|Licences|Expires", "Contoso|Office 365 E3|5|2026-12-31"), "exports/b.csv", csvOf("Customer|Offer|Licences|Expires", "Contoso|Office 365 E3|5|2026-12-31"))},
	{"missing-column", Options{}, one("Customer|Offer|Expires|Country", "Contoso|Office 365 E3|2026-12-31|IT")},
	{"no-header", Options{}, one("some|thing|else|entirely", "1|2|3|4")},
	{"duplicate-heading", Options{}, one("Customer|Offer|Licences|Licences|Expires", "Contoso|Office 365 E3|5|6|2026-12-31")},
}

func one(rows ...string) []string { return []string{"exports/a.csv", csvOf(rows...)} }

// elsewhere are codes that the tests of their subject see, and what they need.
var elsewhere = map[string]string{
	"own-workbook": "a plan", "sheet-skipped": "a workbook", "missing-sheet": "a workbook", "cell-fault": "a workbook",
	"still-being-written": "a file that grows", "unreadable": "a file that may not be read",
	"ambiguous-column": "settings", "columns-differ": "twin columns", "heading-open": "columns of open meaning",
	"credited-in-full": "an invoice", "credits-only": "an invoice", "seats-changed": "an invoice",
}

// Every code that a row, a file or a warning can have is seen once with the
// message that people get, in testdata/messages.txt.
func TestMessages(t *testing.T) {
	var lines []string
	seen := make(map[string]bool)
	for _, c := range messageCases {
		line := messageOf(readAll(t, c.option, c.files...), c.code)
		if line == "" {
			t.Errorf("%s: the input does not give this code", c.code)
			continue
		}
		if forbidden.MatchString(line) {
			t.Errorf("%s: the message names a cause that people cannot know: %s", c.code, line)
		}
		seen[c.code] = true
		lines = append(lines, line)
	}
	for _, code := range codesOfPackage(t) {
		if !seen[code] && elsewhere[code] == "" {
			t.Errorf("no input shows the message of %s", code)
		}
	}
	slices.Sort(lines)
	got := strings.Join(lines, "\n") + "\n"
	if *update {
		if err := os.WriteFile("testdata/messages.txt", []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/messages.txt")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("messages (-want +got), rewritten with -update:\n%s", diff)
	}
}

// forbidden are causes that say nothing to people who export spreadsheets.
var forbidden = regexp.MustCompile(`\bEOF\b|not a valid zip|unmarshal|\bint64\b|\bstruct\b|interface \{|runtime error|strconv`)

// messageOf is the first message of a code, with its place.
func messageOf(batch Batch, code string) string {
	for _, f := range batch.Files {
		if f.Refused != nil && f.Refused.Code == code {
			return fmt.Sprintf("%-18s file     %s", code, strings.ReplaceAll(f.Refused.Shown(), "\n", " / "))
		}
		for _, w := range f.Warnings {
			if w.Code == code {
				return fmt.Sprintf("%-18s warning  %s:%d %s: %s", code, f.Name, w.Row, w.Column, w.Message)
			}
		}
	}
	for _, rec := range batch.Records {
		if p := rec.Problem; p != nil && p.Code == code {
			return fmt.Sprintf("%-18s row      %s:%d %s: found %q, expected %s", code, rec.Source.File, rec.Source.Row, p.Column, p.Value, p.Expected)
		}
	}
	return ""
}

var codeWord = regexp.MustCompile(`^[a-z]+(-[a-z]+)+$`)

// codesOfPackage lists the codes in the source: values of Code, and arguments
// of warn.
func codesOfPackage(t *testing.T) []string {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	add := func(e ast.Expr) {
		literal, ok := e.(*ast.BasicLit)
		if !ok || literal.Kind != token.STRING {
			return
		}
		if code, err := strconv.Unquote(literal.Value); err == nil && codeWord.MatchString(code) && !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.KeyValueExpr:
				if key, ok := n.Key.(*ast.Ident); ok && key.Name == "Code" {
					add(n.Value)
				}
			case *ast.CallExpr:
				if f, ok := n.Fun.(*ast.SelectorExpr); ok && f.Sel.Name == "warn" {
					for _, argument := range n.Args {
						add(argument)
					}
				}
			}
			return true
		})
	}
	if len(codes) < 20 {
		t.Fatalf("found the codes %v, want more than twenty", codes)
	}
	return codes
}
