package keyfile

import (
	"errors"
	"strings"
	"testing"
)

// sample is the file of keyfiletest's key "base", as keystore.EncryptKey wrote it with
// n 2 and p 1. Mutations begin from it.
const (
	sample = `{"address":"ff989079f5f50f815367431694ae902ba173d27e","crypto":{"cipher":"aes-128-ctr","ciphertext":"57119115fbac324996885ca163aff160c3fdad5266c26a07629eb2c2218dd196","cipherparams":{"iv":"fd4fcbf6c73b15f3182547f284c1e00f"},"kdf":"scrypt","kdfparams":{"dklen":32,"n":2,"p":1,"r":8,"salt":"db514029bafc2cb15af0d70d6fc3fdc9e07005e03f5546162125e734c94ebec4"},"mac":"9059aa878802de3798deb0f739ee7f13adff0bbcc4e01a5a117d3f3d2629cfc1"},"id":"00000000-0000-0000-0000-000000000000","version":3}`

	sampleAddress = "0xFF989079F5f50f815367431694AE902ba173d27E"
	sampleKey     = "base"
	passphrase    = "correct horse"
)

// The pbkdf2 parameters of sample's form, with a salt that fits no MAC.
const pbkdf2Params = `{"c":262144,"dklen":32,"prf":"hmac-sha256","salt":"ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd"}`

// change replaces the one place where old stands.
func change(t testing.TB, text, old, with string) string {
	t.Helper()
	if strings.Count(text, old) != 1 {
		t.Fatalf("%q stands %d times in the file, want once", old, strings.Count(text, old))
	}
	return strings.Replace(text, old, with, 1)
}

// asPBKDF2 turns sample into a file of the other KDF.
func asPBKDF2(t testing.TB) string {
	t.Helper()
	from := strings.Index(sample, `{"dklen"`)
	to := strings.Index(sample, `,"mac"`)
	return change(t, sample[:from]+pbkdf2Params+sample[to:], `"scrypt"`, `"pbkdf2"`)
}

func mustParse(t testing.TB, raw string) *File {
	t.Helper()
	f, err := Parse([]byte(raw))
	if err != nil {
		t.Fatalf("Parse: %v", err)
	}
	return f
}

// wantError demands kind, a hint and a message that holds part.
func wantError(t testing.TB, err, kind error, part string) {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("got %v, want an *Error of kind %q", err, kind)
	}
	if !errors.Is(err, kind) || !strings.Contains(e.Msg, part) || e.Hint == "" {
		t.Errorf("got kind %q, message %q, hint %q; want kind %q and a message with %q", e.Kind, e.Msg, e.Hint, kind, part)
	}
	for i := range len(e.Msg) {
		if e.Msg[i] < 0x20 || e.Msg[i] > 0x7e {
			t.Fatalf("the message %q is not printable ASCII", e.Msg)
		}
	}
}
