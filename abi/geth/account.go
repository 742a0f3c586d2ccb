package geth

import (
	"bytes"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
)

// accountForm is how the data of an account's execute are laid out. The zero
// value is in no way that the standards state.
type accountForm uint8

const (
	accountNone     accountForm = iota
	accountSingle               // to, value, data, packed
	accountDelegate             // to, data, packed; by delegatecall
	accountBatch                // a list of calls
	accountOpBatch              // a list of calls, and opData if the sender likes
	accountBatches              // a list of the latter
)

// knownModes are the modes of ERC-7579 and ERC-7821, in hex, up to the payload. A
// payload is the account's own affair and may name code to run, so with one no
// mode is known.
var knownModes = map[string]accountForm{
	"00000000000000000000": accountSingle,
	"00010000000000000000": accountSingle,
	"01000000000000000000": accountBatch,
	"01010000000000000000": accountBatch,
	"01000000000078210001": accountOpBatch,
	"01000000000078210002": accountBatches,
	"ff000000000000000000": accountDelegate,
	"ff010000000000000000": accountDelegate,
}

// formOf returns the form that a mode calls for and whether the mode is a known
// one. An unknown mode gets the form of the known mode that agrees with it in
// call type and selector, or else in call type: an account that looks at no more
// of the mode than that would take the calls from there.
func formOf(mode [32]byte) (form accountForm, known bool) {
	form = knownModes[fmt.Sprintf("%x", mode[:10])]
	if form != accountNone {
		return form, zero(mode[10:])
	}
	callType, selector := mode[:1], mode[6:10]
	form = knownModes[fmt.Sprintf("%x0000000000%x", callType, selector)]
	if form == accountNone {
		form = knownModes[fmt.Sprintf("%x000000000000000000", callType)]
	}
	return form, false
}

// openAccount opens execute(bytes32,bytes) of ERC-7579 and ERC-7821.
func (s shape) openAccount(args []any) box {
	mode, data := args[0].([32]byte), args[1].([]byte)
	form, known := formOf(mode)
	b := box{opened: -1}
	if !known {
		b.fault("mode %s", hexText(mode[:]))
	}
	ok := false
	switch form {
	case accountSingle, accountDelegate:
		ok = b.unpackFields(form, data)
	case accountBatch, accountOpBatch:
		ok = b.batch(0, data, form == accountOpBatch)
	case accountBatches:
		ok = b.batches(data)
	}
	if ok {
		b.opened = s.opened
	}
	return b
}

// unpackFields reads abi.encodePacked of the fields; the last of them takes
// whatever is left.
func (b *box) unpackFields(form accountForm, packed []byte) bool {
	var in Input
	rest := bytes.NewBuffer(packed)
	need := common.AddressLength + wordSize
	if form == accountDelegate {
		in.Operation, need = 1, common.AddressLength
	}
	if rest.Len() < need {
		b.fault("framing 0")
		return false
	}
	in.To = common.BytesToAddress(rest.Next(common.AddressLength))
	copy(in.Value[:], rest.Next(need-common.AddressLength))
	in.Data = rest.Bytes()
	b.calls, b.single = []Input{in}, true
	return true
}

// The encodings of ERC-7821, prepared like declarations: what is read from them
// goes through the guard and is encoded again, as all arguments are. The name is
// never shown.
var (
	batchArgs   = newPrepared("batch((address,uint256,bytes)[])")
	opBatchArgs = newPrepared("batch((address,uint256,bytes)[],bytes)")
	batchesArgs = newPrepared("batch(bytes[])")
)

// batch reads one batch. The encodings with and without opData cannot be taken
// for each other: the list begins after one word in the one, after two in the
// other.
func (b *box) batch(number int, data []byte, mayHaveOpData bool) bool {
	values, size, ok := batchArgs.read(data)
	if !ok && mayHaveOpData {
		values, size, ok = opBatchArgs.read(data)
	}
	if !ok {
		b.fault("framing %d", number)
		return false
	}
	b.calls = append(b.calls, tupleCalls(values[0])...)
	for _, opData := range values[1:] {
		b.opData = append(b.opData, fmt.Sprint(number, " ", hexText(opData.([]byte))))
	}
	b.suffix(number, data[size:])
	return true
}

func (b *box) batches(data []byte) bool {
	values, size, ok := batchesArgs.read(data)
	if !ok {
		b.fault("framing 0")
		return false
	}
	list := values[0].([][]byte)
	for i, one := range list {
		b.batch(i, one, true)
	}
	b.suffix(len(list), data[size:])
	return true
}

// suffix notes bytes behind an encoding: the calls are clear, but somebody may
// read the bytes too.
func (b *box) suffix(number int, rest []byte) {
	if len(rest) > 0 {
		b.fault("suffix %d %s", number, hexText(rest))
	}
}
