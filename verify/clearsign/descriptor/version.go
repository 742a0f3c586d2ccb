package descriptor

import (
	"fmt"
	"path"
	"strings"

	"github.com/coldsign/coldsign/verify/proposal/strictjson"
	"github.com/coldsign/coldsign/verify/report"
)

// major is the version of the standard that is implemented; a newer minor or
// patch version is read all the same (ERC-7730, "Versioning").
const major = "2"

// checkVersion reads the version from the name of the schema: erc7730-v2.schema.json
// or erc7730-v2.1.0.schema.json. The standard wants it read from the schema, which
// is on the network; the name is all that an offline reader has. Drafts
// ("-next", "-rc.1") change without notice and are refused.
func checkVersion(root *strictjson.Value) error {
	v := root.Get("$schema")
	if !v.Is(strictjson.String) {
		return fmt.Errorf("%w: it names no schema", ErrVersion)
	}
	name := path.Base(v.Text)
	version, ok := strings.CutPrefix(name, "erc7730-v")
	if ok {
		version, ok = strings.CutSuffix(version, ".schema.json")
	}
	if !ok {
		return fmt.Errorf("%w: %s is no name of its schema", ErrVersion, report.Quote(name))
	}
	parts := strings.Split(version, ".")
	if len(parts) != 1 && len(parts) != 3 || parts[0] != major {
		return fmt.Errorf("%w: version %s, read is %s", ErrVersion, report.Quote(version), major)
	}
	for _, p := range parts {
		if p == "" || strings.Trim(p, "0123456789") != "" {
			return fmt.Errorf("%w: version %s is a draft or no version", ErrVersion, report.Quote(version))
		}
	}
	return nil
}
