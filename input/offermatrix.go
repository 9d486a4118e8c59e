package input

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"cspplan/input/sheet"
	"cspplan/reconcile"
)

// An offer matrix is Microsoft's table of what partners may sell: the new
// commerce one (CSV or XLSX) names the directory SKU that each product
// provisions; the former one (XLSX) names it for each legacy offer, and on its
// sheet "NCE Mapping" the product that took the offer's place (Partner Center,
// "Pricing and offers", 2023-10-18).

// matrixTop is how many rows may stand over the header of a sheet.
const matrixTop = 30

// An OfferMatrix is what one such file says. Rows that cannot be used are named
// in Faults and say nothing.
type OfferMatrix struct {
	Offers reconcile.OwnOffers
	Rows   int // rows that say something
	AsOf   reconcile.Date
	SHA256 string
	Faults []Fault
}

// A Fault is a row of a table that gives nothing, and why.
type Fault struct {
	File, Sheet string
	Row         int
	Problem     reconcile.Problem
}

// ReadOfferMatrix reads a file with one or more of these tables; name is what
// messages show. The error is that of the file: it cannot be read, or no sheet
// of it is an offer matrix.
func ReadOfferMatrix(ctx context.Context, path, name string, limits sheet.Limits) (OfferMatrix, error) {
	var m OfferMatrix
	m.Offers.Name = name
	file, err := sheet.OpenFile(ctx, path, name, limits)
	if err != nil {
		return m, err
	}
	defer file.Close()
	digest, err := file.Digest()
	if err != nil {
		return m, err
	}
	m.SHA256, m.AsOf = digest.SHA256, dayOfFile(name, reconcile.DateOf(file.Modified()))
	book, err := file.Book(sheet.Options{})
	if err != nil {
		return m, err
	}
	defer book.Close()
	r := matrixReader{to: &m, pairs: map[string]int{}, pairRows: map[string]int{}, products: map[string]int{}, offers: map[string]int{}}
	found := false
	for _, s := range book.Sheets {
		is, err := r.readSheet(s)
		if err != nil {
			return m, err
		}
		found = found || is
	}
	if !found {
		return m, fmt.Errorf("%s: no sheet is an offer matrix: none has the columns ProductId, SkuId and ProvisioningId, or Durable Offer ID and Provisioning ID or Modern ProductID/SkuID", name)
	}
	r.dropContradictions()
	return m, nil
}

// A matrixReader gathers the rows of one file. The maps tell where an id was
// said first; -1: it was said twice, differently, and neither counts.
type matrixReader struct {
	to       *OfferMatrix
	sheet    string
	columns  map[string]int
	pairs    map[string]int
	pairRows map[string]int // row that first named the legacy offer
	products map[string]int
	offers   map[string]int
}

// The columns of an offer matrix as folded headings; the spellings differ from
// year to year.
var matrixColumns = map[string][]string{
	"product":       {"productid"},
	"sku":           {"skuid"},
	"title":         {"skutitle"},
	"product_title": {"producttitle"},
	"guid":          {"provisioningid", "provisioningguid"},
	"requires":      {"productskuprerequisites"},
	"countries":     {"allowedcountries"},
	"offer":         {"durableofferid", "legacyofferid", "offerid"},
	"name":          {"offerdisplayname", "offername", "legacyoffername"},
	"modern":        {"modernproductidskuid", "modernproductskuid", "nceproductidskuid", "productidskuid"},
	"license":       {"secondarylicensetype", "offertype"},
	"depends":       {"dependson"},
	"max":           {"maxseatcount", "maxlicenses"},
}

// readSheet reads one sheet if it is a table of an offer matrix.
func (r *matrixReader) readSheet(s sheet.Sheet) (is bool, err error) {
	r.sheet, r.columns = s.Name, nil
	var use func(sheet.Row)
	depth := 0
	for row, err := range s.Rows() {
		switch {
		case err != nil:
			return false, err
		case row.Fault != "":
			r.fault(row, "", row.Fault, "a row that can be split into cells")
		case use != nil:
			use(row)
		case depth >= matrixTop:
			return false, nil
		default:
			depth++
			use = r.header(row)
		}
	}
	return use != nil, nil
}

// header takes a row as the header if it names what one of the tables needs.
func (r *matrixReader) header(row sheet.Row) func(sheet.Row) {
	r.columns = map[string]int{}
	for i, cell := range row.Cells {
		folded := fold(cell.Text)
		for column, spellings := range matrixColumns {
			if _, known := r.columns[column]; !known && slices.Contains(spellings, folded) {
				r.columns[column] = i
			}
		}
	}
	has := func(columns ...string) bool {
		return !slices.ContainsFunc(columns, func(c string) bool { _, ok := r.columns[c]; return !ok })
	}
	switch {
	case has("offer", "modern"), has("offer", "product", "sku"):
		return r.mapping
	case has("product", "sku", "guid"):
		return r.product
	case has("offer", "guid"):
		return r.legacyOffer
	}
	return nil
}

func (r *matrixReader) cell(row sheet.Row, column string) sheet.Cell {
	if i, ok := r.columns[column]; ok && i < len(row.Cells) {
		c := row.Cells[i]
		c.Text = strings.TrimSpace(c.Text)
		return c
	}
	return sheet.Cell{}
}

func (r *matrixReader) text(row sheet.Row, column string) string {
	return strings.Clone(r.cell(row, column).Text)
}

func (r *matrixReader) fault(row sheet.Row, column, value, expected string) {
	r.to.Faults = append(r.to.Faults, Fault{File: r.to.Offers.Name, Sheet: r.sheet, Row: row.Number,
		Problem: reconcile.Problem{Column: column, Value: strings.Clone(value), Expected: expected}})
}

// guid reads a cell that holds a GUID. A blank one is none and no fault.
func (r *matrixReader) guid(row sheet.Row, column, heading string) (string, bool) {
	text := r.text(row, column)
	if saysNothing(text) {
		return "", true
	}
	if !isGUID(text) {
		r.fault(row, heading, text, "a GUID")
		return "", false
	}
	return strings.ToLower(bareGUID(text)), true
}

// saysNothing tells whether a cell says that there is nothing.
func saysNothing(text string) bool {
	switch strings.ToLower(text) {
	case "", "-", "–", "n/a", "na", "none", "tbd":
		return true
	}
	return false
}

// dropContradictions leaves out what the file says twice and differently.
func (r *matrixReader) dropContradictions() {
	o := &r.to.Offers
	o.Products = slices.DeleteFunc(o.Products, func(p reconcile.Product) bool { return r.products[p.ProductID+"/"+p.SKUID] < 0 })
	o.Pairs = slices.DeleteFunc(o.Pairs, func(p reconcile.OfferPair) bool { return r.pairs[p.OfferID] < 0 })
	o.Offers = slices.DeleteFunc(o.Offers, func(l reconcile.LegacyOffer) bool { return r.offers[l.ID] < 0 })
}
