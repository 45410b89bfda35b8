package io.etalon.server.access;

import io.etalon.server.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.ApplicationContext;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The handlers of a running server with their rules, as Spring knows them. */
record Handlers(String method, String path, Rule rule) {

    static List<Handlers> of(TestServer server) {
        var mapping = server.part(ApplicationContext.class)
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
        List<Handlers> found = new ArrayList<>();
        mapping.getHandlerMethods().forEach((address, handler) -> {
            if (RuleCheck.isOurs(handler)) {
                for (var method : address.getMethodsCondition().getMethods()) {
                    for (var path : address.getPatternValues()) {
                        found.add(new Handlers(method.name(), path, Rule.of(handler.getMethod())));
                    }
                }
            }
        });
        return found;
    }
}
