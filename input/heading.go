package input

import (
	"slices"
	"strings"
	"unicode"
)

// A heading is one cell of a header row.
type heading struct {
	text     string // as the file spells it, line breaks squeezed
	folded   string
	field    field     // by the header words; empty if unknown or open
	options  []field   // of a heading with several meanings: the column's cells decide
	currency string    // named inside the heading: Unit price (EUR)
	order    dateOrder // named inside the heading: End date (dd/mm/yyyy)
}

// newHeading looks a heading up. A heading that names a currency besides a
// known price word keeps both: "Prezzo unitario (€)". One that says how its
// dates are written keeps that: "End date (dd/mm/yyyy)".
func newHeading(text string) heading {
	h := heading{text: strings.Join(strings.Fields(text), " ")}
	h.folded = fold(h.text)
	h.mean(headingFields()[h.folded])
	if h.unknown() {
		h.readAround()
	}
	if h.unknown() || h.field.kind() == moneyValue {
		if f, code := cutCurrency(h.text, h.field); f != noField || code != "" {
			h.field, h.currency = f, code
		}
	}
	return h
}

// mean takes a meaning of the table.
func (h *heading) mean(m meaning) { h.field, h.options = m.field, m.options }

// unknown reports whether the table does not know the heading.
func (h *heading) unknown() bool { return h.field == noField && len(h.options) == 0 }

// might reports whether the heading means the field, or may turn out to.
func (h *heading) might(f field) bool { return h.field == f || slices.Contains(h.options, f) }

var (
	// numbering is what forms and templates put before a heading: 1. or a).
	numbering = newPattern(`^(?:\d{1,2}|[a-zA-Z])[.)]\s*`)

	// remark is what stands in brackets behind a heading.
	remark = newPattern(`^(.*\S)\s*[(\[（]([^()\[\]（）]+)[)\]）]$`)

	// writtenDate is a remark on how dates are written, in the letters of the
	// languages: dd/mm/yyyy, gg/mm/aaaa, TT.MM.JJJJ, YYYY-MM-DD.
	writtenDate = newPattern(`^(?:([dtgj]{1,2})[-/. ]+m{1,4}[-/. ]+[yajr]{2,4}|(m{1,4})[-/. ]+[dtgj]{1,2}[-/. ]+[yajr]{2,4}|[yajr]{4}[-/. ]+m{1,4}[-/. ]+[dtgj]{1,2})$`)

	// envelope is what programs that flatten nested answers put before the
	// names that count: properties.offerName.
	envelope = newPattern(`^(?i:items?|value|data|results?|properties|attributes|records?|row|subscriptions?|body)[./]`)
)

// readAround looks the heading up without what changes nothing of its meaning:
// stars of required columns, numbering, quotation, the envelope of flattened
// answers, and a remark in brackets.
func (h *heading) readAround() {
	text := strings.Trim(h.text, "*†‡:# \"'«»“”„")
	text = numbering.ReplaceAllString(text, "")
	text = strings.TrimRight(envelope.ReplaceAllString(text, ""), "* ")
	if h.mean(headingFields()[fold(text)]); !h.unknown() {
		return
	}
	m := remark.FindStringSubmatch(text)
	if m == nil {
		return
	}
	means := headingFields()[fold(m[1])]
	if countRemarks[fold(m[2])] && len(means.options) > 0 && means.options[0] == fLicences {
		means = meaning{field: fLicences} // Lizenz (Anzahl)
	}
	order, harmless := readRemark(m[2], means.field.kind())
	if harmless {
		h.mean(means)
		h.order = order
	}
}

// plainRemarks change nothing of any heading: which columns must be filled.
var plainRemarks = map[string]bool{
	"required": true, "mandatory": true, "optional": true, "pflichtfeld": true, "erforderlich": true, "obbligatorio": true, "facoltativo": true,
	"obligatoire": true, "facultatif": true, "obligatorio": true, "opcional": true, "obrigatorio": true, "verplicht": true, "wymagane": true,
	"povinne": true, "zorunlu": true, "obligatorisk": true, "必須": true, "必填": true, "필수": true, "text": true,
}

// countRemarks say that a column counts, or what it counts.
var countRemarks = map[string]bool{
	"total": true, "qty": true, "number": true, "count": true, "no": true, "nr": true, "n": true, "num": true, "anz": true, "anzahl": true, "stuck": true, "stk": true,
	"pcs": true, "units": true, "unit": true, "seats": true, "users": true, "licences": true, "licenses": true, "ks": true, "szt": true, "adet": true, "st": true,
	"quantita": true, "quantite": true, "cantidad": true, "quantidade": true, "pz": true, "posti": true, "utenti": true, "benutzer": true, "platze": true,
	"人": true, "個": true, "数": true, "件": true, "개": true, "명": true, "个": true, "席": true,
}

// readRemark tells whether a remark leaves the meaning of a heading as it is,
// and the order of dates that it states.
func readRemark(note string, kind valueKind) (dateOrder, bool) {
	folded := fold(note)
	if plainRemarks[folded] {
		return orderOpen, true
	}
	switch kind {
	case dateValue:
		if written := writtenDate.FindStringSubmatch(strings.ToLower(note)); written != nil {
			switch {
			case written[1] != "":
				return dayFirst, true
			case written[2] != "":
				return monthFirst, true
			}
			return orderOpen, true
		}
		return orderOpen, folded == "utc" || folded == "gmt" || folded == "iso" || folded == "local"
	case countValue:
		return orderOpen, countRemarks[folded]
	}
	return orderOpen, folded == "guid" || folded == "id" || folded == "iso"
}

// beforeCurrency are words between a price and its currency: Preis in EUR.
var beforeCurrency = map[string]bool{"in": true, "en": true, "em": true, "i": true, "v": true, "w": true}

// cutCurrency takes a currency code or symbol out of a heading: Unit price
// (EUR/month) is a unit price per month, in euro. f is what the heading means as
// a whole, if that is known.
func cutCurrency(text string, f field) (field, string) {
	parts := strings.FieldsFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("()[]（）/_,;:*", r)
	})
	if len(parts) < 2 {
		return f, ""
	}
	if last := &parts[len(parts)-1]; strings.Contains(text, "_") {
		*last = strings.ToUpper(*last) // unit_cost_usd
	}
	for i := len(parts) - 1; i >= 0; i-- {
		code := currencyWord(parts[i])
		if code == "" {
			continue
		}
		before := parts[:i]
		if n := len(before); n > 1 && beforeCurrency[before[n-1]] {
			before = before[:n-1]
		}
		if f != noField {
			return f, code
		}
		if rest := headingFields()[fold(strings.Join(slices.Concat(before, parts[i+1:]), " "))].field; rest.kind() == moneyValue {
			return rest, code
		}
	}
	return f, ""
}
