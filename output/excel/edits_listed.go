package excel

import (
	"fmt"

	xlsx "cspplan/input/sheet"
)

// ReadListed reads the names of the workbooks that hold the rows of the plan from a
// workbook of all that people may have saved; none if it lists the rows itself.
func ReadListed(path, name string) ([]string, error) {
	w, err := openWritten(path, name)
	if err != nil {
		return nil, err
	}
	defer w.book.Close()
	var files []string
	for _, t := range w.lists.tablesWith(func(t listedTable) bool { return t.table == workbooksTable }) {
		for _, from := range w.find(t) {
			_, err := w.walk(from, t, func(at *placed, row xlsx.Row) error {
				if file := at.cell(row, codeFile).Text; file != "" {
					files = append(files, file)
				}
				return nil
			})
			if err != nil {
				return nil, fmt.Errorf("reading %s!%s: %w", name, from.Name, err)
			}
		}
	}
	return files, nil
}
