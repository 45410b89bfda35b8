package io.etalon.server.access;

import io.etalon.server.testing.TestServer;
import java.util.ArrayList;
import java.util.List;

/** A handler of a running server with its rule, as Spring knows it. */
record Handlers(String method, String path, Rule rule) {

    static List<Handlers> of(TestServer server) {
        List<Handlers> found = new ArrayList<>();
        server.part(RuleCheck.class).forEachOfOurs((address, handler) -> {
            for (var method : address.getMethodsCondition().getMethods()) {
                for (var path : address.getPatternValues()) {
                    found.add(new Handlers(method.name(), path, Rule.of(handler.getMethod())));
                }
            }
        });
        return found;
    }
}
