package keyfile

import (
	"errors"
	"fmt"
	"reflect"
	"testing"
)

// FuzzParse: Parse never panics; what it accepts is the same File after encoding, and
// DecryptKey neither panics on it nor returns a key of another address than claimed.
func FuzzParse(f *testing.F) {
	f.Add([]byte(sample))
	f.Add([]byte(asPBKDF2(f)))
	f.Add([]byte(change(f, sample, `"n":2`, `"n":1048576`)))
	f.Add([]byte(change(f, sample, `"id"`, `"x-ethers":{"version":"0.1"},"id"`)))
	f.Add([]byte(change(f, sample, `"address":"ff989079f5f50f815367431694ae902ba173d27e",`, ``)))
	f.Add([]byte(change(f, sample, `"iv":"fd`, `"iv":"FC`)))
	f.Fuzz(check)
}

func check(t *testing.T, raw []byte) {
	file, err := Parse(raw)
	if err != nil {
		if !errors.Is(err, ErrFile) && !errors.Is(err, ErrCost) || file != nil {
			t.Fatalf("got %v, %v; want one of two kinds and no file", file, err)
		}
		return
	}
	k := &file.kdf
	if k.memory() > maxMemory || k.work() > maxWork || k.c > maxC || k.c == 0 && k.n < 2 {
		t.Fatalf("the bounds do not hold: %+v", k)
	}
	again, err := file.encode()
	if err != nil {
		t.Fatal(err)
	}
	second, err := Parse(again)
	if err != nil || !reflect.DeepEqual(file, second) {
		t.Fatalf("got %+v, %v after encoding, want %+v", second, err, file)
	}
	if k.work() > 1<<10 || k.c > 1<<10 {
		return
	}
	opened(t, file)
}

// FuzzFields puts hostile values into a file whose form is right, which bytes alone
// rarely reach.
func FuzzFields(f *testing.F) {
	const salt = "db514029bafc2cb15af0d70d6fc3fdc9e07005e03f5546162125e734c94ebec4"
	f.Add("2", "8", "1", "32", `"`+salt+`"`, `"fd4fcbf6c73b15f3182547f284c1e00f"`, `"`+sampleAddress+`"`, "3")
	f.Add("4096.7", "-1", `"1"`, "16", `null`, `""`, `"payroll"`, `"1"`)
	f.Add("1048576", "32", "16", "64", `"00"`, `[]`, `null`, "4")
	f.Fuzz(func(t *testing.T, n, r, p, dklen, salt, iv, address, version string) {
		raw := fmt.Sprintf(`{"address":%s,"crypto":{"cipher":"aes-128-ctr","ciphertext":"57119115fbac324996885ca163aff160c3fdad5266c26a07629eb2c2218dd196","cipherparams":{"iv":%s},"kdf":"scrypt","kdfparams":{"dklen":%s,"n":%s,"p":%s,"r":%s,"salt":%s},"mac":"9059aa878802de3798deb0f739ee7f13adff0bbcc4e01a5a117d3f3d2629cfc1"},"version":%s}`,
			address, iv, dklen, n, p, r, salt, version)
		check(t, []byte(raw))
	})
}

// opened calls the library as Open does, without what turns its panics into errors;
// then Open.
func opened(t *testing.T, file *File) {
	raw, err := file.encode()
	if err != nil {
		t.Fatal(err)
	}
	alone := alone(string(raw))
	if alone == panics {
		t.Fatalf("DecryptKey panics on %s", raw)
	}
	key, err := file.Open([]byte(passphrase))
	if err != nil && key != nil {
		t.Fatal("an error and a key")
	}
	if claimed, ok := file.Address(); err == nil && ok && key.Address() != claimed {
		t.Fatalf("the key of %s passes for %s", key.Address(), claimed)
	}
	if opens := alone == opens; opens != (err == nil || errors.Is(err, ErrAddress)) {
		t.Fatalf("DecryptKey opens it: %t; Open: %v", opens, err)
	}
}
