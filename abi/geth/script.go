package geth

import (
	"bytes"
	"encoding/binary"

	"github.com/ethereum/go-ethereum/common"
)

// callsScript is the id of the calls script, the one kind of EVM script that
// every aragonOS kernel can execute.
var callsScript = []byte{0, 0, 0, 1}

// openScript reads an EVM script as CallsScript.sol does (aragonOS).
func (s shape) openScript(args []any) box {
	b := box{opened: s.opened}
	script := args[s.opened].([]byte)
	if len(script) == 0 {
		return b
	}
	entries, ok := bytes.CutPrefix(script, callsScript)
	if !ok {
		b.opened = -1
		b.fault("script %s", hexText(script[:min(len(script), len(callsScript))]))
		return b
	}
	for len(entries) > 0 {
		in, rest, ok := nextScriptEntry(entries)
		if !ok {
			b.fault("framing %d", len(script)-len(entries))
			return b
		}
		b.calls = append(b.calls, in)
		entries = rest
	}
	return b
}

// nextScriptEntry splits the first entry from the rest. The contract reverts the
// whole script where one is cut off, so nothing is filled up here.
func nextScriptEntry(entries []byte) (in Input, rest []byte, ok bool) {
	const header = common.AddressLength + 4
	if len(entries) < header {
		return Input{}, nil, false
	}
	size := int64(binary.BigEndian.Uint32(entries[common.AddressLength:header]))
	if size > int64(len(entries)-header) {
		return Input{}, nil, false
	}
	end := header + int(size)
	return Input{To: common.BytesToAddress(entries[:common.AddressLength]), Data: entries[header:end:end]}, entries[end:], true
}
