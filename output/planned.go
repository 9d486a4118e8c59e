package output

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"github.com/gocarina/gocsv"

	"cspplan/reconcile"
)

// firstSeenLine is a line of first-seen.csv: since when a row has been planned.
// A CSP subscription that started later may be its replacement (rules.md §7).
type firstSeenLine struct {
	Key       string `csv:"key"`
	FirstSeen string `csv:"first_seen"`
}

func writeFirstSeen(w io.Writer, rows []reconcile.Row) error {
	c := newCSV(w)
	if err := c.Write([]string{"key", "first_seen"}); err != nil {
		return err
	}
	for i := range rows {
		if err := c.Write([]string{rows[i].Key, rows[i].FirstSeen.String()}); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

// wasLine is what a run remembers of a line of an earlier plan.csv.
type wasLine struct {
	Key       string `csv:"key"`
	Status    string `csv:"status"`
	Expires   string `csv:"expires"`
	Customer  string `csv:"customer"`
	Offer     string `csv:"current_offer"`
	CSPOffer  string `csv:"csp_offer"`
	Licences  string `csv:"licences"`
	Progress  string `csv:"progress"`
	Migration string `csv:"migration"`

	Basis          string `csv:"match_basis"`
	Decision       string `csv:"decision"`
	PlannedDate    string `csv:"planned_date"`
	OfferWanted    string `csv:"offer_wanted"`
	LicencesWanted string `csv:"licences_wanted"`
}

// ReadPlanned reads what an earlier run planned, from its run folder: all of its
// rows, or an error.
func ReadPlanned(dir string, run Run) ([]reconcile.PreviousRow, error) {
	folder := filepath.Join(dir, run.ID)
	seen, err := readFirstSeen(filepath.Join(folder, "first-seen.csv"))
	if err != nil {
		return nil, fmt.Errorf("run %s: %w", run.ID, err)
	}
	var rows []reconcile.PreviousRow
	err = eachLine(filepath.Join(folder, "plan.csv"), func(l wasLine) error {
		row, err := l.previous()
		if err != nil {
			return err
		}
		row.FirstSeen = seen[l.Key]
		rows = append(rows, row)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("run %s: %w", run.ID, err)
	}
	if n, known := run.Counts.Outcomes[reconcile.Planned.String()]; known && n != len(rows) {
		return nil, fmt.Errorf("run %s: plan.csv has %d of %d rows", run.ID, len(rows), n)
	}
	return rows, nil
}

func (l wasLine) previous() (reconcile.PreviousRow, error) {
	status, ok := reconcile.ParseStatus(l.Status)
	if !ok {
		return reconcile.PreviousRow{}, fmt.Errorf("plan.csv: %q is no status", l.Status)
	}
	expires, err := reconcile.ParseDate(l.Expires)
	if err != nil {
		return reconcile.PreviousRow{}, fmt.Errorf("plan.csv: %w", err)
	}
	migration, _ := reconcile.ParseMigrationState(l.Migration)
	progress, _ := reconcile.ParseProgress(l.Progress)
	row := reconcile.PreviousRow{
		Key: l.Key, Status: status, Expires: expires, Customer: Raw(l.Customer), Offer: Raw(l.Offer),
		CSPOffer: Raw(l.CSPOffer), Progress: progress, Migration: migration,
		Written: reconcile.Written(l.Decision, l.PlannedDate, Raw(l.OfferWanted), l.LicencesWanted, l.Basis),
	}
	if l.Licences != "" {
		n, err := strconv.Atoi(l.Licences)
		if err != nil {
			return row, fmt.Errorf("plan.csv: %q licences", l.Licences)
		}
		row.Licences = reconcile.Whole(n)
	}
	return row, nil
}

func readFirstSeen(path string) (map[string]reconcile.Date, error) {
	f, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	reader, err := gocsv.NewUnmarshaller(csv.NewReader(f), firstSeenLine{})
	if err != nil {
		return nil, fmt.Errorf("first-seen.csv: %w", err)
	}
	seen := map[string]reconcile.Date{}
	for {
		line, err := reader.Read()
		if err == io.EOF {
			return seen, nil
		}
		if err != nil {
			return nil, fmt.Errorf("first-seen.csv: %w", err)
		}
		l := line.(firstSeenLine)
		if seen[l.Key], err = reconcile.ParseDate(l.FirstSeen); err != nil {
			return nil, fmt.Errorf("first-seen.csv: %w", err)
		}
	}
}
