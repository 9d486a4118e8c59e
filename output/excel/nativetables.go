package excel

import (
	"errors"
	"fmt"

	"github.com/xuri/excelize/v2"
)

// nativeTables are the parts of the tables that the workbook has so far, in order.
// The library reads all of them for the number of each further one, which takes a
// tenth of the time of a small workbook: so they are put aside until the workbook is
// written, and a stub with the last number stands for them.
type nativeTables struct {
	f     *excelize.File
	parts []any
}

// errTable means that the library named a table's part in another way than it used to.
var errTable = errors.New("a table has no part of its own")

// add adds a table to the sheet that is being written.
func (n *nativeTables) add(sw *excelize.StreamWriter, t *excelize.Table) error {
	if err := sw.AddTable(t); err != nil {
		return err
	}
	number := len(n.parts) + 1
	part, ok := n.f.Pkg.Load(tablePath(number))
	if !ok {
		return errTable
	}
	n.parts = append(n.parts, part)
	stub := fmt.Appendf(nil, `<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" id="%d"/>`, number)
	n.f.Pkg.Store(tablePath(number), stub)
	n.f.Pkg.Delete(tablePath(number - 1))
	return nil
}

// putBack makes the workbook ready to be written.
func (n *nativeTables) putBack() {
	for i, part := range n.parts {
		n.f.Pkg.Store(tablePath(i+1), part)
	}
}

// tablePath is the part of the table with a number, from 1.
func tablePath(number int) string { return fmt.Sprintf("xl/tables/table%d.xml", number) }
