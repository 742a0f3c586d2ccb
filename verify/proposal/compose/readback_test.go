package compose

import (
	"errors"
	"strings"
	"testing"

	"github.com/coldsign/coldsign/verify/safe"
)

// TestReadBack: a writer that makes a mistake is caught, whichever field it is in.
func TestReadBack(t *testing.T) {
	for _, tt := range []struct {
		dialect, old, new, want string
	}{
		{"propose", `"operation":0`, `"operation":1`, "operation"},
		{"propose", `"value":"5"`, `"value":"6"`, "value"},
		{"propose", `"nonce":"3"`, `"nonce":"4"`, "nonce"},
		{"propose", `"baseGas":"0"`, `"baseGas":"1"`, "baseGas"},
		{"propose", `"data":null`, `"data":"0x00"`, "data"},
		{"propose", `"to":"` + owner.Hex(), `"to":"0x2222222222222222222222222222222222222222`, "to"},
		{"propose", `"gasToken":"0x0000000000000000000000000000000000000000`, `"gasToken":"0x2222222222222222222222222222222222222222`, "gasToken"},
		{"propose", `"refundReceiver":"0x0000000000000000000000000000000000000000`, `"refundReceiver":"0x2222222222222222222222222222222222222222`, "refundReceiver"},
		{"propose", `"safe":"0x2222222222222222222222222222222222222222"`, `"safe":"` + owner.Hex() + `"`, "safe"},
		{"propose", `"safe":"0x2222222222222222222222222222222222222222",`, ``, "safe"},
		{"propose", `"contractTransactionHash":"0x`, `"contractTransactionHash":"0x` + strings.Repeat("0", 64) + `","x":"`, "JSON_UNKNOWN_KEY"},
		{"morpho", `"chainId":10`, `"chainId":11`, "chain"},
		{"morpho", `"version":"1.4.1"`, `"version":"1.3.0"`, "version"},
		{"morpho", `"nonce":3`, `"Nonce":3`, "KEY_RESEMBLES_KNOWN"},
		{"gateway-propose", `"safeTxHash":"0x`, `"safeTxHash":"0x` + strings.Repeat("0", 64) + `","x":"`, "JSON_UNKNOWN_KEY"},
		{"typed-data", `"dialect"`, ``, ""},
	} {
		t.Run(tt.dialect+" "+tt.want, func(t *testing.T) {
			in := payment()
			raw, err := Write(tt.dialect, in)
			if err != nil {
				t.Fatal(err)
			}
			w, _ := in.whole()
			changed := strings.Replace(string(raw), tt.old, tt.new, 1)
			bad := find(tt.dialect).readBack(w, []byte(changed))
			if tt.want == "" {
				if bad != nil {
					t.Error(bad)
				}
				return
			}
			if changed == string(raw) {
				t.Fatal("nothing was changed")
			}
			if !errors.Is(bad, ErrUnreadable) || !strings.Contains(bad.Msg, tt.want) {
				t.Errorf("got %v, want %q", bad, tt.want)
			}
		})
	}
}

// TestReadBackOfTheHash: a claimed hash that is not that of the fields.
func TestReadBackOfTheHash(t *testing.T) {
	in := payment()
	raw, err := Write("propose", in)
	if err != nil {
		t.Fatal(err)
	}
	w, _ := in.whole()
	h := w.hashes.SafeTx
	h[0]++
	changed := strings.Replace(string(raw), w.hashes.SafeTx.Hex(), h.Hex(), 1)
	if bad := find("propose").readBack(w, []byte(changed)); !errors.Is(bad, ErrUnreadable) || !strings.Contains(bad.Msg, "another hash") {
		t.Errorf("got %v", bad)
	}
}

// TestReadBackOfAnotherForm: a file of another form, no file, and a batch whose
// calls changed places.
func TestReadBackOfAnotherForm(t *testing.T) {
	in := batch(twoCalls()...)
	w, _ := in.whole()
	calls := twoCalls()
	calls[0], calls[1] = calls[1], calls[0]
	swapped, err := Write("tx-builder", batch(calls...))
	if err != nil {
		t.Fatal(err)
	}
	other, err := Write("typed-data", in)
	if err != nil {
		t.Fatal(err)
	}
	for name, raw := range map[string][]byte{"another form": other, "nothing": nil, "swapped calls": swapped, "no form": []byte("{}")} {
		if bad := find("tx-builder").readBack(w, raw); !errors.Is(bad, ErrUnreadable) {
			t.Errorf("%s: %v", name, bad)
		}
	}
	w.Tx = &safe.Tx{Operation: safe.Call}
	if why := w.differentBatch(twoCalls()); why == "" {
		t.Error("a batch passes for a plain call")
	}
}
