package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// table is rows of cells; the first row is the head.
type table [][]string

func (t table) print(out io.Writer, markdown bool) {
	if !markdown {
		aligned := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
		for _, row := range t {
			fmt.Fprintln(aligned, strings.Join(row, "\t"))
		}
		aligned.Flush()
		return
	}
	for i, row := range t {
		fmt.Fprintf(out, "| %s |\n", strings.Join(row, " | "))
		if i == 0 {
			fmt.Fprintf(out, "|%s\n", strings.Repeat("---|", len(row)))
		}
	}
}
