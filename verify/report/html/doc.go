// Package html writes reports as one page that needs nothing else: no script, no image and
// no style from elsewhere, so that it opens from a USB stick and in an archive in ten years.
// It decides nothing, and says the verdict in the words of the text.
//
// All text of a report is untrusted. It is written between tags only, never inside one or
// in a style: in ASCII first, as in every other format, then with the five signs of markup as
// entities. The Content-Security-Policy allows our own style by its digest and nothing
// else, so that a mistake here would still run nothing and fetch nothing.
//
// Beside each whole address stands the picture that wallets draw for it. It does not
// replace reading: whoever can choose among millions of addresses finds one whose picture
// looks alike.
//
// The page is written as the reports come; what is kept until the end is one line a file.
package html
