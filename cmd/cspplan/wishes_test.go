package main

import (
	"strings"
	"testing"
)

// Another offer and another number of licences for one row hold every night, as
// long as the facts they were written on stand; then they are asked for again.
func TestWishesSurviveTheNights(t *testing.T) {
	o := newOffice(t, "en")
	o.tonight()
	o.edit(currentCopy, "Anna", func(b *book) {
		b.set("Plan", "sub-a", "Other number of licences", 15)
		b.set("Plan", "sub-b", "Other CSP offer", "Microsoft 365 Business Premium")
		b.set("Plan", "sub-c", "Other number of licences", "a few")
		b.set("Plan", "sub-d", "Other CSP offer", "Gold Bundle 7")
	})
	for range 2 {
		o.night()
		o.want("Plan", "sub-a", "Licences to provision", "15")
		o.want("Plan", "sub-a", "Other number of licences", "15")
		o.want("Plan", "sub-b", "CSP offer", "Microsoft 365 Business Premium")
		o.want("Plan", "sub-b", "Reassign licences", "Yes")
		o.want("Plan", "sub-d", "Other CSP offer", "Gold Bundle 7 ?")
		o.want("Plan", "sub-d", "Do next", "What was written into the row cannot be done: correct it.")
	}
	s := o.subs["sub-a"]
	s.licences = 25
	o.subs["sub-a"] = s
	o.export()
	for range 2 {
		id := o.night()
		o.want("Plan", "sub-a", "Other number of licences", "15 ?")
		o.want("Plan", "sub-a", "Licences to provision", "25")
		o.want("Plan", "sub-a", "Status", "◆ Decide")
		if state := o.stateOf(id, "licences_wanted"); state != "stale" {
			t.Errorf("notes.csv says %q, want stale", state)
		}
	}
	o.edit(currentCopy, "Anna", func(b *book) {
		b.set("Plan", "sub-a", "Other number of licences", 15)
		b.set("Plan", "sub-d", "Other CSP offer", "")
	})
	for range 2 {
		o.night()
		o.want("Plan", "sub-a", "Other number of licences", "15")
		o.want("Plan", "sub-a", "Licences to provision", "15")
		o.want("Plan", "sub-d", "Other CSP offer", "")
	}
	if kept := strings.Join(o.kept(), "\n"); !strings.Contains(kept, "a few") {
		t.Errorf("kept notes %q lack what is no number", kept)
	}
}

// An accepted exception is shown with who accepted it until its day, stays in
// the table, and comes back the day after.
func TestAcceptedExceptionComesBack(t *testing.T) {
	o := newOffice(t, "en")
	s := o.subs["sub-a"]
	s.offer = "Gold Bundle 7"
	o.subs["sub-a"] = s
	o.export()
	o.tonight()
	until := o.asOf + 3
	o.edit(currentCopy, "Anna Bianchi", func(b *book) { b.set("Plan", "sub-a", "Accepted until", until.Time()) })
	for o.asOf < until {
		o.night()
		o.want("Plan", "sub-a", "Do next", "Accepted until "+until.Time().Format("2 Jan 2006")+" (Anna Bianchi).")
		o.want("Plan", "sub-a", "Status", "▲ Data-loss risk")
	}
	o.night()
	if next := o.cell("Plan", "sub-a", "Do next"); strings.HasPrefix(next, "Accepted") {
		t.Errorf("the day after: got %q", next)
	}
	o.want("Plan", "sub-a", "Accepted until", until.Time().Format("02 Jan 2006"))
}
