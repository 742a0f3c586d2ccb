package sshsig

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const namespace = "coldsign-receipt"

func load(t testing.TB, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func key(t testing.TB, name string) Key {
	t.Helper()
	k, err := ParseKey(strings.TrimSuffix(string(load(t, name+".pub")), "\n"))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func known(t testing.TB) map[string]Key {
	return map[string]Key{"alice": key(t, "alice"), "bob": key(t, "bob"), "nobody": {}}
}

// TestVerify: the files in testdata were made by ssh-keygen -Y sign for this test.
func TestVerify(t *testing.T) {
	message, keys := load(t, "message"), known(t)
	sig := func(name string) []byte { return load(t, name+".sig") }
	twice := map[string]Key{"alice": keys["alice"], "alex": keys["alice"]}
	tests := []struct {
		name      string
		message   []byte
		armored   []byte
		namespace string
		keys      map[string]Key
		want      string
		kind      error
	}{
		{"alice", message, sig("alice"), namespace, keys, "alice", nil},
		{"bob", message, sig("bob"), namespace, keys, "bob", nil},
		{"sha256", message, sig("alice.sha256"), namespace, keys, "alice", nil},
		{"another namespace", message, sig("alice.file"), "file", keys, "alice", nil},
		{"lines of 76", message, rearmor(t, sig("alice"), 76), namespace, keys, "alice", nil},
		{"for another purpose", message, sig("alice.file"), namespace, keys, "", ErrNamespace},
		{"namespace a prefix", message, sig("alice"), namespace[:8], keys, "", ErrNamespace},
		{"namespace in capitals", message, sig("alice"), strings.ToUpper(namespace), keys, "", ErrNamespace},
		{"no namespace wanted", message, sig("alice"), "", keys, "", ErrNamespace},
		{"unknown signer", message, sig("bob"), namespace, map[string]Key{"alice": keys["alice"]}, "", ErrSigner},
		{"no keys", message, sig("alice"), namespace, nil, "", ErrSigner},
		{"zero key", message, sig("alice"), namespace, map[string]Key{"alice": {}}, "", ErrSigner},
		{"one key of two names", message, sig("alice"), namespace, twice, "", ErrKey},
		{"other message", []byte("what was not checked\n"), sig("alice"), namespace, keys, "", ErrSignature},
		{"message without its end", message[:len(message)-1], sig("alice"), namespace, keys, "", ErrSignature},
		{"no message", nil, sig("alice"), namespace, keys, "", ErrSignature},
		{"alice's signature with bob's key", message, cross(t, sig("alice"), sig("bob")), namespace, keys, "", ErrSignature},
		{"no signature", message, nil, namespace, keys, "", ErrForm},
		{"the public key instead", message, load(t, "alice.pub"), namespace, keys, "", ErrForm},
		{"crlf", message, bytes.ReplaceAll(sig("alice"), []byte("\n"), []byte("\r\n")), namespace, keys, "", ErrForm},
		{"cr inside", message, bytes.Replace(sig("alice"), []byte("\nU1N"), []byte("\n\rU1N"), 1), namespace, keys, "", ErrForm},
		{"blank line before", message, append([]byte("\n"), sig("alice")...), namespace, keys, "", ErrForm},
		{"blank line after", message, append(sig("alice"), '\n'), namespace, keys, "", ErrForm},
		{"blank line inside", message, bytes.Replace(sig("alice"), []byte("\nU1N"), []byte("\n\nU1N"), 1), namespace, keys, "", ErrForm},
		{"no last line end", message, bytes.TrimSuffix(sig("alice"), []byte("\n")), namespace, keys, "", ErrForm},
		{"two blocks", message, append(sig("alice"), sig("alice")...), namespace, keys, "", ErrForm},
		{"text before", message, append([]byte("see below\n"), sig("alice")...), namespace, keys, "", ErrForm},
		{"lines of 64", message, rearmor(t, sig("alice"), 64), namespace, keys, "", ErrForm},
		{"one line", message, rearmor(t, sig("alice"), 4096), namespace, keys, "", ErrForm},
		{"too long", message, bytes.Repeat([]byte("A"), MaxSize+1), namespace, keys, "", ErrForm},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Verify(tt.message, tt.armored, tt.namespace, tt.keys)
			judge(t, got, err, tt.want, tt.kind)
		})
	}
}

func judge(t *testing.T, got string, err error, want string, kind error) {
	t.Helper()
	if got != want || !errors.Is(err, kind) {
		t.Errorf("got %q and %v, want %q and %v", got, err, want, kind)
	}
	if err == nil {
		return
	}
	var e *Error
	if !errors.As(err, &e) || e.Msg == "" || strings.ContainsFunc(e.Msg+e.Hint, func(r rune) bool { return r < 0x20 || r > 0x7e }) {
		t.Errorf("the error %q is no *Error in printable ASCII", err)
	}
}

// rearmor breaks the lines of a signature anew.
func rearmor(t testing.TB, armored []byte, n int) []byte {
	t.Helper()
	return armor(unpack(t, armored), n)
}

func armor(blob []byte, n int) []byte {
	return append(append([]byte(first), lines(blob, n)...), last...)
}

func unpack(t testing.TB, armored []byte) []byte {
	t.Helper()
	blob, err := dearmor(armored)
	if err != nil {
		t.Fatal(err)
	}
	return blob
}

// cross joins the first one's signature with the second one's key.
func cross(t testing.TB, a, b []byte) []byte {
	t.Helper()
	x, y := unpack(t, a), unpack(t, b)
	return armor(append(y[:len(y)-64:len(y)-64], x[len(x)-64:]...), 70)
}

// parts writes a blob of our own, right or wrong.
type parts struct {
	magic                                       string
	version                                     uint32
	key, namespace, reserved, hash, kind, value []byte
	inner, rest                                 []byte
}

func (p parts) file() []byte {
	b := binary.BigEndian.AppendUint32([]byte(p.magic), p.version)
	for _, s := range [][]byte{p.key, p.namespace, p.reserved, p.hash, append(appendText(appendText(nil, p.kind), p.value), p.inner...)} {
		b = appendText(b, s)
	}
	return armor(append(b, p.rest...), 70)
}

func good(t testing.TB) parts {
	blob := unpack(t, load(t, "alice.sig"))
	return parts{magic: magic, version: 1, key: key(t, "alice").blob(), namespace: []byte(namespace), hash: []byte("sha512"),
		kind: []byte(algEd25519), value: blob[len(blob)-64:]}
}

// TestBlob changes one part of a good blob.
func TestBlob(t *testing.T) {
	message, keys := load(t, "message"), known(t)
	tests := []struct {
		name   string
		change func(p *parts)
		kind   error
	}{
		{"as it was", func(*parts) {}, nil},
		{"magic", func(p *parts) { p.magic = "SSHSIh" }, ErrForm},
		{"version 0", func(p *parts) { p.version = 0 }, ErrForm},
		{"version 2", func(p *parts) { p.version = 2 }, ErrForm},
		{"reserved", func(p *parts) { p.reserved = []byte{0} }, ErrForm},
		{"namespace", func(p *parts) { p.namespace = []byte(namespace + "\x00") }, ErrNamespace},
		{"empty namespace", func(p *parts) { p.namespace = nil }, ErrNamespace},
		{"sha1", func(p *parts) { p.hash = []byte("sha1") }, ErrAlgorithm},
		{"no hash", func(p *parts) { p.hash = nil }, ErrAlgorithm},
		{"the other hash", func(p *parts) { p.hash = []byte("sha256") }, ErrSignature},
		{"rsa signature", func(p *parts) { p.kind = []byte("rsa-sha2-512") }, ErrAlgorithm},
		{"token's signature, plain key", func(p *parts) { p.kind = []byte(algSKEd25519) }, ErrAlgorithm},
		{"rsa key", func(p *parts) { p.key = appendText(appendText(nil, []byte("ssh-rsa")), make([]byte, 32)) }, ErrAlgorithm},
		{"certificate", func(p *parts) { p.key = appendText(nil, []byte("ssh-ed25519-cert-v01@openssh.com")) }, ErrAlgorithm},
		{"key with bytes after it", func(p *parts) { p.key = append(p.key, 0) }, ErrKey},
		{"key of zeros", func(p *parts) { p.key = appendText(appendText(nil, []byte(algEd25519)), make([]byte, 32)) }, ErrKey},
		{"short key", func(p *parts) { p.key = appendText(appendText(nil, []byte(algEd25519)), make([]byte, 31)) }, ErrKey},
		{"no key", func(p *parts) { p.key = nil }, ErrKey},
		{"short value", func(p *parts) { p.value = p.value[:63] }, ErrForm},
		{"long value", func(p *parts) { p.value = append(bytes.Clone(p.value), 0) }, ErrForm},
		{"bytes after the value", func(p *parts) { p.inner = []byte{0} }, ErrForm},
		{"bytes after the blob", func(p *parts) { p.rest = []byte{0} }, ErrForm},
		{"S above the order", func(p *parts) { p.value = plusOrder(p.value) }, ErrSignature},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := good(t)
			tt.change(&p)
			want := ""
			if tt.kind == nil {
				want = "alice"
			}
			got, err := Verify(message, p.file(), namespace, keys)
			judge(t, got, err, want, tt.kind)
		})
	}
}

// plusOrder adds the order of the group to S, the second half: a verifier that does
// not look accepts the same signature in a second form.
func plusOrder(value []byte) []byte {
	order := [32]byte{0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 31: 0x10}
	out, carry := bytes.Clone(value), 0
	for i, b := range order {
		n := int(out[32+i]) + int(b) + carry
		out[32+i], carry = byte(n), n>>8
	}
	return out
}

// TestEveryByte: no bit of a blob can be flipped, no byte cut off or added.
func TestEveryByte(t *testing.T) {
	message, keys := load(t, "message"), known(t)
	blob := unpack(t, load(t, "alice.sig"))
	for i := range blob {
		for bit := range 8 {
			b := bytes.Clone(blob)
			b[i] ^= 1 << bit
			if name, err := Verify(message, armor(b, 70), namespace, keys); err == nil {
				t.Fatalf("bit %d of byte %d is flipped, and %q has signed", bit, i, name)
			}
		}
		if _, err := Verify(message, armor(blob[:i], 70), namespace, keys); err == nil {
			t.Fatalf("cut at byte %d, and it verifies", i)
		}
		more := append(append(bytes.Clone(blob[:i]), 0), blob[i:]...)
		if _, err := Verify(message, armor(more, 70), namespace, keys); err == nil {
			t.Fatalf("one more byte at %d, and it verifies", i)
		}
	}
}

// TestEveryTextByte: the same for the file around the blob.
func TestEveryTextByte(t *testing.T) {
	message, keys := load(t, "message"), known(t)
	text := load(t, "alice.sig")
	for i := range text {
		for _, c := range []byte("\n\r A=-") {
			b := bytes.Clone(text)
			if b[i] == c {
				continue
			}
			b[i] = c
			if _, err := Verify(message, b, namespace, keys); err == nil {
				t.Fatalf("byte %d is %q instead of %q, and it verifies", i, c, text[i])
			}
		}
	}
}

// token signs as a security token does; ssh-keygen -Y verify accepts it.
func token(t testing.TB, message []byte, flags byte) (sig []byte, keys map[string]Key) {
	t.Helper()
	secret := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, 32))
	k := Key{algorithm: algSKEd25519, application: "ssh:"}
	copy(k.point[:], secret.Public().(ed25519.PublicKey))
	s := signature{key: k, namespace: []byte(namespace), hash: "sha512", flags: flags, counter: 5}
	p := parts{magic: magic, version: 1, key: k.blob(), namespace: s.namespace, hash: []byte(s.hash), kind: []byte(algSKEd25519)}
	app, sum := sha256.Sum256([]byte("ssh:")), sha256.Sum256(s.signed(message))
	p.value = ed25519.Sign(secret, bytes.Join([][]byte{app[:], {flags, 0, 0, 0, 5}, sum[:]}, nil))
	p.inner = []byte{flags, 0, 0, 0, 5}
	return p.file(), map[string]Key{"carol": k, "alice": key(t, "alice")}
}

func TestToken(t *testing.T) {
	message := load(t, "message")
	for flags, kind := range map[byte]error{1: nil, 5: nil, 0: ErrSignature, 4: ErrSignature, 0x81: ErrSignature, 0x41: ErrSignature, 3: ErrSignature} {
		sig, keys := token(t, message, flags)
		want := ""
		if kind == nil {
			want = "carol"
		}
		got, err := Verify(message, sig, namespace, keys)
		judge(t, got, err, want, kind)
	}
	sig, keys := token(t, message, 1)
	if !bytes.Equal(sig, load(t, "carol.sig")) || keys["carol"] != key(t, "carol") {
		t.Error("the token's key or signature is not the one in testdata, which ssh-keygen verified")
	}
	other := keys["carol"]
	other.application = "ssh:other"
	if got, err := Verify(message, sig, namespace, map[string]Key{"carol": other}); !errors.Is(err, ErrSigner) || got != "" {
		t.Errorf("a key for another application: %q, %v", got, err)
	}
	blob := unpack(t, sig)
	for i := range blob {
		b := bytes.Clone(blob)
		b[i] ^= 1
		if _, err := Verify(message, armor(b, 70), namespace, keys); err == nil {
			t.Fatalf("byte %d is changed, and it verifies", i)
		}
	}
}

func TestParseKey(t *testing.T) {
	line := strings.TrimSpace(string(load(t, "alice.pub")))
	body := strings.Fields(line)[1]
	zero := base64.StdEncoding.EncodeToString(appendText(appendText(nil, []byte(algEd25519)), make([]byte, 32)))
	tests := []struct {
		name, line string
		kind       error
	}{
		{"with comment", line, nil},
		{"without", algEd25519 + " " + body, nil},
		{"comment of words", algEd25519 + " " + body + " Alice in Köln, 2026", nil},
		{"token", strings.TrimSpace(string(load(t, "carol.pub"))), nil},
		{"empty", "", ErrAlgorithm},
		{"only a type", algEd25519, ErrKey},
		{"only base64", body, ErrAlgorithm},
		{"two spaces", algEd25519 + "  " + body, ErrKey},
		{"leading space", " " + line, ErrAlgorithm},
		{"options", `command="x" ` + line, ErrAlgorithm},
		{"line end", line + "\n", ErrKey},
		{"escape in the comment", algEd25519 + " " + body + " \x1b[2J", ErrKey},
		{"turned comment", algEd25519 + " " + body + " a\u202eb", ErrKey},
		{"no utf-8", algEd25519 + " " + body + " \xff", ErrKey},
		{"rsa", "ssh-rsa AAAAB3NzaC1yc2E=", ErrAlgorithm},
		{"another type than it says", algSKEd25519 + " " + body, ErrKey},
		{"unused bits", strings.Replace(algSKEd25519+" "+base64.StdEncoding.EncodeToString(key(t, "carol").blob()), "aDo=", "aDp=", 1), ErrKey},
		{"cut", algEd25519 + " " + body[:len(body)-4], ErrKey},
		{"longer", algEd25519 + " " + body + "AAAA", ErrKey},
		{"zeros", algEd25519 + " " + zero, ErrKey},
		{"too long", algEd25519 + " " + body + " " + strings.Repeat("x", maxKeyLine), ErrKey},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			k, err := ParseKey(tt.line)
			if !errors.Is(err, tt.kind) || (err == nil) != (k != Key{}) {
				t.Fatalf("got %v and %v, want %v", k, err, tt.kind)
			}
			if err == nil && !strings.HasPrefix(tt.line, k.String()) {
				t.Errorf("written again: %s", k)
			}
		})
	}
	if got := key(t, "alice").Fingerprint(); got != "SHA256:JkmG7huvoTYnHS6lLQ+hehvNnty6od/6hVF9F6kj4b0" {
		t.Errorf("fingerprint %s", got)
	}
	if (Key{}).String() != "" || (Key{}).Fingerprint() != "" {
		t.Error("the zero key has a text")
	}
}

// FuzzVerify: nothing but the bytes that were signed verifies, nothing panics, and
// what is accepted has one of two files.
func FuzzVerify(f *testing.F) {
	message, keys := load(f, "message"), known(f)
	blob := unpack(f, load(f, "alice.sig"))
	sig, tokens := token(f, message, 1)
	keys["carol"] = tokens["carol"]
	for _, s := range [][]byte{load(f, "alice.sig"), load(f, "bob.sig"), load(f, "alice.sha256.sig"), load(f, "alice.file.sig"), sig, armor(nil, 70), blob} {
		f.Add(message, s, namespace)
	}
	valid := map[string]bool{}
	for _, s := range [][]byte{load(f, "alice.sig"), load(f, "bob.sig"), load(f, "alice.sha256.sig"), sig} {
		valid[string(s)], valid[string(rearmor(f, s, 76))] = true, true
	}
	f.Fuzz(func(t *testing.T, m, armored []byte, ns string) {
		name, err := Verify(m, armored, ns, keys)
		if (err == nil) != (name != "") {
			t.Fatalf("%q and %v", name, err)
		}
		if err == nil && ns == namespace && (!bytes.Equal(m, message) || !valid[string(armored)]) {
			t.Fatalf("%q has signed %q with %q", name, m, armored)
		}
		if err != nil {
			judge(t, name, err, "", errors.Unwrap(err))
		}
	})
}

// FuzzParseKey: a key that is accepted has one text, and its text is accepted.
func FuzzParseKey(f *testing.F) {
	for _, n := range []string{"alice", "carol"} {
		f.Add(strings.TrimSpace(string(load(f, n+".pub"))))
	}
	f.Fuzz(func(t *testing.T, line string) {
		k, err := ParseKey(line)
		if err != nil {
			judge(t, "", err, "", errors.Unwrap(err))
			return
		}
		if again, err := ParseKey(k.String()); err != nil || again != k || !strings.HasPrefix(line, k.String()) {
			t.Fatalf("%q is read as %s, and that as %s, %v", line, k, again, err)
		}
	})
}
