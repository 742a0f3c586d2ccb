package sshsig

import (
	"bytes"
	"encoding/base64"
)

// MaxSize is the most bytes of a signature file. One with a key and a signature of
// the largest kind here has less than 600.
const MaxSize = 4096

const (
	first = "-----BEGIN SSH SIGNATURE-----\n"
	last  = "-----END SSH SIGNATURE-----\n"
)

// The lengths of a base64 line: what ssh-keygen writes, and what its protocol asks for.
var lineLengths = [...]int{70, 76}

// dearmor returns the blob of a signature file. The decoder skips line ends wherever
// they stand, so the file is written again and compared.
func dearmor(armored []byte) ([]byte, error) {
	if len(armored) > MaxSize {
		return nil, fail(ErrForm, "name the file that ssh-keygen -Y sign wrote", "the signature is %d bytes long, the limit is %d", len(armored), MaxSize)
	}
	body, begins := bytes.CutPrefix(armored, []byte(first))
	body, ends := bytes.CutSuffix(body, []byte(last))
	if !begins || !ends {
		return nil, fail(ErrForm, "name the file that ssh-keygen -Y sign wrote, unchanged", "the signature does not begin with the line BEGIN SSH SIGNATURE and end with the line END SSH SIGNATURE")
	}
	blob, err := base64.StdEncoding.Strict().DecodeString(string(body))
	if err != nil {
		return nil, fail(ErrForm, "copy the file again", "the signature is not base64: %v", err)
	}
	for _, n := range lineLengths {
		if bytes.Equal(body, lines(blob, n)) {
			return blob, nil
		}
	}
	return nil, fail(ErrForm, "copy the file again, unchanged: mail programs and editors break lines anew", "the lines of the signature are not as ssh-keygen writes them")
}

// lines writes the blob as base64 in lines of n characters.
func lines(blob []byte, n int) []byte {
	text := base64.StdEncoding.AppendEncode(nil, blob)
	var out []byte
	for len(text) > n {
		out = append(append(out, text[:n]...), '\n')
		text = text[n:]
	}
	return append(append(out, text...), '\n')
}
