package output

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"cspplan/output/excel"
	"cspplan/report"
)

// splits tells whether there are workbooks of parts.
func (job *Job) splits() bool { return job.Report.SplitBy() != report.SplitNone }

// partTotals are what the workbooks of all parts hold, each and together, which
// must be the whole plan.
type partTotals struct {
	mu     sync.Mutex
	sum    excel.Totals
	byFile map[string]excel.Totals
}

func newPartTotals() *partTotals {
	return &partTotals{sum: excel.Totals{Money: map[string]int64{}}, byFile: map[string]excel.Totals{}}
}

func (t *partTotals) add(file string, held excel.Totals) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.sum.Add(held)
	t.byFile[file] = held
}

// writePart writes the workbook of one part and reads it back.
func (job *Job) writePart(ctx context.Context, work string, part report.Part) (got excel.Totals, err error) {
	name := partFile(part, ".xlsx")
	want := plannedTotals(part.Report.Plan)
	for _, c := range fileChecks(part.Report, name, want, want) {
		part.Report.AddCheck(c)
	}
	got, err = job.putBook(ctx, work, name, func(w io.Writer) error {
		_, err := excel.Write(w, part.Report, excel.Options{Tmp: work, ProtectLists: job.ProtectLists, Progress: job.told(name), Stop: ctx.Err})
		return err
	})
	if err != nil {
		return got, err
	}
	if !want.Equal(got) {
		return got, fmt.Errorf("%w: %s does not hold its rows", ErrTotals, name)
	}
	return got, nil
}

// maxSlug keeps names of parts far below what file systems allow.
const maxSlug = 60

// PartFile names the workbook of an owner, or of the customer with a key.
func PartFile(name, key string) string {
	return partFile(report.Part{Name: name, Key: key}, ".xlsx")
}

// partFile names the file of a part.
func partFile(part report.Part, ext string) string { return partPrefix + partName(part) + ext }

// partName tells the files of a part from others: letters, digits and hyphens of
// its name as far as they are plain ASCII, for people, and the start of a hash
// of what tells it from others. So no two parts share a file, also where upper
// and lower case are one, a part keeps its file while others come and go, and no
// name is one that Windows reserves.
func partName(part report.Part) string {
	var slug strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(part.Name)) {
		switch {
		case slug.Len() >= maxSlug || unicode.Is(unicode.Mn, r): // an accent, parted from its letter
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			slug.WriteRune(r)
		case slug.Len() > 0 && !strings.HasSuffix(slug.String(), "-"):
			slug.WriteByte('-')
		}
	}
	sum := sha256.Sum256([]byte(part.Key))
	hash := hex.EncodeToString(sum[:4])
	if s := strings.Trim(slug.String(), "-"); s != "" {
		return s + "-" + hash
	}
	return hash
}

// partPrefix begins the name of every file of a part.
const partPrefix = "csp-plan-"

// PartPattern is what the names of files like this one have in common, such as
// csp-plan-*.ics, if it is the file of one owner or customer; else empty.
func PartPattern(name string) string {
	for _, prefix := range []string{partPrefix, lettersPrefix} {
		if strings.HasPrefix(name, prefix) {
			return prefix + "*" + filepath.Ext(name)
		}
	}
	return ""
}
