package risk

import (
	"fmt"
	"strings"

	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/abi/catalogue"
	"github.com/coldsign/coldsign/abi/encode"
	"github.com/coldsign/coldsign/verify/effect/calls"
)

// encodings refuses calldata that two readers could read differently
// (attacks.md §7). An honest encoder writes none of it.
func encodings(ctx *Context) {
	ctx.calls(func(c *abi.Call) {
		callOnly(ctx, c)
		switch c.Status {
		case abi.StatusNoncanonical:
			ctx.add("NONCANONICAL_ABI", c.Where("data"),
				fmt.Sprintf("the %d bytes of data are not the encoding of any known function of selector 0x%x (%s): padding, offsets or ranges are not what an encoder writes", len(c.Data), c.Selector, candidateNames(c)),
				"readers may disagree about what this does; have it built again by another tool")
			operationOutOfRange(ctx, c)
		case abi.StatusTrailing:
			ctx.add("TRAILING_CALLDATA", c.Where("data"),
				fmt.Sprintf("%d bytes follow the arguments of %s", len(c.Suffix), c.Function),
				"some services append a tag; the intent must declare the exact bytes")
		case abi.StatusShort:
			ctx.add("DATA_SHORTER_THAN_SELECTOR", c.Where("data"),
				fmt.Sprintf("the data has only %d bytes, fewer than a selector: it reaches the target's fallback function", len(c.Data)),
				"no function is called by this; ask what it is for")
		}
	})
}

// callOnly refuses a delegatecall in a batch of MultiSendCallOnly, which reverts at it
// (MultiSendCallOnly.sol): a signature for what can only fail serves whoever wants the
// next one.
func callOnly(ctx *Context, c *abi.Call) {
	if c.Operation != 1 || c.Parent == nil || c.Parent.Container != "multiSend" || c.Parent.Unbound {
		return
	}
	if k, ok := ctx.published(c.Parent.To); ok && k.Role == catalogue.RoleMultiSendCallOnly {
		ctx.add("INVALID_OPERATION", c.Where("operation"), "a delegatecall in a batch of MultiSendCallOnly, which takes calls only: this can only fail", "have it built again; what fails is soon to be signed once more")
	}
}

// operationOutOfRange names the operation of a call that carries another one, where
// it is what makes the arguments unreadable: ethers reads 257 as 1 and viem as 257
// (attacks.md §7).
func operationOutOfRange(ctx *Context, c *abi.Call) {
	const at = 4 + 3*32 // the fourth argument
	if len(c.Data) < at+32 {
		return
	}
	for _, k := range c.Candidates {
		d, err := encode.ParseDeclaration(k.Signature)
		if err != nil || len(d.Inputs) < 4 || d.Inputs[2].Type.Base != "bytes" || d.Inputs[3].Type.Base != "uint" || d.Inputs[3].Type.Size != 8 {
			continue
		}
		if op := new(uint256.Int).SetBytes(c.Data[at : at+32]); op.GtUint64(1) {
			ctx.add("INVALID_OPERATION", c.Where("data"), fmt.Sprintf("the call inside has operation %s; only 0 and 1 exist", op.Dec()), "do not sign; have it built again by another tool")
			return
		}
	}
}

func candidateNames(c *abi.Call) string {
	names := make([]string, 0, len(c.Candidates))
	for _, k := range c.Candidates {
		names = append(names, k.Signature)
	}
	return clip(strings.Join(names, ", "), 160)
}

func clip(s string, n int) string {
	if len(s) > n {
		return s[:n] + "..."
	}
	return s
}

// framing turns the faults of package abi into findings. Their words are
// specified there.
func framing(ctx *Context) {
	ctx.calls(func(c *abi.Call) {
		for _, fault := range c.Faults {
			frame(ctx, c, strings.Fields(fault))
		}
		reparsedTail(ctx, c)
	})
}

func frame(ctx *Context, c *abi.Call, words []string) {
	const rebuild = "do not sign; have the batch built again by another tool"
	get := func(i int) string {
		if i < len(words) {
			return clip(words[i], 80)
		}
		return "?"
	}
	switch get(0) {
	case "trailing":
		ctx.add("MULTISEND_TRAILING_BYTES", c.Where("data"), fmt.Sprintf("bytes are left after the last complete entry, from offset %s: %s", get(1), get(2)), rebuild)
	case "truncated":
		ctx.add("MULTISEND_TRAILING_BYTES", c.Where("data"), fmt.Sprintf("%s bytes are left after the last complete entry", get(2)), rebuild)
		ctx.add("MULTISEND_TRUNCATED_ENTRY", c.Where("data.multiSend["+get(1)+"]"),
			fmt.Sprintf("entry %s has only %s of its 85 header bytes; the chain completes it with zeros and executes it", get(1), get(2)), rebuild)
	case "overrun":
		ctx.add("MULTISEND_LENGTH_OVERRUN", c.Where("data.multiSend["+get(1)+"]"),
			fmt.Sprintf("entry %s claims %s bytes of data where %s are left; the chain fills up with zeros", get(1), get(2), get(3)), rebuild)
	case "operation":
		ctx.add("INVALID_OPERATION", c.Where("data"), fmt.Sprintf("call %s inside has operation %s; only 0 and 1 exist", get(1), get(2)), rebuild)
	case "lengths":
		ctx.add("NONCANONICAL_ABI", c.Where("data"), "the arrays of the batch have different lengths: "+strings.Join(words[1:], ", "), rebuild)
	case "suffix":
		ctx.add("TRAILING_CALLDATA", c.Where("data"), fmt.Sprintf("bytes follow batch %s inside: %s", get(1), get(2)), rebuild)
	case "mode":
		ctx.add("NONCANONICAL_ABI", c.Where("data"), fmt.Sprintf("the mode %s is none of ERC-7579 and ERC-7821, and accounts differ on what they make of it", get(1)), rebuild)
	case "script":
		ctx.add("UNKNOWN_SELECTOR", c.Where("data"), fmt.Sprintf("%s at %s carries bytes that begin with %s and are no script of calls, so what it does cannot be read", c.Function, describe(ctx, c.To), get(1)), "decode the bytes by other means, and declare this call in full")
	default:
		ctx.add("NONCANONICAL_ABI", c.Where("data"), "the batch is not framed as its contract reads it: "+clip(strings.Join(words, " "), 120), rebuild)
	}
}

// reparsedTail finds the entry whose length is too short for its function while
// the bytes behind it would complete the arguments: then what reads as further
// entries is the rest of this one (attacks.md §7, "a length too short makes the
// rest a new call").
func reparsedTail(ctx *Context, c *abi.Call) {
	if c.Container != "multiSend" || len(c.Args) != 1 {
		return
	}
	body, offset := multiSendBody(c), 0
	for _, k := range c.Children {
		start := offset + 85
		offset = start + len(k.Data)
		if k.Status != abi.StatusNoncanonical || start > len(body) {
			continue
		}
		if whole := completed(k, body[start:]); whole > len(k.Data) {
			ctx.add("MULTISEND_REPARSED_TAIL", k.Where("data"),
				fmt.Sprintf("the entry states %d bytes of data, but its arguments go on for %d; the rest is read as further calls", len(k.Data), whole),
				"do not sign; have the batch built again by another tool")
		}
	}
}

// multiSendBody returns the packed bytes of a canonical multiSend(bytes): after
// the selector, the offset and the length.
func multiSendBody(c *abi.Call) []byte {
	const head = 4 + 32 + 32
	if len(c.Data) < head {
		return nil
	}
	return c.Data[head:]
}

// completed returns how many bytes the arguments of k take if its data went on,
// or 0 if they do not fit any known function of only static words.
func completed(k *abi.Call, rest []byte) int {
	for _, candidate := range k.Candidates {
		d, err := encode.ParseDeclaration(candidate.Signature)
		if err != nil {
			continue
		}
		want := 4
		for _, p := range d.Inputs {
			n := staticSize(p.Type)
			if n == 0 {
				want = 0
				break
			}
			want += n
		}
		if want > len(k.Data) && want <= len(rest) {
			return want
		}
	}
	return 0
}

// staticSize returns the size of a type without dynamic parts, or 0.
func staticSize(t encode.Type) int {
	switch t.Base {
	case "bytes", "string":
		return 0
	case "array":
		if t.Size < 0 || t.Elem == nil {
			return 0
		}
		return t.Size * staticSize(*t.Elem)
	case "tuple":
		sum := 0
		for _, p := range t.Components {
			n := staticSize(p.Type)
			if n == 0 {
				return 0
			}
			sum += n
		}
		return sum
	}
	return 32
}

// operations: an inner operation that is neither call nor delegatecall.
func operations(ctx *Context) {
	root := ctx.Tree.Root
	if root.Operation > 1 {
		ctx.add("INVALID_OPERATION", root.Where("operation"), fmt.Sprintf("operation %d does not exist; only 0 and 1 do", root.Operation), "do not sign")
	}
}

// commandsIn counts the entries of programs, those of programs in them included.
func commandsIn(ctx *Context) (n int) {
	ctx.calls(func(c *abi.Call) {
		for _, e := range c.Entries {
			e.Walk(func(*abi.Entry) { n++ })
		}
	})
	return n
}

// batches: more than a person reads, or batches inside batches.
func batches(ctx *Context) {
	const most, mostBytes = 200, 64 << 10
	if n := len(ctx.Tree.Root.Data); n > mostBytes {
		ctx.add("PAYLOAD_TOO_LARGE", "data", fmt.Sprintf("the calldata is %d bytes long, more than the %d that a person can look through", n, mostBytes), "have it split, or compare each call with the intent")
	}
	if n := len(ctx.Effects); n > calls.MaxEffects {
		ctx.add("INPUT_LIMIT", "data", fmt.Sprintf("the calls have more than %d effects; those behind are neither shown nor judged", calls.MaxEffects), "do not sign; have it split")
	}
	if n := commandsIn(ctx); n > most {
		ctx.add("BATCH_SIZE", "data", fmt.Sprintf("a contract is given %d commands, more than %d", n, most), "compare each command with a list that was made elsewhere")
	}
	if n := max(ctx.Tree.Calls-1, len(ctx.Effects)); n > most {
		ctx.add("BATCH_SIZE", "data", fmt.Sprintf("the batch carries %d calls with %d effects, more than %d", ctx.Tree.Calls-1, len(ctx.Effects), most), "read the totals, and compare each call with the intent")
	}
	ctx.calls(func(c *abi.Call) {
		if c.Container != "multiSend" || c.Parent == nil {
			return
		}
		for p := c.Parent; p != nil; p = p.Parent {
			if p.Container == "multiSend" {
				ctx.add("BATCH_DEPTH", c.Where("data"), "a batch stands inside a batch", "honest tools write one flat batch; ask why this one is nested")
				return
			}
		}
	})
}
