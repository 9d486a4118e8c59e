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
	texts := words{}
	err = eachPlanned(filepath.Join(folder, "plan.csv"), previousColumns, func(cells [][]byte) error {
		row, err := previousRow(cells, texts)
		if err != nil {
			return err
		}
		row.FirstSeen = seen[row.Key]
		rows = append(rows, row)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("run %s: %w", id, err)
	}
	return rows, nil
}

// previousColumns are those that a PreviousRow is made of, as previousRow takes them.
var previousColumns = []string{"key", "status", "expires", "customer", "current_offer", "csp_offer", "licences", "progress", "migration"}

func previousRow(cells [][]byte, texts words) (reconcile.PreviousRow, error) {
	status, ok := reconcile.ParseStatus(texts.of(cells[1]))
	if !ok {
		return reconcile.PreviousRow{}, fmt.Errorf("%q is no status", cells[1])
	}
	expires, err := reconcile.ParseDate(texts.of(cells[2]))
	if err != nil {
		return reconcile.PreviousRow{}, err
	}
	progress, _ := reconcile.ParseProgress(texts.of(cells[7]))
	migration, _ := reconcile.ParseMigrationState(texts.of(cells[8]))
	row := reconcile.PreviousRow{
		Key: string(cells[0]), Status: status, Expires: expires,
		Customer: Raw(texts.of(cells[3])), Offer: Raw(texts.of(cells[4])), CSPOffer: Raw(texts.of(cells[5])),
		Progress: progress, Migration: migration,
	}
	if len(cells[6]) > 0 {
		n, err := strconv.Atoi(string(cells[6]))
		if err != nil {
			return row, fmt.Errorf("%q licences", cells[6])
		}
		row.Licences = reconcile.Whole(n)
	}
	return row, nil
}

// words makes each text that occurs again and again once.
type words map[string]string

func (w words) of(b []byte) string {
	if s, ok := w[string(b)]; ok {
		return s
	}
	s := string(b)
	w[s] = s
	return s
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
