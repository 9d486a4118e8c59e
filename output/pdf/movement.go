package pdf

// movement is the section of what happened since the run before: how many rows
// changed, which exceptions opened, closed and were rolled forward, and how the
// statuses stood at the last runs.
func (d *document) movement() {
	if !d.has(sectionMovement) {
		return
	}
	d.begin(sectionMovement, d.label("trend.section"))
	d.y -= 3
	w := d.right - d.left
	d.paragraph(d.left, w, d.clean(d.r.RollForwardBase()), bodyStyle.with(secondary))
	d.paragraph(d.left, w, d.clean(d.r.Movement()), bodyStyle)
	d.rollForward()
	d.trend()
}
