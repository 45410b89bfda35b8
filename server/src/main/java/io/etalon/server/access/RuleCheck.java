package io.etalon.server.access;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Stops the start when a handler of ours has no rule, several, or one that does not fit its address. */
@Component
final class RuleCheck implements SmartInitializingSingleton {
    private static final String OURS = "io.etalon.";
    private static final String CLIENT = "{client}";

    private final ObjectProvider<RequestMappingHandlerMapping> mappings;

    RuleCheck(ObjectProvider<RequestMappingHandlerMapping> mappings) {
        this.mappings = mappings;
    }

    @Override
    public void afterSingletonsInstantiated() {
        var faults = new ArrayList<String>();
        forEachOfOurs((address, handler) -> {
            var fault = fault(address, handler);
            if (fault != null) {
                faults.add(handler.getShortLogMessage() + " " + fault);
            }
        });
        if (!faults.isEmpty()) {
            throw new IllegalStateException("Handlers without a fitting rule of access: " + String.join("; ", faults));
        }
    }

    void forEachOfOurs(BiConsumer<RequestMappingInfo, HandlerMethod> visitor) {
        for (var mapping : mappings) {
            mapping.getHandlerMethods().forEach((address, handler) -> {
                if (isOurs(handler)) {
                    visitor.accept(address, handler);
                }
            });
        }
    }

    static boolean isOurs(HandlerMethod handler) {
        return handler.getBeanType().getName().startsWith(OURS);
    }

    private static @Nullable String fault(RequestMappingInfo address, HandlerMethod handler) {
        var rule = Rule.of(handler.getMethod());
        if (rule == null) {
            return "needs exactly one of @Allow, @AllowSignedIn, @AllowOperator, @AllowAnyone";
        }
        var ofClient = List.copyOf(address.getPatternValues()).stream().allMatch(path -> path.contains(CLIENT));
        if (ofClient != rule instanceof Rule.Member) {
            return ofClient ? "stands below {client} and needs @Allow" : "has @Allow and does not stand below {client}";
        }
        return null;
    }
}
