package report

import (
	"strconv"
	"strings"

	"cspplan/reconcile"
)

// What is printed about a row, where it may stand in several places.

func (rep *Report) customer(r *reconcile.Row) *reconcile.Customer {
	return &rep.Plan.Customers[r.Customer]
}

// CustomerName is the name as the row's own source spells it, else what else
// is known of the tenant.
func (rep *Report) CustomerName(r *reconcile.Row) string {
	if name := r.Sub.Customer.Name; !blank(name) { // as nearly always: the customer need not be looked up
		return name
	}
	return customerTitle(rep.customer(r))
}

// customerTitle names a customer without a row.
func customerTitle(c *reconcile.Customer) string {
	return first(c.Facts.Title(), c.Key)
}

func (rep *Report) tenantID(r *reconcile.Row) string {
	return first(rep.customer(r).Facts.TenantID, r.Sub.Customer.TenantID)
}

func (rep *Report) domain(r *reconcile.Row) string {
	return first(rep.customer(r).Facts.Domain, r.Sub.Customer.Domain)
}

func (rep *Report) country(r *reconcile.Row) string {
	return first(rep.customer(r).Facts.Country, r.Sub.Customer.Country)
}

// noMatch stands for rows that were never matched, so that nothing needs to
// ask for nil.
var noMatch reconcile.OfferMatch

func matchOf(r *reconcile.Row) *reconcile.OfferMatch {
	if r.Match == nil {
		return &noMatch
	}
	return r.Match
}

var noTarget reconcile.Target

func targetOf(r *reconcile.Row) *reconcile.Target {
	if r.Target == nil {
		return &noTarget
	}
	return r.Target
}

// TargetName is the CSP offer to buy, with what must be bought beside it.
// Empty: nothing is chosen.
func TargetName(r *reconcile.Row) string {
	t := targetOf(r)
	name := t.Name
	for i := range t.AddOns {
		name += " + " + t.AddOns[i].Name
	}
	return name
}

// appendTargetIDs lists an id of each part of the CSP offer to buy, base first;
// empty if no part has one, so that equal places of two lists mean one part.
func appendTargetIDs(dst []byte, r *reconcile.Row, id func(*reconcile.Target) string) []byte {
	if r.Target == nil {
		return dst
	}
	from, base := len(dst), id(r.Target)
	dst = append(dst, base...)
	known := base != ""
	for i := range r.Target.AddOns {
		part := id(&r.Target.AddOns[i])
		dst = append(append(dst, '|'), part...)
		known = known || part != ""
	}
	if !known {
		return dst[:from]
	}
	return dst
}

// OfferName is the current offer as its source writes it, else by what
// identifies it.
func OfferName(r *reconcile.Row) string {
	if title := r.Sub.OfferTitle; !blank(title) {
		return title
	}
	name := ""
	if id := matchOf(r).Identified; id != nil {
		name = id.Name
	}
	return first(name, r.Sub.PartNumber, offerID(r.Sub), r.Sub.SKUGUID)
}

// offerID is the legacy offer id, else the NCE product and SKU.
func offerID(s *reconcile.Subscription) string {
	if s.OfferID != "" || s.ProductID == "" {
		return s.OfferID
	}
	if s.ProductSKU == "" {
		return s.ProductID
	}
	return s.ProductID + ":" + s.ProductSKU
}

// currentSKU is the SKU that the row names or that its offer was recognised as.
func currentSKU(r *reconcile.Row) string {
	if id := matchOf(r).Identified; r.Sub.SKUGUID == "" && id != nil {
		return id.SKUGUID
	}
	return r.Sub.SKUGUID
}

// licences is the number a row counts for: unknown counts for nothing.
func licences(r *reconcile.Row) int64 {
	if !r.Sub.Licences.Known {
		return 0
	}
	return int64(r.Sub.Licences.N)
}

// place is where a row was read: file.xlsx:12, or file.xlsx!Sheet:12.
func place(s reconcile.Source) string {
	var space [128]byte
	b := append(space[:0], s.File...)
	if s.Sheet != "" {
		b = append(append(b, '!'), s.Sheet...)
	}
	return string(strconv.AppendInt(append(b, ':'), int64(s.Row), 10))
}

func fileAndSheet(s reconcile.Source) string {
	if s.Sheet == "" {
		return s.File
	}
	return s.File + "!" + s.Sheet
}

func sourcesText(sources []reconcile.Source) string {
	if len(sources) == 1 {
		return listItem(place(sources[0]))
	}
	places := make([]string, len(sources))
	for i, s := range sources {
		places[i] = place(s)
	}
	return list(places)
}

// origins lists the sources of a row, each with the fields that it gave if there
// are several: a.csv:3 (licences, expires).
func (rep *Report) origins(r *reconcile.Row) string {
	sources := rep.Plan.Sources(r)
	if len(r.Origins()) == 0 {
		return sourcesText(sources)
	}
	places := make([]string, len(sources))
	for i, s := range sources {
		var fields []string
		for _, o := range r.Origins() {
			if o.Source == s {
				fields = append(fields, rep.Text.evidenceName(o.Field))
			}
		}
		places[i] = place(s)
		if len(fields) > 0 {
			places[i] += " (" + strings.Join(fields, ", ") + ")"
		}
	}
	return list(places)
}

// active tells rows that still count: done ones leave every total.
func active(r *reconcile.Row) bool { return r.Status != reconcile.Done }
