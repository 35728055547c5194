package parts

import "fmt"

// boat is one boat of the river with the goods on its pole.
type boat struct {
	x, y  int
	size  float64
	hull  string
	goods []string
}

const (
	far, middle, near = "#a9c9c6", "#cfe3e0", "#f3faf8"
	mango, river      = "#f5b632", "#71cdc8"
	leaf, bow         = "#92d28d", "#ff9683"
)

var fleet = []boat{
	{150, 206, 0.7, far, []string{river, leaf}},
	{880, 203, 0.62, far, []string{mango, leaf}},
	{505, 212, 0.9, middle, []string{leaf, mango, bow}},
	{1330, 222, 1.05, middle, []string{river, mango}},
	{300, 286, 1.6, near, []string{mango, river, leaf}},
	{742, 296, 1.75, near, []string{bow, mango, river}},
}

func (b boat) place() string { return fmt.Sprintf("translate(%d %d) scale(%g)", b.x, b.y, b.size) }

func hung(i int) string { return fmt.Sprintf("translate(0 %d)", 17*i-70) }
