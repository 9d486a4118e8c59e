package sheet

import (
	"errors"
	"io"
)

// inflated reads one member of an archive and stops at the limits, measured on
// what really comes out: what an archive declares about itself can be a lie.
type inflated struct {
	r      io.Reader
	where  string // file, for messages
	what   string // the archive or the part in it, for messages
	packed int64  // compressed bytes
	limits Limits
	n      int64 // inflated bytes
}

func (z *inflated) Read(p []byte) (int, error) {
	n, err := z.r.Read(p)
	z.n += int64(n)
	switch {
	case z.n > z.limits.InflatedBytes:
		return 0, refuse(CodeTooLarge, z.where, "%s holds more than %s unpacked; %s", z.what, byteSize(z.limits.InflatedBytes), raise("inflated_bytes"))
	case z.limits.bomb(z.n, z.packed):
		return 0, refuse(CodeTooLarge, z.where, "%s unpacks to more than %d times its size, as an archive made to exhaust the machine does; %s", z.what, z.limits.Ratio, raiseRatio)
	case err == nil || err == io.EOF:
		return n, err
	case errors.Is(err, io.ErrUnexpectedEOF):
		return n, refuse(CodeBrokenZip, z.where, "%s is cut off before its end; %s", z.what, copyAgain)
	}
	return n, refuse(CodeBrokenZip, z.where, "%s is damaged: its contents do not agree with its checksum; %s", z.what, copyAgain)
}

const raiseRatio = "save it again, or if it can be trusted raise limits.ratio in the settings"

// bomb tells an archive that unpacks to more than honest ones do.
func (l Limits) bomb(unpacked, packed int64) bool {
	return unpacked > ratioFrom && unpacked/l.Ratio > packed
}

// A budget bounds what all the files of one archive unpack to, the parts of the
// workbooks among them included.
type budget struct {
	name   string // of the archive
	packed int64
	limits Limits
	n      int64
}

// charge takes a number of unpacked bytes out of the budget.
func (b *budget) charge(n int64) error {
	if b == nil {
		return nil
	}
	b.n += n
	switch {
	case b.n > b.limits.InflatedBytes:
		return refuse(CodeTooLarge, b.name, "the files of the archive, and the workbooks among them, have more than %s unpacked; %s", byteSize(b.limits.InflatedBytes), raise("inflated_bytes"))
	case b.limits.bomb(b.n, b.packed):
		return refuse(CodeTooLarge, b.name, "the archive unpacks to more than %d times its size, as one made to exhaust the machine does; %s", b.limits.Ratio, raiseRatio)
	}
	return nil
}
