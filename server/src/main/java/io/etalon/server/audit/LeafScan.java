package io.etalon.server.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.ledger.CanonicalJson;
import io.etalon.ledger.FormatException;
import io.etalon.ledger.JsonValue.JsonObject;
import io.etalon.ledger.JsonValue.JsonString;
import org.jspecify.annotations.Nullable;

/**
 * Finds in a leaf what it can be looked up by. Leaves are our own and canonical: one without a backslash is an object of
 * names and plain values, which is read in one walk over its bytes; any other goes through the ledger's parser. Not
 * thread-safe.
 */
final class LeafScan {
    private final byte[] leaf;
    private int at;

    private LeafScan(byte[] leaf) {
        this.leaf = leaf;
    }

    /** @throws FormatException when the leaf is not one that {@link LeafJson} writes */
    static LeafJson.Members members(byte[] leaf) {
        for (var one : leaf) {
            if (one == '\\') {
                return parsed(leaf);
            }
        }
        return new LeafScan(leaf).walked();
    }

    static LeafJson.Members parsed(byte[] leaf) {
        if (!(CanonicalJson.read(leaf) instanceof JsonObject json)) {
            throw new FormatException("a leaf is a JSON object");
        }
        return members(text(json, "op"), text(json, "actor"), text(json, "project"), text(json, "asset"));
    }

    private static LeafJson.Members members(
            @Nullable String op, @Nullable String actor, @Nullable String project, @Nullable String asset) {
        if (op == null) {
            throw new FormatException("a leaf names its operation");
        }
        return new LeafJson.Members(AuditOp.valueOf(op), actor, project, asset);
    }

    private static @Nullable String text(JsonObject json, String name) {
        return json.get(name).orElse(null) instanceof JsonString string ? string.value() : null;
    }

    private LeafJson.Members walked() {
        String op = null;
        String actor = null;
        String project = null;
        String asset = null;
        expect('{');
        do {
            var name = string();
            expect(':');
            switch (name) {
                case "op" -> op = value();
                case "actor" -> actor = value();
                case "project" -> project = value();
                case "asset" -> asset = value();
                default -> skip();
            }
        } while (next() == ',');
        if (at != leaf.length || leaf[at - 1] != '}') {
            throw broken();
        }
        return members(op, actor, project, asset);
    }

    private byte next() {
        if (at == leaf.length) {
            throw broken();
        }
        return leaf[at++];
    }

    private void expect(char character) {
        if (next() != character) {
            throw broken();
        }
    }

    /** A string; null where another value stands, which is passed. */
    private @Nullable String value() {
        if (at < leaf.length && leaf[at] == '"') {
            return string();
        }
        skip();
        return null;
    }

    private String string() {
        var from = at + 1;
        var ascii = pass();
        return new String(leaf, from, at - 1 - from, ascii ? ISO_8859_1 : UTF_8);
    }

    /** Goes behind a string; tells whether it is ASCII. */
    private boolean pass() {
        expect('"');
        var signs = 0;
        for (var one = next(); one != '"'; one = next()) {
            signs |= one;
        }
        return signs >= 0;
    }

    private void skip() {
        if (at < leaf.length && leaf[at] == '"') {
            pass();
            return;
        }
        while (at < leaf.length && leaf[at] != ',' && leaf[at] != '}') {
            at++;
        }
    }

    private FormatException broken() {
        return new FormatException("a leaf is broken at byte " + at);
    }
}
