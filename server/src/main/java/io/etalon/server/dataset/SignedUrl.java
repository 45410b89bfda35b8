package io.etalon.server.dataset;

import java.time.Instant;

/** An address on the content origin that opens one asset for one person's session, until it expires. */
public record SignedUrl(String url, Instant expiresAt) {}
