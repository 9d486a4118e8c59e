package reconcile

import (
	"slices"
	"strings"
)

// What the ids of a query name, before anything is decided.

// ids looks up what each id of the query names: none where the tables do not
// know it.
func (m *Matcher) ids(a *question) []namedByID {
	var out []namedByID
	if id := lastGUID(foldID(a.q.SKUGUID)); id != "" {
		out = append(out, namedByID{basisSKU, id, m.known(id)})
	}
	if part := partNumberOf(a.q); part != "" {
		e := namedByID{basis: basisPart, given: part}
		for _, s := range m.c.SKUsByPart(part) {
			e.guids = append(e.guids, s.GUID)
		}
		out = append(out, e)
	}
	if a.q.OfferID != "" {
		e := namedByID{basis: basisOffer, given: foldID(a.q.OfferID)}
		if a.offer != nil {
			e.guids = []string{foldID(a.offer.ProductGUID)}
		} else if p := m.pairs[foldID(a.q.OfferID)]; m.c.SKU(p.SKUGUID) != nil {
			e.guids = []string{foldID(p.SKUGUID)}
		}
		out = append(out, e)
	}
	if a.q.ProductID != "" {
		e := namedByID{basis: basisProduct, given: a.q.ProductID + "/" + PadSKUID(a.q.ProductSKU)}
		if a.product != nil && a.product.SKUGUID != "" {
			e.guids = []string{foldID(a.product.SKUGUID)}
		}
		out = append(out, e)
	}
	return out
}

// unknownSKU tells whether the query holds a SKU GUID that no table knows.
func (a *question) unknownSKU() bool {
	return slices.ContainsFunc(a.named, func(e namedByID) bool { return e.basis == basisSKU && len(e.guids) == 0 && isGUID(e.given) })
}

// known is the GUID itself if it is a SKU of the table or the product of a
// legacy offer outside it.
func (m *Matcher) known(guid string) []string {
	if m.c.SKU(guid) == nil && m.legacy[guid] == "" {
		return nil
	}
	return []string{guid}
}

// namedByID is an id of a query with the SKUs and legacy products it names.
type namedByID struct {
	basis string
	given string
	guids []string // folded
}

// byIDs lists the SKUs or legacy products that the ids of the query name:
// several where a part number has two, or where ids contradict each other.
func (a *question) byIDs() (guids []string, basis string) {
	add := func(guid, b string) {
		if basis == "" {
			basis = b
		}
		if !slices.Contains(guids, guid) {
			guids = append(guids, guid)
		}
	}
	for _, e := range a.named {
		if e.basis == basisPart && slices.ContainsFunc(e.guids, func(g string) bool { return slices.Contains(guids, g) }) {
			continue // of two SKUs with one part number another id has named one
		}
		for _, guid := range e.guids {
			add(guid, e.basis)
		}
	}
	return guids, basis
}

// lastGUID takes the SKU out of ids that put the tenant before it.
func lastGUID(id string) string {
	if last := id[strings.LastIndexByte(id, '_')+1:]; len(last) == 36 {
		return last
	}
	return id
}

// partNumberOf is the query's part number. PowerShell writes it as
// account:PART; exports without an id often show it as the title.
func partNumberOf(q OfferQuery) string {
	part := q.PartNumber
	if part == "" && titleIsPartNumber(q.Title) {
		part = q.Title
	}
	return strings.TrimSpace(part[strings.LastIndexByte(part, ':')+1:])
}

// titleIsPartNumber tells whether a title is written like a part number: with
// an account or underscores, or as one word in capitals that is no
// abbreviation people use for a family (EMS).
func titleIsPartNumber(title string) bool {
	if strings.ContainsAny(title, "_:") {
		return true
	}
	if title != strings.ToUpper(title) {
		return false
	}
	words := titleWords(title)
	return len(words) == 1 && !isAbbreviation(words)
}

// isAbbreviation tells whether a title is nothing but the short name of a
// family, which says neither tier nor plan.
func isAbbreviation(words []string) bool {
	_, n := titleTables().spellings.longest(words)
	return n == len(words)
}

// isGUID tells whether an id has the shape of a GUID.
func isGUID(id string) bool {
	id = strings.Trim(strings.TrimSpace(id), "{}")
	return len(id) == 36 && strings.Count(id, "-") == 4 && strings.Trim(strings.ToLower(id), "0123456789abcdef-") == ""
}
