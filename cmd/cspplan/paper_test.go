package main

import (
	"bytes"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cspplan/reconcile"
	"cspplan/report"
)

var paperSets = flag.Int("paper", 5, "data sets whose PDF, workbook and plan.csv are compared")

// TestPaperWorkbookAndListAgree: the PDF, as poppler reads it, the workbook, as
// its XML has it, and plan.csv give the same figures to the cent: by currency,
// status and month, for drawn worlds in every language.
func TestPaperWorkbookAndListAgree(t *testing.T) {
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("pdftotext (poppler-utils) is not installed")
	}
	figures, differ := 0, 0
	for seed := range *paperSets {
		ok := t.Run(fmt.Sprint(seed), func(t *testing.T) { figures += comparePaper(t, uint64(seed)) })
		if !ok {
			differ++
		}
	}
	t.Logf("%d of %d data sets differ; %d figures compared", differ, *paperSets, figures)
}

func comparePaper(t *testing.T, seed uint64) (figures int) {
	r := rand.New(rand.NewPCG(seed, 11))
	words, err := report.LoadTexts(report.Languages[int(seed)%len(report.Languages)])
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	layPaperWorld(t, r, words.Lang)
	if code, out, errs := command(t, "run", "--as-of", metamorphicDay.String(), "--quiet"); code > 1 {
		t.Fatalf("exit %d\n%s%s", code, out, errs)
	}
	plans, err := filepath.Glob("plans/" + metamorphicDay.String() + "-*")
	if err != nil || len(plans) != 1 {
		t.Fatalf("run folders: %v, %v", plans, err)
	}
	want := csvLedger(t, filepath.Join(plans[0], "plan.csv"), metamorphicDay)
	plan, money := workbookLedger(t, filepath.Join(plans[0], "csp-plan.xlsx"), words, metamorphicDay)
	if diff := cmp.Diff(want, plan); diff != "" {
		t.Errorf("plan.csv and the rows of the workbook differ (-csv +workbook):\n%s", diff)
	}
	if diff := cmp.Diff(byCurrency(want), money); diff != "" {
		t.Errorf("plan.csv and the sheet Money differ (-csv +workbook):\n%s", diff)
	}
	paper := pdfLedger(t, filepath.Join(plans[0], "csp-plan.pdf"), words, metamorphicDay)
	printed := maps.Clone(want)
	maps.DeleteFunc(printed, func(name string, _ int64) bool { // the risk matrix has no column for them
		return strings.HasSuffix(strings.TrimSuffix(name, " licences"), " undated")
	})
	if diff := cmp.Diff(printed, paper); diff != "" {
		t.Errorf("plan.csv and the text of the PDF differ (-csv +PDF):\n%s", diff)
	}
	return len(printed)
}

// byCurrency is what the sheet Money shows of a ledger.
func byCurrency(l ledger) ledger {
	shown := maps.Clone(l)
	maps.DeleteFunc(shown, func(name string, _ int64) bool {
		code, figure, _ := strings.Cut(name, " ")
		return len(code) != 3 || strings.ToUpper(code) != code || strings.HasPrefix(figure, "credit") || figure == "can, in CSP"
	})
	return shown
}

// layPaperWorld writes settings and an export of up to 150 subscriptions: names
// that are hard to set, currencies of 0, 2 and 3 digits, days long gone and far
// off, prices missing, tiny and huge, and often more rows than the PDF prints.
func layPaperWorld(t *testing.T, r *rand.Rand, language string) {
	t.Helper()
	pick := func(words ...string) string { return words[r.IntN(len(words))] }
	settings := fmt.Sprintf("partner: {name: %q, country: IT}\npolicy: {max_rejected: 100%%}\noutput: {language: %s, paper: %s, pdf_rows: %s, pdf_full: %s}\n",
		pick("Cirrus Partner S.p.A.", "Ω – EUR 12,00"), language, pick("a4", "letter"), pick("400", "40", "1"), pick("false", "false", "true"))
	price, licences := "9876.54", 3000
	if language == "fr" { // poppler shows the narrow space inside its figures as it shows the gap between two wide ones
		price, licences = "98.76", 300
	}
	header := strings.Split("Customer,Tenant ID,Country,Subscription ID,Product,Licences,Start date,End date,Unit price,Currency,Billing,Auto-renew,Bought from,Programme,Reseller relationship,Delegated admin", ",")
	var rows [][]string
	for n := range r.IntN(150) {
		customer := r.IntN(1 + r.IntN(40))
		name := []string{"Éclair & Söhne", "有限会社さくら印刷", "شركة النخيل للتجارة", "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft", "2027 EUR 1,000.00", "Total"}[customer%6]
		end := (metamorphicDay + reconcile.Date(r.IntN(900)-150)).String()
		if r.IntN(12) == 0 {
			end = ""
		}
		rows = append(rows, []string{fmt.Sprint(name, " ", customer), fmt.Sprintf("%08d-1111-4a11-8a11-111111111111", customer), []string{"IT", "DE", "JP", "US"}[customer%4],
			fmt.Sprintf("%08d-2222-4a22-8a22-222222222222", n),
			pick("Exchange Online (Plan 1)", "Office 365 E3", "Microsoft 365 Business Premium", "Office 365 Enterprise E4", "Unheard-of Suite EUR 99"), fmt.Sprint(r.IntN(1 + r.IntN(licences))),
			"2026-01-15", end, pick("22.80", "0.01", "10.555", price, ""), pick("EUR", "EUR", "EUR", "CHF", "JPY", "KWD", "USD"), pick("Monthly", "Annual"),
			pick("Yes", "No", ""), pick("Direct from Microsoft", "Volume licensing", "Other partner", ""), pick("", "", "EA", "NCE", "MCA"), pick("Accepted", "Requested"), pick("Yes", "No")})
	}
	export := csvOf(',', header, rows)
	if len(rows) == 0 {
		export = append(bytes.TrimRight(export, "\r\n"), '\r', '\n')
	}
	for name, content := range map[string][]byte{"cspplan.yaml": []byte(settings), "exports/list.csv": export} {
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
