package safe

import (
	"encoding/hex"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
)

// MessageHashes are the three values of an off-chain message: the domain
// separator, the SafeMessage struct hash (which devices call "message hash") and
// the hash that owners sign, keccak256(0x1901 ‖ domain ‖ message).
type MessageHashes struct {
	Domain, Message, SafeMessage common.Hash
}

// MessageStructHash returns the EIP-712 struct hash of SafeMessage(bytes
// message). message is what the caller of isValidSignature gave: for a 32-byte
// hash those 32 bytes, for a nested Safe whose parent is 1.4.1 or older the
// 66-byte preimage of the parent's transaction (CompatibilityFallbackHandler,
// encodeMessageDataForSafe).
func MessageStructHash(message []byte) common.Hash {
	var b [64]byte
	inner := crypto.Keccak256Hash(message)
	copy(b[:], safeMessageTypeHash[:])
	copy(b[32:], inner[:])
	return crypto.Keccak256Hash(b[:])
}

// HashMessage returns the hashes of a SafeMessage of the Safe. Its domain follows
// the same era rule as the domain of transactions.
func (d Domain) HashMessage(message []byte) (MessageHashes, error) {
	dh, err := d.Hash()
	if err != nil {
		return MessageHashes{}, err
	}
	mh := MessageStructHash(message)
	pre := Preimage(dh, mh)
	return MessageHashes{Domain: dh, Message: mh, SafeMessage: crypto.Keccak256Hash(pre[:])}, nil
}

// SplitPreimage takes a 66-byte 0x1901 preimage apart. A SafeMessage over such
// bytes can be the approval of a transaction of another Safe, or of any other
// EIP-712 payload: the text "message" then says nothing.
func SplitPreimage(b []byte) (domain, message common.Hash, ok bool) {
	if len(b) != 66 || b[0] != 0x19 || b[1] != 0x01 {
		return common.Hash{}, common.Hash{}, false
	}
	return common.BytesToHash(b[2:34]), common.BytesToHash(b[34:]), true
}

// TextHash returns the EIP-191 version 0x45 hash of a text, which personal_sign
// signs: keccak256("\x19Ethereum Signed Message:\n" ‖ decimal length ‖ text).
func TextHash(text []byte) common.Hash {
	prefix := "\x19Ethereum Signed Message:\n" + strconv.Itoa(len(text))
	return crypto.Keccak256Hash([]byte(prefix), text)
}

// EthSignDigest returns what a device signs when it is asked to sign a hash as
// a message: the form behind v 31 and 32.
func EthSignDigest(hash common.Hash) common.Hash { return TextHash(hash[:]) }

// A TextReading is one way in which wallets hash a text message.
type TextReading struct {
	Name string // "text" or "bytes"
	Hash common.Hash
}

// TextReadings returns the ways in which a string message is hashed in practice.
// The first is the text itself, as the transaction service does it. If the text
// is 0x and whole bytes of hex, a dapp that calls personal_sign signs those
// bytes; so does Safe{Wallet} if they are UTF-8, and the text if they are not.
// decodedByWallet says which. The two hashes are of different promises, so a
// person must see both.
func TextReadings(text string) (readings []TextReading, decodedByWallet bool) {
	readings = []TextReading{{"text", TextHash([]byte(text))}}
	digits, ok := strings.CutPrefix(text, "0x")
	if !ok {
		return readings, false
	}
	raw, err := hex.DecodeString(digits)
	if err != nil {
		return readings, false
	}
	return append(readings, TextReading{"bytes", TextHash(raw)}), utf8.Valid(raw)
}
