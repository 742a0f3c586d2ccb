package screen

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/coldsign/coldsign/verify/report"
)

// Options say how the review is laid out; the zero value is 100 columns, 24 lines,
// without colour.
type Options struct {
	Width, Height int // of the terminal; 0 if there is none
	Color         bool
	// Do says in one clause what follows the confirmation, such as "sign with the key
	// file"; it stands on the last page.
	Do string
	// When says when the device shows the hashes that are asked for.
	When When
}

// When is how far the device is. The zero value is that it will show nothing before the
// confirmation, so that what is asked for has to come from somewhere else.
type When uint8

// The times.
const (
	Later   When = iota // it gets the transaction after the confirmation, or there is none
	Already             // it has signed; what it showed then counts
	Now                 // it shows them while they are asked for
)

// ErrNothing says that a report cannot be reviewed: only what was verified, with its
// hashes, can be confirmed.
var ErrNothing = errors.New("nothing to review")

// Review is what a person is shown before a signature. It does not change.
type Review struct {
	pages   []report.Page
	screens [][]string // the pages as the terminal takes them
	signed  signed
	asks    []report.Ask
	profile Profile
	o       Options
}

// NewReview lays out the pages. The error is ErrNothing.
func NewReview(r *report.Report, p Profile, o Options) (*Review, error) {
	if r == nil || r.Verdict != report.Verified || p == ProfileUnknown || p >= profileCount {
		return nil, fmt.Errorf("%w: it is not verified, or for no device that is known", ErrNothing)
	}
	s, ok := signedBy(r)
	if !ok {
		return nil, fmt.Errorf("%w: it has no hashes", ErrNothing)
	}
	if why := p.cannot(s); why != "" {
		return nil, fmt.Errorf("%w: %s", ErrNothing, why)
	}
	v := &Review{signed: s, asks: slices.Clone(r.Asks), profile: p, o: o}
	v.pages = report.Pages(r, v.text())
	v.pages = append(v.pages, report.Provenances(r, v.text()), v.devicePage(r))
	v.screens = v.cut()
	return v, nil
}

func (v *Review) text() report.TextOptions {
	return report.TextOptions{Width: v.o.Width, Color: v.o.Color}
}

// Text is everything that the pages show, one after the other. Its sha256 is what a
// confirmation is about.
func (v *Review) Text() []byte {
	var b strings.Builder
	for _, p := range v.pages {
		b.WriteString(p.Title + "\n" + strings.Join(p.Lines, "\n") + "\n")
	}
	return []byte(b.String())
}

// Digest is the sha256 of Text.
func (v *Review) Digest() [sha256.Size]byte { return sha256.Sum256(v.Text()) }

// devicePage says, last of all, what the device will show of it, line by line.
func (v *Review) devicePage(r *report.Report) report.Page {
	d := v.profile.describe(v.signed)
	o := v.text()
	lines := report.Prose(d.name+" shows, in this order:", o)
	title := "what " + d.name + " will show"
	if v.profile == KeyFile {
		lines, title = report.Prose("No device shows anything. These are the hashes:", o), "the hashes, which no device will show"
	}
	if d.needs != "" {
		lines = append(lines, report.Prose("  needs: "+d.needs, o)...)
	}
	for _, s := range d.shows {
		switch hex := digits(s.value); {
		case len(hex) == 64:
			lines = append(lines, report.HashLines(s.label, s.value, o)...)
			lines = append(lines, report.Prose("                   in one piece: "+s.value, o)...)
		case s.label == "":
			lines = append(lines, report.Prose("  "+s.value, o)...)
		default:
			lines = append(lines, report.Prose("  "+padded(s.label)+" "+grouped(s.value), o)...)
		}
	}
	lines = append(lines, report.Prose("It does not show:", o)...)
	for _, h := range d.hides {
		lines = append(lines, report.Prose("  - "+h, o)...)
	}
	if n := len(r.Via); n > 0 {
		lines = append(lines, report.Prose("What is signed is a message of the Safe "+r.Via[n-1].Says+", in which the transaction is a hash: no device can show more of it.", o)...)
	}
	lines = append(lines, report.Prose(fmt.Sprintf("All of this is for Safe %s, version %s, nonce %s, on chain %s: the hashes hold these and show none of them.", report.GroupHex(r.Safe.Address), r.Safe.Version, r.Tx.Nonce, r.Safe.Chain), o)...)
	return report.Page{Title: title, Lines: lines}
}

// labelWidth is that of the longest label of a field, verifyingContract.
const labelWidth = 17

func padded(label string) string {
	return label + strings.Repeat(" ", max(labelWidth-len(label), 0))
}

// grouped writes an address in groups of four, as everywhere.
func grouped(s string) string {
	if hex := digits(s); len(hex) == 40 {
		return report.GroupHex(s)
	}
	return s
}
