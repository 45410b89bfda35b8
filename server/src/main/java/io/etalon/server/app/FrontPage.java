package io.etalon.server.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.server.access.AllowAnyone;
import io.etalon.server.base.ContentOrigin;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Ids;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ResourceLoader;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The page that runs the web application. The style elements that its components make carry a nonce, another one each time
 * the page is sent, so that styles which somebody smuggled in stay without effect (CSP level 3, section 8.1). Thread-safe.
 */
@RestController
@Hidden
final class FrontPage {
    static final String FILES = "classpath:/web/";
    /** What the build writes where the nonce belongs. */
    private static final String PLACE = "etalon-nonce";

    private final ContentOrigin origin;
    private final Ids ids;
    private final @Nullable String page;

    FrontPage(ContentOrigin origin, Ids ids, ResourceLoader files) {
        this.origin = origin;
        this.ids = ids;
        var file = files.getResource(FILES + "index.html");
        try {
            page = file.exists() ? file.getContentAsString(UTF_8) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @GetMapping({"/", "/index.html"})
    @AllowAnyone
    void page(HttpServletResponse response) throws IOException {
        if (page == null) {
            throw EtalonException.notFound();
        }
        var nonce = ids.secretToken();
        response.setHeader(
                "Content-Security-Policy", SecurityChain.policy(origin, "style-src 'self' 'nonce-" + nonce + "'"));
        // A page that is kept would meet the nonce of another answer.
        response.setHeader("Cache-Control", "no-store");
        response.setContentType(MediaType.TEXT_HTML_VALUE + ";charset=utf-8");
        response.getOutputStream().write(page.replace(PLACE, nonce).getBytes(UTF_8));
    }
}
