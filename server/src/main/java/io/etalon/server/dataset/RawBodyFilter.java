package io.etalon.server.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Keeps the container from reading an upload as a form. Programs send bytes under any Content-Type (curl: that of a form),
 * and asking such a request for a parameter would swallow its body: here parameters come from the address alone.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class RawBodyFilter extends OncePerRequestFilter {
    private static final Pattern UPLOAD =
            Pattern.compile("/api/v1/clients/[^/]+/projects/[^/]+/(assets|archives)");

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getMethod().equals("POST")
                || !UPLOAD.matcher(request.getRequestURI()).matches();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(new RawBody(request), response);
    }

    private static final class RawBody extends HttpServletRequestWrapper {
        private static final String BYTES = "application/octet-stream";
        private final Map<String, String[]> parameters = new LinkedHashMap<>();

        RawBody(HttpServletRequest request) {
            super(request);
            var query = UriComponentsBuilder.newInstance()
                    .query(request.getQueryString())
                    .build()
                    .getQueryParams();
            query.forEach((name, values) -> parameters.put(
                    decoded(name), values.stream().map(RawBody::decoded).toArray(String[]::new)));
        }

        private static String decoded(@Nullable String text) {
            try {
                return text == null ? "" : URLDecoder.decode(text, UTF_8);
            } catch (IllegalArgumentException e) {
                throw new EtalonException(ErrorCode.INVALID, "The address has a broken percent escape.", e);
            }
        }

        @Override
        public String getContentType() {
            return BYTES;
        }

        @Override
        public @Nullable String getHeader(String name) {
            return name.equalsIgnoreCase("Content-Type") ? BYTES : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return name.equalsIgnoreCase("Content-Type")
                    ? Collections.enumeration(List.of(BYTES))
                    : super.getHeaders(name);
        }

        @Override
        public @Nullable String getParameter(String name) {
            var values = parameters.get(name);
            return values == null ? null : values[0];
        }

        @Override
        public Map<String, String[]> getParameterMap() {
            return Collections.unmodifiableMap(parameters);
        }

        @Override
        public Enumeration<String> getParameterNames() {
            return Collections.enumeration(parameters.keySet());
        }

        @Override
        public String @Nullable [] getParameterValues(String name) {
            return parameters.get(name);
        }
    }
}
