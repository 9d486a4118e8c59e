//go:build unix

package input

import (
	"errors"
	"os"
	"testing"
	"time"

	"github.com/gocarina/gocsv"
	"github.com/govalues/decimal"

	"cspplan/reconcile"
)

// A typedLine is a line of the export for gocsv in the types that a plan needs: days
// that can be compared, prices without binary fractions, ids that are GUIDs, words
// of which each has one meaning. Its users write such types for themselves, and
// these are the shortest there are: they know one way of writing a date and no word
// but those of Partner Center. What ours does beyond that is not asked of it: find
// the header and the conventions, tell rows from totals, look for lost letters, for
// rows that came twice, for bytes that are no UTF-8, and take the file's digest.
type typedLine struct {
	CustomerName       string
	CustomerTenantID   guidText
	Domain, Country    string
	OfferName          string
	SkuID              guidText
	SubscriptionID     guidText
	SkuPartNumber      string
	Quantity, Assigned int32
	Status             string
	StartDate, EndDate isoDate
	Term               termWord
	Billing            billingWord
	UnitPrice          decimal.Decimal
	Currency           string
	Channel            channelWord
	AutoRenew          bool
	AccountManager     string
}

// A textLine is the same in what gocsv reads by itself. It takes no less time, since
// a text is longer than the day or the word in it: types do not slow the peer.
type textLine struct {
	CustomerName, CustomerTenantID, Domain, Country, OfferName, SkuID, SubscriptionID, SkuPartNumber string
	Quantity, Assigned                                                                               int
	Status, StartDate, EndDate, Term, Billing                                                        string
	UnitPrice                                                                                        float64
	Currency, Channel, AutoRenew, AccountManager                                                     string
}

var errWord = errors.New("not expected here")

type isoDate reconcile.Date

func (d *isoDate) UnmarshalCSV(text string) error {
	day, err := time.Parse(time.DateOnly, text)
	*d = isoDate(reconcile.DateOf(day))
	return err
}

type guidText string

func (g *guidText) UnmarshalCSV(text string) error {
	if !usualForm(text) {
		return errWord
	}
	*g = guidText(text)
	return nil
}

type termWord reconcile.Term

func (t *termWord) UnmarshalCSV(text string) error {
	switch text {
	case "P1M":
		*t = termWord(reconcile.P1M)
	case "P1Y":
		*t = termWord(reconcile.P1Y)
	case "P3Y":
		*t = termWord(reconcile.P3Y)
	default:
		return errWord
	}
	return nil
}

type billingWord reconcile.Billing

func (w *billingWord) UnmarshalCSV(text string) error {
	switch text {
	case "Monthly":
		*w = billingWord(reconcile.Monthly)
	case "Annual":
		*w = billingWord(reconcile.Annual)
	default:
		return errWord
	}
	return nil
}

type channelWord reconcile.Channel

func (c *channelWord) UnmarshalCSV(text string) error {
	switch text {
	case "Direct from Microsoft":
		*c = channelWord(reconcile.Direct)
	case "CSP":
		*c = channelWord(reconcile.LegacyCSP)
	default:
		return errWord
	}
	return nil
}

// benchGocsv reads the file of csvRows rows, and looks at the last line.
func benchGocsv[T any](b *testing.B, path string, sound func(last T) bool) {
	var kept []T
	countCPU(b, func() {
		if kept = readWithGocsv[T](b, path); len(kept) != csvRows || !sound(kept[len(kept)-1]) {
			b.Fatalf("%d lines, at last %+v", len(kept), kept[len(kept)-1:])
		}
	})
}

func readWithGocsv[T any](b *testing.B, path string) (kept []T) {
	f, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	lines := make(chan T, 1000)
	failed := make(chan error, 1)
	go func() { failed <- gocsv.UnmarshalToChan(f, lines) }()
	for line := range lines {
		kept = append(kept, line)
	}
	if err := <-failed; err != nil {
		b.Fatal(err)
	}
	return kept
}
