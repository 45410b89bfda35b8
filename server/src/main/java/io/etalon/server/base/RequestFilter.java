package io.etalon.server.base;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * A filter of HTTP requests that looks at each once, when it comes in: not again when the container forwards it, reports its
 * error or takes up an answer that was begun. Spring's own remembers in the request that it was there, under a name that it
 * puts together each time.
 */
public abstract class RequestFilter implements Filter {
    @Override
    public final void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getDispatcherType() == DispatcherType.REQUEST
                && request instanceof HttpServletRequest asked
                && response instanceof HttpServletResponse answered) {
            filter(asked, answered, chain);
        } else {
            chain.doFilter(request, response);
        }
    }

    /** Hands the request on, or answers it. */
    protected abstract void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException;
}
