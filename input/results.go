package input

import (
	"strings"

	"cspplan/input/sheet"
	"cspplan/reconcile"
)

// migration reads a line of the batch tool's results. A line that names no
// subscription says nothing about any row.
func (b *builder) migration(row sheet.Row, rec *reconcile.Record) {
	var ids reconcile.Subscription
	m := &reconcile.Migration{
		SubscriptionID: b.ownID(row, fSubscriptionID, &ids),
		Word:           b.kept(fResult, b.text(row, fResult)),
		ErrorCode:      b.kept(fErrorCode, b.text(row, fErrorCode)),
		Reason:         b.kept(fErrorReason, b.text(row, fErrorReason)),
		NewID:          b.ownID(row, fNewID, &ids),
	}
	if m.SubscriptionID == "" {
		return
	}
	m.Licences, _ = b.count(row, fLicences)
	if b.has(fTargetDate) {
		m.On, _ = b.column(fTargetDate).dates.read(b.cell(row, fTargetDate))
	}
	m.OnRenewal = b.has(fOnRenewal) && word(b, row, fOnRenewal, parseTri) == reconcile.Yes
	m.State = migrationState(m)
	rec.Migration = m
}

// migrationState reads the tool's word. Lines that the tool could not send carry
// an error and no state; words that nobody has published are shown as they are.
func migrationState(m *reconcile.Migration) reconcile.MigrationState {
	word := strings.ToLower(m.Word)
	for _, known := range []struct {
		part  string
		state reconcile.MigrationState
	}{
		{"fail", reconcile.MigrationFailed},
		{"error", reconcile.MigrationFailed},
		{"complete", reconcile.MigrationCompleted},
		{"cancel", reconcile.MigrationCancelled},
		{"process", reconcile.MigrationRunning},
		{"progress", reconcile.MigrationRunning},
		{"schedule", reconcile.MigrationScheduled},
	} {
		if strings.Contains(word, known.part) {
			return known.state
		}
	}
	switch {
	case m.ErrorCode != "" || m.Reason != "":
		return reconcile.MigrationFailed
	case m.Word == "" && m.NewID != "":
		return reconcile.MigrationCompleted
	}
	return reconcile.MigrationReported
}
