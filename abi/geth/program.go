package geth

import (
	"fmt"
	"reflect"

	"github.com/ethereum/go-ethereum/common"
)

// Entry is one step of a program (package abi, Programs).
type Entry struct {
	Path   string
	Code   byte
	Name   string
	Status string // like that of a candidate, or Unknown or Opaque
	Data   []byte
	Args   []Value
	Suffix []byte

	Program string // what the arguments of the step are a program of, "" for most
	Entries []*Entry
}

// Opaque is the status of a step that has a name and no known layout.
const Opaque = "opaque"

// Kinds of programs.
const (
	universalRouter = "universalRouter"
	v4Router        = "v4Router"
	twap            = "twap"
)

// step is what one code of a program means.
type step struct {
	name   string
	layout *prepared // nil if it is not known
	holds  string    // the kind of program that codes and inputs in the layout are
}

// steps are the codes of each kind of program. A layout is written and read like a
// declaration; its name is never hashed.
var steps = map[string]map[byte]step{
	universalRouter: codes(map[byte]string{
		0x00: "V3_SWAP_EXACT_IN(address recipient,uint256 amountIn,uint256 amountOutMin,bytes path,bool payerIsUser)",
		0x01: "V3_SWAP_EXACT_OUT(address recipient,uint256 amountOut,uint256 amountInMax,bytes path,bool payerIsUser)",
		0x02: "PERMIT2_TRANSFER_FROM(address token,address recipient,uint160 amount)",
		0x03: "PERMIT2_PERMIT_BATCH(((address token,uint160 amount,uint48 expiration,uint48 nonce)[] details,address spender,uint256 sigDeadline) permitBatch,bytes signature)",
		0x04: "SWEEP(address token,address recipient,uint256 amountMin)",
		0x05: "TRANSFER(address token,address recipient,uint256 value)",
		0x06: "PAY_PORTION(address token,address recipient,uint256 bips)",
		0x08: "V2_SWAP_EXACT_IN(address recipient,uint256 amountIn,uint256 amountOutMin,address[] path,bool payerIsUser)",
		0x09: "V2_SWAP_EXACT_OUT(address recipient,uint256 amountOut,uint256 amountInMax,address[] path,bool payerIsUser)",
		0x0a: "PERMIT2_PERMIT(((address token,uint160 amount,uint48 expiration,uint48 nonce) details,address spender,uint256 sigDeadline) permitSingle,bytes signature)",
		0x0b: "WRAP_ETH(address recipient,uint256 amountMin)",
		0x0c: "UNWRAP_WETH(address recipient,uint256 amountMin)",
		0x0d: "PERMIT2_TRANSFER_FROM_BATCH((address from,address to,uint160 amount,address token)[] batchDetails)",
		0x0e: "BALANCE_CHECK_ERC20(address owner,address token,uint256 minBalance)",
		0x10: "V4_SWAP(bytes actions,bytes[] params)",
		0x21: "EXECUTE_SUB_PLAN(bytes commands,bytes[] inputs)",
	}),
	v4Router: codes(map[byte]string{
		0x06: "SWAP_EXACT_IN_SINGLE",
		0x07: "SWAP_EXACT_IN",
		0x08: "SWAP_EXACT_OUT_SINGLE",
		0x09: "SWAP_EXACT_OUT",
		0x0b: "SETTLE(address currency,uint256 amount,bool payerIsUser)",
		0x0c: "SETTLE_ALL(address currency,uint256 maxAmount)",
		0x0e: "TAKE(address currency,address recipient,uint256 amount)",
		0x0f: "TAKE_ALL(address currency,uint256 minAmount)",
		0x10: "TAKE_PORTION(address currency,address recipient,uint256 bips)",
	}),
	twap: codes(map[byte]string{
		0x00: "TWAP(address sellToken,address buyToken,address receiver,uint256 partSellAmount,uint256 minPartLimit,uint256 t0,uint256 n,uint256 t,uint256 span,bytes32 appData)",
	}),
}

// codes prepares the texts of a table: a name alone has no layout.
func codes(texts map[byte]string) map[byte]step {
	out := make(map[byte]step, len(texts))
	for code, text := range texts {
		name, fields, ok := parseDeclaration(text)
		if !ok {
			out[code] = step{name: text}
			continue
		}
		s := step{name: name, layout: &prepared{signature: name + typesOf(fields), fields: fields}}
		switch name {
		case "V4_SWAP":
			s.holds = v4Router
		case "EXECUTE_SUB_PLAN":
			s.holds = universalRouter
		}
		out[code] = s
	}
	return out
}

// twapHandler is CoW Protocol's order type TWAP.
var twapHandler = common.HexToAddress("0x6cf1e9ca41f7611def408122793c358a3d11e5a5")

// program is what was read of a program, and which argument it was read from, -1 if
// there is none.
type program struct {
	kind    string
	entries []*Entry
	opened  int
}

// programIn looks for a program in the arguments of c, whose signature is known.
func (d *decoder) programIn(c *Call, args []any) (program, error) {
	switch c.Function {
	case "execute(bytes,bytes[])", "execute(bytes,bytes[],uint256)":
		return d.steps(universalRouter, args, c.Path, c.Depth)
	case "create((address,bytes32,bytes),bool)", "createWithContext((address,bytes32,bytes),address,bytes,bool)":
		order := reflect.ValueOf(args[0])
		if order.Field(0).Interface() != twapHandler {
			break
		}
		e, err := d.step(twap, 0, order.Field(2).Bytes(), childOf(c.Path, twap, 0), c.Depth+1)
		return program{kind: twap, entries: []*Entry{e}, opened: 0}, err
	}
	return program{opened: -1}, nil
}

// steps reads the codes in argument 0 with the inputs in argument 1. The contracts
// refuse a program that has not one input for each code.
func (d *decoder) steps(kind string, args []any, path string, depth int) (program, error) {
	list, inputs := args[0].([]byte), args[1].([][]byte)
	if len(list) != len(inputs) {
		return program{opened: -1}, nil
	}
	p := program{kind: kind, opened: 1}
	for i, data := range inputs {
		e, err := d.step(kind, list[i], data, childOf(path, kind, i), depth+1)
		if err != nil {
			return program{}, err
		}
		p.entries = append(p.entries, e)
	}
	return p, nil
}

func childOf(path, kind string, i int) string {
	if path != "" {
		path += "."
	}
	return fmt.Sprintf("%sdata.%s[%d]", path, kind, i)
}

// step reads one entry.
func (d *decoder) step(kind string, code byte, data []byte, path string, depth int) (*Entry, error) {
	if err := d.admit(depth); err != nil {
		return nil, err
	}
	e := &Entry{Path: path, Code: code, Name: "-", Status: Unknown, Data: data}
	s, known := steps[kind][meaning(kind, code)]
	if !known {
		return e, nil
	}
	e.Name, e.Status = s.name, Opaque
	if s.layout == nil {
		return e, nil
	}
	r := tryCandidate(s.layout, data)
	e.Status = r.status
	if r.chosen == nil {
		return e, nil
	}
	if r.status == Trailing {
		e.Suffix = data[r.size:]
	}
	inner := program{opened: -1}
	if s.holds != "" {
		var err error
		if inner, err = d.steps(s.holds, r.args, path, depth); err != nil {
			return nil, err
		}
	}
	e.Args = valuesOf(s.layout.fields, r.args, inner.opened)
	e.Program, e.Entries = inner.kind, inner.entries
	return e, nil
}

// meaning is the code without what does not belong to its meaning: the router's
// highest bit says that the entry may fail.
func meaning(kind string, code byte) byte {
	if kind == universalRouter {
		return code & 0x7f
	}
	return code
}

// program writes the lines of a program that stands at the path.
func (w *writer) program(path, kind string, entries []*Entry) {
	if kind == "" && len(entries) == 0 {
		return
	}
	w.inside(path)
	w.start("program")
	w.text(kind)
	w.number(len(entries))
	w.end()
	for _, e := range entries {
		w.step(e)
	}
}

func (w *writer) step(e *Entry) {
	w.inside(e.Path)
	w.start("entry")
	w.hex([]byte{e.Code})
	w.text(e.Name)
	w.number(len(e.Data))
	w.text(e.Status)
	w.end()
	if e.Status != Decoded && e.Status != Trailing {
		w.raw(e.Data)
	}
	for i := range e.Args {
		n := w.push("arg[", i, "]")
		w.value(&e.Args[i])
		w.path = w.path[:n]
	}
	if e.Status == Trailing || len(e.Suffix) > 0 {
		w.start("suffix")
		w.hex(e.Suffix)
		w.end()
	}
	w.program(e.Path, e.Program, e.Entries)
}

// inside lets the next lines begin with the path.
func (w *writer) inside(path string) {
	w.path = append(w.path[:0], path...)
	if path != "" {
		w.path = append(w.path, '.')
	}
}
