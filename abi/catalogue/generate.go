package catalogue

//go:generate go run ./internal/gen -knowledge $COLDSIGN_CORPUS/knowledge -packages $COLDSIGN_PACKAGES
