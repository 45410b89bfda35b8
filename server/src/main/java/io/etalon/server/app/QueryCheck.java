package io.etalon.server.app;

import io.etalon.server.base.EtalonException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses query parameters that a handler does not name, and one that is given twice where one value is read: a filter
 * that is ignored shows more than was asked for. A handler that takes the parameters as a map reads what others send,
 * each of which may add its own. Runs after the rule of access.
 */
final class QueryCheck implements HandlerInterceptor {
    private final ConcurrentMap<HandlerMethod, Map<String, Boolean>> known = new ConcurrentHashMap<>();
    private final DefaultParameterNameDiscoverer names = new DefaultParameterNameDiscoverer();

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method
                && method.getBeanType().getName().startsWith("io.etalon.")
                && request.getQueryString() != null) {
            if (takesAll(method)) {
                return true;
            }
            var allowed = known.computeIfAbsent(method.createWithResolvedBean(), this::parametersOf);
            request.getParameterMap().forEach((name, values) -> {
                var many = allowed.get(name);
                if (many == null) {
                    throw EtalonException.invalid("“" + shortened(name) + "” is not a query parameter here; "
                            + (allowed.isEmpty() ? "there is none." : "known are " + allowed.keySet() + "."));
                }
                if (!many && values.length > 1) {
                    throw EtalonException.invalid("The query parameter “" + name + "” is given more than once.");
                }
            });
        }
        return true;
    }

    private static boolean takesAll(HandlerMethod method) {
        for (MethodParameter parameter : method.getMethodParameters()) {
            if (parameter.hasParameterAnnotation(RequestParam.class)
                    && Map.class.isAssignableFrom(parameter.getParameterType())) {
                return true;
            }
        }
        return false;
    }

    private static String shortened(String name) {
        return name.length() > 40 ? name.substring(0, 40) + "…" : name;
    }

    /** The parameters by name, and whether one may be repeated. */
    private Map<String, Boolean> parametersOf(HandlerMethod method) {
        var parameters = new HashMap<String, Boolean>();
        for (MethodParameter parameter : method.getMethodParameters()) {
            var annotation = parameter.getParameterAnnotation(RequestParam.class);
            if (annotation == null) {
                continue;
            }
            parameter.initParameterNameDiscovery(names);
            var name = annotation.name().isEmpty() ? parameter.getParameterName() : annotation.name();
            var type = parameter.getParameterType();
            parameters.put(String.valueOf(name), type.isArray() || java.util.Collection.class.isAssignableFrom(type));
        }
        return new java.util.TreeMap<>(parameters);
    }
}
