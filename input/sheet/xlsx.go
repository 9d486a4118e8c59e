package sheet

// openXLSX refuses every zip archive: workbooks are read by the change after
// this one.
func openXLSX(src *source) (*Book, error) {
	return nil, refuse(CodeNotASpreadsheet, src.name, "this is a zip archive; unpack it and use the CSV files inside")
}
