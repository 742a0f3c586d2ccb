package ledger_test

import (
	"errors"
	"testing"

	"github.com/coldsign/coldsign/verify/sign/ledger"
)

// FuzzReplies: the device answers the first commands honestly and then whatever it likes.
// Nothing but a signature of the account over our hash comes out, and nothing is sent
// after an error.
func FuzzReplies(f *testing.F) {
	honest := newModel(f)
	r := messageRequest(f)
	sig := append(honest.signature(r.Digest()), 0x90, 0x00)
	f.Add(uint8(2), false, sig, []byte{0x90, 0x00})
	f.Add(uint8(0), false, []byte{3, 1, 22, 0, 0x90, 0x00}, []byte{0x69, 0x85})
	f.Add(uint8(1), true, append(make([]byte, 107), 0x90, 0x00), []byte{})
	f.Add(uint8(5), true, []byte{0x90, 0x00}, sig)
	f.Fuzz(func(t *testing.T, from uint8, fields bool, first, second []byte) {
		how := ledger.ByHashes
		if fields {
			how = ledger.ByFields
		}
		m := newModel(t)
		m.spoil = func(n int, reply []byte) ([]byte, error) {
			switch n - int(from) {
			case 0:
				return first, nil
			case 1:
				return second, nil
			}
			return reply, nil
		}
		a, err := ledger.Open(m, ledger.DefaultPath())
		if err != nil {
			checkKind(t, err)
			if len(m.commands) > 2 {
				t.Fatalf("%d commands of Open", len(m.commands))
			}
			return
		}
		got, err := a.Sign(r, how)
		if err == nil && recovered(t, got, r.Digest()) != a.Address() {
			t.Fatalf("%x is no signature of %s", got, a.Address())
		}
		if err != nil {
			checkKind(t, err)
		}
		sent := len(m.commands)
		if _, err := a.Sign(r, how); err == nil || len(m.commands) > sent {
			t.Fatalf("asked again, with %d more commands: %v", len(m.commands)-sent, err)
		}
	})
}

func checkKind(t *testing.T, err error) {
	t.Helper()
	var e *ledger.Error
	if !errors.As(err, &e) || e.Kind == nil || e.Msg == "" {
		t.Fatalf("an error without a kind: %v", err)
	}
}
