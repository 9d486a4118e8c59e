package input

import (
	"regexp"
	"strings"

	"cspplan/input/sheet"
	"cspplan/reconcile"
)

var (
	nceShape   = regexp.MustCompile(`(?i)(?:^|[:/\s])((?:CFQ7TTC0|DZH318Z0|DG7GMGF0)[0-9A-Z]{4})(?:[:/]([0-9A-Z]{1,4}))?(?:[:/]|$)`)
	skuShape   = regexp.MustCompile(`^[0-9A-Za-z]{1,4}$`)
	domainName = regexp.MustCompile(`^[\pL\pN]([\pL\pN-]*[\pL\pN])?(\.[\pL\pN]([\pL\pN-]*[\pL\pN])?)+$`)
	expNumber  = regexp.MustCompile(`^[+-]?\d+([.,]\d+)?[eE][+-]?\d+$`)
	dayNumber  = regexp.MustCompile(`^\d{1,2}[-/.]\d{1,2}([-/.]\d{2,4})?$`)
)

// isGUID takes GUIDs in any case, with or without brackets.
func isGUID(text string) bool {
	text = bareGUID(text)
	if len(text) != 36 {
		return false
	}
	for i := range len(text) {
		switch c := text[i]; {
		case i == 8 || i == 13 || i == 18 || i == 23:
			if c != '-' {
				return false
			}
		case c >= '0' && c <= '9', c >= 'a' && c <= 'f', c >= 'A' && c <= 'F':
		default:
			return false
		}
	}
	return true
}

// bareGUID takes the brackets and quotes off a GUID; its letters stay as they
// are. The apostrophe is what spreadsheets mark text with.
func bareGUID(text string) string { return strings.Trim(text, "{}()'\"") }

// plainID is an id as other exports write the same one: a GUID without its
// brackets, anything else as it stands.
func plainID(text string) string {
	if isGUID(text) {
		return bareGUID(text)
	}
	return text
}

// tenantGUID is a tenant's GUID in its usual form, also of 32 digits without
// dashes; empty if the text is none.
func tenantGUID(text string) string {
	if isGUID(text) {
		return bareGUID(text)
	}
	if len(text) != 32 {
		return ""
	}
	dashed := strings.Join([]string{text[:8], text[8:12], text[12:16], text[16:20], text[20:]}, "-")
	if !isGUID(dashed) {
		return ""
	}
	return dashed
}

// exactDigits is how many digits of a number a spreadsheet keeps; the others
// become zeros.
const exactDigits = 15

// damaged reports whether a spreadsheet has rewritten an id: it became a
// number, a number in scientific notation, or a date. Ids of digits alone are
// damaged where a GUID is expected.
func damaged(cell sheet.Cell, wantGUID bool) bool {
	switch cell.Kind {
	case sheet.Date, sheet.Bool:
		return true
	case sheet.Number:
		return wantGUID || strings.ContainsAny(cell.Text, ".eE") || len(cell.Text) > exactDigits
	case sheet.Text:
		if len(cell.Text) > 32 || cell.Text == "" || cell.Text[0] > '9' {
			return false // the usual GUID, quickly
		}
		return expNumber.MatchString(cell.Text) || dayNumber.MatchString(cell.Text) ||
			wantGUID && cell.Text != "" && strings.Trim(cell.Text, "0123456789") == ""
	}
	return false
}

// splitNCE finds an NCE product id, and the SKU id behind it, in a catalogue
// item id (CFQ7TTC0LF8R:0001:CFQ7TTC0…), an order id (CFQ7TTC0LDPB/0001) or a
// distributor's stock code (P1Y:CFQ7TTC0LCHC:0002:1:).
func splitNCE(text string) (productID, skuID string, ok bool) {
	if len(text) < 12 || isGUID(text) {
		return "", "", false
	}
	m := nceShape.FindStringSubmatch(text)
	if m == nil {
		return "", "", false
	}
	return strings.ToUpper(m[1]), reconcile.PadSKUID(strings.ToUpper(m[2])), true
}

// identify puts an id where its shape belongs; guid says what a GUID means in
// that column.
func identify(s *reconcile.Subscription, text string, guid *string) {
	productID, skuID, isNCE := splitNCE(text)
	switch {
	case text == "":
	case isGUID(text):
		*guid = bareGUID(text)
	case isNCE:
		s.ProductID = productID
		if skuID != "" {
			s.ProductSKU = skuID
		}
	case skuShape.MatchString(text) && guid == &s.SKUGUID:
		s.ProductSKU = reconcile.PadSKUID(strings.ToUpper(text))
	case guid == &s.SKUGUID:
		s.PartNumber = firstOf(s.PartNumber, text)
	default:
		*guid = text
	}
}

// partNumber reads SKU part numbers. PowerShell puts the tenant before them:
// contoso:ENTERPRISEPACK.
func partNumber(s *reconcile.Subscription, text string) {
	if productID, skuID, ok := splitNCE(text); ok {
		s.ProductID, s.ProductSKU = productID, skuID
		if term, known := parseTerm(strings.SplitN(text, ":", 2)[0]); known && s.Term == reconcile.TermUnknown {
			s.Term = term
		}
		return
	}
	if isGUID(text) {
		s.SKUGUID = firstOf(s.SKUGUID, bareGUID(text))
		return
	}
	if _, part, found := strings.Cut(text, ":"); found {
		text = part
	}
	s.PartNumber = strings.TrimSpace(text)
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
