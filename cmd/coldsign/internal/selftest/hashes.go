package selftest

import (
	"errors"
	"fmt"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/safe"
)

// The expected values here were computed by other programs, ethers 6 and the contracts
// of each release run in another EVM, or are published with the transaction.

var digests = check{"digests", "keccak256 and SHA-256 give the published digests", func(s subject) error {
	// Keccak-256 of nothing: Ethereum yellow paper, appendix B. SHA-256: FIPS 180-4.
	if got, want := s.keccak(nil).Hex(), "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"; got != want {
		return fmt.Errorf("keccak256 of nothing is %s instead of %s", got, want)
	}
	if got, want := s.keccak(transferData).Hex(), "0xb4c5145ff1352033c789d7b2b97c5c47c7fdd0c2519d69be5d955e2063356d63"; got != want {
		return fmt.Errorf("keccak256 of the calldata of a transfer is %s instead of %s", got, want)
	}
	if got, want := fmt.Sprintf("%x", s.sha256([]byte("abc"))), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"; got != want {
		return fmt.Errorf("SHA-256 of \"abc\" is %s instead of %s", got, want)
	}
	return nil
}}

// transferData transfers 24999.6 USDC.
var transferData = common.FromHex("0xa9059cbb00000000000000000000000092d0ebaf7eb707f0650f9471e61348f4656c29bc00000000000000000000000000000000000000000000000000000005d21dba00")

var (
	safe1 = common.HexToAddress("0x1111111111111111111111111111111111111111")
	safe2 = common.HexToAddress("0x2222222222222222222222222222222222222222")
	safe3 = common.HexToAddress("0x3333333333333333333333333333333333333333")
	usdc  = common.HexToAddress("0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48")
)

func number(n uint64) *uint256.Int { return uint256.NewInt(n) }

// everyField is a transaction with another value in every field, so that no two can
// change places unseen.
func everyField() *safe.Tx {
	return &safe.Tx{
		To: safe1, Value: number(1234567890123456789), Data: transferData, Operation: safe.DelegateCall,
		SafeTxGas: number(100000), BaseGas: number(50000), GasPrice: number(7), GasToken: common.HexToAddress("0x6B175474E89094C44Da98b954EedeAC495271d0F"),
		RefundReceiver: common.HexToAddress("0x5aC255889882aCd3da2aA939679E3f3d4cea221e"), Nonce: number(42),
	}
}

// withoutGas is a call whose gas and refund fields are zero.
func withoutGas(to common.Address, value uint64, data []byte, nonce uint64) *safe.Tx {
	return &safe.Tx{To: to, Value: number(value), Data: data, Operation: safe.Call, SafeTxGas: number(0), BaseGas: number(0), GasPrice: number(0), Nonce: number(nonce)}
}

// hashed is one transaction with its three hashes under some versions.
type hashed struct {
	versions                []string
	tx                      *safe.Tx
	safe                    common.Address
	chain                   uint64
	domain, message, safeTx string
}

func knownHashes() []hashed {
	const domainBefore, messageNow = "0xc1a5fa82bf0e73ba83d0bac416c501e33d0482e30b0486a63d863f5551555a5e", "0x0cf32622a0889b2d9bafef6713241447acd25eee9bf98bd5fa9aea680e46b0bc"
	return []hashed{
		{[]string{"0.1.0"}, everyField(), safe2, 10, domainBefore,
			"0x6ea19c74c21b245673697bc2ffc3f731edbc469edcee4e994b85ded9c70d403a", "0xa6fb6b3d543dc0428328087de376a78e5048b8be7f3b60682d88e0381e785fb8"},
		{[]string{"1.0.0", "1.1.0", "1.1.1", "1.2.0"}, everyField(), safe2, 10, domainBefore, messageNow,
			"0x6f26e083af88375c03b24dcbcc3f946e113215be6a01acc9a69a0cd46faef155"},
		{[]string{"1.3.0", "1.4.0", "1.4.1", "1.5.0"}, everyField(), safe2, 10,
			"0xfd3bdd44ee57fecba864c8ac38dfc2b00a327c83fe5b4ded78a776ab0c256672", messageNow, "0xfa7fd7b22f304cf9d4f0b9d4d5b574ab0d8d94d5033b20233e1514be088ff10c"},
		// A transaction on Ethereum, as the transaction service gives it.
		{[]string{"1.3.0", "1.4.1"}, withoutGas(usdc, 0, transferData, 63), common.HexToAddress("0x1c694Fc3006D81ff4a56F97E1b99529066a23725"), 1,
			"0x1655e94a9bcc5a957daa1acae692b4c22e7aaf146b4deb9194f8221d2f09d8c3", "0xf22754eba5a2b230714534b4657195268f00dc0031296de4b835d82e7aa1e574", "0xad06b099fca34e51e4886643d95d9a19ace2cd024065efb66662a876e8c40343"},
	}
}

var transactions = check{"transaction hashes", "one transaction has the hashes of every release from 0.1.0 to 1.5.0, and a real one those that are published", func(s subject) error {
	for _, k := range knownHashes() {
		want := safe.Hashes{Domain: common.HexToHash(k.domain), Message: common.HexToHash(k.message), SafeTx: common.HexToHash(k.safeTx)}
		for _, name := range k.versions {
			v, err := safe.ParseVersion(name)
			if err != nil {
				return err
			}
			got, err := s.hash(k.tx, safe.Domain{Era: v.Era(), ChainID: number(k.chain), Safe: k.safe})
			if err != nil {
				return fmt.Errorf("under %s: %w", name, err)
			}
			if got != want {
				return fmt.Errorf("under %s the hashes are %s, %s, %s instead of %s, %s, %s", name, got.Domain, got.Message, got.SafeTx, want.Domain, want.Message, want.SafeTx)
			}
		}
	}
	return nil
}}

var messages = check{"message hash", "the text \"hello\" has the known SafeMessage hash", func(s subject) error {
	text := safe.TextHash([]byte("hello"))
	got, err := s.message(safe.Domain{Era: safe.EraChainID, ChainID: number(1), Safe: safe1}, text[:])
	if err != nil {
		return err
	}
	if want := "0x9db0f58ddbc4ca7905fa0838ea376ff82043bd91eadaf86383eea810999b74d4"; got.SafeMessage.Hex() != want {
		return fmt.Errorf("the SafeMessage hash of \"hello\" is %s instead of %s", got.SafeMessage, want)
	}
	return nil
}}

// hopHash is the safeTxHash of hop, the transaction of the nested vectors: 1 wei to
// 0x…DeaDBeef with nonce 7, from safe1 on Ethereum.
const hopHash = "0x07f0ef62e3b6a5ca89a03821b14c00e73cdf5d1ae66f51d2499fbb1083715c18"

func hop() *safe.Tx {
	return withoutGas(common.HexToAddress("0x00000000000000000000000000000000DeaDBeef"), 1, nil, 7)
}

var nested = check{"nested Safes", "owners that are Safes sign the known messages, one and two levels deep, and none where none can count", func(s subject) error {
	h, err := s.hash(hop(), safe.Domain{Era: safe.EraChainID, ChainID: number(1), Safe: safe1})
	if err != nil {
		return err
	}
	if h.SafeTx.Hex() != hopHash {
		return fmt.Errorf("the safeTxHash of the parent is %s instead of %s", h.SafeTx, hopHash)
	}
	v130, v141, v150 := safe.Version{Major: 1, Minor: 3}, safe.Version{Major: 1, Minor: 4, Patch: 1}, safe.Version{Major: 1, Minor: 5}
	for _, k := range []struct {
		parent        safe.Version
		middle, inner safe.Level
		want          []string
	}{
		{v141, safe.Level{Safe: safe2, Version: v141, Handler: safe.Handler141}, safe.Level{Safe: safe3, Version: v141, Handler: safe.Handler141}, []string{"0x298ccf0cdd138fafa4d944c46aae480916316609f4d26665442b0bf41794f7d5", "0x7c109c87142bf0f129b80b88121bb0f2d586383c60ccbcb4d63c8ab54e8d9c60"}},
		{v141, safe.Level{Safe: safe2, Version: v130, Handler: safe.Handler130}, safe.Level{Safe: safe3, Version: v141, Handler: safe.Handler141}, []string{"0x298ccf0cdd138fafa4d944c46aae480916316609f4d26665442b0bf41794f7d5", "0x88e2d19230761a9623af6895c788fd6cc57fe49999953e21019c3f5cd1ad345b"}},
		{v150, safe.Level{Safe: safe2, Version: v150, Handler: safe.Handler150}, safe.Level{Safe: safe3, Version: v150, Handler: safe.Handler150}, []string{"0xb9ae04fe08dfe34915ae89c5b76eb11b84d682891eb05d57cc950b1036ed035f", "0xba69709917c35e56ea859d67f6d020347ebde87fd2a6411610fcdde4ccf3ccba"}},
	} {
		levels, err := s.through(safe.Parent{Safe: safe1, Version: k.parent, ChainID: number(1), Hashes: h}, []safe.Level{k.middle, k.inner})
		if err != nil {
			return fmt.Errorf("of a parent of %s: %w", k.parent, err)
		}
		var got []string
		for _, l := range levels {
			got = append(got, l.Hashes.SafeMessage.Hex())
		}
		if !slices.Equal(got, k.want) {
			return fmt.Errorf("under a parent of %s, with handler %s in the middle, the owners sign %v instead of %v", k.parent, k.middle.Handler, got, k.want)
		}
	}
	// The handler of 1.5.0 does not take what an older parent hands on: no signature
	// off chain would be accepted.
	_, err = s.through(safe.Parent{Safe: safe1, Version: v141, ChainID: number(1), Hashes: h}, []safe.Level{{Safe: safe2, Version: v150, Handler: safe.Handler150}})
	if !errors.Is(err, safe.ErrNestingImpossible) {
		return fmt.Errorf("an owner of 1.5.0 under a parent of 1.4.1 is not refused as impossible (%v)", err)
	}
	return nil
}}
