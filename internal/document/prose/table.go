package prose

// mostColumns is how many columns Word gives a table at most.
const mostColumns = 63

// Grid returns for each row the cell that covers each column, nil where there is none. A merged cell
// is found at all places that it covers.
func (t *Table) Grid() [][]*Cell {
	grid := make([][]*Cell, len(t.Rows))
	for r := range t.Rows {
		col := 0
		for c := range t.Rows[r].Cells {
			cell := &t.Rows[r].Cells[c]
			for col < len(grid[r]) && grid[r][col] != nil {
				col++
			}
			cover(grid, r, col, cell)
			col += max(cell.Across, 1)
		}
	}
	return grid
}

func cover(grid [][]*Cell, row, col int, cell *Cell) {
	for r := row; r < min(row+max(cell.Down, 1), len(grid)); r++ {
		for c := col; c < min(col+max(cell.Across, 1), mostColumns); c++ {
			for len(grid[r]) <= c {
				grid[r] = append(grid[r], nil)
			}
			if grid[r][c] == nil {
				grid[r][c] = cell
			}
		}
	}
}

// At returns the cell that covers a place, from 0; nil where there is none. For the whole of a table
// Grid is quicker.
func (t *Table) At(row, col int) *Cell {
	grid := t.Grid()
	if row < 0 || row >= len(grid) || col < 0 || col >= len(grid[row]) {
		return nil
	}
	return grid[row][col]
}
