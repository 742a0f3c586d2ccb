package safe

import (
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/coldsign/coldsign/verify/report"
)

func TestTypeHashes(t *testing.T) {
	const head = "SafeTx(address to,uint256 value,bytes data,uint8 operation,uint256 safeTxGas,uint256 "
	const tail = ",uint256 gasPrice,address gasToken,address refundReceiver,uint256 nonce)"
	tests := []struct {
		text string
		want common.Hash
	}{
		{"EIP712Domain(address verifyingContract)", domainTypeHash},
		{"EIP712Domain(uint256 chainId,address verifyingContract)", domainTypeHashChainID},
		{head + "dataGas" + tail, safeTxTypeHashDataGas},
		{head + "baseGas" + tail, safeTxTypeHash},
		{"SafeMessage(bytes message)", safeMessageTypeHash},
	}
	for _, tt := range tests {
		if got := crypto.Keccak256Hash([]byte(tt.text)); got != tt.want {
			t.Errorf("keccak256(%q) = %s, the constant is %s", tt.text, got, tt.want)
		}
	}
}

func TestSelectors(t *testing.T) {
	tests := []struct {
		signature string
		calldata  []byte
	}{
		{"multiSend(bytes)", MultiSendCalldata(nil)},
		{"approveHash(bytes32)", ApproveHashCalldata(common.Hash{})},
		{"execTransaction(address,uint256,bytes,uint8,uint256,uint256,uint256,address,address,bytes)", mustExec(t)},
	}
	for _, tt := range tests {
		want := crypto.Keccak256([]byte(tt.signature))[:4]
		if string(tt.calldata[:4]) != string(want) {
			t.Errorf("%s: selector %x, want %x", tt.signature, tt.calldata[:4], want)
		}
	}
}

func mustExec(t *testing.T) []byte {
	t.Helper()
	zero := secp256k1N.Clone().Clear()
	b, err := ExecTransactionCalldata(&Tx{Operation: Call, Value: zero, SafeTxGas: zero, BaseGas: zero, GasPrice: zero}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestFaultCodesAreInTheCatalogue(t *testing.T) {
	for _, name := range []string{CodeMalformed, CodeNoncanonical, CodeContract, CodeUnverifiable, CodeEthSign, CodeNotOwner, CodeNotClaimed} {
		c, ok := report.LookupCode(name)
		if !ok {
			t.Errorf("%s is not a finding code", name)
		}
		if c.Stage != report.StageSignatures {
			t.Errorf("%s belongs to stage %s, want signatures", name, c.Stage)
		}
		f := Fault{Code: name}
		if f.Malformed() != (c.Severity == report.Critical) {
			t.Errorf("%s: Malformed() = %v, severity %s", name, f.Malformed(), c.Severity)
		}
	}
}
