package intent

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/coldsign/coldsign/verify/plainyaml"
	"github.com/coldsign/coldsign/verify/report"
)

// The limits of a CSV file.
const (
	maxCSV      = 1 << 20 // bytes
	maxCSVField = 100     // bytes
	csvHeader   = "recipient,token,amount"
)

// csvActions reads a list of payments from a CSV file (package comment, CSV). Each
// line is turned into the action that it stands for and read as such, so that a
// line can say nothing that an action could not.
func (h header) csvActions(n *at) ([]Action, *Error) {
	f, err := n.fields([]string{"csv"}, nil)
	if err != nil {
		return nil, err
	}
	name, raw, err := h.include(f["csv"])
	if err != nil {
		return nil, err
	}
	h.csv = name
	text, line, why := h.csvText(raw)
	if why != "" {
		return nil, f["csv"].fail(ErrValue, "each line is recipient,token,amount without quotes and blanks around; a token is an address, the chain's own symbol, or a symbol that the policy lists under tokens", "%s, line %d: %s", report.Quote(name), line, why)
	}
	root, bad := plainyaml.Load([]byte(text), plainyaml.Limits{What: "list", MaxSize: 16 * maxCSV, MaxDepth: MaxDepth})
	if bad == nil {
		var out []Action
		var e *Error
		if out, e = (&at{root}).list(h); e == nil {
			return out, nil
		}
		bad = e
	}
	var e *Error
	if errors.As(bad, &e) { // line 1 of the list is line 2 of the file
		return nil, f["csv"].fail(e.Kind, e.Hint, "%s, line %d: %s", report.Quote(name), e.Line+1, e.Msg)
	}
	return nil, f["csv"].fail(ErrValue, "", "%s: %s", report.Quote(name), bad.Error())
}

// csvText writes the actions as a YAML list, one line for each line of the file.
func (h header) csvText(raw []byte) (text string, line int, why string) {
	if len(raw) > maxCSV {
		return "", 0, fmt.Sprintf("%d bytes, more than %d", len(raw), maxCSV)
	}
	if bytes.HasPrefix(raw, []byte("\ufeff")) {
		return "", 1, "the first line begins with a byte order mark: save the file as CSV (UTF-8) without one"
	}
	lines := bytes.Split(bytes.TrimSuffix(raw, []byte("\n")), []byte("\n"))
	if string(bytes.TrimSuffix(lines[0], []byte("\r"))) != csvHeader {
		return "", 1, "the first line is " + report.Quote(clip(string(lines[0]))) + " and not exactly " + csvHeader
	}
	if len(lines)-1 > MaxActions {
		return "", 0, fmt.Sprintf("%d payments, more than %d", len(lines)-1, MaxActions)
	}
	if len(lines) == 1 {
		return "", 1, "no payment"
	}
	var b strings.Builder
	for i, l := range lines[1:] {
		row, why := h.csvRow(string(bytes.TrimSuffix(l, []byte("\r"))))
		if why != "" {
			return "", i + 2, why
		}
		b.WriteString(row)
	}
	return b.String(), 0, ""
}

// csvRow writes one payment as an action.
func (h header) csvRow(line string) (action, why string) {
	cells := strings.Split(line, ",")
	switch {
	case line == "":
		return "", "the line is empty"
	case len(cells) != 3 && strings.Count(line, ";") >= 2:
		return "", "the fields are separated by semicolons; only commas count"
	case len(cells) != 3:
		return "", fmt.Sprintf("%d fields where 3 are due", len(cells))
	}
	for _, c := range cells {
		switch {
		case c == "" || len(c) > maxCSVField || strings.TrimSpace(c) != c:
			return "", "a field is empty, longer than " + strconv.Itoa(maxCSVField) + " bytes or has blanks around it"
		case strings.IndexFunc(c, func(r rune) bool { return r <= 0x1f || r >= 0x7f || r == '"' || r == '\\' || r == '\'' }) >= 0:
			return "", "a field has a quote, a backslash or a character that is not printable ASCII"
		}
	}
	recipient, token, amount := cells[0], cells[1], cents(cells[2])
	if _, isToken := h.bySymbol(token); !isToken && h.native.known() && token == h.native.symbol {
		return fmt.Sprintf("- send: {amount: \"%s %s\", to: \"%s\"}\n", amount, token, recipient), ""
	}
	decimals, why := h.csvDecimals(token, amount)
	if why != "" {
		return "", why
	}
	return fmt.Sprintf("- transfer: {token: \"%s\", amount: \"%s\"%s, to: \"%s\", standard: erc20}\n", token, amount, decimals, recipient), ""
}

// cents takes zeros off an amount with two decimals, as spreadsheets write them: 3250.50
// is 3250.5. With any other number of decimals they stay, and are refused: 1.000 is a
// thousand to half the world.
func cents(amount string) string {
	whole, part, ok := strings.Cut(amount, ".")
	if !ok || whole == "" || strings.Trim(whole, "0123456789") != "" || len(part) != 2 || part[1] != '0' {
		return amount
	}
	if part == "00" {
		return whole
	}
	return whole + "." + part[:1]
}

// csvDecimals finds the token's decimals where they are known: a line has no place to
// state them, so anything else is written in base units.
func (h header) csvDecimals(token, amount string) (string, string) {
	if strings.HasSuffix(amount, " raw") {
		return "", ""
	}
	root, err := plainyaml.Load([]byte("v: \""+token+"\"\n"), plainyaml.Limits{What: "list", MaxSize: 256, MaxDepth: 3})
	if err != nil {
		return "", "the token " + report.Quote(token) + " cannot be read"
	}
	f, bad := (&at{root}).fields([]string{"v"}, nil)
	if bad != nil {
		return "", bad.Msg
	}
	a, bad := h.tokenAt(f["v"])
	if bad != nil {
		return "", bad.Msg
	}
	known, ok := h.env.token(h.Chain, a)
	if !ok {
		return "", "the decimals of the token " + report.Quote(token) + " are known neither to the policy nor to the built-in table; write the amount in base units, as \"1250500000 raw\""
	}
	return ", decimals: " + strconv.Itoa(int(known.Decimals)), ""
}
