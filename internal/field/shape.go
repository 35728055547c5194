package field

import "chonoi/internal/lang"

// JSON returns the facts of r that are told, as the API and the JSON export write them: a text of
// two tongues as an object with vi and en, codes as a list, a day as 2006-01-02.
func (s Set[T]) JSON(r *T) map[string]any {
	all := map[string]any{}
	for _, f := range s {
		if f.Empty(r) {
			continue
		}
		switch f.Kind {
		case KindBoth:
			all[f.Name] = tongues(*f.both(r))
		case KindInt, KindMoney:
			all[f.Name] = *f.whole(r)
		case KindFlag:
			all[f.Name] = *f.flag(r)
		case KindCodes:
			all[f.Name] = *f.codes(r)
		default:
			all[f.Name] = f.Stored(r, f.Name)
		}
	}
	return all
}

// tongues are the told halves of a text.
func tongues(b lang.Both) map[string]string {
	text := map[string]string{}
	for _, tag := range lang.Tags {
		if half := b.Only(tag); half != "" {
			text[string(tag)] = half
		}
	}
	return text
}

// Schema returns the JSON Schema of what JSON writes, fact by fact, in the form of OpenAPI 3.1.
// Facts that level does not see by default are left out.
func (s Set[T]) Schema(level Level) map[string]map[string]any {
	all := map[string]map[string]any{}
	for _, f := range s {
		if f.Default > level {
			continue
		}
		switch f.Kind {
		case KindBoth:
			all[f.Name] = map[string]any{"type": "object", "properties": map[string]any{"vi": map[string]any{"type": "string"}, "en": map[string]any{"type": "string"}}}
		case KindInt:
			all[f.Name] = map[string]any{"type": "integer", "minimum": f.Least, "maximum": f.Most}
		case KindMoney:
			all[f.Name] = map[string]any{"type": "integer", "minimum": 0, "description": "whole VND"}
		case KindFlag:
			all[f.Name] = map[string]any{"type": "boolean"}
		case KindCodes:
			all[f.Name] = map[string]any{"type": "array", "items": map[string]any{"type": "string"}, "description": "codes of the list " + f.List}
		case KindCode:
			all[f.Name] = map[string]any{"type": "string", "description": "a code of the list " + f.List}
		case KindDay:
			all[f.Name] = map[string]any{"type": "string", "format": "date"}
		default:
			all[f.Name] = map[string]any{"type": "string"}
		}
	}
	return all
}

// ColumnsSeen lists the columns of the facts that level sees by default.
func (s Set[T]) ColumnsSeen(level Level) []string {
	var all []string
	for _, f := range s {
		if f.Default <= level {
			all = append(all, f.Columns()...)
		}
	}
	return all
}
