package compose

import (
	"encoding/hex"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/proposal/strictjson"
)

// maxSafeInteger is the largest integer that readers in JavaScript keep
// (ECMAScript, Number.MAX_SAFE_INTEGER).
const maxSafeInteger = 1<<53 - 1

func object(members ...strictjson.Member) strictjson.Value {
	return strictjson.Value{Kind: strictjson.Object, Members: members}
}

func list(items ...strictjson.Value) strictjson.Value {
	return strictjson.Value{Kind: strictjson.Array, Items: items}
}

func member(key string, v strictjson.Value) strictjson.Member {
	return strictjson.Member{Key: key, Value: v}
}

func text(key, s string) strictjson.Member {
	return member(key, strictjson.Value{Kind: strictjson.String, Text: s})
}

func null(key string) strictjson.Member {
	return member(key, strictjson.Value{Kind: strictjson.Null})
}

func token(key, digits string) strictjson.Member {
	return member(key, strictjson.Value{Kind: strictjson.Number, Text: digits})
}

func account(key string, a common.Address) strictjson.Member { return text(key, a.Hex()) }

func decimal(key string, n *uint256.Int) strictjson.Member { return text(key, n.Dec()) }

func integer(key string, n *uint256.Int) strictjson.Member { return token(key, n.Dec()) }

// hexText is "0x" for no bytes.
func hexText(b []byte) string { return "0x" + hex.EncodeToString(b) }

// nullableData writes empty data as Safe's services do.
func nullableData(b []byte) strictjson.Member {
	if len(b) == 0 {
		return null("data")
	}
	return text("data", hexText(b))
}

func operation(in *whole) strictjson.Member {
	return token("operation", string('0'+rune(in.operation)))
}

// line is the document with its end of line.
func line(v strictjson.Value) []byte { return append(v.AppendText(nil), '\n') }
