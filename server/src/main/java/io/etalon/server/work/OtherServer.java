package io.etalon.server.work;

import io.etalon.server.tenant.Client;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** A way to what only the server knows that has a client's queues. */
public interface OtherServer {
    /**
     * What that server answers to a GET, in the name of who sent this request.
     *
     * @return empty when this server has the queues
     * @throws io.etalon.server.base.EtalonException exhausted, when it does not answer
     */
    Optional<byte[]> ask(Client client, HttpServletRequest from, String address);
}
