// Package report computes what is said. From a reconcile.Plan it works out, once,
// every figure and every sentence that any writer prints: order, groups, totals,
// windows, months, folding, next steps in words. Workbook, PDF, CSV and mail
// print this one model and add nothing of their own, so they cannot disagree.
//
// It knows languages and labels, and neither excelize nor gofpdf nor paths.
package report
