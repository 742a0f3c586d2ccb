package safe

import (
	"fmt"
	"strconv"
	"strings"
)

// Version is a Safe contract version without build metadata. The zero value is
// unknown and has no hash rule.
type Version struct{ Major, Minor, Patch uint8 }

// IsZero reports whether the version is unknown.
func (v Version) IsZero() bool { return v == Version{} }

// String returns the version as VERSION() does, or "unknown".
func (v Version) String() string {
	if v.IsZero() {
		return "unknown"
	}
	return fmt.Sprintf("%d.%d.%d", v.Major, v.Minor, v.Patch)
}

// Compare returns -1, 0 or 1.
func (v Version) Compare(w Version) int {
	a := int(v.Major)<<16 | int(v.Minor)<<8 | int(v.Patch)
	b := int(w.Major)<<16 | int(w.Minor)<<8 | int(w.Patch)
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// The versions that were released and deployed, oldest first
// (safe-smart-account tags; safe-deployments).
var released = []Version{{0, 1, 0}, {1, 0, 0}, {1, 1, 0}, {1, 1, 1}, {1, 2, 0}, {1, 3, 0}, {1, 4, 0}, {1, 4, 1}, {1, 5, 0}}

// ErrUnsupportedVersion is the kind of an unknown or unsupported version.
type ErrUnsupportedVersion struct{ Text string }

func (e *ErrUnsupportedVersion) Error() string {
	return fmt.Sprintf("safe version %s is not one of 0.1.0, 1.0.0, 1.1.0, 1.1.1, 1.2.0, 1.3.0, 1.4.0, 1.4.1, 1.5.0", strconv.QuoteToASCII(e.Text))
}

// ParseVersion reads "1.3.0" or "1.3.0+L2". Semver build metadata is stripped,
// because the contract's own VERSION() never has it and the hash does not
// depend on it. Any version that was not released is an error: another version
// may hash in another way.
func ParseVersion(text string) (Version, error) {
	core, _, _ := strings.Cut(text, "+")
	for _, v := range released {
		if v.String() == core {
			return v, nil
		}
	}
	return Version{}, &ErrUnsupportedVersion{Text: clip(text, 40)}
}

func clip(s string, n int) string {
	if len(s) > n {
		return s[:n]
	}
	return s
}

// Era is a hash rule: all versions of an era hash a SafeTx in the same way.
type Era uint8

// The three eras; the zero value is unknown.
const (
	EraUnknown Era = iota
	EraDataGas     // 0.1.0
	EraBaseGas     // 1.0.0 to 1.2.0
	EraChainID     // 1.3.0 to 1.5.0
)

// Eras lists the hash rules, newest first.
func Eras() []Era { return []Era{EraChainID, EraBaseGas, EraDataGas} }

// Era returns the version's hash rule.
func (v Version) Era() Era {
	switch {
	case v.IsZero():
		return EraUnknown
	case v.Compare(Version{1, 0, 0}) < 0:
		return EraDataGas
	case v.Compare(Version{1, 3, 0}) < 0:
		return EraBaseGas
	}
	return EraChainID
}

// String names the versions of the era.
func (e Era) String() string {
	switch e {
	case EraDataGas:
		return "0.1.0"
	case EraBaseGas:
		return "1.0.0-1.2.0"
	case EraChainID:
		return ">=1.3.0"
	}
	return "unknown"
}

// ChainBound reports whether the domain of this era holds the chain id; without
// it one signature is valid on every chain.
func (e Era) ChainBound() bool { return e == EraChainID }
