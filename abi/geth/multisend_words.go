package geth

import (
	"encoding/binary"

	"github.com/ethereum/go-ethereum/common"
)

// oldMultiSend is the library of Safe 0.1.0 and 1.0.0, whose entries are words
// (package abi, MultiSend framing).
var oldMultiSend = common.HexToAddress("0xe74d6af1670fb6560dd61ee29eb57c7bc027ce4e")

// The words of an entry before its data. dataOffset is what the word in front of
// the length always holds: the entry is an ABI encoding whose bytes begin there.
const (
	wordsHeader = 5 * wordSize
	dataOffset  = 0x80
)

// unpackWords reads entries made of words. Nobody has measured what that old
// loop makes of anything else, so anything else ends the list.
func (b *box) unpackWords(packed []byte) {
	for at := 0; at < len(packed); {
		in, n, ok := wordsEntry(packed[at:])
		if !ok {
			b.fault("framing %d", at)
			return
		}
		b.checkOperation(len(b.calls), in.Operation)
		b.calls = append(b.calls, in)
		at += n
	}
}

// wordsEntry reads the entry at the start of rest and returns its size.
func wordsEntry(rest []byte) (in Input, size int, ok bool) {
	if len(rest) < wordsHeader {
		return Input{}, 0, false
	}
	operation, to := rest[:32], rest[32:64]
	if !zero(operation[:31]) || !zero(to[:12]) || !isWord(rest[96:128], dataOffset) {
		return Input{}, 0, false
	}
	data, padded, ok := wordsData(rest[128:])
	if !ok {
		return Input{}, 0, false
	}
	in = Input{Operation: operation[31], To: common.Address(to[12:]), Value: [32]byte(rest[64:96]), Data: data}
	return in, wordsHeader + padded, true
}

// wordsData reads a length, its bytes and their padding with zeros, and returns
// the bytes and their padded length.
func wordsData(rest []byte) (data []byte, padded int, ok bool) {
	length, rest := rest[:wordSize], rest[wordSize:]
	if !zero(length[:24]) {
		return nil, 0, false
	}
	n := binary.BigEndian.Uint64(length[24:])
	if n > uint64(len(rest)) {
		return nil, 0, false
	}
	padded = (int(n) + wordSize - 1) / wordSize * wordSize
	if padded > len(rest) || !zero(rest[n:padded]) {
		return nil, 0, false
	}
	return rest[:n], padded, true
}

func isWord(word []byte, n byte) bool { return zero(word[:31]) && word[31] == n }
