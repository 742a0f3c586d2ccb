package keyfile

import (
	"errors"
	"runtime"

	"github.com/ethereum/go-ethereum/accounts/keystore"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
)

const hintOpen = "name the key file as the wallet wrote it; if it did, open it with geth and write it anew"

// Open decrypts the key. It takes the time and memory that the file asks for, within
// the bounds; 1 GiB must be there, since Go ends a program that runs out of memory.
//
// The caller clears passphrase afterwards. That does not clear everything: DecryptKey
// takes a string, which is a copy that nothing can overwrite, and leaves copies of the
// passphrase, of the derived key and of the private key's bytes to the garbage
// collector. Who can read this process's memory, or its swap or core dump, finds them;
// the answer to that is a process that ends soon and whose pages are neither swapped
// nor dumped.
func (f *File) Open(passphrase []byte) (*Key, error) {
	if f == nil || f.kdf.name == "" {
		return nil, fail(ErrFile, hintFile, "no key file was read")
	}
	raw, err := f.encode()
	if err != nil {
		return nil, fail(ErrFile, hintOpen, "the key file cannot be written again: %v", err)
	}
	k, err := guarded(func() (*keystore.Key, error) { return keystore.DecryptKey(raw, string(passphrase)) })
	if err != nil {
		return nil, openError(err)
	}
	address := crypto.PubkeyToAddress(k.PrivateKey.PublicKey)
	if f.address != nil && *f.address != address {
		wipe(k.PrivateKey)
		return nil, addressError(*f.address, address)
	}
	return &Key{&secret{private: k.PrivateKey, address: address}}, nil
}

// guarded turns a panic into an error. What Parse accepts gives none that is known;
// a later version of the library may think of one.
func guarded(decrypt func() (*keystore.Key, error)) (k *keystore.Key, err error) {
	defer func() {
		if p := recover(); p != nil {
			k, err = nil, panicked(p)
		}
	}()
	k, err = decrypt()
	if err == nil && (k == nil || k.PrivateKey == nil) {
		err = errors.New("there is no key in it")
	}
	return k, err
}

// panicked repeats the text of a runtime error only: another value may be anything,
// the key among it.
func panicked(p any) error {
	if e, ok := p.(runtime.Error); ok {
		return e
	}
	return errors.New("its reader panicked")
}

func openError(err error) *Error {
	if errors.Is(err, keystore.ErrDecrypt) {
		return fail(ErrPassphrase, "type it again, mind the keyboard layout; if it is surely right, the file was changed or belongs to another passphrase",
			"the passphrase does not open the key file")
	}
	return fail(ErrFile, hintOpen, "the key file cannot be opened: %v", err)
}

func addressError(claimed, is common.Address) *Error {
	return fail(ErrAddress, "do not use this file: someone changed its address or its iv, and a changed iv gives another key; take the file from a backup",
		"the key file claims the address %s, and its key is that of %s", claimed.Hex(), is.Hex())
}
