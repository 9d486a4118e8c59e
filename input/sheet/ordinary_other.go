//go:build !unix

package sheet

import "os"

// openOrdinary opens a file that is no symbolic link; links are told by looking
// first, as the system cannot be asked to refuse them.
func openOrdinary(path string) (*os.File, error) {
	if info, err := os.Lstat(path); err == nil && info.Mode()&os.ModeSymlink != 0 {
		return nil, os.ErrInvalid
	}
	return os.Open(path)
}
