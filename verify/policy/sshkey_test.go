package policy

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"strconv"
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
	parse := func(text string) (*Policy, error) {
		return Parse([]byte("coldsign: policy/v1\nversion: 1\ntreasury: T\nkeys: {ann: " + strconv.Quote(text) + "}\nchains: {1: {}}\n"))
	}
	if p, err := parse("ssh-ed25519 " + good); err != nil || p.Keys["ann"].String() != "ssh-ed25519 "+good {
		t.Errorf("a key is refused: %v", err)
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
		"no point":        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFn9bEGFNx0Nh7cq5tUYVnGr3bS3XvhHXL6JCrqcZuTI",
		"small order":     "ssh-ed25519 " + wire("ssh-ed25519", strings.Repeat("\x00", 32)),
		"two blanks":      "ssh-ed25519  " + good,
	} {
		if _, err := parse(text); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}
