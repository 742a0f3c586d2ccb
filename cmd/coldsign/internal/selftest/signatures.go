package selftest

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/common"

	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/safe"
	"github.com/coldsign/coldsign/verify/sign/keyfile"
)

// The first account of the phrase "test test … junk", which every developer has: its
// key protects nothing. geth wrote the file; scrypt costs nothing with these numbers.
const (
	testAccount    = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"
	testPassphrase = "selftest"
	testKey        = `{"address":"f39fd6e51aad88f6f4ce6ab8827279cfffb92266","crypto":{"cipher":"aes-128-ctr","ciphertext":"1e2f6ddcf8f288de8fe9819a1f6438ed4bd0f6cabe162863ab799d4e783bd824","cipherparams":{"iv":"0110099776683d4db0e50561d1b822d4"},"kdf":"scrypt","kdfparams":{"dklen":32,"n":2,"p":1,"r":8,"salt":"65a43140d0ee90410b50f1b9b36b1d43679a60d7668061a01341de182cdc8c8f"},"mac":"4827f93a675baec5ac51fd43359361ede5c7a6122ecd503ee14c071891b7a171"},"id":"00000000-0000-0000-0000-000000000000","version":3}`
)

// What its key signs of hop, by ethers 6: as EIP-712, and as a personal message in the
// form of a Safe (v 31).
const (
	hopSigned    = "0x0bc35dae5767d9d9f142ec4f9a825346cdb7539b6e8c2574ddd55ada085806284bceef8ec19e64668f5f2ebc921b43f23d75fb4a62f4f4d41f3827c43916b45f1c"
	hopEthSigned = "0x64e20d881e5725d6f85def3aa7e8bd3842de0e35d51775e5d135b8f5bece46353c57338590c5ce85a6df4a9794ef14e3dbaae4b4790aad791a7a18801de382b61f"
	hopEthDigest = "0x2f666dd0194027a588abfd9aeb76691ea8e1ee81c7eaa7fc5b8d812b3fd0ef33"
)

var signatures = check{"signatures", "a test key makes the known signatures (RFC 6979) of a hash, in both forms, and they recover to it", func(s subject) error {
	key, err := s.open([]byte(testKey), []byte(testPassphrase))
	if err != nil {
		return err
	}
	hash := common.HexToHash(hopHash)
	digest := s.ethSign(hash)
	if digest.Hex() != hopEthDigest {
		return fmt.Errorf("the personal message of the hash has the digest %s instead of %s", digest, hopEthDigest)
	}
	for _, k := range []struct {
		what   string
		digest common.Hash
		add    byte // to v
		want   string
	}{{"signature", hash, 0, hopSigned}, {"eth_sign signature", digest, 4, hopEthSigned}} {
		raw, err := key.Sign(k.digest)
		if err != nil {
			return fmt.Errorf("the %s: %w", k.what, err)
		}
		raw[64] += k.add
		if want := common.FromHex(k.want); !bytes.Equal(raw[:], want) {
			return fmt.Errorf("the %s is %x instead of %x", k.what, raw, want)
		}
		if err := s.recovers(raw[:], hash); err != nil {
			return fmt.Errorf("the %s %w", k.what, err)
		}
	}
	return nil
}}

// recovers demands the test account for the hash, and not for another one.
func (s subject) recovers(raw []byte, hash common.Hash) error {
	sig, err := safe.ParseConfirmation(raw)
	if err != nil {
		return err
	}
	if who, err := s.recover(sig, hash); err != nil || who.Hex() != testAccount {
		return fmt.Errorf("recovers to %s instead of %s (%v)", who.Hex(), testAccount, err)
	}
	hash[31] ^= 1
	if who, err := s.recover(sig, hash); err == nil && who.Hex() == testAccount {
		return errors.New("recovers to the same account over another hash")
	}
	return nil
}

var keyFile = check{"key file", "an encrypted key file opens with its passphrase, and with no other", func(s subject) error {
	key, err := s.open([]byte(testKey), []byte(testPassphrase))
	if err != nil {
		return err
	}
	if got := key.Address().Hex(); got != testAccount {
		return fmt.Errorf("the key in it is that of %s instead of %s", got, testAccount)
	}
	if _, err := s.open([]byte(testKey), []byte("Selftest")); !errors.Is(err, keyfile.ErrPassphrase) {
		return fmt.Errorf("a wrong passphrase is not refused as one (%v)", err)
	}
	return nil
}}

var approval = check{"approvals", "nothing is signed that was not approved, and nothing is approved without a journal", func(s subject) error {
	key, err := s.open([]byte(testKey), []byte(testPassphrase))
	if err != nil {
		return err
	}
	for what, a := range map[string]*verify.Approval{"no approval": nil, "an empty approval": new(verify.Approval)} {
		if r, err := s.sign(a, key); !errors.Is(err, verify.ErrNotApproved) || r.Packed != nil {
			return fmt.Errorf("%s is not refused as one (%v)", what, err)
		}
	}
	q := hopRequest(hopPayment)
	q.Mode = verify.ModeVerify
	if err := s.verifies(q, hopHash); err != nil { // so that it is the journal alone that is missing
		return err
	}
	rep, a, err := s.approve(hopRequest(hopPayment), shown)
	switch {
	case err != nil:
		return err
	case a != nil:
		return errors.New("a transaction is approved without a journal")
	case rep == nil:
		return errors.New("there is no answer")
	}
	return s.with(rep).refuses(hopRequest(hopPayment), hopHash, "JOURNAL_MISSING")
}}
