package verify_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
)

// wireCall is one call of a batch as the chain gets it.
type wireCall struct {
	to        common.Address
	value     *big.Int
	data      []byte
	operation byte
}

// wireTx is the transaction that a Safe signs: one call or a batch of them. The
// bytes are put together here and not by the packer under test, so that they can
// be wrong.
type wireTx struct {
	wireCall
	calls []wireCall // nil if no batch file can say the same
}

func (b *batchFile) wireCalls() ([]wireCall, error) {
	out := make([]wireCall, len(b.txs))
	for i, tx := range b.txs {
		value, err := numberText(tx.Value)
		if err != nil {
			return nil, err
		}
		out[i] = wireCall{to: common.HexToAddress(tx.To), value: value, data: tx.encoded}
	}
	return out, nil
}

func uintWord(n *big.Int) []byte { return n.FillBytes(make([]byte, 32)) }

func lengthWord(b []byte) []byte { return uintWord(big.NewInt(int64(len(b)))) }

// entries is the packing of MultiSend: operation, target, value, length, data.
func entries(calls []wireCall) []byte {
	var out []byte
	for _, c := range calls {
		out = append(out, c.operation)
		out = append(out, c.to[:]...)
		out = append(out, uintWord(c.value)...)
		out = append(out, lengthWord(c.data)...)
		out = append(out, c.data...)
	}
	return out
}

func multiSend(library common.Address, body []byte) wireTx {
	data := append(common.FromHex("0x8d80ff0a"), uintWord(big.NewInt(32))...)
	data = append(data, lengthWord(body)...)
	data = append(data, body...)
	data = append(data, make([]byte, (32-len(body)%32)%32)...)
	return wireTx{wireCall: wireCall{to: library, value: new(big.Int), data: data, operation: 1}}
}

// wire is what the wallet makes of calls: one alone is the transaction itself.
func wire(library common.Address, calls []wireCall) wireTx {
	tx := wireTx{}
	if len(calls) == 1 {
		tx.wireCall = calls[0]
	} else {
		tx = multiSend(library, entries(calls))
	}
	if len(calls) > 0 {
		tx.calls = calls
	}
	return tx
}

func (c wireCall) equal(other wireCall) bool {
	return c.to == other.to && c.value.Cmp(other.value) == 0 && c.operation == other.operation && bytes.Equal(c.data, other.data)
}

// proposal is the body that clients post to the Transaction Service.
func (tx wireTx) proposal(theSafe common.Address) []byte {
	return fmt.Appendf(nil, `{"safe":%q,"to":%q,"value":"%s","data":"0x%x","operation":%d,"nonce":%d,"safeTxGas":"0","baseGas":"0","gasPrice":"0",
"gasToken":null,"refundReceiver":null,"contractTransactionHash":null,"sender":null,"signature":null,"origin":"{}"}`,
		theSafe.Hex(), tx.to.Hex(), tx.value, tx.data, tx.operation, batchNonce)
}

// file is the same as a Transaction Builder file with calldata. The builder ignores
// the operation; that it would is no reason to pass a file that asks for another.
func (tx wireTx) file(chain string) []byte {
	items := make([]string, len(tx.calls))
	for i, c := range tx.calls {
		operation := ""
		if c.operation != 0 {
			operation = fmt.Sprintf(`,"operation":"%d"`, c.operation)
		}
		items[i] = fmt.Sprintf(`{"to":%q,"value":"%s","data":"0x%x"%s}`, c.to.Hex(), c.value, c.data, operation)
	}
	return fmt.Appendf(nil, `{"version":"1.0","chainId":%q,"createdAt":1,"meta":{"name":"batch"},"transactions":[%s]}`, chain, strings.Join(items, ","))
}

// abiWord is the place of an elementary value in calldata: a word, or the zeros
// behind a text or bytes (kind "padding", which may be empty).
type abiWord struct {
	at, size int
	kind     string
}

func (w abiWord) end() int { return w.at + w.size }

// abiWords finds the values of a method in its calldata.
func abiWords(params []parameter, data []byte) []abiWord {
	var m abiMap
	m.data = data
	m.sequence(params, 4)
	return m.found
}

type abiMap struct {
	data  []byte
	found []abiWord
}

// sequence walks the heads of values; their offsets count from base.
func (m *abiMap) sequence(params []parameter, base int) {
	at := base
	for _, p := range params {
		m.value(p, at, base)
		at += p.headSize()
	}
}

func (m *abiMap) value(p parameter, at, base int) {
	if p.dynamic() {
		at = base + m.number(at)
	}
	if e, n, ok := p.element(); ok {
		if n < 0 {
			n, at = m.number(at), at+32
		}
		m.sequence(slices.Repeat([]parameter{e}, n), at)
		return
	}
	switch p.Type {
	case "tuple":
		m.sequence(p.Components, at)
	case "bytes", "string":
		n := m.number(at)
		m.found = append(m.found, abiWord{at + 32 + n, (32 - n%32) % 32, "padding"})
	default:
		m.found = append(m.found, abiWord{at, 32, p.Type})
	}
}

func (m *abiMap) number(at int) int { return int(binary.BigEndian.Uint32(m.data[at+28 : at+32])) }

func (p parameter) dynamic() bool {
	if e, n, ok := p.element(); ok {
		return n < 0 || e.dynamic()
	}
	return p.Type == "bytes" || p.Type == "string" || p.Type == "tuple" && slices.ContainsFunc(p.Components, parameter.dynamic)
}

// headSize is the number of bytes that a value takes among its neighbours.
func (p parameter) headSize() int {
	if p.dynamic() {
		return 32
	}
	if e, n, ok := p.element(); ok {
		return n * e.headSize()
	}
	if p.Type != "tuple" {
		return 32
	}
	size := 0
	for _, c := range p.Components {
		size += c.headSize()
	}
	return size
}

// placed compares the places of addresses and numbers in the calldata with the
// words of the file: a mutation must change what it says.
func (c *batchCase) placed(t *testing.T) {
	t.Helper()
	for i, tx := range c.txs {
		if tx.Method == nil {
			continue
		}
		var said []string
		for k, p := range tx.Method.Inputs {
			v, err := p.value(tx.input(k))
			if err != nil {
				t.Fatal(err)
			}
			said = append(said, p.said(v)...)
		}
		var found []string
		for _, w := range abiWords(tx.Method.Inputs, tx.encoded) {
			n := new(big.Int).SetBytes(tx.encoded[w.at:w.end()])
			if w.kind == "address" || strings.HasPrefix(w.kind, "uint") {
				found = append(found, n.String())
			}
		}
		if !slices.Equal(said, found) {
			t.Fatalf("%s, transactions[%d]: found %v in the calldata, want %v", c.name(), i, found, said)
		}
	}
}

// said lists the addresses and numbers of a value, as numbers.
func (p parameter) said(v any) (out []string) {
	e, _, isArray := p.element()
	list, _ := v.([]any)
	for i, v := range list {
		if !isArray {
			e = p.Components[i]
		}
		out = append(out, e.said(v)...)
	}
	s, _ := v.(string)
	if n, err := numberText(s); err == nil && (p.Type == "address" || strings.HasPrefix(p.Type, "uint")) && !isArray {
		out = append(out, n.String())
	}
	return out
}
