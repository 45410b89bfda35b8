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

// Builds the tree anew from the leaves of the level 0 tiles: TileHashReader reads, and checks, no more than it needs.
func replay(folder string, tree tlog.Tree) {
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var found []tlog.Hash
		for _, index := range indexes {
			found = append(found, stored[index])
		}
		return found, nil
	})
	for i := int64(0); i < tree.N; i++ {
		width := 256
		if rest := int(tree.N - i/256*256); rest < width {
			width = rest
		}
		path := tlog.Tile{H: 8, L: 0, N: i / 256, W: width}.Path()
		bytes := read(folder, strings.Replace(path, "tile/8/", "tile/", 1))
		var leaf tlog.Hash
		copy(leaf[:], bytes[i%256*tlog.HashSize:])
		more, err := tlog.StoredHashesForRecordHash(i, leaf, reader)
		if err != nil {
			fail("leaf %d: %v", i, err)
		}
		stored = append(stored, more...)
	}
	root, err := tlog.TreeHash(tree.N, reader)
	if err != nil || root != tree.Hash {
		fail("the leaves of the tiles do not lead to the root: %v", err)
	}
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
	replay(folder, tree)
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
