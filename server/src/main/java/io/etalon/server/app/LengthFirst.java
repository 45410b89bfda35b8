package io.etalon.server.app;

import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Finds handlers as Spring does, but looks no closer at those whose address has another number of parts: nearly every
 * address of ours bears a name from the path, so a hundred patterns were tried a request. Thread-safe.
 */
final class LengthFirst extends RequestMappingHandlerMapping {
    private static final int ANY = -1;
    /** Literal parts and names that stand for one part each. */
    private static final Pattern OF_FIXED_LENGTH = Pattern.compile("(/([^/{}*?]+|\\{\\w+}))+");

    private final ConcurrentMap<RequestMappingInfo, Integer> lengths = new ConcurrentHashMap<>();

    @Override
    protected @Nullable RequestMappingInfo getMatchingMapping(RequestMappingInfo mapping, HttpServletRequest request) {
        var known = lengths.get(mapping);
        int length = known == null ? lengths.computeIfAbsent(mapping, LengthFirst::lengthOf) : known;
        return length == ANY || length == lengthOf(request) ? super.getMatchingMapping(mapping, request) : null;
    }

    private static int lengthOf(HttpServletRequest request) {
        return ServletRequestPathUtils.getParsedRequestPath(request)
                .pathWithinApplication()
                .elements()
                .size();
    }

    private static int lengthOf(RequestMappingInfo mapping) {
        var patterns = mapping.getPatternValues();
        if (patterns.size() != 1) {
            return ANY;
        }
        var pattern = patterns.iterator().next();
        return OF_FIXED_LENGTH.matcher(pattern).matches()
                ? PathContainer.parsePath(pattern).elements().size()
                : ANY;
    }
}
