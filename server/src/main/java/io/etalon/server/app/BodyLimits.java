package io.etalon.server.app;

import io.etalon.server.base.RequestFilter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Counts the bytes of JSON bodies while they are read, and takes parameters from the address alone. Without the second a
 * body of type {@code application/x-www-form-urlencoded} (what curl calls raw bytes) would be eaten by a look at the
 * parameters.
 */
@Component
// After the filter that calls every upload octets: an asset may be JSON and larger.
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class BodyLimits extends RequestFilter {
    private static final String SCIM = "application/scim+json";
    static final int MAX_JSON = 2_000_000;

    /** More bytes came than a JSON body may have. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;

        TooLarge() {
            super("a JSON body is larger than " + MAX_JSON + " bytes");
        }
    }

    @Override
    protected void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(new Limited(request, isJson(request.getContentType())), response);
    }

    private static boolean isJson(@Nullable String type) {
        return type != null
                && (type.strip().regionMatches(true, 0, MediaType.APPLICATION_JSON_VALUE, 0, 16)
                        || type.strip().regionMatches(true, 0, SCIM, 0, SCIM.length()));
    }

    private static final class Limited extends HttpServletRequestWrapper {
        private final boolean json;
        private final Map<String, String[]> parameters;

        Limited(HttpServletRequest request, boolean json) {
            super(request);
            this.json = json;
            var query = request.getQueryString();
            parameters = query == null ? Map.of() : parameters(query);
        }

        private static Map<String, String[]> parameters(String query) {
            var parameters = new LinkedHashMap<String, String[]>();
            query(query).forEach((name, values) -> parameters.put(name, values.toArray(String[]::new)));
            return parameters;
        }

        private static MultiValueMap<String, String> query(String text) {
            try {
                return UriComponentsBuilder.newInstance()
                        .query(text.replace("+", "%20"))
                        .build(true)
                        .getQueryParams()
                        .entrySet()
                        .stream()
                        .collect(
                                org.springframework.util.LinkedMultiValueMap::new,
                                (map, e) -> e.getValue().forEach(v -> map.add(decode(e.getKey()), decode(v))),
                                (a, b) -> b.forEach(a::addAll));
            } catch (IllegalArgumentException e) {
                var broken = new org.springframework.util.LinkedMultiValueMap<String, String>();
                broken.add("", "");
                return broken;
            }
        }

        private static String decode(@Nullable String text) {
            return text == null ? "" : org.springframework.web.util.UriUtils.decode(text, StandardCharsets.UTF_8);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return json ? new Counted(super.getInputStream()) : super.getInputStream();
        }

        @Override
        public BufferedReader getReader() throws IOException {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
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
            var values = parameters.get(name);
            return values == null ? null : values.clone();
        }
    }

    private static final class Counted extends ServletInputStream {
        private final ServletInputStream in;
        private long left = MAX_JSON;

        Counted(ServletInputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            var b = in.read();
            count(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            var n = in.read(bytes, offset, length);
            count(Math.max(0, n));
            return n;
        }

        private void count(int n) throws IOException {
            left -= n;
            if (left < 0) {
                throw new TooLarge();
            }
        }

        @Override
        public boolean isFinished() {
            return in.isFinished();
        }

        @Override
        public boolean isReady() {
            return in.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            in.setReadListener(listener);
        }
    }
}
