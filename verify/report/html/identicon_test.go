package html

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"image/png"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestIconsOfWallets compares the pictures of many addresses with those of the package that
// wallets draw them with, square by square.
func TestIconsOfWallets(t *testing.T) {
	dir := os.Getenv("COLDSIGN_FORMAT_TOOLS")
	node, err := exec.LookPath("node")
	if dir == "" || err != nil {
		t.Skip("COLDSIGN_FORMAT_TOOLS is not set or there is no node: identicons were NOT compared with those of wallets (.ci/fetch-format-tools)")
	}
	seeds := []string{"0x1db92e2eebc8e0c075a02bea49a2935bcd2dfcf4", "0x" + strings.Repeat("0", 40), "0x" + strings.Repeat("f", 40)}
	random := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		var a [20]byte
		for i := range a {
			a[i] = byte(random.UintN(256))
		}
		seeds = append(seeds, "0x"+hex.EncodeToString(a[:]))
	}
	in, err := json.Marshal(seeds)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(node, "-e", `const make = require("vm").runInThisContext("(module => {" + require("fs").readFileSync(process.argv[1], "utf8") + "\nreturn module.exports})")({exports: {}}); let s = ""; process.stdin.on("data", d => s += d).on("end", () => console.log(JSON.stringify(JSON.parse(s).map(make))))`, filepath.Join(dir, "blockies", "dist", "main.js"))
	cmd.Stdin = bytes.NewReader(in)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("node: %v %s", err, out)
	}
	var pictures []string
	if err := json.Unmarshal(out, &pictures); err != nil || len(pictures) != len(seeds) {
		t.Fatalf("%v, %d pictures", err, len(pictures))
	}
	for i, p := range pictures {
		raw, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(p, "data:image/png;base64,"))
		if err != nil {
			t.Fatal(err)
		}
		want, err := png.Decode(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		got := squares(t, blocks(seeds[i]))
		scale := want.Bounds().Dx() / side
		for y := range side {
			for x := range side {
				r, g, b, _ := want.At(x*scale, y*scale).RGBA()
				if w := fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8); got[y][x] != w {
					t.Fatalf("%s: square %d %d is %s, want %s", seeds[i], x, y, got[y][x], w)
				}
			}
		}
	}
}

// squares reads the colours of a picture.
func squares(t *testing.T, svg string) (out [side][side]string) {
	t.Helper()
	for _, path := range regexp.MustCompile(`fill="([^"]+)" d="([^"]*)"`).FindAllStringSubmatch(svg, -1) {
		for _, m := range regexp.MustCompile(`M(\d) (\d)h(\d)`).FindAllStringSubmatch(path[2], -1) {
			x, _ := strconv.Atoi(m[1])
			y, _ := strconv.Atoi(m[2])
			if m[3] == "8" {
				for i := range out {
					for j := range out[i] {
						out[i][j] = path[1]
					}
				}
				continue
			}
			out[y][x] = path[1]
		}
	}
	return out
}
