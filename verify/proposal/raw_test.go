package proposal

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/rlp"
	"github.com/google/go-cmp/cmp"
	"github.com/holiman/uint256"
)

func TestCalldata(t *testing.T) {
	want := sampleTx()
	want.Nonce = nil
	for _, raw := range []string{"0x" + sampleExec, "0x" + sampleExec + "\n", " 0x" + sampleExec + "\r\n", "0x6A761202" + strings.ToUpper(sampleExec[8:])} {
		p := parseOK(t, raw, testOptions)
		if d := cmp.Diff(want, p.Tx); d != "" {
			t.Errorf("fields (-want +got):\n%s", d)
		}
		if p.Safe != nil || p.Chain != nil || !bytes.Equal(p.Claims.Signatures, common.FromHex(sampleSig)) {
			t.Errorf("safe %v, chain %v, signatures %x", p.Safe, p.Chain, p.Claims.Signatures)
		}
	}
}

// setWord replaces the i-th argument word of the sample's calldata.
func setWord(i int, w string) string {
	at := 8 + 64*i
	return "0x" + sampleExec[:at] + w + sampleExec[at+64:]
}

func TestCalldataRefused(t *testing.T) {
	const noncanonical = "NONCANONICAL_ABI"
	dirty := "01" + word("1111111111111111111111111111111111111111")[2:]
	for _, tt := range []struct {
		name, raw, want string
		read            bool
	}{
		{"target dirty", setWord(0, dirty), noncanonical, false},
		{"gas token dirty", setWord(7, dirty), noncanonical, false},
		{"refund receiver dirty", setWord(8, dirty), noncanonical, false},
		{"operation 2", setWord(3, word("2")), "INVALID_OPERATION", false},
		{"operation 255", setWord(3, word("ff")), "INVALID_OPERATION", false},
		{"operation 256", setWord(3, word("100")), "INVALID_OPERATION " + noncanonical, false},
		{"operation 257", setWord(3, word("101")), "INVALID_OPERATION " + noncanonical, false},
		{"operation 2^255+1", setWord(3, "8"+word("1")[1:]), "INVALID_OPERATION " + noncanonical, false},
		{"operation 0", setWord(3, word("0")), "", true},
		{"data offset elsewhere", setWord(2, word("160")), noncanonical, false},
		{"data offset above 2^32", setWord(2, word("100000140")), noncanonical, false},
		{"signatures before data", setWord(9, word("140")), noncanonical, false},
		{"data length too long", setWord(10, word("fff")), noncanonical, false},
		{"data length above 2^255", setWord(10, "8"+word("44")[1:]), noncanonical, false},
		{"data padding dirty", "0x" + strings.Replace(sampleExec, "05d21dba00"+strings.Repeat("0", 56), "05d21dba00"+strings.Repeat("0", 55)+"1", 1), noncanonical, false},
		{"signature padding dirty", "0x" + sampleExec[:len(sampleExec)-1] + "1", noncanonical, false},
		{"padding cut", "0x" + sampleExec[:len(sampleExec)-2], noncanonical, false},
		{"cut in the head", "0x" + sampleExec[:300], noncanonical, false},
		{"trailing byte", "0x" + sampleExec + "00", "TRAILING_CALLDATA", true},
		{"trailing word", "0x" + sampleExec + word("0"), "TRAILING_CALLDATA", true},
		{"odd", "0x" + sampleExec + "0", "INVALID_HEX", false},
		{"no prefix", sampleExec, "INVALID_HEX", false},
		{"0X", "0X" + sampleExec, "INVALID_HEX", false},
		{"blank inside", "0x" + sampleExec[:100] + "\n" + sampleExec[100:], "INVALID_HEX", false},
		{"second call behind", "0x" + sampleExec + "\n0x" + sampleExec, "INVALID_HEX", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			res, err := Parse([]byte(tt.raw), testOptions)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(codes(res), " "); got != tt.want || (res.Proposal != nil) != tt.read {
				t.Errorf("codes %q read %v, want %q %v: %v", got, res.Proposal != nil, tt.want, tt.read, res.Findings)
			}
		})
	}
}

// rawVector is the unsigned EIP-1559 transaction of Safe's test vectors, whose
// signing hash is known.
const rawVector = "0x02f9020f0180843b9aca008506fc23ac0083030d4094111111111111111111111111111111111111111180b901e46a76120200000000000000000000000000000000000000000000000000000000deadbeef000000000000000000000000000000000000000000000000000000000000000100000000000000000000000000000000000000000000000000000000000001400000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000160000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000410bc35dae5767d9d9f142ec4f9a825346cdb7539b6e8c2574ddd55ada085806284bceef8ec19e64668f5f2ebc921b43f23d75fb4a62f4f4d41f3827c43916b45f1c00000000000000000000000000000000000000000000000000000000000000c0"

func TestRawVector(t *testing.T) {
	p := parseOK(t, rawVector, testOptions)
	if want := "0xe7bd89925b2f91a00210ba3ac8f30d63ea4d3b17d0a239d407cb316d98b748f3"; p.Claims.RawTxHash.Hex() != want {
		t.Errorf("signing hash %s, want %s", p.Claims.RawTxHash.Hex(), want)
	}
	if *p.Safe != *addr("0x1111111111111111111111111111111111111111") || p.Chain.Uint64() != 1 || p.Tx.Value.Uint64() != 1 || p.Tx.Nonce != nil {
		t.Errorf("safe %v chain %v tx %+v", p.Safe, p.Chain, p.Tx)
	}
}

// encodeList builds an RLP list for tests; a nil item is an empty list.
func encodeList(t *testing.T, items ...any) []byte {
	t.Helper()
	var body []byte
	for _, item := range items {
		if item == nil {
			body = append(body, 0xc0)
			continue
		}
		if raw, ok := item.(rlp.RawValue); ok {
			body = append(body, raw...)
			continue
		}
		b, err := rlp.EncodeToBytes(item)
		if err != nil {
			t.Fatal(err)
		}
		body = append(body, b...)
	}
	return append(listHeader(len(body)), body...)
}

func listHeader(n int) []byte {
	if n < 56 {
		return []byte{0xc0 + byte(n)}
	}
	size := bytes.TrimLeft([]byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)}, "\x00")
	return append([]byte{0xf7 + byte(len(size))}, size...)
}

func TestRaw(t *testing.T) {
	to, data := common.HexToAddress(sampleSafe).Bytes(), common.FromHex(sampleExec)
	r, s := bytes.Repeat([]byte{1}, 32), bytes.Repeat([]byte{2}, 32)
	list := func(items ...any) []byte { return encodeList(t, items...) }
	typed := func(kind byte, items ...any) []byte { return append([]byte{kind}, list(items...)...) }
	access := rlp.RawValue(list(rlp.RawValue(list(to, rlp.RawValue(list(r))))))
	badAccess := rlp.RawValue(list(rlp.RawValue(list(to))))
	auth := func(chain uint) any {
		return rlp.RawValue(list(rlp.RawValue(list(chain, to, uint(1), uint(0), r, s))))
	}
	for _, tt := range []struct {
		name  string
		raw   []byte
		chain uint64 // 0: none
		want  string // codes
		fails string // part of the error
	}{
		{"legacy before EIP-155, unsigned", list(uint(9), uint(1), uint(2), to, uint(0), data), 0, "", ""},
		{"legacy unsigned", list(uint(9), uint(1), uint(2), to, uint(0), data, uint(10), uint(0), uint(0)), 10, "", ""},
		{"legacy signed", list(uint(9), uint(1), uint(2), to, uint(0), data, uint(56), r, s), 10, "", ""},
		{"legacy signed without chain", list(uint(9), uint(1), uint(2), to, uint(0), data, uint(27), r, s), 0, "", ""},
		{"legacy v 29", list(uint(9), uint(1), uint(2), to, uint(0), data, uint(29), r, s), 0, "", "v is 29"},
		{"legacy chain 0", list(uint(9), uint(1), uint(2), to, uint(0), data, uint(35), r, s), 0, "", "chain id is 0"},
		{"legacy v only", list(uint(9), uint(1), uint(2), to, uint(0), data, uint(1)), 0, "", "field 8"},
		{"legacy ten fields", list(uint(9), uint(1), uint(2), to, uint(0), data, uint(56), r, s, uint(1)), 0, "", "more than the fields"},
		{"2930", typed(1, uint(10), uint(1), uint(2), uint(3), to, uint(0), data, access), 10, "", ""},
		{"2930 signed", typed(1, uint(10), uint(1), uint(2), uint(3), to, uint(0), data, nil, uint(0), r, s), 10, "", ""},
		{"1559", typed(2, uint(10), uint(1), uint(2), uint(3), uint(4), to, uint(5), data, nil), 10, "", ""},
		{"1559 signed", typed(2, uint(10), uint(1), uint(2), uint(3), uint(4), to, uint(5), data, nil, uint(1), r, s), 10, "", ""},
		{"1559 parity 2", typed(2, uint(10), uint(1), uint(2), uint(3), uint(4), to, uint(5), data, nil, uint(2), r, s), 0, "", "parity"},
		{"1559 half signed", typed(2, uint(10), uint(1), uint(2), uint(3), uint(4), to, uint(5), data, nil, uint(1)), 0, "", "cannot be read"},
		{"1559 chain 0", typed(2, uint(0), uint(1), uint(2), uint(3), uint(4), to, uint(5), data, nil), 0, "", "chain id is 0"},
		{"1559 access list broken", typed(2, uint(10), uint(1), uint(2), uint(3), uint(4), to, uint(5), data, badAccess), 0, "", "cannot be read"},
		{"1559 access list a string", typed(2, uint(10), uint(1), uint(2), uint(3), uint(4), to, uint(5), data, []byte{}), 0, "", "cannot be read"},
		{"1559 leading zero", typed(2, uint(10), uint(1), uint(2), uint(3), uint(4), to, []byte{0, 5}, data, nil), 0, "", "leading zero"},
		{"1559 byte too many", append(typed(2, uint(10), uint(1), uint(2), uint(3), uint(4), to, uint(5), data, nil), 0), 0, "", "1 bytes follow"},
		{"creation", typed(2, uint(10), uint(1), uint(2), uint(3), uint(4), []byte{}, uint(5), data, nil), 0, "", "creates a contract"},
		{"target of 19 bytes", typed(2, uint(10), uint(1), uint(2), uint(3), uint(4), to[1:], uint(5), data, nil), 0, "", "expected 20"},
		{"another call", typed(2, uint(10), uint(1), uint(2), uint(3), uint(4), to, uint(5), common.FromHex(sampleData), nil), 0, "", "not execTransaction"},
		{"blob", typed(3, uint(10), uint(1), data), 0, "", "EIP-4844"},
		{"7702", typed(4, uint(10), uint(1), uint(2), uint(3), uint(4), to, uint(5), data, nil, auth(10)), 10, "", ""},
		{"7702 on every chain", typed(4, uint(10), uint(1), uint(2), uint(3), uint(4), to, uint(5), data, nil, auth(0), uint(1), r, s), 10, "", ""},
		{"7702 cut authorization", typed(4, uint(10), uint(1), uint(2), uint(3), uint(4), to, uint(5), data, nil, rlp.RawValue(list(rlp.RawValue(list(uint(1), to))))), 0, "", "cannot be read"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			res, err := Parse([]byte("0x"+common.Bytes2Hex(tt.raw)), testOptions)
			if tt.fails != "" {
				if !errors.Is(err, ErrNotProposal) || !strings.Contains(err.Error(), tt.fails) {
					t.Errorf("got %v, want an error with %q (findings %v)", err, tt.fails, codes(res))
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(codes(res), " "); got != tt.want || (res.Proposal != nil) != (tt.want == "") {
				t.Fatalf("codes %q, proposal %v, want %q", got, res.Proposal, tt.want)
			}
			if res.Proposal == nil {
				return
			}
			if p := res.Proposal; tt.chain == 0 && p.Chain != nil || tt.chain != 0 && !p.Chain.Eq(uint256.NewInt(tt.chain)) {
				t.Errorf("chain %v, want %d", p.Chain, tt.chain)
			}
		})
	}
}

func TestRawNotCanonical(t *testing.T) {
	body := common.FromHex(rawVector)
	for name, raw := range map[string][]byte{
		"long form of a short length": append([]byte{2, 0xf8, 0x20}, bytes.Repeat([]byte{1}, 32)...),
		"length with a leading zero":  append([]byte{2, 0xfa, 0, 2, 0x0f}, body[4:]...),
		"unknown type":                append([]byte{5}, body[1:]...),
		"cut":                         body[:len(body)-1],
	} {
		if _, err := Parse([]byte("0x"+common.Bytes2Hex(raw)), testOptions); !errors.Is(err, ErrNotProposal) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPreimage(t *testing.T) {
	const pre = "0x1901f0dcfe86ad4a409690a57dbaae9b1e14c5ea1750a48271a0a3a6037a8100624dac6cefe10e82b40cd6d2ba2b61222ade438fb497ae458ae8354c1b26fe44851a"
	const task = `{"cmd":"x","expectedDomainAndMessageHashes":{"address":"` + sampleTo + `","domainHash":"0xf0dcfe86ad4a409690a57dbaae9b1e14c5ea1750a48271a0a3a6037a8100624d","messageHash":"0xac6cefe10e82b40cd6d2ba2b61222ade438fb497ae458ae8354c1b26fe44851a"}}`
	for name, raw := range map[string]string{"hex": pre + "\n", "markers": "log\nvvvvvvvv\n" + pre + "\n^^^^^^^^\nmore", "task": task} {
		res, err := Parse([]byte(raw), testOptions)
		if err != nil || res.Proposal == nil || res.Proposal.HashOnly == nil || strings.Join(codes(res), " ") != "HASH_ONLY_PAYLOAD" {
			t.Fatalf("%s: %+v, %v", name, res, err)
		}
		if got := res.Proposal; common.Bytes2Hex(got.HashOnly[:]) != pre[2:] || got.Tx != nil || got.Batch != nil || len(got.Claims.Hashes) != 2 {
			t.Errorf("%s: %+v", name, got)
		}
	}
	for name, raw := range map[string]string{
		"bare hash": "0xac6cefe10e82b40cd6d2ba2b61222ade438fb497ae458ae8354c1b26fe44851a", "no prefix": pre[2:],
		"task with one hash": strings.Replace(task, `"messageHash"`, `"x"`, 1),
	} {
		res, err := Parse([]byte(raw), testOptions)
		if err != nil || res.Proposal != nil || codes(res)[0] != "HASH_ONLY_PAYLOAD" {
			t.Errorf("%s: %v, %v", name, codes(res), err)
		}
	}
	for name, raw := range map[string]string{
		"one byte more":                   pre + "00",
		"two start marks":                 "vvvvvvvv\n" + pre + "\n^^^^^^^^\nvvvvvvvv\n" + pre + "\n^^^^^^^^",
		"no end mark":                     "vvvvvvvv\n" + pre,
		"marks swapped":                   "^^^^^^^^\n" + pre + "\nvvvvvvvv",
		"a transaction between the marks": "vvvvvvvv\n" + rawVector + "\n^^^^^^^^",
	} {
		if res, err := Parse([]byte(raw), testOptions); !errors.Is(err, ErrNotProposal) {
			t.Errorf("%s: %+v, %v", name, res, err)
		}
	}
}
