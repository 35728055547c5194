package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"chonoi/internal/exchange/sale"
)

type sealCommand struct {
	Sale   string `required:"" help:"Number of the sale: MB-2026-0001."`
	Bidder string `required:"" help:"Number under which one takes part: NM-2026-0001."`
	Price  int64  `required:"" help:"Price in whole đồng."`
	Words  string `help:"File with the words of the bid, - for standard input." placeholder:"FILE"`
	Out    string `required:"" help:"File that keeps the sealed bid; it must not be there yet. Without it the seal cannot be opened." placeholder:"FILE"`
}

// Run writes the sealed bid into a file that only its owner reads, and prints its digest. It asks nobody.
func (c *sealCommand) Run(p *program) error {
	words := ""
	if c.Words != "" {
		raw, err := readMost(c.Words, sale.MostSeal)
		if err != nil {
			return err
		}
		words = string(raw)
	}
	one := sale.Seal{Sale: c.Sale, Bidder: c.Bidder, Price: c.Price, Secret: sale.NewSecret(), Words: words}
	if _, err := sale.ReadSeal(one.Text()); err != nil {
		return errors.New("--price is a whole number of đồng from 1 to 10^15; --words is text of at most 8,000 characters")
	}
	file, err := os.OpenFile(c.Out, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if _, err := file.WriteString(one.Text()); err != nil {
		file.Close()
		return err
	}
	if err := file.Close(); err != nil {
		return err
	}
	fmt.Fprintln(p.out, one.Digest())
	return nil
}

// readMost reads a file, or standard input for "-", up to a size.
func readMost(name string, most int64) ([]byte, error) {
	in := io.Reader(os.Stdin)
	if name != "-" {
		file, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		defer file.Close()
		in = file
	}
	raw, err := io.ReadAll(io.LimitReader(in, most+1))
	if err == nil && int64(len(raw)) > most {
		err = fmt.Errorf("%s: more than %d bytes", name, most)
	}
	return raw, err
}
