package input

import (
	"fmt"
	"strings"

	"cspplan/input/sheet"
	"cspplan/reconcile"
)

// product reads a row of the new commerce matrix.
func (r *matrixReader) product(row sheet.Row) {
	id, sku, ok := r.productID(row, r.cell(row, "product"), r.cell(row, "sku"))
	guid, good := r.guid(row, "guid", "ProvisioningId")
	if !ok || !good {
		return
	}
	if guid == "" {
		return // software and perpetual licences provision nothing
	}
	title := r.text(row, "title")
	if title == "" {
		title = r.text(row, "product_title")
	}
	if title == "" {
		r.fault(row, "SkuTitle", "", "the title of the product")
		return
	}
	p := reconcile.Product{ProductID: id, SKUID: sku, SKUTitle: title, Title: r.text(row, "product_title"), SKUGUID: guid, Requires: skuList(r.text(row, "requires")), Countries: countryList(r.text(row, "countries"))}
	p.Segment, p.Trial, p.EST = reconcile.TitleKind(title)
	r.to.Rows++
	key := id + "/" + sku
	if first, twice := r.products[key]; twice {
		if first >= 0 && r.to.Offers.Products[first].SKUGUID != guid {
			r.fault(row, "ProvisioningId", guid, "what an earlier row says of "+key+": "+r.to.Offers.Products[first].SKUGUID+"; neither is used")
			r.products[key] = -1
		} else if first >= 0 {
			r.alsoSoldIn(first, p.Countries)
		}
		return
	}
	r.products[key] = len(r.to.Offers.Products)
	r.to.Offers.Products = append(r.to.Offers.Products, p)
}

// productID reads an NCE product id and SKU id, which a spreadsheet may have
// robbed of its zeros, or turned into something else.
func (r *matrixReader) productID(row sheet.Row, product, sku sheet.Cell) (id, skuID string, ok bool) {
	id = strings.ToUpper(product.Text)
	if !nceShape.MatchString(id) || len(id) != 12 {
		r.fault(row, "ProductId", product.Text, "a product id such as CFQ7TTC0LF8R")
		return "", "", false
	}
	if !skuShape.MatchString(sku.Text) || sku.Kind == sheet.Date || sku.Kind == sheet.Bool {
		r.fault(row, "SkuId", sku.Text, "a SKU id of up to four letters and digits, such as 0001")
		return "", "", false
	}
	return strings.Clone(id), reconcile.PadSKUID(strings.ToUpper(strings.Clone(sku.Text))), true
}

// alsoSoldIn adds the countries of a further row of a product. A row that names
// none does not limit it.
func (r *matrixReader) alsoSoldIn(product int, countries []string) {
	p := &r.to.Offers.Products[product]
	if len(countries) == 0 || len(p.Countries) == 0 {
		p.Countries = nil
		return
	}
	p.Countries = append(p.Countries, countries...)
}

// countryList reads AD;AE;IT. A list that holds anything but codes of two
// letters, such as "All", limits nothing.
func countryList(text string) []string {
	var list []string
	for _, item := range strings.FieldsFunc(text, func(c rune) bool { return c == ',' || c == ';' || c == '|' || c == ' ' }) {
		code := reconcile.CountryCode(item)
		if len(code) != 2 || strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
			return nil
		}
		list = append(list, code)
	}
	return list
}

// skuList reads CFQ7TTC0LDPB/0001,CFQ7TTC0LF8Q/0001.
func skuList(text string) []string {
	var list []string
	for _, item := range strings.FieldsFunc(text, func(c rune) bool { return c == ',' || c == ';' || c == ' ' }) {
		if product, sku, ok := strings.Cut(item, "/"); ok && nceShape.MatchString(product) {
			list = append(list, strings.ToUpper(product)+"/"+reconcile.PadSKUID(strings.ToUpper(sku)))
		}
	}
	return list
}

// mapping reads a row of the sheet "NCE Mapping": a legacy offer and the
// product that took its place. Without a product the offer has no place yet.
func (r *matrixReader) mapping(row sheet.Row) {
	offer, ok := r.guid(row, "offer", "Durable Offer ID")
	if !ok {
		return
	}
	modern := r.cell(row, "modern")
	product, sku := r.cell(row, "product"), r.cell(row, "sku")
	if _, joined := r.columns["modern"]; joined {
		if saysNothing(modern.Text) {
			return
		}
		id, skuID, found := strings.Cut(strings.Join(strings.Fields(modern.Text), ""), "/")
		if !found {
			id, skuID, found = strings.Cut(id, ":")
		}
		if !found {
			r.fault(row, "Modern ProductID/SkuID", modern.Text, "a product and a SKU id, such as CFQ7TTC0LF8R/0001")
			return
		}
		product, sku = sheet.Cell{Kind: sheet.Text, Text: id}, sheet.Cell{Kind: sheet.Text, Text: skuID}
	}
	if saysNothing(product.Text) && saysNothing(sku.Text) {
		return
	}
	id, skuID, good := r.productID(row, product, sku)
	if !good {
		return
	}
	if offer == "" {
		r.fault(row, "Durable Offer ID", "", "the id of the legacy offer")
		return
	}
	guid, good := r.guid(row, "guid", "Provisioning ID")
	if !good {
		return
	}
	r.to.Rows++
	pair := reconcile.OfferPair{OfferID: offer, ProductID: id, SKUID: skuID, SKUGUID: guid}
	if first, twice := r.pairs[offer]; twice {
		r.pairAgain(row, first, pair)
		return
	}
	r.pairs[offer], r.pairRows[offer] = len(r.to.Offers.Pairs), row.Number
	r.to.Offers.Pairs = append(r.to.Offers.Pairs, pair)
	r.addOffer(row, offer, guid)
}

// pairAgain compares a mapping with the first one of its legacy offer. Which of
// two that differ is meant, nobody can tell; a SKU that only one names is no
// difference.
func (r *matrixReader) pairAgain(row sheet.Row, first int, pair reconcile.OfferPair) {
	if first < 0 {
		return
	}
	said := &r.to.Offers.Pairs[first]
	column, value, before := "", "", ""
	switch {
	case said.ProductID != pair.ProductID || said.SKUID != pair.SKUID:
		column, value, before = "Modern ProductID/SkuID", pair.ProductID+"/"+pair.SKUID, said.ProductID+"/"+said.SKUID
	case said.SKUGUID != pair.SKUGUID && said.SKUGUID != "" && pair.SKUGUID != "":
		column, value, before = "Provisioning ID", pair.SKUGUID, said.SKUGUID
	default:
		return
	}
	r.fault(row, column, value, fmt.Sprintf("what row %d says of the offer %s: %s; neither is used", r.pairRows[pair.OfferID], pair.OfferID, before))
	r.pairs[pair.OfferID] = -1
}

// legacyOffer reads a row of the former matrix's main sheet.
func (r *matrixReader) legacyOffer(row sheet.Row) {
	offer, ok := r.guid(row, "offer", "Durable Offer ID")
	guid, good := r.guid(row, "guid", "Provisioning ID")
	switch {
	case !ok || !good:
	case offer == "":
		r.fault(row, "Durable Offer ID", "", "the id of the legacy offer")
	default:
		r.to.Rows++
		r.addOffer(row, offer, guid)
	}
}

// addOffer notes what the file says of a legacy offer itself.
func (r *matrixReader) addOffer(row sheet.Row, offer, guid string) {
	name := r.text(row, "name")
	if name == "" || guid == "" {
		return
	}
	if first, twice := r.offers[offer]; twice {
		if first >= 0 && r.to.Offers.Offers[first].ProductGUID != guid {
			r.fault(row, "Provisioning ID", guid, "what an earlier row says of the offer "+offer+": "+r.to.Offers.Offers[first].ProductGUID+"; neither is used")
			r.offers[offer] = -1
		}
		return
	}
	o := reconcile.LegacyOffer{ID: offer, Name: name, ProductGUID: guid, ProductName: name}
	o.Segment, o.Trial, _ = reconcile.TitleKind(name)
	for _, base := range strings.FieldsFunc(r.text(row, "depends"), func(c rune) bool { return c == ',' || c == ';' || c == ' ' }) {
		if isGUID(base) {
			o.Prerequisites = append(o.Prerequisites, strings.ToLower(bareGUID(base)))
		}
	}
	o.AddOn = len(o.Prerequisites) > 0
	r.offers[offer] = len(r.to.Offers.Offers)
	r.to.Offers.Offers = append(r.to.Offers.Offers, o)
}
