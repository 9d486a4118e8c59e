package sheet

import "io"

// Bytes is about how much memory the block holds beside its texts.
func (b *Block) Bytes() int { return 24*len(b.cells) + 48*len(b.Rows) }

// Held is the sheet with rows that were kept (Block.Keep), so that they need not
// be read again. Each block is let go of once it has been walked, so that the
// sheet can be walked once.
func (s Sheet) Held(kept []*Block) Sheet {
	before := s.blocks
	s.blocks = func() *blocks {
		in := before()
		in.open = func() (blockReader, error) { return &heldBlocks{kept}, nil }
		return in
	}
	return s
}

type heldBlocks struct{ left []*Block }

func (h *heldBlocks) read(b *Block) error {
	if len(h.left) == 0 {
		return io.EOF
	}
	*b = *h.left[0]
	h.left[0] = nil
	h.left = h.left[1:]
	b.last = len(h.left) == 0
	return nil
}

func (h *heldBlocks) cut(*Block) error { return nil }
