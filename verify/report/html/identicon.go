package html

import (
	"math"
	"strconv"
	"strings"

	"github.com/coldsign/coldsign/verify/report"
)

// maxIcons bounds how many pictures are remembered; further addresses have none.
const maxIcons = 20_000

// address writes 40 hex digits whole, in groups of four, beside their picture.
func (p *page) address(hex string) {
	p.raw(`<span class="addr"><span>`)
	if strings.Trim(hex, "0") != "" { // the zero address is nobody
		p.icon(strings.ToLower(hex))
	}
	// The picture stays in one line with the first digits.
	first, rest, _ := strings.Cut(report.GroupHex("0x"+hex), " ")
	p.raw("<code>" + first + "</code></span><code> " + rest + "</code></span>")
}

// icon writes the picture once and refers to it afterwards.
func (p *page) icon(lower string) {
	n, drawn := p.icons[lower]
	switch {
	case drawn:
		p.raw(`<svg viewBox="0 0 8 8" aria-hidden="true"><use href="#i` + strconv.Itoa(n) + `"/></svg>`)
	case len(p.icons) < maxIcons:
		n = len(p.icons)
		p.icons[lower] = n
		p.raw(`<svg viewBox="0 0 8 8" aria-hidden="true"><g id="i` + strconv.Itoa(n) + `">` + blocks("0x"+lower) + `</g></svg>`)
	}
}

// side is the number of squares in a row.
const side = 8

// blocks draws the picture that Ethereum wallets draw for an address (ethereum-blockies): a
// generator seeded with the text of the address in lower case chooses three colours and the
// left half of eight by eight squares; the right half mirrors it.
func blocks(seed string) string {
	r := newRandom(seed)
	color, background, spot := r.hsl(), r.hsl(), r.hsl()
	var paths [3]strings.Builder // 0 is the background
	for y := range side {
		for x := range side / 2 {
			b := &paths[min(int(r.next()*2.3), 2)]
			for _, column := range [2]int{x, side - 1 - x} {
				b.WriteString("M" + strconv.Itoa(column) + " " + strconv.Itoa(y) + "h1v1h-1z")
			}
		}
	}
	return `<path fill="` + background.css() + `" d="M0 0h8v8h-8z"/><path fill="` + color.css() + `" d="` + paths[1].String() + `"/><path fill="` + spot.css() + `" d="` + paths[2].String() + `"/>`
}

// random is the xorshift generator of that convention. Its state is seeded in floating
// point numbers that are cut to 32 bits only when they are shifted; 64 bits hold them.
type random struct{ state [4]int32 }

func newRandom(seed string) *random {
	var wide [4]int64
	for i := 0; i < len(seed); i++ {
		x := wide[i%4]
		wide[i%4] = int64(int32(x)<<5) - x + int64(seed[i])
	}
	r := new(random)
	for i, x := range wide {
		r.state[i] = int32(x)
	}
	return r
}

func (r *random) next() float64 {
	t := r.state[0] ^ r.state[0]<<11
	r.state[0], r.state[1], r.state[2] = r.state[1], r.state[2], r.state[3]
	r.state[3] = r.state[3] ^ r.state[3]>>19 ^ t ^ t>>8
	return float64(uint32(r.state[3])) / (1 << 31)
}

// hsl is a colour by hue in degrees, saturation and lightness in percent.
type hsl struct{ h, s, l float64 }

func (r *random) hsl() hsl {
	h := math.Floor(r.next() * 360)
	s := r.next()*60 + 40
	l := (r.next() + r.next() + r.next() + r.next()) * 25
	return hsl{h, s, l}
}

// css writes the colour as hex digits, so that every browser draws the same.
func (c hsl) css() string {
	const hex = "0123456789abcdef"
	out := []byte{'#'}
	for _, v := range c.rgb() {
		out = append(out, hex[v>>4], hex[v&15])
	}
	return string(out)
}

// rgb follows CSS Color 4, section 7.1, with what is above 100 percent cut.
func (c hsl) rgb() [3]byte {
	s, l := min(c.s, 100)/100, min(c.l, 100)/100
	a := s * min(l, 1-l)
	var out [3]byte
	for i, n := range [3]float64{0, 8, 4} {
		k := math.Mod(n+c.h/30, 12)
		out[i] = byte(math.Round(255 * (l - a*max(-1, min(k-3, 9-k, 1)))))
	}
	return out
}
