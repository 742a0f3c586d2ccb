package safe_test

import (
	"bytes"
	"errors"
	"fmt"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/safe"
)

const transferData = "0xa9059cbb00000000000000000000000092d0ebaf7eb707f0650f9471e61348f4656c29bc00000000000000000000000000000000000000000000000000000005d21dba00"

// fullTx has a different value in every field, so that no two can be swapped.
func fullTx(t testing.TB) *safe.Tx {
	return &safe.Tx{
		To: addr("0x1111111111111111111111111111111111111111"), Value: number(t, "1234567890123456789"), Data: unhex(t, transferData),
		Operation: safe.DelegateCall, SafeTxGas: u(100000), BaseGas: u(50000), GasPrice: u(7),
		GasToken:       addr("0x6B175474E89094C44Da98b954EedeAC495271d0F"),
		RefundReceiver: addr("0x5aC255889882aCd3da2aA939679E3f3d4cea221e"), Nonce: u(42),
	}
}

func TestHashOfEachEra(t *testing.T) {
	tests := []struct {
		era                     safe.Era
		domain, message, safeTx string
	}{
		{safe.EraDataGas, "0xc1a5fa82bf0e73ba83d0bac416c501e33d0482e30b0486a63d863f5551555a5e",
			"0x6ea19c74c21b245673697bc2ffc3f731edbc469edcee4e994b85ded9c70d403a",
			"0xa6fb6b3d543dc0428328087de376a78e5048b8be7f3b60682d88e0381e785fb8"},
		{safe.EraBaseGas, "0xc1a5fa82bf0e73ba83d0bac416c501e33d0482e30b0486a63d863f5551555a5e",
			"0x0cf32622a0889b2d9bafef6713241447acd25eee9bf98bd5fa9aea680e46b0bc",
			"0x6f26e083af88375c03b24dcbcc3f946e113215be6a01acc9a69a0cd46faef155"},
		{safe.EraChainID, "0xfd3bdd44ee57fecba864c8ac38dfc2b00a327c83fe5b4ded78a776ab0c256672",
			"0x0cf32622a0889b2d9bafef6713241447acd25eee9bf98bd5fa9aea680e46b0bc",
			"0xfa7fd7b22f304cf9d4f0b9d4d5b574ab0d8d94d5033b20233e1514be088ff10c"},
	}
	for _, tt := range tests {
		t.Run(tt.era.String(), func(t *testing.T) {
			d := safe.Domain{Era: tt.era, ChainID: u(10), Safe: addr("0x2222222222222222222222222222222222222222")}
			got, err := fullTx(t).Hash(d)
			want := safe.Hashes{Domain: hash(tt.domain), Message: hash(tt.message), SafeTx: hash(tt.safeTx)}
			if err != nil || got != want {
				t.Errorf("got %+v, error %v, want %+v", got, err, want)
			}
			matches, tried := safe.InferEra(fullTx(t), d.Safe, u(10), want.SafeTx)
			if len(tried) != 3 || len(matches) != 1 || matches[0] != tt.era {
				t.Errorf("InferEra: matches %v of tried %v, want %s alone of all three", matches, tried, tt.era)
			}
		})
	}
}

func TestDomainOfEachChain(t *testing.T) {
	for chain, want := range map[uint64]string{
		1:        "0x91633d4e620a540bb09871d4654a6566b2caf859c5358470b34c0b4e05205f1f",
		100:      "0x96d471e55d68e69a7d1cf6a71ade4d50f0d9acccdebe03d0a1ee0285672d9e5a",
		137:      "0x0085e81b304be36af05dbaf43272a45c14cb7c7d766b09ae40c55a97a8428e1d",
		8453:     "0xd517f1d0641e7399d15bb5b264f7fe37cc53e070f033adb464b8c0f4ed566dd3",
		42161:    "0xf0d94643e4e3978f3beae63a0e15d58c48039dec8c11df2342ee4ef53431a029",
		11155111: "0x25be8d2c284fbc8c6cc15180b80dd75e99b8fc7442e3a115174cb10a9499f924",
	} {
		d := safe.Domain{Era: safe.EraChainID, ChainID: u(chain), Safe: addr("0x2222222222222222222222222222222222222222")}
		if got, err := d.Hash(); err != nil || got != hash(want) {
			t.Errorf("chain %d: got %s, error %v, want %s", chain, got, err, want)
		}
	}
}

// bybitTx is what was signed on 2025-02-21.
func bybitTx(t testing.TB) *safe.Tx {
	tx := plainTx("0x96221423681A6d52E184D440a8eFCEbB105C7242", 0, unhex(t, "0xa9059cbb000000000000000000000000bdd077f651ebe7f7b3ce16fe5f2b025be29695160000000000000000000000000000000000000000000000000000000000000000"), safe.DelegateCall, 71)
	tx.SafeTxGas = u(45746)
	return tx
}

const (
	bybitSafe = "0x1Db92e2EeBC8E0c075a02BeA49a2935BcD2dFCF4"
	bybitHash = "0xb3476d061aeb8fc1d605a873c483a2402d88a68a9cdd1a8b47655dd55ba004f8"
)

func TestHashOfRealTransactions(t *testing.T) {
	superchain := "0x174dea7100000000000000000000000000000000000000000000000000000000000000200000000000000000000000000000000000000000000000000000000000000001000000000000000000000000000000000000000000000000000000000000002000000000000000000000000062c0a111929fa32cec2f76adba54c16afb6e83640000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000800000000000000000000000000000000000000000000000000000000000000024f2fde38b000000000000000000000000847b5c174615b1b7fdf770882256e2d3e95b9d9200000000000000000000000000000000000000000000000000000000"
	swapOwner := "0xe318b52b0000000000000000000000000000000000000000000000000000000000000001000000000000000000000000c6b82ba149cfa113f8f48d5e3b1f78e933e16dfd0000000000000000000000003066786706ff0b6e71044e55074dbae7d01573cb"
	usdc := "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48"
	service := "0x1c694Fc3006D81ff4a56F97E1b99529066a23725"
	tests := []struct {
		name                    string
		tx                      *safe.Tx
		era                     safe.Era
		safe                    string
		chain                   uint64
		domain, message, safeTx string
	}{
		{"service sample", plainTx(usdc, 0, unhex(t, transferData), safe.Call, 63), safe.EraChainID, service, 1,
			"0x1655e94a9bcc5a957daa1acae692b4c22e7aaf146b4deb9194f8221d2f09d8c3",
			"0xf22754eba5a2b230714534b4657195268f00dc0031296de4b835d82e7aa1e574",
			"0xad06b099fca34e51e4886643d95d9a19ace2cd024065efb66662a876e8c40343"},
		{"service sample as 1.1.1", plainTx(usdc, 0, unhex(t, transferData), safe.Call, 63), safe.EraBaseGas, service, 1,
			"", "0xf22754eba5a2b230714534b4657195268f00dc0031296de4b835d82e7aa1e574",
			"0xf3302c72b102f4462982e2e4ea33559fe6bb8bdcc70562ac3364481b40fb581b"},
		{"superchain-ops task 065", plainTx("0xcA11bde05977b3631167028862bE2a173976CA11", 0, unhex(t, superchain), safe.DelegateCall, 121), safe.EraChainID,
			"0x9BA6e03D8B90dE867373Db8cF1A58d2F7F006b3A", 1,
			"0x2e5ad244d335c45fbace4ebd1736b0fad81b01591a2819baedad311ead5bce76",
			"0x3472dd91fd35705f651475c82f250586ac5d8c2cf85e5e3af44cdc81a8c13412",
			"0x0ad3b377a348cc0c7e5cac8c8a445fa0834a60202a80838f28b5066a9621049d"},
		{"Bybit attack", bybitTx(t), safe.EraBaseGas, bybitSafe, 1,
			"0xb3ded2bdbff5db1a87f6d551fa256e9f2bd6517a3bb84f4c2ea863fb3a559622",
			"0xea68fc75e93bf7286b1257680ca8e2033bfadd8e1cb8a23f3ca18f1031ecf1e0", bybitHash},
		{"Keystone fixture", plainTx("0x88a8315f60bfc348af1740c0418a2e2fef2222a7", 100000000000000, nil, safe.Call, 0), safe.EraChainID,
			"0x28bb1ba844129cc339a47ad84d41edb0f475b2c6", 1,
			"0x1c9fbcac173da0e989115be1cf7e8c85442bac869e1de9f72ea59ec6c4e1b43d",
			"0x2760e0669e7dbd5a2a9f695bac8db1432400df52a9895d8eae50d94dcb82976b",
			"0x2f31649e0f48e410b00643088c8f209b1ab33871aae7150c9d7a008dda243c0a"},
		{"safe-eth-py mock", plainTx("0xAedF684C1c41B51CbD228116e11484425d2FACB9", 0, unhex(t, swapOwner), safe.Call, 5), safe.EraChainID,
			"0xAedF684C1c41B51CbD228116e11484425d2FACB9", 100,
			"0xac05b272becd5c12d924ba16a6494f114e4cc7bd38a4a8d099a3a3348ee6c406",
			"0x43a95957b34b6d48a8040ba0f5af1b2d6e978dc2b2b056683cda423c6e2775be",
			"0x06c88df42a8ab64b2b2c5e2b5c8c4df384c267b39929a8416d1518db23f91783"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := tt.tx.Hash(safe.Domain{Era: tt.era, ChainID: u(tt.chain), Safe: addr(tt.safe)})
			if err != nil {
				t.Fatal(err)
			}
			want := safe.Hashes{Domain: hash(tt.domain), Message: hash(tt.message), SafeTx: hash(tt.safeTx)}
			if tt.domain == "" {
				want.Domain = got.Domain // not published
			}
			if got != want {
				t.Errorf("got %+v, want %+v", got, want)
			}
		})
	}
}

func TestHashRefusesUnknownFields(t *testing.T) {
	d := safe.Domain{Era: safe.EraChainID, ChainID: u(1), Safe: addr("0x01")}
	drop := func(f func(*safe.Tx)) *safe.Tx { tx := fullTx(t); f(tx); return tx }
	tests := []struct {
		name string
		tx   *safe.Tx
		d    safe.Domain
		want error
	}{
		{"zero era", fullTx(t), safe.Domain{ChainID: u(1), Safe: d.Safe}, safe.ErrEraUnknown},
		{"era of no rule", fullTx(t), safe.Domain{Era: 4, ChainID: u(1), Safe: d.Safe}, safe.ErrEraUnknown},
		{"no chain", fullTx(t), safe.Domain{Era: safe.EraChainID, Safe: d.Safe}, safe.ErrChainUnknown},
		{"chain 0", fullTx(t), safe.Domain{Era: safe.EraChainID, ChainID: u(0), Safe: d.Safe}, safe.ErrChainUnknown},
		{"no safe", fullTx(t), safe.Domain{Era: safe.EraChainID, ChainID: u(1)}, safe.ErrSafeUnknown},
		{"zero operation", drop(func(tx *safe.Tx) { tx.Operation = 0 }), d, safe.ErrInvalidOpField},
		{"operation 2", drop(func(tx *safe.Tx) { tx.Operation = safe.OperationFromWire(2) }), d, safe.ErrInvalidOpField},
		{"no value", drop(func(tx *safe.Tx) { tx.Value = nil }), d, safe.ErrFieldUnknown},
		{"no safeTxGas", drop(func(tx *safe.Tx) { tx.SafeTxGas = nil }), d, safe.ErrFieldUnknown},
		{"no baseGas", drop(func(tx *safe.Tx) { tx.BaseGas = nil }), d, safe.ErrFieldUnknown},
		{"no gasPrice", drop(func(tx *safe.Tx) { tx.GasPrice = nil }), d, safe.ErrFieldUnknown},
		{"no nonce", drop(func(tx *safe.Tx) { tx.Nonce = nil }), d, safe.ErrFieldUnknown},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := tt.tx.Hash(tt.d)
			if !errors.Is(err, tt.want) || got != (safe.Hashes{}) {
				t.Errorf("got %+v, error %v, want no hashes and %v", got, err, tt.want)
			}
		})
	}
}

func TestInferEraSaysWhatItCouldNotTry(t *testing.T) {
	to := addr("0x2222222222222222222222222222222222222222")
	for name, chain := range map[string]*uint256.Int{"unknown": nil, "zero": u(0)} {
		matches, tried := safe.InferEra(fullTx(t), to, chain, hash("0xfa7fd7b22f304cf9d4f0b9d4d5b574ab0d8d94d5033b20233e1514be088ff10c"))
		if len(matches) != 0 || fmt.Sprint(tried) != "[1.0.0-1.2.0 0.1.0]" {
			t.Errorf("chain %s: matches %v, tried %v; the rule with the chain must be missing", name, matches, tried)
		}
	}
	if matches, tried := safe.InferEra(&safe.Tx{}, to, u(1), common.Hash{}); matches != nil || tried != nil {
		t.Errorf("empty transaction: matches %v, tried %v", matches, tried)
	}
	// Below 1.3.0 every chain matches.
	legacy := hash("0x6f26e083af88375c03b24dcbcc3f946e113215be6a01acc9a69a0cd46faef155")
	if matches, _ := safe.InferEra(fullTx(t), to, u(999), legacy); len(matches) != 1 || matches[0] != safe.EraBaseGas {
		t.Errorf("another chain: matches %v, want %s", matches, safe.EraBaseGas)
	}
}

// The three Safes of the nested vectors, all on chain 1.
func nestedSafe(digit string) safe.Domain {
	return safe.Domain{Era: safe.EraChainID, ChainID: u(1), Safe: addr("0x" + string(bytes.Repeat([]byte(digit), 40)))}
}

func parentTx() *safe.Tx {
	return plainTx("0x00000000000000000000000000000000DeaDBeef", 1, nil, safe.Call, 7)
}

const (
	parentHash = "0x07f0ef62e3b6a5ca89a03821b14c00e73cdf5d1ae66f51d2499fbb1083715c18"
	anvil0     = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"
	// Signatures of anvil0 over the message of the child Safe, and over the parent's hash.
	childSig66   = "0xc362c3d63f1f44d283e487eee1d6bd24f1ac0796164ccd696c0bb2a3953d117b4b2b304a2f013e96c2673ee13f35f5635a9d924c19023ac54d12d9f3bd3d304a1b"
	childSig32   = "0x2b46d88dba04c515bd77a785ac1b1b576868423517642049f3b72c0358348c6a5faaa3f82dc482e00a9a7019c97cacf7a3910cc78afc2dfd69a28c1edbb3e1e81c"
	parentSig    = "0x0bc35dae5767d9d9f142ec4f9a825346cdb7539b6e8c2574ddd55ada085806284bceef8ec19e64668f5f2ebc921b43f23d75fb4a62f4f4d41f3827c43916b45f1c"
	parentSigEth = "0x64e20d881e5725d6f85def3aa7e8bd3842de0e35d51775e5d135b8f5bece46353c57338590c5ce85a6df4a9794ef14e3dbaae4b4790aad791a7a18801de382b61f"
	prevalidated = "0x000000000000000000000000f39fd6e51aad88f6f4ce6ab8827279cfffb92266000000000000000000000000000000000000000000000000000000000000000001"
	standalone   = "0x00000000000000000000000022222222222222222222222222222222222222220000000000000000000000000000000000000000000000000000000000000041000000000000000000000000000000000000000000000000000000000000000041c362c3d63f1f44d283e487eee1d6bd24f1ac0796164ccd696c0bb2a3953d117b4b2b304a2f013e96c2673ee13f35f5635a9d924c19023ac54d12d9f3bd3d304a1b"
	merged       = "0x00000000000000000000000022222222222222222222222222222222222222220000000000000000000000000000000000000000000000000000000000000082000bc35dae5767d9d9f142ec4f9a825346cdb7539b6e8c2574ddd55ada085806284bceef8ec19e64668f5f2ebc921b43f23d75fb4a62f4f4d41f3827c43916b45f1c0000000000000000000000000000000000000000000000000000000000000041c362c3d63f1f44d283e487eee1d6bd24f1ac0796164ccd696c0bb2a3953d117b4b2b304a2f013e96c2673ee13f35f5635a9d924c19023ac54d12d9f3bd3d304a1b"
)

func TestNestedHashes(t *testing.T) {
	p, err := parentTx().Hash(nestedSafe("1"))
	if err != nil {
		t.Fatal(err)
	}
	if p.SafeTx != hash(parentHash) {
		t.Fatalf("parent: %+v", p)
	}
	pre := safe.Preimage(p.Domain, p.Message)
	if want := unhex(t, "0x1901f0dcfe86ad4a409690a57dbaae9b1e14c5ea1750a48271a0a3a6037a8100624dac6cefe10e82b40cd6d2ba2b61222ade438fb497ae458ae8354c1b26fe44851a"); !bytes.Equal(pre[:], want) {
		t.Fatalf("preimage %x, want %x", pre, want)
	}
	if d, m, ok := safe.SplitPreimage(pre[:]); !ok || d != p.Domain || m != p.Message {
		t.Errorf("SplitPreimage: %s, %s, %v", d, m, ok)
	}
	tests := []struct {
		name           string
		message        []byte
		structHash     string
		safeMessage    string
		ownerSignature string
	}{
		{"parent up to 1.4.1", pre[:], "0x50ac13c0431904812e614d10e3c84795db82c23797fa79fe0d445b590f85581c",
			"0x298ccf0cdd138fafa4d944c46aae480916316609f4d26665442b0bf41794f7d5", childSig66},
		{"parent from 1.5.0 on", p.SafeTx[:], "0x7bf0b52c74fcbd3090a999122619495684d2055aa24d196be869ca95e6ccea0e",
			"0xb9ae04fe08dfe34915ae89c5b76eb11b84d682891eb05d57cc950b1036ed035f", childSig32},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := nestedSafe("2").HashMessage(tt.message)
			want := safe.MessageHashes{
				Domain:  hash("0x91633d4e620a540bb09871d4654a6566b2caf859c5358470b34c0b4e05205f1f"),
				Message: hash(tt.structHash), SafeMessage: hash(tt.safeMessage),
			}
			if err != nil || got != want {
				t.Fatalf("got %+v, error %v, want %+v", got, err, want)
			}
			s, err := safe.ParseConfirmation(unhex(t, tt.ownerSignature))
			if err != nil {
				t.Fatal(err)
			}
			if owner, err := s.Recover(got.SafeMessage); err != nil || owner != addr(anvil0) {
				t.Errorf("recovered %s, error %v, want %s", owner, err, anvil0)
			}
		})
	}
}

func TestNestedApproveHash(t *testing.T) {
	data := safe.ApproveHashCalldata(hash(parentHash))
	if want := unhex(t, "0xd4d9bdcd07f0ef62e3b6a5ca89a03821b14c00e73cdf5d1ae66f51d2499fbb1083715c18"); !bytes.Equal(data, want) {
		t.Fatalf("calldata %x, want %x", data, want)
	}
	got, err := plainTx("0x1111111111111111111111111111111111111111", 0, data, safe.Call, 3).Hash(nestedSafe("2"))
	if err != nil || got.Message != hash("0x56f51f4bae06be9507612ac9b353411a8897cc3fb722f97a92747c59cfde4825") ||
		got.SafeTx != hash("0x92c509284a7c714ffa5902647594427433cd7396289ac66eace54ce2f578d9df") {
		t.Errorf("got %+v, error %v", got, err)
	}
}

func TestThreeLevels(t *testing.T) {
	p, err := parentTx().Hash(nestedSafe("1"))
	if err != nil {
		t.Fatal(err)
	}
	pre := safe.Preimage(p.Domain, p.Message)
	c66, err := nestedSafe("2").HashMessage(pre[:])
	if err != nil {
		t.Fatal(err)
	}
	c32, err := nestedSafe("2").HashMessage(p.SafeTx[:])
	if err != nil {
		t.Fatal(err)
	}
	childPre := safe.Preimage(c66.Domain, c66.Message)
	tests := []struct {
		name    string
		message []byte
		want    string
	}{
		{"all 1.4.1", childPre[:], "0x7c109c87142bf0f129b80b88121bb0f2d586383c60ccbcb4d63c8ab54e8d9c60"},
		{"handler 1.3.0 in the middle", pre[:], "0x88e2d19230761a9623af6895c788fd6cc57fe49999953e21019c3f5cd1ad345b"},
		{"all 1.5.0", c32.SafeMessage[:], "0xba69709917c35e56ea859d67f6d020347ebde87fd2a6411610fcdde4ccf3ccba"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := nestedSafe("3").HashMessage(tt.message)
			if err != nil || got.SafeMessage != hash(tt.want) {
				t.Errorf("got %s, error %v, want %s", got.SafeMessage, err, tt.want)
			}
		})
	}
}

func TestExecTransactionCalldata(t *testing.T) {
	want := unhex(t, "0x6a761202"+
		"00000000000000000000000000000000000000000000000000000000deadbeef"+
		"0000000000000000000000000000000000000000000000000000000000000001"+
		"0000000000000000000000000000000000000000000000000000000000000140"+
		"0000000000000000000000000000000000000000000000000000000000000000"+
		"0000000000000000000000000000000000000000000000000000000000000000"+
		"0000000000000000000000000000000000000000000000000000000000000000"+
		"0000000000000000000000000000000000000000000000000000000000000000"+
		"0000000000000000000000000000000000000000000000000000000000000000"+
		"0000000000000000000000000000000000000000000000000000000000000000"+
		"0000000000000000000000000000000000000000000000000000000000000160"+
		"0000000000000000000000000000000000000000000000000000000000000000"+
		"0000000000000000000000000000000000000000000000000000000000000041"+
		"0bc35dae5767d9d9f142ec4f9a825346cdb7539b6e8c2574ddd55ada08580628"+
		"4bceef8ec19e64668f5f2ebc921b43f23d75fb4a62f4f4d41f3827c43916b45f"+
		"1c00000000000000000000000000000000000000000000000000000000000000")
	got, err := safe.ExecTransactionCalldata(parentTx(), unhex(t, parentSig))
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("got %x, error %v, want %x", got, err, want)
	}
	if b, err := safe.ExecTransactionCalldata(&safe.Tx{Operation: safe.Call}, nil); !errors.Is(err, safe.ErrFieldUnknown) || b != nil {
		t.Errorf("without fields: %x, error %v", b, err)
	}
	if b, err := safe.ExecTransactionCalldata(&safe.Tx{}, nil); !errors.Is(err, safe.ErrInvalidOpField) || b != nil {
		t.Errorf("without operation: %x, error %v", b, err)
	}
}

func TestSafeMessages(t *testing.T) {
	real := safe.Domain{Era: safe.EraChainID, ChainID: u(11155111), Safe: addr("0xc2F3645bfd395516d1a18CA6ad9298299d328C01")}
	local := safe.Domain{Era: safe.EraChainID, ChainID: u(31337), Safe: addr("0x3D1262312924F3698B79220396aDf5d59099801B")}
	tests := []struct {
		name string
		d    safe.Domain
		text string
		raw  bool // the text is hex of the bytes that are hashed
		want string
	}{
		{"real message", real, "Test message 1 on-chain", false, "0x8909de146d538c1fb7822986a159867c463e9608400e16b11b805d9d22179941"},
		{"hello", nestedSafe("1"), "hello", false, "0x9db0f58ddbc4ca7905fa0838ea376ff82043bd91eadaf86383eea810999b74d4"},
		{"hex as text", local, "0xdeadbeef", false, "0x51187b52aa65f25d83e275be24c4a81f116b3fa5af4e72eebc0e7a29938bcc64"},
		{"hex as bytes", local, "0xdeadbeef", true, "0xaa5ea8abbfdcc48b04c18e1aaef1887b3d1789645caf483a6f34834c65c5b4d9"},
		{"hex of a text as text", local, "0x68656c6c6f", false, "0x5466ec1670bc5b9480aff59795ece3e8ef01749558ec022980bb2fb49f2e9eb2"},
		{"hex of a text as bytes", local, "0x68656c6c6f", true, "0xd4e9f5382ab6f2bd1e153e52c470d6c9d243c5e359cccd39d12e1c2fb29e83b3"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			readings, _ := safe.TextReadings(tt.text)
			i := 0
			if tt.raw {
				i = 1
			}
			got, err := tt.d.HashMessage(readings[i].Hash[:])
			if err != nil || got.SafeMessage != hash(tt.want) {
				t.Errorf("got %s, error %v, want %s", got.SafeMessage, err, tt.want)
			}
		})
	}
	if got := safe.TextHash([]byte("hello")); got != hash("0x50b2c43fd39106bafbba0da34fc430e1f91e3c96ea2acee2bc34119f92b37750") {
		t.Errorf("EIP-191 hash of hello: %s", got)
	}
	if _, err := (safe.Domain{Safe: addr("0x02")}).HashMessage(nil); !errors.Is(err, safe.ErrEraUnknown) {
		t.Errorf("message without era: error %v", err)
	}
}

func TestTextReadings(t *testing.T) {
	tests := []struct {
		text          string
		count         int
		walletDecodes bool
	}{
		{"hello", 1, false}, {"", 1, false}, {"0x", 2, true}, {"0x68656c6c6f", 2, true}, {"0xdeadbeef", 2, false},
		{"0xabc", 1, false}, {"0xzz", 1, false}, {"68656c6c6f", 1, false}, {"0X6869", 1, false},
	}
	for _, tt := range tests {
		readings, decodes := safe.TextReadings(tt.text)
		if len(readings) != tt.count || decodes != tt.walletDecodes {
			t.Errorf("%q: %d readings, wallet decodes %v; want %d, %v", tt.text, len(readings), decodes, tt.count, tt.walletDecodes)
		}
		if readings[0].Hash != safe.TextHash([]byte(tt.text)) {
			t.Errorf("%q: the first reading is not the text itself", tt.text)
		}
	}
}
