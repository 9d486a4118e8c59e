// Package catalog holds the dated fact tables that offers, regions and days
// are judged by, embedded in the program: Microsoft's licensing table with its
// history, the former CSP offer list, the NCE price list without prices, pairs
// and successors, sale status, CSP regions, days after the end of a term.
//
// The tables are CSV files under tables/; sources.csv dates each of them.
// Load decodes them. Most are written by the command in refresh/ from newer
// source files; lifecycle.csv, sale_status.csv, plan_equivalents.csv
// and successors_by_hand.csv are kept by hand and name a source in each row.
// titles.tsv is what reading the names in them yields, written by make tables.
package catalog
