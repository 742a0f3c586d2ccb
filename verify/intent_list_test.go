package verify

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"slices"
	"testing"

	"github.com/coldsign/coldsign/verify/intent"
	"github.com/coldsign/coldsign/verify/policy"
	"github.com/coldsign/coldsign/verify/report"
)

// TestIntentList: the list is what sha256sum prints, in order, and no two intents have
// one list.
func TestIntentList(t *testing.T) {
	hex := func(s string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(s))) }
	file := func(name, text string) intent.Include { return intent.Include{Name: name, Raw: []byte(text)} }
	a, b := file("pay.csv", "1"), file("sub/child.yaml", "2")
	got := IntentList([]byte("intent"), []intent.Include{a, b})
	if want := hex("intent") + "  -\n" + hex("1") + "  pay.csv\n" + hex("2") + "  sub/child.yaml\n"; string(got) != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	others := [][]intent.Include{
		{b, a}, {a}, nil, {a, b, b},
		{file("pay.csv", "2"), file("sub/child.yaml", "1")},
		{file("pay.csv\n"+hex("2")+"  sub/child.yaml", "1")},
	}
	seen := [][]byte{got, IntentList([]byte("intent2"), []intent.Include{a, b})}
	for _, o := range others {
		list := IntentList([]byte("intent"), o)
		for _, s := range seen {
			if bytes.Equal(s, list) {
				t.Errorf("two intents have the list\n%s", list)
			}
		}
		seen = append(seen, list)
	}
}

// TestOneDigest: report, receipts of others and journal know an intent by one digest.
func TestOneDigest(t *testing.T) {
	for _, includes := range [][]intent.Include{nil, {{Name: "pay.csv", Raw: []byte("1")}}} {
		r := newRun(Request{Mode: ModeVerify, Intent: []byte("intent")})
		r.digests()
		r.intent, r.policy = &intent.Intent{Includes: includes}, &policy.Policy{}
		r.included()
		want := fmt.Sprintf("%x", sha256.Sum256([]byte("intent")))
		if includes != nil {
			want = fmt.Sprintf("%x", sha256.Sum256(IntentList([]byte("intent"), includes)))
		}
		if got := r.binding().IntentDigest; got != want || !slices.Contains(r.rep.Digests, report.Digest{Name: "intent", SHA256: want}) {
			t.Errorf("binds %s, want %s among %v", got, want, r.rep.Digests)
		}
	}
}
