package input

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestMostRows: all files share the room, and one row more stops all reading.
func TestMostRows(t *testing.T) {
	dir := t.TempDir()
	var files []File
	for i := range 3 {
		path := filepath.Join(dir, fmt.Sprintf("%d.csv", i))
		rows := "Customer,Offer,Licences,Expires\n" + strings.Repeat(fmt.Sprintf("Contoso %d,Office 365 E3,1,2027-03-01\n", i), 10_000)
		if err := os.WriteFile(path, []byte(rows), 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, File{Path: path, Name: filepath.Base(path)})
	}
	for _, c := range []struct {
		most, want int
	}{{0, 30_000}, {30_000, 30_000}, {29_999, 0}, {1, 0}} {
		batch, err := Read(context.Background(), files, Options{MostRows: c.most})
		if full := errors.Is(err, ErrTooManyRows); full != (c.want == 0) || len(batch.Records) != c.want {
			t.Errorf("room for %d: %d rows, error %v; want %d", c.most, len(batch.Records), err, c.want)
		}
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := Read(ctx, files, Options{MostRows: 1}); !errors.Is(err, context.Canceled) {
		t.Errorf("a stopped run says %v", err)
	}
}
