package io.etalon.server.dataset.pack;

import io.etalon.server.base.ContentHash;

/**
 * A text that is to become an asset.
 *
 * @param name a label, 1 to 500 characters
 * @param hash of the text's bytes
 * @param extra what its sender said of it besides, a JSON object; empty when nothing
 */
public record TextLine(String name, ContentHash hash, byte[] text, int codePoints, byte[] extra) {}
