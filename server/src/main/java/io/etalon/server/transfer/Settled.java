package io.etalon.server.transfer;

import io.etalon.server.base.ContentHash;
import io.etalon.server.work.prelabel.Offer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What is to become of the lines of one piece. Belongs to one thread at a time. */
final class Settled {
    static final String SAME_TEXT = "the project has this text already";
    static final String HAS_TASK = "this asset has a task already";

    private final List<LineNote> notes = new ArrayList<>();
    private List<ParsedLine.Text> texts = new ArrayList<>();
    private final List<UUID> assets = new ArrayList<>();
    private final List<Integer> priorities = new ArrayList<>();
    /** Of the assets that are there; those of the texts are theirs. */
    private final Map<UUID, List<Offer>> preLabels = new HashMap<>();

    private int blank;

    /** Those that repeat an earlier line of this piece, or of one that is under way, are told apart here, in file order. */
    Settled(List<ParsedLine> lines, Map<ContentHash, Integer> underWay, int piece) {
        for (var line : lines) {
            switch (line) {
                case ParsedLine.Text text -> {
                    if (underWay.putIfAbsent(text.text().hash(), piece) == null) {
                        texts.add(text);
                    } else {
                        notes.add(LineNote.duplicate(text.line(), SAME_TEXT));
                    }
                }
                case ParsedLine.Rejected(var number, var reason) -> notes.add(LineNote.rejected(number, reason));
                case ParsedLine.Blank _ -> blank++;
                case ParsedLine.Existing _ -> {}
            }
        }
    }

    /** Takes those of the texts out that the project has. */
    int withoutKnown(Set<ContentHash> known) {
        var rest = new ArrayList<ParsedLine.Text>(texts.size());
        for (var text : texts) {
            if (known.contains(text.text().hash())) {
                notes.add(LineNote.duplicate(text.line(), SAME_TEXT));
            } else {
                rest.add(text);
            }
        }
        var taken = texts.size() - rest.size();
        texts = rest;
        return taken;
    }

    void reject(long line, String reason) {
        notes.add(LineNote.rejected(line, reason));
    }

    void duplicate(long line, String reason) {
        notes.add(LineNote.duplicate(line, reason));
    }

    /** An asset that is there gets a task. */
    void plan(UUID asset, int priority, List<Offer> offers) {
        assets.add(asset);
        priorities.add(priority);
        if (!offers.isEmpty()) {
            preLabels.put(asset, offers);
        }
    }

    /** What came for the new tasks, by their assets; the texts' are given in the texts' order. */
    Map<UUID, List<Offer>> preLabels(List<UUID> ofTexts) {
        var all = new HashMap<>(preLabels);
        for (var i = 0; i < texts.size(); i++) {
            var offers = texts.get(i).preLabels();
            if (!offers.isEmpty()) {
                all.put(ofTexts.get(i), offers);
            }
        }
        return all;
    }

    List<ParsedLine.Text> texts() {
        return texts;
    }

    List<UUID> assets() {
        return assets;
    }

    List<Integer> priorities() {
        return priorities;
    }

    List<LineNote> notes() {
        return notes;
    }

    long accepted() {
        return (long) texts.size() + assets.size();
    }

    long count(String outcome) {
        return notes.stream().filter(note -> note.outcome().equals(outcome)).count();
    }

    int blank() {
        return blank;
    }
}
