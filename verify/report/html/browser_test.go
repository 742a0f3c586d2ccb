package html_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coldsign/coldsign/verify/report"
	"github.com/coldsign/coldsign/verify/report/sample"
)

// chromium returns the browser, or skips loudly.
func chromium(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("NOT TESTED with -short: the page in a browser")
	}
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("there is no chromium: the page was NOT opened in a browser (Debian package chromium)")
	}
	return path
}

// browse opens a page and returns what the browser writes: the document as it became, and
// the messages of its console.
func browse(t *testing.T, page string, flags ...string) (dom, console string) {
	t.Helper()
	path := chromium(t)
	dir := t.TempDir()
	file := filepath.Join(dir, "page.html")
	if err := os.WriteFile(file, []byte(page), 0o600); err != nil {
		t.Fatal(err)
	}
	args := append([]string{"--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
		"--hide-scrollbars", "--enable-logging=stderr", "--user-data-dir=" + filepath.Join(dir, "profile"), "--window-size=900,700"}, flags...)
	cmd := exec.Command(path, append(args, "file://"+file)...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	cmd.WaitDelay = 5 * time.Second
	if err := cmd.Run(); err != nil {
		t.Fatalf("chromium: %v\n%s", err, stderr.String())
	}
	for _, l := range strings.Split(stderr.String(), "\n") {
		if strings.Contains(l, "CONSOLE") {
			console += l + "\n"
		}
	}
	return stdout.String(), console
}

// proxy counts what a page asks for from elsewhere: every request to the hosts that the
// hostile texts name arrives here.
func proxy(t *testing.T) (flag string, asked *atomic.Int64) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	asked = new(atomic.Int64)
	s := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.Host, "evil.example") {
			asked.Add(1)
		}
		w.WriteHeader(http.StatusNotFound)
	})}
	go func() { _ = s.Serve(l) }()
	t.Cleanup(func() { _ = s.Close() })
	return "--proxy-server=" + l.Addr().String(), asked
}

var active = regexp.MustCompile(`(?i)<(script|img|iframe|object|embed|link|base|form|input|button|audio|video)\b|\son[a-z]+=|javascript:`)

// TestHostileInBrowser puts every hostile text into every field of a report and looks at what
// a browser makes of it: text. Nothing runs, nothing is asked for, and the policy has nothing
// to stop.
func TestHostileInBrowser(t *testing.T) {
	flag, asked := proxy(t)
	var all []entry
	for i, s := range sample.Hostile {
		all = append(all, entry{sample.Poisoned(s, []string{"check", "verify", "decode", "hash"}[i%4], report.Refused), 3})
	}
	dom, console := browse(t, write(t, 3, all...), flag, "--dump-dom")
	if console != "" {
		t.Errorf("console: %s", console)
	}
	if n := asked.Load(); n > 0 {
		t.Errorf("%d requests", n)
	}
	for _, m := range tag.FindAllString(dom, -1) { // in text the browser writes brackets as entities
		if active.MatchString(m) {
			t.Errorf("the document holds %s", m)
		}
	}
	if got := strings.Count(dom, "<article"); got != len(all) {
		t.Errorf("%d articles of %d", got, len(all))
	}
	for _, want := range []string{"&lt;script&gt;alert(1)&lt;/script&gt;", "&lt;img src=x onerror=alert(1)&gt;", "&lt;/style&gt;&lt;style&gt;*{display:none}", "]]&gt;&lt;x/&gt;", "--&gt;&lt;!--", `\u202e\u200b`, "javascript:alert(1)", "&amp;lt;b&amp;gt;"} {
		if !strings.Contains(dom, want) {
			t.Errorf("the text %s is not in the document", want)
		}
	}
}

// TestBrowserSees is the control of the test above: a page that fetches, and one that breaks
// our policy, are seen.
func TestBrowserSees(t *testing.T) {
	flag, asked := proxy(t)
	browse(t, `<!DOCTYPE html><img src="http://evil.example/x.png">`, flag, "--dump-dom")
	if asked.Load() == 0 {
		t.Error("a request is not seen")
	}
	page := strings.Replace(write(t, 3, entry{sample.Refused("check"), 3}), "</main>", `<script>document.title = "ran"</script><p style="color:red">x</p><img src="http://evil.example/y.png"></main>`, 1)
	before := asked.Load()
	dom, console := browse(t, page, flag, "--dump-dom")
	if asked.Load() != before || strings.Contains(dom, "<title>ran") {
		t.Error("the policy of the page lets a script run or a picture in")
	}
	if strings.Count(console, "Content Security Policy") < 3 {
		t.Errorf("what breaks the policy is not seen: %s", console)
	}
}

// picture makes a screenshot.
func picture(t *testing.T, page string, dark bool) image.Image {
	t.Helper()
	file := filepath.Join(t.TempDir(), "shot.png")
	flags := []string{"--screenshot=" + file}
	if dark {
		flags = append(flags, "--blink-settings=preferredColorScheme=0")
	}
	if _, console := browse(t, page, flags...); console != "" {
		t.Errorf("console: %s", console)
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// bandColours are those of the style, by verdict.
var bandColours = map[string]color.RGBA{"refused": {0xa3, 0x16, 0x1f, 255}, "verified": {0x17, 0x65, 0x3a, 255}, "no objection": {0x2d, 0x4d, 0x78, 255}, "not verified": {0x7a, 0x4b, 0x00, 255}}

// TestVerdictSeen looks at pictures of the page: most of the first band has the colour of the
// verdict, and of no other; dark and light differ in the page and not in the band.
func TestVerdictSeen(t *testing.T) {
	for name, e := range map[string]entry{"refused": {sample.Refused("verify"), 3}, "verified": {sample.Passed("verify"), 0}, "no objection": {sample.Passed("check"), 0}, "not verified": {sample.Passed("decode"), 0}} {
		t.Run(name, func(t *testing.T) {
			page := write(t, e.exit, e)
			for _, dark := range []bool{false, true} {
				img := picture(t, page, dark)
				if r, g, b, _ := img.At(2, img.Bounds().Dy()-2).RGBA(); (r+g+b)/3>>8 > 128 == dark {
					t.Errorf("dark %v: the page is of colour %x %x %x", dark, r>>8, g>>8, b>>8)
				}
				seen := map[string]int{}
				for y := 0; y < 160; y++ {
					for x := 0; x < img.Bounds().Dx(); x++ {
						for n, c := range bandColours {
							if color.RGBAModel.Convert(img.At(x, y)) == c {
								seen[n]++
							}
						}
					}
				}
				if seen[name] < 20_000 {
					t.Errorf("dark %v: %d pixels of %v in the band", dark, seen[name], name)
				}
				for n, k := range seen {
					if n != name && k > seen[name]/20 {
						t.Errorf("dark %v: %d pixels of %s", dark, k, n)
					}
				}
			}
		})
	}
}
