package report

import "hash/fnv"

// KeyHash turns a row key into a number, so that the keys a document holds can
// be added up and compared: the hash total of the control totals.
func KeyHash(key string) uint64 {
	if n, ok := KeyNumber(key); ok {
		return n
	}
	h := fnv.New64a()
	h.Write([]byte(key))
	return h.Sum64()
}

// KeyNumber reads the up to 16 hexadecimal digits of a key; false where it has
// anything else. The key of each row is read in each file that it stands in, twice:
// this takes a third of the time of strconv.
func KeyNumber(key string) (n uint64, ok bool) {
	if key == "" || len(key) > 16 {
		return 0, false
	}
	for i := range len(key) {
		digit := hexDigits[key[i]]
		if digit < 0 {
			return 0, false
		}
		n = n<<4 | uint64(digit)
	}
	return n, true
}

// hexDigits are the values of hexadecimal digits, by character; −1: it is none.
var hexDigits = func() (values [256]int8) {
	for c := range values {
		values[c] = -1
	}
	for i := range int8(16) {
		values["0123456789abcdef"[i]], values["0123456789ABCDEF"[i]] = i, i
	}
	return values
}()
