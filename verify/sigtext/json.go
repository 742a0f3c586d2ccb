package sigtext

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/eip55"
	"github.com/coldsign/coldsign/verify/proposal/strictjson"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

func readJSON(text string) (safe.WalletSignature, error) {
	doc, err := strictjson.Parse([]byte(text), strictjson.Limits{Bytes: MaxInput, Depth: 4, Items: 64})
	if err != nil {
		return none, refuse(ErrJSON, err.Error(), "give the JSON as the wallet or service wrote it")
	}
	switch doc.Kind {
	case strictjson.String:
		return readHex(doc.Text)
	case strictjson.Object:
		return readObject(doc)
	}
	return none, refuse(ErrNotSingle, fmt.Sprintf("the JSON is %s, want an object or a string", doc.Kind), "give the signature of one owner")
}

// keys that may stand in a record: those that hold the signature, and those that
// say something about it.
var (
	wholeKeys = []string{"signature", "sig"}
	partKeys  = []string{"r", "s", "v", "yParity", "yParityAndS"}
	aboutKeys = []string{"owner", "address", "signatureType", "submissionDate", "transactionHash"}
)

func readObject(o *strictjson.Value) (safe.WalletSignature, error) {
	whole, parts, key := 0, 0, ""
	for i := range o.Members {
		switch m := &o.Members[i]; {
		case slices.Contains(wholeKeys, m.Key):
			whole, key = whole+1, m.Key
		case slices.Contains(partKeys, m.Key):
			parts++
		case slices.Contains(aboutKeys, m.Key):
		default:
			return none, refuse(ErrKey, fmt.Sprintf("the key %s is not one of a signature", report.Quote(m.Key)),
				"give the signature alone: "+strings.Join(append(wholeKeys[:1:1], partKeys[:3]...), ", "))
		}
	}
	if whole > 1 || whole == 1 && parts > 0 || whole+parts == 0 {
		return none, refuse(ErrNotSingle, fmt.Sprintf("%d keys hold a whole signature and %d a part of one", whole, parts),
			"give either signature, or r, s and v")
	}
	claimed, err := readAbout(o)
	if err != nil {
		return none, err
	}
	var w safe.WalletSignature
	if whole == 1 {
		w, err = readWhole(o, key)
	} else {
		w, err = readParts(o)
	}
	if err != nil {
		return none, err
	}
	w.Owner = claimed
	return w, nil
}

func readWhole(o *strictjson.Value, key string) (safe.WalletSignature, error) {
	text, err := stringOf(o, key)
	if err != nil {
		return none, err
	}
	return readHex(text)
}

// readParts reads r with either s and v, or yParityAndS. A parity beside v must
// say the same.
func readParts(o *strictjson.Value) (safe.WalletSignature, error) {
	r, err := scalarOf(o, "r")
	if err != nil {
		return none, err
	}
	if o.Has("yParityAndS") {
		return readCompact(o, r)
	}
	s, err := scalarOf(o, "s")
	if err != nil {
		return none, err
	}
	v, err := readV(o)
	if err != nil {
		return none, err
	}
	return safe.WalletParts(r, s, v)
}

func readCompact(o *strictjson.Value, r *uint256.Int) (safe.WalletSignature, error) {
	for _, key := range []string{"s", "v", "yParity"} {
		if o.Has(key) {
			return none, refuse(ErrNotSingle, fmt.Sprintf("yParityAndS stands beside %s, which it holds", key), "give r and yParityAndS, or r, s and v")
		}
	}
	vs, err := scalarOf(o, "yParityAndS")
	if err != nil {
		return none, err
	}
	a, b := r.Bytes32(), vs.Bytes32()
	return safe.WalletBytes(append(a[:], b[:]...))
}

func readV(o *strictjson.Value) (*uint256.Int, error) {
	var parity *uint256.Int
	if o.Has("yParity") {
		var err error
		if parity, err = smallOf(o, "yParity"); err != nil {
			return nil, err
		}
		if !parity.LtUint64(2) {
			return nil, refuse(ErrNumber, fmt.Sprintf("yParity is %s, want 0 or 1", parity.Dec()), "give the signature as the wallet returned it")
		}
	}
	if !o.Has("v") && parity != nil {
		return parity, nil
	}
	v, err := smallOf(o, "v")
	if err != nil {
		return nil, err
	}
	if parity != nil && v.LtUint64(35) && parityOf(v.Uint64()) != parity.Uint64() {
		return nil, refuse(ErrContra, fmt.Sprintf("v is %s and yParity is %s: they are of two signatures", v.Dec(), parity.Dec()), "give the signature as the wallet returned it")
	}
	return v, nil
}

// parityOf: 0, 27 and 31 are even, 1, 28 and 32 odd. Other values are refused
// later, whatever they mean.
func parityOf(v uint64) uint64 {
	if v < 2 {
		return v
	}
	return 1 - v%2
}

// readAbout reads what a record says beside the signature and returns the owner
// that it names, or zero.
func readAbout(o *strictjson.Value) (owner common.Address, err error) {
	if d := o.Get("transactionHash"); d != nil && d.Kind != strictjson.Null {
		return owner, refuse(ErrOnChain, "the record has a transactionHash: the owner approved on chain, and did not sign",
			"look up approvedHashes on chain; there is nothing to bring")
	}
	if o.Has("submissionDate") {
		if _, err := stringOf(o, "submissionDate"); err != nil {
			return owner, err
		}
	}
	if o.Has("signatureType") {
		kind, err := stringOf(o, "signatureType")
		if err != nil {
			return owner, err
		}
		if kind != safe.KindECDSA.String() && kind != safe.KindEthSign.String() {
			return owner, refuse(ErrOnChain, fmt.Sprintf("signatureType is %s, want EOA or ETH_SIGN: the signature of a key", report.Quote(kind)),
				"for a contract, give what its owners signed")
		}
	}
	return readOwner(o)
}

func readOwner(o *strictjson.Value) (owner common.Address, err error) {
	for _, key := range []string{"owner", "address"} {
		if !o.Has(key) {
			continue
		}
		text, err := stringOf(o, key)
		if err != nil {
			return common.Address{}, err
		}
		a, fault := eip55.Parse(text)
		if fault != nil {
			return common.Address{}, refuse(ErrValue, key+": "+fault.Msg, fault.Hint)
		}
		if a == (common.Address{}) || owner != (common.Address{}) && owner != a {
			return common.Address{}, refuse(ErrContra, fmt.Sprintf("%s is %s, which cannot be or is not the owner named before", key, a.Hex()), "ask where the record comes from")
		}
		owner = a
	}
	return owner, nil
}

func stringOf(o *strictjson.Value, key string) (string, error) {
	v := o.Get(key)
	if v == nil || v.Kind != strictjson.String {
		return "", wrongType(key, v, "a string")
	}
	return v.Text, nil
}

// scalarOf: r and s do not fit the numbers of JSON, so a number there is already
// rounded.
func scalarOf(o *strictjson.Value, key string) (*uint256.Int, error) {
	text, err := stringOf(o, key)
	if err != nil {
		return nil, err
	}
	return scalar(key, text)
}

func smallOf(o *strictjson.Value, key string) (*uint256.Int, error) {
	v := o.Get(key)
	if v == nil || v.Kind != strictjson.String && v.Kind != strictjson.Number {
		return nil, wrongType(key, v, "a number or a string")
	}
	if v.Kind == strictjson.Number {
		return decimalNumber(key, v.Text)
	}
	return small(key, v.Text)
}

func wrongType(key string, v *strictjson.Value, want string) error {
	is := "missing"
	if v != nil {
		is = v.Kind.String()
	}
	return refuse(ErrValue, fmt.Sprintf("%s is %s, want %s", key, is, want), "give the signature as the wallet returned it")
}
