package verify_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"

	"github.com/coldsign/coldsign/verify"
	"github.com/coldsign/coldsign/verify/addressbook"
	"github.com/coldsign/coldsign/verify/lists"
	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/safe"
)

const (
	payeeHex = "0xBe9eF1C1be9EF1C1bE9Ef1c1bE9ef1C1bE9ef1c1"
	usdcHex  = "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48"
	safeHex  = "0x5afe5afE5afE5afE5afE5aFe5aFe5Afe5Afe5AfE"
)

// named is a check of a payment of 1250.5 USDC to the payee.
func named(t testing.TB, book string, own ...string) verify.Request {
	req := verify.Request{Mode: verify.ModeCheck, File: "pay.json", Input: read(t, "proposals/service-v2.json")}
	if book != "" {
		req.AddressBook = &verify.Named{Name: "book.csv", Raw: []byte("address,name,chainId\n" + book)}
	}
	for _, o := range own {
		req.Lists = append(req.Lists, verify.Named{Name: "own.list", Raw: []byte(o)})
	}
	return req
}

// TestNamesInReport: the signer's own name goes first, beside what everybody
// knows, wherever the address is written.
func TestNamesInReport(t *testing.T) {
	rep := answer(t, named(t, payeeHex+",Payroll,1\n"+usdcHex+`,"the ""dollar""",1`+"\n"+safeHex+",cold wallet,1\n"+payeeHex+",Somebody,10\n"))
	var text strings.Builder
	if err := report.Text(&text, rep, report.TextOptions{Width: 0}); err != nil {
		t.Fatal(err)
	}
	plain := strings.Join(strings.Fields(text.String()), " ")
	if want := `to 0xBe9e F1C1 be9E F1C1 bE9E f1c1 bE9e f1C1 bE9e f1c1 ("Payroll" in your address book)`; !strings.Contains(plain, want) {
		t.Errorf("the report does not say %s:\n%s", want, text.String())
	}
	if strings.Contains(plain, "Somebody") {
		t.Error("a name of another chain is shown")
	}
	if got := rep.Tree[0].ToName; got != `"the \"dollar\"" in your address book; USDC token` {
		t.Errorf("name of the target = %s", got)
	}
}

// TestDigests: what was compared with is pinned like the payload.
func TestDigests(t *testing.T) {
	var names []string
	for _, d := range answer(t, named(t, payeeHex+",Payroll,1\n", payeeHex, usdcHex)).Digests {
		names = append(names, d.Name)
	}
	if want := []string{"payload", "address-book", "list 1", "list 2"}; !slices.Equal(names, want) {
		t.Errorf("digests of %q, want %q", names, want)
	}
}

// TestNotCompared: the report says once what had nothing to be compared with.
func TestNotCompared(t *testing.T) {
	const noPolicy = "no policy was given"
	owner := common.HexToAddress("0x90F79bf6EB2c4f870365E785982E1f101E93b906")
	for _, tt := range []struct {
		name string
		req  verify.Request
		want string
	}{
		{"nothing", named(t, ""), "recipients, spenders, limits and owners: " + noPolicy},
		{"a book", named(t, payeeHex+",Payroll,1"), "limits and owners: " + noPolicy},
		{"a book of another chain", named(t, payeeHex+",Payroll,10"), "recipients and spenders: the address book has no name on chain 1; limits and owners: " + noPolicy},
		{"a list only", named(t, "", usdcHex), "recipients, spenders, limits and owners: " + noPolicy},
	} {
		given := tt.req
		given.Given.Owners = []common.Address{owner}
		for _, c := range []struct {
			req  verify.Request
			want string
		}{{tt.req, tt.want}, {given, strings.Replace(tt.want, "limits and owners", "limits", 1)}} {
			rep := answer(t, c.req)
			if n := slices.Index(rep.NotChecked, c.want); n < 0 {
				t.Errorf("%s: not checked %q, want %q among it", tt.name, rep.NotChecked, c.want)
			}
		}
	}
	unknown := named(t, payeeHex+",Payroll,1")
	unknown.Input, unknown.Fields = nil, map[string]string{"to": payeeHex, "value": "1", "data": "0x", "operation": "0", "nonce": "1"}
	if rep := answer(t, unknown); !slices.Contains(rep.NotChecked, "recipients and spenders: the chain is not known, so the address book says nothing; limits and owners: "+noPolicy) {
		t.Errorf("chain not known: not checked %q", rep.NotChecked)
	}
}

// TestUnusableKnowledge: a book or list that cannot be used is never left out. By
// its code it refuses; without one nothing is checked.
func TestUnusableKnowledge(t *testing.T) {
	for _, tt := range []struct {
		name    string
		req     verify.Request
		verdict report.Verdict
		code    string
	}{
		{"book: spoofed name", named(t, payeeHex+",P\u0430yroll,1"), report.Refused, "UNICODE_SPOOF"},
		{"book: not UTF-8", named(t, payeeHex+",P\xff,1"), report.Refused, "INVALID_UTF8"},
		{"book: too large", named(t, strings.Repeat("\n", addressbook.MaxSize)), report.Refused, "INPUT_LIMIT"},
		{"book: an address twice", named(t, payeeHex+",a,1\n"+payeeHex+",b,1"), report.Unchecked, ""},
		{"list: spoofed label", named(t, "", payeeHex+",\u202e"), report.Refused, "UNICODE_SPOOF"},
		{"list: keys twice", named(t, "", `[{"a":1,"a":2}]`), report.Refused, "JSON_DUPLICATE_KEY"},
		{"list: too large", named(t, "", strings.Repeat("#", lists.MaxSize+1)), report.Refused, "INPUT_LIMIT"},
		{"list: empty", named(t, "", "# nobody"), report.Unchecked, ""},
		{"list: the second of two", named(t, "", payeeHex, "#"), report.Unchecked, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, mode := range []verify.Mode{verify.ModeCheck, verify.ModeVerify, verify.ModeDecode, verify.ModeHash} {
				tt.req.Mode = mode
				rep := answer(t, tt.req)
				if rep.Verdict != tt.verdict || tt.code != "" && !slices.Contains(codesOf(rep), tt.code) {
					t.Errorf("%s: %s with %v (%s), want %s with %q", mode, rep.Verdict, codesOf(rep), rep.Failure, tt.verdict, tt.code)
				}
				if tt.verdict == report.Unchecked && (rep.Failure == "" || rep.Hint == "") {
					t.Errorf("%s: failure %q, hint %q; want both", mode, rep.Failure, rep.Hint)
				}
			}
		})
	}
}

// TestDeclaredInBytes: an intent that declares an argument of bytes declares who is
// paid by the call in it, although it names nobody there.
func TestDeclaredInBytes(t *testing.T) {
	const multicall = "0xcA11bde05977b3631167028862bE2a173976CA11"
	inner := "a9059cbb000000000000000000000000" + strings.ToLower(payeeHex[2:]) + strings.Repeat("0", 63) + "5"
	data := "0x82ad56cb" + // aggregate3((address,bool,bytes)[])
		strings.Repeat("0", 62) + "20" + strings.Repeat("0", 63) + "1" + strings.Repeat("0", 62) + "20" +
		strings.Repeat("0", 24) + strings.ToLower(usdcHex[2:]) + strings.Repeat("0", 64) + strings.Repeat("0", 62) + "60" +
		strings.Repeat("0", 62) + "44" + inner + strings.Repeat("0", 56)
	safeAddress := common.HexToAddress(safeHex)
	req := verify.Request{Mode: verify.ModeVerify, File: "(flags)", IntentOrigin: "--intent",
		Fields: map[string]string{"to": multicall, "value": "0", "data": data, "operation": "0", "nonce": "1"},
		Given:  verify.Given{Chain: uint256.NewInt(1), Safe: &safeAddress, Version: safe.Version{Major: 1, Minor: 4, Patch: 1}},
		Intent: []byte("coldsign: intent/v1\nchain: 1\nsafe: \"" + safeHex + "\"\nnonce: 1\nactions:\n  - call: {to: \"" + multicall +
			"\", function: \"aggregate3((address,bool,bytes)[])\", args: [[[\"" + usdcHex + "\", false, \"0x" + inner + "\"]]]}\n")}
	if rep := answer(t, req); rep.Verdict != report.Verified || slices.Contains(codesOf(rep), "UNKNOWN_RECIPIENT") {
		t.Errorf("%s: %s with %v, want verified without a stranger", rep.Verdict, rep.Summary, codesOf(rep))
	}
	req.Intent = []byte(strings.Replace(string(req.Intent), "nonce: 1", "nonce: 2", 1))
	if rep := answer(t, req); rep.Verdict != report.Refused || !slices.Contains(codesOf(rep), "UNKNOWN_RECIPIENT") {
		t.Errorf("%s with %v, want refused: this intent declares nothing", rep.Verdict, codesOf(rep))
	}
}

// TestSidecarAgainstBook: who hands over a proposal can hand over an intent that
// matches it. That makes nobody known whom the address book does not name.
func TestSidecarAgainstBook(t *testing.T) {
	const other = "0x90F79bf6EB2c4f870365E785982E1f101E93b906"
	for _, tt := range []struct {
		origin, book string
		want         bool
	}{{"--intent", other + ",Ops,1", false}, {"sidecar", other + ",Ops,1", true}, {"sidecar", "", false}, {"sidecar", payeeHex + ",Payroll,1", false}} {
		req := named(t, tt.book)
		req.IntentOrigin = tt.origin
		req.Intent = []byte("coldsign: intent/v1\nchain: 1\nsafe: \"" + safeHex + "\"\nnonce: 7\nactions:\n  - transfer: {token: \"" + usdcHex + "\", amount: \"1250.5\", decimals: 6, to: \"" + payeeHex + "\"}\n")
		rep := answer(t, req)
		if got := slices.Contains(codesOf(rep), "UNKNOWN_RECIPIENT"); got != tt.want || rep.Intent == nil || !rep.Intent.Matched {
			t.Errorf("%s, book %q: stranger %v with %v, want %v and an intent that matches", tt.origin, tt.book, got, codesOf(rep), tt.want)
		}
		req.FailOn = "high"
		if rep := answer(t, req); (rep.Verdict == report.Refused) != tt.want {
			t.Errorf("%s, book %q, --fail-on high: %s, want refused %v", tt.origin, tt.book, rep.Verdict, tt.want)
		}
	}
}

// TestSpoofedIntent: the intent is a file like any other.
func TestSpoofedIntent(t *testing.T) {
	for text, code := range map[string]string{"note: \"pay\u202eroll\"": "UNICODE_SPOOF", "note: \"pay\x1b[2K\"": "CONTROL_CHARACTERS", "note: \xff": "INVALID_UTF8", "nonce: 1": ""} {
		req := named(t, "")
		req.Intent = []byte("coldsign: intent/v1\nchain: 1\nsafe: \"" + safeHex + "\"\nnonce: 7\n" + text + "\nactions:\n  - reject: {}\n")
		got := codesOf(answer(t, req))
		if !slices.Contains(got, "INTENT_MISSING") || code != "" && !slices.Contains(got, code) {
			t.Errorf("%q: %v, want INTENT_MISSING and %q", text, got, code)
		}
		if code == "" && (slices.Contains(got, "UNICODE_SPOOF") || slices.Contains(got, "CONTROL_CHARACTERS")) {
			t.Errorf("%q: %v, and nothing spoofs there", text, got)
		}
	}
}

// FuzzKnowledge changes the signer's own files while payload and intent stay: no
// panic, and a file that its parser refuses never ends in a pass.
func FuzzKnowledge(f *testing.F) {
	f.Add([]byte("address,name,chainId\n"+payeeHex+",Payroll,1\n"), []byte(usdcHex+",x\n"))
	f.Add([]byte("\ufeffaddress,name,chainId\r\n"+payeeHex+",\u202e,1\r\n"), []byte("[]"))
	payload := read(f, "proposals/service-v2.json")
	f.Fuzz(func(t *testing.T, book, list []byte) {
		rep := answer(t, verify.Request{Mode: verify.ModeCheck, File: "x", Input: payload,
			AddressBook: &verify.Named{Name: "book", Raw: book}, Lists: []verify.Named{{Name: "list", Raw: list}}})
		_, badBook := addressbook.Parse(book)
		_, badList := lists.Parse("list", list)
		if (badBook != nil || badList != nil) && rep.Verdict.ExitCode() == 0 {
			t.Fatalf("%s although a file is refused: %v, %v", rep.Verdict, badBook, badList)
		}
	})
}
