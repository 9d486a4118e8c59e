package reconcile

import (
	"fmt"
	"testing"
)

// result adds a line of the batch tool's results, found in a file.
func (s *situation) result(file, exported string, m Migration) {
	fill(&m.SubscriptionID, "s-1")
	n := len(s.Records)
	s.Records = append(s.Records, Record{Source: Source{File: file, Row: n + 2}, Role: RoleReference, Hash: hashOf(700 + n), Exported: day(exported), Migration: &m})
}

func legacySituation() *situation {
	s := newSituation()
	s.Sub.Channel, s.Sub.Programme, s.Sub.MigrationEligible = LegacyCSP, Legacy, Yes
	return s
}

// A day that is over is no day to wait for.
func TestNextOfASchedule(t *testing.T) {
	for on, want := range map[string]Date{"2026-11-22": 0, "2026-11-23": today, "2026-12-07": day("2026-12-07"), "": 0} {
		s := legacySituation()
		s.result("r.csv", "2026-11-20", Migration{State: MigrationScheduled, On: day(on)})
		if got := s.first(t).Next; got.Code != NextMigrationScheduled || got.Date != want {
			t.Errorf("scheduled for %q: got %s on %v, want %v", on, got.Code, got.Date, want)
		}
	}
}

// Whether it was migrated on a day that is over, nobody knows: no day to start
// on, unless a person plans one.
func TestStartOfAnOverdueSchedule(t *testing.T) {
	for _, test := range []struct{ on, planned, want string }{
		{"2026-11-22", "", ""},
		{"2026-11-23", "", "2026-11-23"},
		{"2026-11-22", "2026-12-07", "2026-12-07"},
	} {
		s := legacySituation()
		s.result("r.csv", "2026-11-20", Migration{State: MigrationScheduled, On: day(test.on)})
		if test.planned != "" {
			write(s, "planned_date", test.planned)
		}
		if r := s.first(t); r.CSPStart != day(test.want) || r.MoveOn != day(test.want) {
			t.Errorf("scheduled for %s, planned %q: got a start on %v, want %q", test.on, test.planned, r.CSPStart, test.want)
		}
	}
}

func TestMigrationOfARow(t *testing.T) {
	done := Migration{State: MigrationCompleted, NewID: "N-1", Licences: Whole(20)}
	tests := []struct {
		name     string
		edit     func(*situation)
		state    MigrationState
		progress Progress
		next     NextCode
	}{
		{"no result", func(*situation) {}, MigrationNone, ProgressAccepted, NextProvision},
		{"running on an expired row", func(s *situation) {
			s.Sub.Expires = s.AsOf - 3
			s.result("r.csv", "2026-11-20", Migration{State: MigrationRunning})
		}, MigrationRunning, ProgressAccepted, NextMigrationRunning},
		{"scheduled on an expired row", func(s *situation) {
			s.Sub.Expires = s.AsOf - 3
			s.result("r.csv", "2026-11-20", Migration{State: MigrationScheduled})
		}, MigrationScheduled, ProgressAccepted, NextMigrationScheduled},
		{"scheduled on an expired row with an equivalent to confirm", func(s *situation) {
			s.Sub.Expires, s.Sub.SKUGUID, s.Sub.OfferTitle = s.AsOf-3, skuOld, "Office 365 Midsize Business"
			s.result("r.csv", "2026-11-20", Migration{State: MigrationScheduled})
		}, MigrationScheduled, ProgressAccepted, NextMigrationScheduled},
		{"in words of its own on an expired row", func(s *situation) {
			s.Sub.Expires = s.AsOf - 3
			s.result("r.csv", "2026-11-20", Migration{State: MigrationReported, Word: "Validated"})
		}, MigrationReported, ProgressAccepted, NextMigrationRunning},
		{"failed on an expired row", func(s *situation) {
			s.Sub.Expires = s.AsOf - 3
			s.result("r.csv", "2026-11-20", Migration{State: MigrationFailed})
		}, MigrationFailed, ProgressAccepted, NextExpired},
		{"running", func(s *situation) { s.result("r.csv", "2026-11-20", Migration{State: MigrationRunning}) }, MigrationRunning, ProgressAccepted, NextMigrationRunning},
		{"scheduled", func(s *situation) { s.result("r.csv", "2026-11-20", Migration{State: MigrationScheduled}) }, MigrationScheduled, ProgressAccepted, NextMigrationScheduled},
		{"failed", func(s *situation) { s.result("r.csv", "2026-11-20", Migration{State: MigrationFailed}) }, MigrationFailed, ProgressAccepted, NextMigrationFailed},
		{"completed", func(s *situation) { s.result("r.csv", "2026-11-20", done) }, MigrationCompleted, ProgressDone, NextDone},
		{"completed with fewer", func(s *situation) {
			s.result("r.csv", "2026-11-20", Migration{State: MigrationCompleted, NewID: "N-1", Licences: Whole(15)})
		}, MigrationCompleted, ProgressPartly, NextProvision},
		{"completed, licences not told", func(s *situation) { s.result("r.csv", "2026-11-20", Migration{State: MigrationCompleted}) }, MigrationCompleted, ProgressDone, NextDone},
		{"newer failure after a completion", func(s *situation) {
			s.result("r.csv", "2026-11-20", done)
			s.result("r2.csv", "2026-11-22", Migration{State: MigrationFailed})
		}, MigrationCompleted, ProgressDone, NextDone},
		{"tried again after a failure", func(s *situation) {
			s.result("r.csv", "2026-11-20", Migration{State: MigrationFailed})
			s.result("r2.csv", "2026-11-21", Migration{State: MigrationRunning})
		}, MigrationRunning, ProgressAccepted, NextMigrationRunning},
		{"failed and running on one day", func(s *situation) {
			s.result("r.csv", "2026-11-20", Migration{State: MigrationRunning})
			s.result("r2.csv", "2026-11-20", Migration{State: MigrationFailed})
		}, MigrationFailed, ProgressAccepted, NextMigrationFailed},
		{"the schedule was taken back", func(s *situation) {
			s.result("r.csv", "2026-11-20", Migration{State: MigrationScheduled})
			s.result("r2.csv", "2026-11-21", Migration{State: MigrationCancelled})
		}, MigrationCancelled, ProgressAccepted, NextProvision},
		{"completed, and the new one is exported too", func(s *situation) {
			s.result("r.csv", "2026-11-20", done)
			s.csp("n-1", func(*Subscription) {})
		}, MigrationCompleted, ProgressDone, NextDone},
		{"its base failed", func(s *situation) {
			s.Sub.AddOn, s.Sub.Rare.BaseID = Yes, "S-0"
			base := apart(s.Sub)
			base.SubscriptionID, base.AddOn, base.Rare.BaseID = "S-0", No, ""
			s.add(RoleSubscription, base)
			s.result("r.csv", "2026-11-20", Migration{State: MigrationFailed, SubscriptionID: "s-0"})
		}, MigrationFailed, ProgressAccepted, NextMigrationFailed},
		{"its base runs", func(s *situation) {
			s.Sub.AddOn, s.Sub.Rare.BaseID = Yes, "S-0"
			base := apart(s.Sub)
			base.SubscriptionID, base.AddOn, base.Rare.BaseID = "S-0", No, ""
			s.add(RoleSubscription, base)
			s.result("r.csv", "2026-11-20", Migration{State: MigrationRunning, SubscriptionID: "s-0"})
		}, MigrationNone, ProgressAccepted, NextProvision},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := legacySituation()
			test.edit(s)
			p := s.build()
			r := &p.Rows[p.Fates[0].Row]
			if r.Migration().State != test.state || r.Progress != test.progress || r.Next.Code != test.next {
				t.Errorf("got %v %v %s, want %v %v %s", r.Migration().State, r.Progress, r.Next.Code, test.state, test.progress, test.next)
			}
			if r.Seen > 20 || len(p.Extra) > 0 {
				t.Errorf("%d of 20 licences seen, %d extra", r.Seen, len(p.Extra))
			}
		})
	}
}

// What was in a file that a result names, and is in no result, has vanished.
func TestVanishedUpload(t *testing.T) {
	const batch = "9ab61899-0b2b-4320-bd6d-8196c53607d6"
	tests := []struct {
		name, upload, result string
		edit                 func(*situation)
		want                 MigrationState
	}{
		{"beside its result", "bam/batch1.csv", "bam/batch1.csv_" + batch + ".csv", nil, MigrationVanished},
		{"in the tool's folder of inputs", "bam/input/subscriptions/Batch1.csv", "bam/output/migrations/batch1.csv_" + batch + ".csv", nil, MigrationVanished},
		{"the export of the same name", "bam/output/batch1.csv", "bam/output/migrations/batch1.csv_" + batch + ".csv", nil, MigrationNone},
		{"another upload", "bam/batch2.csv", "bam/batch1.csv_" + batch + ".csv", nil, MigrationNone},
		{"a result under a name of its own", "bam/batch1.csv", "bam/results.csv", nil, MigrationNone},
		{"not eligible", "bam/batch1.csv", "bam/batch1.csv_" + batch + ".csv", func(s *situation) { s.Sub.MigrationEligible = No }, MigrationNone},
		{"a copy of the result sorts first", "bam/batch1.csv", "bam/a-copy.csv", func(s *situation) {
			s.Copies = map[string][]string{"bam/a-copy.csv": {"bam/batch1.csv_" + batch + ".csv"}}
		}, MigrationVanished},
		{"a copy of the upload sorts first", "bam/a-copy.csv", "bam/batch1.csv_" + batch + ".csv", func(s *situation) {
			s.Copies = map[string][]string{"bam/a-copy.csv": {"bam/batch1.csv"}}
		}, MigrationVanished},
		{"the rows of the upload stand in the export as well", "bam/batch1.csv", "bam/batch1.csv_" + batch + ".csv", func(s *situation) {
			sub := apart(s.Sub)
			s.Records = append(s.Records, Record{Source: Source{File: "bam/all.csv", Row: 7}, Role: RoleSubscription, Hash: hashOf(999),
				Exported: day("2026-11-20"), Licences: sub.Licences, Sub: &sub})
		}, MigrationVanished},
		{"has a result elsewhere", "bam/batch1.csv", "bam/batch1.csv_" + batch + ".csv", func(s *situation) {
			s.result("status.csv", "2026-11-21", Migration{State: MigrationRunning})
		}, MigrationRunning},
	}
	for _, test := range tests {
		s := legacySituation()
		if test.edit != nil {
			test.edit(s)
		}
		s.result(test.result, "2026-11-20", Migration{State: MigrationRunning, SubscriptionID: "S-9"})
		sub := apart(s.Sub)
		s.Records = append(s.Records, Record{Source: Source{File: test.upload, Row: 2}, Role: RoleSubscription, Hash: hashOf(999),
			Exported: day("2026-11-20"), Licences: sub.Licences, Sub: &sub})
		if got := s.first(t).Migration().State; got != test.want {
			t.Errorf("%s: got %v, want %v", test.name, got, test.want)
		}
	}
}

func TestTransferRequests(t *testing.T) {
	for _, n := range []int{1, 25, 26, 50, 51} {
		s := newSituation()
		s.Sub.Channel, s.Sub.Programme = OtherPartner, NCE
		for i := 1; i < n; i++ {
			sub := apart(s.Sub)
			sub.SubscriptionID = fmt.Sprintf("T-%02d", i)
			s.add(RoleSubscription, sub)
		}
		items := map[int]int{}
		of := 0
		for _, r := range s.build().Rows {
			items[int(r.Transfer.N)]++
			of = int(r.Transfer.Of)
		}
		if want := (n + 24) / 25; len(items) != want || of != want || items[0] > 0 {
			t.Errorf("%d subscriptions: got %v of %d requests, want %d", n, items, of, want)
		}
		for request, size := range items {
			if size > 25 {
				t.Errorf("%d subscriptions: request %d holds %d", n, request, size)
			}
		}
	}
	s := newSituation()
	if r := s.first(t); r.Transfer.N != 0 {
		t.Errorf("bought direct: got request %+v", r.Transfer)
	}
}

// Of two failures on one day the first that is listed gives the reason.
func TestReasonOfTwoFailures(t *testing.T) {
	s := legacySituation()
	s.result("a.csv", "2026-11-20", Migration{State: MigrationFailed, Reason: "no agreement"})
	s.result("b.csv", "2026-11-20", Migration{State: MigrationFailed, Reason: "no partner id"})
	if got := s.first(t).Migration().Reason; got != "no agreement" {
		t.Errorf("got %q, want the reason that stands first", got)
	}
}

// What the tool reports as completed and an export of CSP shows as well is one
// subscription: the export tells how many licences there are today.
func TestCompletedAndExportedIsOne(t *testing.T) {
	s := legacySituation()
	s.result("r.csv", "2026-11-20", Migration{State: MigrationCompleted, Licences: Whole(20)})
	s.csp("N-1", func(c *Subscription) { c.Rare.MigratedFrom, c.Licences = "S-1", Whole(12) })
	if r := s.first(t); r.Seen != 12 || r.Progress != ProgressPartly {
		t.Errorf("got %d seen, %v, want 12 of 20", r.Seen, r.Progress)
	}
}

// A migration that failed is nobody's work once CSP has the licences by another
// way: the old subscription is to be ended.
func TestFailedButProvisioned(t *testing.T) {
	s := legacySituation()
	s.Previous = []PreviousRow{{Key: keyOf("sub", "s-1"), FirstSeen: day("2026-11-01")}}
	s.result("r.csv", "2026-11-20", Migration{State: MigrationFailed})
	s.csp("N-1", func(*Subscription) {})
	if r := s.first(t); r.Progress != ProgressProvisioned || r.Next.Code != NextEndRenewal {
		t.Errorf("got %v, %s, want the old one to be ended", r.Progress, r.Next.Code)
	}
}

// A subscription that has moved needs no place in a request any more.
func TestTransferredNeedsNoRequest(t *testing.T) {
	s := twoSides(keyOf("sub", "s-1"))
	s.Sub.Channel, s.Sub.Programme = OtherPartner, NCE
	s.csp("N-1", func(*Subscription) {})
	second := apart(s.Sub)
	second.SubscriptionID, second.SKUGUID, second.OfferTitle = "S-2", skuBP, ""
	s.add(RoleSubscription, second)
	p := s.build()
	moved, open := &p.Rows[p.Fates[0].Row], &p.Rows[p.Fates[len(p.Fates)-1].Row]
	if moved.Progress != ProgressProvisioned || moved.Transfer != (TransferRequest{}) || open.Transfer != (TransferRequest{1, 1}) {
		t.Errorf("got %v in request %+v, the other in %+v; want none, 1 of 1", moved.Progress, moved.Transfer, open.Transfer)
	}
}
