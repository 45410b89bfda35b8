package io.etalon.ledger;

import io.etalon.ledger.JsonValue.JsonInteger;
import io.etalon.ledger.JsonValue.JsonObject;
import io.etalon.ledger.JsonValue.JsonString;

/**
 * What a log entry says about a release: canonical JSON with {@code op} = {@code RELEASE} and these members. Further
 * members are allowed and bound by the log like all others.
 *
 * @param release number of the release within its project, from 1
 * @param project the project's id
 * @param client the client's opaque id
 * @param manifest SHA-256 of the bytes of manifest.txt
 * @param sums SHA-256 of the bytes of SHA256SUMS
 */
public record ReleaseLeaf(long release, String project, String client, Hash manifest, Hash sums) {
    /** The operation that marks a release among a log's entries. */
    public static final String OPERATION = "RELEASE";

    /** The members as JSON; a caller may copy them into a larger object. */
    public JsonObject toJson() {
        return JsonValue.JsonObject.builder()
                .put("client", client)
                .put("manifest", manifest.hex())
                .put("op", OPERATION)
                .put("project", project)
                .put("release", release)
                .put("sums", sums.hex())
                .build();
    }

    /** Reads an entry's canonical bytes; refuses any other spelling and any missing or mistyped member. */
    public static ReleaseLeaf parse(byte[] entry) {
        if (!(CanonicalJson.readCanonical(entry) instanceof JsonObject json)) {
            throw new FormatException("a log entry is a JSON object");
        }
        if (!string(json, "op").equals(OPERATION)) {
            throw new FormatException(
                    "the entry's op is «" + OPERATION + "», found «" + Text.shown(string(json, "op")) + "»");
        }
        return new ReleaseLeaf(
                integer(json, "release"),
                string(json, "project"),
                string(json, "client"),
                Hash.ofHex(string(json, "manifest")),
                Hash.ofHex(string(json, "sums")));
    }

    private static String string(JsonObject json, String name) {
        if (json.get(name).orElse(null) instanceof JsonString(var value)) {
            return value;
        }
        throw new FormatException("the entry has no string «" + name + "»");
    }

    private static long integer(JsonObject json, String name) {
        if (json.get(name).orElse(null) instanceof JsonInteger(var value)) {
            return value;
        }
        throw new FormatException("the entry has no integer «" + name + "»");
    }
}
