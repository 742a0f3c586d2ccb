package calls

import (
	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/abi"
)

// address returns the i-th argument if it is an address.
func address(c *abi.Call, i int) (common.Address, bool) {
	if i >= len(c.Args) {
		return common.Address{}, false
	}
	return c.Args[i].Address()
}

// number returns the i-th argument if it is an unsigned integer.
func number(c *abi.Call, i int) (*uint256.Int, bool) {
	if i >= len(c.Args) {
		return nil, false
	}
	return c.Args[i].Uint()
}

// word returns the i-th argument if it is a bytes32.
func word(c *abi.Call, i int) (*uint256.Int, bool) {
	if i >= len(c.Args) || c.Args[i].Type != "bytes32" || len(c.Args[i].Bytes) != 32 {
		return nil, false
	}
	return new(uint256.Int).SetBytes(c.Args[i].Bytes), true
}
