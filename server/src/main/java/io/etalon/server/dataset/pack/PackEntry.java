package io.etalon.server.dataset.pack;

/**
 * What a pack holds of one asset.
 *
 * @param text the asset's bytes
 * @param extra what its sender said of it besides, a JSON object; empty when nothing
 */
public record PackEntry(byte[] text, byte[] extra) {}
