package likeness

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chonoi/internal/lang"
)

// dictionary: longest match
func dictionary(t testing.TB) Dictionary {
	files, _ := filepath.Glob("/tmp/work/lexicon/*.tsv")
	tables := map[lang.Tag]map[string][]string{lang.Vi: {}, lang.En: {}}
	for _, f := range files {
		fh, _ := os.Open(f)
		sc := bufio.NewScanner(fh)
		for sc.Scan() {
			c := strings.Split(sc.Text(), "\t")
			if len(c) < 2 {
				continue
			}
			vi, en := strings.Join(Words(c[0]), " "), strings.Join(Words(c[1]), " ")
			tables[lang.Vi][vi] = append(tables[lang.Vi][vi], en)
			tables[lang.En][en] = append(tables[lang.En][en], vi)
		}
		fh.Close()
	}
	return func(text string, from lang.Tag) (all []Sense) {
		words := Words(text)
		table := tables[from]
		for i := 0; i < len(words); {
			n := min(5, len(words)-i)
			for ; n > 0; n-- {
				w := strings.Join(words[i:i+n], " ")
				also := table[w]
				if also == nil && from == lang.En {
					if s, ok := strings.CutSuffix(w, "s"); ok {
						also = table[s]
					}
				}
				if also != nil {
					all = append(all, Sense{w, also})
					break
				}
			}
			i += max(n, 1)
		}
		return all
	}
}
