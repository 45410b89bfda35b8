package io.etalon.server.exit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.server.access.AllowOperator;
import io.etalon.server.access.AllowSignedIn;
import io.etalon.server.access.Caller;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Page;
import io.etalon.server.exit.ExitBodies.DepartureBody;
import io.etalon.server.exit.ExitBodies.NewDeparture;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.sql.SQLException;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Operators destroy what a client that agreed leaves behind, and everybody can check the certificate. */
@RestController
@RequestMapping("/api/v1/departures")
@Tag(name = "Exit")
class DepartureController {
    private final Departures departures;

    DepartureController(Departures departures) {
        this.departures = departures;
    }

    /** Destroys a client: key, objects, database. Answers when nothing is left; asking again goes on where it stopped. */
    @PostMapping
    @AllowOperator
    DepartureBody order(Caller caller, @RequestBody NewDeparture body) throws SQLException {
        var slug = body.slug();
        if (slug == null) {
            throw EtalonException.invalidAt("/slug", "is missing; type the client's short name");
        }
        return DepartureBody.of(departures.order(caller, slug));
    }

    /** Clients that were destroyed here, newest first. */
    @GetMapping
    @AllowOperator
    Page<DepartureBody> all() {
        return Page.all(departures.all().stream().map(DepartureBody::of).toList());
    }

    /** The signed certificate; `etalon verify` checks it. */
    @GetMapping(path = "/{departed}/certificate", produces = MediaType.TEXT_PLAIN_VALUE)
    @AllowSignedIn
    byte[] certificate(@PathVariable UUID departed) {
        return departures.certificate(departed).getBytes(UTF_8);
    }

    /** The key that signs this installation's certificates. */
    @GetMapping(path = "/key", produces = MediaType.TEXT_PLAIN_VALUE)
    @AllowSignedIn
    byte[] key() {
        return (departures.key() + "\n").getBytes(UTF_8);
    }
}
