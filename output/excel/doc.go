// Package excel writes the workbook of a run and reads it back.
//
// It prints a report.Report and adds no figure and no sentence of its own:
// report.Table becomes a list sheet, and two reading sheets, Start and Money,
// are laid out here. Sheets stand in this order: Start, the list sheets of the
// report with Money before Credits, then the hidden sheets Lists (lists.go says
// what stands there) and Chart data (chart.go).
//
// Three promises hold for every workbook:
//
//   - No cell holds a formula. Previews and mail viewers show a formula without
//     a stored value as a blank, and a customer's name that begins with an equals
//     sign must never become one.
//   - The same report gives the same bytes. excelize writes parts in map order;
//     archive orders them again.
//   - What was written is counted while it is written (Written) and can be
//     counted again from the file (ReadBack), so that control totals compare
//     two independent numbers.
//
// What people typed comes back by ReadEdits, through the strict reader of package
// sheet; Shown says what stood in the same cells when they were written.
package excel
