package calls

import "github.com/coldsign/coldsign/abi"

// IsAccountExecution reports whether the call tells a smart account to execute
// something (ERC-7579, ERC-7821). The account may be a contract, or a person's
// address whose code was delegated (EIP-7702); the bytes are the same.
func IsAccountExecution(c *abi.Call) bool {
	return c.Function == "execute(bytes32,bytes)" || c.Function == "executeFromExecutor(bytes32,bytes)"
}

// replacesZero reports whether the calls inside c may name the account that
// executes them by the zero address: ERC-7821 allows it for the batches of
// execute(bytes32,bytes). Nothing in the bytes says whether the account follows
// ERC-7821, so it counts as one that does: that is the worse case.
func replacesZero(c *abi.Call) bool {
	const batch = 0x01
	return c.Function == "execute(bytes32,bytes)" && len(c.Args) == 2 && len(c.Args[0].Bytes) == 32 && c.Args[0].Bytes[0] == batch
}
