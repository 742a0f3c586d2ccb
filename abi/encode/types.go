package encode

import "fmt"

// Bounds of the grammar (package abi).
const (
	maxDeclaration = 4096           // bytes
	maxParams      = 64             // at each level
	maxNesting     = 16             // tuples and arrays around an elementary type
	maxDepth       = maxNesting + 1 // the elementary type counted too
	maxFixedLength = 65535
)

// fault says why t is no type, looking at t alone, or returns "".
func (t Type) fault() string {
	switch t.Base {
	case "uint", "int":
		return unless(t.Size >= 8 && t.Size <= 256 && t.Size%8 == 0, "%s of %d bits, expected 8 to 256 in steps of 8", t.Base, t.Size)
	case "bytesN":
		return unless(t.Size >= 1 && t.Size <= 32, "bytesN of %d bytes, expected 1 to 32", t.Size)
	case "address", "bool", "bytes", "string":
		return ""
	case "tuple":
		return unless(len(t.Components) > 0, "a tuple without components has size zero")
	case "array":
		if t.Elem == nil {
			return "an array without element type"
		}
		return unless(t.Size == -1 || t.Size >= 1 && t.Size <= maxFixedLength, "array length %d, expected 1 to %d, or -1 for a dynamic one", t.Size, maxFixedLength)
	}
	return "unknown type " + quote(t.Base)
}

func unless(ok bool, format string, args ...any) string {
	if ok {
		return ""
	}
	return fmt.Sprintf(format, args...)
}

// check looks at t and all types in it.
func (t Type) check(path string, depth int) error {
	if depth > maxDepth {
		return &TypeError{Path: path, Why: fmt.Sprintf("types nest more than %d deep", maxNesting)}
	}
	if why := t.fault(); why != "" {
		return &TypeError{Path: path, Why: why}
	}
	if t.Base == "array" {
		return t.Elem.check(path+"[]", depth+1)
	}
	for i, c := range t.Components {
		if err := c.Type.check(fmt.Sprintf("%s.%d", path, i), depth+1); err != nil {
			return err
		}
	}
	return nil
}

// dynamic reports whether the encoding has a head of one offset and a tail
// (Contract ABI Specification: bytes, string, T[], and what contains them).
func (t Type) dynamic() bool {
	switch t.Base {
	case "bytes", "string":
		return true
	case "array":
		return t.Size < 0 || t.Elem.dynamic()
	case "tuple":
		for _, c := range t.Components {
			if c.Type.dynamic() {
				return true
			}
		}
	}
	return false
}
