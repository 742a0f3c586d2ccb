package proposal

import (
	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/safe"
)

// transfer compares the description of a payment: of the chain's own coin, or of
// a token by one of the functions that the gateway takes for a transfer.
func (d described) transfer() {
	if d.tx.Operation != safe.Call {
		d.lie(d.info.field("type"), "describes a transfer, but the transaction is a delegatecall")
	}
	what := d.info.child("transferInfo")
	kind := what.field("type")
	switch foldKey(kind.text()) {
	case "nativecoin", "ether":
		d.coin(what)
	case "erc20":
		d.token(what, "value")
	case "erc721":
		d.token(what, "tokenId")
	default:
		d.lie(kind, "describes a transfer of an unknown kind: %s", quote(kind.text()))
	}
}

func (d described) coin(what object) {
	if n := len(d.tx.Data); n > 0 {
		d.lie(what.field("type"), "describes a payment of the chain's own coin, but the transaction calls %s with %d bytes of data", d.tx.To.Hex(), n)
	}
	d.sender(d.info.r.safe)
	d.address(d.info.addressInfo("recipient"), d.tx.To, "the transaction goes to")
	d.number(what.field("value"), d.tx.Value, "the transaction sends")
}

func (d described) sender(want *common.Address) {
	if want != nil {
		d.address(d.info.addressInfo("sender"), *want, "the transaction takes from")
	}
}

// A tokenTransfer is one function that moves tokens: which of its arguments is
// whom. All arguments before the amount are static words.
type tokenTransfer struct {
	from, to, amount int // index of the argument; from is -1 where the caller pays
}

// The functions of ERC-20 and ERC-721 by selector.
var tokenTransfers = map[[4]byte]tokenTransfer{
	{0xa9, 0x05, 0x9c, 0xbb}: {-1, 0, 1}, // transfer(address,uint256)
	{0x23, 0xb8, 0x72, 0xdd}: {0, 1, 2},  // transferFrom(address,address,uint256)
	{0x42, 0x84, 0x2e, 0x0e}: {0, 1, 2},  // safeTransferFrom(address,address,uint256)
	{0xb8, 0x8d, 0x4f, 0xde}: {0, 1, 2},  // safeTransferFrom(address,address,uint256,bytes)
}

// token compares the token, both parties and the amount or id. Symbol, decimals
// and name of the token are never taken from the file.
func (d described) token(what object, amount string) {
	t, ok := tokenTransfers[selector(d.tx.Data)]
	if !ok || len(d.tx.Data) < 4+32*(t.amount+1) {
		d.lie(what.field("type"), "describes a transfer of a token, but the data, %d bytes beginning with 0x%x, is no such call", len(d.tx.Data), head(d.tx.Data))
		return
	}
	if !d.tx.Value.IsZero() {
		d.lie(what.field("type"), "describes a transfer of a token alone, but the transaction sends %s of the chain's own coin too", d.tx.Value.Dec())
	}
	d.address(what.field("tokenAddress"), d.tx.To, "the transaction calls")
	from := d.info.r.safe
	if t.from >= 0 {
		a := wordAddress(d.tx.Data, t.from)
		from = &a
	}
	d.sender(from)
	d.address(d.info.addressInfo("recipient"), wordAddress(d.tx.Data, t.to), "the data transfers to")
	d.number(what.field(amount), wordNumber(d.tx.Data, t.amount), "the data transfers")
}

func selector(data []byte) (s [4]byte) {
	if len(data) >= 4 {
		copy(s[:], data)
	}
	return s
}

// argument is the i-th word behind the selector. Callers have checked the length.
func argument(data []byte, i int) []byte { return data[4+32*i : 36+32*i] }

// wordAddress takes the low 20 bytes, as the chain does or refuses to: dirty
// high bytes are reported by the decoders.
func wordAddress(data []byte, i int) common.Address {
	return common.BytesToAddress(argument(data, i))
}

func wordNumber(data []byte, i int) *uint256.Int {
	return new(uint256.Int).SetBytes(argument(data, i))
}
