package excel

import (
	"bytes"
	stdflate "compress/flate"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"cspplan/report"
)

// unpacked reads packed rows as any reader of workbooks does, behind the mark of an
// end.
func unpacked(t testing.TB, packed []byte) []byte {
	t.Helper()
	last := []byte{1, 0, 0, 0xff, 0xff} // an empty stored block
	got, err := io.ReadAll(stdflate.NewReader(io.MultiReader(bytes.NewReader(packed), bytes.NewReader(last))))
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// randomText says new things, of few letters or of many, and repeats old ones.
func randomText(rng *rand.Rand, size int) *rowText {
	text := &rowText{}
	text.reset(nil)
	for len(text.text) < size {
		if n := len(text.text); n > 0 && rng.IntN(4) > 0 {
			from := n - 1 - rng.IntN(min(n, 3*window/2))
			long := []int{1, 2, 3, 4, 5, 9, 30, 257, 258, 259, 260, 261, 262, 515, 516, 517, 2000, 40_000}[rng.IntN(18)]
			repeated := text.text[from : from+min(long, n-from)]
			text.text = append(text.text, repeated...)
			text.note(n, len(repeated), n-from)
			continue
		}
		from, letters := len(text.text), 1<<rng.IntN(9)
		for range rng.IntN(60) {
			text.text = append(text.text, byte(rng.IntN(letters)))
		}
		text.search(from, len(text.text))
	}
	return text
}

// TestPackedTextComesBack: whatever repeats, and however far back, also several
// blocks one after the other, of which some are empty.
func TestPackedTextComesBack(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	var p packer
	var packed, want []byte
	for i := range 300 {
		text := randomText(rng, []int{0, 1, 2, 100, 5000, 100_000}[i%6])
		checkRepeats(t, text)
		packed = p.pack(packed, text)
		want = append(want, text.text...)
		if i%20 == 19 {
			if got := unpacked(t, packed); !bytes.Equal(got, want) {
				t.Fatalf("after %d texts: got %d bytes back, want %d, the same up to %d", i, len(got), len(want), sameHead(got, want))
			}
			packed, want = packed[:0], want[:0]
		}
	}
}

// checkRepeats: each repeat says what stands where it leads, in order and within reach.
func checkRepeats(t testing.TB, text *rowText) {
	t.Helper()
	end := int32(0)
	for _, r := range text.repeats {
		from := r.at - r.back
		if r.at < end || r.n < shortRepeat || r.back < 1 || r.back > window || from < 0 {
			t.Fatalf("repeat %+v behind %d is out of order or out of reach", r, end)
		}
		for i := range r.n {
			if text.text[from+i] != text.text[r.at+i] {
				t.Fatalf("repeat %+v is none: %q and %q", r, text.text[from:from+r.n], text.text[r.at:r.at+r.n])
			}
		}
		end = r.at + r.n
	}
	if int(end) > len(text.text) {
		t.Fatalf("the last repeat ends at %d of %d", end, len(text.text))
	}
}

// TestRepeatsOfRows: of rows with texts of every kind and length, those that end at
// a window's length among them, and row numbers that get a digit more.
func TestRepeatsOfRows(t *testing.T) {
	r := sample(t, 3*blockRows)
	rng := rand.New(rand.NewPCG(3, 9))
	row := r.Tables[0].Row
	texts := []string{
		"", " ", "a", "é & <b>", "_x0041_", strings.Repeat("ab", 20_000), strings.Repeat("x", window-40), strings.Repeat("long text ", 3000),
		"line\nline", "\x00\x01", "\xff\xfe", "Ünïcödé " + strings.Repeat("√", 300), "Contoso", "Contoso Ltd", "Contoso Media Ltd",
	}
	picked := make([][3]int, r.Tables[0].Len)
	for i := range picked {
		picked[i] = [3]int{rng.IntN(18), rng.IntN(len(texts)), rng.IntN(3)}
	}
	r.Tables[0].Row = func(i int, dst []report.Value) []report.Value {
		dst = row(i, dst)
		if p := picked[i]; p[2] == 0 {
			dst[p[0]] = report.Value{Form: report.Form{Kind: report.Text}, Text: texts[p[1]]}
		}
		return dst
	}
	book, err := newBook(r, Options{Tmp: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer book.close()
	l := newList(book, book.sheets[0])
	if err := book.learn([]*list{l}); err != nil {
		t.Fatal(err)
	}
	w := &rowWriter{}
	for first := 0; first < l.s.rows; first += blockRows {
		k := &rowBlock{l: l, first: first, rows: blockRows}
		w.make(k)
		for _, sh := range k.missed {
			if _, err := book.styles.of(sh); err != nil {
				t.Fatal(err)
			}
		}
		if w.make(k); k.err != nil || k.fault != nil || len(k.missed) > 0 {
			t.Fatal(k.err, k.fault, k.missed)
		}
		checkRepeats(t, &w.out)
		if got := unpacked(t, k.packed); !bytes.Equal(got, k.plain) {
			t.Fatalf("rows from %d on came back as %d bytes, want %d", first, len(got), len(k.plain))
		}
	}
}

// TestCodeLengths: codes are never longer than they may be, leave no bits unused,
// give what comes up more often no more bits, and are as short as codes without a
// limit wherever those keep it.
func TestCodeLengths(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 5))
	for i := range 2000 {
		counts := make([]int32, 2+rng.IntN(284))
		for s := range counts {
			switch i % 4 {
			case 0:
				counts[s] = int32(rng.IntN(3))
			case 1:
				counts[s] = int32(rng.IntN(100_000))
			case 2:
				counts[s] = 1 << (s % 30) // twice as often each: the deepest tree there is
			}
		}
		limit := longestCode
		if len(counts) <= 19 {
			limit = longestInner
		}
		lengths := make([]uint8, len(counts))
		codeLengths(counts, limit, lengths)
		unused, bits := 1<<limit, int64(0)
		for s, n := range lengths {
			if int(n) > limit || n == 0 && counts[s] > 0 {
				t.Fatalf("%v: symbol %d has %d bits of at most %d", counts, s, n, limit)
			}
			if n > 0 {
				unused -= 1 << (limit - int(n))
			}
			bits += int64(n) * int64(counts[s])
			for o, m := range lengths {
				if n > 0 && m > 0 && counts[s] > counts[o] && n > m {
					t.Fatalf("%v: symbol %d has %d bits, symbol %d, which comes up less often, %d", counts, s, n, o, m)
				}
			}
		}
		if unused != 0 {
			t.Fatalf("%v: lengths %v leave %d of %d codes unused", counts, lengths, unused, 1<<limit)
		}
		if best, deepest := shortest(counts); deepest <= limit && bits > best {
			t.Fatalf("%v: %d bits, want %d", counts, bits, best)
		}
	}
}

// shortest is how many bits the best code takes, and its longest word: each time,
// the two lightest of all trees become one.
func shortest(counts []int32) (bits int64, deepest int) {
	type tree struct {
		weight int64
		depth  int
	}
	var trees []tree
	for _, n := range counts {
		if n > 0 {
			trees = append(trees, tree{weight: int64(n)})
		}
	}
	for len(trees) > 1 {
		slices.SortFunc(trees, func(a, b tree) int {
			if a.weight != b.weight {
				return int(min(max(a.weight-b.weight, -1), 1))
			}
			return a.depth - b.depth
		})
		joined := tree{trees[0].weight + trees[1].weight, max(trees[0].depth, trees[1].depth) + 1}
		bits += joined.weight
		trees = append(trees[2:], joined)
	}
	switch {
	case len(trees) == 0:
		return 0, 0
	case trees[0].depth == 0: // alone, a symbol still takes a bit
		return trees[0].weight, 1
	}
	return bits, trees[0].depth
}

// FuzzPack: a text in pieces, each either new or held against the one before it,
// comes back.
func FuzzPack(f *testing.F) {
	f.Add([]byte("row one,row two,row two,row three"), byte(','))
	f.Add(bytes.Repeat([]byte("abcabcabd"), 500), byte('b'))
	f.Fuzz(func(t *testing.T, data []byte, cut byte) {
		text := &rowText{}
		text.reset(nil)
		before := span{}
		for piece := range bytes.SplitSeq(data, []byte{cut}) {
			at := len(text.text)
			text.text = append(text.text, piece...)
			text.compare(at, before, true)
			before = span{at, len(text.text)}
		}
		checkRepeats(t, text)
		if got := unpacked(t, new(packer).pack(nil, text)); !bytes.Equal(got, text.text) {
			t.Fatalf("got %q, want %q", got, text.text)
		}
	})
}
