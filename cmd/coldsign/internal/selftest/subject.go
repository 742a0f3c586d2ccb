package selftest

import (
	"crypto/rand"
	"crypto/sha256"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/coldsign/coldsign/abi"
	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
	"github.com/coldsign/coldsign/verify/sign"
	"github.com/coldsign/coldsign/verify/sign/keyfile"
)

// subject is what is tested. Tests put something broken in the place of a part, to see
// that the check of it fails; nobody else does.
type subject struct {
	keccak  func([]byte) common.Hash
	sha256  func([]byte) [32]byte
	hash    func(*safe.Tx, safe.Domain) (safe.Hashes, error)
	message func(safe.Domain, []byte) (safe.MessageHashes, error)
	through func(safe.Parent, []safe.Level) ([]safe.LevelHashes, error)
	decode  func(abi.Root, abi.Lookup) (*abi.Tree, error)
	verify  func(verify.Request) (*report.Report, error)
	approve func(verify.Request, func(*report.Report) []byte) (*report.Report, *verify.Approval, error)
	confirm func(*verify.Approval, [32]byte) error
	open    func(file, passphrase []byte) (sign.Key, error)
	ethSign func(common.Hash) common.Hash
	recover func(safe.Signature, common.Hash) (common.Address, error)
	sign    func(*verify.Approval, sign.Key) (sign.Result, error)
	escape  func(string) string
	random  func([]byte) (int, error)
}

// program is the subject as it is.
func program() subject {
	return subject{
		keccak:  func(b []byte) common.Hash { return crypto.Keccak256Hash(b) },
		sha256:  sha256.Sum256,
		hash:    (*safe.Tx).Hash,
		message: safe.Domain.HashMessage,
		through: safe.Through,
		decode:  abi.Decode,
		verify:  verify.Verify,
		approve: verify.Approve,
		confirm: (*verify.Approval).Confirm,
		open:    openKey,
		ethSign: safe.EthSignDigest,
		recover: func(s safe.Signature, h common.Hash) (common.Address, error) { return s.Recover(h) },
		sign:    sign.Sign,
		escape:  report.Escape,
		random:  rand.Read,
	}
}

func openKey(file, passphrase []byte) (sign.Key, error) {
	f, err := keyfile.Parse(file)
	if err != nil {
		return nil, err
	}
	k, err := f.Open(passphrase)
	if err != nil {
		return nil, err
	}
	return k, nil
}
