// Verifies a log's folder with golang.org/x/mod/sumdb/{note,tlog}: no line of Etalon's own code.
// Usage: verify FOLDER; the folder holds key, checkpoint, tile/<L>/<N>[.p/<W>], entry, and proof (a .tlog-proof of entry).
package main

import (
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func fail(format string, args ...interface{}) {
	fmt.Printf("refused: "+format+"\n", args...)
	os.Exit(1)
}

func read(folder string, name string) []byte {
	bytes, err := os.ReadFile(filepath.Join(folder, name))
	if err != nil {
		fail("%v", err)
	}
	return bytes
}

// Hash tiles of C2SP tlog-tiles: as Go's, of height 8, which the path does not repeat.
type tiles struct{ folder string }

func (t tiles) Height() int { return 8 }

func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range wanted {
		bytes, err := os.ReadFile(filepath.Join(t.folder, strings.Replace(tile.Path(), "tile/8/", "tile/", 1)))
		if err != nil {
			return nil, err
		}
		all = append(all, bytes)
	}
	return all, nil
}

func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}

func open(signed []byte, verifier note.Verifier) tlog.Tree {
	opened, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		fail("the checkpoint: %v", err)
	}
	lines := strings.Split(opened.Text, "\n")
	if lines[0] != verifier.Name() {
		fail("the origin is %s", lines[0])
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		fail("the size: %v", err)
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		fail("the root: %v", err)
	}
	tree := tlog.Tree{N: size}
	copy(tree.Hash[:], root)
	return tree
}

func main() {
	folder := os.Args[1]
	verifier, err := note.NewVerifier(strings.TrimSpace(string(read(folder, "key"))))
	if err != nil {
		fail("the key: %v", err)
	}
	tree := open(read(folder, "checkpoint"), verifier)
	hashes := tlog.TileHashReader(tree, tiles{folder})
	root, err := tlog.TreeHash(tree.N, hashes)
	if err != nil || root != tree.Hash {
		fail("the tiles do not lead to the root: %v", err)
	}
	var leaves []int64
	for i := int64(0); i < tree.N; i++ {
		leaves = append(leaves, tlog.StoredHashIndex(0, i))
	}
	if _, err := hashes.ReadHashes(leaves); err != nil {
		fail("a tile: %v", err)
	}
	entry := read(folder, "entry")
	parts := strings.SplitN(string(read(folder, "proof")), "\n\n", 2)
	lines := strings.Split(parts[0], "\n")
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
	if err != nil {
		fail("the proof's index: %v", err)
	}
	var path tlog.RecordProof
	for _, line := range lines[2:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			fail("the proof's hash: %v", err)
		}
		path = append(path, hash)
	}
	proved := open([]byte(parts[1]), verifier)
	if err := tlog.CheckRecord(path, proved.N, proved.Hash, index, tlog.RecordHash(entry)); err != nil {
		fail("the proof: %v", err)
	}
	own, err := tlog.ProveRecord(tree.N, index, hashes)
	if err != nil {
		fail("the tiles prove nothing: %v", err)
	}
	if err := tlog.CheckRecord(own, tree.N, tree.Hash, index, tlog.RecordHash(entry)); err != nil {
		fail("the entry is not in the tiles: %v", err)
	}
	fmt.Printf("verified %d of %d\n", index, tree.N)
}
