package compose

import "github.com/coldsign/coldsign/verify/safe"

// writeCalldata writes what goes to the Safe itself, without signatures: they are
// added when they are there.
func writeCalldata(in *whole) ([]byte, *Error) {
	data, err := safe.ExecTransactionCalldata(in.Tx, nil)
	if err != nil {
		return nil, fail(ErrIncomplete, "", "the calldata cannot be encoded: %v", err)
	}
	return append([]byte(hexText(data)), '\n'), nil
}

// writeRecord writes safe-tx.json. Its readers are Python and keep every integer.
func writeRecord(in *whole) ([]byte, *Error) {
	t := in.Tx
	return line(object(
		account("safe", in.Safe), integer("chainId", in.Chain), text("version", in.Version.String()),
		account("to", t.To), integer("value", t.Value), text("data", hexText(t.Data)), operation(in),
		integer("safeTxGas", t.SafeTxGas), integer("baseGas", t.BaseGas), integer("gasPrice", t.GasPrice),
		account("gasToken", t.GasToken), account("refundReceiver", t.RefundReceiver), integer("nonce", t.Nonce),
	)), nil
}
