//go:build unix

package app

import "syscall"

// freeBytes returns how much room is left where the folder lies; 0 when that cannot be told.
func freeBytes(folder string) int64 {
	var disk syscall.Statfs_t
	if err := syscall.Statfs(folder, &disk); err != nil {
		return 0
	}
	return int64(disk.Bavail) * int64(disk.Bsize) //nolint:unconvert // the types differ between systems
}
