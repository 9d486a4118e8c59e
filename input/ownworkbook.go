package input

import "cspplan/input/sheet"

// ownHeadings stand in the first row of the hidden sheet that every workbook of
// ours holds, whatever its language.
var ownHeadings = map[int]string{0: "property", 1: "value", 3: "list", 7: "sheet", 8: "table", 11: "field"}

// isOwnWorkbook reports whether a workbook is a plan that the program wrote.
// Its rows would count every subscription once more.
func isOwnWorkbook(book *sheet.Book) bool {
	for _, s := range book.Sheets {
		if !s.Hidden {
			continue
		}
		for row, err := range s.Rows() {
			if err != nil || row.Number > 1 {
				break
			}
			if hasOwnHeadings(row) {
				return true
			}
		}
	}
	return false
}

func hasOwnHeadings(row sheet.Row) bool {
	for at, text := range ownHeadings {
		if at >= len(row.Cells) || row.Cells[at].Text != text {
			return false
		}
	}
	return true
}
