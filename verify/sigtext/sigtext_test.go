package sigtext_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify/safe"
	"github.com/coldsign/coldsign/verify/sigtext"
)

var digest = crypto.Keccak256Hash([]byte("sigtext test"))

// sample is a signature of a key that everybody can compute, with a given v.
func sample(t testing.TB, v byte) (sig []byte, owner common.Address) {
	t.Helper()
	for i := range 64 {
		key, err := crypto.ToECDSA(crypto.Keccak256([]byte{byte(i)}))
		if err != nil {
			t.Fatal(err)
		}
		sig, err := crypto.Sign(digest[:], key)
		if err != nil {
			t.Fatal(err)
		}
		if sig[64]+27 == v {
			sig[64] = v
			return sig, crypto.PubkeyToAddress(key.PublicKey)
		}
	}
	t.Fatalf("no signature with v %d", v)
	return nil, common.Address{}
}

// forms are the texts that mean one signature.
func forms(sig []byte, owner common.Address) map[string]string {
	r, s, v := hex.EncodeToString(sig[:32]), hex.EncodeToString(sig[32:64]), sig[64]
	whole := hex.EncodeToString(sig)
	vs := bytes.Clone(sig[32:64])
	vs[0] |= (v - 27) << 7
	compact := r + hex.EncodeToString(vs)
	dec := func(b []byte) string { return new(uint256.Int).SetBytes(b).Dec() }
	return map[string]string{
		"hex":                      "0x" + whole,
		"hex without 0x":           whole,
		"upper case":               "0X" + strings.ToUpper(whole),
		"upper case without 0x":    strings.ToUpper(whole),
		"white space around":       " \t0x" + whole + "\r\n",
		"parity":                   "0x" + whole[:128] + fmt.Sprintf("%02x", v-27),
		"compact":                  "0x" + compact,
		"compact without 0x":       compact,
		"raw":                      string(sig),
		"raw compact":              string(sig[:32]) + string(vs),
		"JSON string":              `"0x` + whole + `"`,
		"object":                   fmt.Sprintf(`{"r":"0x%s","s":"0x%s","v":%d}`, r, s, v),
		"object, v a string":       fmt.Sprintf(`{"r":"0x%s","s":"0x%s","v":"%d"}`, r, s, v),
		"object, v hex":            fmt.Sprintf("{\n \"v\": \"0x%x\",\n \"s\": \"0x%s\", \"r\": \"0x%s\"}\n", v, s, r),
		"object, decimal":          fmt.Sprintf(`{"r":"%s","s":"%s","v":%d}`, dec(sig[:32]), dec(sig[32:64]), v),
		"object, v is the parity":  fmt.Sprintf(`{"r":"0x%s","s":"0x%s","v":%d}`, r, s, v-27),
		"object, yParity":          fmt.Sprintf(`{"r":"0x%s","s":"0x%s","yParity":%d}`, r, s, v-27),
		"object, yParity hex":      fmt.Sprintf(`{"r":"0x%s","s":"0x%s","yParity":"0x%d"}`, r, s, v-27),
		"object, v and yParity":    fmt.Sprintf(`{"r":"0x%s","s":"0x%s","v":"%d","yParity":%d}`, r, s, v, v-27),
		"object, yParityAndS":      fmt.Sprintf(`{"r":"0x%s","yParityAndS":"0x%x"}`, r, vs),
		"service body":             `{"signature":"0x` + whole + `"}`,
		"service record":           fmt.Sprintf(`{"owner":"%s","submissionDate":"2025-02-21T05:42:39Z","transactionHash":null,"signature":"0x%s","signatureType":"EOA"}`, owner.Hex(), whole),
		"wallet record":            fmt.Sprintf(`{"address":"%s","sig":"%s"}`, strings.ToLower(owner.Hex()), whole),
		"lines":                    fmt.Sprintf("0x%s\n0x%s\n%d\n", r, s, v),
		"lines, end of line CR LF": fmt.Sprintf("%s\r\n%s\r\n0x%x\r\n", r, s, v),
		"lines, decimal":           dec(sig[:32]) + "\n" + dec(sig[32:64]) + "\n" + fmt.Sprint(v),
		"commas":                   fmt.Sprintf("0x%s, 0x%s, %d", r, s, v),
		"commas, parity":           fmt.Sprintf("%s,%s,%d", r, s, v-27),
		"commas and lines":         fmt.Sprintf("0x%s,\n0x%s,\n%d", r, s, v),
	}
}

func TestForms(t *testing.T) {
	for _, v := range []byte{27, 28} {
		sig, owner := sample(t, v)
		for name, text := range forms(sig, owner) {
			t.Run(fmt.Sprintf("%s, v %d", name, v), func(t *testing.T) {
				w, err := sigtext.Read([]byte(text))
				if err != nil {
					t.Fatalf("%q: %v", text, err)
				}
				got, err := w.Attribute(digest, safe.Version{Major: 1, Minor: 4, Patch: 1}, []common.Address{owner})
				if err != nil || got.Owner != owner || !bytes.Equal(safe.PackBlob([]safe.Signature{got.Signature}), sig) {
					t.Errorf("%q: got %+v, error %v, want %x of %s", text, got, err, sig, owner)
				}
				if named := strings.Contains(name, "record"); named != (w.Owner == owner) {
					t.Errorf("the claimed owner is %s", w.Owner)
				}
			})
		}
	}
}

func TestReadRefuses(t *testing.T) {
	sig, owner := sample(t, 27)
	whole, r, s := hex.EncodeToString(sig), hex.EncodeToString(sig[:32]), hex.EncodeToString(sig[32:64])
	approved := strings.Repeat("0", 24) + strings.Repeat("22", 20) + strings.Repeat("0", 64)
	for _, tt := range []struct {
		name, in string
		kind     error
	}{
		{"nothing", "", sigtext.ErrEmpty},
		{"white space", " \n\t", sigtext.ErrEmpty},
		{"too long", strings.Repeat(" ", sigtext.MaxInput) + "0", sigtext.ErrTooLong},
		{"binary of another length", string(sig[:60]) + "\x00", sigtext.ErrText},
		{"binary and a line feed", string(sig) + "\n", sigtext.ErrText},
		{"not ASCII", "0x" + whole + "\u00a0", sigtext.ErrText},
		{"byte order mark", "\ufeff0x" + whole, sigtext.ErrText},
		{"control character", "0x" + whole + "\x1b", sigtext.ErrText},
		{"0x alone", "0x", sigtext.ErrHex},
		{"0x twice", "0x0x" + whole, sigtext.ErrHex},
		{"odd digits", "0x" + whole + "0", sigtext.ErrHex},
		{"a space inside", "0x" + whole[:64] + " " + whole[64:], sigtext.ErrHex},
		{"words", "sign here", sigtext.ErrHex},
		{"quotes of another kind", "'0x" + whole + "'", sigtext.ErrHex},
		{"a hash", "0x" + whole[:64], safe.ErrSignatureLength},
		{"two signatures", "0x" + whole + whole, safe.ErrSignatureLength},
		{"two signatures on lines", whole + "\n" + whole, sigtext.ErrNotSingle},
		{"transaction", "0x" + whole[:128] + "25", safe.ErrReplayV},
		{"approved hash", approved + "01", safe.ErrNoKey},
		{"contract signature", approved + "00", safe.ErrNoKey},
		{"unknown v", whole[:128] + "1d", safe.ErrUnknownV},
		{"two lines", r + "\n" + s, sigtext.ErrNotSingle},
		{"four lines", r + "\n" + s + "\n27\n1", sigtext.ErrNotSingle},
		{"an empty line", r + "\n\n" + s + "\n27", sigtext.ErrNotSingle},
		{"v in bare hex", r + "\n" + s + "\n1b", sigtext.ErrNumber},
		{"v with a leading zero", r + "\n" + s + "\n027", sigtext.ErrNumber},
		{"v with a sign", r + "," + s + ",+27", sigtext.ErrNumber},
		{"v empty", r + "," + s + ",", sigtext.ErrNumber},
		{"v 20 is twenty", r + "," + s + ",20", safe.ErrUnknownV},
		{"v huge", r + "," + s + ",0x" + r, safe.ErrReplayV},
		{"v above 256 bits", r + "," + s + "," + strings.Repeat("9", 78), sigtext.ErrNumber},
		{"r could be decimal", strings.Repeat("1", 64) + "," + s + ",27", sigtext.ErrNumber},
		{"r of 63 digits", r[1:] + "f," + s[1:] + ",27", sigtext.ErrNumber},
		{"r too long", "0x0" + r + "," + s + ",27", sigtext.ErrNumber},
		{"r zero", "0x0," + s + ",27", safe.ErrScalar},
		{"s zero", "0x" + r + ",0,27", safe.ErrScalar},
		{"list", `["0x` + whole + `"]`, sigtext.ErrNotSingle},
		{"string of something else", `"0x"`, sigtext.ErrHex},
		{"string with a space", `" 0x` + whole + `"`, sigtext.ErrHex},
		{"broken JSON", `{"signature":"0x` + whole, sigtext.ErrJSON},
		{"two documents", `"0x` + whole + `" "0x` + whole + `"`, sigtext.ErrJSON},
		{"key twice", `{"signature":"0x` + whole + `","signature":"0x` + whole + `"}`, sigtext.ErrJSON},
		{"key by case", `{"signature":"0x` + whole + `","Signature":"0x` + whole + `"}`, sigtext.ErrJSON},
		{"key in escapes", `{"\u0073ignature":"0x` + whole + `"}`, sigtext.ErrJSON},
		{"other case", `{"Signature":"0x` + whole + `"}`, sigtext.ErrKey},
		{"unknown key", `{"signature":"0x` + whole + `","data":"0x"}`, sigtext.ErrKey},
		{"no key", `{}`, sigtext.ErrNotSingle},
		{"owner alone", `{"owner":"` + owner.Hex() + `"}`, sigtext.ErrNotSingle},
		{"both forms", `{"signature":"0x` + whole + `","v":27}`, sigtext.ErrNotSingle},
		{"two whole", `{"signature":"0x` + whole + `","sig":"0x` + whole + `"}`, sigtext.ErrNotSingle},
		{"null", `{"signature":null}`, sigtext.ErrValue},
		{"null document", `null`, sigtext.ErrHex},
		{"nested", `{"signature":{"r":"0x1"}}`, sigtext.ErrValue},
		{"v null", `{"r":"0x` + r + `","s":"0x` + s + `","v":null}`, sigtext.ErrValue},
		{"v missing", `{"r":"0x` + r + `","s":"0x` + s + `"}`, sigtext.ErrValue},
		{"v a fraction", `{"r":"0x` + r + `","s":"0x` + s + `","v":27.0}`, sigtext.ErrNumber},
		{"v with an exponent", `{"r":"0x` + r + `","s":"0x` + s + `","v":27e0}`, sigtext.ErrNumber},
		{"v negative", `{"r":"0x` + r + `","s":"0x` + s + `","v":-1}`, sigtext.ErrNumber},
		{"v true", `{"r":"0x` + r + `","s":"0x` + s + `","v":true}`, sigtext.ErrValue},
		{"s missing", `{"r":"0x` + r + `","v":27}`, sigtext.ErrValue},
		{"r missing", `{"s":"0x` + s + `","v":27}`, sigtext.ErrValue},
		{"r a number", `{"r":12345,"s":"0x` + s + `","v":27}`, sigtext.ErrValue},
		{"r null", `{"r":null,"s":"0x` + s + `","v":27}`, sigtext.ErrValue},
		{"parities differ", `{"r":"0x` + r + `","s":"0x` + s + `","v":27,"yParity":1}`, sigtext.ErrContra},
		{"parities differ, 31", `{"r":"0x` + r + `","s":"0x` + s + `","v":31,"yParity":1}`, sigtext.ErrContra},
		{"parity 27", `{"r":"0x` + r + `","s":"0x` + s + `","yParity":27}`, sigtext.ErrNumber},
		{"parity null", `{"r":"0x` + r + `","s":"0x` + s + `","v":27,"yParity":null}`, sigtext.ErrValue},
		{"transaction, with parity", `{"r":"0x` + r + `","s":"0x` + s + `","v":37,"yParity":0}`, safe.ErrReplayV},
		{"compact and v", `{"r":"0x` + r + `","yParityAndS":"0x` + s + `","v":27}`, sigtext.ErrNotSingle},
		{"compact null", `{"r":"0x` + r + `","yParityAndS":null}`, sigtext.ErrValue},
		{"approved on chain", `{"signature":"0x` + whole + `","transactionHash":"0x` + r + `"}`, sigtext.ErrOnChain},
		{"type of a contract", `{"signature":"0x` + whole + `","signatureType":"CONTRACT_SIGNATURE"}`, sigtext.ErrOnChain},
		{"type null", `{"signature":"0x` + whole + `","signatureType":null}`, sigtext.ErrValue},
		{"date a number", `{"signature":"0x` + whole + `","submissionDate":1}`, sigtext.ErrValue},
		{"owner null", `{"signature":"0x` + whole + `","owner":null}`, sigtext.ErrValue},
		{"owner short", `{"signature":"0x` + whole + `","owner":"0x12"}`, sigtext.ErrValue},
		{"owner checksum", `{"signature":"0x` + whole + `","owner":"0xF39Fd6e51aad88F6F4ce6aB8827279cffFb92266"}`, sigtext.ErrValue},
		{"owner zero", `{"signature":"0x` + whole + `","owner":"0x0000000000000000000000000000000000000000"}`, sigtext.ErrContra},
		{"two owners", `{"signature":"0x` + whole + `","owner":"` + owner.Hex() + `","address":"0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"}`, sigtext.ErrContra},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w, err := sigtext.Read([]byte(tt.in))
			if !errors.Is(err, tt.kind) {
				t.Fatalf("%q: got %+v, error %v, want kind %v", tt.in, w, err, tt.kind)
			}
			if w != (safe.WalletSignature{}) {
				t.Errorf("a signature beside an error: %+v", w)
			}
			if hint(err) == "" || len(err.Error()) > 600 {
				t.Errorf("hint %q, message %q", hint(err), err)
			}
			for _, c := range err.Error() {
				if c < 0x20 || c > 0x7e {
					t.Fatalf("message %q holds untrusted characters", err)
				}
			}
		})
	}
}

func hint(err error) string {
	var e *sigtext.Error
	if errors.As(err, &e) {
		return e.Hint
	}
	var f *safe.Fault
	if errors.As(err, &f) {
		return f.Hint
	}
	return ""
}

// TestClaimIsContradicted: the owner that a record names does not decide, and is
// not overlooked.
func TestClaimIsContradicted(t *testing.T) {
	sig, owner := sample(t, 27)
	other := common.HexToAddress("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266")
	w, err := sigtext.Read(fmt.Appendf(nil, `{"signature":"0x%x","owner":"%s"}`, sig, other.Hex()))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Attribute(digest, safe.Version{Major: 1, Minor: 4, Patch: 1}, []common.Address{owner, other}); !errors.Is(err, safe.ErrNotClaimed) {
		t.Errorf("error %v", err)
	}
}

// FuzzRead: whatever the input, an error with a hint and no signature, or one that
// Attribute refuses or gives to an owner by whose key it recovers.
func FuzzRead(f *testing.F) {
	for _, v := range []byte{27, 28} {
		sig, owner := sample(f, v)
		for _, text := range forms(sig, owner) {
			f.Add([]byte(text))
		}
	}
	f.Add([]byte(`{"r":"0x1","s":"0x2","v":"0x1b","yParity":0}`))
	f.Add([]byte("1,2,37"))
	_, a := sample(f, 27)
	_, b := sample(f, 28)
	f.Fuzz(func(t *testing.T, input []byte) {
		w, err := sigtext.Read(input)
		if err != nil {
			if hint(err) == "" || w != (safe.WalletSignature{}) {
				t.Fatalf("%q: %+v beside %T %v", input, w, err, err)
			}
			return
		}
		owners := []common.Address{a, b}
		for _, kind := range []safe.Kind{safe.KindECDSA, safe.KindEthSign} { // whoever it is of, so that any input can be accepted
			s := safe.Signature{Kind: kind, R: w.R, S: w.S, V: 27}
			if kind == safe.KindEthSign {
				s.V = 31
			}
			if by, err := s.Recover(digest); err == nil && w.R[31]&byte(kind) != 0 {
				owners = append(owners, by)
			}
		}
		got, err := w.Attribute(digest, safe.Version{Major: 1, Minor: 3}, owners)
		if err != nil {
			return
		}
		by, err := got.Signature.Recover(digest)
		if err != nil || by != got.Owner || !slices.Contains(owners, by) || got.Signature.HighS() {
			t.Fatalf("%q: %+v recovers to %s, error %v", input, got, by, err)
		}
	})
}
