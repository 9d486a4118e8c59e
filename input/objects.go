package input

import (
	"strings"

	"cspplan/input/sheet"
)

// PowerShell writes a nested object into a cell: its fields, or no more than
// the name of its type.

// enabled is the number of licences within the nested prepaid units of a
// directory SKU: @{Enabled=5; Suspended=0} or {"enabled":5}.
var enabled = newPattern(`(?i)^@?\{.*?\benabled"?\s*[=:]\s*"?(\d{1,9})\b`)

// enabledUnits takes the number of licences out of a nested object.
func enabledUnits(cell sheet.Cell) sheet.Cell {
	if cell.Kind != sheet.Text || !strings.HasSuffix(cell.Text, "}") {
		return cell
	}
	if m := enabled.FindStringSubmatch(cell.Text); m != nil {
		cell.Text = m[1]
	}
	return cell
}

// objectText reports whether a cell holds the name of a type in the place of a
// value.
func objectText(text string) bool {
	return strings.HasPrefix(text, "Microsoft.") || strings.HasPrefix(text, "System.") || strings.HasPrefix(text, "class ")
}
