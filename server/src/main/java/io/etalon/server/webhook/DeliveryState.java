package io.etalon.server.webhook;

import com.fasterxml.jackson.annotation.JsonValue;
import io.etalon.server.base.EtalonException;
import java.util.Locale;
import java.util.stream.Stream;

/** waiting → delivered or failed; by hand back to waiting. */
enum DeliveryState {
    WAITING,
    DELIVERED,
    FAILED;

    @JsonValue
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static DeliveryState of(String text) {
        return Stream.of(values())
                .filter(one -> one.text().equals(text))
                .findFirst()
                .orElseThrow(() -> EtalonException.invalidAt("/state", "must be waiting, delivered or failed"));
    }
}
