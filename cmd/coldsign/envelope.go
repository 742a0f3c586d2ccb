package main

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/coldsign/coldsign/verify/proposal/strictjson"
)

// An envelope carries the key by which whoever writes a stream finds an answer again:
//
//	{"coldsign":"stream/v1","id":"KEY","payload":PAYLOAD}
//
// with exactly these members in this order, and spaces where JSON allows them. PAYLOAD is
// everything up to the last brace of the line, untouched: a payload that is put in as it
// stands can neither end the envelope nor replace its id, since what it adds is data after
// a payload, which is refused. A payload that is a string is the text in it.
const (
	maxEnvelope = 4096 // bytes that an envelope may have beside its payload
	maxID       = 256  // bytes
)

const envelopeHint = `with --keyed each line is {"coldsign":"stream/v1","id":"KEY","payload":...}`

// openEnvelope returns what an envelope holds. The id is returned with an error too, once
// it is known. Of a line that is not whole only the id is looked for.
func openEnvelope(line []byte, whole bool) (id string, payload []byte, err error) {
	line = bytes.Trim(line, " \t\r\n")
	e := &envelope{rest: line}
	e.token("{")
	e.token(`"coldsign"`)
	e.token(":")
	e.token(`"stream/v1"`)
	e.token(",")
	e.token(`"id"`)
	e.token(":")
	id = e.id()
	e.token(",")
	e.token(`"payload"`)
	e.token(":")
	if e.err != nil || !whole {
		return id, nil, e.err
	}
	payload, ok := bytes.CutSuffix(bytes.TrimLeft(e.rest, " \t\r\n"), []byte("}"))
	payload = bytes.TrimRight(payload, " \t\r\n")
	if !ok || len(payload) == 0 {
		return id, nil, errors.New("the payload does not end in it")
	}
	if payload[0] != '"' {
		return id, payload, nil
	}
	text, err := stringOf(payload)
	if err != nil {
		return id, nil, fmt.Errorf("the payload's text: %w", err)
	}
	return id, []byte(text), nil
}

// envelope is what is left of a line; after the first error nothing is read.
type envelope struct {
	rest []byte
	err  error
}

func (e *envelope) token(want string) {
	if e.err != nil {
		return
	}
	rest, ok := bytes.CutPrefix(bytes.TrimLeft(e.rest, " \t\r\n"), []byte(want))
	if !ok {
		e.err = fmt.Errorf("it has no %s where it belongs", want)
		return
	}
	e.rest = rest
}

func (e *envelope) id() string {
	if e.err != nil {
		return ""
	}
	e.rest = bytes.TrimLeft(e.rest, " \t\r\n")
	end := stringEnd(e.rest[:min(len(e.rest), maxEnvelope)])
	if end < 0 {
		e.err = errors.New("its id is no string, or too long")
		return ""
	}
	text, err := stringOf(e.rest[:end])
	switch {
	case err != nil:
		e.err = fmt.Errorf("its id: %w", err)
	case text == "":
		e.err = errors.New("its id is empty")
	case len(text) > maxID:
		e.err = fmt.Errorf("its id has %d bytes, the limit is %d", len(text), maxID)
	}
	if e.err != nil {
		return ""
	}
	e.rest = e.rest[end:]
	return text
}

// stringEnd returns where the JSON string at the beginning ends, -1 if there is none.
func stringEnd(b []byte) int {
	if len(b) == 0 || b[0] != '"' {
		return -1
	}
	for i := 1; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return -1
}

// stringOf reads one JSON string, which must be all of it.
func stringOf(b []byte) (string, error) {
	v, err := strictjson.Parse(b, strictjson.Limits{Bytes: maxPayload + maxEnvelope, Depth: 1, Items: 1})
	if err != nil {
		return "", err
	}
	if !v.Is(strictjson.String) {
		return "", errors.New("it is no string")
	}
	return v.Text, nil
}
