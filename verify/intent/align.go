package intent

// maxAlign is the most that is aligned: the work is the product of both.
const maxAlign = 128

// aligned are the places of an action and of the leaf that it is equal to, each from
// the place behind the aligned pair before.
type aligned struct{ act, leaf int }

// align finds the longest list of equal pairs that have the same order on both sides,
// so that one missing payment does not make all after it look different. Longer lists
// are not aligned, and none inside an action: those are compared many times.
func (m *matcher) align(acts []Action, found []leaf) []aligned {
	if m.within || len(acts) > maxAlign || len(found) > maxAlign {
		return nil
	}
	width := len(found) + 1
	best := make([]int, (len(acts)+1)*width) // of what begins at an action and a leaf
	same := make([]bool, len(best))
	for i := len(acts) - 1; i >= 0; i-- {
		for k := len(found) - 1; k >= 0; k-- {
			at := i*width + k
			best[at] = max(best[at+1], best[at+width])
			if same[at] = m.why(acts[i], found[k]) == ""; same[at] {
				best[at] = max(best[at], best[at+width+1]+1)
			}
		}
	}
	var out []aligned
	for i, k, act, leaf := 0, 0, 0, 0; i < len(acts) && k < len(found); {
		switch at := i*width + k; {
		case same[at] && best[at] == best[at+width+1]+1:
			out = append(out, aligned{i - act, k - leaf})
			i, k = i+1, k+1
			act, leaf = i, k
		case best[at] == best[at+width]:
			i++
		default:
			k++
		}
	}
	return out
}
