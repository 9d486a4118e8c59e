package main

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// A startWindow is one cell of the table status × time, counted from Plan.
type startWindow struct{ rows, licences int }

// Every number on Start is that of the lists behind it, and of the PDF.
func TestStartTiesToListsAndPDF(t *testing.T) {
	r, _ := plannedExample(t, "2026-11-23")
	folder := filepath.Join("plans", r.ID)
	f, err := excelize.OpenFile(filepath.Join(folder, "csp-plan.xlsx"), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	b := &book{t: t, f: f, read: map[string][][]string{}}
	matrix := countWindows(b)
	checkMatrix(t, b, matrix)
	checkDoFirst(t, b)
	checkSheetSizes(t, b)
	checkPDFMatrix(t, filepath.Join(folder, "csp-plan.pdf"), matrix, b.rows("Start")[2][0])
}

var startStatuses = []string{"■ Blocked", "▲ Data-loss risk", "◆ Decide", "● Ready"}

// countWindows counts Plan: by status, then expired, ≤ 30, 31–90, > 90 days, and
// all, those without a date among them.
func countWindows(b *book) map[string]*[5]startWindow {
	counts := map[string]*[5]startWindow{}
	for _, s := range startStatuses {
		counts[s] = &[5]startWindow{}
	}
	days, licences := b.column("Plan", "Days left")-1, b.column("Plan", "Licences")-1
	for _, row := range b.rows("Plan")[2:] {
		count := counts[row[0]]
		if count == nil {
			continue // done
		}
		n, _ := strconv.Atoi(row[licences])
		windows := []int{4}
		if left, err := strconv.Atoi(row[days]); err == nil {
			switch {
			case left < 0:
				windows = append(windows, 0)
			case left <= 30:
				windows = append(windows, 1)
			case left <= 90:
				windows = append(windows, 2)
			default:
				windows = append(windows, 3)
			}
		}
		for _, w := range windows {
			count[w].rows++
			count[w].licences += n
		}
	}
	return counts
}

// startRow finds a line of Start by its first cell.
func startRow(b *book, label string) []string {
	b.t.Helper()
	for _, row := range b.rows("Start") {
		if len(row) > 6 && row[0] == label {
			return row
		}
	}
	b.t.Fatalf("Start has no line %q", label)
	return nil
}

func checkMatrix(t *testing.T, b *book, matrix map[string]*[5]startWindow) {
	t.Helper()
	var sum [6]int
	for _, s := range startStatuses {
		var want []string
		for i, w := range matrix[s] {
			want = append(want, strconv.Itoa(w.rows))
			sum[i] += w.rows
		}
		want = append(want, strconv.Itoa(matrix[s][4].licences))
		sum[5] += matrix[s][4].licences
		if got := startRow(b, s)[1:7]; !slices.Equal(got, want) {
			t.Errorf("Start says %q for %s, Plan holds %q", got, s, want)
		}
	}
	if got, want := strings.Join(startRow(b, "All subscriptions")[1:7], " "), strings.Trim(fmt.Sprint(sum), "[]"); got != want {
		t.Errorf("Start says %s for all subscriptions, Plan holds %s", got, want)
	}
}

// checkDoFirst compares the ten customers with their rows of Plan that expire
// within 45 days.
func checkDoFirst(t *testing.T, b *book) {
	t.Helper()
	rows := b.rows("Start")
	head := slices.IndexFunc(rows, func(row []string) bool { return len(row) > 0 && row[0] == "Worst status" })
	for _, row := range rows[head+1 : head+11] {
		var near [][]string
		worst, licences := len(startStatuses), 0
		for _, planned := range b.rows("Plan")[2:] {
			left, err := strconv.Atoi(planned[2])
			if planned[3] != row[3] || err != nil || left > 45 || !slices.Contains(startStatuses, planned[0]) {
				continue
			}
			near = append(near, planned)
			worst = min(worst, slices.Index(startStatuses, planned[0]))
			n, _ := strconv.Atoi(planned[5])
			licences += n
		}
		if len(near) == 0 {
			t.Errorf("Start lists %s, who has no subscription near its end on Plan", row[3])
			continue
		}
		want := []string{startStatuses[worst], near[0][1], near[0][2], row[3], strconv.Itoa(len(near)), strconv.Itoa(licences), near[0][6]}
		if got := slices.DeleteFunc(slices.Clone(row), func(s string) bool { return s == "" }); !slices.Equal(got, want) {
			t.Errorf("Start says %q, Plan holds %q", got, want)
		}
	}
}

// checkSheetSizes compares the numbers of rows with the sheets.
func checkSheetSizes(t *testing.T, b *book) {
	t.Helper()
	for _, sheet := range []string{"Plan", "Customers", "Risks", "Regions", "Licences", "Unmatched", "Credits", "Changes", "Rejected rows", "Kept notes", "Offer catalogue"} {
		want := 0
		for _, row := range b.rows(sheet)[2:] {
			if len(row) > 1 {
				want++ // not the one line that says there is nothing
			}
		}
		found := false
		for _, row := range b.rows("Start") {
			if len(row) > 2 && row[0] == sheet {
				found = true
				if row[1] != strconv.Itoa(want) {
					t.Errorf("Start says %q rows for %s, want %d", row[1], sheet, want)
				}
			}
		}
		if !found {
			t.Errorf("Start does not list %s", sheet)
		}
	}
}

// checkPDFMatrix looks for the same sentence and the same table in the PDF.
func checkPDFMatrix(t *testing.T, path string, matrix map[string]*[5]startWindow, headline string) {
	t.Helper()
	pdftotext, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Log("pdftotext is not installed: the PDF is not compared")
		return
	}
	out, err := exec.Command(pdftotext, "-layout", "-l", "1", path, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Join(strings.Fields(string(out)), " ")
	if !strings.Contains(text, headline) {
		t.Errorf("the PDF does not say %q", headline)
	}
	for _, s := range startStatuses {
		_, word, _ := strings.Cut(s, " ")
		var cells []string
		for _, w := range matrix[s][:4] {
			if w.rows == 0 {
				cells = append(cells, "–")
				continue
			}
			cells = append(cells, fmt.Sprintf("%d (%s)", w.rows, thousands(w.licences)))
		}
		if line := strings.Join(cells, " "); !strings.Contains(text, line) {
			t.Errorf("the PDF has no line %q for %s", line, word)
		}
	}
}

func thousands(n int) string {
	if n < 1000 {
		return strconv.Itoa(n)
	}
	return fmt.Sprintf("%s,%03d", thousands(n/1000), n%1000)
}
