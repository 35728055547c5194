package prose

import (
	"context"
	"io"
	"strings"

	"chonoi/internal/fault"
)

// readPlain makes a paragraph of each line of a text file; blank lines are told by Gap.
func (t *Text) readPlain(ctx context.Context, r io.ReaderAt, size int64) error {
	lines, err := t.readLines(ctx, r, size, MostText)
	if err != nil {
		return err
	}
	t.Blocks = make([]Block, 0, len(lines)/2)
	gap, page := false, false
	for i, line := range lines {
		ends := strings.Contains(line, "\f") // a line that only ends a page is no blank one
		for n, said := range strings.Split(line, "\f") {
			page = page || n > 0
			if said = strings.TrimRight(clean(said), " \t"); strings.TrimSpace(said) == "" {
				gap = gap || !ends
				continue
			}
			if len(t.Blocks) >= MostPieces {
				return fault.New(fault.TooLarge, "prose.too_many_pieces", "N", MostPieces)
			}
			p := &Paragraph{Text: said, Level: -1, Caps: capitals(said), Gap: gap, Page: page, Line: i + 1}
			t.Blocks = append(t.Blocks, Block{Paragraph: p})
			gap, page = false, false
		}
	}
	return nil
}
