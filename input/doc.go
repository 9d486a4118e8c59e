// Package input turns exported spreadsheets into records. It knows file kinds,
// encodings, delimiters, header words in fifteen languages, and dates and
// numbers as people write them. It knows nothing about what an offer is worth
// or what a report looks like.
//
// Every data row of every file becomes one reconcile.Record, understood or
// not: a row that cannot be read is a record with a Problem. A file that
// cannot be read as a whole is refused with a stable code, the place and the
// way out. Nothing is guessed by the cell: dates and numbers are read by the
// convention of their whole column.
package input
