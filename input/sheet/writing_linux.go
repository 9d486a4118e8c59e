package sheet

import (
	"os"
	"syscall"
	"time"
)

// The attempts at asking whether a file is being written. A process that is just
// being started holds its parent's files for a moment.
const (
	writingAttempts = 5
	writingPause    = 20 * time.Millisecond
)

// openForWriting tells whether a program has the file open for writing: the
// kernel grants a read lease only if none has. Where it cannot tell (files of
// others, network shares) the answer is no, and only the file's size and time
// show that it changes.
func openForWriting(file *os.File) bool {
	for range writingAttempts {
		if !leaseRefused(file) {
			return false
		}
		time.Sleep(writingPause)
	}
	return true
}

func leaseRefused(file *os.File) bool {
	conn, err := file.SyscallConn()
	if err != nil {
		return false
	}
	refused := false
	conn.Control(func(fd uintptr) {
		_, _, errno := syscall.Syscall(syscall.SYS_FCNTL, fd, syscall.F_SETLEASE, syscall.F_RDLCK)
		refused = errno == syscall.EAGAIN
		if errno == 0 {
			syscall.Syscall(syscall.SYS_FCNTL, fd, syscall.F_SETLEASE, syscall.F_UNLCK)
		}
	})
	return refused
}
