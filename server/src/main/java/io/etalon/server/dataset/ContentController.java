package io.etalon.server.dataset;

import io.etalon.server.access.AllowAnyone;
import io.etalon.server.base.ContentOrigin;
import io.etalon.server.base.EtalonException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * The content origin: a signed address opens one asset while it has not expired and the session it was signed for is
 * alive. Whatever is wrong with an address, the answer is that there is nothing.
 */
@RestController
class ContentController {
    private final Assets assets;
    private final ContentTokens tokens;
    private final SessionCheck sessions;
    private final ContentOrigin origin;
    private final Clock clock;
    private final ProjectDoor projects;

    ContentController(
            Assets assets,
            ContentTokens tokens,
            SessionCheck sessions,
            ContentOrigin origin,
            Clock clock,
            ProjectDoor projects) {
        this.projects = projects;
        this.assets = assets;
        this.tokens = tokens;
        this.sessions = sessions;
        this.origin = origin;
        this.clock = clock;
    }

    @GetMapping("/content/{signed}")
    @AllowAnyone
    void content(@PathVariable String signed, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        // Only the second connector serves content, also where no filter stands before this handler.
        if (request.getLocalPort() != origin.port()) {
            throw EtalonException.notFound();
        }
        var token = tokens.open(signed)
                .filter(found -> clock.instant().isBefore(found.until()))
                .orElseThrow(EtalonException::notFound);
        if (!sessions.isAlive(
                token.client(), token.viewer().person(), token.viewer().session())) {
            throw EtalonException.notFound();
        }
        projects.require(token.client(), token.project());
        var asset = assets.get(token.client(), token.project(), token.asset());
        response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
        response.setHeader("Vary", "Origin");
        if (origin.appUrl().equals(request.getHeader("Origin"))) {
            response.setHeader("Access-Control-Allow-Origin", origin.appUrl());
            response.setHeader("Access-Control-Expose-Headers", "Content-Length, Content-Range, ETag");
        }
        ContentReply.send(
                asset, true, request, response, () -> assets.read(token, ContentTokens.nameOf(signed), asset));
    }
}
