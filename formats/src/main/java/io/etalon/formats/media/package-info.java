/**
 * What the first bytes of an asset say: its type, its size, whether a text is UTF-8.
 *
 * <p>The bytes alone decide, never a file's name or a declared type, and nothing is decoded: an image of 30,000 x 30,000
 * pixels in 100 bytes is told by its header before a decoder allocates 3.6 GB for it. Everything works on a prefix or on
 * chunks, so that an upload is judged while it streams. May import Jackson's streaming core.
 */
@NullMarked
package io.etalon.formats.media;

import org.jspecify.annotations.NullMarked;
