//go:build unix

package search

import (
	"syscall"
	"time"
)

// processorTime returns the time that all processors have spent on this program.
func processorTime() time.Duration {
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		return 0
	}
	return time.Duration(use.Utime.Nano() + use.Stime.Nano())
}
