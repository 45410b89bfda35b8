package io.etalon.server.dataset;

import io.etalon.server.base.RequestFilter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Makes an upload what it is, bytes: whatever Content-Type the sender put on it, nobody behind this filter takes the body
 * for a form, a multipart message or JSON with a limit of its own.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class RawBodyFilter extends RequestFilter {
    private static final Pattern UPLOAD =
            Pattern.compile("/api/v1/clients/[^/]+/projects/[^/]+/(assets|archives|imports)");

    @Override
    protected void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!request.getMethod().equals("POST")
                || !UPLOAD.matcher(request.getRequestURI()).matches()) {
            chain.doFilter(request, response);
            return;
        }
        chain.doFilter(new RawBody(request), response);
    }

    private static final class RawBody extends HttpServletRequestWrapper {
        private static final String NAME = "Content-Type";
        private static final String BYTES = "application/octet-stream";

        RawBody(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getContentType() {
            return BYTES;
        }

        @Override
        public @Nullable String getHeader(String name) {
            return name.equalsIgnoreCase(NAME) ? BYTES : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return name.equalsIgnoreCase(NAME) ? Collections.enumeration(List.of(BYTES)) : super.getHeaders(name);
        }
    }
}
