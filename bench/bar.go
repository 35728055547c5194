package main

import (
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
)

// newBar shows how far a part of the run is, when somebody watches.
func newBar(total int, what string) *progressbar.ProgressBar {
	info, err := os.Stderr.Stat()
	watched := err == nil && info.Mode()&os.ModeCharDevice != 0 && what != ""
	return progressbar.NewOptions(total, progressbar.OptionSetWriter(os.Stderr),
		progressbar.OptionSetVisibility(watched), progressbar.OptionSetDescription(what), progressbar.OptionShowCount(),
		progressbar.OptionThrottle(200*time.Millisecond), progressbar.OptionClearOnFinish())
}
