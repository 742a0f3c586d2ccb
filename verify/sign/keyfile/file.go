package keyfile

import (
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify/eip55"
	"github.com/coldsign/coldsign/verify/proposal/strictjson"
)

// MaxSize is the most bytes of a key file. geth's have 490; a phrase and a list of
// accounts, which some wallets add, have a few thousand.
const MaxSize = 64 << 10

// limits keep a small file from becoming many values.
var limits = strictjson.Limits{Bytes: MaxSize, Depth: 8, Items: 4096}

const cipherName = "aes-128-ctr"

// File is a key file as Parse read it: still encrypted, its parameters within the
// bounds. The zero value is no file and cannot be opened.
type File struct {
	iv         [16]byte
	ciphertext [32]byte
	mac        [32]byte
	kdf        kdf
	address    *common.Address // as claimed, nil if the file claims none
}

// Address returns the address that the file claims, and false if it claims none. Until
// Open has compared it, nothing stands behind the claim.
func (f *File) Address() (common.Address, bool) {
	if f.address == nil {
		return common.Address{}, false
	}
	return *f.address, true
}

// Parse reads a key file. It derives nothing and takes little memory, whatever the
// parameters in the file.
func Parse(raw []byte) (*File, error) {
	root, err := strictjson.Parse(raw, limits)
	if err != nil {
		return nil, fail(ErrFile, hintFile, "this is no key file: %v", err)
	}
	var r reader
	f := r.file(root)
	if r.err != nil {
		return nil, r.err
	}
	return f, nil
}

func (r *reader) file(root *strictjson.Value) *File {
	// ethers spells the member with a capital. Alone it has one reading: what is opened
	// is encoded anew with the other spelling, and of both at once none is taken.
	crypto := "crypto"
	if root.Is(strictjson.Object) && root.Get("Crypto") != nil {
		crypto = "Crypto"
	}
	r.object(root, "", true, "version", "address", crypto, "id")
	r.version(root.Get("version"))
	f := &File{address: r.address(root.Get("address"))}
	c := root.Get(crypto)
	r.object(c, "crypto", false, "cipher", "cipherparams", "ciphertext", "kdf", "kdfparams", "mac")
	r.word(c.Get("cipher"), "crypto.cipher", cipherName)
	params := c.Get("cipherparams")
	r.object(params, "crypto.cipherparams", false, "iv")
	r.exactly(f.iv[:], params.Get("iv"), "crypto.cipherparams.iv", hintIV)
	r.exactly(f.ciphertext[:], c.Get("ciphertext"), "crypto.ciphertext", hintCiphertext)
	r.exactly(f.mac[:], c.Get("mac"), "crypto.mac", hintFile)
	f.kdf = r.kdf(c)
	return f
}

// version tells the older formats apart: "1" as a string selects another cipher in
// DecryptKey, and 4 is the format of validator keys (EIP-2335).
func (r *reader) version(v *strictjson.Value) {
	n, exact := integer(v)
	switch {
	case r.err != nil || exact && n == 3:
	case exact:
		r.fail(ErrFile, "write the key again as a file of version 3, for example with geth account import", "the key file has version %d; only version 3 is read", n)
	default:
		r.fail(ErrFile, hintFile, "version must be the number 3, and is %s", found(v))
	}
}

func (r *reader) address(v *strictjson.Value) *common.Address {
	if r.err != nil || v == nil {
		return nil
	}
	if !v.Is(strictjson.String) {
		r.fail(ErrFile, hintAddress, "address must be a string, and is %s", found(v))
		return nil
	}
	text := v.Text
	if !strings.HasPrefix(text, "0x") {
		text = "0x" + text
	}
	a, fault := eip55.Parse(text)
	if fault != nil {
		r.fail(ErrFile, hintAddress, "the address that the key file claims cannot be read: %s", fault.Msg)
		return nil
	}
	return &a
}
