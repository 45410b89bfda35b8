package io.etalon.server.forward;

import io.etalon.server.access.CredentialFilter;
import io.etalon.server.base.EtalonException;
import io.etalon.server.node.Nodes;
import io.etalon.server.tenant.Client;
import io.etalon.server.work.OtherServer;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Asks other servers what only they know, in the name of who asked here. Thread-safe. */
@Component
final class OtherServers implements OtherServer {
    private final Nodes nodes;
    private final Whereabouts whereabouts;
    private final Carrier carrier;

    OtherServers(Nodes nodes, Whereabouts whereabouts, Carrier carrier) {
        this.nodes = nodes;
        this.whereabouts = whereabouts;
        this.carrier = carrier;
    }

    @Override
    public Optional<byte[]> ask(Client client, HttpServletRequest from, String address) {
        if (nodes.isAlone() || NodeDoor.of(from) != null) {
            return Optional.empty();
        }
        var person = CredentialFilter.callerOf(from).orElseThrow(EtalonException::notFound);
        var place = whereabouts.elsewhere(client.id());
        for (var last = false; place.isPresent(); last = true) {
            try {
                HttpResponse<InputStream> answer =
                        carrier.send(from, "GET " + address, person.person().value(), place.get(), new byte[0], false);
                try (var in = answer.body()) {
                    var bytes = in.readAllBytes();
                    if (answer.statusCode() == 200) {
                        return Optional.of(bytes);
                    }
                }
            } catch (IOException e) {
                if (last) {
                    throw Forwarding.unreached();
                }
            }
            if (last) {
                throw Forwarding.unreached();
            }
            place = whereabouts.again(client.id());
        }
        return Optional.empty();
    }
}
