package sheet

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"testing"
	"testing/iotest"
)

func TestAhead(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, size := range []int{0, 1, aheadBytes - 1, aheadBytes, aheadBytes + 1, 5*aheadBytes + 17} {
		content := make([]byte, size)
		for i := range content {
			content[i] = byte(random.Uint32())
		}
		for pace, r := range map[string]io.Reader{
			"at once": bytes.NewReader(content), "by halves": iotest.HalfReader(bytes.NewReader(content)), "with its end": iotest.DataErrReader(bytes.NewReader(content)),
		} {
			got, err := io.ReadAll(iotest.HalfReader(&ahead{r: r}))
			if err != nil || !bytes.Equal(got, content) {
				t.Errorf("%d bytes %s: got %d, error %v", size, pace, len(got), err)
			}
		}
	}
}

// What goes wrong comes behind all that was read before it.
func TestAheadFails(t *testing.T) {
	broken := errors.New("disk gone")
	for _, size := range []int{0, 9, aheadBytes, 2*aheadBytes + 5} {
		in := io.MultiReader(bytes.NewReader(make([]byte, size)), iotest.ErrReader(broken))
		if got, err := io.ReadAll(&ahead{r: in}); !errors.Is(err, broken) || len(got) != size {
			t.Errorf("%d bytes, then a fault: got %d bytes, error %v", size, len(got), err)
		}
		var refused *Refusal
		in = io.MultiReader(bytes.NewReader(make([]byte, size)), stumbling{})
		if got, err := io.ReadAll(&ahead{r: in, where: "a.xlsx"}); !errors.As(err, &refused) || refused.Code != CodeInternalFault || len(got) != size {
			t.Errorf("%d bytes, then a panic: got %d bytes, error %v", size, len(got), err)
		}
	}
}

type stumbling struct{}

func (stumbling) Read([]byte) (int, error) { panic("a state that cannot be") }
