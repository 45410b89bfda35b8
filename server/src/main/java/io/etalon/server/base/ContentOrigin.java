package io.etalon.server.base;

/**
 * The second origin, from which task content is shown: same host, another port, no session, no script.
 *
 * @param baseUrl such as {@code http://127.0.0.1:8421}, without a trailing slash
 * @param appUrl the origin of the application itself, which alone may fetch from it
 * @param port the local port of the second connector
 */
public record ContentOrigin(String baseUrl, String appUrl, int port) {}
