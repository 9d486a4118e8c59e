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

// ReadPlanned reads what an earlier run planned, from its run folder.
func ReadPlanned(dir, id string) ([]reconcile.PreviousRow, error) {
	folder := filepath.Join(dir, id)
	seen, err := readFirstSeen(filepath.Join(folder, "first-seen.csv"))
	if err != nil {
		return nil, fmt.Errorf("run %s: %w", id, err)
	}
	var rows []reconcile.PreviousRow
	err = eachPlanned(filepath.Join(folder, "plan.csv"), func(l plannedLine) error {
		row, err := l.previous()
		if err != nil {
			return err
		}
		row.FirstSeen = seen[l.Key]
		rows = append(rows, row)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("run %s: %w", id, err)
	}
	return rows, nil
}

func (l plannedLine) previous() (reconcile.PreviousRow, error) {
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
