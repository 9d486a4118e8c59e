package reconcile

// The checks of rules about the other side: what the batch tool and the exports
// of CSP say about a move that has begun.

func migrationFailed(_ *ruleContext, r *Row) bool { return r.Migration().State == MigrationFailed }

// migrationVanished: the tool drops rows that it could not send without a word,
// so that a row without a result is not known to be done.
func migrationVanished(_ *ruleContext, r *Row) bool { return r.Migration().State == MigrationVanished }

func migrationOverdue(c *ruleContext, r *Row) bool { return r.overdue(c.in.AsOf) }

func migrationPending(_ *ruleContext, r *Row) bool {
	switch r.Migration().State {
	case MigrationScheduled, MigrationRunning, MigrationReported:
		return true
	}
	return false
}

func cspOfferDiffers(c *ruleContext, _ *Row) bool { return c.draft.another != nil }

func evidenceMigration(c *ruleContext, r *Row) []string {
	m := r.Migration()
	args := []string{"result", m.Word, "error", m.ErrorCode, "reason", m.Reason, "on", m.On.String()}
	if c.draft.from != nil {
		args = append(args, "place", place(*c.draft.from))
	}
	return args
}

func evidenceAnother(c *ruleContext, r *Row) []string {
	o := c.draft.another
	if o == nil {
		return []string{"offer", targetName(r)}
	}
	return []string{"offer", targetName(r), "found", o.sub.OfferTitle, "product", productText(o.sub), "n", countText(o.sub.Licences), "place", place(o.source)}
}
