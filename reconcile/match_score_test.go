package reconcile_test

import (
	"encoding/csv"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"cspplan/reconcile"
	"cspplan/reconcile/catalog"
)

var scoreFile = flag.String("score", "", "CSV of labelled titles: prints how many the matcher gets right")

// matchAsOf is the day the tests match on.
var matchAsOf = reconcile.NewDate(2026, 11, 23)

func newMatcher(t testing.TB, aliases []reconcile.Alias, decisions []reconcile.Decision) (*reconcile.Matcher, *reconcile.Catalogue) {
	t.Helper()
	c, err := catalog.Load()
	if err != nil {
		t.Fatal(err)
	}
	return reconcile.NewMatcher(c, aliases, decisions, matchAsOf), c
}

// A tally counts the answers to labelled titles.
type tally struct {
	right, wrong, first, three, nothing int // titles that mean a SKU
	noneWrong, noneSilent               int // titles that mean none
	lines                               []string
}

// TestMatchScore measures the matcher: go test ./reconcile -run TestMatchScore
// -score FILE. The columns used are input_title, input_part_number,
// expected_sku_guid (NONE: no SKU) and also_acceptable.
func TestMatchScore(t *testing.T) {
	if *scoreFile == "" {
		t.Skip("no -score FILE")
	}
	f, err := os.Open(*scoreFile)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	m, c := newMatcher(t, nil, nil)
	got := scoreRows(m, c, rows)
	t.Logf("\n%s", strings.Join(got.lines, "\n"))
	labelled := got.right + got.wrong + got.first + got.three + got.nothing
	t.Logf("%d titles with a SKU: automatic right %d, wrong %d; proposed first %d, in the first three %d, not there %d",
		labelled, got.right, got.wrong, got.first, got.three, got.nothing)
	t.Logf("%d titles without: automatic (wrong) %d, silent %d", got.noneWrong+got.noneSilent, got.noneWrong, got.noneSilent)
	if got.wrong+got.noneWrong > 0 {
		t.Errorf("%d automatic answers are wrong", got.wrong+got.noneWrong)
	}
}

// TestLabelledTitles scores the matcher on our own labels: titles of admin
// centres in fifteen languages, price lists of volume licensing, resellers'
// lists, PowerShell, and what is no offer of Microsoft's table at all.
func TestLabelledTitles(t *testing.T) {
	for _, test := range []struct {
		file           string
		answers, nones int // at least
	}{
		{"titles.csv", 450, 200},
		{"titles_sellers.csv", 300, 200}, // as distributors, invoices and price lists of volume licensing write them
	} {
		t.Run(test.file, func(t *testing.T) { testLabels(t, "testdata/"+test.file, test.answers, test.nones) })
	}
}

func testLabels(t *testing.T, file string, minAnswers, minNones int) {
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	m, c := newMatcher(t, nil, nil)
	got := scoreRows(m, c, rows)
	answers := got.right + got.wrong + got.first + got.three + got.nothing
	if answers < minAnswers || got.noneSilent+got.noneWrong < minNones {
		t.Fatalf("%d titles with a SKU and %d without are too few", answers, got.noneSilent+got.noneWrong)
	}
	if got.wrong+got.noneWrong > 0 {
		t.Errorf("%d automatic answers are wrong, %d of them to titles without a SKU:\n%s", got.wrong+got.noneWrong, got.noneWrong, strings.Join(got.lines, "\n"))
	}
	if percent := 100 * got.right / answers; percent < 90 {
		t.Errorf("%d %% automatic, want 90", percent)
	}
	if percent := 100 * (got.right + got.first + got.three) / answers; percent < 98 {
		t.Errorf("%d %% automatic or among the first three, want 98:\n%s", percent, strings.Join(got.lines, "\n"))
	}
}

func scoreRows(m *reconcile.Matcher, c *reconcile.Catalogue, rows [][]string) tally {
	col := func(name string) int { return slices.Index(rows[0], name) }
	title, part, want, also := col("input_title"), col("input_part_number"), col("expected_sku_guid"), col("also_acceptable")
	var s tally
	for _, r := range rows[1:] {
		got := m.Match(reconcile.OfferQuery{Title: r[title], PartNumber: r[part]})
		ok := func(guid string) bool { return guid != "" && (guid == r[want] || guid == r[also]) }
		automatic := ""
		if got.Identified != nil && c.SKU(got.Identified.SKUGUID) != nil {
			automatic = got.Identified.SKUGUID
		}
		place := slices.IndexFunc(got.Candidates, func(c reconcile.Candidate) bool { return ok(c.SKUGUID) })
		note := ""
		switch {
		case r[want] == "NONE" && automatic != "":
			s.noneWrong, note = s.noneWrong+1, "WRONG, has no SKU"
		case r[want] == "NONE":
			s.noneSilent++
		case ok(automatic):
			s.right++
		case automatic != "":
			s.wrong, note = s.wrong+1, "WRONG"
		case place == 0:
			s.first, note = s.first+1, "proposed first"
		case place == 1 || place == 2:
			s.three, note = s.three+1, "proposed in the first three"
		default:
			s.nothing, note = s.nothing+1, "NOT FOUND"
		}
		if note != "" {
			s.lines = append(s.lines, fmt.Sprintf("%-28s %-60s want %s got %s %s", note, r[title], r[want], automatic, got.Class))
		}
	}
	return s
}
