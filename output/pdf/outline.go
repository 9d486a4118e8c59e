package pdf

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
)

// outlineParent is the end of an outline item that has others below it. The
// library writes that it has none, which strict readers refuse (ISO 32000-1,
// table 153: Count is the number of items below, negative while they are
// closed). What stands at the end of the destination, a zoom of null, means the
// same as 0 and leaves room for the number, so that no byte moves.
var outlineParent = regexp.MustCompile(`(/First \d+ 0 R\n/Last \d+ 0 R\n/Dest \[\d+ 0 R /XYZ 0 -?[\d.]+) null\]\n/Count 0>>`)

// outlineRoom is how many characters the number of items may have.
const outlineRoom = len(" null]\n/Count 0>>") - len(" 0]\n/Count >>")

// An outline counts bookmarks while they are added: those of the first level,
// and below each those of the second.
type outline []int

func (o *outline) add(level int) {
	if level == 0 {
		*o = append(*o, 0)
	} else {
		(*o)[len(*o)-1]++
	}
}

// mend writes into a finished document how many bookmarks stand below each.
func (o outline) mend(document []byte) {
	at := bytes.LastIndex(document, []byte("endstream")) // the outline stands behind all streams
	if at < 0 {
		return
	}
	tail := document[at:]
	items := outlineParent.FindAllSubmatchIndex(tail, -1)
	for _, below := range o {
		if below == 0 || len(items) == 0 {
			continue
		}
		number := fmt.Sprintf("%d", -below)
		if len(number) <= outlineRoom {
			copy(tail[items[0][3]:], fmt.Sprintf(" 0]\n/Count %*s>>", outlineRoom, number))
		}
		items = items[1:]
	}
}

// output writes the finished document to w.
func (d *document) output(w io.Writer) error {
	var b bytes.Buffer
	if err := d.pdf.Output(&b); err != nil {
		return err
	}
	d.outline.mend(b.Bytes())
	_, err := w.Write(b.Bytes())
	return err
}
