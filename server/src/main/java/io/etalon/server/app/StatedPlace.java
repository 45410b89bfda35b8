package io.etalon.server.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.server.base.Network;
import io.etalon.server.base.Places;
import io.etalon.server.residency.ServerPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads where the server and people's networks stand, as the operator wrote it. Stateless. */
final class StatedPlace {
    private StatedPlace() {}

    /**
     * @param country such as {@code FR}; null when nobody says
     * @param table a file in UTF-8 of lines {@code 192.0.2.0/24 FR}; empty lines and those that begin with # do not count
     * @throws StartFailure naming what is wrong
     */
    static ServerPlace of(@Nullable String country, @Nullable Path table) {
        if (country != null && !Places.isCountry(country)) {
            throw new StartFailure("“" + country + "” is no country; --country takes two capitals such as FR.");
        }
        return new ServerPlace(country, table == null ? Map.of() : read(table));
    }

    private static Map<Network, String> read(Path table) {
        var networks = new HashMap<Network, String>();
        var number = 0;
        try {
            for (var line : Files.readAllLines(table, UTF_8)) {
                number++;
                var text = line.strip();
                if (!text.isEmpty() && !text.startsWith("#")) {
                    var words = text.split("[\\s,;]+", -1);
                    if (words.length != 2 || !Places.isCountry(words[1])) {
                        throw new IllegalArgumentException(text);
                    }
                    networks.put(Network.parse(words[0]), words[1]);
                }
            }
        } catch (IOException e) {
            throw new StartFailure("The table of networks " + table + " cannot be read: " + e.getMessage() + ".", e);
        } catch (IllegalArgumentException e) {
            throw new StartFailure(
                    "Line " + number + " of " + table + " must be a network and its country, such as 192.0.2.0/24 FR.",
                    e);
        }
        return networks;
    }
}
