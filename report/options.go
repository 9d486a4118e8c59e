package report

import (
	"sync"

	"cspplan/reconcile"
)

// Options is what a report needs beside the plan.
type Options struct {
	Text      *Texts
	RunID     string
	InputHash string // first eight hex digits of the hash over all inputs
	Version   string

	PDFRows int  // plans with more rows are folded in the PDF; 0 = 400
	PDFFull bool // never fold

	Ledger []reconcile.LedgerLine // of what was read, parallel to Plan.Fates
	Read   []FileTotals           // what package input counted, independently of the records
	Inputs []InputLine            // in the order in which they are shown; Outcomes are filled here
	Prices []PriceSource

	PreviousDate reconcile.Date // as-of date of the run before; zero: first run
	PreviousRun  string         // its id
	Previous     []reconcile.PreviousRow
	Outstanding  []PastException // exceptions of the run before, by key
	AgesUnknown  bool            // it recorded none: ages count from its day
	Calendar     []CalendarEvent // that the run before put into calendars
	PutBack      []PutBack       // edits on columns that are rewritten every night
	Past         []TrendPoint    // of runs with earlier as-of dates, oldest first, one a date
	KeptNotes    []KeptNote
	NotesFound   int                  // notes read from earlier workbooks and runs
	NotesInForce int                  // of these, carried on
	Decisions    []reconcile.Decision // notes in force; those of scope credit are shown on Credits
	Choices      []Choice             // shown on Unmatched

	Settings []Setting
	Rates    *Rates // dated exchange rates of the settings; nil: nothing is converted

	SplitBy     string                        // SplitOwner, SplitCustomer: there are workbooks of parts; else none
	OverallRows int                           // of a plan that is split: above so many rows the workbook of all leaves them to the parts; 0: always
	PartFile    func(name, key string) string // names the workbook of a part

	Letters         bool              // letters to customers are asked for
	LetterLanguages map[string]string // language by country, tenant id, domain or name of a customer, in lower case

	MailNames bool // false: keys and counts instead of customers' names

	part     string    // whose rows these are, if not all of them
	owners   []string  // of a part: all who look after a customer
	dataHeld *sync.Map // of a part: that of the report on all
}

// FileTotals is what input counted in one file while reading it.
type FileTotals struct {
	File     string // Source.File of its records
	Rows     int
	Licences int64
}

// A PriceSource is a price list that was used.
type PriceSource struct {
	Name string
	AsOf reconcile.Date
	Rows int
}

// A PutBack is an edit on a column that is not the reader's: it was not taken
// and the value of the input stands again.
type PutBack struct {
	Key      string // of the row on Plan, if it is one; may be gone
	Table    string // id of the table; empty: Plan
	Field    string // heading as the workbook shows it
	From, To string // what stood there, what was typed

	Customer, Offer string // as the row showed them
}

// A KeptNote is a text somebody wrote that has no place any more.
type KeptNote struct {
	When           reconcile.Date
	Who            string
	Customer       string
	Offer          string
	SubscriptionID string
	Field          string // word of notes.csv: decision, owner, planned_date, note, …
	Text           string
	Why            string // gone, overwritten, no_key, key_twice, base_gone
	Until          reconcile.Date
}

// A Choice is what somebody chose on Unmatched on an earlier run: a candidate
// for an offer.
type Choice struct {
	Offer   string // as printed in the column Current offer, or folded
	SKUGUID string // of the candidate: its SKUs joined by +
	Word    string // use, never
	By      string // who saved the workbook it was written in
	When    string // time of that file
	Stale   bool   // made on facts that have changed: not taken until somebody chooses anew
}
