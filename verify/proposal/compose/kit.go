package compose

// writeKit writes the SafeTransactionData of Safe's SDK, of which the gas fields are
// texts. The nonce is a number there; one that JavaScript would round is a text too.
func writeKit(in *whole) ([]byte, *Error) {
	t := in.Tx
	nonce := decimal("nonce", t.Nonce)
	if t.Nonce.IsUint64() && t.Nonce.Uint64() <= maxSafeInteger {
		nonce = integer("nonce", t.Nonce)
	}
	return line(object(
		account("to", t.To), decimal("value", t.Value), text("data", hexText(t.Data)), operation(in),
		decimal("safeTxGas", t.SafeTxGas), decimal("baseGas", t.BaseGas), decimal("gasPrice", t.GasPrice),
		account("gasToken", t.GasToken), account("refundReceiver", t.RefundReceiver), nonce,
	)), nil
}

// writeOpTxVerify writes the file of op-txverify. Its reader is Go and keeps every
// integer.
func writeOpTxVerify(in *whole) ([]byte, *Error) {
	t := in.Tx
	return line(object(
		account("safe", in.Safe), text("safe_version", in.Version.String()), integer("chain", in.Chain),
		account("to", t.To), integer("value", t.Value), text("data", hexText(t.Data)), operation(in),
		integer("safe_tx_gas", t.SafeTxGas), integer("base_gas", t.BaseGas), integer("gas_price", t.GasPrice),
		account("gas_token", t.GasToken), account("refund_receiver", t.RefundReceiver), integer("nonce", t.Nonce),
	)), nil
}
