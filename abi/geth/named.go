package geth

import (
	"bytes"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
)

func (s shape) openNamed(args []any) box {
	in := Input{To: args[0].(common.Address), Value: bigWord(args[1]), Data: withName(args[2].(string), args[3].([]byte))}
	if s.operation && args[5].(bool) { // Aave's executors, withDelegatecall
		in.Operation = 1
	}
	return box{opened: s.opened, calls: []Input{in}, single: true}
}

// openNamedParallel opens nothing if the lists differ in length; the governor
// refuses such a proposal.
func (s shape) openNamedParallel(args []any) box {
	to, value, name, data := args[0].([]common.Address), args[1].([]*big.Int), args[2].([]string), args[3].([][]byte)
	if n := len(to); n != len(value) || n != len(name) || n != len(data) {
		return box{opened: -1, faults: []string{fmt.Sprintf("lengths %d %d %d %d", n, len(value), len(name), len(data))}}
	}
	b := box{opened: s.opened, calls: make([]Input, len(to))}
	for i := range b.calls {
		b.calls[i] = Input{To: to[i], Value: bigWord(value[i]), Data: withName(name[i], data[i])}
	}
	return b
}

// withName returns what a Compound timelock calls its target with: the name is
// hashed as it stands, without a look at what it says (Timelock.sol,
// executeTransaction). So what is shown must follow from the hash too, never
// from the name.
func withName(name string, data []byte) []byte {
	if name == "" {
		return data
	}
	return bytes.Join([][]byte{crypto.Keccak256([]byte(name))[:4], data}, nil)
}
