package attest

import (
	"bytes"
	"errors"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/coldsign/coldsign/verify/proposal/eip712"
	"github.com/coldsign/coldsign/verify/proposal/strictjson"
)

// Kinds of errors.
var (
	ErrForm       = errors.New("this is no attestation of a descriptor")
	ErrDescriptor = errors.New("the descriptor has no canonical form")
	ErrOther      = errors.New("the attestation is for another descriptor")
	ErrSignature  = errors.New("the signature is not that of the signer it names")
)

// What an attestation of a descriptor is made of: the type of EAS's offchain
// attestations, version 2, and the schema whose one value is a descriptor's hash.
const (
	attestType = "Attest(uint16 version,bytes32 schema,address recipient,uint64 time,uint64 expirationTime,bool revocable,bytes32 refUID,bytes data,bytes32 salt)"
	domainName = "EAS Attestation"
	version    = 2
)

var schema = common.HexToHash("0xe023eef113c1670774801c34b377fdf612dd8a4d2fa92fe382e15bd91fafb5c2")

// Bounds of the two files.
var (
	attestationLimits = strictjson.Limits{Bytes: 64 << 10, Depth: 8, Items: 1000}
	descriptorLimits  = strictjson.Limits{Bytes: 2 << 20, Depth: 32, Items: 100_000}
)

// Attestation is a checked attestation.
type Attestation struct {
	Signer    common.Address
	Chain     uint64         // where the attestation could be revoked
	Contract  common.Address // of the attestation service there
	Time      uint64         // unix seconds, as the signer says
	Expires   uint64         // unix seconds, 0 for never; comparing it with a clock is the caller's
	Revocable bool
	Includes  bool // the descriptor includes a file, which is not attested
}

// Scope says in our words what was attested.
func (a Attestation) Scope() string {
	if a.Includes {
		return "attested (top file only; what it includes is not)"
	}
	return "attested"
}

// Hash is the Keccak-256 of a descriptor's canonical form. Its error is
// ErrDescriptor.
func Hash(descriptor []byte) (common.Hash, error) {
	h, _, err := hash(descriptor)
	return h, err
}

func hash(descriptor []byte) (common.Hash, bool, error) {
	root, err := strictjson.Parse(descriptor, descriptorLimits)
	if err != nil {
		return common.Hash{}, false, fmt.Errorf("%w: %v", ErrDescriptor, err)
	}
	form, err := canonical(make([]byte, 0, len(descriptor)), root)
	if err != nil {
		return common.Hash{}, false, fmt.Errorf("%w: %v", ErrDescriptor, err)
	}
	return crypto.Keccak256Hash(form), root.Has("includes"), nil
}

// Verify checks an attestation against the bytes of a descriptor. Its errors are
// ErrForm, ErrDescriptor, ErrOther and ErrSignature.
func Verify(attestation, descriptor []byte) (Attestation, error) {
	root, err := strictjson.Parse(attestation, attestationLimits)
	if err != nil {
		return Attestation{}, fmt.Errorf("%w: %v", ErrForm, err)
	}
	sig := root.Get("sig")
	if sig.Get("types").Has("EIP712Domain") || !onlyKeys(root, "sig", "signer") || !onlyKeys(sig, "version", "uid", "domain", "primaryType", "message", "types", "signature") {
		return Attestation{}, fmt.Errorf("%w: its keys are not those of the form", ErrForm)
	}
	data, problems := eip712.Read(sig, "sig")
	if len(problems) > 0 {
		return Attestation{}, fmt.Errorf("%w: %s", ErrForm, problems[0].Message)
	}
	a, claimed, err := read(data)
	if err != nil {
		return Attestation{}, err
	}
	want, includes, err := hash(descriptor)
	if err != nil {
		return Attestation{}, err
	}
	a.Includes = includes
	if claimed != want {
		return Attestation{}, fmt.Errorf("%w: it is for %s, and this one is %s", ErrOther, claimed, want)
	}
	if a.Signer, err = recovered(data.Hashes.Digest, sig.Get("signature"), root.Get("signer")); err != nil {
		return Attestation{}, err
	}
	return a, nil
}

func onlyKeys(v *strictjson.Value, keys ...string) bool {
	if !v.Is(strictjson.Object) || len(v.Members) != len(keys) {
		return false
	}
	for _, k := range keys {
		if !v.Has(k) {
			return false
		}
	}
	return true
}

// read takes what is said from the typed data, and the descriptor's hash.
func read(d *eip712.Data) (Attestation, common.Hash, error) {
	var a Attestation
	fail := func(why string) (Attestation, common.Hash, error) {
		return Attestation{}, common.Hash{}, fmt.Errorf("%w: %s", ErrForm, why)
	}
	m := &d.Message
	if d.Type != attestType {
		return fail("its type is not that of the form")
	}
	if name := d.Domain.Get("name"); name == nil || string(name.Bytes) != domainName {
		return fail("its domain is not that of the attestation service")
	}
	chain, okChain := d.Domain.Get("chainId").Uint()
	contract, okContract := d.Domain.Get("verifyingContract").Address()
	if !okChain || !okContract || !chain.IsUint64() {
		return fail("its domain names no chain and contract")
	}
	if v, ok := m.Get("version").Uint(); !ok || !v.IsUint64() || v.Uint64() != version {
		return fail("its version is another")
	}
	if !bytes.Equal(m.Get("schema").Bytes, schema[:]) {
		return fail("its schema is another")
	}
	data, _ := m.Get("data").Data()
	if len(data) != common.HashLength {
		return fail("its data are no hash")
	}
	time, _ := m.Get("time").Uint()
	expires, _ := m.Get("expirationTime").Uint()
	a.Chain, a.Contract, a.Time, a.Expires, a.Revocable = chain.Uint64(), contract, time.Uint64(), expires.Uint64(), m.Get("revocable").Bool
	return a, common.Hash(data), nil
}

// recovered returns the signer, who must be the one that is claimed.
func recovered(digest common.Hash, v, claimed *strictjson.Value) (common.Address, error) {
	fail := func(why string) (common.Address, error) {
		return common.Address{}, fmt.Errorf("%w: %s", ErrSignature, why)
	}
	if !onlyKeys(v, "v", "r", "s") || !claimed.Is(strictjson.String) {
		return fail("it is not v, r and s beside a signer")
	}
	r, errR := hexutil.Decode(v.Get("r").Text)
	s, errS := hexutil.Decode(v.Get("s").Text)
	parity := map[string]byte{"27": 0, "28": 1}
	id, ok := parity[v.Get("v").Text]
	if errR != nil || errS != nil || len(r) != 32 || len(s) != 32 || !ok || !v.Get("v").Is(strictjson.Number) {
		return fail("v is 27 or 28, r and s are 32 bytes")
	}
	if !crypto.ValidateSignatureValues(id, new(big.Int).SetBytes(r), new(big.Int).SetBytes(s), true) {
		return fail("its values are out of range, or s is the higher of two")
	}
	key, err := crypto.SigToPub(digest[:], append(append(r, s...), id))
	if err != nil {
		return fail("it recovers to nobody")
	}
	signer := crypto.PubkeyToAddress(*key)
	if claimed.Text != signer.Hex() {
		return fail("it recovers to " + signer.Hex())
	}
	return signer, nil
}
