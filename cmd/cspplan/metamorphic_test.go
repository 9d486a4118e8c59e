package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"

	"cspplan/input"
	"cspplan/reconcile"
	"cspplan/reconcile/catalog"
)

// Whatever people do to an export without changing what it says must not
// change the plan: these tests draw small worlds, write each in another way,
// and compare the two plans.

// A drawnWorld is one table of subscriptions and one register.
type drawnWorld struct {
	asOf     reconcile.Date
	holidays []reconcile.Date
	header   []string
	rows     [][]string
	register [][]string
}

// metamorphicDay is far from the days on which rules change, so that dates may be shifted.
var metamorphicDay = reconcile.NewDate(2026, time.November, 23)

var embeddedTables = sync.OnceValues(catalog.Load)

var worldColumns = []string{"Customer", "Tenant ID", "Domain", "Country", "Subscription ID", "Product", "Licences", "Assigned", "Start date", "End date",
	"Unit price", "Currency", "Billing", "Term", "Auto-renew", "Bought from", "Programme", "Trial"}

// drawWorld draws customers of several countries, channels and days. Customers
// have letters that older encodings know; rows without an id differ in their
// last day, or two files could be suspected to hold the same subscription.
func drawWorld(r *rand.Rand) drawnWorld {
	w := drawnWorld{asOf: metamorphicDay, header: worldColumns, holidays: []reconcile.Date{metamorphicDay + 15, metamorphicDay + 32}}
	pick := func(words ...string) string { return words[r.IntN(len(words))] }
	w.register = [][]string{{"Customer", "Tenant ID", "Country", "Reseller relationship", "Delegated admin", "Account manager"}}
	for n := range 3 + r.IntN(4) {
		name := fmt.Sprintf("%s %d", pick("Éclair & Söhne", "Ça ira", "Zeta", "öl"), n)
		tenant := fmt.Sprintf("%08d-1111-4a11-8a11-%012d", n, r.IntN(1e9))
		country := pick("IT", "IT", "DE", "CH", "US", "JP", "")
		w.register = append(w.register, []string{name, tenant, country, pick("Accepted", "Accepted", "Requested", "Not requested", ""), pick("Yes", "No", ""), pick("Ada", "")})
		for k := range 1 + r.IntN(6) {
			id := fmt.Sprintf("%04d%04d-2222-4a22-8a22-%012d", n, k, r.IntN(1e9))
			end := w.asOf + reconcile.Date(r.IntN(420)-120)
			if r.IntN(8) == 0 {
				id, end = "", w.asOf+reconcile.Date(500+10*n+k)
			}
			licences := 1 + r.IntN(320)
			w.rows = append(w.rows, []string{name, tenant, fmt.Sprintf("c%d.onmicrosoft.com", n), country, id,
				pick("Exchange Online (Plan 1)", "Office 365 E3", "Microsoft 365 Business Premium", "Office 365 Business Essentials", "Office 365 Enterprise E4",
					"Microsoft 365 Apps for business", "Unheard-of Suite", "Microsoft 365 A3 for faculty", "Microsoft Azure"),
				fmt.Sprint(licences), pick("", fmt.Sprint(licences-1), fmt.Sprint(licences), fmt.Sprint(licences+1)),
				(end - 200).String(), end.String(), pick("22.80", "10.55", "7.35", ""), pick("EUR", "EUR", "CHF", "USD"), pick("Monthly", "Annual"), pick("P1Y", "P1Y", "P1M", ""),
				pick("Yes", "No", ""), pick("Direct from Microsoft", "Volume licensing", "Other partner", ""), pick("", "", "EA", "NCE", "MCA"), pick("", "", "", "", "", "Yes")})
		}
	}
	return w
}

// shifted is the world some days later, without prices: the part of a month
// that is paid is not the same a week later.
func (w drawnWorld) shifted(days reconcile.Date) drawnWorld {
	later := func(text string) string {
		if text == "" {
			return ""
		}
		d, err := reconcile.ParseDate(text)
		if err != nil {
			panic(err)
		}
		return (d + days).String()
	}
	out := w
	out.asOf, out.rows, out.holidays = w.asOf+days, nil, nil
	for _, h := range w.holidays {
		out.holidays = append(out.holidays, h+days)
	}
	for _, row := range w.rows {
		row = slices.Clone(row)
		start, end, price := slices.Index(w.header, "Start date"), slices.Index(w.header, "End date"), slices.Index(w.header, "Unit price")
		row[start], row[end], row[price] = later(row[start]), later(row[end]), ""
		out.rows = append(out.rows, row)
	}
	return out
}

// csvOf writes a table.
func csvOf(comma rune, header []string, rows [][]string) []byte {
	var b bytes.Buffer
	c := csv.NewWriter(&b)
	c.Comma, c.UseCRLF = comma, true
	if err := c.WriteAll(append([][]string{header}, rows...)); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// files lays the world out as it is compared with: one CSV and one register.
func (w drawnWorld) files() map[string][]byte {
	return map[string][]byte{"subscriptions.csv": csvOf(',', w.header, w.rows), "register.csv": csvOf(',', w.register[0], w.register[1:])}
}

// planFiles writes files into a folder, all of the same day, and plans them.
func planFiles(t *testing.T, w drawnWorld, files map[string][]byte) (reconcile.Plan, input.Batch) {
	t.Helper()
	tables, err := embeddedTables()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	var list []input.File
	day := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	for name, content := range files {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, day, day); err != nil {
			t.Fatal(err)
		}
		list = append(list, input.File{Path: path, Name: "exports/" + name})
	}
	slices.SortFunc(list, func(a, b input.File) int { return strings.Compare(a.Name, b.Name) })
	batch, err := input.Read(context.Background(), list, input.Options{AsOf: w.asOf})
	if err != nil {
		t.Fatal(err)
	}
	policy := reconcile.Policy{LeadDays: 7, RelationshipDays: 21, WarnDays: 30, DecideDays: 30, Holidays: w.holidays}
	policy.Weekend[time.Saturday], policy.Weekend[time.Sunday] = true, true
	return reconcile.Build(reconcile.Inputs{Records: batch.Records, Catalogue: tables, Prices: batch.Prices, Partner: reconcile.Partner{Country: "IT"},
		Policy: policy, AsOf: w.asOf}), batch
}

// said is what the plan says of each row, without the names of files and the
// places in them. Days are counted from back, which is the shift of the world.
func said(p *reconcile.Plan, back reconcile.Date) []string {
	var lines []string
	for i := range p.Rows {
		r := p.Rows[i]
		for _, day := range []*reconcile.Date{&r.Sub.Start, &r.Sub.Expires, &r.FirstSeen, &r.ActBy, &r.RelationshipBy, &r.DecideBy, &r.AccessLost, &r.DataDeleted, &r.CSPStart, &r.Next.Date} {
			if day.Known() {
				*day -= back
			}
		}
		r.Sub.Price.Value = r.Sub.Price.Value.Trim(0) // 22.80 is 22.8 in a workbook
		var codes []string
		for _, f := range r.Findings() {
			codes = append(codes, f.Code)
		}
		m := r.Match
		sub := *r.Sub
		sub.Customer, sub.OfferFacts, sub.Rare = nil, nil, nil // printed for themselves
		lines = append(lines, fmt.Sprintf("%s %+v %+v %+v %+v %s %s %s %v customer=%s owner=%s %v|match %v %s %d|buy %v %v %v %v %v %v|%v %d %v %v %v %v %v %v|%v %v %v %v|%+v|%+v",
			r.Key, sub, *r.Sub.Customer, *r.Sub.OfferFacts, *r.Sub.RareFacts(), r.Status, r.Route, r.RouteWhy, codes, p.Customers[r.Customer].Key, r.Owner, r.SameRegion, m.Class, m.Basis, m.Score,
			r.Target, r.Provision, r.CSPTerm, r.CSPBilling, r.CSPStart, r.Reassign,
			r.Progress, r.DaysLeft, r.ActBy, r.RelationshipBy, r.DecideBy, r.EndOfTerm, r.AccessLost, r.DataDeleted,
			r.Relationship, r.DelegatedAdmin, r.CreditAskedBy, r.PlansLost(), r.Money, r.Next))
	}
	return lines
}

// A rewriting writes the same world in another way.
type rewriting struct {
	name  string
	write func(r *rand.Rand, w drawnWorld, files map[string][]byte)
}

const subsFile = "subscriptions.csv"

var rewritings = []rewriting{
	{"rows in another order", func(r *rand.Rand, w drawnWorld, files map[string][]byte) {
		rows := slices.Clone(w.rows)
		r.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		files[subsFile] = csvOf(',', w.header, rows)
	}},
	{"split in two files", func(r *rand.Rand, w drawnWorld, files map[string][]byte) {
		n := 1 + r.IntN(len(w.rows)-1)
		files[subsFile], files["more.csv"] = csvOf(',', w.header, w.rows[:n]), csvOf(',', w.header, w.rows[n:])
	}},
	{"a copy of the file beside it", func(r *rand.Rand, w drawnWorld, files map[string][]byte) {
		files["subscriptions (1).csv"] = files[subsFile]
	}},
	{"some rows once more in another file", func(r *rand.Rand, w drawnWorld, files map[string][]byte) {
		files["again.csv"] = csvOf(',', w.header, w.rows[:1+r.IntN(len(w.rows)-1)])
	}},
	{"another name", func(r *rand.Rand, w drawnWorld, files map[string][]byte) {
		files["Ελλάδα 2026-11 (final).txt"] = files[subsFile]
		delete(files, subsFile)
	}},
	{"UTF-8 with byte order mark", func(r *rand.Rand, w drawnWorld, files map[string][]byte) {
		files[subsFile] = append([]byte("\xef\xbb\xbf"), files[subsFile]...)
	}},
	{"UTF-16", func(r *rand.Rand, w drawnWorld, files map[string][]byte) {
		b := []byte{0xff, 0xfe}
		for _, unit := range utf16.Encode([]rune(string(files[subsFile]))) {
			b = binary.LittleEndian.AppendUint16(b, unit)
		}
		files[subsFile] = b
	}},
	{"Windows-1252", func(r *rand.Rand, w drawnWorld, files map[string][]byte) {
		b, err := charmap.Windows1252.NewEncoder().Bytes(files[subsFile])
		if err != nil {
			panic(err)
		}
		files[subsFile] = b
	}},
	{"another delimiter", func(r *rand.Rand, w drawnWorld, files map[string][]byte) {
		files[subsFile] = csvOf([]rune{';', '\t', '|'}[r.IntN(3)], w.header, w.rows)
	}},
	{"separator line and line feeds", func(r *rand.Rand, w drawnWorld, files map[string][]byte) {
		files[subsFile] = append([]byte("sep=;\n"), bytes.ReplaceAll(csvOf(';', w.header, w.rows), []byte("\r\n"), []byte("\n"))...)
	}},
	{"columns in another order", func(r *rand.Rand, w drawnWorld, files map[string][]byte) {
		order := r.Perm(len(w.header))
		rows := make([][]string, 0, len(w.rows)+1)
		for _, row := range append([][]string{w.header}, w.rows...) {
			moved := make([]string, len(row))
			for to, from := range order {
				moved[to] = row[from]
			}
			rows = append(rows, moved)
		}
		files[subsFile] = csvOf(',', rows[0], rows[1:])
	}},
	{"a column nobody knows", func(r *rand.Rand, w drawnWorld, files map[string][]byte) {
		at := r.IntN(len(w.header) + 1)
		var rows [][]string
		for n, row := range w.rows {
			rows = append(rows, slices.Insert(slices.Clone(row), at, fmt.Sprintf("remark %d", n)))
		}
		files[subsFile] = csvOf(',', slices.Insert(slices.Clone(w.header), at, "Zz remarks of Bo"), rows)
	}},
	{"a title above and a total below", func(r *rand.Rand, w drawnWorld, files map[string][]byte) {
		total := make([]string, len(w.header))
		total[0] = "Total"
		body := csvOf(',', w.header, append(slices.Clone(w.rows), total))
		files[subsFile] = append([]byte("Licence report\r\n\r\n"), body...)
	}},
	{"a workbook of texts", func(r *rand.Rand, w drawnWorld, files map[string][]byte) {
		files["subscriptions.xlsx"] = workbookOfWorld(w, func(_, text string) any { return text })
		delete(files, subsFile)
	}},
	{"a workbook of dates and numbers", func(r *rand.Rand, w drawnWorld, files map[string][]byte) {
		files["subscriptions.xlsx"] = workbookOfWorld(w, typedCell)
		delete(files, subsFile)
	}},
}

// typedCell is a cell as a person would have typed it.
func typedCell(heading, text string) any {
	switch heading {
	case "Start date", "End date":
		if d, err := reconcile.ParseDate(text); err == nil && d.Known() {
			return d.Time()
		}
	case "Licences", "Assigned":
		var n int
		if _, err := fmt.Sscan(text, &n); err == nil {
			return n
		}
	case "Unit price":
		var price float64
		if _, err := fmt.Sscan(text, &price); err == nil {
			return price
		}
	}
	return text
}

func workbookOfWorld(w drawnWorld, cell func(heading, text string) any) []byte {
	f := excelize.NewFile()
	defer f.Close()
	for n, row := range append([][]string{w.header}, w.rows...) {
		for i, text := range row {
			if text == "" {
				continue
			}
			name, err := excelize.CoordinatesToCellName(i+1, n+1)
			if err == nil {
				err = f.SetCellValue("Sheet1", name, cell(w.header[i], text))
			}
			if err != nil {
				panic(err)
			}
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func TestRewritingAnExportLeavesThePlan(t *testing.T) {
	seeds := 4
	if testing.Short() {
		seeds = 1
	}
	for seed := range seeds {
		r := rand.New(rand.NewPCG(uint64(seed), 5))
		w := drawWorld(r)
		plan, _ := planFiles(t, w, w.files())
		want := said(&plan, 0)
		if len(want) < 3 {
			t.Fatalf("seed %d: only %d rows are planned", seed, len(want))
		}
		for _, other := range rewritings {
			t.Run(fmt.Sprintf("%d/%s", seed, other.name), func(t *testing.T) {
				files := w.files()
				other.write(r, w, files)
				plan, _ := planFiles(t, w, files)
				if diff := cmp.Diff(want, said(&plan, 0)); diff != "" {
					t.Errorf("the plan differs (-before +after):\n%s", diff)
				}
			})
		}
	}
}

// A world that lies whole weeks later is planned the same, whole weeks later,
// as long as no rule changes in between.
func TestLaterWorldIsPlannedLater(t *testing.T) {
	for seed := range 6 {
		r := rand.New(rand.NewPCG(uint64(seed), 7))
		w := drawWorld(r)

		now := w.shifted(0)
		weeks := reconcile.Date(1 + r.IntN(20))
		later := w.shifted(7 * weeks)
		planNow, _ := planFiles(t, now, now.files())
		planLater, _ := planFiles(t, later, later.files())
		if diff := cmp.Diff(said(&planNow, 0), said(&planLater, 7*weeks)); diff != "" {
			t.Errorf("seed %d: %d weeks later the plan differs (-now +later):\n%s", seed, weeks, diff)
		}
	}
}
