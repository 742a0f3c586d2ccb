package keyfile

import (
	"fmt"

	"github.com/coldsign/coldsign/verify/proposal/strictjson"
)

// The names of the key derivation functions.
const (
	scrypt = "scrypt"
	pbkdf2 = "pbkdf2"
)

const (
	keyLength = 32 // dklen: 16 bytes for the cipher, 16 for the MAC
	prfName   = "hmac-sha256"

	// eth-account writes 16 bytes of salt, everyone else 32.
	minSalt = 8
	maxSalt = 64
)

// Bounds of what opening a file may cost; the package comment gives the reasons.
const (
	maxMemory = 1 << 30 // bytes, 128*n*r
	maxWork   = 1 << 24 // n*r*p
	maxN      = 1 << 20
	maxR      = 32
	maxP      = 16
	maxC      = 10_000_000
)

// Below these a file is weaker than what is usual: of the common programs Foundry and
// web3.js take the least scrypt, n 8192, r 8, p 1; 262,144 rounds of pbkdf2 are what the
// example of the specification has. Parity wrote 10,240, which is weak today.
const (
	usualWork = 1 << 16
	usualC    = 262_144
)

// kdf is how the passphrase becomes the key of the cipher. The zero value derives
// nothing.
type kdf struct {
	name    string
	n, r, p uint64 // of scrypt
	c       uint64 // of pbkdf2
	salt    []byte
}

func (r *reader) kdf(crypto *strictjson.Value) kdf {
	const where = "crypto.kdfparams"
	k := kdf{name: r.word(crypto.Get("kdf"), "crypto.kdf", scrypt, pbkdf2)}
	v := crypto.Get("kdfparams")
	if k.name == scrypt {
		r.object(v, where, false, "dklen", "salt", "n", "r", "p")
	} else {
		r.object(v, where, false, "dklen", "salt", "c", "prf")
	}
	if n, exact := integer(v.Get("dklen")); !exact || n != keyLength {
		r.fail(ErrFile, hintFile, "%s.dklen must be the number %d, and is %s", where, keyLength, found(v.Get("dklen")))
	}
	k.salt = r.hex(v.Get("salt"), where+".salt", minSalt, maxSalt, hintFile)
	if k.name == scrypt {
		r.scrypt(&k, v, where)
		return k
	}
	r.word(v.Get("prf"), where+".prf", prfName)
	k.c = r.number(v.Get("c"), where+".c", 1, maxC)
	return k
}

// scrypt bounds each number first, so that no product overflows, and then the
// products: n 2^20 with r 32 would be 4 GiB.
func (r *reader) scrypt(k *kdf, v *strictjson.Value, where string) {
	k.n = r.number(v.Get("n"), where+".n", 2, maxN)
	k.r = r.number(v.Get("r"), where+".r", 1, maxR)
	k.p = r.number(v.Get("p"), where+".p", 1, maxP)
	switch {
	case r.err != nil:
	case k.n&(k.n-1) != 0:
		r.fail(ErrFile, hintFile, "%s.n is %d, and must be a power of two", where, k.n)
	case k.memory() > maxMemory:
		r.fail(ErrCost, hintCost, "scrypt with n %d and r %d takes %d MiB of memory; %d MiB are allowed", k.n, k.r, k.memory()>>20, uint64(maxMemory)>>20)
	case k.work() > maxWork:
		r.fail(ErrCost, hintCost, "scrypt with n %d, r %d and p %d takes %d steps; %d are allowed", k.n, k.r, k.p, k.work(), uint64(maxWork))
	}
}

func (k *kdf) memory() uint64 { return 128 * k.n * k.r }
func (k *kdf) work() uint64   { return k.n * k.r * k.p }

// Weak says in a sentence why the passphrase of this file is easier to guess than that
// of the files which wallets write, and "" if it is not. Whoever had a copy of the file
// can try passphrases; nothing but their number protects the key then.
func (f *File) Weak() string {
	k := &f.kdf
	switch {
	case k.name == scrypt && k.work() < usualWork:
		return fmt.Sprintf("whoever has a copy of this key file can guess its passphrase quickly: scrypt takes %d steps a guess (n %d, r %d, p %d), and %d is the least that is usual", k.work(), k.n, k.r, k.p, uint64(usualWork))
	case k.name == pbkdf2 && k.c < usualC:
		return fmt.Sprintf("whoever has a copy of this key file can guess its passphrase quickly: pbkdf2 takes %d rounds a guess, and %d is the least that is usual", k.c, uint64(usualC))
	}
	return ""
}
