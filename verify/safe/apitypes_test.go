package safe_test

import (
	"math/rand/v2"
	"testing"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/common/math"
	"github.com/ethereum/go-ethereum/signer/core/apitypes"

	"github.com/coldsign/coldsign/verify/safe"
)

// typedData is the transaction as a wallet gets it for eth_signTypedData_v4.
func typedData(tx *safe.Tx, d safe.Domain) apitypes.TypedData {
	gas := "baseGas"
	if d.Era == safe.EraDataGas {
		gas = "dataGas"
	}
	op, _ := tx.Operation.Wire()
	td := typedDomain(d)
	td.PrimaryType = "SafeTx"
	td.Types["SafeTx"] = []apitypes.Type{
		{Name: "to", Type: "address"}, {Name: "value", Type: "uint256"}, {Name: "data", Type: "bytes"},
		{Name: "operation", Type: "uint8"}, {Name: "safeTxGas", Type: "uint256"}, {Name: gas, Type: "uint256"},
		{Name: "gasPrice", Type: "uint256"}, {Name: "gasToken", Type: "address"},
		{Name: "refundReceiver", Type: "address"}, {Name: "nonce", Type: "uint256"},
	}
	td.Message = apitypes.TypedDataMessage{
		"to": tx.To.Hex(), "value": tx.Value.Dec(), "data": hexutil.Encode(tx.Data), "operation": math.NewHexOrDecimal256(int64(op)),
		"safeTxGas": tx.SafeTxGas.Dec(), gas: tx.BaseGas.Dec(), "gasPrice": tx.GasPrice.Dec(),
		"gasToken": tx.GasToken.Hex(), "refundReceiver": tx.RefundReceiver.Hex(), "nonce": tx.Nonce.Dec(),
	}
	return td
}

func typedDomain(d safe.Domain) apitypes.TypedData {
	td := apitypes.TypedData{Types: apitypes.Types{}, Domain: apitypes.TypedDataDomain{VerifyingContract: d.Safe.Hex()}}
	if d.Era == safe.EraChainID {
		td.Types["EIP712Domain"] = append(td.Types["EIP712Domain"], apitypes.Type{Name: "chainId", Type: "uint256"})
		td.Domain.ChainId = (*math.HexOrDecimal256)(d.ChainID.ToBig())
	}
	td.Types["EIP712Domain"] = append(td.Types["EIP712Domain"], apitypes.Type{Name: "verifyingContract", Type: "address"})
	return td
}

func TestHashAgreesWithApitypes(t *testing.T) {
	const each = 300
	r := rand.New(rand.NewPCG(1, 712))
	for _, era := range safe.Eras() {
		for i := range each {
			tx := randomTx(r)
			d := safe.Domain{Era: era, ChainID: u(1 + r.Uint64()), Safe: randomAddress(r)}
			got, err := tx.Hash(d)
			if err != nil {
				t.Fatal(err)
			}
			td := typedData(tx, d)
			want, _, err := apitypes.TypedDataAndHash(td)
			if err != nil {
				t.Fatal(err)
			}
			message, err := td.HashStruct("SafeTx", td.Message)
			if err != nil {
				t.Fatal(err)
			}
			if hexutil.Encode(want) != got.SafeTx.Hex() || message.String() != got.Message.Hex() {
				t.Fatalf("%s, transaction %d %+v: got %+v, apitypes %x and %s", era, i, tx, got, want, message)
			}
		}
	}
}

func TestMessageAgreesWithApitypes(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 712))
	for _, era := range safe.Eras() {
		for range 100 {
			message := randomBytes(r, r.IntN(100))
			d := safe.Domain{Era: era, ChainID: u(1 + r.Uint64()), Safe: randomAddress(r)}
			got, err := d.HashMessage(message)
			if err != nil {
				t.Fatal(err)
			}
			td := typedDomain(d)
			td.PrimaryType = "SafeMessage"
			td.Types["SafeMessage"] = []apitypes.Type{{Name: "message", Type: "bytes"}}
			td.Message = apitypes.TypedDataMessage{"message": hexutil.Encode(message)}
			want, _, err := apitypes.TypedDataAndHash(td)
			if err != nil || hexutil.Encode(want) != got.SafeMessage.Hex() {
				t.Fatalf("%s, message %x: got %s, apitypes %x, error %v", era, message, got.SafeMessage, want, err)
			}
		}
	}
}
