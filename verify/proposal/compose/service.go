package compose

import "github.com/coldsign/coldsign/verify/proposal/strictjson"

// writePropose writes the body of POST /safes/{safe}/multisig-transactions/.
// Numbers are texts, as in version 2 of the API: a reader in JavaScript rounds a
// large number.
func writePropose(in *whole) ([]byte, *Error) {
	members := append([]strictjson.Member{account("safe", in.Safe)}, proposed(in)...)
	members = append(members, text("contractTransactionHash", in.hashes.SafeTx.Hex()))
	if in.Sender != nil {
		members = append(members, account("sender", *in.Sender))
	}
	return line(object(members...)), nil
}

// writeGateway writes the body of POST /v1/chains/{chain}/transactions/{safe}/propose,
// in which sender and signature always stand.
func writeGateway(in *whole) ([]byte, *Error) {
	sender := null("sender")
	if in.Sender != nil {
		sender = account("sender", *in.Sender)
	}
	members := append(proposed(in), text("safeTxHash", in.hashes.SafeTx.Hex()), sender, null("signature"), null("origin"))
	return line(object(members...)), nil
}

// proposed are the ten fields as both services take them.
func proposed(in *whole) []strictjson.Member {
	t := in.Tx
	return []strictjson.Member{
		account("to", t.To), decimal("value", t.Value), nullableData(t.Data), operation(in),
		decimal("safeTxGas", t.SafeTxGas), decimal("baseGas", t.BaseGas), decimal("gasPrice", t.GasPrice),
		account("gasToken", t.GasToken), account("refundReceiver", t.RefundReceiver), decimal("nonce", t.Nonce),
	}
}
