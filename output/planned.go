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

// ReadPlanned reads what an earlier run planned, from its run folder: all of its
// rows, or an error.
func ReadPlanned(dir string, run Run) ([]reconcile.PreviousRow, error) {
	folder := filepath.Join(dir, run.ID)
	seen, err := readFirstSeen(filepath.Join(folder, "first-seen.csv"))
	if err != nil {
		return nil, fmt.Errorf("run %s: %w", run.ID, err)
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
		return nil, fmt.Errorf("run %s: %w", run.ID, err)
	}
	if n, known := run.Counts.Outcomes[reconcile.Planned.String()]; known && n != len(rows) {
		return nil, fmt.Errorf("run %s: plan.csv has %d of %d rows", run.ID, len(rows), n)
	}
	return rows, nil
}

// previousColumns are what a run remembers of an earlier plan.csv, in the order
// in which previousRow takes them.
var previousColumns = []string{
	"key", "status", "expires", "licences", "progress", "migration", "customer", "current_offer", "csp_offer",
	"decision", "planned_date", "offer_wanted", "licences_wanted", "match_basis",
}

func previousRow(cells [][]byte, texts words) (reconcile.PreviousRow, error) {
	text := func(i int) string { return texts.of(cells[i]) }
	row := reconcile.PreviousRow{
		Key: string(cells[0]), Customer: Raw(text(6)), Offer: Raw(text(7)), CSPOffer: Raw(text(8)),
		Written: reconcile.Written(text(9), text(10), Raw(text(11)), text(12), text(13)),
	}
	var known bool
	if row.Status, known = reconcile.ParseStatus(text(1)); !known {
		return row, fmt.Errorf("%q is no status", cells[1])
	}
	var err error
	if row.Expires, err = reconcile.ParseDate(text(2)); err != nil {
		return row, err
	}
	if len(cells[3]) > 0 {
		n, err := strconv.Atoi(string(cells[3]))
		if err != nil {
			return row, fmt.Errorf("%q licences", cells[3])
		}
		row.Licences = reconcile.Whole(n)
	}
	row.Progress, _ = reconcile.ParseProgress(text(4))
	row.Migration, _ = reconcile.ParseMigrationState(text(5))
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
