package excel

import (
	"fmt"

	xlsx "cspplan/input/sheet"
)

// ReadListed reads the names of the workbooks that hold the rows of the plan from a
// workbook of all that people may have saved; none if it lists the rows itself.
func ReadListed(path, name string) ([]string, error) {
	var files []string
	err := eachWritten(path, name, workbooksTable, func(at *placed, row xlsx.Row) {
		if file := at.cell(row, codeFile).Text; file != "" {
			files = append(files, file)
		}
	})
	if err != nil {
		return nil, err
	}
	return files, nil
}

// eachWritten goes through the rows of a table in a workbook that Write has written
// and people may have saved. One whose sheet was deleted has none.
func eachWritten(path, name, table string, do func(at *placed, row xlsx.Row)) error {
	w, err := openWritten(path, name)
	if err != nil {
		return err
	}
	defer w.book.Close()
	for _, t := range w.lists.tablesWith(func(t listedTable) bool { return t.table == table }) {
		for _, from := range w.find(t) {
			_, err := w.walk(from, t, func(at *placed, row xlsx.Row) error {
				do(at, row)
				return nil
			})
			if err != nil {
				return fmt.Errorf("reading %s!%s: %w", name, from.Name, err)
			}
		}
	}
	return nil
}
