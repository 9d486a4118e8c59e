package reconcile

// The checks of rules about the other side: what the batch tool and the exports
// of CSP say about a move that has begun.

// underWay tells whether the row still waits for what the batch tool does.
func underWay(r *Row) bool { return r.Progress < ProgressProvisioned && r.Route.needsOffer() }

func migrationFailed(_ *ruleContext, r *Row) bool {
	return r.Migration.State == MigrationFailed && underWay(r)
}

// migrationVanished: the tool drops rows that it could not send without a word,
// so that a row without a result is not known to be done.
func migrationVanished(_ *ruleContext, r *Row) bool {
	return r.Migration.State == MigrationVanished && underWay(r)
}

func migrationPending(_ *ruleContext, r *Row) bool {
	switch r.Migration.State {
	case MigrationScheduled, MigrationRunning, MigrationReported:
		return underWay(r)
	}
	return false
}

func cspOfferDiffers(c *ruleContext, r *Row) bool {
	return c.draft.another != nil && r.Progress != ProgressDone
}

func evidenceMigration(c *ruleContext, r *Row) []string {
	m := &r.Migration
	args := []string{"result", m.Word, "error", m.ErrorCode, "reason", m.Reason, "on", m.On.String()}
	if c.draft.migrationFrom != (Source{}) {
		args = append(args, "place", place(c.draft.migrationFrom))
	}
	return args
}

func evidenceAnother(c *ruleContext, r *Row) []string {
	o := c.draft.another
	return []string{"planned", targetName(r), "found", o.sub.OfferTitle, "product", productText(o.sub), "n", countText(o.sub.Licences), "place", place(o.source)}
}
