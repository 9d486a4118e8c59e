package input

import (
	"slices"

	"cspplan/input/sheet"
	"cspplan/reconcile"
)

// refuseDuplicates refuses every file that holds what an earlier one holds, if
// both stand for the same customer and are read by the same rule of the
// settings. The exports of two small tenants may well be equal: neither names
// its customer.
func refuseDuplicates(results []fileResult) {
	type content struct {
		hash    string
		context reconcile.CustomerFacts
		rule    int
	}
	first := make(map[content]int)
	for i := range results {
		r := &results[i]
		if !r.holdsRows() {
			continue
		}
		key := content{r.content, r.context, r.rule.number}
		if earlier, ok := first[key]; ok {
			r.copyOf = &results[earlier]
			r.refuse(duplicateFile(r.report.Name, r.copyOf.report.Name))
			continue
		}
		first[key] = i
	}
}

// passing are the refusals that have to do with one copy of a file and not with
// what it holds.
var passing = []string{sheet.CodeStillBeingWritten, sheet.CodeUnreadable, sheet.CodeTooSlow}

// reviveCopies takes back the refusal of copies whose original could not be read
// where it lies, and tells whether there are any: the copy may be whole.
func reviveCopies(results []fileResult) bool {
	revived := make(map[*fileResult]*fileResult) // by original
	for i := range results {
		r := &results[i]
		if r.copyOf == nil || r.copyOf.report.Refused == nil || !slices.Contains(passing, r.copyOf.report.Refused.Code) {
			continue
		}
		if copied := revived[r.copyOf]; copied != nil {
			r.copyOf = copied
			r.refuse(duplicateFile(r.report.Name, copied.report.Name))
			continue
		}
		revived[r.copyOf] = r
		r.copyOf, r.report.Refused = nil, nil
	}
	return len(revived) > 0
}

// refuseCopies refuses what refuseDuplicates had to let pass: equal files for
// different customers whose rows name their customers themselves.
func refuseCopies(results []fileResult) {
	first := make(map[string]*fileResult)
	for i := range results {
		r := &results[i]
		if !r.holdsRows() || r.borrowed {
			continue
		}
		if earlier, ok := first[r.content]; ok {
			r.copyOf = earlier
			r.refuse(duplicateFile(r.report.Name, earlier.report.Name))
			continue
		}
		first[r.content] = r
	}
}
