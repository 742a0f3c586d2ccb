package evmtest

import (
	"encoding/binary"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/safe"
)

// call encodes a function call. It is written apart from package safe, so that
// both cannot be wrong in the same way.
func call(signature string, args ...any) []byte {
	head, tail := []byte(nil), []byte(nil)
	for _, arg := range args {
		switch v := arg.(type) {
		case uint64:
			head = append(head, word(v)...)
		case *uint256.Int:
			head = append(head, v.PaddedBytes(32)...)
		case common.Address:
			head = append(head, common.LeftPadBytes(v[:], 32)...)
		case common.Hash:
			head = append(head, v[:]...)
		case []byte:
			head = append(head, word(uint64(32*len(args)+len(tail)))...)
			tail = append(tail, word(uint64(len(v)))...)
			tail = append(tail, common.RightPadBytes(v, (len(v)+31)/32*32)...)
		case []common.Address:
			head = append(head, word(uint64(32*len(args)+len(tail)))...)
			tail = append(tail, word(uint64(len(v)))...)
			for _, a := range v {
				tail = append(tail, common.LeftPadBytes(a[:], 32)...)
			}
		default:
			panic(fmt.Sprintf("call: argument of type %T", arg))
		}
	}
	return append(append(crypto.Keccak256([]byte(signature))[:4:4], head...), tail...)
}

func word(n uint64) []byte {
	return binary.BigEndian.AppendUint64(make([]byte, 24), n)
}

// unbytes takes the single bytes value out of return data.
func unbytes(out []byte) []byte {
	if len(out) < 64 {
		return nil
	}
	n := binary.BigEndian.Uint64(out[56:64])
	if uint64(len(out)-64) < n {
		return nil
	}
	return out[64 : 64+n]
}

func txArgs(tx *safe.Tx, last any) []any {
	op, _ := tx.Operation.Wire()
	return []any{tx.To, tx.Value, tx.Data, uint64(op), tx.SafeTxGas, tx.BaseGas, tx.GasPrice, tx.GasToken, tx.RefundReceiver, last}
}

const txTypes = "(address,uint256,bytes,uint8,uint256,uint256,uint256,address,address,"
