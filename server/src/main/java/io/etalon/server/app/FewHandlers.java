package io.etalon.server.app;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Finds handlers as Spring does, but asks only those whose address has as many parts as the request's and the same words
 * in their places: nearly every address of ours bears a name from the path, so that Spring tries every pattern. A request
 * that fits none of them, or more than one, is Spring's to judge. Thread-safe.
 */
final class FewHandlers extends RequestMappingHandlerMapping {
    /** Literal parts and names that stand for one part each. */
    private static final Pattern OF_FIXED_LENGTH = Pattern.compile("(/([^/{}*?]+|\\{\\w+}))+");

    /** By the number of the address's elements; null until it is made of the handlers that are there. */
    private volatile @Nullable Map<Integer, List<Candidate>> candidates;

    /**
     * A handler with an address of a fixed number of parts.
     *
     * @param words the literal parts by their places; null where a name stands for any
     */
    private record Candidate(
            RequestMappingInfo info,
            HandlerMethod handler,
            @Nullable String[] words) {
        boolean fits(List<PathContainer.Element> path) {
            // Addresses begin alike and end unlike.
            for (var i = words.length - 1; i >= 0; i--) {
                var word = words[i];
                if (word != null && !word.equals(path.get(i).value())) {
                    return false;
                }
            }
            return true;
        }
    }

    /** What fits a request, with the conditions narrowed to it. */
    private record Match(RequestMappingInfo info, HandlerMethod handler) {}

    @Override
    protected void registerHandlerMethod(Object handler, Method method, RequestMappingInfo mapping) {
        super.registerHandlerMethod(handler, method, mapping);
        candidates = null;
    }

    @Override
    public void registerMapping(RequestMappingInfo mapping, Object handler, Method method) {
        super.registerMapping(mapping, handler, method);
        candidates = null;
    }

    @Override
    public void unregisterMapping(RequestMappingInfo mapping) {
        super.unregisterMapping(mapping);
        candidates = null;
    }

    @Override
    protected @Nullable HandlerMethod lookupHandlerMethod(String lookupPath, HttpServletRequest request)
            throws Exception {
        var match = CorsUtils.isCorsRequest(request) ? null : onlyMatch(request);
        if (match == null) {
            return super.lookupHandlerMethod(lookupPath, request);
        }
        request.setAttribute(BEST_MATCHING_HANDLER_ATTRIBUTE, match.handler());
        handleMatch(match.info(), lookupPath, request);
        return match.handler();
    }

    private @Nullable Match onlyMatch(HttpServletRequest request) {
        var path = ServletRequestPathUtils.getParsedRequestPath(request)
                .pathWithinApplication()
                .elements();
        Match only = null;
        for (var candidate : candidates().getOrDefault(path.size(), List.of())) {
            if (candidate.fits(path)) {
                var info = getMatchingMapping(candidate.info(), request);
                if (info != null) {
                    if (only != null) {
                        return null;
                    }
                    only = new Match(info, candidate.handler());
                }
            }
        }
        return only;
    }

    private Map<Integer, List<Candidate>> candidates() {
        var known = candidates;
        if (known == null) {
            known = made();
            candidates = known;
        }
        return known;
    }

    /** Handlers with addresses of other kinds are left to Spring. */
    private Map<Integer, List<Candidate>> made() {
        var made = new HashMap<Integer, List<Candidate>>();
        for (var entry : getHandlerMethods().entrySet()) {
            for (var pattern : entry.getKey().getPatternValues()) {
                if (OF_FIXED_LENGTH.matcher(pattern).matches()) {
                    var words = words(pattern);
                    made.computeIfAbsent(words.length, length -> new ArrayList<>())
                            .add(new Candidate(entry.getKey(), entry.getValue(), words));
                }
            }
        }
        return made;
    }

    private static @Nullable String[] words(String pattern) {
        return PathContainer.parsePath(pattern).elements().stream()
                .map(PathContainer.Element::value)
                .map(word -> word.startsWith("{") ? null : word)
                .toArray(String[]::new);
    }
}
