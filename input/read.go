package input

import (
	"context"
	"fmt"
	"slices"

	"golang.org/x/sync/errgroup"

	"cspplan/input/sheet"
	"cspplan/reconcile"
)

// sideBySide is how many files are read at once.
const sideBySide = 2

// readEach looks at every file, then reads them.
func readEach(ctx context.Context, files []File, opt Options) (Batch, error) {
	looked := make([][]fileResult, len(files))
	opt.alone = len(files) == 1
	err := eachOf(ctx, len(files), func(ctx context.Context, i int) { looked[i] = look(ctx, files[i], opt) })
	if err != nil {
		return Batch{}, err
	}
	results := slices.Concat(looked...)
	refuseDuplicates(results)
	groups := make([][]fileResult, len(files)) // a file, or an archive and its files
	for i, from := 0, 0; i < len(files); i++ {
		groups[i] = results[from : from+len(looked[i])]
		from += len(looked[i])
	}
	for more := true; more; more = reviveCopies(results) {
		err = eachOf(ctx, len(groups), func(ctx context.Context, i int) { readGroup(ctx, groups[i], opt) })
		if err != nil {
			return Batch{}, err
		}
	}
	refuseCopies(results)
	correct(results)
	settleInvoices(results)
	return collect(results), nil
}

// eachOf does the work for 0 to n-1, a few side by side, until ctx ends.
func eachOf(ctx context.Context, n int, work func(ctx context.Context, i int)) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(sideBySide)
	for i := range n {
		group.Go(func() error {
			if ctx.Err() == nil {
				work(ctx, i)
			}
			return ctx.Err()
		})
	}
	if err := group.Wait(); err != nil {
		return fmt.Errorf("reading the inputs: %w", err)
	}
	return nil
}

// A fileResult is what one file gives.
type fileResult struct {
	file    File
	rule    Rule
	seen    *sheet.File // as it was when it was looked at; closed
	content string      // hash of what it holds, by which copies are known
	copyOf  *fileResult // refused, because that one holds the same
	done    bool        // it has been read, or refused for good
	report  FileReport
	records []reconcile.Record
	prices  []reconcile.PriceLine

	context  reconcile.CustomerFacts // whose rows they are where they do not say
	borrowed bool                    // a row has its customer from there

	builders    map[string][]*builder // by sheet, one a table, for rows that were corrected
	corrections []correction
	charges     []charge // lines of invoices
}

// holdsRows tells a file of rows from archives and from files that are left out
// or refused.
func (r *fileResult) holdsRows() bool {
	return r.report.Refused == nil && !r.report.Ignored() && !r.report.Archive()
}

func collect(results []fileResult) Batch {
	batch := Batch{Copies: make(map[string][]string)}
	rows, withRows := 0, 0
	for _, r := range results {
		if rows += len(r.records); len(r.records) > 0 {
			withRows++
		}
	}
	if withRows != 1 { // one large file is not copied
		batch.Records = make([]reconcile.Record, 0, rows)
	}
	for _, r := range results {
		batch.Files = append(batch.Files, r.report)
		if withRows == 1 && len(r.records) > 0 {
			batch.Records = r.records
		} else {
			batch.Records = append(batch.Records, r.records...)
		}
		batch.Prices = append(batch.Prices, r.prices...)
		if r.copyOf != nil {
			original := r.copyOf.report.Name
			batch.Copies[original] = append(batch.Copies[original], r.report.Name)
		}
	}
	return batch
}

// readGroup reads a file, or those of an archive one after the other.
func readGroup(ctx context.Context, group []fileResult, opt Options) {
	if !group[0].report.Archive() {
		group[0].readInTime(ctx, opt, func(ctx context.Context) (*sheet.File, error) {
			return sheet.OpenFile(ctx, group[0].file.Path, group[0].file.Name, opt.Limits)
		})
		return
	}
	archive, inner, err := openArchive(ctx, group[0].file, opt)
	if err != nil {
		for i := range group {
			group[i].refuse(refusalOf(group[i].report.Name, err))
		}
		return
	}
	defer archive.Close()
	for i := range group[1:] {
		r := &group[1+i]
		r.readInTime(ctx, opt, func(ctx context.Context) (*sheet.File, error) {
			n := slices.IndexFunc(inner, func(f *sheet.File) bool { return f.Name() == r.report.Name })
			if n < 0 {
				return nil, stillBeingWritten(r.report.Name)
			}
			return inner[n].Until(ctx), nil
		})
	}
}

// readInTime reads a file that holds rows, in the time that its size allows.
func (r *fileResult) readInTime(ctx context.Context, opt Options, open func(context.Context) (*sheet.File, error)) {
	if !r.holdsRows() || r.done {
		return
	}
	r.done = true
	looked, how := *r, readFile
	if looked.content == "" {
		how = readUnknown
	}
	read, late := inTime(ctx, r.report.Name, opt.Limits.SecondsFor(r.report.Bytes), func(ctx context.Context) fileResult {
		return how(ctx, looked, opt, open)
	})
	if late != nil {
		r.refuse(late)
		return
	}
	*r = read
}

// readUnknown reads a file whose digest look has left, and takes that beside it.
func readUnknown(ctx context.Context, result fileResult, opt Options, open func(context.Context) (*sheet.File, error)) fileResult {
	var digest sheet.Digest
	var beside errgroup.Group
	beside.Go(func() error {
		f, err := open(ctx)
		if err != nil {
			return err
		}
		defer f.Close()
		if digest, err = f.Digest(); err != nil {
			return err
		}
		if !f.Same(result.seen) {
			return stillBeingWritten(result.report.Name)
		}
		return f.Unchanged()
	})
	read := readFile(ctx, result, opt, open)
	err := beside.Wait()
	read.digested(digest, err)
	return read
}

// readFile reads one file; result is what look found of it. A fault inside a
// library refuses the file, not the night.
func readFile(ctx context.Context, result fileResult, opt Options, open func(context.Context) (*sheet.File, error)) (read fileResult) {
	defer func() {
		if recover() != nil {
			result.refuse(sheet.Stumbled(result.report.Name))
			read = result
		}
	}()
	f, err := open(ctx)
	if err != nil {
		result.refuse(refusalOf(result.report.Name, err))
		return result
	}
	defer f.Close()
	refusal := result.read(ctx, f, opt)
	if refusal == nil && !f.Same(result.seen) {
		refusal = stillBeingWritten(result.report.Name)
	}
	if refusal != nil {
		result.refuse(refusal)
	}
	return result
}

// read makes records of the rows of an open file.
func (r *fileResult) read(ctx context.Context, f *sheet.File, opt Options) *sheet.Refusal {
	report := &r.report
	if r.rule.Layout != "" && layoutNamed(r.rule.Layout) == nil {
		return unknownLayout(report.Name, r.rule.Layout)
	}
	book, err := f.Book(sheet.Options{Encoding: r.rule.Encoding, Delimiter: r.rule.Delimiter})
	if err != nil {
		return refusalOf(report.Name, err)
	}
	defer book.Close()
	report.Kind, report.Packing, report.Encoding = book.Kind, book.Packing, book.Encoding
	if book.Delimiter != 0 {
		report.Delimiter = string(book.Delimiter)
	}
	if book.EncodingGuessed {
		report.Warnings = append(report.Warnings, Warning{Code: "encoding-guessed", Message: "read as " + book.Encoding +
			", which its letters suggest and nothing proves; if names look wrong, name the encoding in the settings: inputs: [{match: …, encoding: …}]"})
	}
	if isOwnWorkbook(book) {
		return ownWorkbook(report.Name)
	}
	r.builders = make(map[string][]*builder)
	reader := &fileReader{ctx: ctx, file: r.file, rule: r.rule, days: calendar{date1904: book.Date1904, asOf: opt.AsOf}, book: book, result: r, warnings: newWarnings(), progress: opt.Progress, room: opt.room, twoWalks: opt.twoWalks}
	if refusal := reader.read(); refusal != nil {
		return refusal
	}
	report.Warnings = append(report.Warnings, reader.warnings.list()...)
	if err := f.Unchanged(); err != nil {
		return refusalOf(report.Name, err)
	}
	return nil
}

// refuse drops what was read of the file.
func (r *fileResult) refuse(refusal *sheet.Refusal) {
	r.records, r.prices, r.corrections, r.charges, r.builders = nil, nil, nil, nil, nil
	r.report.Refused = &sheet.Refusal{Code: refusal.Code, Message: sheet.PlainLines(refusal.Message), Found: sheet.PlainLines(refusal.Found)}
	r.report.Rows, r.report.Licences = 0, 0
}
