package io.etalon.server.app;

import io.etalon.server.base.ContentOrigin;
import io.etalon.server.base.RequestFilter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * What {@link SecurityChain} puts on every answer, on the API's: set before anything else happens, since the framework writes
 * them at the last moment, through a wrapper of the response and a check of each value. An answer of the API is no page, so
 * that its policy allows nothing at all; and what only browsers without such policies or caches of HTTP/1.0 ask for is left
 * out, each header being a part of what a small request costs. A handler may set others in their place.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
final class ApiHeaders extends RequestFilter {
    static final long A_YEAR = 31_536_000;
    static final String POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
    private static final String API = "/api/";

    private final ContentOrigin origin;
    private final Map<String, String> headers;

    ApiHeaders(ContentOrigin origin) {
        this.origin = origin;
        this.headers = Map.of(
                "X-Content-Type-Options", "nosniff",
                "Cache-Control", "no-store",
                "X-Frame-Options", "DENY",
                "Content-Security-Policy", POLICY,
                "Referrer-Policy", "no-referrer",
                "Cross-Origin-Opener-Policy", "same-origin");
    }

    static boolean isApi(HttpServletRequest request) {
        return request.getRequestURI().startsWith(API);
    }

    static boolean isOverHttps(HttpServletRequest request, ContentOrigin origin) {
        return request.isSecure() || origin.appUrl().startsWith("https:");
    }

    @Override
    protected void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!isApi(request)) {
            chain.doFilter(request, response);
            return;
        }
        headers.forEach(response::setHeader);
        if (isOverHttps(request, origin)) {
            response.setHeader("Strict-Transport-Security", "max-age=" + A_YEAR);
        }
        chain.doFilter(request, response);
    }
}
