package likeness

import (
	"fmt"
	"os"
	"testing"
)

func TestDump(t *testing.T) {
	f, _ := os.Create("/tmp/work/G/features.tsv")
	defer f.Close()
	for _, p := range testSet(t) {
		l := p.a.Compare(p.b)
		fmt.Fprintf(f, "%s\t%v\t%d\t%v\t%.4f", p.kind, p.same, p.half, l.Across, l.Score)
		for tag, one := range p.a.said {
			if l.Across {
				other := p.b.said[tag.Other()]
				for _, x := range acrossFeatures(one, p.a.senses[tag], other, p.b.senses[tag.Other()]) {
					fmt.Fprintf(f, "\t%.4f", x)
				}
			} else {
				for _, x := range alikeFeatures(one, p.b.said[tag]) {
					fmt.Fprintf(f, "\t%.4f", x)
				}
			}
		}
		fmt.Fprintln(f)
	}
}
