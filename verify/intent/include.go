package intent

import (
	"path"
	"slices"
	"strings"

	"github.com/coldsign/coldsign/verify/report"
)

// maxIncludes bounds the files of one intent.
const maxIncludes = 64

// include reads a file that the intent names: below its folder, by a relative name
// with slashes, never upward (decision 24). The content belongs to what is declared.
func (h header) include(n *at) (name string, raw []byte, err *Error) {
	name, err = n.Words()
	if err != nil {
		return "", nil, err
	}
	switch {
	case h.env.Open == nil:
		return name, nil, n.fail(ErrValue, "write the content into the intent", "the file %s cannot be read here", report.Quote(name))
	case name == "" || len(name) > 255 || path.IsAbs(name) || path.Clean(name) != name || name == "." || name == ".." || strings.HasPrefix(name, "../") || strings.ContainsAny(name, "\\:"):
		return name, nil, n.fail(ErrValue, "name a file in the folder of the intent, or below it", "%s is no plain relative name", report.Quote(name))
	case len(h.all.Includes) >= maxIncludes:
		return name, nil, n.fail(ErrLimit, "", "more than %d other files", maxIncludes)
	}
	full := path.Join(h.env.dir, name)
	raw, bad := h.env.Open(full)
	if bad != nil {
		return name, nil, n.fail(ErrValue, "check the name; only files below the folder of the intent are read", "the file %s cannot be read: %s", report.Quote(full), report.Quote(bad.Error()))
	}
	if !slices.ContainsFunc(h.all.Includes, func(i Include) bool { return i.Name == full }) {
		h.all.Includes = append(h.all.Includes, Include{full, raw})
	}
	return name, raw, nil
}
