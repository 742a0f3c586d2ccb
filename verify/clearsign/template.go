package clearsign

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/coldsign/coldsign/verify/clearsign/descriptor"
	"github.com/coldsign/coldsign/verify/clearsign/path"
)

// interpolate fills in interpolatedIntent. Whatever does not work out leaves it
// empty, so that the plain intent stands (ERC-7730, "Formatting behavior"); only
// the bound on the output is an error.
func (e *engine) interpolate(r *Rendering) error {
	if e.format.Template == "" {
		return nil
	}
	text, ok := fill(e.format.Template, e.named)
	if !ok || len(text) > maxLine {
		e.notice("the one-sentence form of the intent does not work out")
		return nil
	}
	r.InterpolatedIntent = text
	return e.spendText(len(text))
}

// named returns what a placeholder stands for. It may name only fields that are
// always visible: another could put a value into the sentence that the list of
// fields does not have, or leave a hole.
func (e *engine) named(text string) (string, bool) {
	p, err := path.Parse(text)
	if err != nil {
		return "", false
	}
	p, ok := p.Under(path.Path{Root: path.Data})
	if !ok {
		return "", false
	}
	s := e.said[p.String()]
	if s == nil || s.field.Visible != descriptor.Always {
		return "", false
	}
	return strings.Join(s.texts, ", "), true
}

// fill replaces {name} and unescapes {{ and }}. Braces that do not pair are no
// template.
func fill(template string, named func(string) (string, bool)) (string, bool) {
	var b strings.Builder
	for rest := template; rest != ""; {
		i := strings.IndexAny(rest, "{}")
		if i < 0 {
			b.WriteString(rest)
			break
		}
		b.WriteString(rest[:i])
		brace := rest[i]
		rest = rest[i+1:]
		if rest != "" && rest[0] == brace {
			b.WriteByte(brace)
			rest = rest[1:]
			continue
		}
		end := strings.IndexByte(rest, '}')
		if brace == '}' || end < 0 {
			return "", false
		}
		text, ok := named(rest[:end])
		if !ok || b.Len()+len(text) > maxLine {
			return "", false
		}
		b.WriteString(text)
		rest = rest[end+1:]
	}
	return b.String(), true
}

// separator fills in the text before an element of a list; its one placeholder is
// {index}, which counts from zero as paths do.
func separator(template string, el elem) string {
	if template == "" || len(el.at) == 0 {
		return ""
	}
	text, ok := fill(template, func(name string) (string, bool) {
		return strconv.Itoa(el.at[len(el.at)-1].at), name == "index"
	})
	if !ok {
		return fmt.Sprintf("%d", el.at[len(el.at)-1].at)
	}
	return text
}
