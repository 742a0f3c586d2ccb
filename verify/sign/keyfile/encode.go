package keyfile

import (
	"encoding/hex"
	"encoding/json"
)

// noID stands for the file's id, which DecryptKey wants to be a UUID and uses for
// nothing. The id of the file is not taken over.
const noID = "00000000-0000-0000-0000-000000000000"

type document struct {
	Version int    `json:"version"`
	ID      string `json:"id"`
	Address string `json:"address,omitempty"`
	Crypto  struct {
		Cipher       string `json:"cipher"`
		CipherParams struct {
			IV string `json:"iv"`
		} `json:"cipherparams"`
		CipherText string    `json:"ciphertext"`
		KDF        string    `json:"kdf"`
		KDFParams  kdfParams `json:"kdfparams"`
		MAC        string    `json:"mac"`
	} `json:"crypto"`
}

type kdfParams struct {
	DKLen int    `json:"dklen"`
	Salt  string `json:"salt"`
	N     uint64 `json:"n,omitempty"`
	R     uint64 `json:"r,omitempty"`
	P     uint64 `json:"p,omitempty"`
	C     uint64 `json:"c,omitempty"`
	PRF   string `json:"prf,omitempty"`
}

// encode writes the file again, from what was read and nothing else. Parse reads the
// same File from it.
func (f *File) encode() ([]byte, error) {
	d := document{Version: 3, ID: noID}
	if f.address != nil {
		d.Address = hex.EncodeToString(f.address[:])
	}
	c, k := &d.Crypto, &f.kdf
	c.Cipher = cipherName
	c.CipherParams.IV = hex.EncodeToString(f.iv[:])
	c.CipherText = hex.EncodeToString(f.ciphertext[:])
	c.MAC = hex.EncodeToString(f.mac[:])
	c.KDF = k.name
	c.KDFParams = kdfParams{DKLen: keyLength, Salt: hex.EncodeToString(k.salt), N: k.n, R: k.r, P: k.p, C: k.c}
	if k.name == pbkdf2 {
		c.KDFParams.PRF = prfName
	}
	return json.Marshal(&d)
}
