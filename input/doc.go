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
//
// The steps for one file (look, readFile, fileReader):
//
//	file    → files          a zip archive holds files, each with a report of its own
//	bytes   → hash           duplicate files are refused
//	file    → sheets         package sheet; hidden sheets are listed, not read
//	sheet   → header         the best of the first thirty rows (findHeader)
//	header  → layout         a known export, else header words (layouts)
//	columns → fields         settings, then layout, then words (table.bind)
//	walk 1  → conventions    what the columns prove (survey, decide)
//	walk 2  → records        one for each row (builder.record)
//
// Both walks go block by block (sheet.Each): texts are cut into cells on all
// processors. Walk 1 takes the rows in their order, since what a row is depends on
// those above; walk 2 makes the records of several blocks at once (rowMaker), each
// goroutine with a memory of its own for what repeats (seen, memo, joint). Of a text
// walk 1 makes the records too, by the conventions that its first rows show, and
// walk 2 is left out if all the other rows confirm them (earlyWalk). Cells as
// programs write them are read by hand (quick.go), all others by the functions
// that know what people write.
//
// headers.csv, words.csv and countries.csv hold what exports call things.
// Knowing another export means another entry in layouts, another heading
// another line in headers.csv.
//
// A subscription's record also carries a Customer line where its export says
// something about the customer, such as the relationship, or that it is one of
// the partner's own.
package input
