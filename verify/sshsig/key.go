package sshsig

import (
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The algorithms, of keys and of signatures.
const (
	algEd25519   = "ssh-ed25519"
	algSKEd25519 = "sk-ssh-ed25519@openssh.com"
)

// The most bytes of a key's line and of a token key's application.
const (
	maxKeyLine     = 2048
	maxApplication = 255
)

// Key is a public key. Two keys are equal under == exactly if they are the same key.
// The zero Key signs nothing.
type Key struct {
	algorithm   string
	point       [32]byte
	application string // of a key in a token
}

// ParseKey reads one line as it stands in a .pub file, without its line end: type,
// base64 and, if there is one, a comment, with one space between them. The comment is
// ignored. Options, certificates and host names before the type are refused.
func ParseKey(line string) (Key, error) {
	if len(line) > maxKeyLine {
		return Key{}, fail(ErrKey, "give one line of a .pub file", "the key is %d bytes long, the limit is %d", len(line), maxKeyLine)
	}
	if i := strings.IndexFunc(line, func(r rune) bool { return !unicode.IsPrint(r) }); i >= 0 || !utf8.ValidString(line) {
		return Key{}, fail(ErrKey, "give one line of a .pub file", "the key holds a character that cannot be seen")
	}
	algorithm, rest, _ := strings.Cut(line, " ")
	if algorithm != algEd25519 && algorithm != algSKEd25519 {
		return Key{}, fail(ErrAlgorithm, "make one with: ssh-keygen -t ed25519", "the key is of type %s; keys here are %s or %s", quote([]byte(algorithm)), algEd25519, algSKEd25519)
	}
	text, _, _ := strings.Cut(rest, " ")
	blob, err := base64.StdEncoding.Strict().DecodeString(text)
	if err != nil {
		return Key{}, fail(ErrKey, "copy the line again", "the key is not base64: %v", err)
	}
	k, err := parseKeyBlob(blob)
	if err == nil && k.algorithm != algorithm {
		err = fail(ErrKey, "copy the line again", "the key says it is of type %s, and holds one of type %s", algorithm, k.algorithm)
	}
	if err != nil {
		return Key{}, err
	}
	return k, nil
}

// parseKeyBlob reads a key as it stands in signatures too.
func parseKeyBlob(blob []byte) (Key, error) {
	w := wire{rest: blob}
	k := Key{algorithm: string(w.text())}
	if !w.failed && k.algorithm != algEd25519 && k.algorithm != algSKEd25519 {
		return Key{}, fail(ErrAlgorithm, "sign with an ed25519 key", "the key is of type %s; keys here are %s or %s", quote([]byte(k.algorithm)), algEd25519, algSKEd25519)
	}
	point := w.text()
	if k.algorithm == algSKEd25519 {
		k.application = string(w.text())
	}
	if !w.done() || len(point) != len(k.point) || len(k.application) > maxApplication {
		return Key{}, fail(ErrKey, "copy the key again from its owner", "the %d bytes of the key are not of its type", len(blob))
	}
	copy(k.point[:], point)
	if err := checkPoint(point); err != nil {
		return Key{}, err
	}
	return k, nil
}

// blob is the key as SSH writes it.
func (k Key) blob() []byte {
	b := appendText(appendText(nil, []byte(k.algorithm)), k.point[:])
	if k.algorithm == algSKEd25519 {
		b = appendText(b, []byte(k.application))
	}
	return b
}

// String returns the line that ParseKey reads, without comment; "" for the zero Key.
func (k Key) String() string {
	if k == (Key{}) {
		return ""
	}
	return k.algorithm + " " + base64.StdEncoding.EncodeToString(k.blob())
}

// Fingerprint returns what ssh-keygen -l shows: SHA256: and base64.
func (k Key) Fingerprint() string {
	if k == (Key{}) {
		return ""
	}
	sum := sha256.Sum256(k.blob())
	return "SHA256:" + base64.RawStdEncoding.EncodeToString(sum[:])
}
