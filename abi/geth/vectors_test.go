package geth

import (
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
)

// published are declarations by selector, for the vectors below.
var published = book{
	"8d80ff0a": {"multiSend(bytes transactions)"},
	"a9059cbb": {"transfer(address to,uint256 amount)", "many_msg_babbage(bytes1)"},
	"6a761202": {"execTransaction(address to,uint256 value,bytes data,uint8 operation,uint256 safeTxGas,uint256 baseGas,uint256 gasPrice,address gasToken,address refundReceiver,bytes signatures)"},
	"174dea71": {"aggregate3Value((address target,bool allowFailure,uint256 value,bytes callData)[] calls)"},
	"f2fde38b": {"transferOwnership(address newOwner)"},
	"e318b52b": {"swapOwner(address prevOwner,address oldOwner,address newOwner)"},
}

const (
	zeros24 = "000000000000000000000000"
	zeros56 = "00000000000000000000000000000000000000000000000000000000"
	zeros64 = zeros56 + "00000000"

	// A MultiSend: USDC transfer, then 1 wei without data.
	multiSendBody = "00a0b86991c6218b36c1d19d4a2e9eb0ce3606eb48" + zeros64 + zeros56 + "00000044a9059cbb" +
		zeros24 + "92d0ebaf7eb707f0650f9471e61348f4656c29bc" + "00000000000000000000000000000000000000000000000000000005d21dba00" +
		"0000000000000000000000000000000000deadbeef" + zeros56 + "00000001" + zeros64

	// The entry of the libraries of 0.1.0 and 1.0.0.
	oldBody = zeros64 + zeros56 + "deadbeef" + zeros56 + "00000001" + zeros56 + "00000080" + zeros56 + "00000003" + "112233" + zeros56 + "00"

	// The signature inside the execTransaction.
	vectorSignature = "0bc35dae5767d9d9f142ec4f9a825346cdb7539b6e8c2574ddd55ada085806284bceef8ec19e64668f5f2ebc921b43f23d75fb4a62f4f4d41f3827c43916b45f1c"
)

func vectorMultiSend() []byte {
	return join(unhex("8d80ff0a"), enc("20", "ee", "="+multiSendBody), make([]byte, 18))
}

func vectorExecTransaction() []byte {
	return join(unhex("6a761202"), enc("deadbeef", "1", "140", "0", "0", "0", "0", "0", "0", "160", "0", "41", "="+vectorSignature), make([]byte, 31))
}

func vectorAggregate3Value() []byte {
	return join(unhex("174dea71"), enc("20", "1", "20", "62c0a111929fa32cec2f76adba54c16afb6e8364", "0", "0", "80", "24",
		"=f2fde38b"+zeros24+"847b5c174615b1b7fdf770882256e2d3e95b9d92"), make([]byte, 28))
}

func TestVectors(t *testing.T) {
	for _, c := range []struct {
		name, to  string
		operation byte
		data      []byte
		want      string
	}{
		{"MultiSend", "0x40A2aCCbd92BCA938b02010E17A5b8929b49130D", 1, vectorMultiSend(), `operation 1
to 0x40a2accbd92bca938b02010e17a5b8929b49130d
value 0
data 324 decoded
selector 0x8d80ff0a
candidate[0] multiSend(bytes) decoded
function multiSend(bytes)
arg[0] bytes transactions opened 238
container multiSend 2
data.multiSend[0].operation 0
data.multiSend[0].to 0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48
data.multiSend[0].value 0
data.multiSend[0].data 68 decoded
data.multiSend[0].selector 0xa9059cbb
data.multiSend[0].candidate[0] transfer(address,uint256) decoded
data.multiSend[0].candidate[1] many_msg_babbage(bytes1) noncanonical
data.multiSend[0].function transfer(address,uint256)
data.multiSend[0].arg[0] address to 0x92d0ebaf7eb707f0650f9471e61348f4656c29bc
data.multiSend[0].arg[1] uint256 amount 25000000000
data.multiSend[1].operation 0
data.multiSend[1].to 0x00000000000000000000000000000000deadbeef
data.multiSend[1].value 1
data.multiSend[1].data 0 empty`},
		{"old MultiSend", oldLibrary, 1, join(unhex("8d80ff0a"), enc("20", "c0", "="+oldBody)), `operation 1
to 0xe74d6af1670fb6560dd61ee29eb57c7bc027ce4e
value 0
data 260 decoded
selector 0x8d80ff0a
candidate[0] multiSend(bytes) decoded
function multiSend(bytes)
arg[0] bytes transactions opened 192
container multiSend 1
data.multiSend[0].operation 0
data.multiSend[0].to 0x00000000000000000000000000000000deadbeef
data.multiSend[0].value 1
data.multiSend[0].data 3 short
data.multiSend[0].raw 0x112233`},
		{"execTransaction", testTarget.Hex(), 0, vectorExecTransaction(), `operation 0
to 0x1111111111111111111111111111111111111111
value 0
data 484 decoded
selector 0x6a761202
candidate[0] execTransaction(address,uint256,bytes,uint8,uint256,uint256,uint256,address,address,bytes) decoded
function execTransaction(address,uint256,bytes,uint8,uint256,uint256,uint256,address,address,bytes)
arg[0] address to 0x00000000000000000000000000000000deadbeef
arg[1] uint256 value 1
arg[2] bytes data opened 0
arg[3] uint8 operation 0
arg[4] uint256 safeTxGas 0
arg[5] uint256 baseGas 0
arg[6] uint256 gasPrice 0
arg[7] address gasToken 0x0000000000000000000000000000000000000000
arg[8] address refundReceiver 0x0000000000000000000000000000000000000000
arg[9] bytes signatures 0x` + vectorSignature + `
container execTransaction 1
data.execTransaction.operation 0
data.execTransaction.to 0x00000000000000000000000000000000deadbeef
data.execTransaction.value 1
data.execTransaction.data 0 empty`},
		{"superchain-ops task 065", "0xcA11bde05977b3631167028862bE2a173976CA11", 1, vectorAggregate3Value(), `operation 1
to 0xca11bde05977b3631167028862be2a173976ca11
value 0
data 324 decoded
selector 0x174dea71
candidate[0] aggregate3Value((address,bool,uint256,bytes)[]) decoded
function aggregate3Value((address,bool,uint256,bytes)[])
arg[0] (address,bool,uint256,bytes)[] calls [1]
arg[0][0] (address,bool,uint256,bytes) - {4}
arg[0][0].0 address target 0x62c0a111929fa32cec2f76adba54c16afb6e8364
arg[0][0].1 bool allowFailure false
arg[0][0].2 uint256 value 0
arg[0][0].3 bytes callData opened 36
container aggregate3Value 1
data.aggregate3Value[0].operation 0
data.aggregate3Value[0].to 0x62c0a111929fa32cec2f76adba54c16afb6e8364
data.aggregate3Value[0].value 0
data.aggregate3Value[0].data 36 decoded
data.aggregate3Value[0].selector 0xf2fde38b
data.aggregate3Value[0].candidate[0] transferOwnership(address) decoded
data.aggregate3Value[0].function transferOwnership(address)
data.aggregate3Value[0].arg[0] address newOwner 0x847b5c174615b1b7fdf770882256e2d3e95b9d92`},
		{"safe-eth-py swapOwner", "0xAedF684C1c41B51CbD228116e11484425d2FACB9", 0,
			join(unhex("e318b52b"), enc("1", "c6b82ba149cfa113f8f48d5e3b1f78e933e16dfd", "3066786706ff0b6e71044e55074dbae7d01573cb")), `operation 0
to 0xaedf684c1c41b51cbd228116e11484425d2facb9
value 0
data 100 decoded
selector 0xe318b52b
candidate[0] swapOwner(address,address,address) decoded
function swapOwner(address,address,address)
arg[0] address prevOwner 0x0000000000000000000000000000000000000001
arg[1] address oldOwner 0xc6b82ba149cfa113f8f48d5e3b1f78e933e16dfd
arg[2] address newOwner 0x3066786706ff0b6e71044e55074dbae7d01573cb`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := text(mustDecode(t, Input{Operation: c.operation, To: common.HexToAddress(c.to), Data: c.data}, published.lookup).Transcript())
			if got != c.want {
				t.Errorf("transcript\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// TestVectorsAsPublished compares the vectors above, which are written in words,
// with the first and last digits and the lengths that were published.
func TestVectorsAsPublished(t *testing.T) {
	for _, c := range []struct {
		name        string
		data        []byte
		size        int
		first, last string
	}{
		{"MultiSend", vectorMultiSend(), 324, "8d80ff0a" + zeros56 + "00000020" + zeros56 + "000000ee" + "00a0b86991c6218b", "0001" + zeros64 + strings.Repeat("00", 18)},
		{"execTransaction", vectorExecTransaction(), 484, "6a761202" + zeros56 + "deadbeef", "3916b45f1c" + zeros56 + "000000"},
		{"aggregate3Value", vectorAggregate3Value(), 324, "174dea71" + zeros56 + "00000020", "3e95b9d92" + zeros56},
		{"old body", unhex(oldBody), 192, zeros64, "112233" + zeros56 + "00"},
	} {
		h := hexText(c.data)[2:]
		if len(c.data) != c.size || !strings.HasPrefix(h, c.first) || !strings.HasSuffix(h, c.last) {
			t.Errorf("%s: %d bytes %s, want %d", c.name, len(c.data), h, c.size)
		}
	}
}
