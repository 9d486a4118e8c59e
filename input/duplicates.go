package input

import "cspplan/reconcile"

// refuseDuplicates refuses every file that holds what an earlier one holds, if
// both stand for the same customer. The exports of two small tenants may well be
// equal: neither names its customer.
func refuseDuplicates(results []fileResult) {
	type content struct {
		hash    string
		context reconcile.CustomerFacts
	}
	first := make(map[content]string)
	for i := range results {
		r := &results[i]
		if !r.holdsRows() {
			continue
		}
		key := content{r.content, r.context}
		if earlier, ok := first[key]; ok {
			r.refuse(duplicateFile(r.report.Name, earlier))
			continue
		}
		first[key] = r.report.Name
	}
}

// refuseCopies refuses what refuseDuplicates had to let pass: equal files for
// different customers whose rows name their customers themselves.
func refuseCopies(results []fileResult) {
	first := make(map[string]string)
	for i := range results {
		r := &results[i]
		if !r.holdsRows() || r.borrowed {
			continue
		}
		if earlier, ok := first[r.content]; ok {
			r.refuse(duplicateFile(r.report.Name, earlier))
			continue
		}
		first[r.content] = r.report.Name
	}
}
