package report

import "cspplan/reconcile"

// controlTable is the control totals, then the inputs, the roll-forward of the
// exceptions, settings and sources.
// Its rows follow Checks, which writers may add to.
func (rep *Report) controlTable() *Table {
	t := rep.newTable("ControlTotals", "control", []Column{
		rep.col("check", "col.check", Text, 60).wrapped(),
		rep.col("in", "col.in", Count, 16),
		rep.col("out", "col.out", Count, 16),
		rep.col("difference", "col.difference", Count, 14),
		rep.col("result", "col.result", Text, 14).indented(),
	})
	t.Protected = true
	t.FreezeColumns = 1
	t.Len = len(rep.Checks)
	t.Row = func(i int, dst []Value) []Value {
		c := rep.Checks[i]
		return append(dst, textCell(c.What), c.cell(c.In), c.cell(c.Out), c.cell(c.Out-c.In).when(!c.Agrees(), Alarm), rep.resultCell(c))
	}
	inputs := rep.inputsLead()
	t.Lead = append([]Lead{inputs}, rep.rollLeads()...)
	t.Lead = append(t.Lead, rep.settingsLead(), rep.sourcesLead())
	if rep.opt.part != "" {
		t.Lead[0] = rep.textLead("pdf.inputs", rep.Text.Label("part.see_whole", "name", rep.opt.part))
	}
	t.PrintColumns = len(inputs.Columns) - 1
	return t
}

// cell is one side of a check: money where it has digits. Zero is a figure
// here, not a dash.
func (c Check) cell(n int64) Value {
	if c.Digits > 0 {
		return Value{Form: Form{Kind: Amount, Digits: uint8(c.Digits)}, N: n}
	}
	return numberCell(n)
}

func (rep *Report) resultCell(c Check) Value {
	if c.Agrees() {
		return textCell(Mark(reconcile.Ready) + " " + rep.Text.Label("agrees")).with(ReadyLook)
	}
	return textCell(Mark(reconcile.DataLoss) + " " + rep.Text.Label("differs")).with(DataLossLook)
}

// inputsLead is one row a file. What tells whether it is explained comes first;
// the long hash stands last, beyond what is printed.
func (rep *Report) inputsLead() Lead {
	columns := []Column{
		rep.col("file", "col.file", Text, 60),
		rep.col("rows", "col.rows", Count, 12),
	}
	for _, o := range reconcile.Outcomes {
		columns = append(columns, rep.col(o.String(), "outcome."+o.String(), Count, 12))
	}
	columns = append(columns,
		rep.col("layout", "col.layout", Text, 28).indented(),
		rep.col("modified", "col.modified", Text, 21),
		rep.col("bytes", "col.bytes", Bytes, 14),
		rep.col("refused", "col.refused", Text, 36).indented().wrapped(),
		rep.col("sha256", "col.sha256", Text, 66).identifier(),
	)
	lead := Lead{Title: rep.Text.Label("pdf.inputs"), Columns: columns}
	for _, in := range rep.Inputs {
		row := []Value{textCell(in.File), numberCell(int64(in.Rows))}
		for _, o := range reconcile.Outcomes {
			row = append(row, numberCell(int64(in.Outcomes[o])))
		}
		lead.Rows = append(lead.Rows, append(row, textCell(in.Layout), textCell(in.Modified), Value{Form: Form{Kind: Bytes}, N: in.Bytes},
			textCell(in.Refused).with(Alarm), textCell(in.SHA256)))
	}
	return lead
}

func (rep *Report) settingsLead() Lead {
	lead := Lead{Title: rep.Text.Label("control.settings"), Columns: []Column{
		rep.col("setting", "col.setting", Text, 60),
		rep.col("value", "col.setting_value", Text, 60),
	}}
	for _, s := range rep.Settings {
		lead.Rows = append(lead.Rows, []Value{textCell(s.Name), textCell(s.Value)})
	}
	lead.Rows = append(lead.Rows, []Value{textCell("cspplan"), textCell(rep.Version)})
	return lead
}

func (rep *Report) sourcesLead() Lead {
	return rep.textLead("control.sources", rep.Sources...)
}

// textLead is a small table of one column.
func (rep *Report) textLead(title string, lines ...string) Lead {
	heading := rep.Text.Label(title)
	lead := Lead{Title: heading, Columns: []Column{{Code: "text", Heading: heading, Kind: Text, Width: 60, Wrap: true}}}
	for _, s := range lines {
		lead.Rows = append(lead.Rows, []Value{textCell(s)})
	}
	return lead
}
