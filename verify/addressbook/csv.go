package addressbook

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/coldsign/coldsign/verify/eip55"
	"github.com/coldsign/coldsign/verify/label"
	"github.com/coldsign/coldsign/verify/report"
)

const header = "address,name,chainId"

// Parse reads an address book as Safe{Wallet} exports it (package comment). The
// error is an *Error.
func Parse(raw []byte) (*Book, error) {
	if len(raw) > MaxSize {
		return nil, &Error{Kind: ErrLimit, Code: "INPUT_LIMIT", Msg: fmt.Sprintf("the address book has more than %d bytes", MaxSize), Hint: "keep one book for each treasury"}
	}
	lines := strings.Split(strings.TrimPrefix(string(raw), "\ufeff"), "\n")
	for len(lines) > 1 && strings.TrimSuffix(lines[len(lines)-1], "\r") == "" {
		lines = lines[:len(lines)-1]
	}
	if first := strings.TrimSuffix(lines[0], "\r"); first != header {
		return nil, &Error{Kind: ErrSyntax, Line: 1, Msg: "the first line is " + report.Quote(first) + ", not " + header, Hint: "export the address book of Safe{Wallet} as CSV"}
	}
	if len(lines) == 1 {
		return nil, &Error{Kind: ErrSyntax, Line: 1, Msg: "the address book has no entry", Hint: "leave it out, or add who you know"}
	}
	if len(lines)-1 > MaxEntries {
		return nil, &Error{Kind: ErrLimit, Code: "INPUT_LIMIT", Msg: fmt.Sprintf("%d entries, more than %d", len(lines)-1, MaxEntries), Hint: "keep one book for each treasury"}
	}
	entries := make([]Entry, 0, len(lines)-1)
	for i, line := range lines[1:] {
		e, err := parseEntry(strings.TrimSuffix(line, "\r"), i+2)
		if err != nil {
			return nil, err
		}
		entries = append(entries, e)
	}
	return New(entries)
}

func parseEntry(line string, number int) (Entry, error) {
	e := Entry{Line: number}
	// The whole line is looked at, so that nothing hides outside the name.
	if f := label.Text(line); f != nil {
		return e, e.fail(ErrText, f.Code, "retype the line; do not copy it from a message or a web page", "%s", f.Msg)
	}
	fields, why := split(line)
	if why != "" {
		return e, e.fail(ErrSyntax, "", "an entry is address,name,chainId; a name with a comma stands in double quotes", "%s", why)
	}
	a, f := eip55.Parse(fields[0])
	if f != nil {
		return e, e.fail(ErrAddress, f.Code, f.Hint, "%s", f.Msg)
	}
	chain, ok := parseChain(fields[2])
	if !ok {
		return e, e.fail(ErrChain, "", "write the decimal chain id, such as 1", "the chain id %s is no number", report.Quote(fields[2]))
	}
	// Safe{Wallet} keeps the blanks that a person typed around a name.
	e.Address, e.Name, e.Chain = a, strings.Trim(fields[1], " "), chain
	return e, nil
}

// split cuts a line into its three fields, or says why it cannot.
func split(line string) (fields [3]string, why string) {
	rest := line
	for i := range fields {
		var ok bool
		if fields[i], rest, ok = field(rest); !ok {
			return fields, "a double quote stands where none may stand, or one is missing"
		}
		last := i == len(fields)-1
		switch {
		case last && rest != "":
			return fields, "more than three fields"
		case !last && rest == "":
			return fields, fmt.Sprintf("%d fields where 3 are due", i+1)
		case !last:
			rest = rest[1:]
		}
	}
	return fields, ""
}

// field reads one field; rest is empty or begins with the comma after it.
func field(s string) (text, rest string, ok bool) {
	if !strings.HasPrefix(s, `"`) {
		i := strings.IndexByte(s, ',')
		if i < 0 {
			i = len(s)
		}
		return s[:i], s[i:], !strings.Contains(s[:i], `"`)
	}
	var b strings.Builder
	for s = s[1:]; ; {
		i := strings.IndexByte(s, '"')
		if i < 0 {
			return "", "", false
		}
		b.WriteString(s[:i])
		s = s[i+1:]
		if !strings.HasPrefix(s, `"`) {
			return b.String(), s, s == "" || s[0] == ','
		}
		b.WriteByte('"')
		s = s[1:]
	}
}

// parseChain reads a decimal number of at most 64 bits in its only spelling.
func parseChain(s string) (uint64, bool) {
	n, err := strconv.ParseUint(s, 10, 64)
	return n, err == nil && strconv.FormatUint(n, 10) == s
}
