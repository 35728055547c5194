package prose

import (
	"context"
	"io"
)

func readMarkdown(ctx context.Context, r io.ReaderAt, size int64) (*Text, error) {
	t, err := readPlain(ctx, r, size)
	if err == nil {
		t.Kind = "md"
	}
	return t, err
}
