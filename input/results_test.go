package input

import (
	"testing"
	"time"

	"cspplan/reconcile"
)

// What the batch tool's results say of a subscription, by the tool's own words.
func TestMigrationResults(t *testing.T) {
	const (
		migrated  = "LegacySubscriptionId|MigrationStatus|NCESeatCount|ErrorCode|ErrorReason|NCESubscriptionId|BatchId|MigrationId"
		scheduled = "LegacySubscriptionId|NCESeatCount|TargetDate|MigrateOnRenewal|MigrationScheduleStatus|MigrationScheduleId|ErrorCode|ErrorReason"
	)
	on := reconcile.NewDate(2026, time.December, 7)
	for _, c := range []struct {
		name, head, cells string
		want              reconcile.Migration
	}{
		{"completed", migrated, "Completed|3|||N-1|b|m", reconcile.Migration{State: reconcile.MigrationCompleted, Word: "Completed", NewID: "N-1", Licences: reconcile.Whole(3)}},
		{"running", migrated, "Processing||||||m", reconcile.Migration{State: reconcile.MigrationRunning, Word: "Processing"}},
		{"could not be sent", migrated, "||14|Too close to the end|||", reconcile.Migration{State: reconcile.MigrationFailed, ErrorCode: "14", Reason: "Too close to the end"}},
		{"no word, but a new subscription", migrated, "||||N-1||", reconcile.Migration{State: reconcile.MigrationCompleted, NewID: "N-1"}},
		{"a word nobody published", migrated, "Validated||||||", reconcile.Migration{State: reconcile.MigrationReported, Word: "Validated"}},
		{"for a day", scheduled, "3|12/07/2026 00:00:00|False|Scheduled|i||", reconcile.Migration{State: reconcile.MigrationScheduled, Word: "Scheduled", Licences: reconcile.Whole(3), On: on}},
		{"for the renewal", scheduled, "3||True|Scheduled|i||", reconcile.Migration{State: reconcile.MigrationScheduled, Word: "Scheduled", Licences: reconcile.Whole(3), OnRenewal: true}},
		{"for a day, nothing about the renewal", scheduled, "3|12/07/2026 00:00:00||Scheduled|i||", reconcile.Migration{State: reconcile.MigrationScheduled, Word: "Scheduled", Licences: reconcile.Whole(3), On: on}},
		{"taken back", scheduled, "3|12/07/2026 00:00:00|False|Cancelled|i||", reconcile.Migration{State: reconcile.MigrationCancelled, Word: "Cancelled", Licences: reconcile.Whole(3), On: on}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, records := readOne(t, Options{}, "exports/r.csv", csvOf(c.head, subA+"|"+c.cells))
			if len(records) != 1 || records[0].Migration == nil {
				t.Fatalf("got %+v, want one result", records)
			}
			c.want.SubscriptionID = subA
			if got := *records[0].Migration; got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
	_, records := readOne(t, Options{}, "exports/r.csv", csvOf(migrated, "|Completed|3|||N-1|b|m"))
	if records[0].Migration != nil {
		t.Errorf("a line that names no subscription gave %+v", records[0].Migration)
	}
}
