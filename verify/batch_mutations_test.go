package verify_test

import (
	"bytes"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/ethereum/go-ethereum/common"
)

// variant is a batch after one mutation. Long batches have thousands, so that it is
// made on demand.
type variant struct {
	what string
	make func() wireTx
}

// mutations are the ten ways in which a proposal is changed while the intent
// stays. A mutation without variants does not apply to a batch.
var mutations = []struct {
	name string
	make func(*batchCase) []variant
}{
	{"recipient", (*batchCase).recipients},
	{"amount", (*batchCase).amounts},
	{"order", (*batchCase).orders},
	{"dropped", (*batchCase).dropped},
	{"added", (*batchCase).added},
	{"operation", (*batchCase).operations},
	{"value", (*batchCase).values},
	{"selector", (*batchCase).selectors},
	{"trailing byte", (*batchCase).trailing},
	{"dirty padding", (*batchCase).dirty},
}

var (
	stranger = common.HexToAddress("0xdEADbeEFdEADbeEFdEADbeEFdEADbeEFdEADbeEF")
	ether    = big.NewInt(1e18)
	approve  = common.FromHex("0x095ea7b3") // approve(address,uint256)
)

// copied is the calls as they may be changed.
func (c *batchCase) copied() []wireCall {
	out := slices.Clone(c.calls)
	for i := range out {
		out[i].data = slices.Clone(out[i].data)
	}
	return out
}

// with makes other calls of a copy of the calls.
func (c *batchCase) with(what string, f func([]wireCall) []wireCall) variant {
	return variant{what, func() wireTx { return wire(c.library, f(c.copied())) }}
}

// around changes the batch but not the calls in it.
func (c *batchCase) around(what string, f func(*wireTx)) variant {
	return variant{what, func() wireTx {
		tx := c.tx
		tx.data, tx.calls = slices.Clone(tx.data), nil
		f(&tx)
		return tx
	}}
}

// change changes one call.
func (c *batchCase) change(i int, what string, f func(*wireCall)) variant {
	return c.with(fmt.Sprintf("transactions[%d]: %s", i, what), func(calls []wireCall) []wireCall {
		f(&calls[i])
		return calls
	})
}

// changeData changes one byte of one call.
func (c *batchCase) changeData(i, at int, b byte) variant {
	return c.change(i, fmt.Sprintf("byte %d of the data", at), func(k *wireCall) { k.data[at] ^= b })
}

// places calls f for each value in the calldata of each call.
func (c *batchCase) places(f func(call int, w abiWord)) {
	for i, tx := range c.txs {
		if tx.Method == nil {
			continue
		}
		for _, w := range abiWords(tx.Method.Inputs, c.calls[i].data) {
			f(i, w)
		}
	}
}

// recipients changes an address in the middle, where nobody looks, and puts a
// stranger into its place.
func (c *batchCase) recipients() (out []variant) {
	for i := range c.calls {
		out = append(out, c.change(i, "target", func(k *wireCall) { k.to[10] ^= 1 }),
			c.change(i, "a stranger as target", func(k *wireCall) { k.to = stranger }))
	}
	c.places(func(i int, w abiWord) {
		if w.kind == "address" {
			out = append(out, c.changeData(i, w.at+12+10, 1),
				c.change(i, fmt.Sprintf("a stranger at %d", w.at), func(k *wireCall) { copy(k.data[w.at+12:], stranger[:]) }))
		}
	})
	return out
}

func (c *batchCase) amounts() (out []variant) {
	add := func(n *big.Int, by int64) *big.Int { return new(big.Int).Add(n, big.NewInt(by)) }
	c.places(func(i int, w abiWord) {
		n := new(big.Int).SetBytes(c.calls[i].data[w.at:w.end()])
		for _, by := range []int64{1, -1} {
			if changed := add(n, by); inUint(w.kind, changed) {
				out = append(out, c.change(i, fmt.Sprintf("number at %d: %+d", w.at, by), func(k *wireCall) { copy(k.data[w.at:], uintWord(changed)) }))
			}
		}
	})
	for i, k := range c.calls {
		out = append(out, c.change(i, "value +1", func(k *wireCall) { k.value = add(k.value, 1) }))
		if k.value.Sign() > 0 {
			out = append(out, c.change(i, "value -1", func(k *wireCall) { k.value = add(k.value, -1) }))
		}
	}
	return out
}

// inUint reports whether n is a value of the type uintN.
func inUint(kind string, n *big.Int) bool {
	size, ok := strings.CutPrefix(kind, "uint")
	if !ok {
		return false
	}
	bits, err := strconv.Atoi(size)
	if err != nil {
		bits = 256
	}
	return n.Sign() >= 0 && n.BitLen() <= bits
}

// orders swaps neighbours that differ.
func (c *batchCase) orders() (out []variant) {
	for i := range len(c.calls) - 1 {
		if c.calls[i].equal(c.calls[i+1]) {
			continue
		}
		out = append(out, c.with(fmt.Sprintf("transactions[%d] and the next swapped", i), func(calls []wireCall) []wireCall {
			calls[i], calls[i+1] = calls[i+1], calls[i]
			return calls
		}))
	}
	return out
}

// dropped leaves out one call. Of one alone an empty batch is left, of two one
// call alone, or a batch of one.
func (c *batchCase) dropped() (out []variant) {
	for i := range c.calls {
		without := func(calls []wireCall) []wireCall { return slices.Delete(calls, i, i+1) }
		out = append(out, c.with(fmt.Sprintf("transactions[%d] dropped", i), without))
		if len(c.calls) == 2 {
			out = append(out, variant{"a batch of one is left", func() wireTx { return multiSend(c.library, entries(without(c.copied()))) }})
		}
	}
	return out
}

// added pays twice, pays a stranger, or does nothing more.
func (c *batchCase) added() []variant {
	before := func(k wireCall) func([]wireCall) []wireCall {
		return func(calls []wireCall) []wireCall { return slices.Insert(calls, 0, k) }
	}
	behind := func(k wireCall) func([]wireCall) []wireCall {
		return func(calls []wireCall) []wireCall { return append(calls, k) }
	}
	pays := wireCall{to: stranger, value: big.NewInt(1)}
	return []variant{
		c.with("the last one twice", behind(c.calls[len(c.calls)-1])),
		c.with("the first one twice", before(c.calls[0])),
		c.with("a payment behind", behind(pays)),
		c.with("a payment before", before(pays)),
		c.with("an empty call behind", behind(wireCall{to: c.safe(), value: new(big.Int)})),
	}
}

// operations makes a delegatecall of a call, the batch a call, or either of them
// something that does not exist.
func (c *batchCase) operations() (out []variant) {
	for i := range c.calls {
		for _, op := range []byte{1, 2} {
			out = append(out, c.change(i, fmt.Sprintf("operation %d", op), func(k *wireCall) { k.operation = op }))
		}
	}
	if len(c.calls) == 1 {
		return out
	}
	for _, op := range []byte{0, 2} {
		out = append(out, c.around(fmt.Sprintf("operation %d of the batch", op), func(tx *wireTx) { tx.operation = op }))
	}
	return out
}

func (c *batchCase) values() (out []variant) {
	for i, k := range c.calls {
		out = append(out, c.change(i, "one ether more", func(k *wireCall) { k.value = new(big.Int).Add(k.value, ether) }))
		if k.value.Sign() > 0 {
			out = append(out, c.change(i, "no value", func(k *wireCall) { k.value = new(big.Int) }))
		}
	}
	if len(c.calls) > 1 {
		out = append(out, c.around("value of the batch", func(tx *wireTx) { tx.value = ether }))
	}
	return out
}

// selectors calls another function: an unknown one, and an approval.
func (c *batchCase) selectors() (out []variant) {
	for i, k := range c.calls {
		if len(k.data) < 4 {
			continue
		}
		out = append(out, c.changeData(i, 3, 1))
		if !bytes.HasPrefix(k.data, approve) {
			out = append(out, c.change(i, "approve", func(k *wireCall) { copy(k.data, approve) }))
		}
	}
	return out
}

// trailing adds bytes that every contract ignores: behind the arguments, behind
// the last entry of a batch, behind the batch.
func (c *batchCase) trailing() (out []variant) {
	for i := range c.calls {
		for _, n := range []int{1, 32} {
			out = append(out, c.change(i, fmt.Sprintf("%d bytes more", n), func(k *wireCall) { k.data = append(k.data, make([]byte, n)...) }))
		}
	}
	if len(c.calls) == 1 {
		return out
	}
	return append(out, c.around("a byte behind the batch", func(tx *wireTx) { tx.data = append(tx.data, 0) }),
		variant{"a byte behind the last entry", func() wireTx { return multiSend(c.library, append(entries(c.calls), 0)) }})
}

// dirty sets bits that most contracts ignore: first of all those before an
// address.
func (c *batchCase) dirty() (out []variant) {
	c.places(func(i int, w abiWord) {
		if w.kind == "address" {
			out = append(out, c.changeData(i, w.at, 0x80), c.changeData(i, w.at+11, 1))
		}
	})
	c.places(func(i int, w abiWord) {
		if at, ok := w.ignored(); ok {
			out = append(out, c.changeData(i, at, 1))
		}
	})
	body := len(entries(c.calls))
	if len(c.calls) > 1 && body%32 != 0 {
		out = append(out, c.around("padding of the batch", func(tx *wireTx) { tx.data[len(tx.data)-1] = 1 }))
	}
	return out
}

// ignored is a byte of the value, other than an address, that must be zero.
func (w abiWord) ignored() (at int, ok bool) {
	bytesN, fixed := strings.CutPrefix(w.kind, "bytes")
	switch {
	case w.kind == "padding":
		return w.end() - 1, w.size > 0
	case fixed:
		return w.end() - 1, bytesN != "32"
	case w.kind == "bool":
		return w.at, true
	}
	bits, isUint := strings.CutPrefix(w.kind, "uint")
	return w.at, isUint && bits != "256" && bits != ""
}
