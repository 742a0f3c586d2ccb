package verify_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
)

// batchFile is what a person reads in a file of the Transaction Builder: methods
// with their arguments, nothing encoded. It is read with encoding/json and shares
// no code with the reader under test.
type batchFile struct {
	path, owner string // owner is the organisation
	raw         []byte

	ChainID      any               `json:"chainId"`
	Meta         map[string]any    `json:"meta"`
	Created      string            `json:"createdFromSafeAddress"`
	SafeAddress  string            `json:"safeAddress"`
	Transactions []json.RawMessage `json:"transactions"`
	txs          []batchTx
}

type batchTx struct {
	To     string                     `json:"to"`
	Value  string                     `json:"value"`
	Data   *string                    `json:"data"`
	Method *batchMethod               `json:"contractMethod"`
	Inputs map[string]json.RawMessage `json:"contractInputsValues"`

	encoded []byte // by Safe's own Transaction Builder
	failed  string // what its encoder said instead; it sends empty calldata then
}

type batchMethod struct {
	Name   string      `json:"name"`
	Inputs []parameter `json:"inputs"`
}

// parameter is one parameter of a method, or a component of one.
type parameter struct {
	Name       string      `json:"name"`
	Type       string      `json:"type"`
	Components []parameter `json:"components"`
}

var errNoMethods = errors.New("not all of its transactions have a method or are plain payments")

// readBatch returns errNoMethods for a file that holds calldata instead of methods.
func readBatch(path string) (*batchFile, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	owner, _, _ := strings.Cut(filepath.Base(filepath.Dir(path)), "__")
	b := &batchFile{path: path, owner: owner, raw: raw}
	if err := json.Unmarshal(raw, b); err != nil {
		return nil, err
	}
	b.txs = make([]batchTx, len(b.Transactions))
	for i, tx := range b.Transactions {
		if err := json.Unmarshal(tx, &b.txs[i]); err != nil {
			return nil, err
		}
		if !b.txs[i].readable() {
			return nil, errNoMethods
		}
	}
	if len(b.txs) == 0 {
		return nil, errors.New("no transactions")
	}
	return b, nil
}

// readable reports a transaction that is whole in words: a method, or a payment
// without data.
func (tx *batchTx) readable() bool {
	return tx.Method != nil || tx.Data == nil || *tx.Data == "" || *tx.Data == "0x"
}

// chain is 1 for the templates that name none.
func (b *batchFile) chain() string {
	if s := fmt.Sprint(b.ChainID); b.ChainID != nil && s != "" {
		return s
	}
	return "1"
}

// safe is a fixed address for files that are for any Safe.
func (b *batchFile) safe() common.Address {
	for _, s := range []any{b.Meta["createdFromSafeAddress"], b.Created, b.SafeAddress, b.Meta["safeAddress"]} {
		if s, ok := s.(string); ok && common.IsHexAddress(s) {
			return common.HexToAddress(s)
		}
	}
	return common.HexToAddress("0x5afe5afE5afE5afE5afE5aFe5aFe5Afe5Afe5AfE")
}

// encodedByBuilder adds what Safe's own code makes of each transaction. It is the
// only source of calldata in this test.
func encodedByBuilder(t *testing.T, dir string) map[string][]map[string]any {
	t.Helper()
	rows := map[string][]map[string]any{}
	lines(t, filepath.Join(dir, "batches", "encoded.jsonl"), func(row map[string]any) {
		file := text(row, "file")
		rows[file] = append(rows[file], row)
	})
	return rows
}

func (b *batchFile) addEncoded(rows []map[string]any) error {
	if len(rows) != len(b.txs) {
		return fmt.Errorf("%d transactions, %d of them encoded by the builder", len(b.txs), len(rows))
	}
	for i, row := range rows {
		b.txs[i].encoded = common.FromHex(text(row, "data"))
		b.txs[i].failed = text(row, "error")
	}
	return nil
}

// methodBatches reads all batches in words; others counts the files that are none.
func methodBatches(t *testing.T, dir string) (batches []*batchFile, others map[string]int) {
	t.Helper()
	rows, others := encodedByBuilder(t, dir), map[string]int{}
	err := filepath.WalkDir(filepath.Join(dir, "batches"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Base(filepath.Dir(path)) == "batches" {
			return err
		}
		b, err := readBatch(path)
		switch {
		case errors.Is(err, errNoMethods):
			others["calldata only"]++
			return nil
		case err != nil:
			others["no batch"]++
			return nil
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		batches = append(batches, b)
		return b.addEncoded(rows[filepath.ToSlash(name)])
	})
	if err != nil {
		t.Fatal(err)
	}
	return batches, others
}

// element returns the type of the elements of an array and their number, -1 if it
// is not fixed.
func (p parameter) element() (e parameter, n int, ok bool) {
	open := strings.LastIndexByte(p.Type, '[')
	if open < 0 || !strings.HasSuffix(p.Type, "]") {
		return p, 0, false
	}
	e, n = parameter{Type: p.Type[:open], Components: p.Components}, -1
	if size := p.Type[open+1 : len(p.Type)-1]; size != "" {
		n, _ = strconv.Atoi(size)
	}
	return e, n, true
}

// canonical is the type as it stands in a signature.
func (p parameter) canonical() string {
	if e, _, ok := p.element(); ok {
		return e.canonical() + p.Type[strings.LastIndexByte(p.Type, '['):]
	}
	if p.Type == "tuple" {
		return "(" + canonicals(p.Components) + ")"
	}
	if p.Type == "uint" || p.Type == "int" {
		return p.Type + "256"
	}
	return p.Type
}

func canonicals(params []parameter) string {
	types := make([]string, len(params))
	for i, p := range params {
		types[i] = p.canonical()
	}
	return strings.Join(types, ",")
}

// value reads what the file says for a parameter: a text or a list of values.
func (p parameter) value(raw json.RawMessage) (any, error) {
	var s string
	if json.Unmarshal(raw, &s) != nil {
		var v any
		d := json.NewDecoder(strings.NewReader(string(raw)))
		d.UseNumber()
		err := d.Decode(&v)
		return p.positional(v), err
	}
	if p.Type == "string" || !strings.HasPrefix(strings.TrimSpace(s), "[") {
		return s, nil
	}
	l := &listText{rest: s}
	v := l.value()
	if l.space(); l.bad || l.rest != "" {
		return nil, fmt.Errorf("%q is no list", s)
	}
	return v, nil
}

// positional puts the members of objects into the order of the components.
func (p parameter) positional(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := make([]any, len(p.Components))
		for i, c := range p.Components {
			out[i] = c.positional(v[c.Name])
		}
		return out
	case []any:
		if e, _, ok := p.element(); ok {
			for i := range v {
				v[i] = e.positional(v[i])
			}
		}
		return v
	case json.Number, bool:
		return fmt.Sprint(v)
	}
	return v
}

// listText reads a list as people write it in a field of the builder: JSON, with
// texts quoted or not.
type listText struct {
	rest string
	bad  bool
}

func (l *listText) space() { l.rest = strings.TrimLeft(l.rest, " \t\r\n") }

func (l *listText) next(c string) bool {
	l.space()
	rest, ok := strings.CutPrefix(l.rest, c)
	if ok {
		l.rest = rest
	}
	return ok
}

func (l *listText) value() any {
	if l.next("[") {
		return l.list()
	}
	for _, quote := range []string{`"`, `'`} {
		if l.next(quote) {
			s, rest, ok := strings.Cut(l.rest, quote)
			l.rest, l.bad = rest, l.bad || !ok || strings.Contains(s, `\`)
			return s
		}
	}
	end := strings.IndexAny(l.rest, ",]")
	if end < 0 {
		l.bad, end = true, len(l.rest)
	}
	s := strings.TrimSpace(l.rest[:end])
	l.rest = l.rest[end:]
	return s
}

func (l *listText) list() []any {
	out := []any{}
	if l.next("]") {
		return out
	}
	for !l.bad {
		out = append(out, l.value())
		if l.next("]") {
			return out
		}
		l.bad = l.bad || !l.next(",")
	}
	return out
}

// yaml writes a value as the intent has it.
func (p parameter) yaml(v any) (string, error) {
	if e, n, ok := p.element(); ok {
		list, isList := v.([]any)
		if !isList || n >= 0 && n != len(list) {
			return "", fmt.Errorf("%v is no %s", v, p.Type)
		}
		types := make([]parameter, len(list))
		for i := range types {
			types[i] = e
		}
		return yamlList(types, list)
	}
	if p.Type == "tuple" {
		list, _ := v.([]any)
		return yamlList(p.Components, list)
	}
	s, ok := v.(string)
	if !ok {
		return "", fmt.Errorf("%v is no %s", v, p.Type)
	}
	return p.yamlText(s)
}

func (p parameter) yamlText(s string) (string, error) {
	switch {
	case p.Type == "string":
		return strconv.QuoteToASCII(s), nil
	case strings.HasPrefix(p.Type, "uint") || strings.HasPrefix(p.Type, "int"):
		n, err := numberText(s)
		if err != nil {
			return "", err
		}
		return strconv.Quote(n.String()), nil
	case p.Type == "bool":
		return strconv.Quote(strings.ToLower(strings.TrimSpace(s))), nil
	}
	return strconv.Quote(strings.TrimSpace(s)), nil
}

// numberText reads a number as a person does: 0x is hexadecimal, nothing else is.
func numberText(s string) (*big.Int, error) {
	digits, base := strings.TrimSpace(s), 10
	if hex, ok := strings.CutPrefix(digits, "0x"); ok {
		digits, base = hex, 16
	}
	n, ok := new(big.Int).SetString(digits, base)
	if !ok {
		return nil, fmt.Errorf("%q is no number", s)
	}
	return n, nil
}

func yamlList(params []parameter, values []any) (string, error) {
	if len(params) != len(values) {
		return "", fmt.Errorf("%d values for %d types", len(values), len(params))
	}
	items := make([]string, len(values))
	for i, v := range values {
		s, err := params[i].yaml(v)
		if err != nil {
			return "", err
		}
		items[i] = s
	}
	return "[" + strings.Join(items, ", ") + "]", nil
}

// words writes what the file says in words as an intent. library is "" for the
// default of the Safe's version.
func (b *batchFile) words(library string) (string, error) {
	var w strings.Builder
	fmt.Fprintf(&w, "coldsign: intent/v1\nchain: %s\nsafe: %q\nnonce: %d\n", b.chain(), b.safe().Hex(), batchNonce)
	if library != "" && len(b.txs) > 1 {
		fmt.Fprintf(&w, "multisend: %q\n", library)
	}
	w.WriteString("actions:\n")
	for i := range b.txs {
		action, err := b.txs[i].action()
		if err != nil {
			return "", fmt.Errorf("transactions[%d]: %w", i, err)
		}
		w.WriteString("  - " + action + "\n")
	}
	return w.String(), nil
}

func (tx *batchTx) action() (string, error) {
	value, err := numberText(tx.Value)
	if err != nil {
		return "", err
	}
	if tx.Method == nil {
		return fmt.Sprintf("send: {amount: \"%s wei\", to: %q}", value, tx.To), nil
	}
	values := make([]any, len(tx.Method.Inputs))
	for i, p := range tx.Method.Inputs {
		if values[i], err = p.value(tx.input(i)); err != nil {
			return "", err
		}
	}
	args, err := yamlList(tx.Method.Inputs, values)
	if err != nil {
		return "", err
	}
	types := canonicals(tx.Method.Inputs)
	if tx.Method.Name == "transfer" && types == "address,uint256" && value.Sign() == 0 {
		amount, err := numberText(values[1].(string))
		return fmt.Sprintf("transfer: {token: %q, amount: \"%s raw\", to: %q}", tx.To, amount, values[0]), err
	}
	return fmt.Sprintf("call: {to: %q, function: \"%s(%s)\", args: %s, value: \"%s wei\"}", tx.To, tx.Method.Name, types, args, value), nil
}

// input is the text of a parameter; those without a name are numbered.
func (tx *batchTx) input(i int) json.RawMessage {
	name := tx.Method.Inputs[i].Name
	if name == "" {
		name = strconv.Itoa(i)
	}
	if raw, ok := tx.Inputs[name]; ok {
		return raw
	}
	return json.RawMessage(`""`)
}

// leftover reports data that is not of the method beside it; the builder sends the
// data.
func (tx *batchTx) leftover() bool {
	if tx.Method == nil || tx.Data == nil || *tx.Data == "" {
		return false
	}
	selector := crypto.Keccak256([]byte(tx.Method.Name + "(" + canonicals(tx.Method.Inputs) + ")"))[:4]
	return !bytes.HasPrefix(common.FromHex(*tx.Data), selector)
}
