package pdf

const (
	signGap   = 7.0  // above the block
	signRoom  = 64.0 // of the whole block: it is never split
	signLine  = 54.0 // length of a line
	signSpace = 17.0 // above the line of a signature
)

// signOff is the block that three people sign, or, if a control total differs,
// the box that says not to.
func (d *document) signOff() {
	d.gap(signGap)
	if !d.r.Agree {
		d.stop()
		return
	}
	d.need(signRoom)
	d.heading(d.label("pdf.signoff"))
	covers := d.label("sign.covers", "date", d.r.Text.Day(d.r.AsOf), "id", d.r.RunID, "hash", d.r.InputHash)
	d.paragraph(d.left, d.right-d.left, covers, bodyStyle.with(secondary))
	d.y += 6
	roles := []string{"sign.prepared", "sign.checked", "sign.approved"}
	w := d.mm(signLine)
	gap := (d.right - d.left - w*float64(len(roles))) / float64(len(roles)-1)
	for i, role := range roles {
		d.signBlock(d.left+float64(i)*(w+gap), w, d.label(role))
	}
}

// signBlock is the lines for one person.
func (d *document) signBlock(x, w float64, role printable) {
	d.text(x, d.y, role, d.fit(role, w, cellStyle.in(bold)))
	y := d.y
	for _, line := range []struct {
		key  string
		room float64
	}{{"sign.name", 10}, {"sign.date", 11}, {"sign.signature", signSpace}} {
		y += line.room
		d.rule(x, x+w, y, ink, 0.25)
		d.text(x, y+3.2, d.label(line.key), footerStyle)
	}
}

// stop is the box in place of the signatures.
func (d *document) stop() {
	const height = 24.0
	d.need(height + 4)
	d.setLine(alarm, 1)
	d.setFill(tint)
	d.pdf.Rect(d.left+0.5, d.y, d.right-d.left-1, height, "FD")
	text := d.label("pdf.not_to_sign")
	st := d.fit(text, d.right-d.left-16, headlineStyle)
	d.text(d.left+8, d.y+14, text, st.with(alarm))
	d.y += height
}
