package sigtext

import (
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/proposal/strictjson"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

// MaxCollected bounds what ReadCollected reads, in bytes: the largest blob that
// safe.ParseBlob reads, in hex, and a record around it.
const MaxCollected = 2*safe.MaxBlob + MaxInput

// A Collected is what somebody brings who collects signatures: Key, the signature of
// one key, or, where Blob is not nil, bytes as a Safe reads them. Claimed is the owner
// that a record around the blob names, zero for none.
type Collected struct {
	Key     safe.WalletSignature
	Blob    []byte
	Claimed common.Address
}

// ReadCollected reads all that Read reads, and besides, as raw bytes, as hex digits or
// in the record of a service:
//
//	the signatures of several owners, as execTransaction takes them; also
//	{"signatures":"0x…"}
//	the signature of an owner that is a contract (v 0) or has approved on chain (v 1)
//
// Bytes are those of a key's signature if there are 64 or 65 of them and they cannot be
// one of the two other kinds: r of a key looks like an address once in 2^96 times. The
// error is an *Error or a *safe.Fault. Of a Blob nothing but its size was looked at.
func ReadCollected(input []byte) (Collected, error) {
	if len(input) > MaxCollected {
		return Collected{}, refuse(ErrTooLong, fmt.Sprintf("%d bytes, signatures take at most %d", len(input), MaxCollected), "give the signatures alone")
	}
	if !isText(input) {
		return collectedBytes(input, input)
	}
	text := strings.Trim(string(input), space)
	switch {
	case text == "":
	case text[0] == '{' || text[0] == '"':
		return collectedJSON(text)
	case !strings.ContainsAny(text, ",\n\r["):
		return collectedHex(text, text)
	}
	return collectedKey([]byte(text))
}

func collectedKey(input []byte) (Collected, error) {
	w, err := Read(input)
	return Collected{Key: w}, err
}

// collectedHex reads digits. The whole is what Read gets if they are of a key, or of
// nothing that is known.
func collectedHex(text, whole string) (Collected, error) {
	digits, _ := cutPrefix(text)
	b, err := hex.DecodeString(digits)
	if err != nil {
		if len(whole) > MaxInput {
			return Collected{}, refuse(ErrHex, report.Quote(text)+" is not whole bytes in hex digits", "give 0x and hex digits, as they were exported")
		}
		return collectedKey([]byte(whole))
	}
	return collectedBytes(b, []byte(whole))
}

func collectedBytes(b, whole []byte) (Collected, error) {
	switch {
	case len(b) > safe.MaxBlob:
		return Collected{}, refuse(ErrTooLong, fmt.Sprintf("%d bytes of signatures, at most %d are read", len(b), safe.MaxBlob), "no safe needs signatures of this size")
	case len(b) > keySize, len(b) == keySize && b[keySize-1] < 2 && addressWord(b):
		return Collected{Blob: b}, nil
	}
	return collectedKey(whole)
}

// keySize is the size of a signature of a key, and of one whose r is an owner.
const keySize = 65

func addressWord(b []byte) bool {
	return !slices.ContainsFunc(b[:12], func(c byte) bool { return c != 0 })
}

// collectedJSON reads a string, an object with signatures, or the record of one owner.
func collectedJSON(text string) (Collected, error) {
	doc, err := strictjson.Parse([]byte(text), strictjson.Limits{Bytes: MaxCollected, Depth: 4, Items: 64})
	if err != nil {
		return Collected{}, refuse(ErrJSON, err.Error(), "give the JSON as the wallet or service wrote it")
	}
	if doc.Kind == strictjson.String {
		return collectedHex(doc.Text, text)
	}
	if doc.Has("signatures") {
		if len(doc.Members) > 1 {
			return Collected{}, refuse(ErrNotSingle, fmt.Sprintf("%d keys stand beside signatures", len(doc.Members)-1), "give signatures alone; a proposal with its signatures is the FILE")
		}
		all, err := stringOf(doc, "signatures")
		if err != nil {
			return Collected{}, err
		}
		return collectedHex(all, all)
	}
	return collectedRecord(doc, text)
}

// collectedRecord reads a record whose signature is no key's. What a service says of its
// kind must be what its bytes are.
func collectedRecord(o *strictjson.Value, text string) (Collected, error) {
	v := o.Get("signature")
	if v == nil || v.Kind != strictjson.String {
		return collectedKey([]byte(text))
	}
	c, err := collectedHex(v.Text, text)
	if err != nil || c.Blob == nil {
		return c, err
	}
	for i := range o.Members {
		if k := o.Members[i].Key; k != "signature" && !slices.Contains(aboutKeys, k) {
			return Collected{}, refuse(ErrKey, fmt.Sprintf("the key %s is not one of a signature", report.Quote(k)), "give the signature alone")
		}
	}
	if o.Has("signatureType") {
		said, err := stringOf(o, "signatureType")
		if err != nil {
			return Collected{}, err
		}
		if is := kindOf(c.Blob); said != is {
			return Collected{}, refuse(ErrContra, fmt.Sprintf("signatureType is %s, and the bytes are of kind %s", report.Quote(said), is), "ask where the record comes from")
		}
	}
	c.Claimed, err = readOwner(o)
	return c, err
}

// kindOf names what the first of the signatures is.
func kindOf(blob []byte) string {
	switch blob[keySize-1] {
	case 0:
		return safe.KindContract.String()
	case 1:
		return safe.KindApprovedHash.String()
	}
	return "several signatures"
}
