// Package pdf draws the plan that finance reads and signs.
//
// It prints a report.Report and works out no figure of its own; it counts what
// it draws (Drawn), so that control totals can hold the document against the
// workbook. The document is drawn twice: the first pass finds the page
// numbers, the second prints them as ordinary text. The same report and
// options give the same bytes.
//
// In the order of the pages: summary.go (with timeline.go and matrix.go),
// money.go (with bars.go), plan.go, exceptions.go, method.go and signoff.go.
// They stand on table.go, text.go and document.go. Every string passes clean
// before it is measured or drawn: the type printable holds that gate shut.
//
// The library underneath is archived. It panics above U+FFFF, loses Chinese
// characters when it breaks lines, and cannot number its pages rightly; all
// calls of it live in this package, which breaks lines and pages itself.
package pdf
