package compose

import (
	"github.com/coldsign/coldsign/verify/proposal/strictjson"
	"github.com/coldsign/coldsign/verify/safe"
)

// typedDataLacks: the domain holds the chain from 1.3.0 on, and of the version it
// tells the era only.
func typedDataLacks(era safe.Era) []string {
	if era.ChainBound() {
		return []string{"version"}
	}
	return []string{"chain", "version"}
}

// writeTypedData writes what a wallet gets for eth_signTypedData_v4.
func writeTypedData(in *whole) ([]byte, *Error) {
	gas := "baseGas"
	if in.era == safe.EraDataGas {
		gas = "dataGas"
	}
	return line(object(
		member("types", object(member("EIP712Domain", domainType(in.era)), member("SafeTx", safeTxType(gas)))),
		member("domain", domain(in)),
		text("primaryType", "SafeTx"),
		member("message", message(in, gas)),
	)), nil
}

func domainType(era safe.Era) strictjson.Value {
	contract := typed("verifyingContract", "address")
	if era.ChainBound() {
		return list(typed("chainId", "uint256"), contract)
	}
	return list(contract)
}

func safeTxType(gas string) strictjson.Value {
	return list(typed("to", "address"), typed("value", "uint256"), typed("data", "bytes"), typed("operation", "uint8"),
		typed("safeTxGas", "uint256"), typed(gas, "uint256"), typed("gasPrice", "uint256"),
		typed("gasToken", "address"), typed("refundReceiver", "address"), typed("nonce", "uint256"))
}

func typed(name, kind string) strictjson.Value { return object(text("name", name), text("type", kind)) }

func domain(in *whole) strictjson.Value {
	contract := account("verifyingContract", in.Safe)
	if !in.era.ChainBound() {
		return object(contract)
	}
	chain := decimal("chainId", in.Chain)
	if in.Chain.IsUint64() && in.Chain.Uint64() <= maxSafeInteger {
		chain = integer("chainId", in.Chain)
	}
	return object(chain, contract)
}

func message(in *whole, gas string) strictjson.Value {
	t := in.Tx
	return object(account("to", t.To), decimal("value", t.Value), text("data", hexText(t.Data)), operation(in),
		decimal("safeTxGas", t.SafeTxGas), decimal(gas, t.BaseGas), decimal("gasPrice", t.GasPrice),
		account("gasToken", t.GasToken), account("refundReceiver", t.RefundReceiver), decimal("nonce", t.Nonce))
}
