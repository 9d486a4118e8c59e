package output

import (
	"fmt"

	"cspplan/output/pdf"
)

// glyphsShown is how many characters a warning names: a font that is missing
// lacks thousands.
const glyphsShown = 40

// glyphWarnings says which characters a PDF could not show. The workbook
// shows them all.
func glyphWarnings(file string, d pdf.Drawn) []RunWarning {
	var list []RunWarning
	if n := len(d.MissingGlyphs); n > 0 {
		shown := string(d.MissingGlyphs[:min(n, glyphsShown)])
		if n > glyphsShown {
			shown += "…"
		}
		list = append(list, RunWarning{File: file, Code: "missing-glyphs", Text: fmt.Sprintf(
			"%d characters that no font has (%s) are drawn as a box; name a TrueType font that has them in output.font_fallback", n, shown)})
	}
	if d.Replaced > 0 {
		list = append(list, RunWarning{File: file, Code: "glyphs-beyond", Text: fmt.Sprintf(
			"characters above U+FFFF, such as emoji and rare ideographs, are drawn as a box: %d; the workbook shows them", d.Replaced)})
	}
	if d.Unshaped > 0 {
		list = append(list, RunWarning{File: file, Code: "unshaped-names", Text: fmt.Sprintf(
			"%d names in scripts whose letters are not joined here; the domain, where it is known, stands behind them", d.Unshaped)})
	}
	return list
}
