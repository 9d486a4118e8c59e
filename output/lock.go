package output

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

// LockName is the file in the output folder that a running job holds.
const LockName = ".cspplan.lock"

// ErrBusy means that another run holds the lock.
var ErrBusy = errors.New("another run is under way")

// Lock takes the output folder for one run. The kernel holds the lock, so it
// ends with its process, however that ends. If another run has it, the error
// wraps ErrBusy and says who and since when. The returned function gives the
// lock back.
func Lock(dir string, now time.Time) (release func(), err error) {
	if err := PrivateFolder(dir); err != nil {
		return nil, err
	}
	path := filepath.Join(dir, LockName)
	if err := refuseOddLock(path); err != nil {
		return nil, err
	}
	lock := flock.New(path, flock.SetPermissions(0o600))
	ok, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("locking the output folder: %w", err)
	}
	if !ok {
		return nil, fmt.Errorf("%w in %s: %s", ErrBusy, dir, holder(path))
	}
	line := fmt.Sprintf("process %d since %s\n", os.Getpid(), now.UTC().Format(time.RFC3339))
	if err := os.WriteFile(path, []byte(line), 0o600); err != nil {
		lock.Unlock()
		return nil, fmt.Errorf("writing the lock: %w", err)
	}
	return func() {
		os.Truncate(path, 0) // the next one must not be taken for this one
		lock.Unlock()
	}, nil
}

// holder says who has the lock. It waits a moment for one that has only just
// taken it.
func holder(path string) string {
	for range 20 {
		if line, err := os.ReadFile(path); err == nil && len(line) > 0 {
			return strings.TrimSpace(string(line))
		}
		time.Sleep(5 * time.Millisecond)
	}
	return "it has not said which one"
}

// refuseOddLock keeps the lock from being written through a link into a file
// elsewhere, and from waiting at a pipe for ever.
func refuseOddLock(path string) error {
	info, err := os.Lstat(path)
	if err == nil && !info.Mode().IsRegular() {
		return fmt.Errorf("locking the output folder: %s is no ordinary file; remove it", path)
	}
	return nil
}

// refuseLink keeps what is written into a folder of the output folder from
// landing elsewhere.
func refuseLink(path string) error {
	info, err := os.Lstat(path)
	if err == nil && info.Mode()&os.ModeSymlink != 0 {
		return fmt.Errorf("%s is a symbolic link, and links are not followed; put a folder there", path)
	}
	return nil
}

// PrivateFolder makes an output folder if need be, and refuses one that everybody
// may write into.
func PrivateFolder(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("making the output folder: %w", err)
	}
	return refuseOpenFolder(dir)
}

// ErrOpenFolder means that everybody on the machine may write into the output
// folder: any of them could put their file in the place of a plan.
var ErrOpenFolder = errors.New("everybody may write into it")

func refuseOpenFolder(dir string) error {
	info, err := os.Stat(dir)
	if err != nil {
		return fmt.Errorf("looking at the output folder: %w", err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o002 != 0 { // there, rights are no mode
		return fmt.Errorf("output folder %s: %w", dir, ErrOpenFolder)
	}
	return nil
}
