package input

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gocarina/gocsv"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"cspplan/reconcile"
)

// maxTable bounds a table that the settings name; the largest price list seen
// has a few megabytes.
const maxTable = 256 << 20

// maxFaults is how many faults of one table are reported at once.
const maxFaults = 20

// ReadPriceList reads a new commerce price list (CSV, UTF-8 or UTF-16). Prices
// are for the whole term. The error names every line and column at fault; a
// price list is used whole or not at all.
func ReadPriceList(path, name string) ([]reconcile.PriceLine, error) {
	var lines []reconcile.PriceLine
	err := readTable(path, name, []string{"productid", "skuid", "termduration", "billingplan", "currency"}, func(row priceRow, line int) error {
		price, problem := row.line(alone)
		if problem != nil {
			return at(name, line, problem)
		}
		price.Source = reconcile.Source{File: name, Row: line}
		lines = append(lines, price)
		return nil
	})
	return lines, err
}

// A sellRow is one row of the partner's own sell prices.
type sellRow struct {
	ProductID string `csv:"productid"`
	SKUID     string `csv:"skuid"`
	Term      string `csv:"term"`
	Billing   string `csv:"billing"`
	Currency  string `csv:"currency"`
	Price     string `csv:"price"`
}

// ReadSellPrices reads the partner's sell prices, for the whole term: columns
// product_id, sku_id, term, billing, currency, price.
func ReadSellPrices(path, name string) ([]reconcile.PriceLine, error) {
	var lines []reconcile.PriceLine
	err := readTable(path, name, []string{"productid", "skuid", "term", "billing", "currency", "price"}, func(row sellRow, line int) error {
		price, problem := row.line()
		if problem != nil {
			return at(name, line, problem)
		}
		price.Source = reconcile.Source{File: name, Row: line}
		lines = append(lines, price)
		return nil
	})
	return lines, err
}

func (s sellRow) line() (reconcile.PriceLine, *reconcile.Problem) {
	term, _ := parseTerm(s.Term)
	price, problem := priceRow{ProductID: s.ProductID, SKUID: s.SKUID, Term: term.String(), Billing: s.Billing,
		Currency: s.Currency, UnitPrice: s.Price}.line(alone)
	price.Sell = true
	if problem != nil {
		names := map[string]string{"ProductId": "product_id", "TermDuration": "term", "BillingPlan": "billing", "Currency": "currency", "UnitPrice": "price"}
		problem.Column = names[problem.Column]
		if problem.Column == "term" {
			problem.Value = s.Term
		}
	}
	return price, problem
}

// An aliasRow is one row of the user's own offer mapping.
type aliasRow struct {
	Title     string `csv:"title"`
	OfferID   string `csv:"offerid"`
	SKUGUID   string `csv:"skuguid"`
	ProductID string `csv:"productid"`
	SKUID     string `csv:"skuid"`
	Note      string `csv:"note"`
}

// ReadAliases reads offers that the user mapped by hand: columns title,
// offer_id, sku_guid, product_id, sku_id, note. Each row needs a title or an
// offer id, and something it stands for; no title and no offer id may stand for
// two things.
func ReadAliases(path, name string) ([]reconcile.Alias, error) {
	var aliases []reconcile.Alias
	said := map[string]aliasRow{}
	err := readTable(path, name, []string{"title"}, func(row aliasRow, line int) error {
		problem := row.problem()
		if problem == nil {
			problem = row.contradicts(said)
		}
		if problem != nil {
			return at(name, line, problem)
		}
		aliases = append(aliases, reconcile.Alias{Title: row.Title, OfferID: bareGUID(row.OfferID), SKUGUID: bareGUIDs(row.SKUGUID),
			ProductID: row.ProductID, SKUID: reconcile.PadSKUID(row.SKUID), Note: row.Note})
		return nil
	})
	return aliases, err
}

// areGUIDs takes one GUID, or several joined by +.
func areGUIDs(text string) bool {
	return !slices.ContainsFunc(strings.Split(text, "+"), func(part string) bool { return !isGUID(strings.TrimSpace(part)) })
}

func bareGUIDs(text string) string {
	parts := strings.Split(text, "+")
	for i := range parts {
		parts[i] = bareGUID(strings.TrimSpace(parts[i]))
	}
	return strings.Join(parts, "+")
}

func (a aliasRow) problem() *reconcile.Problem {
	switch {
	case a.Title == "" && a.OfferID == "":
		return &reconcile.Problem{Column: "title", Expected: "a title or an offer_id"}
	case a.SKUGUID == "" && a.ProductID == "":
		return &reconcile.Problem{Column: "sku_guid", Expected: "a sku_guid or a product_id"}
	case a.SKUGUID != "" && !areGUIDs(a.SKUGUID):
		return &reconcile.Problem{Column: "sku_guid", Value: a.SKUGUID, Expected: "a GUID, or several joined by +: what must be bought together"}
	case a.ProductID != "" && a.SKUID == "":
		return &reconcile.Problem{Column: "sku_id", Expected: "the SKU id of the product"}
	}
	return nil
}

// contradicts compares a row with earlier ones of the same title or offer id.
func (a aliasRow) contradicts(said map[string]aliasRow) *reconcile.Problem {
	means := aliasRow{SKUGUID: strings.ToLower(bareGUIDs(a.SKUGUID)), ProductID: a.ProductID, SKUID: reconcile.PadSKUID(a.SKUID)}
	for _, key := range []struct{ column, given, folded string }{
		{"title", a.Title, "title " + reconcile.FoldTitle(a.Title)},
		{"offer_id", a.OfferID, "offer " + strings.ToLower(bareGUID(a.OfferID))},
	} {
		if key.given == "" || key.column == "title" && a.OfferID != "" {
			continue // with an offer id, the line is about that offer
		}
		if before, ok := said[key.folded]; ok && before != means {
			return &reconcile.Problem{Column: key.column, Value: key.given, Expected: "one line for it: an earlier one says something else"}
		}
		said[key.folded] = means
	}
	return nil
}

// readTable reads a CSV table of known columns with gocsv into structs of
// strings and hands each to use with its line. All faults are reported at
// once, as far as twenty.
//
// gocsv alone is not safe for files that people touch (it takes the last of two
// equal headings, counts records instead of lines, knows one delimiter, and
// would read 5.9 into an int): the header is checked and made canonical before
// it, numbers stay text, and lines come from our own csv.Reader.
func readTable[Row any](path, name string, needed []string, use func(Row, int) error) error {
	reader, firstLine, err := openTable(path, name, needed)
	if err != nil {
		return err
	}
	var zero Row
	rows, err := gocsv.NewUnmarshaller(reader, zero)
	if err != nil {
		return fmt.Errorf("reading %s: %w", name, err)
	}
	var faults []error
	for len(faults) < maxFaults {
		value, err := rows.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		var parse *csv.ParseError
		if errors.As(err, &parse) {
			faults = append(faults, fmt.Errorf("%s:%d: %w", name, parse.StartLine+firstLine-1, parse.Err))
			continue
		}
		if err != nil {
			return fmt.Errorf("reading %s: %w", name, err)
		}
		line, _ := reader.FieldPos(0) // after a good read only: it panics after a bad one
		if err := use(trimFields(value.(Row)), line+firstLine-1); err != nil {
			faults = append(faults, err)
		}
	}
	return errors.Join(faults...)
}

// openTable decodes the file, checks its header and returns a reader whose
// header row is canonical: folded headings, once each. firstLine is the line
// of the header in the file.
func openTable(path, name string, needed []string) (reader *csv.Reader, firstLine int, err error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, 0, fmt.Errorf("reading %s: %w", name, err)
	}
	defer file.Close()
	raw, err := io.ReadAll(io.LimitReader(file, maxTable+1))
	if err != nil {
		return nil, 0, fmt.Errorf("reading %s: %w", name, err)
	}
	content, _, err := transform.Bytes(unicode.BOMOverride(plainEncoding(raw)), raw)
	if err != nil {
		return nil, 0, fmt.Errorf("reading %s: %w", name, err)
	}
	if len(content) > maxTable {
		return nil, 0, fmt.Errorf("reading %s: larger than %d MiB", name, maxTable>>20)
	}
	if bytes.HasPrefix(content, []byte("PK\x03\x04")) {
		return nil, 0, fmt.Errorf("reading %s: a zip or a workbook: unpack it, or save it as CSV", name)
	}
	content, firstLine = cutSeparatorLine(content)
	delimiter := delimiterOf(content)
	header, rest, err := readHeader(content, delimiter)
	if err != nil {
		return nil, 0, fmt.Errorf("reading %s: line %d: %w", name, firstLine, err)
	}
	canonical, err := canonicalHeader(header, needed)
	if err != nil {
		return nil, 0, fmt.Errorf("reading %s: line %d: %w", name, firstLine, err)
	}
	line := strings.Join(canonical, string(delimiter)) + strings.Repeat("\n", bytes.Count(content[:len(content)-len(rest)], []byte("\n")))
	reader = csv.NewReader(io.MultiReader(strings.NewReader(line), bytes.NewReader(rest)))
	reader.Comma = delimiter
	return reader, firstLine, nil
}

// plainEncoding is that of a table without a byte order mark: UTF-8, else what
// Excel writes as plain CSV in western Europe.
func plainEncoding(raw []byte) transform.Transformer {
	if utf8.Valid(raw) {
		return unicode.UTF8.NewDecoder()
	}
	return charmap.Windows1252.NewDecoder()
}

// cutSeparatorLine drops the line "sep=;" that some programs write for Excel.
func cutSeparatorLine(content []byte) (rest []byte, firstLine int) {
	if line, rest, ok := bytes.Cut(content, []byte("\n")); ok && bytes.HasPrefix(bytes.ToLower(line), []byte("sep=")) {
		return rest, 2
	}
	return content, 1
}

// delimiterOf takes the delimiter that the header line holds most of.
func delimiterOf(content []byte) rune {
	line, _, _ := bytes.Cut(content, []byte("\n"))
	best, most := ',', bytes.Count(line, []byte(","))
	for _, d := range []rune{';', '\t'} {
		if n := bytes.Count(line, []byte(string(d))); n > most {
			best, most = d, n
		}
	}
	return best
}

// readHeader reads the first record and returns what follows it.
func readHeader(content []byte, delimiter rune) (header []string, rest []byte, err error) {
	reader := csv.NewReader(bytes.NewReader(content))
	reader.Comma = delimiter
	header, err = reader.Read()
	if err != nil {
		return nil, nil, fmt.Errorf("the header: %w", err)
	}
	return header, content[reader.InputOffset():], nil
}

// canonicalHeader folds the headings and refuses what gocsv would take in
// silence: a heading that stands twice or is missing.
func canonicalHeader(header, needed []string) ([]string, error) {
	canonical := make([]string, len(header))
	seen := make(map[string]bool)
	for i, h := range header {
		folded := fold(h)
		if folded != "" && seen[folded] {
			return nil, fmt.Errorf("the heading %q stands twice", h)
		}
		seen[folded] = true
		canonical[i] = folded
	}
	for _, n := range needed {
		if !seen[n] {
			return nil, fmt.Errorf("no column %q; found %s", n, strings.Join(header, ", "))
		}
	}
	return canonical, nil
}

// trimFields trims every text of a row.
func trimFields[Row any](row Row) Row {
	value := reflect.ValueOf(&row).Elem()
	for i := range value.NumField() {
		value.Field(i).SetString(strings.TrimSpace(value.Field(i).String()))
	}
	return row
}
