//go:build !unix

package search

import "time"

var started = time.Now()

// processorTime returns the time since the start, where the system does not tell more.
func processorTime() time.Duration { return time.Since(started) }
