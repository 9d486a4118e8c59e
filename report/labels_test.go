package report

import (
	"encoding/csv"
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
	"unicode/utf8"

	"cspplan/reconcile"
	"cspplan/reconcile/catalog"
)

func readLabels(t *testing.T) [][]string {
	t.Helper()
	f, err := labelFile.Open("labels.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

var placeholder = regexp.MustCompile(`\{[a-z_]+\}`)

// A translation that lost a placeholder prints a sentence without its figure.
func TestLabelsAreCompleteInEveryLanguage(t *testing.T) {
	rows := readLabels(t)
	if got, want := strings.Join(rows[0][1:], ","), strings.Join(Languages, ","); got != want {
		t.Fatalf("languages: got %s, want %s", got, want)
	}
	seen := map[string]bool{}
	for _, row := range rows[1:] {
		if seen[row[0]] {
			t.Errorf("label %s occurs twice", row[0])
		}
		seen[row[0]] = true
		want := sortedPlaceholders(row[1])
		for i, text := range row[1:] {
			if strings.TrimSpace(text) == "" {
				t.Errorf("label %s is empty in %s", row[0], rows[0][i+1])
			}
			if got := sortedPlaceholders(text); !slices.Equal(got, want) {
				t.Errorf("label %s in %s: got placeholders %v, want %v", row[0], rows[0][i+1], got, want)
			}
		}
	}
}

func sortedPlaceholders(s string) []string {
	found := placeholder.FindAllString(s, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

// Every key that this package spells out must exist: a missing one would be
// printed as itself.
func TestLabelsNamedInTheSourceExist(t *testing.T) {
	en := texts(t, "en")
	heads := map[string]bool{}
	for _, row := range readLabels(t)[1:] {
		head, _, _ := strings.Cut(row[0], ".")
		heads[head] = true
	}
	files := token.NewFileSet()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(files, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if key, ok := labelKey(n, heads); ok && !en.Has(key) {
				t.Errorf("%s: label %q does not exist", files.Position(n.Pos()), key)
			}
			return true
		})
	}
}

// labelKey tells whether a node is a string that looks like the key of a label.
func labelKey(n ast.Node, heads map[string]bool) (string, bool) {
	lit, ok := n.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	key, err := strconv.Unquote(lit.Value)
	if err != nil {
		return "", false
	}
	head, tail, _ := strings.Cut(key, ".")
	return key, tail != "" && tail != "csv" && heads[head] && !strings.ContainsAny(key, " /,")
}

func TestEveryWordHasALabel(t *testing.T) {
	en := texts(t, "en")
	var keys []string
	for s := reconcile.Blocked; s <= reconcile.Done; s++ {
		keys = append(keys, "status."+s.String(), "status."+s.String()+".why")
	}
	for _, o := range reconcile.Outcomes {
		keys = append(keys, "outcome."+o.String())
	}
	for m := reconcile.MatchNone; m <= reconcile.MatchSame; m++ {
		keys = append(keys, "match."+m.String())
	}
	for c := reconcile.Direct; c <= reconcile.LegacyCSP; c++ {
		keys = append(keys, "channel."+c.String())
	}
	for p := reconcile.ProgrammeUnknown; p <= reconcile.Legacy; p++ {
		keys = append(keys, "programme."+p.String())
	}
	for r := reconcile.RouteNone; r <= reconcile.RouteBuyReassignEnd; r++ {
		keys = append(keys, "route."+r.String())
	}
	for p := reconcile.ProgressOpen; p <= reconcile.ProgressDone; p++ {
		keys = append(keys, "progress."+p.String())
	}
	for e := reconcile.EndUnknown; e <= reconcile.EndCancel; e++ {
		keys = append(keys, "end_of_term."+e.String())
	}
	for r := reconcile.RelationshipNone; r <= reconcile.RelationshipAccepted; r++ {
		keys = append(keys, "rel."+r.String())
	}
	for c := reconcile.ChoiceMove; c <= reconcile.ChoiceDone; c++ {
		keys = append(keys, "decision."+c.String())
	}
	for m := reconcile.P1M; m <= reconcile.P3Y; m++ {
		keys = append(keys, "duration."+m.String())
	}
	for b := reconcile.Monthly; b <= reconcile.Triennial; b++ {
		keys = append(keys, "billing."+b.String())
	}
	for _, kind := range changeKinds {
		keys = append(keys, "change."+kind)
	}
	for _, k := range dataKinds {
		if k.kind != "" {
			keys = append(keys, "data."+k.kind)
		}
	}
	for i := range planColumns {
		keys = append(keys, "meaning."+planColumns[i].code)
	}
	for i := range reconcile.Rules {
		keys = append(keys, reconcile.Rules[i].Sentence(), reconcile.Rules[i].Lifts(), reconcile.Rules[i].Who)
	}
	for s := reconcile.Commercial; s <= reconcile.Government; s++ {
		keys = append(keys, "segment."+s.String())
	}
	for _, key := range keys {
		if !en.Has(key) {
			t.Errorf("label %q does not exist", key)
		}
	}
}

// The next step must fit one line: 60 characters without the offer's name.
func TestNextStepsAreShort(t *testing.T) {
	long := &reconcile.Row{Next: reconcile.Next{Date: reconcile.NewDate(2026, 12, 28), N: 123456, Of: 100000}, Target: &reconcile.Target{
		Name: "Dynamics 365 Customer Service Enterprise Attach to Qualifying Dynamics 365 Base Offer for Students and Faculty (Non-Profit Pricing)"}}
	for _, lang := range Languages {
		texts := texts(t, lang)
		for _, row := range readLabels(t)[1:] {
			code, ok := strings.CutPrefix(row[0], "next.")
			if !ok {
				continue
			}
			bare := strings.ReplaceAll(texts.Label(row[0], "date", "28 Dec 2026", "n", "10", "a", "12"), "{offer}", "")
			if n := utf8.RuneCountInString(bare); n > 60 {
				t.Errorf("%s %s: %d characters without the offer: %s", lang, row[0], n, bare)
			}
			if long.Next.Code, ok = reconcile.ParseNextCode(strings.TrimSuffix(code, "_undated")); !ok {
				t.Errorf("%s: no step is called %s", row[0], code)
			}
			got := texts.Next(long)
			if n := utf8.RuneCountInString(got); n > nextLimit {
				t.Errorf("%s %s: %d characters: %s", lang, row[0], n, got)
			}
			if placeholder.MatchString(got) {
				t.Errorf("%s %s: placeholder left: %s", lang, row[0], got)
			}
		}
	}
}

// Codes that other packages write into rows without listing them anywhere are
// found where they are written.
func TestCodesInTheRulesHaveLabels(t *testing.T) {
	en := texts(t, "en")
	for code := reconcile.NextUnknown + 1; code < reconcile.NextCodes; code++ {
		if key := "next." + code.String(); !en.Has(key) {
			t.Errorf("label %q does not exist", key)
		}
	}
	for why := reconcile.WhyUnknown + 1; why.String() != ""; why++ {
		if key := "routewhy." + why.String(); !en.Has(key) {
			t.Errorf("label %q does not exist", key)
		}
	}
	patterns := []struct {
		prefix string
		find   *regexp.Regexp
	}{
		{"basis.", regexp.MustCompile(`Basis: +"([a-z-]+)"`)},
		{"reject.", regexp.MustCompile(`Problem\{Code: "([a-z-]+)"`)},
		{"sale.", regexp.MustCompile(`Sale[A-Z][a-z]+ += "([a-z-]+)"`)},
	}
	found := 0
	names, err := filepath.Glob("../reconcile/*.go")
	if err != nil {
		t.Fatal(err)
	}
	inputs, err := filepath.Glob("../input/*.go")
	if err != nil {
		t.Fatal(err)
	}
	names = append(names, inputs...)
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range patterns {
			for _, hit := range p.find.FindAllSubmatch(source, -1) {
				found++
				if key := p.prefix + string(hit[1]); !en.Has(key) {
					t.Errorf("%s: label %q does not exist", name, key)
				}
			}
		}
	}
	if found < 15 {
		t.Errorf("found %d codes only: the patterns no longer fit the source", found)
	}
}

// The tables say in English where they come from; the catalogue of labels must
// say the same, and of each.
func TestSourcesOfTheTablesHaveLabels(t *testing.T) {
	c, err := catalog.Load()
	if err != nil {
		t.Fatal(err)
	}
	en := texts(t, "en")
	for _, table := range c.Tables {
		if got := en.Label("tablesource." + table.Name); got != table.Source {
			t.Errorf("%s: got %q, want %q", table.Name, got, table.Source)
		}
	}
}

// TestNoLabelIsLeftOver: every key is spelled out in the source, or one of its
// parts is and the other is a word of the program.
func TestNoLabelIsLeftOver(t *testing.T) {
	spelled := spelledOut(t, ".", "../output", "../output/excel", "../output/pdf", "../output/mail", "../cmd/cspplan", "../reconcile", "../input")
	for _, row := range readLabels(t)[1:] {
		key := row[0]
		used := spelled[key]
		for i := range key {
			used = used || key[i] == '.' && (spelled[key[:i+1]] || spelled[key[i:]])
		}
		if !used {
			t.Errorf("label %q is used nowhere", key)
		}
	}
}

// spelledOut are all texts written in the source of packages, tests left out.
func spelledOut(t *testing.T, packages ...string) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	for _, dir := range packages {
		names, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			t.Fatal(err)
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
				if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
					if text, err := strconv.Unquote(lit.Value); err == nil {
						found[text] = true
					}
				}
				return true
			})
		}
	}
	return found
}
