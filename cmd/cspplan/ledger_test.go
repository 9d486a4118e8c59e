package main

import (
	"archive/zip"
	"encoding/csv"
	"encoding/xml"
	"io"
	"math"
	"os"
	"os/exec"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"cspplan/reconcile"
	"cspplan/report"
)

// A ledger is figures by name, such as "2026-12 EUR" or "decide ≤30 licences":
// amounts in minor units, and no entry for nought. Three are taken from the three
// files of a run, each by a reader that knows nothing of how it was written.
type ledger map[string]int64

func (l ledger) add(name string, n int64) {
	if l[name] += n; l[name] == 0 {
		delete(l, name)
	}
}

// A ledgerRow is one subscription as plan.csv or the sheet Plan has it.
type ledgerRow struct {
	status            string // word of plan.csv
	expires           reconcile.Date
	licences          int64
	currency          string
	cost, csp         *int64 // a year; nil: not known
	cspCurrency       string
	overlap, planned  int64
	prepaid, lockedIn int64
	credit            int64
	creditBy          string
}

var partOf = map[string]string{"blocked": "cannot", "data-loss": "cannot", "decide": "to decide", "ready": "can"}

// sumRows makes the figures of the PDF from rows.
func sumRows(rows []ledgerRow, asOf reconcile.Date) ledger {
	l := ledger{}
	for _, r := range rows {
		month := "undated"
		if r.expires.Known() {
			month = r.expires.String()[:7]
		}
		l.add("rows", 1)
		l.add("licences", r.licences)
		if r.status == "done" {
			l.add(month+" done", 1)
			l.add(month+" done licences", r.licences)
			continue
		}
		l.add(month+" subscriptions", 1)
		l.add(month+" licences", r.licences)
		window := r.status + " " + windowOf(r.expires, asOf)
		l.add(window, 1)
		l.add(window+" licences", r.licences)
		if r.cost != nil {
			l.add(r.currency+" subscriptions", 1)
			l.add(r.currency+" cost", *r.cost)
			l.add(r.currency+" "+partOf[r.status], *r.cost)
			l.add(month+" "+r.currency, *r.cost)
			if r.status == "ready" && r.csp != nil && r.cspCurrency == r.currency {
				l.add(r.currency+" can, in CSP", *r.csp)
				l.add(r.currency+" can, difference", *r.csp-*r.cost)
			}
		}
		l.add(r.currency+" overlap today", r.overlap)
		l.add(r.currency+" overlap planned", r.planned)
		l.add(r.currency+" prepaid", r.prepaid)
		l.add(r.currency+" locked in", r.lockedIn)
		l.add(r.currency+" credit "+r.creditBy, r.credit)
	}
	return l
}

func windowOf(expires, asOf reconcile.Date) string {
	switch days := expires - asOf; {
	case !expires.Known():
		return "undated"
	case days < 0:
		return "expired"
	case days <= 30:
		return "≤30"
	case days <= 90:
		return "≤90"
	}
	return "later"
}

// digits is a printed number without all that a language puts into it: an amount
// shows all digits of its currency, so that they are minor units.
func digits(t *testing.T, text string) int64 {
	t.Helper()
	sign := int64(1)
	if strings.HasPrefix(text, "−") || strings.HasPrefix(text, "-") {
		sign = -1
	}
	text = strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, text)
	if text == "" {
		return 0 // a dash
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return sign * n
}

// csvLedger reads plan.csv.
func csvLedger(t *testing.T, file string, asOf reconcile.Date) ledger {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	table, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []ledgerRow
	for _, line := range table[1:] {
		at := func(column string) string { return line[slices.Index(table[0], column)] }
		amount := func(column string) int64 { return digits(t, at(column)) }
		unlessEmpty := func(column string) *int64 {
			if at(column) == "" {
				return nil
			}
			n := amount(column)
			return &n
		}
		expires, err := reconcile.ParseDate(at("expires"))
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, ledgerRow{
			status: at("status"), expires: expires, licences: amount("licences"), currency: at("currency"),
			cost: unlessEmpty("cost_now_year"), csp: unlessEmpty("cost_csp_year"), cspCurrency: at("csp_currency"),
			overlap: amount("overlap_today"), planned: amount("overlap_planned"), prepaid: amount("prepaid_lost"),
			lockedIn: amount("locked_in_if_missed"), credit: amount("credit_at_most"), creditBy: at("credit_asked_by"),
		})
	}
	return sumRows(rows, asOf)
}

// A workbookFile is the cells of a workbook, read from its XML by the standard
// library alone.
type workbookFile struct {
	parts   map[string]*zip.File
	strings []string
	sheets  map[string]string // name → part
}

func openWorkbook(t *testing.T, file string) *workbookFile {
	t.Helper()
	z, err := zip.OpenReader(file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { z.Close() })
	w := &workbookFile{parts: map[string]*zip.File{}, sheets: map[string]string{}}
	for _, part := range z.File {
		w.parts[part.Name] = part
	}
	var shared struct {
		Items []sharedText `xml:"si"`
	}
	w.decode(t, "xl/sharedStrings.xml", &shared)
	for _, item := range shared.Items {
		w.strings = append(w.strings, item.text())
	}
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	w.decode(t, "xl/workbook.xml", &book)
	var relations struct {
		List []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	w.decode(t, "xl/_rels/workbook.xml.rels", &relations)
	for _, sheet := range book.Sheets {
		for _, r := range relations.List {
			if r.ID == sheet.ID {
				w.sheets[sheet.Name] = path.Join("xl", strings.TrimPrefix(r.Target, "/xl/"))
			}
		}
	}
	return w
}

func (w *workbookFile) decode(t *testing.T, name string, into any) {
	t.Helper()
	part := w.parts[name]
	if part == nil {
		t.Fatalf("the workbook has no part %s", name)
	}
	r, err := part.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if err := xml.NewDecoder(r).Decode(into); err != nil && err != io.EOF {
		t.Fatalf("%s: %v", name, err)
	}
}

type sharedText struct {
	Plain string `xml:"t"`
	Runs  []struct {
		Text string `xml:"t"`
	} `xml:"r"`
}

func (s *sharedText) text() string {
	text := s.Plain
	for _, run := range s.Runs {
		text += run.Text
	}
	return text
}

// rows are the cells of a sheet by the letters of their columns.
func (w *workbookFile) rows(t *testing.T, sheet string) []map[string]string {
	t.Helper()
	var data struct {
		Rows []struct {
			Cells []struct {
				At     string     `xml:"r,attr"`
				Type   string     `xml:"t,attr"`
				Value  string     `xml:"v"`
				Inline sharedText `xml:"is"`
			} `xml:"c"`
		} `xml:"sheetData>row"`
	}
	w.decode(t, w.sheets[sheet], &data)
	var rows []map[string]string
	for _, r := range data.Rows {
		row := map[string]string{}
		for _, c := range r.Cells {
			value := c.Value
			switch c.Type {
			case "s":
				n, err := strconv.Atoi(c.Value)
				if err != nil {
					t.Fatal(err)
				}
				value = w.strings[n]
			case "inlineStr":
				value = c.Inline.text()
			}
			row[strings.TrimRight(c.At, "0123456789")] = value
		}
		rows = append(rows, row)
	}
	return rows
}

// tableBelow finds the row that holds all headings and returns the rows below it up
// to an empty first cell, and a reader of their cells.
func tableBelow(t *testing.T, rows []map[string]string, headings ...string) (below []map[string]string, at func(row map[string]string, heading string) string) {
	t.Helper()
	for i, row := range rows {
		columns := map[string]string{}
		for column, text := range row {
			columns[text] = column
		}
		if !slices.ContainsFunc(headings, func(h string) bool { return columns[h] == "" }) {
			end := i + 1
			for end < len(rows) && rows[end]["A"] != "" {
				end++
			}
			return rows[i+1 : end], func(row map[string]string, heading string) string { return row[columns[heading]] }
		}
	}
	t.Fatalf("no row has the headings %v", headings)
	return nil, nil
}

// minorDigits are the currencies of the drawn worlds that have not two digits.
var minorDigits = map[string]int{"JPY": 0, "KWD": 3}

// minor is the number of a cell in minor units.
func minor(t *testing.T, cell, currency string) int64 {
	t.Helper()
	if cell == "" {
		return 0
	}
	f, err := strconv.ParseFloat(cell, 64)
	if err != nil {
		t.Fatal(err)
	}
	places, known := minorDigits[currency]
	if !known {
		places = 2
	}
	return int64(math.Round(f * math.Pow10(places)))
}

// workbookLedger reads the rows of the sheet Plan, and what the sheet Money says
// of each currency.
func workbookLedger(t *testing.T, file string, words *report.Texts, asOf reconcile.Date) (plan, money ledger) {
	t.Helper()
	w := openWorkbook(t, file)
	l := words.Label
	lines, at := tableBelow(t, w.rows(t, l("sheet.plan")), l("status"), l("col.expires"), l("col.licences"), l("col.cost_now"), l("col.credit_max"))
	var rows []ledgerRow
	for _, line := range lines {
		currency, cspCurrency := at(line, l("col.currency")), at(line, l("col.csp_currency"))
		amount := func(key string) int64 { return minor(t, at(line, l(key)), currency) }
		r := ledgerRow{currency: currency, cspCurrency: cspCurrency, licences: minor(t, at(line, l("col.licences")), "JPY"),
			overlap: amount("col.overlap_today"), planned: amount("col.overlap_planned"), prepaid: amount("col.prepaid_lost"), lockedIn: amount("col.locked_in"), credit: amount("col.credit_max")}
		for word := range partOf {
			if strings.HasSuffix(at(line, l("status")), l("status."+word)) {
				r.status = word
			}
		}
		if strings.HasSuffix(at(line, l("status")), l("status.done")) {
			r.status = "done"
		}
		if r.status == "" { // an empty plan: the sentence that says so
			continue
		}
		if day := at(line, l("col.expires")); day != "" {
			r.expires = reconcile.NewDate(1899, time.December, 30) + reconcile.Date(minor(t, day, "JPY"))
		}
		if at(line, l("col.cost_now")) != "" {
			n := amount("col.cost_now")
			r.cost = &n
		}
		if cell := at(line, l("col.cost_csp")); cell != "" {
			n := minor(t, cell, cspCurrency)
			r.csp = &n
		}
		switch at(line, l("col.credit_who")) {
		case l("credit.we"):
			r.creditBy = "partner"
		case l("credit.customer"):
			r.creditBy = "customer"
		}
		rows = append(rows, r)
	}
	return sumRows(rows, asOf), moneyLedger(t, w, words)
}

// moneyLedger is the table by currency of the sheet Money; without a priced row
// there is none.
func moneyLedger(t *testing.T, w *workbookFile, words *report.Texts) ledger {
	t.Helper()
	l := words.Label
	money := ledger{}
	lines, at := tableBelow(t, w.rows(t, l("sheet.money")), l("col.subscriptions"), l("col.cost_now"), l("col.cannot_move"))
	for _, line := range lines {
		currency := line["A"]
		if len(currency) != 3 { // notes and further tables follow
			break
		}
		money.add(currency+" subscriptions", minor(t, at(line, l("col.subscriptions")), "JPY"))
		for key, name := range map[string]string{"col.cost_now": "cost", "col.cannot_move": "cannot", "col.to_decide": "to decide", "col.can_move": "can",
			"col.can_move_diff": "can, difference", "col.overlap_all_today": "overlap today", "col.overlap_all_planned": "overlap planned",
			"col.prepaid_lost": "prepaid", "col.locked_in": "locked in"} {
			money.add(currency+" "+name, minor(t, at(line, l(key)), currency))
		}
	}
	return money
}

// A pdfReader takes the figures out of the text of the PDF, line by line.
type pdfReader struct {
	t      *testing.T
	words  *report.Texts
	months map[string]string // title → name in the ledger
	totals map[string]string // title of its total → the same
	got    ledger
	part   string // of the document: money, views, plan
	month  string
	inSum  bool             // below the total of a month
	rows   map[string]int64 // amounts of the rows of a month, by currency
}

// pdfLedger reads the PDF with poppler.
func pdfLedger(t *testing.T, file string, words *report.Texts, asOf reconcile.Date) ledger {
	t.Helper()
	out, err := exec.Command("pdftotext", "-layout", file, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext: %v", err)
	}
	p := &pdfReader{t: t, words: words, got: ledger{}, months: map[string]string{}, totals: map[string]string{}, rows: map[string]int64{}}
	p.months[words.LongMonth(0)], p.totals[words.MonthTotal(0)] = "undated", "undated"
	for day := asOf - 1500; day < asOf+3000; day += 20 {
		p.months[words.LongMonth(day)], p.totals[words.MonthTotal(day)] = day.String()[:7], day.String()[:7]
	}
	for line := range strings.SplitSeq(strings.ReplaceAll(string(out), "\f", "\n"), "\n") {
		if words.Lang == "fr" { // poppler makes a plain space of the narrow one between groups
			line = frenchNumber.ReplaceAllStringFunc(line, func(number string) string { return strings.ReplaceAll(number, " ", "") })
		}
		p.line(strings.TrimRight(line, " "))
	}
	return p.got
}

const printedNumber = `(?:[−+]?\d[\d.,\x{202f}]*|–)`

var (
	frenchNumber = regexp.MustCompile(`\d{1,3}(?: \d{3})*(?:,\d+)?`)
	moneyLine    = regexp.MustCompile(`^([A-Z]{3})((?: +` + printedNumber + `){5,7})$`) // CSP costs nobody knows are empty
	viewTable    = regexp.MustCompile(`([A-Z]{3})((?: +` + printedNumber + `){3})(?: |$)`)
	matrixTail   = regexp.MustCompile(`((?:` + printedNumber + `\x{00a0}? ?\(` + printedNumber + `\)|–)(?: +|$)){4}$`)
	matrixCell   = regexp.MustCompile(`(` + printedNumber + `) ?\((` + printedNumber + `)\)|–`)
	amountTail   = regexp.MustCompile(`(?:^|  |[^A-Za-z])([A-Z]{3})[\x{00a0} ](` + printedNumber + `)$`)
	countedText  = regexp.MustCompile(`: ?(` + printedNumber + `)(?: \((` + printedNumber + `)\))?`)
)

func (p *pdfReader) line(line string) {
	l := p.words.Label
	bare := strings.TrimSpace(line)
	switch {
	case bare == l("pdf.money"):
		p.part = "money"
	case p.part == "money" && strings.HasPrefix(bare, l("pdf.overlap")):
		p.part = "views"
	case bare == l("pdf.plan_by_month"):
		p.part = "plan"
	case bare == l("pdf.exceptions"), bare == l("pdf.method"), bare == l("trend.section"):
		p.part = ""
	case strings.HasPrefix(bare, l("doc.subtitle")+" · "):
		for i, hit := range countedText.FindAllStringSubmatch(bare, 2) {
			p.got.add([]string{"rows", "licences"}[i], digits(p.t, hit[1]))
		}
	case p.part == "":
		p.matrix(bare)
	case p.part == "money":
		p.currency(line)
	case p.part == "views":
		p.views(line)
	case p.part == "plan":
		p.plan(bare)
	}
}

// matrix reads a row of the risk matrix.
func (p *pdfReader) matrix(line string) {
	tail := matrixTail.FindString(line)
	if tail == "" {
		return
	}
	for word := range partOf {
		if !strings.HasPrefix(line, p.words.Label("status."+word)) {
			continue
		}
		for i, cell := range matrixCell.FindAllStringSubmatch(tail, -1) {
			window := word + " " + []string{"expired", "≤30", "≤90", "later"}[i]
			p.got.add(window, digits(p.t, cell[1]))
			p.got.add(window+" licences", digits(p.t, cell[2]))
		}
	}
}

// currency reads a line of the run-rate.
func (p *pdfReader) currency(line string) {
	hit := moneyLine.FindStringSubmatch(line)
	if hit == nil {
		return
	}
	for i, figure := range strings.Fields(hit[2]) {
		name := []string{"subscriptions", "cost", "cannot", "to decide", "can", "can, in CSP", "can, difference"}[i]
		p.got.add(hit[1]+" "+name, digits(p.t, figure))
	}
}

// views reads the two half-width tables; what begins in the left half is overlap.
func (p *pdfReader) views(line string) {
	for _, at := range viewTable.FindAllStringSubmatchIndex(line, -1) {
		names := []string{"overlap today", "overlap planned", "locked in"}
		if at[2] > 40 {
			names = []string{"credit partner", "credit customer", "prepaid"}
		}
		for i, figure := range strings.Fields(line[at[4]:at[5]]) {
			p.got.add(line[at[2]:at[3]]+" "+names[i], digits(p.t, figure))
		}
	}
}

// plan reads a line of the plan by month: a heading with its counts, a row, the
// total. The rows of a month must add up to its total.
func (p *pdfReader) plan(line string) {
	for title, month := range p.months {
		if strings.HasPrefix(line, title+"  ") {
			p.heading(month, line[len(title):])
			return
		}
	}
	for title, month := range p.totals {
		if rest, ok := strings.CutPrefix(line, title+"  "); ok && p.month == month {
			p.inSum = true
			licences, _, _ := strings.Cut(strings.TrimLeft(rest, " "), " ")
			if n := digits(p.t, licences); n != p.got[month+" licences"] {
				p.t.Errorf("%s: the total says %d licences, the heading %d", month, n, p.got[month+" licences"])
			}
		}
	}
	hit := amountTail.FindStringSubmatch(line)
	switch {
	case hit == nil:
	case p.inSum:
		p.got.add(p.month+" "+hit[1], digits(p.t, hit[2]))
		p.rows[p.month+" "+hit[1]] -= digits(p.t, hit[2])
	default:
		p.rows[p.month+" "+hit[1]] += digits(p.t, hit[2])
	}
}

func (p *pdfReader) heading(month, counts string) {
	p.month, p.inSum = month, false
	for i, hit := range countedText.FindAllStringSubmatch(counts, -1) {
		name := []string{" subscriptions", " licences", " done"}[i]
		p.got.add(month+name, digits(p.t, hit[1]))
		p.got.add(month+name+" licences", digits(p.t, hit[2]))
	}
}
