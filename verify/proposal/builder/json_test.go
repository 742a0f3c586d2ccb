package builder

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"testing"

	"github.com/coldsign/coldsign/verify/proposal/strictjson"
)

// readJSON is a reader that shares nothing with package strictjson, so that the
// tests here do not depend on what that package accepts.
func readJSON(data []byte) (*strictjson.Value, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	v, err := readValue(d)
	if err != nil {
		return nil, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("text after the value")
	}
	return &v, nil
}

func readValue(d *json.Decoder) (strictjson.Value, error) {
	token, err := d.Token()
	if err != nil {
		return strictjson.Value{}, err
	}
	switch x := token.(type) {
	case nil:
		return strictjson.Value{Kind: strictjson.Null}, nil
	case bool:
		return strictjson.Value{Kind: strictjson.Bool, Bool: x}, nil
	case json.Number:
		return strictjson.Value{Kind: strictjson.Number, Text: x.String()}, nil
	case string:
		return strictjson.Value{Kind: strictjson.String, Text: x}, nil
	case json.Delim:
		if x == '[' {
			return readArray(d)
		}
		return readObject(d)
	}
	return strictjson.Value{}, errors.New("unknown token")
}

func readArray(d *json.Decoder) (strictjson.Value, error) {
	v := strictjson.Value{Kind: strictjson.Array}
	for d.More() {
		item, err := readValue(d)
		if err != nil {
			return v, err
		}
		v.Items = append(v.Items, item)
	}
	_, err := d.Token()
	return v, err
}

func readObject(d *json.Decoder) (strictjson.Value, error) {
	v := strictjson.Value{Kind: strictjson.Object}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return v, err
		}
		item, err := readValue(d)
		if err != nil {
			return v, err
		}
		v.Members = append(v.Members, strictjson.Member{Key: key.(string), Value: item})
	}
	_, err := d.Token()
	return v, err
}

func mustJSON(t testing.TB, text string) *strictjson.Value {
	t.Helper()
	v, err := readJSON([]byte(text))
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return v
}

func text(s string) *strictjson.Value { return &strictjson.Value{Kind: strictjson.String, Text: s} }

func object(members ...strictjson.Member) *strictjson.Value {
	return &strictjson.Value{Kind: strictjson.Object, Members: members}
}
