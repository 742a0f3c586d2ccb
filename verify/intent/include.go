package intent

import (
	"path"
	"slices"
	"strings"

	"github.com/coldsign/coldsign/verify/report"
)

// The bounds of what an intent is made of, over all levels: how often files are
// included, and their bytes, each time counted. A file that is named a thousand times
// costs as much as a thousand files.
const (
	maxIncludes     = 64
	maxIncludeBytes = 16 << 20
)

// budget is what an intent has used of its bounds.
type budget struct{ includes, bytes, actions, intents int }

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
	case h.all.used.includes >= maxIncludes:
		return name, nil, n.fail(ErrLimit, "nobody can review this; split it", "files are included more than %d times", maxIncludes)
	}
	h.all.used.includes++
	full := path.Join(h.env.dir, name)
	raw, bad := h.env.Open(full)
	if bad != nil {
		return name, nil, n.fail(ErrValue, "check the name; only files below the folder of the intent are read", "the file %s cannot be read: %s", report.Quote(full), report.Quote(bad.Error()))
	}
	if h.all.used.bytes += len(raw); h.all.used.bytes > maxIncludeBytes {
		return name, nil, n.fail(ErrLimit, "nobody can review this; split it", "the included files have more than %d bytes", maxIncludeBytes)
	}
	if !slices.ContainsFunc(h.all.Includes, func(i Include) bool { return i.Name == full }) {
		h.all.Includes = append(h.all.Includes, Include{full, raw})
	}
	return name, raw, nil
}
