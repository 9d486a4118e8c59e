// Package output writes a run and publishes it. Everything goes into a work
// folder first, is read back and compared with what was read, and becomes
// visible by one rename; a run that fails leaves the last plan as it was.
//
//	plans/<run-id>/     one folder a run, never rewritten
//	plans/csp-plan.*    copies of the newest, replaced one by one by rename
//	plans/failed/<t>/   what a failed run left
//	plans/.work-<pid>/  while a run is being written
//	plans/.damaged-<id>-<n>/  a damaged folder that the same run replaced
//
// Who writes a format reads it back: plan.csv, notes.csv and run.json of earlier
// runs are read here. The workbook and the PDF have packages of their own.
//
// What people write into workbooks is merged before a plan is made and settled
// once it is there: CollectNotes, Notes.Settle, Notes.Fill, then Publish. What
// they decided stands in notes.csv; what later runs need to tell edits from what
// the workbook showed, in workbook-state.csv. Where either of the newest run is
// damaged, both are made anew from the run before and from its workbooks.
package output
