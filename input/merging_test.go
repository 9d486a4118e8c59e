package input

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cspplan/reconcile"
)

// However the subscriptions are dealt out to files, in whatever order of files,
// rows and columns, and however often a row is repeated: each is planned once,
// its licences count once, and every row of every file has an outcome.
func TestSplitsAndRepetitions(t *testing.T) {
	catalogue := &reconcile.Catalogue{} // what the offers are does not matter here
	catalogue.Index()
	rapid.Check(t, func(rt *rapid.T) {
		subscriptions := rapid.IntRange(1, 12).Draw(rt, "subscriptions")
		files, rows := dealOut(rt, subscriptions)
		batch := readAll(t, Options{AsOf: reconcile.NewDate(2026, 11, 23)}, files...)
		plan := reconcile.Build(reconcile.Inputs{Records: batch.Records, Catalogue: catalogue, AsOf: reconcile.NewDate(2026, 11, 23)})
		for _, f := range batch.Files {
			if f.Refused != nil && f.Refused.Code != "duplicate-file" {
				rt.Fatalf("%s: %s", f.Name, f.Refused.Message)
			}
			if f.Refused != nil {
				rows -= len(strings.Split(strings.TrimSpace(files[slices.Index(files, f.Name)+1]), "\n")) - 1
			}
		}
		if len(batch.Records) != rows {
			rt.Fatalf("%d records of %d rows: %s", len(batch.Records), rows, strings.Join(fates(batch.Records), "; "))
		}
		planned, licences := 0, 0
		for i, fate := range plan.Fates {
			switch fate.Outcome {
			case reconcile.Planned:
				planned++
				licences += int(batch.Records[i].Licences.N)
			case reconcile.Merged, reconcile.Duplicate:
			default:
				rt.Fatalf("row %v is %v: %s", batch.Records[i].Source, fate.Outcome, fate.Why)
			}
		}
		if want := subscriptions * (subscriptions + 1) / 2; planned != subscriptions || licences != want {
			rt.Fatalf("%d planned with %d licences, want %d with %d", planned, licences, subscriptions, want)
		}
		for i := range plan.Rows {
			if r := &plan.Rows[i]; len(plan.Sources(r)) > 1 && len(r.Origins()) == 0 || r.Has("sources-disagree") {
				rt.Fatalf("row %s of %d sources has origins %v, findings %v", r.Key, len(plan.Sources(r)), r.Origins(), r.Findings())
			}
		}
	})
}

// dealOut writes n subscriptions, the k-th with k licences, into files: each
// into at least one, some twice into the same.
func dealOut(rt *rapid.T, n int) (namesAndContents []string, rows int) {
	columns := []string{"Subscription ID", "Customer", "Tenant ID", "Offer", "Licences", "Expires", "Country", "Auto-renew"}
	needed := 6
	files := rapid.IntRange(1, 4).Draw(rt, "files")
	for f := range files {
		order := rapid.Permutation(columns[:rapid.IntRange(needed, len(columns)).Draw(rt, "columns")]).Draw(rt, "order")
		var lines []string
		for k := 1; k <= n; k++ {
			times := rapid.IntRange(0, 2).Draw(rt, "times")
			if k%files == f {
				times = max(times, 1)
			}
			for range times {
				lines = append(lines, subscriptionLine(k, order))
			}
		}
		if len(lines) == 0 {
			continue
		}
		lines = rapid.Permutation(lines).Draw(rt, "rows")
		namesAndContents = append(namesAndContents, fmt.Sprintf("exports/%d.csv", f), csvOf(slices.Insert(lines, 0, strings.Join(order, "|"))...))
		rows += len(lines)
	}
	return namesAndContents, rows
}

func subscriptionLine(k int, order []string) string {
	tenant := k % 3
	values := map[string]string{
		"Subscription ID": fmt.Sprintf("c4f28f7b-0b1c-4a55-9d20-%012d", k), "Customer": fmt.Sprintf("Customer %d", tenant),
		"Tenant ID": fmt.Sprintf("0f1c6a70-aaaa-4bbb-8ccc-%012d", tenant), "Offer": "Office 365 E3", "Licences": fmt.Sprint(k),
		"Expires": fmt.Sprintf("2027-03-%02d", k), "Country": "IT", "Auto-renew": "no",
	}
	var cells []string
	for _, column := range order {
		cells = append(cells, values[column])
	}
	return strings.Join(cells, "|")
}
