package io.etalon.server.project;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What kind of asset a project takes. */
public enum AssetKind {
    IMAGE,
    TEXT;

    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static AssetKind of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
