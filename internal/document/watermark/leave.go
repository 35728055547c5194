package watermark

import (
	"slices"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// kept are the entries of the catalogue that a reader needs. The others go around the mark or act by
// themselves: attached files, scripts, forms that draw their own pages, the seals of a signature, what
// tells of a norm that the copy no longer keeps.
// Source: ISO 32000-1:2008, table 28.
var kept = []string{
	"Type", "Version", "Extensions", "Pages", "PageLabels", "Names", "Dests", "ViewerPreferences", "PageLayout",
	"PageMode", "Outlines", "AcroForm", "StructTreeRoot", "MarkInfo", "Lang", "OutputIntents", "OCProperties",
}

// leaveOut takes out of the file what would show a page without the mark, and what would not hold in
// a copy.
func leaveOut(file *model.Context, pages []page) error {
	root, err := file.Catalog()
	if err != nil {
		return broken()
	}
	if err := retitle(file); err != nil {
		return err
	}
	for key := range root {
		if !slices.Contains(kept, key) {
			delete(root, key)
		}
	}
	if names, err := file.DereferenceDict(root["Names"]); err != nil || names == nil || names["Dests"] == nil {
		delete(root, "Names")
	} else {
		root["Names"] = types.Dict{"Dests": names["Dests"]}
	}
	if form, err := file.DereferenceDict(root["AcroForm"]); err != nil || form == nil {
		delete(root, "AcroForm")
	} else {
		delete(form, "XFA")
		delete(form, "SigFlags")
		unsign(file, form["Fields"], map[types.Object]bool{})
	}
	for _, p := range pages {
		for _, key := range []string{"Thumb", "PieceInfo", "AF", "AA", "TemplateInstantiated", "PresSteps"} {
			delete(p.dict, key)
		}
		detach(file, p.dict)
	}
	return nil
}

// retitle leaves of what the file tells of itself its title. What programs add behind the last table,
// the text that a paper was printed from among it, stays out.
func retitle(file *model.Context) error {
	file.AdditionalStreams, file.ID = nil, nil
	about := types.NewDict()
	if file.Info != nil {
		if was, err := file.DereferenceDict(*file.Info); err == nil {
			switch title, _ := file.Dereference(was["Title"]); title.(type) {
			case types.StringLiteral, types.HexLiteral:
				about["Title"] = title
			}
		}
	}
	var err error
	file.Info, err = file.IndRefForNewObject(about)
	return err
}

// unsign takes the seals out of the fields that were signed. What they show stays.
func unsign(file *model.Context, fields types.Object, seen map[types.Object]bool) {
	list, err := file.DereferenceArray(fields)
	if err != nil {
		return
	}
	for _, one := range list {
		if ref, ok := one.(types.IndirectRef); !ok || seen[ref] {
			continue
		}
		seen[one] = true
		field, err := file.DereferenceDict(one)
		if err != nil || field == nil {
			continue
		}
		if kind, ok := field["FT"].(types.Name); ok && kind == "Sig" {
			delete(field, "V")
			delete(field, "Lock")
		}
		unsign(file, field["Kids"], seen)
	}
}

// detach takes notes that carry a file, a film or a sound off a page, and the scripts of the others.
func detach(file *model.Context, page types.Dict) {
	notes, err := file.DereferenceArray(page["Annots"])
	if err != nil {
		delete(page, "Annots")
		return
	}
	var stay types.Array
	for _, one := range notes {
		note, err := file.DereferenceDict(one)
		if err != nil || note == nil {
			continue
		}
		switch kind, _ := note["Subtype"].(types.Name); kind {
		case "FileAttachment", "RichMedia", "Screen", "Movie", "Sound", "3D":
			continue
		}
		delete(note, "AA")
		delete(note, "AF")
		if action, err := file.DereferenceDict(note["A"]); err != nil || !harmless(action) {
			delete(note, "A")
		}
		stay = append(stay, one)
	}
	if page["Annots"] != nil {
		page["Annots"] = stay
	}
}

// harmless tells actions that only go to another place, here or on the web.
func harmless(action types.Dict) bool {
	kind, _ := action["S"].(types.Name)
	return (kind == "GoTo" || kind == "URI") && action["Next"] == nil
}
