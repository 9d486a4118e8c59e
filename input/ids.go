package input

import (
	"strings"

	"cspplan/input/sheet"
	"cspplan/reconcile"
)

var (
	nceShape   = newPattern(`(?i)(?:^|[:/\s])((?:CFQ7TTC0|DZH318Z0|DG7GMGF0)[0-9A-Z]{4})(?:[:/]([0-9A-Z]{1,4}))?(?:[:/]|$)`)
	skuShape   = newPattern(`^[0-9A-Za-z]{1,4}$`)
	domainName = newPattern(`^[\pL\pN]([\pL\pN-]*[\pL\pN])?(\.[\pL\pN]([\pL\pN-]*[\pL\pN])?)+$`)
	expNumber  = newPattern(`^[+-]?\d+([.,]\d+)?[eE][+-]?\d+$`)
	dayNumber  = newPattern(`^(\d{1,2}[-/.]\d{1,2}([-/.]\d{2,4})?|\d{4}-\d{2}-\d{2}( \d{2}:\d{2}(:\d{2})?)?)$`)
	dayOfMonth = newPattern(`^\d{1,2}[-/. ]{1,2}(\pL{3,})\.?(?:[-/. ]\d{2,4})?$`)
	cutGUID    = newPattern(`^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f-]*(…|\.\.\.)?$`)
	monthYear  = newPattern(`^(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*-\d{2}$`) // MAR-12 is somebody's own id
)

// isGUID takes GUIDs in any case, with or without brackets.
func isGUID(text string) bool {
	if usualForm(text) {
		return true
	}
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

// plainID is an id as other exports write the same one: a GUID with its dashes
// and without brackets, anything else as it stands.
func plainID(text string) string { return firstOf(usualGUID(text), text) }

// usualGUID is a GUID in its usual form, also of 32 digits without dashes; empty
// if the text is none. Letters stay as they are: legacy ids are written in
// capitals, and comparing does not regard case.
func usualGUID(text string) string {
	if usualForm(text) {
		return text
	}
	if isGUID(text) {
		return bareGUID(text)
	}
	text = bareGUID(text)
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

// readID reads an id as text. An id that a spreadsheet has rewritten is damaged
// and has no text, so that nothing can be matched by it. wantGUID says that
// digits alone cannot be an id of the column.
func readID(cell sheet.Cell, wantGUID bool) (text string, isDamaged bool) {
	if cell.Kind == sheet.Text && usualForm(cell.Text) {
		return cell.Text, false
	}
	if blank(cell.Text) { // #N/A too
		return "", false
	}
	if damaged(cell, wantGUID) {
		return "", true
	}
	return cell.Text, false
}

// readSKUID reads the id of an NCE SKU: four digits or letters. They lose their
// leading zeros in every spreadsheet and get them back.
func readSKUID(cell sheet.Cell) (text string, isDamaged bool) {
	if cell.Kind == sheet.Number {
		return cell.Text, !skuShape.MatchString(cell.Text) || damaged(cell, false)
	}
	return readID(cell, false)
}

// damaged reports whether a spreadsheet has rewritten an id: it became a
// number, a number in scientific notation, a date, an error or a row of #, or a
// GUID that lacks its end, in which two ids may look the same.
func damaged(cell sheet.Cell, wantGUID bool) bool {
	switch cell.Kind {
	case sheet.Date, sheet.Bool, sheet.Fault:
		return true
	case sheet.Number:
		return wantGUID || strings.ContainsAny(cell.Text, ".eE") || len(cell.Text) > exactDigits
	case sheet.Text:
		text := cell.Text
		if len(text) != 36 && cutGUID.MatchString(text) {
			return true
		}
		if text == "" || len(text) > 32 && text[0] != '#' { // the usual GUID, quickly
			return false
		}
		return text[0] == '#' || expNumber.MatchString(text) || isDay(text) || roundedDigits(text) ||
			wantGUID && strings.Trim(text, "0123456789") == ""
	}
	return false
}

// isDay reports whether an id became a date: 4-Mar, Mar-04, 01/02/2026.
func isDay(text string) bool {
	if dayNumber.MatchString(text) || monthYear.MatchString(text) && text != strings.ToUpper(text) {
		return true
	}
	m := dayOfMonth.FindStringSubmatch(text)
	if m == nil {
		return false
	}
	_, isMonth := monthNames()[fold(m[1])]
	return isMonth
}

// roundedDigits reports whether a number has lost its last digits: more than a
// spreadsheet keeps, and noughts from there on. Of a thousand sound ids of
// eighteen digits one looks the same, and is looked at.
func roundedDigits(text string) bool {
	return len(text) >= exactDigits+3 && strings.Trim(text, "0123456789") == "" && strings.Trim(text[exactDigits:], "0") == ""
}

// splitNCE finds an NCE product id, and the SKU id behind it, in a catalogue
// item id (CFQ7TTC0LF8R:0001:CFQ7TTC0…), an order id (CFQ7TTC0LDPB/0001) or a
// distributor's stock code (P1Y:CFQ7TTC0LCHC:0002:1:).
func splitNCE(text string) (productID, skuID string, ok bool) {
	if len(text) < 12 || usualForm(text) || isGUID(text) {
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
func identify(s *reconcile.Subscription, id idText, guid *string) {
	text := id.text
	switch {
	case text == "":
	case id.guid:
		*guid = bareGUID(text)
	case id.productID != "":
		s.ProductID = id.productID
		if id.skuID != "" {
			s.ProductSKU = id.skuID
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
func partNumber(s *reconcile.Subscription, id idText) {
	text := id.text
	if id.productID != "" {
		s.ProductID, s.ProductSKU = id.productID, id.skuID
		if term, known := parseTerm(strings.SplitN(text, ":", 2)[0]); known && s.Term == reconcile.TermUnknown {
			s.Term = term
		}
		return
	}
	if id.guid {
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
