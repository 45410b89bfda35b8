package io.etalon.server.app;

import io.etalon.server.access.AllowAnyone;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What anyone may know of this installation: its product's name and version. */
@RestController
@Tag(name = "Installation")
final class AboutController {
    record About(String name, String version) {
        static About running() {
            var version = About.class.getPackage().getImplementationVersion();
            return new About("Etalon", version == null ? "development" : version);
        }
    }

    @GetMapping("/api/v1/about")
    @AllowAnyone
    About about() {
        return About.running();
    }
}
