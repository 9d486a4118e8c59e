package input

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"syscall"

	"golang.org/x/sync/errgroup"

	"cspplan/input/sheet"
	"cspplan/reconcile"
)

// ignored is the kind of a file that the settings leave out.
const ignored = "ignored"

// sideBySide is how many files are read at once.
const sideBySide = 2

// Read reads the files in the order given. A file that cannot be read is a
// FileReport with its refusal and no records; it never stops the others. The
// error is ctx's, or nil. The result does not depend on which file is read
// first.
func Read(ctx context.Context, files []File, opt Options) (Batch, error) {
	results := make([]fileResult, len(files))
	group, groupCtx := errgroup.WithContext(ctx)
	group.SetLimit(sideBySide)
	for i, f := range files {
		group.Go(func() error {
			results[i] = fingerprint(f)
			return groupCtx.Err()
		})
	}
	if err := group.Wait(); err != nil {
		return Batch{}, fmt.Errorf("reading the inputs: %w", err)
	}
	refuseDuplicates(files, results, opt.Rules)

	group, groupCtx = errgroup.WithContext(ctx)
	group.SetLimit(sideBySide)
	for i, f := range files {
		if results[i].report.Refused != nil {
			continue
		}
		group.Go(func() error {
			readFile(groupCtx, f, opt, &results[i])
			return groupCtx.Err()
		})
	}
	if err := group.Wait(); err != nil {
		return Batch{}, fmt.Errorf("reading the inputs: %w", err)
	}
	refuseCopies(results)
	correct(results)
	return collect(results), nil
}

// A fileResult is what one file gives.
type fileResult struct {
	report  FileReport
	records []reconcile.Record
	prices  []reconcile.PriceLine

	context  reconcile.CustomerFacts // whose rows they are where they do not say
	borrowed bool                    // a row has its customer from there

	builders    map[string][]*builder // by sheet, one a table, for rows that were corrected
	corrections []correction
}

func collect(results []fileResult) Batch {
	var batch Batch
	rows := 0
	for _, r := range results {
		rows += len(r.records)
	}
	batch.Records = make([]reconcile.Record, 0, rows)
	for _, r := range results {
		batch.Files = append(batch.Files, r.report)
		batch.Records = append(batch.Records, r.records...)
		batch.Prices = append(batch.Prices, r.prices...)
	}
	return batch
}

// fingerprint hashes a file, which tells duplicate files apart and proves to
// an auditor what was read.
func fingerprint(f File) fileResult {
	result := fileResult{report: FileReport{Name: f.Name}}
	report := &result.report
	file, err := os.OpenFile(f.Path, os.O_RDONLY|syscall.O_NONBLOCK, 0) // a pipe would wait for somebody to write
	if err != nil {
		report.Refused = unreadable(f.Name, err)
		return result
	}
	defer file.Close()
	info, err := file.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New("it is not a regular file")
	}
	if err != nil {
		report.Refused = unreadable(f.Name, err)
		return result
	}
	report.Bytes, report.Modified = info.Size(), info.ModTime().UTC()
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		report.Refused = unreadable(f.Name, err)
		return result
	}
	report.SHA256 = hex.EncodeToString(hash.Sum(nil))
	return result
}

// refuseDuplicates refuses every file whose bytes an earlier one has, if both
// stand for the same customer. The exports of two small tenants may well be
// equal: neither names its customer.
func refuseDuplicates(files []File, results []fileResult, rules []Rule) {
	type content struct {
		hash    string
		context reconcile.CustomerFacts
	}
	first := make(map[content]string)
	for i := range results {
		report := &results[i].report
		rule := ruleFor(rules, report.Name)
		if report.Refused != nil || rule.Ignore {
			continue
		}
		results[i].context = fileContext(rule, files[i].Folder)
		key := content{report.SHA256, results[i].context}
		if earlier, ok := first[key]; ok {
			report.Refused = duplicateFile(report.Name, earlier)
			continue
		}
		first[key] = report.Name
	}
}

// refuseCopies refuses what refuseDuplicates had to let pass: equal files for
// different customers whose rows name their customers themselves.
func refuseCopies(results []fileResult) {
	first := make(map[string]string)
	for i := range results {
		report := &results[i].report
		if report.Refused != nil || report.Kind == ignored || results[i].borrowed {
			continue
		}
		if earlier, ok := first[report.SHA256]; ok {
			results[i].refuse(duplicateFile(report.Name, earlier))
			continue
		}
		first[report.SHA256] = report.Name
	}
}

// readFile reads one file into result. A fault inside a library refuses the
// file, not the night.
func readFile(ctx context.Context, f File, opt Options, result *fileResult) {
	defer func() {
		if fault := recover(); fault != nil {
			result.refuse(&sheet.Refusal{Code: "unreadable", Message: fmt.Sprintf(
				"cannot read %s: internal fault: %v\n  Save it again from the program it comes from, or as CSV.", f.Name, fault)})
		}
	}()
	rule := ruleFor(opt.Rules, f.Name)
	if rule.Ignore {
		result.report.Kind = ignored
		return
	}
	if rule.Layout != "" && layoutNamed(rule.Layout) == nil {
		result.refuse(unknownLayout(f.Name, rule.Layout))
		return
	}
	book, err := sheet.Open(f.Path, f.Name, sheet.Options{Encoding: rule.Encoding, Delimiter: rule.Delimiter, Limits: opt.Limits})
	if err != nil {
		result.refuse(refusalOf(f.Name, err))
		return
	}
	defer book.Close()
	report := &result.report
	report.Kind, report.Encoding = book.Kind, book.Encoding
	if book.Delimiter != 0 {
		report.Delimiter = string(book.Delimiter)
	}
	if book.EncodingGuessed {
		report.Warnings = append(report.Warnings, Warning{Code: "encoding-guessed", Message: "read as " + book.Encoding +
			", which its letters suggest and nothing proves; if names look wrong, name the encoding in the settings: inputs: [{match: …, encoding: …}]"})
	}
	if isOwnWorkbook(book) {
		result.refuse(ownWorkbook(f.Name))
		return
	}
	result.builders = make(map[string][]*builder)
	reader := &fileReader{ctx: ctx, file: f, rule: rule, book: book, result: result, warnings: newWarnings()}
	if refusal := reader.read(); refusal != nil {
		result.refuse(refusal)
		return
	}
	report.Warnings = append(report.Warnings, reader.warnings.list()...)
	if changed(f.Path, report) {
		result.refuse(stillBeingWritten(f.Name))
	}
}

// refuse drops what was read of the file.
func (r *fileResult) refuse(refusal *sheet.Refusal) {
	r.records, r.prices, r.corrections, r.builders = nil, nil, nil, nil
	r.report.Refused = refusal
	r.report.Rows, r.report.Licences = 0, 0
}

// changed reports whether the file is another one than was hashed: somebody
// was writing it while it was read.
func changed(path string, report *FileReport) bool {
	info, err := os.Stat(filepath.Clean(path))
	return err != nil || info.Size() != report.Bytes || !info.ModTime().UTC().Equal(report.Modified)
}
