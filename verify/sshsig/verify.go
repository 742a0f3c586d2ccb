package sshsig

import (
	"crypto/ed25519"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"
	"sort"
)

const (
	magic   = "SSHSIG"
	version = 1
)

// Flags of a token's signature (PROTOCOL.u2f).
const (
	userPresent  = 0x01
	userVerified = 0x04
)

// signature is a blob, taken apart.
type signature struct {
	key       Key
	namespace []byte
	hash      string
	value     []byte // 64 bytes
	flags     byte   // of a token
	counter   uint32 // of a token
}

// Verify returns the name of the key that signed the message for the namespace. The
// signature is a whole file; the package comment says what is refused.
func Verify(message, armored []byte, namespace string, keys map[string]Key) (name string, err error) {
	if namespace == "" {
		return "", fail(ErrNamespace, "", "no namespace is wanted, and a signature for nothing counts for nothing")
	}
	blob, err := dearmor(armored)
	if err != nil {
		return "", err
	}
	s, err := parse(blob)
	if err != nil {
		return "", err
	}
	if string(s.namespace) != namespace {
		return "", fail(ErrNamespace, "sign again with: ssh-keygen -Y sign -n "+quote([]byte(namespace)), "the signature is for %s, not for %s", quote(s.namespace), quote([]byte(namespace)))
	}
	if name, err = nameOf(s.key, keys); err != nil {
		return "", err
	}
	if err := s.check(message); err != nil {
		return "", err
	}
	return name, nil
}

// nameOf finds the one name of a key. A key under two names could count as two people.
func nameOf(k Key, keys map[string]Key) (string, error) {
	var names []string
	for name, known := range keys {
		if known == k && k != (Key{}) {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	switch len(names) {
	case 1:
		return names[0], nil
	case 0:
		return "", fail(ErrSigner, "compare the fingerprint with the signer by voice", "the signature is by the key %s, which is none of the %d known", k.Fingerprint(), len(keys))
	}
	return "", fail(ErrKey, "one key belongs to one person", "the key %s stands under %d names: %s and %s", k.Fingerprint(), len(names), quote([]byte(names[0])), quote([]byte(names[1])))
}

func parse(blob []byte) (*signature, error) {
	w := wire{rest: blob}
	head, v := w.take(len(magic)), w.uint32()
	key, namespace, reserved, hash, inner := w.text(), w.text(), w.text(), w.text(), w.text()
	switch {
	case !w.done():
		return nil, fail(ErrForm, "copy the file again", "the %d bytes of the signature are cut short or followed by others", len(blob))
	case string(head) != magic || v != version:
		return nil, fail(ErrForm, "name the file that ssh-keygen -Y sign wrote", "the signature begins with %s and version %d, not with %q and version %d", quote(head), v, magic, version)
	case len(reserved) != 0:
		return nil, fail(ErrForm, "", "the reserved part of the signature holds %d bytes of which nobody knows what they mean", len(reserved))
	case string(hash) != "sha512" && string(hash) != "sha256":
		return nil, fail(ErrAlgorithm, "sign with sha512, which is the default", "the message was hashed with %s, not sha512 or sha256", quote(hash))
	}
	k, err := parseKeyBlob(key)
	if err != nil {
		return nil, err
	}
	s := &signature{key: k, namespace: namespace, hash: string(hash)}
	return s, s.inner(inner)
}

// inner reads the signature proper: type, 64 bytes and, of a token, flags and counter.
func (s *signature) inner(raw []byte) error {
	w := wire{rest: raw}
	algorithm := w.text()
	s.value = w.text()
	if s.key.algorithm == algSKEd25519 {
		if b := w.take(1); b != nil {
			s.flags = b[0]
		}
		s.counter = w.uint32()
	}
	switch {
	case string(algorithm) != s.key.algorithm:
		return fail(ErrAlgorithm, "", "the signature is of type %s, the key of type %s", quote(algorithm), s.key.algorithm)
	case !w.done() || len(s.value) != ed25519.SignatureSize:
		return fail(ErrForm, "copy the file again", "the %d bytes of the signature are not of its type", len(raw))
	}
	return nil
}

// check verifies the signature over the message. Package ed25519 refuses an S above
// the group's order and any other encoding of R.
func (s *signature) check(message []byte) error {
	signed := s.signed(message)
	if s.key.algorithm == algSKEd25519 {
		if s.flags&userPresent == 0 || s.flags&^(userPresent|userVerified) != 0 {
			return fail(ErrSignature, "sign again and touch the token", "the token signed with the flags 0x%02x: nobody touched it, or it says what is not understood", s.flags)
		}
		signed = s.byToken(signed)
	}
	if !ed25519.Verify(s.key.point[:], signed, s.value) {
		return fail(ErrSignature, "the file was changed after it was signed, or the signature belongs to another file", "the signature by the key %s is not over these %d bytes", s.key.Fingerprint(), len(message))
	}
	return nil
}

// signed is what the key signs in place of the message.
func (s *signature) signed(message []byte) []byte {
	b := appendText([]byte(magic), s.namespace)
	b = appendText(b, nil)
	b = appendText(b, []byte(s.hash))
	if s.hash == "sha256" {
		sum := sha256.Sum256(message)
		return appendText(b, sum[:])
	}
	sum := sha512.Sum512(message)
	return appendText(b, sum[:])
}

// byToken is what a token signs (PROTOCOL.u2f): the hashes of application and data
// with flags and counter between them.
func (s *signature) byToken(data []byte) []byte {
	app, sum := sha256.Sum256([]byte(s.key.application)), sha256.Sum256(data)
	b := append(app[:], s.flags)
	b = binary.BigEndian.AppendUint32(b, s.counter)
	return append(b, sum[:]...)
}
