package io.etalon.server.quality;

import io.etalon.quality.choice.TruthMethod;
import io.etalon.server.base.EtalonException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The library's ways to make one answer of several, under their names in the API, in the database and in releases. A name
 * is never changed. All can be chosen but {@link TruthMethod#AUTO}, which chooses by gold: what a release was made by must
 * not depend on the gold of the day.
 */
public final class MethodNames {
    private MethodNames() {}

    /** All names, plainest method first. */
    public static List<String> all() {
        return Arrays.stream(TruthMethod.values())
                .filter(method -> method != TruthMethod.AUTO)
                .map(MethodNames::of)
                .toList();
    }

    /** The name of a method. */
    public static String of(TruthMethod method) {
        return method.name().toLowerCase(Locale.ROOT);
    }

    /**
     * The method of a name.
     *
     * @throws EtalonException invalid, listing the names that exist
     */
    public static TruthMethod method(String name) {
        for (var method : TruthMethod.values()) {
            if (method != TruthMethod.AUTO && of(method).equals(name)) {
                return method;
            }
        }
        throw EtalonException.invalidAt("/method", "is “" + name + "”; it must be one of " + String.join(", ", all()));
    }
}
