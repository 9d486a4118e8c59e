package output

// A Progress is how far a file has come that is being written.
type Progress struct {
	File  string // csp-plan.xlsx
	Part  string // of the file: the sheet; may be empty
	Unit  string // what is counted: rows, pages
	Done  int
	Total int // 0: not known yet
}

// told passes on the progress of the rows of a workbook, nil if nobody asks.
func (job *Job) told(file string) func(sheet string, rows, total int) {
	if job.Progress == nil {
		return nil
	}
	return func(sheet string, rows, total int) {
		job.Progress(Progress{File: file, Part: sheet, Unit: "rows", Done: rows, Total: total})
	}
}

// toldPages is the same for the pages of a PDF.
func (job *Job) toldPages(file string) func(pages, total int) {
	if job.Progress == nil {
		return nil
	}
	return func(pages, total int) {
		job.Progress(Progress{File: file, Unit: "pages", Done: pages, Total: total})
	}
}
