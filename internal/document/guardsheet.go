package document

import (
	"errors"
	"strconv"

	"github.com/xuri/excelize/v2"
)

// listsSheet is the hidden sheet that holds what may be chosen: a list in the cell's own rule could
// hold 255 characters only, and no comma.
const listsSheet = "lists"

// guard gives the sheet its choices and locks what is not to be written in. The lock has no password:
// it keeps a hand from slipping, and whoever reads the file back trusts nothing of it.
func (s *sheetSink) guard(sheet string, columns []Column, l Layout) error {
	lists := 0
	for i, c := range columns {
		if len(c.Choices) == 0 {
			continue
		}
		if lists++; lists == 1 {
			if _, err := s.file.NewSheet(listsSheet); err != nil {
				return err
			}
		}
		list, _ := excelize.ColumnNumberToName(lists)
		for n, choice := range c.Choices {
			if err := s.file.SetCellStr(listsSheet, list+strconv.Itoa(n+1), choice); err != nil {
				return err
			}
		}
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		rule := excelize.NewDataValidation(true)
		rule.SetSqref(name + "2:" + name + strconv.Itoa(excelize.TotalRows))
		rule.SetSqrefDropList(listsSheet + "!$" + list + "$1:$" + list + "$" + strconv.Itoa(len(c.Choices)))
		if err := s.file.AddDataValidation(sheet, rule); err != nil {
			return err
		}
	}
	var err error
	if lists > 0 {
		err = s.file.SetSheetVisible(listsSheet, false)
	}
	if !l.Guarded {
		return err
	}
	if s.open, err = s.openStyles(); err != nil {
		return err
	}
	return errors.Join(err, s.file.ProtectSheet(sheet, &excelize.SheetProtectionOptions{SelectLockedCells: true, SelectUnlockedCells: true,
		FormatCells: true, FormatColumns: true, FormatRows: true, Sort: true, AutoFilter: true}))
}

// openStyles are the styles of text, day and moment once more, for cells that may be written in. They
// follow one another as those do.
func (s *sheetSink) openStyles() (first int, err error) {
	for _, id := range []int{s.text, s.day, s.instant} {
		style, err := s.file.GetStyle(id)
		if err != nil {
			return 0, err
		}
		style.Protection = &excelize.Protection{Locked: false}
		made, err := s.file.NewStyle(style)
		if err != nil {
			return 0, err
		}
		if first == 0 {
			first = made
		}
	}
	return first, nil
}

// column gives a column its width, takes it out of sight, or opens the empty cells below its last row.
func (s *sheetSink) column(n int, c Column) error {
	err := s.stream.SetColWidth(n, n, width(c))
	if err == nil && s.open > 0 && !c.Locked {
		err = s.stream.SetColStyle(n, n, s.open)
	}
	if err == nil && c.Hidden {
		err = s.stream.SetColVisible(n, n, false)
	}
	return err
}
