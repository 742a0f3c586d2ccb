package policy

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"strings"
	"testing"
)

func wire(parts ...string) string {
	var b []byte
	for _, p := range parts {
		b = binary.BigEndian.AppendUint32(b, uint32(len(p)))
		b = append(b, p...)
	}
	return base64.StdEncoding.EncodeToString(b)
}

func TestParseKey(t *testing.T) {
	pub := ed25519.NewKeyFromSeed([]byte(strings.Repeat("s", 32))).Public().(ed25519.PublicKey)
	good := wire("ssh-ed25519", string(pub))
	if k, why := parseKey("ssh-ed25519 " + good); why != "" || !k.Equal(pub) {
		t.Errorf("a key is refused: %s", why)
	}
	raw, _ := base64.StdEncoding.DecodeString(good)
	for name, text := range map[string]string{
		"comment":         "ssh-ed25519 " + good + " ann@host",
		"no type":         good,
		"another type":    "ssh-rsa " + good,
		"type inside":     "ssh-ed25519 " + wire("ssh-rsa", string(pub)),
		"security key":    "sk-ssh-ed25519@openssh.com " + wire("sk-ssh-ed25519@openssh.com", string(pub), "ssh:"),
		"31 bytes":        "ssh-ed25519 " + wire("ssh-ed25519", string(pub[:31])),
		"33 bytes":        "ssh-ed25519 " + wire("ssh-ed25519", string(pub)+"x"),
		"a third string":  "ssh-ed25519 " + wire("ssh-ed25519", string(pub), ""),
		"a byte more":     "ssh-ed25519 " + base64.StdEncoding.EncodeToString(append(raw, 0)),
		"cut":             "ssh-ed25519 " + base64.StdEncoding.EncodeToString(raw[:len(raw)-1]),
		"length too long": "ssh-ed25519 " + base64.StdEncoding.EncodeToString([]byte("\xff\xff\xff\xffssh-ed25519")),
		"nothing":         "ssh-ed25519 ",
		"line feed":       "ssh-ed25519 " + good[:10] + "\n" + good[10:],
		"two blanks":      "ssh-ed25519  " + good,
	} {
		if _, why := parseKey(text); why == "" {
			t.Errorf("%s: accepted", name)
		}
	}
}

// TestSmallOrder shows of each refused key that anybody can sign under it: a
// signature of nothing but the neutral point and zero holds for some message.
func TestSmallOrder(t *testing.T) {
	forged := append(append([]byte{1}, make([]byte, 31)...), make([]byte, 32)...)
	for _, y := range smallOrderY {
		for _, sign := range []byte{0, 0x80} {
			key, err := hex.DecodeString(y)
			if err != nil {
				t.Fatal(err)
			}
			key[31] |= sign
			holds := false
			for i := range 200 {
				holds = holds || ed25519.Verify(key, []byte{byte(i)}, forged)
			}
			if !holds {
				t.Errorf("%x: no forgery holds, why is it refused?", key)
			}
			if _, why := parseKey("ssh-ed25519 " + wire("ssh-ed25519", string(key))); why == "" {
				t.Errorf("%x: accepted, and anybody can sign under it", key)
			}
		}
	}
}
