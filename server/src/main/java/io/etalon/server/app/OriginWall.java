package io.etalon.server.app;

import io.etalon.server.base.ContentOrigin;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.RequestFilter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Keeps the two origins apart: the second connector answers for signed content alone. Cookies know no ports, so that
 * without this wall a document shown there could speak to the API in its viewer's name.
 */
final class OriginWall extends RequestFilter {
    private static final String CONTENT = "/content/";

    private final ContentOrigin origin;
    private final HandlerExceptionResolver problems;

    OriginWall(ContentOrigin origin, HandlerExceptionResolver problems) {
        this.origin = origin;
        this.problems = problems;
    }

    @Override
    protected void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var second = request.getLocalPort() == origin.port();
        if (second != request.getRequestURI().startsWith(CONTENT)) {
            problems.resolveException(request, response, null, EtalonException.notFound());
            return;
        }
        if (isFrontDoor(request) && !origin.appUrl().endsWith("://" + request.getHeader("Host"))) {
            // Under another name of this host the application's own writes would look like another site's.
            response.sendRedirect(origin.appUrl() + "/");
            return;
        }
        chain.doFilter(request, response);
    }

    private static boolean isFrontDoor(HttpServletRequest request) {
        return request.getMethod().equals("GET") && request.getRequestURI().equals("/");
    }
}
