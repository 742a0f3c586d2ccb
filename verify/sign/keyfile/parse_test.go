package keyfile

import (
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/accounts/keystore"
	"github.com/ethereum/go-ethereum/common"
)

// What DecryptKey alone does with a file, given the right passphrase. It is why Parse
// exists; a change in the library shows here.
const (
	unasked = iota
	panics
	opens
	refuses
)

// TestParseRefuses changes one thing of a good file at a time.
func TestParseRefuses(t *testing.T) {
	const iv, salt = "fd4fcbf6c73b15f3182547f284c1e00f", "db514029bafc2cb15af0d70d6fc3fdc9e07005e03f5546162125e734c94ebec4"
	const ciphertext, mac = "57119115fbac324996885ca163aff160c3fdad5266c26a07629eb2c2218dd196", "9059aa878802de3798deb0f739ee7f13adff0bbcc4e01a5a117d3f3d2629cfc1"
	const address = `"address":"ff989079f5f50f815367431694ae902ba173d27e",`
	tests := []struct {
		name, old, with string
		kind            error
		part            string
		alone           int
	}{
		// What makes DecryptKey panic.
		{"salt absent", `,"salt":"` + salt + `"`, ``, ErrFile, "crypto.kdfparams.salt must be a string of hex digits, and is missing", panics},
		{"salt null", `"` + salt + `"`, `null`, ErrFile, "and is null", panics},
		{"n absent", `"n":2,`, ``, ErrFile, "crypto.kdfparams.n must be a number written as a plain integer, and is missing", panics},
		{"n a string", `"n":2`, `"n":"2"`, ErrFile, `and is the string "2"`, panics},
		{"r absent", `,"r":8`, ``, ErrFile, "crypto.kdfparams.r", panics},
		{"p null", `"p":1`, `"p":null`, ErrFile, "crypto.kdfparams.p", panics},
		{"dklen negative", `"dklen":32`, `"dklen":-32`, ErrFile, "crypto.kdfparams.dklen must be the number 32, and is -32", panics},
		{"dklen absent", `"dklen":32,`, ``, ErrFile, "and is missing", panics},
		{"pbkdf2 without prf", `"kdf":"scrypt"`, `"kdf":"pbkdf2"`, ErrFile, `crypto.kdfparams holds the unknown name "n"`, panics},
		{"kdfparams absent", `,"kdfparams":{"dklen":32,"n":2,"p":1,"r":8,"salt":"` + salt + `"}`, ``, ErrFile, "crypto.kdfparams must be an object, and is missing", panics},
		{"iv of 15 bytes", iv, iv[2:], ErrFile, "crypto.cipherparams.iv has 15 bytes, and must have 16", panics},
		{"iv of 17 bytes", iv, iv + "00", ErrFile, "has 17 bytes", panics},
		{"iv empty", iv, ``, ErrFile, "has 0 bytes", panics},
		{"cipherparams absent", `,"cipherparams":{"iv":"` + iv + `"}`, ``, ErrFile, "crypto.cipherparams must be an object, and is missing", panics},

		// What DecryptKey opens in silence.
		{"dklen 64", `"dklen":32`, `"dklen":64`, ErrFile, "must be the number 32, and is 64", opens},
		{"n with a fraction", `"n":2`, `"n":2.7`, ErrFile, "and is 2.7", opens},
		{"n with an exponent", `"n":2`, `"n":2e0`, ErrFile, "and is 2e0", opens},
		{"n with a zero fraction", `"n":2`, `"n":2.0`, ErrFile, "and is 2.0", opens},
		{"a second crypto in another case", `"id"`, `"Crypto":{"kdf":"scrypt"},"id"`, ErrFile, "differ by case only", opens},
		{"crypto in capitals", `"crypto"`, `"CRYPTO"`, ErrFile, `holds the name "CRYPTO", which other programs may read as crypto`, opens},
		{"a duplicate in front", `{"address"`, `{"version":1,"address"`, ErrFile, "occurs twice", opens},
		{"a duplicate inside", `"n":2`, `"n":1048576,"n":2`, ErrFile, "occurs twice", opens},
		{"an escaped name", `"kdf":`, `"\u006bdf":`, ErrFile, "escape sequences", opens},
		{"a name that folds", `"kdf":`, `"` + "\u212adf" + `":`, ErrFile, "outside ASCII", unasked},
		{"Version", `"version":3`, `"version":3,"Version":3`, ErrFile, "differ by case only", opens},
		{"an address in another case", `"address"`, `"Address"`, ErrFile, `"Address", which other programs may read as address`, opens},
		{"an address that is none", `ff989079f5f50f815367431694ae902ba173d27e`, `payroll`, ErrFile, `"0xpayroll" is not an address`, opens},
		{"an address with a wrong checksum", `ff989079f5f50f815367431694ae902ba173d27e`, `ff989079f5F50F815367431694AE902Ba173D27E`, ErrFile, "the EIP-55 checksum", opens},
		{"an address of 0X", `ff989079f5f50f815367431694ae902ba173d27e`, `0XFf989079f5F50F815367431694AE902Ba173D27E`, ErrFile, "is not an address", opens},
		{"an empty address", `ff989079f5f50f815367431694ae902ba173d27e`, ``, ErrFile, "is not an address", opens},
		{"an address of null", address, `"address":null,`, ErrFile, "address must be a string, and is null", opens},
		{"an unknown parameter", `"n":2`, `"n":2,"rounds":2`, ErrFile, `crypto.kdfparams holds the unknown name "rounds"`, opens},
		{"an unknown member of crypto", `"kdf":`, `"compression":"none","kdf":`, ErrFile, `crypto holds the unknown name "compression"`, opens},
		{"an unknown member of cipherparams", `{"iv"`, `{"counter":1,"iv"`, ErrFile, `crypto.cipherparams holds the unknown name "counter"`, opens},
		{"a name with punctuation", `"p":1`, `"p":1,"dk_len":64`, ErrFile, `"dk_len", which other programs may read as dklen`, opens},

		// Parameters of the other KDF, and others that no scrypt has.
		{"dklen 16", `"dklen":32`, `"dklen":16`, ErrFile, "and is 16", opens},
		{"dklen a string", `"dklen":32`, `"dklen":"32"`, ErrFile, `and is the string "32"`, panics},
		{"scrypt with a prf", `"p":1`, `"p":1,"prf":"hmac-sha256"`, ErrFile, `unknown name "prf"`, opens},
		{"n 0", `"n":2`, `"n":0`, ErrFile, "crypto.kdfparams.n is 0, and must be at least 2", refuses},
		{"n 1", `"n":2`, `"n":1`, ErrFile, "is 1, and must be at least 2", refuses},
		{"n no power of two", `"n":2`, `"n":3`, ErrFile, "n is 3, and must be a power of two", refuses},
		{"r 0", `"r":8`, `"r":0`, ErrFile, "crypto.kdfparams.r is 0, and must be at least 1", refuses},
		{"p 0", `"p":1`, `"p":0`, ErrFile, "crypto.kdfparams.p is 0, and must be at least 1", refuses},
		{"n negative", `"n":2`, `"n":-2`, ErrFile, "and is -2", refuses},
		{"salt of 7 bytes", salt, salt[:14], ErrFile, "salt has 7 bytes, and must have 8 to 64", refuses},
		{"salt of 65 bytes", salt, strings.Repeat("ab", 65), ErrFile, "salt has 65 bytes, and must have 8 to 64", refuses},
		{"salt of half a byte", salt, salt[1:], ErrFile, "two a byte", refuses},
		{"salt with 0x", salt, "0x" + salt, ErrFile, "without 0x", refuses},
		{"salt of a letter", salt, "g" + salt[1:], ErrFile, "must be hex digits", refuses},

		// The rest of the form.
		{"version a string", `"version":3`, `"version":"3"`, ErrFile, `version must be the number 3, and is the string "3"`, refuses},
		{"version 1 a string", `"version":3`, `"version":"1"`, ErrFile, `and is the string "1"`, refuses},
		{"version 1", `"version":3`, `"version":1`, ErrFile, "has version 1", refuses},
		{"version 4", `"version":3`, `"version":4`, ErrFile, "has version 4", refuses},
		{"version 3.0", `"version":3`, `"version":3.0`, ErrFile, "and is 3.0", refuses},
		{"version beyond 64 bits", `"version":3`, `"version":99999999999999999999`, ErrFile, "has version 18446744073709551615", refuses},
		{"version absent", `,"version":3`, ``, ErrFile, "version must be the number 3, and is missing", refuses},
		{"cipher CBC", `aes-128-ctr`, `aes-128-cbc`, ErrFile, `crypto.cipher must be aes-128-ctr, and is the string "aes-128-cbc"`, refuses},
		{"cipher in capitals", `aes-128-ctr`, `AES-128-CTR`, ErrFile, "crypto.cipher must be aes-128-ctr", refuses},
		{"cipher absent", `"cipher":"aes-128-ctr",`, ``, ErrFile, "and is missing", refuses},
		{"ciphertext of 31 bytes", ciphertext, ciphertext[2:], ErrFile, "crypto.ciphertext has 31 bytes, and must have 32", refuses},
		{"ciphertext of 64 bytes", ciphertext, ciphertext + ciphertext, ErrFile, "crypto.ciphertext has 64 bytes", refuses},
		{"ciphertext a list", `"` + ciphertext + `"`, `[1]`, ErrFile, "and is a list", refuses},
		{"mac of 31 bytes", mac, mac[2:], ErrFile, "crypto.mac has 31 bytes", refuses},
		{"mac absent", `,"mac":"` + mac + `"`, ``, ErrFile, "crypto.mac must be a string of hex digits, and is missing", refuses},
		{"kdf unknown", `"kdf":"scrypt"`, `"kdf":"argon2id"`, ErrFile, `crypto.kdf must be scrypt or pbkdf2, and is the string "argon2id"`, refuses},
		{"kdf absent", `"kdf":"scrypt",`, ``, ErrFile, "crypto.kdf must be scrypt or pbkdf2, and is missing", refuses},
		{"crypto a string", sample[strings.Index(sample, `{"cipher"`):strings.Index(sample, `,"id"`)], `"x"`, ErrFile, `crypto must be an object, and is the string "x"`, refuses},
		{"a hostile text", `aes-128-ctr`, "\\u001b[2J\u202e", ErrFile, `"\x1b[2J\u202e"`, refuses},

		// What costs too much. DecryptKey is not asked: it would try.
		{"n beyond", `"n":2`, `"n":2097152`, ErrCost, "crypto.kdfparams.n is 2097152, and may be 1048576 at most", unasked},
		{"n beyond 64 bits", `"n":2`, `"n":36893488147419103232`, ErrCost, "n is 36893488147419103232, and may be", unasked},
		{"n of a thousand digits", `"n":2`, `"n":1` + strings.Repeat("0", 1000), ErrCost, "n is a number, and may be", unasked},
		{"r beyond", `"r":8`, `"r":33`, ErrCost, "r is 33, and may be 32 at most", unasked},
		{"p beyond", `"p":1`, `"p":17`, ErrCost, "p is 17, and may be 16 at most", unasked},
		{"memory of 2 GiB", `"n":2,"p":1,"r":8`, `"n":1048576,"p":1,"r":16`, ErrCost, "takes 2048 MiB of memory; 1024 MiB are allowed", unasked},
		{"memory just beyond", `"n":2,"p":1,"r":8`, `"n":1048576,"p":1,"r":9`, ErrCost, "takes 1152 MiB of memory", unasked},
		{"work beyond", `"n":2,"p":1,"r":8`, `"n":262144,"p":9,"r":8`, ErrCost, "takes 18874368 steps; 16777216 are allowed", unasked},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			raw := change(t, sample, tt.old, tt.with)
			f, err := Parse([]byte(raw))
			wantError(t, err, tt.kind, tt.part)
			if f != nil {
				t.Error("a refused file came back")
			}
			if tt.alone == unasked {
				return
			}
			if got := alone(raw); got != tt.alone {
				t.Errorf("DecryptKey alone: got %d, want %d (1 panics, 2 opens, 3 refuses)", got, tt.alone)
			}
		})
	}
}

func alone(raw string) (did int) {
	defer func() {
		if recover() != nil {
			did = panics
		}
	}()
	if _, err := keystore.DecryptKey([]byte(raw), passphrase); err != nil {
		return refuses
	}
	return opens
}

// TestParseRefusesPBKDF2 does the same to the parameters of the other KDF.
func TestParseRefusesPBKDF2(t *testing.T) {
	mustParse(t, asPBKDF2(t))
	for _, tt := range []struct {
		name, old, with string
		kind            error
		part            string
	}{
		{"prf absent", `"prf":"hmac-sha256",`, ``, ErrFile, "crypto.kdfparams.prf must be hmac-sha256, and is missing"},
		{"prf of another hash", `hmac-sha256`, `hmac-sha512`, ErrFile, `and is the string "hmac-sha512"`},
		{"c absent", `"c":262144,`, ``, ErrFile, "crypto.kdfparams.c must be a number written as a plain integer, and is missing"},
		{"c 0", `"c":262144`, `"c":0`, ErrFile, "c is 0, and must be at least 1"},
		{"c with a fraction", `"c":262144`, `"c":262144.5`, ErrFile, "and is 262144.5"},
		{"c beyond", `"c":262144`, `"c":10000001`, ErrCost, "c is 10000001, and may be 10000000 at most"},
		{"n as well", `"c":262144`, `"c":262144,"n":2`, ErrFile, `unknown name "n"`},
		{"dklen 64", `"dklen":32`, `"dklen":64`, ErrFile, "must be the number 32"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse([]byte(change(t, asPBKDF2(t), tt.old, tt.with)))
			wantError(t, err, tt.kind, tt.part)
		})
	}
}

// TestParseRefusesDocuments: what is no single JSON object of a moderate size.
func TestParseRefusesDocuments(t *testing.T) {
	for _, tt := range []struct{ name, raw, part string }{
		{"nothing", "", "ends where a value is due"},
		{"a byte order mark", "\ufeff" + sample, "byte order mark"},
		{"two documents", sample + sample, "this is no key file"},
		{"a comment", "// key\n" + sample, "comment"},
		{"a list", "[" + sample + "]", "the key file must be an object, and is a list"},
		{"null", "null", "the key file must be an object, and is null"},
		{"UTF-16", "\xff\xfe{\x00}\x00", "this is no key file"},
		{"too long", sample + strings.Repeat(" ", MaxSize), "65"},
		{"too deep", change(t, sample, `"id"`, `"meta":`+strings.Repeat("[", 8)+strings.Repeat("]", 8)+`,"id"`), "deeper than 8"},
		{"too many values", change(t, sample, `"id"`, `"meta":[`+strings.Repeat("0,", 5000)+`0],"id"`), "4096"},
		{"cut", sample[:len(sample)-1], "ends where"},
		{"a plain key", strings.Repeat("ab", 32), "this is no key file"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse([]byte(tt.raw))
			wantError(t, err, ErrFile, tt.part)
		})
	}
}

// TestParseAccepts: what programs write, and the last value inside each bound.
func TestParseAccepts(t *testing.T) {
	const address = "ff989079f5f50f815367431694ae902ba173d27e"
	const salt = "db514029bafc2cb15af0d70d6fc3fdc9e07005e03f5546162125e734c94ebec4"
	for _, tt := range []struct{ name, old, with string }{
		{"an address with 0x", address, "0x" + address},
		{"an address with its checksum", address, sampleAddress},
		{"an address with its checksum, without 0x", address, sampleAddress[2:]},
		{"digits in capitals", salt, strings.ToUpper(salt)},
		{"salt of eth-account", salt, salt[:32]},
		{"salt of 8 bytes", salt, salt[:16]},
		{"salt of 64 bytes", salt, salt + salt},
		{"no id", `"id":"00000000-0000-0000-0000-000000000000",`, ""},
		{"an id of another kind", `"00000000-0000-0000-0000-000000000000"`, `[1,{"a":null}]`},
		{"members of Parity", `"id"`, `"name":"treasury","meta":"{\"timestamp\":1}","id"`},
		{"members of ethers", `"id"`, `"x-ethers":{"client":"ethers/6","mnemonicCiphertext":"00","version":"0.1"},"id"`},
		{"the capital of ethers", `"crypto"`, `"Crypto"`},
		{"blanks", `{"address"`, " {\r\n\t\"address\" "},
		{"the standard of geth", `"n":2,`, `"n":262144,`},
		{"light of geth", `"n":2,"p":1`, `"n":4096,"p":6`},
		{"the memory that is allowed", `"n":2,"p":1`, `"n":1048576,"p":1`},
		{"the work that is allowed", `"n":2,"p":1`, `"n":1048576,"p":2`},
		{"r and p at their bounds", `"n":2,"p":1,"r":8`, `"n":32768,"p":16,"r":32`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := mustParse(t, change(t, sample, tt.old, tt.with))
			if got, ok := f.Address(); !ok || got != common.HexToAddress(sampleAddress) {
				t.Errorf("Address() = %s, %t; want %s", got, ok, sampleAddress)
			}
		})
	}
	f := mustParse(t, change(t, asPBKDF2(t), `"c":262144`, `"c":10000000`))
	if f.kdf.c != maxC {
		t.Errorf("c = %d, want %d", f.kdf.c, maxC)
	}
	f = mustParse(t, change(t, sample, `"address":"`+address+`",`, ""))
	if a, ok := f.Address(); ok || a != (common.Address{}) {
		t.Errorf("Address() = %s, %t of a file that claims none", a, ok)
	}
}

func TestWeak(t *testing.T) {
	for _, tt := range []struct {
		name, params, want string
	}{
		{"geth", `"n":262144,"p":1,"r":8`, ""},
		{"geth, light", `"n":4096,"p":6,"r":8`, ""},
		{"Foundry", `"n":8192,"p":1,"r":8`, ""},
		{"half of Foundry", `"n":4096,"p":1,"r":8`, "scrypt takes 32768 steps a guess (n 4096, r 8, p 1), and 65536 is the least"},
		{"next to nothing", `"n":2,"p":1,"r":8`, "scrypt takes 16 steps a guess"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			wantWeak(t, mustParse(t, change(t, sample, `"n":2,"p":1,"r":8`, tt.params)), tt.want)
		})
	}
	wantWeak(t, mustParse(t, asPBKDF2(t)), "")
	wantWeak(t, mustParse(t, change(t, asPBKDF2(t), "262144", "262143")), "pbkdf2 takes 262143 rounds a guess, and 262144 is the least")
	wantWeak(t, &File{}, "")
}

func wantWeak(t *testing.T, f *File, want string) {
	t.Helper()
	if got := f.Weak(); got == "" != (want == "") || !strings.Contains(got, want) {
		t.Errorf("Weak() = %q, want %q in it", got, want)
	}
}
