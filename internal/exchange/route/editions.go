package route

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"chonoi/internal/fault"
	"chonoi/internal/when"
)

// Editions keeps every edition, so that a running deal goes on by the one it began with while new
// ones begin with the newest. It does not change once loaded.
type Editions struct{ all []*Law } // the newest last

const mostEditions = 100

// LoadEditions reads each sub-folder with an edition.csv as an edition, of which the name is its code.
// A later folder's edition takes the place of an earlier one's of that name. An edition with a base
// takes over those files of the base that it does not have itself.
func LoadEditions(folders ...fs.FS) (*Editions, error) {
	own := map[string]map[string][]byte{}
	for _, folder := range folders {
		names, err := fs.Glob(folder, "*/edition.csv")
		if err != nil {
			return nil, fmt.Errorf("list the editions: %w", err)
		}
		for _, name := range names {
			if len(own) >= mostEditions {
				return nil, fault.New(fault.TooLarge, "route.editions_many", "Most", mostEditions)
			}
			below, err := fs.Sub(folder, path.Dir(name))
			if err != nil {
				return nil, err
			}
			if own[path.Dir(name)], err = collect([]fs.FS{below}); err != nil {
				return nil, err
			}
		}
	}
	e := &Editions{}
	for name := range own {
		files, err := withBase(own, name)
		if err != nil {
			return nil, err
		}
		law, err := read(files)
		if err != nil {
			return nil, in(name, err)
		}
		if law.Name != name {
			return nil, fault.New(fault.Invalid, "route.edition_folder", "Folder", name, "Edition", law.Name)
		}
		e.all = append(e.all, law)
	}
	if len(e.all) == 0 {
		return nil, fault.New(fault.NotFound, "route.no_edition")
	}
	slices.SortFunc(e.all, func(a, b *Law) int {
		if order := strings.Compare(a.Current.String(), b.Current.String()); order != 0 {
			return order
		}
		return strings.Compare(a.Name, b.Name)
	})
	return e, nil
}

// withBase lays the files of an edition over those of its base, and its base's base.
func withBase(own map[string]map[string][]byte, name string) (map[string][]byte, error) {
	files := map[string][]byte{}
	for at, seen := name, map[string]bool{}; at != ""; {
		if seen[at] || own[at] == nil {
			return nil, fault.New(fault.Invalid, "route.edition_base", "Edition", name, "Base", at)
		}
		seen[at] = true
		for file, data := range own[at] {
			if _, has := files[file]; !has {
				files[file] = data
			}
		}
		var l Law
		l.readTable(newReader(), "edition.csv", own[at]["edition.csv"], tables["edition.csv"])
		at = l.Base
	}
	return files, nil
}

// in names the folder of an edition in front of the files that are amiss.
func in(folder string, err error) error {
	f, ok := fault.As(err)
	if !ok {
		return err
	}
	for i := range f.Fields {
		f.Fields[i].Field = folder + "/" + f.Fields[i].Field
		for at := 0; at+1 < len(f.Fields[i].Args); at += 2 {
			if f.Fields[i].Args[at] == "File" {
				f.Fields[i].Args[at+1] = fmt.Sprint(folder, "/", f.Fields[i].Args[at+1])
			}
		}
	}
	return err
}

func (e *Editions) newest() *Law { return e.all[len(e.all)-1] }

// All lists the editions, the oldest first.
func (e *Editions) All() []*Law { return slices.Clone(e.all) }

// On returns the edition with which a deal begins that is opened on a day; NotFound before the first.
func (e *Editions) On(day when.Day) (*Law, error) {
	for _, l := range slices.Backward(e.all) {
		if !l.Current.After(day) {
			return l, nil
		}
	}
	return nil, fault.New(fault.NotFound, "route.no_edition_on", "Day", day.String())
}

// Of returns the edition that a deal began with, by the Edition that it kept. NotFound when it is not
// there any more, and Conflict when one of that name is there but its files were changed since.
func (e *Editions) Of(edition string) (*Law, error) {
	name, _, _ := strings.Cut(edition, "@")
	for _, l := range e.all {
		if l.Edition == edition {
			return l, nil
		}
		if l.Name == name {
			return nil, fault.New(fault.Conflict, "route.edition_changed", "Edition", edition, "Now", l.Edition)
		}
	}
	return nil, fault.New(fault.NotFound, "route.edition_gone", "Edition", edition)
}
