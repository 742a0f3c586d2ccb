package catalogue

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestReadSignatures(t *testing.T) {
	const good = SignaturesHeader + "\n00000001\tf()\n00000001\tg()\na9059cbb\tjoin_tg_invmru_haha_fd06787(address,bool)\na9059cbb\ttransfer(address,uint256)\n"
	for _, c := range []struct {
		name, text string
		kind       error
		line       int
	}{
		{"good", good, nil, 0},
		{"empty", "", ErrSignaturesForm, 1},
		{"no header", "00000001\tf()\n", ErrSignaturesForm, 1},
		{"other version", "coldsign signatures/v2\n00000001\tf()\n", ErrSignaturesForm, 1},
		{"header alone", SignaturesHeader + "\n", ErrSignaturesForm, 0},
		{"last line cut", SignaturesHeader + "\n00000001\tf()", ErrSignaturesForm, 2},
		{"carriage return", SignaturesHeader + "\n00000001\tf()\r\n", ErrSignaturesForm, 2},
		{"out of order", SignaturesHeader + "\n00000002\tf()\n00000001\tg()\n", ErrSignaturesForm, 3},
		{"twice", SignaturesHeader + "\n00000001\tf()\n00000001\tf()\n", ErrSignaturesForm, 3},
		{"empty line", SignaturesHeader + "\n00000001\tf()\n\n", ErrSignaturesForm, 3},
		{"upper case", SignaturesHeader + "\n0000000A\tf()\n", ErrSignaturesForm, 2},
		{"prefix", SignaturesHeader + "\n0x000001\tf()\n", ErrSignaturesForm, 2},
		{"space for tab", SignaturesHeader + "\n00000001 f()\n", ErrSignaturesForm, 2},
		{"no declaration", SignaturesHeader + "\n00000001\t\n", ErrSignaturesForm, 2},
		{"another tab", SignaturesHeader + "\n00000001\tf()\tx\n", ErrSignaturesForm, 2},
		{"escape", SignaturesHeader + "\n00000001\tf()\x1b[2J\n", ErrSignaturesForm, 2},
		{"outside ASCII", SignaturesHeader + "\n00000001\tf\u202e()\n", ErrSignaturesForm, 2},
		{"long line", SignaturesHeader + "\n00000001\t" + strings.Repeat("f", 5000) + "\n", ErrSignaturesForm, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := ReadSignatures([]byte(c.text))
			if !errors.Is(err, c.kind) || (err == nil) != (c.kind == nil) || (s == nil) == (err == nil) {
				t.Fatalf("got %v, want kind %v", err, c.kind)
			}
			var refusal *SignaturesError
			if errors.As(err, &refusal) && (refusal.Line != c.line || refusal.Hint == "") {
				t.Errorf("line %d with hint %q, want line %d", refusal.Line, refusal.Hint, c.line)
			}
		})
	}
}

func TestSignaturesLookup(t *testing.T) {
	transfer := [4]byte{0xa9, 0x05, 0x9c, 0xbb}
	var text strings.Builder
	text.WriteString(SignaturesHeader + "\n")
	for c := 'a'; c <= 'z'; c++ {
		text.WriteString("11111111\t" + string(c) + "()\n")
	}
	text.WriteString("a9059cbb\tjoin_tg_invmru_haha_fd06787(address,bool)\n")
	s, err := ReadSignatures([]byte(text.String()))
	if err != nil {
		t.Fatal(err)
	}
	if got := s.Lookup([4]byte{0x11, 0x11, 0x11, 0x11}); len(got) != maxGuesses || got[0] != "a()" {
		t.Errorf("got %d names beginning with %q, want the first %d", len(got), got[:1], maxGuesses)
	}
	if got := s.Lookup(transfer); !slices.Equal(got, []string{"join_tg_invmru_haha_fd06787(address,bool)"}) {
		t.Errorf("got %q", got)
	}
	if s.Len() != 27 || len(s.Digest()) != 64 {
		t.Errorf("%d records, digest %q", s.Len(), s.Digest())
	}
	other, _ := ReadSignatures([]byte(SignaturesHeader + "\n00000001\tf()\n"))
	if other.Digest() == s.Digest() {
		t.Error("two files with one digest")
	}
	var none *Signatures
	if none.Lookup(transfer) != nil || none.Len() != 0 || none.Digest() != "" {
		t.Error("no file knows something")
	}
}

func FuzzReadSignatures(f *testing.F) {
	f.Add([]byte(SignaturesHeader+"\n00000001\tf()\n"), []byte{0, 0, 0, 1})
	f.Fuzz(func(t *testing.T, raw, key []byte) {
		s, err := ReadSignatures(raw)
		if err != nil {
			return
		}
		sel := [4]byte(append(key, 0, 0, 0, 0)[:4])
		for _, text := range s.Lookup(sel) {
			if text == "" || strings.ContainsAny(text, "\t\r\n\x1b") {
				t.Errorf("%q is shown", text)
			}
		}
	})
}
