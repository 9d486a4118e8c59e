//go:build unix

package sheet

import (
	"os"
	"syscall"
)

// openOrdinary opens a file without following a symbolic link in its place, and
// without waiting for what a pipe might say.
func openOrdinary(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK|syscall.O_NOFOLLOW, 0)
}
