package strict

import "strconv"

// Entry is one entry of a program (package abi, Programs). It is no call.
type Entry struct {
	Path   string
	Code   byte
	Name   string // "-" if the code is not known
	Status string // unknown, opaque, decoded, trailing or noncanonical
	Data   []byte
	Args   []Value // decoded and trailing
	Suffix []byte  // trailing: what follows the arguments

	Program string // kind of the program that the entry is in turn, "" for most
	Entries []*Entry
}

// statusOpaque is an entry whose name is all that is known of it.
const statusOpaque = "opaque"

// instruction is what is known of a code.
type instruction struct {
	name    string
	layout  *typ   // nil: opaque
	program string // kind of the program that the arguments are
}

// The kinds of programs.
const (
	programRouter = "universalRouter"
	programV4     = "v4Router"
	programTWAP   = "twap"
)

// instructions holds the tables of codes, by kind of program.
var instructions = map[string]map[byte]instruction{
	programRouter: {
		0x00: readable("V3_SWAP_EXACT_IN(address recipient,uint256 amountIn,uint256 amountOutMin,bytes path,bool payerIsUser)"),
		0x01: readable("V3_SWAP_EXACT_OUT(address recipient,uint256 amountOut,uint256 amountInMax,bytes path,bool payerIsUser)"),
		0x02: readable("PERMIT2_TRANSFER_FROM(address token,address recipient,uint160 amount)"),
		0x03: readable("PERMIT2_PERMIT_BATCH(((address token,uint160 amount,uint48 expiration,uint48 nonce)[] details,address spender,uint256 sigDeadline) permitBatch,bytes signature)"),
		0x04: readable("SWEEP(address token,address recipient,uint256 amountMin)"),
		0x05: readable("TRANSFER(address token,address recipient,uint256 value)"),
		0x06: readable("PAY_PORTION(address token,address recipient,uint256 bips)"),
		0x08: readable("V2_SWAP_EXACT_IN(address recipient,uint256 amountIn,uint256 amountOutMin,address[] path,bool payerIsUser)"),
		0x09: readable("V2_SWAP_EXACT_OUT(address recipient,uint256 amountOut,uint256 amountInMax,address[] path,bool payerIsUser)"),
		0x0a: readable("PERMIT2_PERMIT(((address token,uint160 amount,uint48 expiration,uint48 nonce) details,address spender,uint256 sigDeadline) permitSingle,bytes signature)"),
		0x0b: readable("WRAP_ETH(address recipient,uint256 amountMin)"),
		0x0c: readable("UNWRAP_WETH(address recipient,uint256 amountMin)"),
		0x0d: readable("PERMIT2_TRANSFER_FROM_BATCH((address from,address to,uint160 amount,address token)[] batchDetails)"),
		0x0e: readable("BALANCE_CHECK_ERC20(address owner,address token,uint256 minBalance)"),
		0x10: readable("V4_SWAP(bytes actions,bytes[] params)").holding(programV4),
		0x21: readable("EXECUTE_SUB_PLAN(bytes commands,bytes[] inputs)").holding(programRouter),
	},
	programV4: {
		0x06: {name: "SWAP_EXACT_IN_SINGLE"},
		0x07: {name: "SWAP_EXACT_IN"},
		0x08: {name: "SWAP_EXACT_OUT_SINGLE"},
		0x09: {name: "SWAP_EXACT_OUT"},
		0x0b: readable("SETTLE(address currency,uint256 amount,bool payerIsUser)"),
		0x0c: readable("SETTLE_ALL(address currency,uint256 maxAmount)"),
		0x0e: readable("TAKE(address currency,address recipient,uint256 amount)"),
		0x0f: readable("TAKE_ALL(address currency,uint256 minAmount)"),
		0x10: readable("TAKE_PORTION(address currency,address recipient,uint256 bips)"),
	},
	programTWAP: {
		0x00: readable("TWAP(address sellToken,address buyToken,address receiver,uint256 partSellAmount,uint256 minPartLimit,uint256 t0,uint256 n,uint256 t,uint256 span,bytes32 appData)"),
	},
}

// readable makes an instruction of a text in the form of a declaration. It is for
// the texts above: one outside the grammar panics at start.
func readable(text string) instruction {
	d := parseDeclaration(text)
	return instruction{name: d.name, layout: d.params}
}

func (i instruction) holding(program string) instruction {
	i.program = program
	return i
}

// mayFail is the bit of a router's code that lets the others go on.
const mayFail = 0x80

// twapHandler is the TWAP order type that CoW Protocol published, at one address
// on all chains.
var twapHandler = [20]byte{
	0x6c, 0xf1, 0xe9, 0xca, 0x41, 0xf7, 0x61, 0x1d, 0xef, 0x40,
	0x81, 0x22, 0x79, 0x3c, 0x35, 0x8a, 0x3d, 0x11, 0xe5, 0xa5,
}

// program reads the program that the arguments of c are, if they are one.
func (d *decoder) program(c *Call) (err error) {
	p := programOf{depth: c.Depth + 1, path: c.Path}
	switch c.Function {
	case "execute(bytes,bytes[])", "execute(bytes,bytes[],uint256)":
		c.Program, c.Entries, err = p.read(d, programRouter, c.Args)
	case "create((address,bytes32,bytes),bool)", "createWithContext((address,bytes32,bytes),address,bytes,bool)":
		order := c.Args[0].Elems
		if [20]byte(order[0].Bytes) != twapHandler {
			return nil
		}
		var e *Entry
		e, err = p.entry(d, programTWAP, 0, 0, order[2].setOpened())
		c.Program, c.Entries = programTWAP, []*Entry{e}
	}
	return err
}

// programOf is the place of a program: what it stands in.
type programOf struct {
	depth int
	path  string
}

// read reads codes and inputs, which are the first two of args.
func (p programOf) read(d *decoder, kind string, args []Value) (string, []*Entry, error) {
	codes, inputs := args[0].Bytes, args[1].Elems
	if len(codes) != len(inputs) {
		return "", nil, nil
	}
	var list []*Entry
	for i, code := range codes {
		e, err := p.entry(d, kind, i, code, inputs[i].setOpened())
		if err != nil {
			return "", nil, err
		}
		list = append(list, e)
	}
	return kind, list, nil
}

func (p programOf) entry(d *decoder, kind string, index int, code byte, data []byte) (*Entry, error) {
	if err := d.count(p.depth); err != nil {
		return nil, err
	}
	e := &Entry{Path: "data." + kind + "[" + strconv.Itoa(index) + "]", Code: code, Name: "-", Status: statusUnknown, Data: data}
	if p.path != "" {
		e.Path = p.path + "." + e.Path
	}
	if kind == programRouter {
		code &^= mayFail
	}
	known, ok := instructions[kind][code]
	if !ok {
		return e, nil
	}
	e.Name, e.Status = known.name, statusOpaque
	if known.layout == nil {
		return e, nil
	}
	args, used, ok := known.layout.decodeArgs(data)
	if !ok {
		e.Status = statusNoncanonical
		return e, nil
	}
	e.Args, e.Status = args, statusDecoded
	if used < len(data) {
		e.Suffix, e.Status = data[used:], statusTrailing
	}
	var err error
	if known.program != "" {
		inner := programOf{depth: p.depth + 1, path: e.Path}
		e.Program, e.Entries, err = inner.read(d, known.program, e.Args)
	}
	setTexts(e.Args)
	return e, err
}

// entries writes a program, if there is one. The path is that of what it stands in.
func (w *writer) entries(path, kind string, list []*Entry) {
	if kind == "" && len(list) == 0 {
		return
	}
	w.at(path)
	w.begin("program")
	w.buf = append(append(w.buf, kind...), ' ')
	w.buf = strconv.AppendInt(w.buf, int64(len(list)), 10)
	w.end()
	for _, e := range list {
		w.entry(e)
	}
}

func (w *writer) entry(e *Entry) {
	w.at(e.Path)
	w.begin("entry")
	w.buf = append(append(appendHex(w.buf, []byte{e.Code}), ' '), e.Name...)
	w.buf = strconv.AppendInt(append(w.buf, ' '), int64(len(e.Data)), 10)
	w.buf = append(append(w.buf, ' '), e.Status...)
	w.end()
	read := e.Status == statusDecoded || e.Status == statusTrailing
	if read != (len(e.Args) > 0) || (e.Status == statusTrailing) != (len(e.Suffix) > 0) {
		w.text("inconsistent", e.Status)
	}
	if !read {
		w.hex("raw", e.Data)
	}
	w.arguments(e.Args)
	if len(e.Suffix) > 0 {
		w.hex("suffix", e.Suffix)
	}
	w.entries(e.Path, e.Program, e.Entries)
}

// at begins the lines of what has the path.
func (w *writer) at(path string) {
	w.path = append(w.path[:0], path...)
	if path != "" {
		w.path = append(w.path, '.')
	}
}
