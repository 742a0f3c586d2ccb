package screen

import (
	"fmt"
	"strings"

	"github.com/coldsign/coldsign/verify/report"
)

// State is where the review stands. The zero value is refused.
type State uint8

// The states. Confirmed is reached from Asking only, by the last right answer of a
// round; the other three that end a review lead nowhere else.
const (
	Refused   State = iota // a wrong answer twice, or a model that nobody began
	Reading                // page by page
	Asking                 // the device's digits are asked for
	Confirmed              // every question of one round was answered
	Stopped                // the person ended it
)

// rounds is how often the questions are asked: a typing error is no attack, two are no
// typing errors.
const rounds = 2

// maxLine bounds a line that is typed.
const maxLine = 1024

// Model is a review under way. It is a value: Line returns the next one and changes
// nothing, so no sequence of lines can leave anything behind that a later one uses.
type Model struct {
	review *Review
	state  State
	screen int // which screenful of the pages is next
	height int // of the terminal, as it is now
	tries  int // rounds that were lost
	asked  int // questions of this round that were answered
	rounds [rounds][]question
}

// Begin starts the review: pick(n) returns a random number below n, and is asked only
// now, when nothing that is shown can change any more. The lines are to be shown.
func (v *Review) Begin(pick func(n int) int) (Model, []string) {
	m := Model{review: v, state: Reading}
	for i := range m.rounds {
		m.rounds[i] = v.round(pick)
	}
	return m.show(nil)
}

// Sized tells the model how high the terminal is now.
func (m Model) Sized(height int) Model {
	m.height = height
	return m
}

// State returns where it stands.
func (m Model) State() State { return m.state }

// Confirmed reports whether the person has confirmed what was shown.
func (m Model) Confirmed() bool { return m.state == Confirmed }

// Prompt is what stands before the line that is typed next, "" if none is.
func (m Model) Prompt() string {
	switch m.state {
	case Reading:
		return "Enter: more, b: back, q: stop: "
	case Asking:
		return "> "
	}
	return ""
}

// Stop ends a review that has not ended: the terminal was closed.
func (m Model) Stop() (Model, []string) {
	if m.state == Reading || m.state == Asking {
		m.state = Stopped
	}
	return m, []string{"stopped: nothing was signed"}
}

// Line takes a line that the person typed, without its end, and returns the next state
// and the lines to show.
func (m Model) Line(text string) (Model, []string) {
	switch m.state {
	case Reading:
		return m.read(text)
	case Asking:
		return m.answer(text)
	}
	return m, nil
}

func (m Model) read(text string) (Model, []string) {
	switch strings.TrimSpace(text) {
	case "":
		return m.show(nil)
	case "b":
		m.screen = max(m.screen-2, 0)
		return m.show(nil)
	case "q":
		return m.Stop()
	}
	return m, []string{"Enter, b or q"}
}

// show puts the next screenful of the pages after the lines, or, when all were shown,
// the questions.
func (m Model) show(lines []string) (Model, []string) {
	if all := m.review.screens; m.screen < len(all) {
		lines = append(lines, all[m.screen]...)
		m.screen++
		return m, lines
	}
	m.state = Asking
	return m, append(lines, m.opening()...)
}

// cut cuts the pages into what fits the terminal, the prompt included. No page is passed
// over: the last one leads to the questions, and b goes back by one.
func (v *Review) cut() [][]string {
	const least, most = 6, 60 // a higher terminal is no reason for a page that nobody reads
	height := v.o.Height
	if height <= 0 {
		height = 24
	}
	height = min(max(height-4, least), most)
	var out [][]string
	for i, p := range v.pages {
		parts := (len(p.Lines) + height - 1) / height
		for part := range parts {
			title := fmt.Sprintf("[%d/%d] %s", i+1, len(v.pages), strings.ToUpper(p.Title))
			if parts > 1 {
				title += fmt.Sprintf(" (%d of %d)", part+1, parts)
			}
			out = append(out, append([]string{"", title}, p.Lines[part*height:min((part+1)*height, len(p.Lines))]...))
		}
	}
	return out
}

// opening begins a round. The hashes that were shown before are moved out of sight: what
// is asked for is to be read from the device.
func (m Model) opening() []string {
	const least, most = 120, 2000 // also where the terminal grows, or does not say how high it is
	lines := make([]string, min(max(m.height, least), most))
	d := m.review.profile.describe(m.review.signed)
	text := fmt.Sprintf("CONFIRM, to %s\n%s", m.review.do(), m.review.readFrom(d))
	return append(append(lines, report.Prose(text, m.review.text())...), m.question()...)
}

// readFrom says where the digits are to be read: from anywhere but this screen.
func (v *Review) readFrom(d device) string {
	const other = "Read the following from a second machine that verified the same, or from its receipt, not from this screen. If it has anything else, stop here (Ctrl-C) and sign nothing."
	switch {
	case v.profile == KeyFile:
		return other
	case v.o.When == Now:
		return "Read the following from the device (" + d.name + "), which shows it now, not from this screen. If it shows anything else, reject it there, stop here (Ctrl-C) and sign nothing. Approve it there when you have answered."
	case v.o.When == Already:
		return "Read the following from the device (" + d.name + "), as it showed it when it signed, not from this screen; if you have not written it down, have it show the request again. If it showed anything else, stop here (Ctrl-C) and give the signature to nobody."
	}
	return other + " When the device (" + d.name + ") shows the transaction later, compare all that it shows with these pages before you approve there."
}

func (v *Review) do() string {
	if v.o.Do == "" {
		return "sign"
	}
	return v.o.Do
}

func (m Model) question() []string {
	all := m.rounds[m.tries]
	return report.Prose(fmt.Sprintf("Question %d of %d. Type: %s", m.asked+1, len(all), all[m.asked].ask), m.review.text())
}

// answer takes one answer. An empty line is none, and asks again.
func (m Model) answer(text string) (Model, []string) {
	all := m.rounds[m.tries]
	switch {
	case len(all) == 0 || m.asked >= len(all) || len(text) > maxLine:
		m.state = Refused
		return m, []string{"refused"}
	case strings.TrimSpace(text) == "":
		return m, m.question()
	case !all[m.asked].right(text):
		return m.wrong()
	}
	if m.asked++; m.asked < len(all) {
		return m, m.question()
	}
	m.state = Confirmed
	return m, nil
}

// wrong ends the round. The next one asks for other digits, from the first question on.
func (m Model) wrong() (Model, []string) {
	m.asked = 0
	if m.tries++; m.tries >= rounds {
		m.state = Refused
		return m, report.Prose("REFUSED: this is not what the transaction on this screen has, twice. Nothing was signed. If the device really shows that, it is asked to sign another transaction: stop everything, and tell the other signers over another channel.", m.review.text())
	}
	lines := report.Prose("WRONG: the transaction on this screen does not have that. One try is left, with other digits. If the device shows it, or your ticket has it, another transaction is being signed: stop now (Ctrl-C).", m.review.text())
	return m, append(lines, m.question()...)
}
